"""Files that ship with the program, wherever it is installed."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*parts: str) -> Traversable:
    """A shipped file or folder: `resource("styles", "tokens.toml")`."""
    return files("resources").joinpath(*parts)
