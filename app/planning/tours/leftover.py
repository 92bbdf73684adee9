"""Why an order is left out of the tours: for each vehicle of its node, in figures.

Red = no vehicle could bring it even alone; yellow = it would displace others; green = it fits, at a
price that a carrier beats.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.reasons import Reason, because
from app.domain.tours import Colour, Unplanned
from app.domain.values import Load
from app.planning.tours.insertion import alone, best_insertion
from app.planning.tours.limits import ROOMS, impossible_alone, unfit
from app.planning.tours.polish import Polish
from app.planning.tours.problem import RELOAD, VehicleDay
from app.planning.tours.settle import Driven


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one vehicle says to one visit."""

    colour: Colour
    reason: Reason


def unplanned(polish: Polish, enough: Callable[[], bool]) -> tuple[Unplanned, ...]:
    """Every visit left out, with the reason of each vehicle; idle twins are named once.

    Once it is enough, only what needs no search is said, of one vehicle of each kind. What only
    hands goods over on the way is not spoken of: the order that wants them is.
    """
    sources = polish.exact.units.pairs
    wanted = (visit for visit in polish.left if visit not in sources)
    return tuple(_left_out(polish, visit, quick=enough()) for visit in wanted)


def _left_out(polish: Polish, visit: int, *, quick: bool) -> Unplanned:
    wanted = polish.problem.visits[visit]
    findings = list(_findings(polish, visit, quick=quick))
    colours = {finding.colour for finding in findings}
    colour = next((c for c in (Colour.GREEN, Colour.YELLOW) if c in colours), Colour.RED)
    reasons = tuple(finding.reason for finding in findings)
    return Unplanned(wanted.order, wanted.shipment, colour, reasons)


def _findings(polish: Polish, visit: int, *, quick: bool) -> Iterator[_Finding]:
    wanted = polish.problem.visits[visit]
    kinds = {vehicle: n for n, kind in enumerate(polish.exact.kinds) for vehicle in kind}
    told = set()
    for vehicle, day in enumerate(polish.problem.vehicles):
        if wanted.depots and day.depot not in wanted.depots:
            continue
        if quick or vehicle not in polish.tours:
            if kinds[vehicle] in told:
                continue
            told.add(kinds[vehicle])
        yield _says(polish, vehicle, visit, quick=quick)


def _says(polish: Polish, vehicle: int, visit: int, *, quick: bool) -> _Finding:
    """What keeps this vehicle from bringing this visit, with those bound to it."""
    problem, exact = polish.problem, polish.exact
    day, unit = problem.vehicles[vehicle], exact.units.of(visit)
    for one in (visit, *unit):
        hindered = unfit(day, problem.visits[one])
        if hindered is not None:
            return _Finding(Colour.RED, hindered)
    for one in (visit, *unit):
        if exact.units.pair(one) == (one,) and not exact.can_alone(vehicle, one):
            return _Finding(Colour.RED, impossible_alone(problem, day, one))
    if len(unit) > 1 and not quick and alone(exact, vehicle, unit) is None:
        return _Finding(Colour.RED, _too_much_together(day.code, unit, exact.units.pair(visit)))
    return _beside_others(polish, vehicle, visit, quick=quick)


def _too_much_together(vehicle: str, unit: Sequence[int], pair: Sequence[int]) -> Reason:
    if len(unit) == len(pair):
        return because("tour_no_way_by_source", vehicle=vehicle)
    return because("tour_too_much_together", vehicle=vehicle, count=len(unit))


def _beside_others(polish: Polish, vehicle: int, visit: int, *, quick: bool) -> _Finding:
    """It could bring it alone: what its tour says to it."""
    problem, tour = polish.problem, polish.tours.get(vehicle)
    day, unit = problem.vehicles[vehicle], polish.exact.units.of(visit)
    if tour is not None:
        hindered = _in_the_way(polish, day, tour, unit)
        if hindered is not None:
            return _Finding(Colour.YELLOW, hindered)
    if quick:
        return _Finding(Colour.YELLOW, because("tour_not_tried", vehicle=day.code))
    found = best_insertion(polish.exact, vehicle, tour, visit, unit=unit)
    if found is None:
        return _Finding(Colour.YELLOW, because("tour_no_time_left", vehicle=day.code))
    prize_mc = polish.prizes_mc(unit)
    code = "tour_not_placed" if found.added_mc < prize_mc else "tour_cheaper_carrier"
    dearer = because(
        code,
        vehicle=day.code,
        added_cents=(found.added_mc + 500) // 1000,
        carrier_cents=prize_mc // 1000,
    )
    return _Finding(Colour.GREEN, dearer)


def _in_the_way(
    polish: Polish, day: VehicleDay, tour: Driven, unit: Sequence[int]
) -> Reason | None:
    """What is on the tour leaves no room, or may not ride with it."""
    problem = polish.problem
    for visit in unit:
        other = polish.exact.units.kept_apart(visit, tour.made)
        if other is not None:
            return because("tour_kept_apart", vehicle=day.code, other=problem.visits[other].order)
    if sum(stop == RELOAD for stop in tour.visits) < day.reloads:
        return None
    load = problem.total_load(visit for visit in unit if problem.visits[visit].source is None)
    if any(problem.visits[visit].collect for visit in (*tour.made, *unit)):
        return None  # the place decides
    full = [_full(day, aboard, load) for aboard in polish.exact.aboard(tour)]
    return None if None in full else full[-1]


def _full(day: VehicleDay, aboard: Load, load: Load) -> Reason | None:
    """The first dimension in which a trip has no room left for the goods."""
    for _, code, dimension in ROOMS:
        free = getattr(day.capacity, dimension) - getattr(aboard, dimension)
        amount = getattr(load, dimension)
        if amount > free:
            facts = {"vehicle": day.code, dimension: amount, f"free_{dimension}": max(0, free)}
            return because(code, **facts)
    return None
