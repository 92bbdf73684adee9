"""The pale land beneath everything, as flat shapes: coasts, towns, lakes, rivers and borders."""

from collections.abc import Iterable, Iterator

from app.domain.values import GeoPoint
from app.drawing import Box, Fill, Line, Shape, Stroke
from app.maps.geography import Geography, Polygon, River
from app.maps.geography import Line as EarthLine
from app.maps.picture.pen import Pen
from app.maps.projection import Frame, flat

#: Points nearer to each other than this are not worth a line.
FINEST = 0.35


def ground(frame: Frame, geography: Geography, pen: Pen, zoom: float) -> Iterator[Shape]:
    """Everything below names and marks; `zoom` is that of a web map that shows as much."""
    colours = pen.look.map
    land = [*geography.land, *(polygon for _code, polygon in geography.neighbours)]
    backdrop = colours.water if land else colours.land
    yield Box(frame.x, frame.y, frame.width, frame.height, fill=backdrop)
    yield from _fills(frame, land, colours.land)
    yield from _fills(frame, geography.urban, colours.urban)
    yield from _fills(frame, geography.lakes, colours.water)
    yield from _rivers(frame, geography.rivers, pen, zoom)
    yield from _lines(frame, geography.borders, colours.road_casing, pen.scale, (3, 3))
    frontier = 1.2 * pen.scale
    yield from _lines(frame, geography.frontiers, colours.motorway_casing, frontier, (8, 3, 2, 3))


def _fills(frame: Frame, polygons: Iterable[Polygon], colour: str) -> Iterator[Shape]:
    for polygon in polygons:
        rings = tuple(ring for ring in (placed(frame, line) for line in polygon) if len(ring) > 2)
        if rings:
            yield Fill(rings, colour)


def _rivers(frame: Frame, rivers: Iterable[River], pen: Pen, zoom: float) -> Iterator[Shape]:
    swelling = max(0.45, min(4.0, 0.4 * (zoom - 4.5)))
    for great in (False, True):
        width = (1.5 if great else 0.85) * swelling
        lines = tuple(placed(frame, river.line) for river in rivers if river.great is great)
        if lines and width >= 0.4:
            yield Stroke(lines, pen.look.map.water, pen.px(width), round_ends=True)


def _lines(
    frame: Frame, lines: Iterable[EarthLine], colour: str, width: float, dash: tuple[float, ...]
) -> Iterator[Shape]:
    drawn = tuple(placed(frame, line) for line in lines)
    if drawn:
        yield Stroke(drawn, colour, width, tuple(part * width for part in dash))


def placed(frame: Frame, line: EarthLine) -> Line:
    """A line of longitudes and latitudes on the sheet, without needless points."""
    kept: list[tuple[float, float]] = []
    for n, (longitude, latitude) in enumerate(line):
        x, y = frame.place_flat(flat(GeoPoint(latitude, longitude)))
        spot = round(x, 1), round(y, 1)
        inner = 0 < n < len(line) - 1
        if inner and abs(spot[0] - kept[-1][0]) < FINEST and abs(spot[1] - kept[-1][1]) < FINEST:
            continue
        kept.append(spot)
    return tuple(kept)
