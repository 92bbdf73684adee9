"""Which tours can really be driven: the solver's routes with exact times, pauses included."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.values import Load
from app.planning.tours.loads import fits, most_aboard, tidy, trips_of
from app.planning.tours.parts import classes_of
from app.planning.tours.pricing import worth_mc
from app.planning.tours.problem import RELOAD, Problem, Routes
from app.planning.tours.room import Room
from app.planning.tours.slack import Gaps, Prices
from app.planning.tours.timetable import Timetable, timetable
from app.planning.tours.units import Units


@dataclass(frozen=True, slots=True)
class Driven:
    """A tour that keeps every rule: its visits, its timetable, its worth in 1/1000 cent.

    `RELOAD` stands among the visits between trips.
    """

    visits: tuple[int, ...]
    table: Timetable
    worth_mc: int

    @property
    def made(self) -> tuple[int, ...]:
        """The visits alone."""
        if RELOAD not in self.visits:
            return self.visits
        return tuple(visit for visit in self.visits if visit != RELOAD)


@dataclass(slots=True)
class Exact:
    """Timetables of one problem, remembered: an improved plan keeps most of its tours."""

    problem: Problem
    units: Units = field(init=False)
    _kinds: list[list[int]] = field(default_factory=list)
    _twin: dict[int, int] = field(default_factory=dict)
    _aboard: dict[tuple[int, ...], tuple[Load, ...]] = field(default_factory=dict)
    _prices: dict[int, Prices] = field(default_factory=dict)
    _rooms: dict[tuple[int, tuple[int, ...]], Room] = field(default_factory=dict)
    _gaps: dict[tuple[int, tuple[int, ...]], Gaps] = field(default_factory=dict)
    _known: dict[tuple[int, tuple[int, ...]], Driven | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = Units(self.problem)

    def drive(self, vehicle: int, visits: Sequence[int]) -> Driven | None:
        """The tour of this vehicle over these visits, or None when it breaks a rule.

        A group that is to ride together may still be incomplete.
        """
        key = (vehicle, tuple(visits))
        if key not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[key] = self._drive(*key)
        return self._known[key]

    @property
    def kinds(self) -> list[list[int]]:
        """The vehicles in classes of interchangeable ones."""
        if not self._kinds:
            self._kinds = classes_of(self.problem, range(len(self.problem.vehicles)))
        return self._kinds

    def can_alone(self, vehicle: int, visit: int) -> bool:
        """Whether the vehicle can make this visit and nothing else; its twins are not asked."""
        if not self._twin:
            self._twin = {number: kind[0] for kind in self.kinds for number in kind}
        return self.drive(self._twin[vehicle], (visit,)) is not None

    def aboard(self, tour: Driven) -> tuple[Load, ...]:
        """The most that is aboard on each trip of a tour."""
        if tour.visits not in self._aboard:
            trips = trips_of(tour.visits)
            self._aboard[tour.visits] = tuple(most_aboard(self.problem, trip) for trip in trips)
        return self._aboard[tour.visits]

    def prices(self, vehicle: int) -> Prices:
        """What this vehicle costs at least."""
        if vehicle not in self._prices:
            self._prices[vehicle] = Prices.of(self.problem, self.problem.vehicles[vehicle])
        return self._prices[vehicle]

    def gaps(self, vehicle: int, tour: Driven | None) -> Gaps:
        """The room that a tour leaves, or an idle vehicle's day."""
        route = () if tour is None else tour.visits
        key = (vehicle, route)
        if key not in self._gaps:
            if len(self._gaps) > 5_000:
                self._gaps.clear()
            table = None if tour is None else tour.table
            day = self.problem.vehicles[vehicle]
            self._gaps[key] = Gaps.of(self.problem, day, route, table)
        return self._gaps[key]

    def room(self, vehicle: int, tour: Driven) -> Room:
        """How long a tour takes at least with one more visit in each of its gaps."""
        key = (vehicle, tour.visits)
        if key not in self._rooms:
            if len(self._rooms) > 1_000:
                self._rooms.clear()
            day = self.problem.vehicles[vehicle]
            self._rooms[key] = Room(self.problem, day, tour.visits)
        return self._rooms[key]

    def _drive(self, vehicle: int, route: tuple[int, ...]) -> Driven | None:
        problem = self.problem
        day = problem.vehicles[vehicle]
        visits = [v for v in route if v != RELOAD]
        if len(route) - len(visits) > day.reloads:
            return None
        if not all(day.may_take(problem.visits[v]) for v in visits):
            return None
        if not (self.units.allow(vehicle, route) and problem.collects_in_turn(route)):
            return None
        if not fits(problem, route, day.capacity):
            return None
        table = timetable(problem, day, route)
        if table is None:
            return None
        return Driven(route, table, worth_mc(problem, day, table))


def settled(exact: Exact, routes: Routes) -> dict[int, Driven]:
    """Every route as it can be driven; visits that do not fit are let go, the cheapest first.

    What a vehicle has begun stays as long as it can be driven at all.
    """
    tours = {}
    begun = exact.units.begun
    wanted = {**dict.fromkeys(begun, ()), **dict(routes)} if begun else dict(routes)
    for vehicle, visits in wanted.items():
        left = _whole(exact, vehicle, visits)
        driven = exact.drive(vehicle, left) if left else None
        while driven is None and left:
            left = _without(left, _in_the_way(exact, vehicle, left))
            driven = exact.drive(vehicle, left) if left else None
        if driven is not None and driven.visits:
            tours[vehicle] = driven
    return tours


def _whole(exact: Exact, vehicle: int, route: Sequence[int]) -> tuple[int, ...]:
    """The route with what was begun in front, and nothing that lacks those bound to it."""
    units, begun = exact.units, exact.units.begun.get(vehicle, ())
    if tuple(route[: len(begun)]) != begun:
        route = (*begun, *(v for v in route if v == RELOAD or v not in begun))
    if not units.whole(route):
        inside = set(route)
        held = {other for v in begun for other in units.of(v)}
        route = [v for v in route if v in held or v == RELOAD or inside.issuperset(units.of(v))]
    return tidy(route) if RELOAD in route else tuple(route)


def _without(route: Sequence[int], unit: Sequence[int]) -> tuple[int, ...]:
    return tidy([visit for visit in route if visit not in unit])


def _in_the_way(exact: Exact, vehicle: int, route: Sequence[int]) -> tuple[int, ...]:
    """The unit to let go: one that makes the rest drivable if any does, of the least prize."""
    units, visits = exact.units, exact.problem.visits

    def rank(unit: tuple[int, ...]) -> tuple[bool, bool, int, tuple[int, ...]]:
        rest = _without(route, unit)
        prize = sum(visits[v].prize_cents for v in unit)
        begun = any(map(units.fixed, unit))
        return begun, exact.drive(vehicle, rest) is None, prize, unit

    return min({units.of(v) for v in route if v != RELOAD}, key=rank)
