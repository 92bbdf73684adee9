"""What a search tells while it runs: the best plan so far, small enough for a pipe."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.tours import TourPlan
from app.planning.tours.answer import plan_of
from app.planning.tours.leftover import unplanned
from app.planning.tours.polish import Polish
from app.planning.tours.problem import Problem, Routes
from app.planning.tours.settle import Exact, settled


@dataclass(frozen=True, slots=True)
class Improvement:
    """The best plan so far: its tours and its figures.

    `worth_cents` is what is minimised: the tours' money and carbon, and the prizes left.
    """

    seconds: float
    iterations: int
    worth_cents: int
    cost_cents: int
    distance_m: int
    unplanned: int
    routes: Routes


OnBest = Callable[[Improvement], None]


def unheard_best(improvement: Improvement) -> None:
    """Nobody listens to improvements."""


def plan_so_far(problem: Problem, best: Improvement, seed: int) -> TourPlan:
    """The whole plan behind an improvement; reasons for what is left out take no search."""
    exact = Exact(problem)
    polish = Polish(exact, settled(exact, best.routes))
    left = unplanned(polish, lambda: True)
    return plan_of(problem, polish.tours, left, seed=seed, iterations=best.iterations)


class ToursSoFar:
    """The tours behind one improvement after another; a tour that stays is timed but once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._exact = Exact(problem)

    def plan(self, best: Improvement) -> TourPlan:
        """The tours of this improvement; what is left out has no reasons yet."""
        tours = settled(self._exact, best.routes)
        return plan_of(self._problem, tours, iterations=best.iterations)
