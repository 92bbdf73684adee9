"""Orders that share too few pieces, and what would help."""
