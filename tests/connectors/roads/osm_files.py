"""Small road networks in OpenStreetMap's XML, drawn by hand."""

from collections.abc import Mapping
from pathlib import Path

#: A degree of latitude is 111.195 km: a step of the grid is about 111 m north, 73 m east.
STEP = 0.001
ORIGIN = (48.85, 2.35)


def grid_point(north: int, east: int) -> tuple[float, float]:
    """Where a crossing of the grid lies."""
    return ORIGIN[0] + north * STEP, ORIGIN[1] + east * STEP


def osm_file(
    folder: Path,
    ways: Mapping[str, tuple[tuple[tuple[int, int], ...], Mapping[str, str]]],
    name: str = "grid.osm",
) -> Path:
    """An extract with these ways: for each the crossings it passes, and its tags."""
    crossings = sorted({place for places, _tags in ways.values() for place in places})
    number = {place: n + 1 for n, place in enumerate(crossings)}
    lines = ['<?xml version="1.0"?>', '<osm version="0.6">']
    for place in crossings:
        latitude, longitude = grid_point(*place)
        lines.append(
            f'<node id="{number[place]}" version="1" lat="{latitude:.7f}" lon="{longitude:.7f}"/>'
        )
    for n, (places, tags) in enumerate(ways.values()):
        lines.append(f'<way id="{n + 1}" version="1">')
        lines += [f'<nd ref="{number[place]}"/>' for place in places]
        lines += [f'<tag k="{key}" v="{value}"/>' for key, value in tags.items()]
        lines.append("</way>")
    lines.append("</osm>")
    file = folder / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
