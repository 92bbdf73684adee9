"""How one part of a day is searched: an iterated local search that can pause and go on.

The method is PyVRP's own (late acceptance hill climbing over its local search). It is driven from
here, one iteration at a time, so that several parts share the time, Stop is seen between any two
iterations, and the penalties fit prizes and units of ours.
"""

import random
from collections.abc import Callable

import pyvrp
import pyvrp.search as moves
from pyvrp import PenaltyManager, PenaltyParams

from app.planning.tours.model import Model
from app.planning.tours.problem import Routes

HISTORY = 300
#: Penalties for a gram, a second or a hundredth of a cent too much, in hundredths of a cent.
LEAST_PENALTY = 10.0
USUAL_PENALTY = 10_000_000.0


class Search:
    """The search of one part; `best` is the best answer that keeps every limit."""

    def __init__(self, model: Model, seed: int, start: Routes | None = None) -> None:
        self.model = model
        self.iterations = 0
        self._since_best = 0
        self._random = pyvrp.RandomNumberGenerator(seed)
        self._penalties = _penalties(model)
        self._moves = _moves(model, self._random)
        first = model.solution(start) if start is not None else _scattered(model, seed)
        current = self._moves(first, self._penalties.max_cost_evaluator(), exhaustive=True)
        if start is not None and first.is_feasible() and not current.is_feasible():
            current = first
        self._first = self._current = self._best = current
        self._start_cost = self._costs(first) if start is not None else None
        self._history: list[pyvrp.Solution] = []

    @property
    def feasible(self) -> bool:
        return bool(self._best.is_feasible())

    @property
    def improved(self) -> bool:
        """The best answer keeps every limit and costs less than the one to start from."""
        return self._start_cost is None or self._costs(self._best) < self._start_cost

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
        costs = self._penalties.cost_evaluator()
        candidate = self._moves(self._current, costs, exhaustive=False)
        self._penalties.register(candidate)
        if costs.cost(candidate) < costs.cost(self._best):
            self._best = candidate
            self._since_best = 0
            candidate = self._moves(candidate, costs, exhaustive=True)
            if candidate.is_feasible():
                self._best = candidate
        self._accept(candidate, costs)

    def _accept(self, candidate: pyvrp.Solution, costs: pyvrp.CostEvaluator) -> None:
        """Go on from the candidate when it beats the present answer, or one of some time ago."""
        slot = (self.iterations - 1) % HISTORY
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
    """Penalties that start high and may rise above any prize, so that no limit is bought off."""
    highest = max(USUAL_PENALTY, 1.2 * model.largest_prize)
    params = PenaltyParams(min_penalty=LEAST_PENALTY, max_penalty=highest)
    dimensions = model.data.num_load_dimensions
    middle = highest / 2
    return PenaltyManager(([middle] * dimensions, middle, middle), params)


def _moves(model: Model, rng: pyvrp.RandomNumberGenerator) -> moves.LocalSearch:
    search = moves.LocalSearch(model.data, rng, model.neighbours)
    for operator in moves.OPERATORS:
        if operator.supports(model.data):
            search.add_operator(operator(model.data))
    return search


def _scattered(model: Model, seed: int) -> pyvrp.Solution:
    """Every visit on some vehicle that may take it, by chance: a start that is never empty."""
    chance = random.Random(seed)  # noqa: S311 - no secret, only a start
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
