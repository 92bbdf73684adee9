"""The search for the least cost: a first answer, then prices, then the best choice among ways."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from app.planning.sourcing.optimum.ascent import Ascent
from app.planning.sourcing.optimum.choice import Choice, model_of
from app.planning.sourcing.optimum.greedy import greedy
from app.planning.sourcing.optimum.parts import Parts, all_parts
from app.planning.sourcing.optimum.prices import Market
from app.planning.sourcing.optimum.problem import Answer, Best, Ints, Problem, Sent
from app.planning.sourcing.optimum.standing import Register, Standing
from app.planning.sourcing.optimum.ways import TooManyWays, Ways, also, ways_within
from app.ports import Stop

#: Rounds: steps of the climb, then how much dearer than its cheapest way an order's ways may be, as
#: a share of what an order costs. Each choice is among more ways than the one before; the last is
#: among all that could still be better, which proves the answer.
ROUNDS = (
    (60, 0.003),
    (90, 0.012),
    (120, 0.05),
    (60, 0.2),
    (0, 0.4),
    (0, 0.8),
    (0, 1.6),
    (0, 3.2),
    (0, np.inf),
)

OnBest = Callable[[Best], None]


def unheard_best(best: Best) -> None:
    """Nobody listens to the search."""


@dataclass(frozen=True, slots=True)
class Watch:
    """When the search began, and when it has to end."""

    began: float
    seconds: float | None
    stop: Stop

    @property
    def elapsed(self) -> float:
        return perf_counter() - self.began

    def over(self) -> bool:
        return self.stop() or (self.seconds is not None and self.elapsed >= self.seconds)


class Search:
    """What is known of one problem, better with each round."""

    def __init__(
        self, problem: Problem, watch: Watch, on_best: OnBest, start: Iterable[Sent] = ()
    ) -> None:
        self._watch, self._on_best = watch, on_best
        self._parts: Parts = all_parts(problem)
        self._register = Register(self._parts)
        self._curve: list[Best] = []
        self._bound = 0
        first = [self._register.nobody(), greedy(self._parts, self._register)]
        first.append(self._register.known(start))
        self._standing: Standing = min(first, key=lambda standing: standing.cost)
        self._told()
        self._market = Market(self._parts)
        self._ascent = Ascent(self._market)

    def run(self, seed: int) -> Answer:
        """All rounds, as far as time allows."""
        for steps, share in ROUNDS:
            self._ascent.climb(steps, self._watch.over)
            self._raise_bound(self._ascent.best.bound)
            if self._watch.over() or self._proven():
                break
            try:
                self._choose(share * self._ascent.scale, seed)
            except TooManyWays:
                break
            if self._watch.over() or self._proven():
                break
        return self._answer()

    def _choose(self, slack: float, seed: int) -> None:
        """The best choice of ways within the slack; what it proves of all the others."""
        there = self._ascent.best
        needed = self._standing.cost - there.bound
        slack = min(slack, needed + 1)
        ways = ways_within(
            self._parts, there.part_price, there.slot_price, there.order_price, slack
        )
        ways, start = also(ways, self._standing)
        choice = Choice(model_of(self._parts, ways), start, seed)
        chosen = choice.run(self._watch.over, lambda columns: self._better(ways, columns))
        if chosen.columns is None:
            return
        self._better(ways, chosen.columns)
        if slack > needed:
            self._raise_bound(self._standing.cost)
        self._raise_bound(min(chosen.bound, there.bound + slack))

    def _better(self, ways: Ways, columns: Ints) -> None:
        rows = np.full_like(self._standing.parts, -1)
        rows[ways.order[columns]] = ways.parts[columns]
        found = self._register.standing(rows)
        if found.cost < self._standing.cost:
            self._standing = found
            self._told()

    def _raise_bound(self, bound: float) -> None:
        higher = min(int(np.ceil(bound - 1e-6)), self._standing.cost)
        if higher > self._bound:
            self._bound = higher
            self._told()

    def _proven(self) -> bool:
        return self._bound >= self._standing.cost

    def _told(self) -> None:
        best = Best(round(self._watch.elapsed, 3), self._standing.cost, self._bound)
        self._curve.append(best)
        self._on_best(best)

    def _answer(self) -> Answer:
        problem = self._parts.problem
        cells, nodes = np.zeros(len(problem.cell_pieces)), np.zeros(problem.nodes)
        self._market.spread(self._ascent.best_prices, cells, nodes)
        return Answer(
            tuple(self._register.shipments(self._standing)),
            self._standing.cost,
            self._bound,
            tuple(self._curve),
            cells,
            nodes,
            stopped=self._watch.over() and not self._proven(),
        )


def lower_bound(problem: Problem, steps: int, stop: Stop) -> int:
    """A bound alone, without an answer."""
    ascent = Ascent(Market(all_parts(problem)))
    ascent.climb(steps, stop)
    return max(0, int(np.floor(ascent.best.bound)))
