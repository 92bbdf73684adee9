"""A plan with evener hours or clearer areas, for no more money than a day may cost for them.

It begins with the cheapest plan that was found and lets pairs of tours exchange stops. Whoever goes
out goes out, every stop stays on a tour, every rule is kept: each tour is timed as it is driven.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush, nlargest
from itertools import count
from math import hypot
from typing import NamedTuple

from app.domain.reasons import Reason, because
from app.domain.tours import TourPlan
from app.planning.tours.evening_goal import Goal
from app.planning.tours.evening_steps import Exchanges, Idea, Step
from app.planning.tours.insertion import best_insertion
from app.planning.tours.loads import tidy
from app.planning.tours.plan_shape import Plane, middle_of
from app.planning.tours.polish import Polish
from app.planning.tours.pricing import tour_cents
from app.planning.tours.problem import RELOAD, Problem
from app.planning.tours.settle import Driven, Exact

#: A tour exchanges stops with so many tours, those whose middles are nearest.
NEIGHBOURS = 10
#: So many hopes of each pair are kept.
HOPES = 60
#: What gains less of all there is to gain is not worth a change.
LEAST_GAIN = 0.0005
#: At first nothing is done that costs so many times its share of what may be spent, then more is.
DEAREST = (2, 8, 32)

_Pair = tuple[int, int]


class _Hope(NamedTuple):
    """An exchange between two tours as they were when it was thought of; the best comes first."""

    rank: float
    turn: int
    tours: tuple[tuple[int, Driven], tuple[int, Driven]]
    idea: Idea


def is_wished(problem: Problem) -> bool:
    """Whether the day may cost more for evener hours or clearer areas."""
    return problem.even_percent + problem.compact_percent > 0


def nothing_to_share(problem: Problem, plan: TourPlan) -> Reason | None:
    """Why such a wish changes nothing: tours of different depots have no goods in common."""
    depots = [tour.depot for tour in plan.tours]
    if is_wished(problem) and len(depots) > 1 and len(set(depots)) == len(depots):
        return because("tours_share_nothing", count=len(depots))
    return None


def even_out(polish: Polish, enough: Callable[[], bool]) -> None:
    """Make the tours of a polished plan evener and clearer; what has room then joins them."""
    if is_wished(polish.problem) and len(polish.tours) > 1 and not enough():
        _Evening(polish.exact, polish.tours).run(enough)
        _take_in(polish, enough)


def _take_in(polish: Polish, enough: Callable[[], bool]) -> None:
    """An exchange may have made room for what was left out."""
    for unit in sorted(polish.missing(), key=lambda each: (-polish.prizes_mc(each), each)):
        if enough():
            return
        found = polish.best(unit[0], polish.prizes_mc(unit))
        if found is not None and found.vehicle in polish.tours:
            polish.tours[found.vehicle] = found.tour
            polish.left = [visit for visit in polish.left if visit not in found.tour.visits]


@dataclass(slots=True)
class _Purse:
    """What the day may still cost more: in money, and in what a plan is judged by."""

    cents: int
    worth_mc: int

    @classmethod
    def of(cls, problem: Problem, tours: dict[int, Driven]) -> "_Purse":
        vehicles = problem.vehicles
        cents = sum(
            tour_cents(vehicles[v], tour.table.distance_m, tour.table.work_s)
            for v, tour in tours.items()
        )
        more_cents = cents * (problem.even_percent + problem.compact_percent) // 100
        return cls(more_cents, 1000 * more_cents)

    def allows(self, added_mc: int, added_cents: int) -> bool:
        return added_mc <= self.worth_mc and added_cents <= self.cents

    def pay(self, added_mc: int, added_cents: int) -> None:
        self.worth_mc -= added_mc
        self.cents -= added_cents


class _Evening:
    """Tours, which it changes, and the exchanges that are still to be tried, best hopes first."""

    def __init__(self, exact: Exact, tours: dict[int, Driven]) -> None:
        self._exact, self._tours = exact, tours
        problem = exact.problem
        plane = Plane.of(problem.points)
        spots = tuple(map(plane.spot, problem.points))
        self._goal = Goal.of(problem, tours, spots)
        self._exchanges = Exchanges(exact, self._goal)
        self._purse = _Purse.of(problem, tours)
        self._most_mc = 0
        self._turn = count()
        self._heap: list[_Hope] = []

    def run(self, enough: Callable[[], bool]) -> None:
        """Make one exchange after the other that gains, until none does or it is enough."""
        everything_mc = self._purse.worth_mc
        for dearest in DEAREST:
            self._most_mc = dearest * everything_mc
            self._heap.clear()
            for pair in sorted(set(self._pairs())):
                if enough():
                    return
                self._hope(pair)
            self._try_hopes(enough)

    def _try_hopes(self, enough: Callable[[], bool]) -> None:
        while self._heap and not enough():
            hope = heappop(self._heap)
            if any(self._tours[vehicle] is not tour for vehicle, tour in hope.tours):
                continue  # one of them has changed since
            step = hope.idea.timed()
            if step is not None and self._is_good(step):
                self._take(step)

    def _hope(self, pair: _Pair) -> None:
        one, other = ((vehicle, self._tours[vehicle]) for vehicle in pair)
        ideas = self._exchanges.ideas(one, other)
        for idea in nlargest(HOPES, ideas, key=lambda each: each.promise):
            heappush(self._heap, _Hope(-idea.promise, next(self._turn), (one, other), idea))

    def _take(self, step: Step) -> None:
        self._tours.update(step.tours)
        self._purse.pay(step.added_mc, step.added_cents)
        touched = {vehicle for vehicle, _ in step.tours}
        for vehicle in sorted(touched):
            self._put_in_order(vehicle)
        for pair in sorted(set(self._pairs())):
            if not touched.isdisjoint(pair):
                self._hope(pair)

    def _is_good(self, step: Step) -> bool:
        """It gains, for not too much of what may be spent, and makes no day an extreme."""
        dear = step.added_mc > step.gain * self._most_mc
        hours_s = [tour.table.work_s for _, tour in step.tours]
        affordable = self._purse.allows(step.added_mc, step.added_cents)
        return step.gain > LEAST_GAIN and not dear and affordable and self._no_extreme(hours_s)

    def _no_extreme(self, hours_s: list[int]) -> bool:
        """Where hours are to be even, nobody would work longer or shorter than any does now."""
        if not self._exact.problem.even_percent:
            return True
        now_s = [tour.table.work_s for tour in self._tours.values()]
        return max(hours_s) <= max(now_s) and min(hours_s) >= min(now_s)

    def _pairs(self) -> Iterator[_Pair]:
        """Each tour with those of its depot that are near to it."""
        vehicles, visits = self._exact.problem.vehicles, self._exact.problem.visits
        middles = {
            v: middle_of([self._goal.spots[visits[n].place] for n in tour.made])
            for v, tour in self._tours.items()
        }
        for one, (x, y) in middles.items():
            others = [
                (hypot(x - middles[v][0], y - middles[v][1]), v)
                for v in middles
                if v != one and vehicles[v].depot == vehicles[one].depot
            ]
            yield from ((min(one, v), max(one, v)) for _, v in sorted(others)[:NEIGHBOURS])

    def _put_in_order(self, vehicle: int) -> None:
        """Move single visits within a tour as long as that makes it cheaper."""
        while (better := self._in_better_order(vehicle)) is not None:
            gain, added_mc, added_cents = self._exchanges.step_of(
                vehicle, self._tours[vehicle], better
            )
            fair = self._no_extreme([better.table.work_s])
            if gain < 0 or not fair or not self._purse.allows(added_mc, added_cents):
                return
            self._tours[vehicle] = better
            self._purse.pay(added_mc, added_cents)

    def _in_better_order(self, vehicle: int) -> Driven | None:
        exact, tour = self._exact, self._tours[vehicle]
        for visit in tour.made:
            if len(exact.units.of(visit)) > 1 or exact.units.fixed(visit) or RELOAD in tour.visits:
                continue
            rest = exact.drive(vehicle, tidy([v for v in tour.visits if v != visit]))
            if rest is None or not rest.visits:
                continue
            saved_mc = tour.worth_mc - rest.worth_mc
            found = best_insertion(exact, vehicle, rest, visit, below_mc=saved_mc)
            if found is not None:
                return found.tour
        return None
