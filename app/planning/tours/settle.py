"""Which tours can really be driven: the solver's routes with exact times, pauses included."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.planning.tours.pricing import worth_mc
from app.planning.tours.problem import Problem, Routes
from app.planning.tours.timetable import Timetable, timetable


@dataclass(frozen=True, slots=True)
class Driven:
    """A tour that keeps every rule: its visits, its timetable, its worth in 1/1000 cent."""

    visits: tuple[int, ...]
    table: Timetable
    worth_mc: int


@dataclass(slots=True)
class Exact:
    """Timetables of one problem, remembered: an improved plan keeps most of its tours."""

    problem: Problem
    _known: dict[tuple[int, tuple[int, ...]], Driven | None] = field(default_factory=dict)

    def drive(self, vehicle: int, visits: Sequence[int]) -> Driven | None:
        """The tour of this vehicle over these visits, or None when it breaks a rule."""
        key = (vehicle, tuple(visits))
        if key not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[key] = self._drive(*key)
        return self._known[key]

    def _drive(self, vehicle: int, visits: tuple[int, ...]) -> Driven | None:
        day = self.problem.vehicles[vehicle]
        if not all(day.may_take(self.problem.visits[v]) for v in visits):
            return None
        if not self.problem.total_load(visits).fits(day.capacity):
            return None
        table = timetable(self.problem, day, visits)
        if table is None:
            return None
        return Driven(visits, table, worth_mc(self.problem, day, table))


def settled(exact: Exact, routes: Routes) -> dict[int, Driven]:
    """Every route as it can be driven; visits that do not fit are let go, the cheapest first."""
    tours = {}
    for vehicle, visits in routes:
        driven = exact.drive(vehicle, visits)
        left = list(visits)
        while driven is None and left:
            left.remove(_in_the_way(exact, vehicle, left))
            driven = exact.drive(vehicle, left)
        if driven is not None and driven.visits:
            tours[vehicle] = driven
    return tours


def _in_the_way(exact: Exact, vehicle: int, visits: list[int]) -> int:
    """The visit to let go: one that makes the rest drivable if any does, of the least prize."""

    def rank(visit: int) -> tuple[bool, int, int]:
        rest = [v for v in visits if v != visit]
        prize = exact.problem.visits[visit].prize_cents
        return exact.drive(vehicle, rest) is None, prize, visit

    return min(visits, key=rank)
