"""Why an order is left out of the tours: for each vehicle of its node, in figures.

Red = no vehicle could bring it even alone; yellow = it would displace others; green = it fits, at a
price that a carrier beats.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.reasons import Reason, because
from app.domain.tours import Colour, Unplanned
from app.domain.values import Load
from app.planning.tours.insertion import best_insertion
from app.planning.tours.parts import alike
from app.planning.tours.polish import Polish
from app.planning.tours.problem import Problem, VehicleDay, Visit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROOMS = (
    ("tour_too_heavy", "tour_full_weight", "weight_g"),
    ("tour_too_bulky", "tour_full_volume", "volume_ml"),
    ("tour_too_many_parcels", "tour_full_parcels", "parcels"),
)


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one vehicle says to one visit."""

    colour: Colour
    reason: Reason


def unplanned(polish: Polish, enough: Callable[[], bool]) -> tuple[Unplanned, ...]:
    """Every visit left out, with the reason of each vehicle; idle twins are named once.

    Once it is enough, only what needs no search is said.
    """
    return tuple(_left_out(polish, visit, quick=enough()) for visit in polish.left)


def _left_out(polish: Polish, visit: int, *, quick: bool) -> Unplanned:
    wanted = polish.problem.visits[visit]
    findings = list(_findings(polish, visit, quick=quick))
    colours = {finding.colour for finding in findings}
    colour = next((c for c in (Colour.GREEN, Colour.YELLOW) if c in colours), Colour.RED)
    reasons = tuple(finding.reason for finding in findings)
    return Unplanned(wanted.order, wanted.shipment, colour, reasons)


def _findings(polish: Polish, visit: int, *, quick: bool) -> Iterator[_Finding]:
    wanted = polish.problem.visits[visit]
    idle_told = set()
    for vehicle, day in enumerate(polish.problem.vehicles):
        if wanted.depots and day.depot not in wanted.depots:
            continue
        if vehicle not in polish.tours:
            if alike(day) in idle_told:
                continue
            idle_told.add(alike(day))
        yield _says(polish, vehicle, visit, quick=quick)


def _says(polish: Polish, vehicle: int, visit: int, *, quick: bool) -> _Finding:
    """What keeps this vehicle from bringing this visit."""
    problem = polish.problem
    day, wanted = problem.vehicles[vehicle], problem.visits[visit]
    lacking = sorted(wanted.needs - day.skills)
    if lacking:
        return _red("tour_no_skill", vehicle=day.code, skill=lacking[0])
    beyond = _beyond(day.code, wanted.load, day.capacity)
    if beyond is not None:
        return _Finding(Colour.RED, beyond)
    if polish.exact.drive(vehicle, (visit,)) is None:
        return _Finding(Colour.RED, _impossible_alone(problem, day, wanted))
    return _beside_others(polish, vehicle, visit, quick=quick)


def _beside_others(polish: Polish, vehicle: int, visit: int, *, quick: bool) -> _Finding:
    """It could bring it alone: what its tour says to it."""
    problem, tour = polish.problem, polish.tours.get(vehicle)
    day, wanted = problem.vehicles[vehicle], problem.visits[visit]
    if tour is not None:
        full = _full(day, problem.total_load(tour.visits), wanted.load)
        if full is not None:
            return _Finding(Colour.YELLOW, full)
    if quick:
        return _Finding(Colour.YELLOW, because("tour_not_tried", vehicle=day.code))
    found = best_insertion(polish.exact, vehicle, tour, visit)
    if found is None:
        return _Finding(Colour.YELLOW, because("tour_no_time_left", vehicle=day.code))
    code = "tour_not_placed" if found.added_mc < polish.prize_mc(visit) else "tour_cheaper_carrier"
    added_cents = (found.added_mc + 500) // 1000
    dearer = because(
        code, vehicle=day.code, added_cents=added_cents, carrier_cents=wanted.prize_cents
    )
    return _Finding(Colour.GREEN, dearer)


def _red(code: str, **facts: str | int) -> _Finding:
    return _Finding(Colour.RED, because(code, **facts))


def _beyond(vehicle: str, load: Load, room: Load) -> Reason | None:
    """The first dimension in which the goods alone are too much."""
    for code, _, dimension in _ROOMS:
        amount, limit = getattr(load, dimension), getattr(room, dimension)
        if amount > limit:
            facts = {"vehicle": vehicle, dimension: amount, f"room_{dimension}": limit}
            return because(code, **facts)
    return None


def _full(day: VehicleDay, aboard: Load, load: Load) -> Reason | None:
    """The first dimension in which the tour has no room left for the goods."""
    for _, code, dimension in _ROOMS:
        free = getattr(day.capacity, dimension) - getattr(aboard, dimension)
        amount = getattr(load, dimension)
        if amount > free:
            facts = {"vehicle": day.code, dimension: amount, f"free_{dimension}": max(0, free)}
            return because(code, **facts)
    return None


def _impossible_alone(problem: Problem, day: VehicleDay, wanted: Visit) -> Reason:
    """Which limit of the vehicle or the customer forbids even a tour of this visit alone."""
    ways = problem.roads[day.roads]
    out_s, back_s = _there_and_back(ways.duration_s, day.depot, wanted.place)
    out_m, back_m = _there_and_back(ways.distance_m, day.depot, wanted.place)
    if day.max_m is not None and out_m + back_m > day.max_m:
        return because(
            "tour_too_far", vehicle=day.code, distance_m=out_m + back_m, limit_m=day.max_m
        )
    arrival_s = day.from_s + out_s
    if arrival_s > wanted.closes_s:
        return because(
            "tour_window_closed",
            vehicle=day.code,
            arrival_at=_at(problem, arrival_s),
            closes_at=_at(problem, wanted.closes_s),
        )
    home_s = max(arrival_s, wanted.opens_s) + wanted.service_s + back_s
    if home_s > day.to_s:
        return because(
            "tour_home_too_late",
            vehicle=day.code,
            home_at=_at(problem, home_s),
            shift_end_at=_at(problem, day.to_s),
        )
    return because("tour_no_room_for_break", vehicle=day.code)


def _there_and_back(ways: "NDArray[np.int32]", depot: int, place: int) -> tuple[int, int]:
    return int(ways[depot, place]), int(ways[place, depot])


def _at(problem: Problem, second: int) -> str:
    return problem.instant(second).astimezone(problem.zone).isoformat()
