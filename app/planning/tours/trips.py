"""Which routes take one more visit with one more return to the depot for goods."""

from collections.abc import Iterator

from app.planning.tours.company import least_mc
from app.planning.tours.loads import fits
from app.planning.tours.problem import RELOAD
from app.planning.tours.settle import Driven, Exact

#: So many of the shortest routes are worth a timetable.
TIMED = 40


def with_one_more_trip(
    exact: Exact, vehicle: int, tour: Driven, visit: int
) -> list[tuple[int, tuple[int, ...]]]:
    """The shortest such routes, each with the least that it can add; none where no more may be."""
    day = exact.problem.vehicles[vehicle]
    if sum(stop == RELOAD for stop in tour.visits) >= day.reloads:
        return []
    begun = len(exact.units.begun.get(vehicle, ()))
    routes = {
        route
        for route in _routes(tour.visits, visit, begun)
        if fits(exact.problem, route, day.capacity)
    }
    priced = sorted((least_mc(exact, vehicle, route) - tour.worth_mc, route) for route in routes)
    return priced[:TIMED]


def _routes(route: tuple[int, ...], visit: int, begun: int) -> Iterator[tuple[int, ...]]:
    """Every route with the visit somewhere, and a reload on the same trip."""
    for position in range(begun, len(route) + 1):
        longer = (*route[:position], visit, *route[position:])
        start, end = _trip_around(longer, position)
        for gap in range(max(start + 1, begun), end):
            yield (*longer[:gap], RELOAD, *longer[gap:])


def _trip_around(route: tuple[int, ...], position: int) -> tuple[int, int]:
    """Where the trip that holds this position begins, and where it is over."""
    before = [n for n in range(position) if route[n] == RELOAD]
    after = [n for n in range(position, len(route)) if route[n] == RELOAD]
    return before[-1] + 1 if before else 0, after[0] if after else len(route)
