"""How a large part of a day is cut into sectors that are searched by themselves.

Tours are sorted by the direction in which they lie and cut into slices of like size; the next round
cuts elsewhere, so that what was a border lies inside. From some 400 visits on this beats searching
the whole for the same time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, radians

from app.planning.tours.parts import Part, classes_of
from app.planning.tours.problem import Problem, Routes

#: From so many visits on a part is cut.
CUT_FROM = 400
#: About so many visits make a sector.
SECTOR = 225


@dataclass(frozen=True, slots=True)
class Sector:
    """Some visits with the vehicles that may serve them, and the tours they have now."""

    part: Part
    routes: Routes


def sectors_of(problem: Problem, part: Part, routes: Routes, turn: float) -> list[Sector]:
    """The sectors of a part; `turn` (0 to 1) shifts the cuts by a share of a sector."""
    centre = _middle(problem, sorted({problem.vehicles[v].depot for v in part.vehicles}))
    toured = {visit for _, visits in routes for visit in visits}
    left = [visit for visit in part.visits if visit not in toured]
    wanted = max(2, round(len(part.visits) / SECTOR))
    size = -(-len(part.visits) // wanted)
    ordered = sorted(routes, key=lambda route: (_direction(problem, centre, route[1]), route[0]))
    ordered = _turned(ordered, round(turn * size))
    slices = _slices(ordered, size)
    spread = _spread(problem, part, routes, len(slices))
    return [
        _sector(tuple(tours), idle, strays)
        for tours, idle, strays in zip(
            slices, spread, _nearest(problem, centre, slices, left), strict=True
        )
    ]


def _sector(tours: Routes, idle: list[int], strays: list[int]) -> Sector:
    visits = sorted([*strays, *(visit for _, route in tours for visit in route)])
    vehicles = sorted([*idle, *(vehicle for vehicle, _ in tours)])
    return Sector(Part(tuple(visits), tuple(vehicles)), tours)


def _middle(problem: Problem, places: Sequence[int]) -> tuple[float, float]:
    points = [problem.points[place] for place in places]
    return (
        sum(point.latitude for point in points) / len(points),
        sum(point.longitude for point in points) / len(points),
    )


def _direction(problem: Problem, centre: tuple[float, float], visits: Sequence[int]) -> float:
    """The angle in which these visits lie, seen from the centre."""
    north, east = _middle(problem, [problem.visits[v].place for v in visits])
    shrink = cos(radians(centre[0]))
    return atan2(north - centre[0], (east - centre[1]) * shrink)


def _turned(
    tours: list[tuple[int, tuple[int, ...]]], visits: int
) -> list[tuple[int, tuple[int, ...]]]:
    """The same round, begun so many visits later."""
    passed = 0
    for number, (_, route) in enumerate(tours):
        if passed >= visits:
            return tours[number:] + tours[:number]
        passed += len(route)
    return tours


def _slices(
    tours: list[tuple[int, tuple[int, ...]]], size: int
) -> list[list[tuple[int, tuple[int, ...]]]]:
    slices: list[list[tuple[int, tuple[int, ...]]]] = [[]]
    count = 0
    for tour in tours:
        if count >= size:
            slices.append([])
            count = 0
        slices[-1].append(tour)
        count += len(tour[1])
    return slices


def _spread(problem: Problem, part: Part, routes: Routes, sectors: int) -> list[list[int]]:
    """The idle vehicles of each kind, dealt out to the sectors in turn."""
    busy = {vehicle for vehicle, _ in routes}
    dealt: list[list[int]] = [[] for _ in range(sectors)]
    for kind in classes_of(problem, [v for v in part.vehicles if v not in busy]):
        for number, vehicle in enumerate(kind):
            dealt[number % sectors].append(vehicle)
    return dealt


def _nearest(
    problem: Problem,
    centre: tuple[float, float],
    slices: Sequence[Sequence[tuple[int, tuple[int, ...]]]],
    left: Sequence[int],
) -> list[list[int]]:
    """The visits that nobody tours, each with the sector that lies in its direction."""
    strays: list[list[int]] = [[] for _ in slices]
    angles = [
        _direction(problem, centre, [v for _, visits in tours for v in visits]) if tours else 0.0
        for tours in slices
    ]
    for visit in left:
        here = _direction(problem, centre, [visit])
        off = [abs((here - angle + pi) % (2 * pi) - pi) for angle in angles]
        strays[off.index(min(off))].append(visit)
    return strays
