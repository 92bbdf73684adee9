"""The best tours for a day: `solve` improves its plan until it is told to stop or out of time."""

import time
import warnings
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection

from pyvrp.exceptions import PenaltyBoundWarning

from app.domain.tours import TourPlan
from app.planning.tours.answer import plan_of
from app.planning.tours.blocks import blocks_of
from app.planning.tours.course import Course, Effort, begins_strictly
from app.planning.tours.crew import Crew
from app.planning.tours.evening import even_out, is_wished
from app.planning.tours.improvement import Improvement, OnBest, unheard_best
from app.planning.tours.lane import Clock, Found
from app.planning.tours.leftover import unplanned
from app.planning.tours.parts import parts_of
from app.planning.tours.polish import Polish
from app.planning.tours.pricing import tour_cents
from app.planning.tours.problem import Problem
from app.planning.tours.relocating import left_to_gain
from app.planning.tours.settle import Driven, Exact, settled
from app.planning.tours.small_parts import made_sure
from app.ports import Stop, never

#: An improvement is told at most so often.
TOLD_EVERY_S = 0.1
#: About how long a stage of the search lasts, and how many there are at least and at most.
STAGE_S, LEAST_STAGES, MOST_STAGES = 2.5, 4, 24
#: Kept back for each visit, to make the result exact and say what is left out; and to move it,
#: where the search's model is not exact.
EXPLAINED_IN_S, RELOCATED_IN_S = 0.0005, 0.001
#: Kept back of the time where hours are to be even or areas clear, to see to that.
EVENED_SHARE = 0.35


#: How long beyond its time a search may take for what is left over.
AFTER_S = 3.0


def solve(
    problem: Problem,
    *,
    stop: Stop = never,
    seed: int = 0,
    on_best: OnBest = unheard_best,
    seconds: float | None = None,
    iterations: int | None = None,
    helper: Connection | None = None,
    clock: Clock = time.monotonic,
) -> TourPlan:
    """The best plan found until Stop, or within so many seconds or iterations of each search.

    The same seed and iterations give the same plan, with or without the `helper` at the other end
    of a pipe. `clock` measures the seconds.

    Raises:
        ValueError: neither seconds nor iterations limit the search.
    """
    if seconds is None and iterations is None:
        raise ValueError("a search needs a limit: seconds or iterations")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)  # an impossible day is no fault
        crew = Crew(problem, stop, helper, timed=iterations is None, clock=clock)
        return _Run(problem, crew, stop, seed, on_best, seconds, iterations, clock).plan()


class _Run:
    """One solve: the parts' searches, their clock, and the best plan told so far."""

    def __init__(
        self,
        problem: Problem,
        crew: Crew,
        stop: Stop,
        seed: int,
        on_best: OnBest,
        seconds: float | None,
        iterations: int | None,
        clock: Clock,
    ) -> None:
        self._problem, self._stop, self._seed, self._on_best = problem, stop, seed, on_best
        self._crew, self._seconds, self._clock = crew, seconds, clock
        self._effort = self._effort_of(iterations)
        self._started = clock()
        self._exact = Exact(problem)
        self._parts = parts_of(problem)
        self._told_at = 0.0
        self._told_worth_mc: int | None = None

    def plan(self) -> TourPlan:
        """Search every part as long as there is time, then make the result exact and explain."""
        courses = self._courses()
        stage = 0
        while not self._over() and not all(course.finished for course in courses):
            self._run_stage(courses, stage)
            stage += 1
        return self._finished(courses)

    def _courses(self) -> list[Course]:
        """How each part begins; on Stop, or out of time, at least the largest one has begun."""
        parts = [block for part in self._parts for block in blocks_of(self._problem, part)]
        everything = sum(len(part.visits) for part in parts)
        courses: list[Course] = []
        for number, part in enumerate(parts):
            if courses and self._over():
                break
            seed = self._seed + number
            twice = self._effort.twice(len(part.visits), everything)
            first = self._crew.lanes[0].begin(part, seed, strict=begins_strictly(part, twice=twice))
            courses.append(Course(self._problem, part, seed, self._effort, first, twice=twice))
            self._tell(courses)
        return courses

    def _run_stage(self, courses: Sequence[Course], stage: int) -> None:
        wanted = [(course, course.tasks()) for course in courses]
        owners = [(course, number) for course, tasks in wanted for number in range(len(tasks))]

        def heard(number: int, found: Found) -> None:
            course, own_number = owners[number]
            course.heard(own_number, found)
            self._tell(courses)

        everything = [task for _, tasks in wanted for task in tasks]
        self._crew.run(everything, self._seconds_for(stage), heard)
        for course in courses:
            course.join()
        self._tell(courses)

    def _seconds_for(self, stage: int) -> float | None:
        """The time until this stage should end."""
        if self._seconds is None:
            return None
        due_s = self._effort.share(stage) * self._for_search_s
        return max(0.0, due_s - (self._clock() - self._started))

    def _over(self) -> bool:
        if self._stop():
            return True
        return self._seconds is not None and self._clock() - self._started >= self._for_search_s

    def _late(self) -> Stop:
        """When to leave each visit where it is: the time is spent, or a try for ten iterations.

        Counted tries keep a plan the same however fast the computer is.
        """
        if self._seconds is not None:
            until_s = self._seconds - self._for_evening_s
            return lambda: self._clock() - self._started >= until_s
        tries = iter(range((self._effort.iterations or 0) // 10))
        return lambda: next(tries, None) is None

    @property
    def _for_search_s(self) -> float:
        """The time for the search itself; the rest makes its result exact and explains it."""
        seconds = self._seconds or 0.0
        each_s = EXPLAINED_IN_S + (RELOCATED_IN_S if left_to_gain(self._problem) else 0.0)
        exact_s = min(0.1 * seconds, each_s * len(self._problem.visits))
        return seconds - exact_s - self._for_evening_s

    @property
    def _for_evening_s(self) -> float:
        """The time to make hours even and areas clear, where that is wished."""
        return EVENED_SHARE * (self._seconds or 0.0) if is_wished(self._problem) else 0.0

    def _evened(self) -> bool:
        """Whether it is time to leave hours and areas as they are."""
        late = self._seconds is not None and self._clock() - self._started >= self._seconds
        return late or self._stop()

    def _patience(self) -> bool:
        """When what is left over is neither tried nor explained any longer."""
        over_s = None if self._seconds is None else self._seconds + AFTER_S
        return self._stop() or (over_s is not None and self._clock() - self._started >= over_s)

    def _effort_of(self, iterations: int | None) -> Effort:
        """More stages the more time there is, each of some seconds."""
        stages = 1 + round((self._seconds or 0) / STAGE_S)
        return Effort(
            max(LEAST_STAGES, min(MOST_STAGES, stages)), iterations, len(self._crew.lanes)
        )

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
            seconds=self._clock() - self._started,
            iterations=sum(course.iterations for course in courses),
            worth_cents=worth_mc // 1000,
            cost_cents=sum(tour_cents(day, t.distance_m, t.work_s) for day, t in tables),
            distance_m=sum(table.distance_m for _, table in tables),
            unplanned=len(self._problem.visits) - sum(len(t.made) for t in tours.values()),
            routes=tuple(sorted((vehicle, tour.visits) for vehicle, tour in tours.items())),
        )

    def _finished(self, courses: Sequence[Course]) -> TourPlan:
        polish = Polish(self._exact, self._driven(courses), self._late())
        polish.run(self._patience)
        sure = made_sure(self._exact, polish.tours, self._parts, self._patience)
        polish = Polish(self._exact, sure)
        worth_mc = self._worth_mc(polish.tours)
        if self._told_worth_mc is None or worth_mc < self._told_worth_mc:
            self._on_best(self._improvement(polish.tours, worth_mc, courses))
        even_out(polish, self._evened)
        iterations = sum(course.iterations for course in courses)
        left = unplanned(polish, self._patience)
        return plan_of(self._problem, polish.tours, left, seed=self._seed, iterations=iterations)
