"""How a bare machine is made ready for Régie, with Python's standard library alone."""
