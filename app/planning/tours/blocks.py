"""How a part that is too large to be searched at once is cut into blocks of neighbouring doors.

What a search needs to know of a part grows with the square of its visits: some thousands of them
would take longer than the whole search may. Each block gets its share of every kind of vehicle that
may serve it; what a block leaves out, any vehicle may still take when the search has ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from app.planning.tours.parts import Part, classes_of
from app.planning.tours.problem import RELOAD, Problem
from app.planning.tours.units import Units

#: Parts of more visits are cut, into blocks of at most so many.
WHOLE_UP_TO, BLOCK = 1_500, 400
#: As much more than another must a block lack to get a vehicle from the other end of the part.
FAR_OFF = 0.1


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Visits that stay in one block, and where they are, in degrees of latitude."""

    visits: tuple[int, ...]
    east: float
    north: float


def blocks_of(problem: Problem, part: Part) -> list[Part]:
    """The part itself, or its blocks, each with a vehicle at least: all visits and all vehicles."""
    if len(part.visits) <= WHOLE_UP_TO:
        return [part]
    wanted = min(-(-len(part.visits) // BLOCK), len(part.vehicles))
    groups = _halved(_bundles(problem, part), wanted)
    vehicles = _dealt(problem, part, groups)
    return [
        Part(tuple(sorted(v for bundle in group for v in bundle.visits)), tuple(sorted(mine)))
        for group, mine in zip(groups, vehicles, strict=True)
    ]


def _bundles(problem: Problem, part: Part) -> list[_Bundle]:
    """What belongs together: units, and all that one vehicle has begun with."""
    units = Units(problem)
    bundle_of: dict[int, set[int]] = {}
    together = [set(units.of(visit)) for visit in part.visits]
    together += [set(route) - {RELOAD} for _, route in problem.begun]
    for visits in together:
        joined = visits.union(*(bundle_of.get(visit, ()) for visit in visits))
        for visit in joined:
            bundle_of[visit] = joined
    inside = set(part.visits)
    found: dict[int, _Bundle] = {}
    for visit in part.visits:
        among = tuple(sorted(bundle_of[visit] & inside))
        if among[0] not in found:
            found[among[0]] = _Bundle(among, *_spot(problem, problem.visits[among[0]].place))
    return list(found.values())


def _spot(problem: Problem, place: int) -> tuple[float, float]:
    """East and north; a degree of longitude is shorter, by about two thirds in our latitudes."""
    point = problem.points[place]
    return 0.67 * point.longitude, point.latitude


def _halved(bundles: Sequence[_Bundle], wanted: int) -> list[list[_Bundle]]:
    """So many groups of neighbours of like size: cut across the longer side, again and again."""
    if wanted == 1 or len(bundles) < 2:
        return [list(bundles)]
    easts, norths = [b.east for b in bundles], [b.north for b in bundles]
    wide = max(easts) - min(easts) >= max(norths) - min(norths)
    ordered = sorted(bundles, key=lambda b: ((b.east if wide else b.north), b.visits))
    first = wanted // 2
    room = sum(len(b.visits) for b in ordered) * first / wanted
    cut, filled = 0, 0
    while cut < len(ordered) - 1 and (cut == 0 or filled + len(ordered[cut].visits) / 2 <= room):
        filled += len(ordered[cut].visits)
        cut += 1
    return [*_halved(ordered[:cut], first), *_halved(ordered[cut:], wanted - first)]


def _dealt(problem: Problem, part: Part, groups: Sequence[Sequence[_Bundle]]) -> list[list[int]]:
    """The vehicles of each block: its share of each kind by the visits that this kind may make.

    Of blocks that lack about as much, a vehicle goes to the one nearest to its depot.
    """
    centres = [_centre(group) for group in groups]
    reach = max(hypot(x - u, y - v) for x, y in centres for u, v in centres) or 1.0
    owner = {v: n for n, group in enumerate(groups) for b in group for v in b.visits}
    begun = {n: route for n, route in problem.begun if set(route) & owner.keys()}
    dealt: list[list[int]] = [[] for _ in groups]
    for kind in classes_of(problem, part.vehicles):
        day = problem.vehicles[kind[0]]
        wanted = [
            sum(day.may_take(problem.visits[v]) for b in group for v in b.visits)
            for group in groups
        ]
        east, north = _spot(problem, day.depot)
        away = [1 + FAR_OFF * hypot(x - east, y - north) / reach for x, y in centres]
        given = [0] * len(groups)
        for vehicle in kind:
            block = _home(begun.get(vehicle, ()), owner)
            if block is None:
                block = min(
                    range(len(groups)),
                    key=lambda n: (given[n] + 1) * away[n] / (wanted[n] or 1e-9),
                )
            given[block] += 1
            dealt[block].append(vehicle)
    for mine in dealt:
        if not mine:
            mine.append(max(dealt, key=len).pop())
    return dealt


def _home(route: Sequence[int], owner: dict[int, int]) -> int | None:
    """The block of what a vehicle has begun with."""
    return next((owner[v] for v in route if v in owner), None)


def _centre(group: Sequence[_Bundle]) -> tuple[float, float]:
    size = max(1, len(group))
    return sum(b.east for b in group) / size, sum(b.north for b in group) / size
