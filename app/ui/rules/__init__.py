"""The retailer's rules: chosen, changed by form or as text, tried, published."""
