"""Where a place on earth lies on a flat sheet, and what of a shape lies inside a frame."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asinh, atan, cos, degrees, log2, pi, radians, sinh, tan

from app.domain.values import EARTH_RADIUS_M, GeoPoint

#: Web mercator reaches this far north and south.
MAX_LATITUDE = 85.0511

Flat = tuple[float, float]


def flat(point: GeoPoint) -> Flat:
    """The place in web mercator, from (0, 0) in the north-west to (1, 1) in the south-east."""
    latitude = max(-MAX_LATITUDE, min(MAX_LATITUDE, point.latitude))
    return (point.longitude + 180) / 360, (1 - asinh(tan(radians(latitude))) / pi) / 2


def earth(place: Flat) -> GeoPoint:
    """The place on earth of a web mercator position."""
    x, y = place
    return GeoPoint(degrees(atan(sinh(pi * (1 - 2 * y)))), x * 360 - 180)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the earth between two parallels and two meridians, in degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, points: Iterable[GeoPoint]) -> "Area":
        """The smallest area that holds every point.

        Raises:
            ValueError: there is no point.
        """
        places = list(points)
        if not places:
            raise ValueError("an area needs at least one point")
        latitudes = [point.latitude for point in places]
        longitudes = [point.longitude for point in places]
        return cls(min(latitudes), min(longitudes), max(latitudes), max(longitudes))

    def grown(self, share: float) -> "Area":
        """The area with this share of its height and width added on every side."""
        tall = max(self.north - self.south, 0.01) * share
        wide = max(self.east - self.west, 0.01) * share
        return Area(
            max(-MAX_LATITUDE, self.south - tall),
            max(-180.0, self.west - wide),
            min(MAX_LATITUDE, self.north + tall),
            min(180.0, self.east + wide),
        )

    def holds(self, point: GeoPoint) -> bool:
        return self.holds_at(point.latitude, point.longitude)

    def holds_at(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet of paper or glass that shows a part of the earth; y grows downwards unless `upward`.

    `x`, `y` is the sheet's first corner; one web mercator unit (the whole world) is `scale` long.
    """

    x: float
    y: float
    width: float
    height: float
    centre: Flat
    scale: float
    upward: bool = False

    @classmethod
    def fitting(
        cls,
        points: Iterable[GeoPoint],
        width: float,
        height: float,
        *,
        x: float = 0,
        y: float = 0,
        margin: float = 0,
        upward: bool = False,
        least_m: float = 800,
    ) -> "Frame":
        """The frame that shows every point inside the margin, as large as may be.

        `least_m` is the shortest width of earth that is shown, so that one lone point has
        surroundings; `upward` suits paper whose y grows upwards, as in PDF.
        """
        area = Area.around(points)
        west, north = flat(GeoPoint(area.north, area.west))
        east, south = flat(GeoPoint(area.south, area.east))
        room = max(width - 2 * margin, 1), max(height - 2 * margin, 1)
        middle_latitude = (area.north + area.south) / 2
        least = least_m / (2 * pi * EARTH_RADIUS_M * cos(radians(middle_latitude)))
        scale = min(room[0] / max(east - west, least), room[1] / max(south - north, least))
        centre = (west + east) / 2, (north + south) / 2
        return cls(x, y, width, height, centre, scale, upward)

    def place(self, point: GeoPoint) -> Flat:
        """Where the point lies on the sheet; outside of it for points outside the area."""
        return self.place_flat(flat(point))

    def place_flat(self, position: Flat) -> Flat:
        """Where a web mercator position lies on the sheet."""
        right = (position[0] - self.centre[0]) * self.scale
        down = (position[1] - self.centre[1]) * self.scale
        vertical = -down if self.upward else down
        return self.x + self.width / 2 + right, self.y + self.height / 2 + vertical

    def area(self) -> Area:
        """The part of the earth that the sheet shows."""
        half_x, half_y = self.width / 2 / self.scale, self.height / 2 / self.scale
        first = earth((self.centre[0] - half_x, max(0.0, self.centre[1] - half_y)))
        last = earth((self.centre[0] + half_x, min(1.0, self.centre[1] + half_y)))
        return Area(last.latitude, first.longitude, first.latitude, last.longitude)

    @property
    def zoom(self) -> float:
        """The zoom level at which a web map would show the same, with 256 px a tile."""
        return log2(self.scale / 256)

    def metres_per_unit(self) -> float:
        """Metres on the ground for one unit of the sheet, at its centre."""
        latitude = earth(self.centre).latitude
        return 2 * pi * EARTH_RADIUS_M * cos(radians(latitude)) / self.scale


def clip_line(line: Sequence[Flat], box: tuple[float, float, float, float]) -> list[list[Flat]]:
    """The parts of a line inside a box (left, low, right, high), in order."""
    parts: list[list[Flat]] = []
    for start, end in pairwise(line):
        inside = _clip_segment(start, end, box)
        if inside is None:
            continue
        if parts and parts[-1][-1] == inside[0]:
            parts[-1].append(inside[1])
        else:
            parts.append([inside[0], inside[1]])
    return parts


def clip_ring(ring: Sequence[Flat], box: tuple[float, float, float, float]) -> list[Flat]:
    """The part of a filled ring inside a box (Sutherland-Hodgman); empty when it lies outside."""
    left, low, right, high = box
    clipped = list(ring)
    for axis, limit, side in ((0, left, 1), (0, right, -1), (1, low, 1), (1, high, -1)):
        clipped = _clip_side(clipped, axis, limit, side)
    return clipped


def _clip_segment(
    start: Flat, end: Flat, box: tuple[float, float, float, float]
) -> tuple[Flat, Flat] | None:
    """Liang-Barsky: the part of a segment inside the box."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    left, low, right, high = box
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, start[0] - left),
        (dx, right - start[0]),
        (-dy, start[1] - low),
        (dy, high - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
            continue
        share = room / step
        if step < 0:
            first = max(first, share)
        else:
            last = min(last, share)
    if first >= last:
        return None
    return _along(start, end, first), _along(start, end, last)


def _along(start: Flat, end: Flat, share: float) -> Flat:
    if share == 0:
        return start
    if share == 1:
        return end
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _clip_side(ring: list[Flat], axis: int, limit: float, side: int) -> list[Flat]:
    """Keep what lies on one side of a straight limit: above it for 1, below it for -1."""
    kept: list[Flat] = []
    for place, previous in zip(ring, ring[-1:] + ring[:-1], strict=True):
        inside = (place[axis] - limit) * side >= 0
        was_inside = (previous[axis] - limit) * side >= 0
        if inside != was_inside:
            share = (limit - previous[axis]) / (place[axis] - previous[axis])
            kept.append(_along(previous, place, share))
        if inside:
            kept.append(place)
    return kept
