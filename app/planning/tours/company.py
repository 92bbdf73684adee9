"""Where several visits that are made together or not at all fit best in a tour."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations

from app.planning.tours.itinerary import ends_at
from app.planning.tours.problem import RELOAD
from app.planning.tours.settle import Driven, Exact

#: Up to so many are put in in every order.
EVERY_ORDER = 3


def united(exact: Exact, vehicle: int, tour: Driven | None, unit: Sequence[int]) -> Driven | None:
    """The tour with all of them, each put in where it costs least then; None where one fails.

    Few are put in in every order, more in two; a pair of a source and its delivery at once.
    """
    day = exact.problem.vehicles[vehicle]
    if not all(day.may_take(exact.problem.visits[visit]) for visit in unit):
        return None
    atoms = exact.units.atoms(unit)
    orders = [atoms, atoms[::-1]] if len(atoms) > EVERY_ORDER else permutations(atoms)
    found = [done for order in orders if (done := _all_in(exact, vehicle, tour, order))]
    return min(found, key=lambda driven: driven.worth_mc, default=None)


def _all_in(
    exact: Exact, vehicle: int, tour: Driven | None, atoms: Sequence[tuple[int, ...]]
) -> Driven | None:
    for atom in atoms:
        tour = _with_atom(exact, vehicle, tour, atom)
        if tour is None:
            return None
    return tour


def _with_atom(
    exact: Exact, vehicle: int, tour: Driven | None, atom: tuple[int, ...]
) -> Driven | None:
    """The tour with one visit, or one pair, where that costs least."""
    route = tour.visits if tour is not None else ()
    begun = len(exact.units.begun.get(vehicle, ()))
    longer = [(least_mc(exact, vehicle, one), one) for one in _put_in(route, atom, begun)]
    best: Driven | None = None
    for least, candidate in sorted(longer):
        if best is not None and least >= best.worth_mc:
            break
        driven = exact.drive(vehicle, candidate)
        if driven is not None and (best is None or driven.worth_mc < best.worth_mc):
            best = driven
    return best


def _put_in(route: tuple[int, ...], atom: tuple[int, ...], begun: int) -> Iterator[tuple[int, ...]]:
    """Every route with these visits in their order, on one trip, after what has begun."""
    first, *then = atom
    for start in range(begun, len(route) + 1):
        head = (*route[:start], first)
        if not then:
            yield (*head, *route[start:])
            continue
        for end in range(start, len(route) + 1):
            yield (*head, *route[start:end], *then, *route[end:])
            if end < len(route) and route[end] == RELOAD:
                break


def least_mc(exact: Exact, vehicle: int, route: Sequence[int]) -> int:
    """Less than what a tour over this route can cost: its ways, and the time of ways and doors."""
    problem = exact.problem
    day, visits = problem.vehicles[vehicle], problem.visits
    ways = problem.roads[day.roads]
    places = [day.depot if v == RELOAD else visits[v].place for v in route]
    places = [day.depot, *places, ends_at(problem, day, route)]
    metres = sum(ways.distance_m.item(here, there) for here, there in pairwise(places))
    seconds = sum(ways.duration_s.item(here, there) for here, there in pairwise(places))
    usual_s = sum(visits[v].service_s for v in route if v != RELOAD)
    reload_s = day.reload_s * sum(v == RELOAD for v in route)
    work_s = seconds + reload_s + usual_s * day.service_percent // 100
    prices = exact.prices(vehicle)
    return prices.fixed_mc + prices.least_mc(metres, work_s)
