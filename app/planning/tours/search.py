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
#: Of so many starts the best is taken, while the visits are few enough to try several at once.
STARTS, STARTS_UP_TO = 4, 200
#: An excursion with another fleet lasts so many iterations, and more the more visits, unless it
#: finds something better; between two, the search goes its own way some times as long.
EXCURSION, EXCURSION_EACH, OWN_WAY = 100, 1, 4
#: What is too much costs so many usual ways for each usual load or drive, to begin with: little
#: enough for the search to cut across what is not allowed; it rises above any prize when need be.
#: It is looked at often: a day of a thousand visits sees but a few thousand iterations.
USUAL_WAYS, LOOKED_AT_EVERY, RAISED_BY = 10.0, 50, 1.2
LEAST_PENALTY, MOST_PENALTY = 0.001, 10_000_000.0
#: The usual way is that to one of so many nearest doors.
NEAREST = 10


class Search:
    """The search of one part; `best` is the best answer that keeps every limit."""

    def __init__(self, model: Model, seed: int, start: Routes | None = None) -> None:
        self.model = model
        self.iterations = 0
        self._since_best = self._since_turn = 0
        self._chance = random.Random(seed)  # noqa: S311 - no secret, only starts and fleets
        self._random = pyvrp.RandomNumberGenerator(seed)
        self._penalties = _penalties(model)
        self._moves = _moves(model, self._random)
        self._start = None if start is None else model.solution(start)
        self._best = self._first_answer()
        self._way = _Way(self._best)
        self._left_way: _Way | None = None

    @property
    def feasible(self) -> bool:
        return bool(self._best.is_feasible())

    @property
    def improved(self) -> bool:
        """The best answer keeps every limit and costs less than the one to start from."""
        return self._start is None or self._costs(self._best) < self._costs(self._start)

    def _costs(self, solution: pyvrp.Solution) -> int:
        return int(self._penalties.cost_evaluator().cost(solution))

    def _first_answer(self) -> pyvrp.Solution:
        """The given start made better, or the best of some made by chance."""
        hard = self._penalties.max_cost_evaluator()
        if self._start is not None:
            better = self._moves(self._start, hard, exhaustive=True)
            return better if better.is_feasible() else self._start
        tries = STARTS if len(self.model.visits) <= STARTS_UP_TO else 1
        found = (
            self._moves(_scattered(self.model, self._chance), hard, exhaustive=True)
            for _ in range(tries)
        )
        return min(found, key=hard.penalised_cost)

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
        self._since_turn += 1
        self._turn_off_or_back()
        costs = self._penalties.cost_evaluator()
        candidate = self._moves(self._way.current, costs, exhaustive=False)
        self._penalties.register(candidate)
        if costs.cost(candidate) < costs.cost(self._best):
            self._best = candidate
            self._since_best = self._since_turn = 0
            self._left_way = None
            candidate = self._moves(candidate, costs, exhaustive=True)
            if candidate.is_feasible():
                self._best = candidate
        self._way.accept(candidate, costs)

    def _turn_off_or_back(self) -> None:
        """Try another fleet now and then, and come back to where the search was."""
        excursion = EXCURSION + EXCURSION_EACH * len(self.model.visits)
        if self._left_way is not None and self._since_turn > excursion:
            self._way, self._left_way = self._left_way, None
            self._since_turn = 0
        elif self._left_way is None and self._since_turn > OWN_WAY * excursion:
            start = self.model.solution(kicked(self.model, self.routes, self._chance))
            there = self._moves(start, self._penalties.cost_evaluator(), exhaustive=True)
            self._way, self._left_way = _Way(there), self._way
            self._since_turn = 0


class _Way:
    """A way through the answers: late acceptance hill climbing, begun at `first`."""

    def __init__(self, first: pyvrp.Solution) -> None:
        self._first = self.current = first
        self._history: list[pyvrp.Solution] = []
        self._step = 0

    def accept(self, candidate: pyvrp.Solution, costs: pyvrp.CostEvaluator) -> None:
        """Go on from the candidate when it beats the present answer, or one of some time ago."""
        slot = self._step % HISTORY
        self._step += 1
        late = self._history[slot] if slot < len(self._history) else None
        late_cost = costs.penalised_cost(late if late is not None else self._first)
        cost, present = costs.penalised_cost(candidate), costs.penalised_cost(self.current)
        if cost < late_cost or cost < present:
            self.current, present = candidate, cost
        if late is None:
            self._history.append(self.current)
        elif present < late_cost:
            self._history[slot] = self.current


def _penalties(model: Model) -> PenaltyManager:
    """Penalties for each gram, second and cent of way too much, in the scale of this day."""
    data = model.data
    highest = max(MOST_PENALTY, 1.2 * model.largest_prize)
    way = _usual(data, data.distance_matrix(0))
    drive = _usual(data, data.duration_matrix(0))
    loads = np.array([client.delivery for client in data.clients()]).mean(axis=0)
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


def _usual(data: pyvrp.ProblemData, matrix: Any) -> float:
    """The middle of the ways between each door and those nearest to it (or to the depot)."""
    doors = [client.location for client in data.clients()]
    if len(doors) == 1:
        return float(matrix[data.depots()[0].location, doors[0]]) + 1.0
    between = np.sort(matrix[np.ix_(doors, doors)], axis=1)[:, 1 : NEAREST + 1]
    return float(np.median(between)) + 1.0


def _moves(model: Model, rng: pyvrp.RandomNumberGenerator) -> moves.LocalSearch:
    search = moves.LocalSearch(model.data, rng, model.neighbours)
    for operator in moves.OPERATORS:
        if operator.supports(model.data):
            search.add_operator(operator(model.data))
    return search


def _scattered(model: Model, chance: random.Random) -> pyvrp.Solution:
    """Every visit on some vehicle that may take it, by chance: a start that is never empty."""
    vehicles = [(kind, number) for kind, v in enumerate(model.kinds) for number in range(len(v))]
    visits: dict[tuple[int, int], list[int]] = {vehicle: [] for vehicle in vehicles}
    order = list(range(len(model.visits)))
    chance.shuffle(order)
    for number in order:
        able = [vehicle for vehicle in vehicles if number in model.allowed[vehicle[0]]]
        visits[chance.choice(able)].append(number)
    routes = [
        pyvrp.Route(model.data, stops, vehicle[0]) for vehicle, stops in visits.items() if stops
    ]
    return pyvrp.Solution(model.data, routes)
