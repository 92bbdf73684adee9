"""How evenly a plan shares its hours, and how clear the areas of its tours are, in figures."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from app.domain.tours import Tour
from app.domain.values import EARTH_RADIUS_M, GeoPoint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Spot = tuple[float, float]
"""Metres to the east and to the north on a plane: exact enough within a region."""

#: So many ways are held against all others at a time.
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class PlanShape:
    """What a plan's tours look like beside each other.

    `longest_s` and `shortest_s` are the most and the least work of a driver who goes out;
    `apart_m` is how far, on average, a stop lies from the middle of its tour; `crossings` counts
    the straight ways between stops of two tours that cross each other.
    """

    longest_s: int = 0
    shortest_s: int = 0
    apart_m: int = 0
    crossings: int = 0

    @property
    def spread_s(self) -> int:
        """By how much the longest tour works longer than the shortest."""
        return self.longest_s - self.shortest_s


def shape_of(tours: Collection[Tour]) -> PlanShape:
    """The figures of these tours."""
    if not tours:
        return PlanShape()
    work_s = [tour.work_s for tour in tours]
    plane = Plane.of([stop.point for tour in tours for stop in tour.deliveries])
    lines = [[plane.spot(stop.point) for stop in tour.deliveries] for tour in tours]
    stops = sum(map(len, lines))
    apart_m = sum(map(scattered_m, lines)) / max(1, stops)
    return PlanShape(max(work_s), min(work_s), round(apart_m), _crossings(lines))


@dataclass(frozen=True, slots=True)
class Plane:
    """A map of a region on which distances are those of straight lines."""

    shrunk: float

    @classmethod
    def of(cls, points: Sequence[GeoPoint]) -> "Plane":
        """A plane that touches the earth where these points lie."""
        middle = sum(point.latitude for point in points) / max(1, len(points))
        return cls(cos(radians(middle)))

    def spot(self, point: GeoPoint) -> Spot:
        east = EARTH_RADIUS_M * radians(point.longitude) * self.shrunk
        return east, EARTH_RADIUS_M * radians(point.latitude)


def middle_of(spots: Sequence[Spot]) -> Spot:
    """The mean of some spots."""
    count = len(spots)
    return sum(east for east, _ in spots) / count, sum(north for _, north in spots) / count


def scattered_m(spots: Sequence[Spot]) -> float:
    """How far all these lie from their middle, together."""
    if len(spots) < 2:
        return 0.0
    east, north = middle_of(spots)
    return sum(hypot(x - east, y - north) for x, y in spots)


def _crossings(lines: Iterable[Sequence[Spot]]) -> int:
    """How often ways of different lines cross; ways that merely touch do not."""
    import numpy as np  # heavy

    ways = [(number, *one, *other) for number, one, other in _ways(lines)]
    if not ways:
        return 0
    table = np.array(ways)
    found = 0
    for first in range(0, len(table), _AT_ONCE):
        some = table[first : first + _AT_ONCE, None, :]
        found += int(np.count_nonzero(_cross(some, table[None, :, :])))
    return found // 2  # each was seen from both sides


def _ways(lines: Iterable[Sequence[Spot]]) -> Iterator[tuple[int, Spot, Spot]]:
    for number, line in enumerate(lines):
        yield from ((number, one, other) for one, other in pairwise(line) if one != other)


def _cross(ways: "NDArray[np.float64]", others: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    """Whether the ends of each way lie on both sides of the other, and the other way round."""
    split = _side(ways, others[..., 1:3]) * _side(ways, others[..., 3:5]) < 0
    split &= _side(others, ways[..., 1:3]) * _side(others, ways[..., 3:5]) < 0
    split &= ways[..., 0] != others[..., 0]
    crossed: NDArray[np.bool_] = split
    return crossed


def _side(ways: "NDArray[np.float64]", spots: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """On which side of a way a spot lies: above or below 0."""
    along = ways[..., 3:5] - ways[..., 1:3]
    to = spots - ways[..., 1:3]
    side: NDArray[np.float64] = along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0]
    return side
