"""Which few moves make a day's drafts cheaper: each is timed exactly on the tours it touches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.tours import Stop as TourStop
from app.domain.tours import StopKind, Tour, TourPlan
from app.planning.tours.answer import tour_of
from app.planning.tours.consequences import Touched
from app.planning.tours.gentle import Budget, GentleMove, Moved, Suggestion
from app.planning.tours.gentle_places import Held
from app.planning.tours.gentle_steps import Step, Steps
from app.planning.tours.loads import tidy
from app.planning.tours.pricing import tour_cents, tour_co2e_g
from app.planning.tours.problem import RELOAD, Problem, Visit
from app.planning.tours.settle import Driven, Exact
from app.ports import Stop, never


def unheard_move(count: int) -> None:
    """Nobody listens to moves found."""


def gentle_moves(
    problem: Problem,
    plan: TourPlan,
    drafts: Sequence[Tour],
    budget: Budget,
    *,
    least_cents: int = 50,
    enough: Stop = never,
    on_move: Callable[[int], object] = unheard_move,
) -> Suggestion:
    """The moves that gain most for each stop they move, as many as the budget allows.

    `drafts` are the tours of the plan that may change, `problem` is the day without the others.
    Each stop moved gains `least_cents` or more; drafts that break a rule are left alone. `on_move`
    hears after each move how many there are; those found when it is `enough` are given back.
    """
    day = DraftDay(problem, plan, drafts, budget.within_s)
    steps = Steps(day.exact, day.tours, day.held(budget.within_s), least_cents * 1000, enough)
    left = budget.stops
    while left > 0:
        step = steps.best(left)
        if step is None:
            break
        left -= len(step.moved)
        day.take(step)
        steps.take(step)
        on_move(len(day.moves))
    codes = tuple(tour.code for tour in drafts)
    return Suggestion(plan, budget, codes, tuple(day.moves))


@dataclass(slots=True)
class DraftDay:
    """The tours as the moves so far leave them: as driven, and as they are kept."""

    problem: Problem
    plan: TourPlan
    drafts: Sequence[Tour]
    within_s: int | None
    exact: Exact = field(init=False)
    tours: dict[int, Driven] = field(default_factory=dict)
    moves: list[GentleMove] = field(default_factory=list)
    _kept: dict[int, Tour | None] = field(default_factory=dict)
    _starts: dict[int, int] = field(default_factory=dict)
    _away: set[int] = field(default_factory=set)
    _touched_by: dict[int, int] = field(default_factory=dict)
    _named: dict[int, Tour] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = _starts(self.problem, self.drafts)
        if self.within_s is not None:
            self.problem = _narrowed(self.problem, self._starts, self.within_s)
        self.exact = Exact(self.problem)
        index = {vehicle.code: number for number, vehicle in enumerate(self.problem.vehicles)}
        known = {(v.shipment, v.collect): n for n, v in enumerate(self.problem.visits)}
        self._away = {index[t.vehicle] for t in self.plan.tours if t.vehicle in index}
        for tour in self.drafts:
            vehicle = index.get(tour.vehicle)
            driven = None if vehicle is None else self._driven(vehicle, tour, known)
            if vehicle is None or driven is None:
                continue
            self.tours[vehicle] = driven
            self._kept[vehicle] = self._named[vehicle] = tour
        self._away -= self.tours.keys()

    def held(self, within_s: int | None) -> Held:
        """What is not to be changed."""
        return Held(self.away, within_s, self._starts)

    @property
    def away(self) -> frozenset[int]:
        """The vehicles with a tour that nobody may change."""
        return frozenset(self._away)

    def take(self, step: Step) -> None:
        """Write a step down as a move of the list."""
        number = len(self.moves)
        source = {v: self.code(vehicle) for vehicle, v in self._carried(step)}
        touched, needs = self.turn(number, step.tours)
        target = {v: self.code(vehicle) for vehicle, v in self._carried(step)}
        moved = tuple(self._moved(v, source[v], target[v]) for v in step.moved)
        self.moves.append(GentleMove(number, moved, touched, needs))

    def turn(
        self, number: int, tours: Mapping[int, Driven | None]
    ) -> tuple[tuple[Touched, ...], frozenset[int]]:
        """Let these vehicles drive other tours from now on, None = no tour, by move `number`.

        The tours as they are kept, before and after, and the moves that this one builds on.
        """
        needs = {self._touched_by[v] for v in tours if v in self._touched_by}
        touched = []
        for vehicle, driven in tours.items():
            before = self._kept.get(vehicle)
            after = None if driven is None else self._as_tour(vehicle, driven)
            self._kept[vehicle] = after
            self._touched_by[vehicle] = number
            touched.append(Touched(before, after))
            if driven is None:
                self.tours.pop(vehicle, None)
            else:
                self.tours[vehicle] = driven
        return tuple(touched), frozenset(needs)

    def _carried(self, step: Step) -> list[tuple[int, int]]:
        there = [(n, self.tours[n]) for n in step.tours if n in self.tours]
        return [(n, visit) for n, driven in there for visit in driven.made]

    def _moved(self, visit: int, tour: str, to: str) -> Moved:
        wanted = self.problem.visits[visit]
        return Moved(wanted.order, wanted.shipment, tour, to)

    def code(self, vehicle: int) -> str:
        """The code of the tour that a vehicle drives, or drove last."""
        return self._named[vehicle].code

    def _as_tour(self, vehicle: int, driven: Driven) -> Tour:
        """The tour by the name it has; a new one gets the next number of the day."""
        known = self._named.get(vehicle)
        if known is None:
            day = (*self.plan.tours, *self._named.values())
            number = 1 + max([*(tour.number for tour in day), *self.problem.taken], default=0)
            made = replace(tour_of(self.problem, vehicle, driven.table, number), revision=0)
            self._named[vehicle] = made
            return made
        made = tour_of(self.problem, vehicle, driven.table, known.number)
        return replace(made, code=known.code, revision=known.revision)

    def _driven(
        self, vehicle: int, tour: Tour, known: dict[tuple[str, bool], int]
    ) -> Driven | None:
        """The tour as the search knows it; None where it breaks a rule, or is not whole."""
        route = [_visited(stop, known) for stop in tour.stops]
        visits = [visit for visit in route if visit is not None]
        if len([v for v in visits if v >= 0]) != len(tour.deliveries) or vehicle in self.tours:
            return None
        driven = self.exact.drive(vehicle, visits)
        if driven is None or tuple(visits) != tidy(visits) or not driven.visits:
            return None
        return replace(driven, worth_mc=min(driven.worth_mc, self._kept_mc(vehicle, tour, driven)))

    def _kept_mc(self, vehicle: int, tour: Tour, driven: Driven) -> int:
        """What the tour is worth as it is kept, where that is less than timed anew."""
        day, table = self.problem.vehicles[vehicle], driven.table
        money = tour.cost_cents - tour_cents(day, table.distance_m, table.work_s)
        carbon_g = tour.co2e_g - tour_co2e_g(day, table.distance_m)
        return driven.worth_mc + 1000 * money + carbon_g * self.problem.carbon_cents_per_kg


def _visited(stop: TourStop, known: dict[tuple[str, bool], int]) -> int | None:
    """The visit of a stop, `RELOAD` for a return to the depot, None for all else."""
    return RELOAD if stop.kind is StopKind.RELOAD else known.get(_key(stop))


def _starts(problem: Problem, drafts: Sequence[Tour]) -> dict[int, int]:
    """When service starts at each visit as the drafts are."""
    number = {(v.shipment, v.collect): n for n, v in enumerate(problem.visits)}
    found = {}
    for stop in (stop for tour in drafts for stop in tour.deliveries):
        visit = number.get(_key(stop))
        if visit is not None:
            found[visit] = int((stop.start - problem.reference).total_seconds())
    return found


def _key(stop: TourStop) -> tuple[str, bool]:
    return stop.shipment, stop.kind is StopKind.PICKUP


def _narrowed(problem: Problem, starts: dict[int, int], within_s: int) -> Problem:
    """The day in which each visit keeps near its start; those of several windows are left as is."""
    visits = list(problem.visits)
    for visit, start_s in starts.items():
        visits[visit] = _near(visits[visit], start_s - within_s, start_s + within_s)
    return replace(problem, visits=tuple(visits))


def _near(visit: Visit, first_s: int, last_s: int) -> Visit:
    if visit.also or first_s > visit.closes_s + visit.late_s or last_s < visit.opens_s:
        return visit  # looked at once it is timed
    opens_s = min(max(visit.opens_s, first_s), visit.closes_s)
    if last_s < visit.closes_s:
        return replace(visit, opens_s=opens_s, closes_s=max(opens_s, last_s), late_s=0)
    return replace(visit, opens_s=opens_s, late_s=min(visit.late_s, last_s - visit.closes_s))
