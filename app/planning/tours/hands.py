"""A day made ready for a person's hands: its tours, doors and roads, each looked up in no time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.domain.tours import StopKind, Tour, TourPlan, Violation
from app.planning.tours import court_locks
from app.planning.tours.answer import tour_of
from app.planning.tours.check import judge_tour
from app.planning.tours.court import Facts
from app.planning.tours.least_late import least_late
from app.planning.tours.problem import RELOAD, Problem, Visit
from app.planning.tours.settle import Exact
from app.planning.tours.timetable import Timetable

#: Stands among a tour's shipments where the vehicle comes back for more goods.
RELOADS = ""
#: Stands before the code of a shipment where it is only fetched; no code begins so.
_FETCH = "\t"
#: More tours than a person ever looks at are not remembered.
_MOST = 5_000

Stops = tuple[str, ...]
_Key = tuple[int, int, Stops]
#: A tour as it is stored, or timed anew: its code, vehicle and stops say which one it is.
_Case = tuple[bool, str, str, Stops, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Hands:
    """The day that moves are tried on; made once, then asked for every place under the pointer.

    `problem` knows every vehicle, and all shipments that are on tours or could be; `visits` are
    known by shipment, and where one is only fetched by `fetch_at`; `facts` are what the judge goes
    by. Tours are reckoned one at a time and remembered; `bound` says that some of their shipments
    have to do with each other.
    """

    problem: Problem
    plan: TourPlan
    facts: Facts
    exact: Exact
    visits: dict[str, int]
    vehicles: dict[str, int]
    tours: dict[str, Tour]
    carried: dict[str, str]
    bound: bool
    _timed: dict[_Key, Tour | None] = field(default_factory=dict)
    _found: dict[_Case, tuple[Violation, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem, plan: TourPlan, facts: Facts) -> "Hands":
        """Make a day ready."""
        return cls(
            problem,
            plan,
            facts,
            Exact(problem),
            visits_of(problem),
            {vehicle.code: index for index, vehicle in enumerate(problem.vehicles)},
            {tour.code: tour for tour in plan.tours},
            {stop.shipment: tour.code for tour in plan.tours for stop in tour.deliveries},
            bool(facts.locks) or any(door.group for door in facts.doors.values()),
        )

    def visit(self, shipment: str) -> Visit | None:
        """The shipment at its door, None where it is not known."""
        index = self.visits.get(shipment)
        return None if index is None else self.problem.visits[index]

    def tour_of_vehicle(self, vehicle: str) -> Tour | None:
        """The tour that a vehicle drives, None when it is idle."""
        return next((tour for tour in self.plan.tours if tour.vehicle == vehicle), None)

    def next_number(self) -> int:
        """The number of a new tour: numbers of the day are not used again."""
        return 1 + max((tour.number for tour in self.plan.tours), default=0)

    def timed(self, vehicle: int, stops: Stops, number: int) -> Tour | None:
        """The tour over these stops, as good as it can be, late where it must; None = no way."""
        key = (vehicle, number, stops)
        if key not in self._timed:
            if len(self._timed) > _MOST:
                self._timed.clear()
            table = self.table(vehicle, stops)
            self._timed[key] = (
                None if table is None else tour_of(self.problem, vehicle, table, number)
            )
        return self._timed[key]

    def table(self, vehicle: int, stops: Stops) -> Timetable | None:
        """The timetable over these stops, whether or not all rules are kept."""
        visits = self.route(stops)
        driven = self.exact.drive(vehicle, visits)
        if driven is not None:
            return driven.table
        return least_late(self.problem, self.problem.vehicles[vehicle], visits)

    def route(self, stops: Iterable[str]) -> tuple[int, ...]:
        """These stops as the problem numbers them."""
        return tuple(RELOAD if stop == RELOADS else self.visits[stop] for stop in stops)

    def stops(self, route: Iterable[int]) -> Stops:
        """The same the other way round."""
        known = {index: stop for stop, index in self.visits.items()}
        return tuple(RELOADS if index == RELOAD else known[index] for index in route)

    def found_in(self, tour: Tour, beside: Sequence[Tour]) -> tuple[Violation, ...]:
        """What the judge finds in one tour while its vehicle drives these others too."""
        as_stored = self.tours.get(tour.code) is tour
        others = tuple(other.code for other in beside)
        key = (as_stored, tour.code, tour.vehicle, stops_of(tour), others)
        found = self._found.get(key)
        if found is None:
            if len(self._found) > _MOST:
                self._found.clear()
            found = self._found[key] = judge_tour(tour, beside, self.facts)
        return found

    def laid_down(self, tours: Sequence[Tour]) -> list[Violation]:
        """What people laid down beforehand and these tours break together."""
        if not self.bound:
            return []
        carried = {stop.shipment for tour in tours for stop in tour.deliveries}
        left = tuple(one for one in self.plan.unplanned if one.shipment not in carried)
        day = replace(self.plan, tours=tuple(tours), unplanned=left)
        return list(court_locks.violations(day, self.facts))


def fetch_at(shipment: str) -> str:
    """How the stop is known at which a shipment is only fetched."""
    return _FETCH + shipment


def visits_of(problem: Problem) -> dict[str, int]:
    """The visit of each stop that tours may have."""
    sources = problem.sources
    return {
        fetch_at(visit.shipment) if index in sources else visit.shipment: index
        for index, visit in enumerate(problem.visits)
    }


def stops_of(tour: Tour) -> Stops:
    """A tour's shipments in order, with its fetches and its reloads between them."""
    kinds = (StopKind.DELIVERY, StopKind.PICKUP, StopKind.RELOAD)
    fetched = tour.fetched
    return tuple(
        fetch_at(stop.shipment)
        if stop.kind is StopKind.PICKUP and stop.shipment in fetched
        else stop.shipment
        for stop in tour.stops
        if stop.kind in kinds
    )


def without(stops: Sequence[str], gone: Iterable[str]) -> Stops:
    """The stops that stay, without reloads that nothing is loaded for any more.

    What is not delivered is not fetched.
    """
    away = {stop for shipment in gone for stop in (shipment, fetch_at(shipment))}
    kept: list[str] = []
    for stop in stops:
        if stop == RELOADS and (not kept or kept[-1] == RELOADS):
            continue
        if stop not in away:
            kept.append(stop)
    while kept and kept[-1] == RELOADS:
        kept.pop()
    return tuple(kept)


def put_into(stops: Sequence[str], block: Sequence[str], position: int) -> Stops:
    """The stops with a block among them: so many of the others' doors come before it."""
    doors = [place for place, stop in enumerate(stops) if stop != RELOADS]
    place = doors[position] if position < len(doors) else len(stops)
    return (*stops[:place], *block, *stops[place:])
