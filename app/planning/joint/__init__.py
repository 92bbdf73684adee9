"""Which node sends and which tour brings, decided together."""
