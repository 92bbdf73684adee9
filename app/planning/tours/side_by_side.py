"""How two plans of one day compare: figures, what is left out and its price, stops that moved."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.tours import Stop, TourPlan
from app.planning.tours.consequences import Preview, Touched
from app.planning.tours.plan_shape import shape_of
from app.planning.tours.problem import Problem, Visit


@dataclass(frozen=True, slots=True)
class Side:
    """What one plan comes to.

    `left_out` of what wants a tour that day is on none, and costs `left_cents` otherwise: its
    carriers' prices. `late` stops are served outside the hours promised, whatever a scenario
    supposes, by `late_s` together. `moved` ride on another vehicle than at present, or at another
    place of the same tour. The longest tour works `spread_s` longer than the shortest; stops lie
    `apart_m` from the middle of their tour on average; `crossings` are ways of two tours that
    cross.
    """

    tours: int
    stops: int
    distance_m: int
    work_s: int
    cost_cents: int
    left_cents: int
    co2e_g: int
    late: int
    late_s: int
    left_out: int
    moved: int = 0
    spread_s: int = 0
    apart_m: int = 0
    crossings: int = 0

    @property
    def total_cents(self) -> int:
        """The tours, and whoever brings what they leave out: what two plans are to be judged by."""
        return self.cost_cents + self.left_cents


@dataclass(frozen=True, slots=True)
class Measure:
    """What plans of a day are compared by: that day as it is, and its present plan."""

    problem: Problem
    present: TourPlan
    visits: Mapping[str, Visit]

    @classmethod
    def of(cls, problem: Problem, present: TourPlan) -> "Measure":
        """Make a day ready to compare its plans."""
        return cls(problem, present, {visit.shipment: visit for visit in problem.visits})

    def side(self, plan: TourPlan) -> Side:
        """The figures of one plan."""
        stops = [stop for tour in plan.tours for stop in tour.deliveries]
        wanted = {*self.visits, *(one.shipment for one in self.problem.set_aside)}
        left = wanted - {stop.shipment for stop in stops}
        doors = (stop for tour in plan.tours for stop in tour.doors)
        off_s = [late_s for stop in doors if (late_s := self.off_promise_s(stop))]
        shape = shape_of(plan.tours)
        prizes = (self.visits[shipment].prize_cents for shipment in left & self.visits.keys())
        return Side(
            tours=len(plan.tours),
            stops=len(stops),
            distance_m=plan.distance_m,
            work_s=plan.work_s,
            cost_cents=plan.cost_cents,
            left_cents=sum(prizes),
            co2e_g=plan.co2e_g,
            late=len(off_s),
            late_s=sum(off_s),
            left_out=len(left),
            moved=len(moved_between(self.present, plan)),
            spread_s=shape.spread_s,
            apart_m=shape.apart_m,
            crossings=shape.crossings,
        )

    def off_promise_s(self, stop: Stop) -> int:
        """For how long a stop is served before or after all that was promised."""
        visit = self.visits.get(stop.shipment)
        if visit is None:
            return stop.late_s
        start_s = round((stop.start - self.problem.reference).total_seconds())
        return min(
            max(opens_s - start_s, start_s - closes_s, 0) for opens_s, closes_s in visit.spans
        )


def moved_between(before: TourPlan, after: TourPlan) -> tuple[str, ...]:
    """The shipments on tours of both plans that got another vehicle, or another place on it."""
    had = {
        stop.shipment: (tour.vehicle, place)
        for tour in before.tours
        for place, stop in enumerate(tour.doors)
    }
    moved: list[str] = []
    for tour in after.tours:
        riding = [stop.shipment for stop in tour.doors if stop.shipment in had]
        stayed = [shipment for shipment in riding if had[shipment][0] == tour.vehicle]
        kept = _in_order([had[shipment][1] for shipment in stayed])
        places = {stayed[number] for number in kept}
        moved += [shipment for shipment in riding if shipment not in places]
    return tuple(moved)


def preview_of(before: TourPlan, after: TourPlan) -> Preview:
    """What one plan changes of another, vehicle by vehicle, as a move by hand would be shown."""
    had, has = ({tour.vehicle: tour for tour in plan.tours} for plan in (before, after))
    vehicles = sorted(had.keys() | has.keys())
    touched = (Touched(had.get(vehicle), has.get(vehicle)) for vehicle in vehicles)
    rode = {stop.shipment for tour in before.tours for stop in tour.deliveries}
    rides = (stop.shipment for tour in after.tours for stop in tour.doors)
    joined = (shipment for shipment in rides if shipment not in rode)
    shipments = (*moved_between(before, after), *joined)
    return Preview("what_if", shipments, tuple(each for each in touched if _differs(each)))


def _differs(each: Touched) -> bool:
    if each.before is None or each.after is None:
        return True
    return [s.shipment for s in each.before.deliveries] != [
        s.shipment for s in each.after.deliveries
    ]


def _in_order(places: Sequence[int]) -> list[int]:
    """The most of these that stand in rising order, by their numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, place in enumerate(places):
        at = bisect_left(tails, place)
        tails[at : at + 1], ends[at : at + 1] = [place], [number]
        before.append(ends[at - 1] if at else None)
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
