"""The outlines of the map's icons, on a grid of 24 by 24, as SVG path data."""

from functools import cache

import msgspec

from resources import resource


@cache
def icons() -> dict[str, str]:
    """Path data by name: the kinds of nodes, tools, and marks of the page."""
    text = resource("web", "map", "icons.json").read_bytes()
    return msgspec.json.decode(text, type=_File).icons


class _File(msgspec.Struct):
    icons: dict[str, str]
