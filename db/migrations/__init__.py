"""How a database of an earlier program becomes one of this program: two chains, one a file."""
