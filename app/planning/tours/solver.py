"""The best tours for a day: `solve` improves its plan until it is told to stop or out of time."""

import time
import warnings
from collections.abc import Mapping, Sequence

from pyvrp.exceptions import PenaltyBoundWarning

from app.domain.tours import TourPlan
from app.planning.tours.answer import plan_of
from app.planning.tours.course import Course, Effort
from app.planning.tours.improvement import Improvement, OnBest, unheard_best
from app.planning.tours.leftover import unplanned
from app.planning.tours.parts import parts_of
from app.planning.tours.polish import Polish
from app.planning.tours.pricing import tour_cents
from app.planning.tours.problem import Problem
from app.planning.tours.search import Search
from app.planning.tours.settle import Driven, Exact, settled
from app.ports import Stop, never

#: An improvement is told at most so often.
TOLD_EVERY_S = 0.1
#: How long all searches together have their turns before the best is told.
TURN_S, SHORTEST_TURN_S = 0.2, 0.02
#: One search after the other: two PyVRP searches on two threads were seen to disturb each other
#: (0.14.1: same seed, same cost, yet another order of visits now and then).
TURN_ITERATIONS = 50
#: Kept back for each visit, to make the result exact and say what is left out.
EXPLAINED_IN_S = 0.0005


def solve(
    problem: Problem,
    *,
    stop: Stop = never,
    seed: int = 0,
    on_best: OnBest = unheard_best,
    seconds: float | None = None,
    iterations: int | None = None,
) -> TourPlan:
    """The best plan found until Stop, or within so many seconds or iterations of each part.

    The same seed and iterations give the same plan.

    Raises:
        ValueError: neither seconds nor iterations limit the search.
    """
    if seconds is None and iterations is None:
        raise ValueError("a search needs a limit: seconds or iterations")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)  # an impossible day is no fault
        return _Run(problem, stop, seed, on_best, seconds, iterations).plan()


class _Run:
    """One solve: the parts' searches, their clock, and the best plan told so far."""

    def __init__(
        self,
        problem: Problem,
        stop: Stop,
        seed: int,
        on_best: OnBest,
        seconds: float | None,
        iterations: int | None,
    ) -> None:
        self._problem, self._stop, self._seed, self._on_best = problem, stop, seed, on_best
        self._seconds, self._limit = seconds, iterations
        self._started = time.monotonic()
        self._exact = Exact(problem)
        self._told_at = 0.0
        self._told_worth_mc: int | None = None

    def plan(self) -> TourPlan:
        """Search every part as long as there is time, then make the result exact and explain."""
        effort = Effort(self._rounds(), self._limit)
        courses: list[Course] = []
        for number, part in enumerate(parts_of(self._problem)):
            if self._stop() and courses:
                break
            courses.append(Course(self._problem, part, self._seed + number, effort))
        self._tell(courses)
        while not self._over() and not all(course.finished for course in courses):
            self._turn(courses)
            self._tell(courses)
            for course in courses:
                course.advance(self._elapsed_share())
        return self._finished(courses)

    def _turn(self, courses: Sequence[Course]) -> None:
        """Give each search that wants it a turn, longer the more visits it has."""
        wanting = [
            (course, search)
            for course in courses
            for search in course.active
            if not course.idle(search)
        ]
        visits = sum(len(search.model.visits) for _, search in wanting)
        for course, search in wanting:
            self._give(course, search, len(search.model.visits) / visits)

    def _give(self, course: Course, search: Search, share: float) -> None:
        if course.quota is not None:
            left = course.quota - search.iterations
            search.run(self._over, min(left, TURN_ITERATIONS))
            return
        until = time.monotonic() + max(SHORTEST_TURN_S, TURN_S * share)
        search.run(lambda: time.monotonic() > until or self._over())

    def _over(self) -> bool:
        return self._stop() or self._elapsed_share() >= 1

    def _elapsed_share(self) -> float:
        if self._seconds is None:
            return 0.0
        reserve = min(0.1 * self._seconds, EXPLAINED_IN_S * len(self._problem.visits))
        if self._seconds <= reserve:
            return 1.0
        return (time.monotonic() - self._started) / (self._seconds - reserve)

    def _rounds(self) -> int:
        """More rounds of sectors the more time there is, each of some seconds."""
        return max(3, min(8, int((self._seconds or 0) / 8)))

    def _tell(self, courses: Sequence[Course]) -> None:
        """Let the listener know of a better plan, not too often."""
        now = time.monotonic()
        if now - self._told_at < TOLD_EVERY_S and self._told_worth_mc is not None:
            return
        tours = self._driven(courses)
        worth_mc = self._worth_mc(tours)
        if self._told_worth_mc is not None and worth_mc >= self._told_worth_mc:
            return
        self._told_at, self._told_worth_mc = now, worth_mc
        self._on_best(self._improvement(tours, worth_mc, courses))

    def _driven(self, courses: Sequence[Course]) -> dict[int, Driven]:
        routes = tuple(route for course in courses for route in course.routes)
        return settled(self._exact, routes)

    def _worth_mc(self, tours: Mapping[int, Driven]) -> int:
        toured = {v for tour in tours.values() for v in tour.visits}
        visits = enumerate(self._problem.visits)
        prizes = sum(visit.prize_cents for number, visit in visits if number not in toured)
        return sum(tour.worth_mc for tour in tours.values()) + 1000 * prizes

    def _improvement(
        self, tours: Mapping[int, Driven], worth_mc: int, courses: Sequence[Course]
    ) -> Improvement:
        vehicles = self._problem.vehicles
        tables = [(vehicles[vehicle], tour.table) for vehicle, tour in tours.items()]
        return Improvement(
            seconds=time.monotonic() - self._started,
            iterations=sum(course.iterations for course in courses),
            worth_cents=worth_mc // 1000,
            cost_cents=sum(tour_cents(day, t.distance_m, t.work_s) for day, t in tables),
            distance_m=sum(table.distance_m for _, table in tables),
            unplanned=len(self._problem.visits) - sum(len(t.visits) for t in tours.values()),
            routes=tuple(sorted((vehicle, tour.visits) for vehicle, tour in tours.items())),
        )

    def _finished(self, courses: Sequence[Course]) -> TourPlan:
        polish = Polish(self._exact, self._driven(courses))
        polish.run(self._stop)
        worth_mc = self._worth_mc(polish.tours)
        if self._told_worth_mc is None or worth_mc < self._told_worth_mc:
            self._on_best(self._improvement(polish.tours, worth_mc, courses))
        iterations = sum(course.iterations for course in courses)
        left = unplanned(polish, self._stop)
        return plan_of(self._problem, polish.tours, left, seed=self._seed, iterations=iterations)
