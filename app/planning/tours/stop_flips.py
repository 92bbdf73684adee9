"""What would have a stop ride on another tour, or be served at another hour: the least it takes.

The stop is taken out of its tour, which saves something; every other vehicle is asked what it would
add there. Where it could, the price by which it loses is what flips it; where it could not, the
one limit that keeps it out, if it were cheaper without. Nothing else moves.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.reasons import Reason, because
from app.planning.tours.insertion import place_among
from app.planning.tours.loads import tidy
from app.planning.tours.loosening import MINUTE_S
from app.planning.tours.problem import FAR_S, RELOAD, Problem
from app.planning.tours.relaxing import Nearness, Remedy, remedies
from app.planning.tours.settle import Driven, Exact

#: So many vehicles that cannot take it are asked what keeps them from it, the nearest first.
MOST_VEHICLES = 4


@dataclass(frozen=True, slots=True)
class StopFlips:
    """What would flip the tour, and what the hour; the smallest of each first, perhaps nothing."""

    tour: tuple[Reason, ...] = ()
    time: tuple[Reason, ...] = ()


def stop_flips(
    exact: Exact,
    tours: Mapping[int, Driven],
    vehicle: int,
    visit: int,
    *,
    vehicles: Collection[int],
    now_s: int = -FAR_S,
) -> StopFlips:
    """What would flip one stop of a vehicle's tour; only `vehicles` are asked for theirs.

    Stops that are bound to others, or that a vehicle has begun with, are let be.
    """
    if len(exact.units.of(visit)) > 1 or exact.units.fixed(visit):
        return StopFlips()
    tour = tours[vehicle]
    route = tidy([stop for stop in tour.visits if stop != visit])
    rest = exact.drive(vehicle, route) if route else None
    if route and rest is None:
        return StopFlips()
    saved_mc = tour.worth_mc - (0 if rest is None else rest.worth_mc)
    others = {number: other for number, other in tours.items() if number != vehicle}
    asked = list(_asked(exact, others, set(vehicles) - {vehicle}))
    tour_flips = (
        *_by_limit(exact, others, visit, asked, saved_mc, now_s),
        *_by_price(exact, others, visit, asked, saved_mc),
    )
    return StopFlips(tour_flips, tuple(_of_time(exact, vehicle, tour, route, visit)))


def _asked(exact: Exact, others: Mapping[int, Driven], vehicles: Collection[int]) -> Iterator[int]:
    """Of these vehicles those under way, and one idle of each kind."""
    for kind in exact.kinds:
        inside = [number for number in kind if number in vehicles]
        yield from (number for number in inside if number in others)
        yield from [number for number in inside if number not in others][:1]


def _by_price(
    exact: Exact, others: Mapping[int, Driven], visit: int, asked: Sequence[int], saved_mc: int
) -> Iterator[Reason]:
    """The next best place, and by how much it loses; where it wins, that it does."""
    found = place_among(exact, others, asked, visit)
    if found is None:
        return
    code = exact.problem.vehicles[found.vehicle].code
    position = 1 + found.tour.made.index(visit)
    dearer_mc = found.added_mc - saved_mc
    if dearer_mc < 0:
        less = -dearer_mc // 1000
        yield because("flip_tour_wins", vehicle=code, position=position, less_cents=less)
    else:
        less = dearer_mc // 1000 + 1
        yield because("flip_tour_price", vehicle=code, position=position, less_cents=less)


def _by_limit(
    exact: Exact,
    others: Mapping[int, Driven],
    visit: int,
    asked: Sequence[int],
    saved_mc: int,
    now_s: int,
) -> Iterator[Reason]:
    """Single limits that alone keep the stop from a tour where it would be cheaper."""
    found = [
        remedy
        for number in _nearest(exact, others, visit, asked)
        for remedy in remedies(exact, others, visit, vehicles=[number], now_s=now_s)
        if len(remedy.amounts) == 1 and remedy.added_mc < saved_mc
    ]
    found.sort(key=lambda remedy: (remedy.added_mc, remedy.vehicle))
    told: set[object] = set()
    for remedy in found:
        if remedy.limits not in told:
            told.add(remedy.limits)
            yield _as_flip(remedy, saved_mc)


def _as_flip(remedy: Remedy, saved_mc: int) -> Reason:
    facts = {name: value for name, value in remedy.reason if name != "added_cents"}
    less_cents = (saved_mc - remedy.added_mc) // 1000
    return because("flip_tour_limit", **facts, less_cents=less_cents)


def _nearest(
    exact: Exact, others: Mapping[int, Driven], visit: int, asked: Sequence[int]
) -> list[int]:
    """The vehicles under way to which the stop lies nearest."""
    near = Nearness(exact, visit)
    wanted = exact.problem.visits[visit]
    days = exact.problem.vehicles
    under_way = [
        number
        for number in asked
        if number in others and (not wanted.depots or days[number].depot in wanted.depots)
    ]
    under_way.sort(key=lambda number: (near.least_mc(number, others[number]), number))
    return under_way[:MOST_VEHICLES]


def _of_time(
    exact: Exact, vehicle: int, tour: Driven, route: Sequence[int], visit: int
) -> Iterator[Reason]:
    """A window that closed before the stop is served, then another place of the same tour."""
    problem, start_s = exact.problem, _start_s(tour, visit)
    closes_s = problem.visits[visit].spans[-1][1]
    if closes_s < FAR_S and start_s <= closes_s:
        sooner_s = (closes_s - start_s) // MINUTE_S * MINUTE_S + MINUTE_S
        closing = problem.instant(closes_s - sooner_s).astimezone(problem.zone)
        yield because("flip_time_window", sooner_s=sooner_s, to_at=closing.isoformat())
    other = _other_place(exact, vehicle, tour, route, visit)
    if other is not None:
        dearer_mc = other.worth_mc - tour.worth_mc
        yield because(
            "flip_time_price" if dearer_mc >= 0 else "flip_time_wins",
            position=1 + other.made.index(visit),
            start_at=_clock(problem, _start_s(other, visit)),
            less_cents=dearer_mc // 1000 + 1 if dearer_mc >= 0 else -dearer_mc // 1000,
        )


def _other_place(
    exact: Exact, vehicle: int, tour: Driven, route: Sequence[int], visit: int
) -> Driven | None:
    """The cheapest other place of a stop in its own tour, None where there is none."""
    best: Driven | None = None
    for place in range(len(route) + 1):
        moved = (*route[:place], visit, *route[place:])
        if moved == tour.visits or (place and route[place - 1] == RELOAD):
            continue
        driven = exact.drive(vehicle, moved)
        if driven is not None and (best is None or driven.worth_mc < best.worth_mc):
            best = driven
    return best


def _start_s(tour: Driven, visit: int) -> int:
    return next(step.start_s for step in tour.table.steps if step.visit == visit)


def _clock(problem: Problem, second: int) -> str:
    return problem.instant(second).astimezone(problem.zone).isoformat()
