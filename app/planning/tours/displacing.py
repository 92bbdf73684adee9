"""Whom a shipment left out would displace: one stop taken out for it, toured elsewhere or not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.domain.reasons import Reason, because
from app.planning.tours.insertion import Insertion, best_insertion, cheapest_place
from app.planning.tours.loads import tidy
from app.planning.tours.relaxing import Nearness
from app.planning.tours.settle import Driven, Exact

#: So many tours are asked, the nearest first, and so many of their stops found a new place.
MOST_TOURS, MOST_STOPS = 3, 6


@dataclass(frozen=True, slots=True)
class Displacement:
    """A vehicle takes the shipment in the place of another, which `onto` takes; empty = nobody.

    `added_mc` is what the plan costs more then, the prize of what nobody takes included.
    """

    vehicle: str
    order: str
    onto: str
    added_mc: int

    @property
    def reason(self) -> Reason:
        """In figures, for whoever puts it into words."""
        code = "tour_displaces" if self.onto else "tour_displaces_to_carrier"
        facts = {"onto": self.onto} if self.onto else {}
        added_cents = (self.added_mc + 500) // 1000
        return because(
            code, vehicle=self.vehicle, other=self.order, added_cents=added_cents, **facts
        )


@dataclass(frozen=True, slots=True)
class _Swap:
    """A tour with the shipment in the place of one of its stops."""

    added_mc: int
    gone: int
    found: Insertion


@dataclass(frozen=True, slots=True)
class Exchange:
    """A visit toured in the place of another: the tours that change, `gone` toured again or not.

    `added_mc` is what the plan costs more then, the prize of what nobody takes included.
    """

    added_mc: int
    gone: int
    taken: Insertion
    again: Insertion | None


def displacement(
    exact: Exact, tours: Mapping[int, Driven], visit: int, *, vehicles: Collection[int]
) -> Displacement | None:
    """The cheapest way to take a visit for one other; None where that does not help."""
    best = exchange(exact, tours, visit, vehicles=vehicles)
    if best is None:
        return None
    codes = [day.code for day in exact.problem.vehicles]
    onto = "" if best.again is None else codes[best.again.vehicle]
    order = exact.problem.visits[best.gone].order
    return Displacement(codes[best.taken.vehicle], order, onto, best.added_mc)


def exchange(
    exact: Exact, tours: Mapping[int, Driven], visit: int, *, vehicles: Collection[int]
) -> Exchange | None:
    """The cheapest exchange of a visit left out for one that rides; None where none can be.

    Only what rides and waits by itself is displaced, and nothing that a vehicle has begun with.
    """
    if len(exact.units.of(visit)) > 1:
        return None
    swaps = sorted(_swaps(exact, tours, visit, vehicles), key=lambda swap: swap.added_mc)
    best: Exchange | None = None
    for swap in swaps[:MOST_STOPS]:
        cost_mc = 1000 * exact.problem.visits[swap.gone].prize_cents
        others = {v: tour for v, tour in tours.items() if v in vehicles}
        others[swap.found.vehicle] = swap.found.tour
        again = cheapest_place(exact, others, swap.gone, below_mc=cost_mc)
        if again is not None and again.vehicle not in vehicles:
            again = None
        added_mc = swap.added_mc + (cost_mc if again is None else again.added_mc)
        if best is None or added_mc < best.added_mc:
            best = Exchange(added_mc, swap.gone, swap.found, again)
    return best


def _swaps(
    exact: Exact, tours: Mapping[int, Driven], visit: int, vehicles: Collection[int]
) -> Iterator[_Swap]:
    near, wanted = Nearness(exact, visit), exact.problem.visits[visit]
    asked = [v for v in tours if v in vehicles and exact.problem.vehicles[v].may_take(wanted)]
    asked.sort(key=lambda v: (near.least_mc(v, tours[v]), v))
    for vehicle in asked[:MOST_TOURS]:
        tour = tours[vehicle]
        for gone in tour.made:
            if len(exact.units.of(gone)) > 1 or exact.units.fixed(gone):
                continue
            route = tidy([v for v in tour.visits if v != gone])
            rest = exact.drive(vehicle, route) if route else None
            if route and rest is None:
                continue
            found = best_insertion(exact, vehicle, rest, visit)
            if found is not None:
                yield _Swap(found.tour.worth_mc - tour.worth_mc, gone, found)
