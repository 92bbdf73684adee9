"""The unified picture of stock: what is where, what holds it, and what may be promised by when."""
