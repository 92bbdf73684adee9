"""How much of a day's drafts planning keeps: each stop its vehicle, with or without new stops."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum

from app.domain.tours import Tour, TourPlan
from app.planning.tours.problem import Problem, Visit

#: What leaving out a stop counts that has a tour: more than any carrier asks.
STAYS_CENTS = 1_000_000


class Keep(StrEnum):
    """What stays when drafts are planned again.

    With `tours` every stop stays on its vehicle and what was left out may join; with `vehicles`
    nothing joins either: stops only change their order.
    """

    TOURS = "tours"
    VEHICLES = "vehicles"


def kept_to_vehicles(problem: Problem, drafts: Sequence[Tour]) -> Problem:
    """The day in which each stop of these tours stays on its vehicle, as long as rules allow."""
    home = {stop.shipment: tour.vehicle for tour in drafts for stop in tour.deliveries}
    sources = {visit.source for visit in problem.visits if visit.source is not None}
    visits = [
        _kept(visit, home[visit.shipment], fetched=number in sources)
        if visit.shipment in home
        else visit
        for number, visit in enumerate(problem.visits)
    ]
    return replace(problem, visits=tuple(visits))


def _kept(visit: Visit, vehicle: str, *, fetched: bool) -> Visit:
    if visit.only and vehicle not in visit.only:
        return visit  # a lock wants it elsewhere since
    prize_cents = visit.prize_cents if fetched else max(visit.prize_cents, STAYS_CENTS)
    return replace(visit, only=frozenset({vehicle}), prize_cents=prize_cents)


def with_old_numbers(found: TourPlan, drafts: Sequence[Tour], taken: Collection[int]) -> TourPlan:
    """The plan in which a vehicle's tour keeps the number it had; new ones get new numbers."""
    numbers = {tour.vehicle: tour.number for tour in drafts}
    free = 1 + max([*taken, *numbers.values()], default=0)
    tours = []
    for tour in found.tours:
        number = numbers.get(tour.vehicle)
        if number is None:
            number, free = free, free + 1
        tours.append(replace(tour, number=number, code=f"{tour.on.isoformat()}-T{number}"))
    return replace(found, tours=tuple(sorted(tours, key=lambda tour: tour.number)))
