"""How one part of a day is searched: an iterated local search that can pause and go on.

The method is PyVRP's own (late acceptance hill climbing over its local search). It is driven from
here, one iteration at a time, so that several parts share the time, Stop is seen between any two
iterations, and the penalties fit prizes and units of ours.
"""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pyvrp
import pyvrp.search as moves
from pyvrp import PenaltyManager, PenaltyParams

from app.planning.tours.kicks import kicked
from app.planning.tours.model import Model
from app.planning.tours.problem import Routes

HISTORY = 300
#: So many iterations without anything better before a kick, and more the more pairs of visits:
#: in a large part the search itself still finds much, and a kick throws it far back.
KICK_AFTER, KICK_AFTER_EACH_PAIR = 100, 0.5
#: What is too much costs so many usual ways for each usual load or drive, to begin with: little
#: enough for the search to cut across what is not allowed; it rises above any prize when need be.
#: It is looked at often: a day of a thousand visits sees but a few thousand iterations.
USUAL_WAYS, LOOKED_AT_EVERY, RAISED_BY = 10.0, 50, 1.2
LEAST_PENALTY, MOST_PENALTY = 0.001, 10_000_000.0
#: The usual way is that to one of so many nearest doors.
NEAREST = 10


class Search:
    """The search of one part; `best` is the best answer that keeps every limit.

    A `strict` one hardly cuts across what is not allowed at first and ever more as time goes by,
    as PyVRP does by itself: it gets far where there is time for ten thousands of iterations.
    Another does from the first, and gets far in a few thousand.
    """

    def __init__(
        self, model: Model, seed: int, start: Routes | None = None, *, strict: bool = False
    ) -> None:
        self.model = model
        self.iterations = 0
        self._since_best = self._since_kick = 0
        self._chance = random.Random(seed)  # noqa: S311 - no secret, only other fleets to try
        self._random = pyvrp.RandomNumberGenerator(seed)
        self._penalties = _strict_penalties(model) if strict else _penalties(model)
        self._moves = _moves(model, self._random)
        first = model.solution(start) if start is not None else _scattered(model, seed)
        current = self._moves(first, self._penalties.max_cost_evaluator(), exhaustive=True)
        if start is not None and first.is_feasible() and not current.is_feasible():
            current = first
        self._first = self._current = self._best = current
        self._start_cost = self._costs(first) if start is not None else None
        self._history: list[pyvrp.Solution] = []
        self._turn = 0

    @property
    def cost(self) -> int:
        """What the best answer costs: huge where it breaks a limit."""
        return self._costs(self._best)

    @property
    def improved(self) -> bool:
        """The best answer keeps every limit and costs less than the one to start from."""
        return self._start_cost is None or self.cost < self._start_cost

    def _costs(self, solution: pyvrp.Solution) -> int:
        return int(self._penalties.cost_evaluator().cost(solution))

    @property
    def routes(self) -> Routes:
        return self.model.routes(self._best)

    @property
    def settled(self) -> bool:
        """So long without anything better that more of the same is a waste of time."""
        size = len(self.model.visits)
        return self._since_best > 1_000 + 150 * size + size * size

    def run(self, enough: Callable[[], bool], iterations: int | None = None) -> bool:
        """Search until it is enough, or so many iterations are done; whether the best changed."""
        before = self._best
        last = None if iterations is None else self.iterations + iterations
        while not enough() and not self.settled and self.iterations != last:
            self._iterate()
        return self._best is not before

    def _iterate(self) -> None:
        self.iterations += 1
        self._since_best += 1
        self._since_kick += 1
        if self._since_kick > KICK_AFTER + KICK_AFTER_EACH_PAIR * len(self.model.visits) ** 2:
            self._kick()
        costs = self._penalties.cost_evaluator()
        candidate = self._moves(self._current, costs, exhaustive=False)
        self._penalties.register(candidate)
        if costs.cost(candidate) < costs.cost(self._best):
            self._best = candidate
            self._since_best = self._since_kick = 0
            candidate = self._moves(candidate, costs, exhaustive=True)
            if candidate.is_feasible():
                self._best = candidate
        self._accept(candidate, costs)

    def _kick(self) -> None:
        """Go on from the best answer with another fleet."""
        self._since_kick = 0
        self._turn = 0
        self._history.clear()
        start = self.model.solution(kicked(self.model, self.routes, self._chance))
        self._first = self._current = self._moves(
            start, self._penalties.cost_evaluator(), exhaustive=True
        )

    def _accept(self, candidate: pyvrp.Solution, costs: pyvrp.CostEvaluator) -> None:
        """Go on from the candidate when it beats the present answer, or one of some time ago."""
        slot = self._turn % HISTORY
        self._turn += 1
        late = self._history[slot] if slot < len(self._history) else None
        late_cost = costs.penalised_cost(late if late is not None else self._first)
        cost, present = costs.penalised_cost(candidate), costs.penalised_cost(self._current)
        if cost < late_cost or cost < present:
            self._current, present = candidate, cost
        if late is None:
            self._history.append(self._current)
        elif present < late_cost:
            self._history[slot] = self._current


def _penalties(model: Model) -> PenaltyManager:
    """Penalties for each gram, second and cent of way too much, in the scale of this day."""
    data = model.data
    highest = max(MOST_PENALTY, 1.2 * model.largest_prize)
    way = _usual(model, data.distance_matrix(0)) * data.vehicle_types()[0].unit_distance_cost
    drive = _usual(model, data.duration_matrix(0))
    loads = np.array(model.loads).mean(axis=0)
    return PenaltyManager(
        (
            [USUAL_WAYS * way / max(1.0, float(load)) for load in loads],
            USUAL_WAYS * way / drive,
            USUAL_WAYS,
        ),
        PenaltyParams(
            solutions_between_updates=LOOKED_AT_EVERY,
            penalty_increase=RAISED_BY,
            min_penalty=LEAST_PENALTY,
            max_penalty=highest,
        ),
    )


def _strict_penalties(model: Model) -> PenaltyManager:
    """PyVRP's own, which begin high and fall slowly; they may rise above any prize."""
    most = PenaltyParams()
    highest = max(most.max_penalty, 1.2 * model.largest_prize)
    return PenaltyManager(most.midpoint_penalties(model.data), PenaltyParams(max_penalty=highest))


def _usual(model: Model, matrix: Any) -> float:
    """The middle of the ways between each door and those nearest to it (or from the depot)."""
    doors = model.doors
    between = np.sort(matrix[np.ix_(doors, doors)], axis=1)[:, 1 : NEAREST + 1]
    usual = float(np.median(between)) if between.size else 0.0
    if not usual:  # all at one door
        usual = float(matrix[model.data.depots()[0].location, doors[0]])
    return usual + 1.0


def _moves(model: Model, rng: pyvrp.RandomNumberGenerator) -> moves.LocalSearch:
    search = moves.LocalSearch(model.data, rng, model.neighbours)
    for operator in moves.OPERATORS:
        if operator.supports(model.data):
            search.add_operator(operator(model.data))
    return search


def _scattered(model: Model, seed: int) -> pyvrp.Solution:
    return model.scattered(random.Random(seed))  # noqa: S311 - no secret, only a start
