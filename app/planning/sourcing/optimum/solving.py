"""Source all orders at once at the least cost: the best answer found, and what it proves."""

from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter

from app.planning.sourcing.optimum.check import cost_of
from app.planning.sourcing.optimum.large import given, line_by_line, too_large, without
from app.planning.sourcing.optimum.problem import Answer, Best, Ints, Problem, Sent
from app.planning.sourcing.optimum.search import OnBest, Search, Watch, lower_bound, unheard_best
from app.ports import Stop, never

#: Steps of the climb for the bound of a problem with orders too large to be weighed.
BOUND_STEPS = 150


def solve(
    problem: Problem,
    seconds: float | None = None,
    stop: Stop = never,
    on_best: OnBest = unheard_best,
    *,
    start: Iterable[Sent] = (),
    seed: int = 0,
) -> Answer:
    """The least cost at which all orders can be served, as near as the time allows.

    Whenever it ends, the answer is valid and no dearer than `start`, and nothing can cost less than
    its bound. Without a limit of time the same problem and seed give the same answer.
    """
    watch = Watch(perf_counter(), seconds, stop)
    known = tuple(start)
    large = too_large(problem)
    if not len(large):
        return Search(problem, watch, on_best, known).run(seed)
    return _beside_large(problem, large, watch, on_best, known, seed)


def _beside_large(
    problem: Problem, large: Ints, watch: Watch, on_best: OnBest, known: tuple[Sent, ...], seed: int
) -> Answer:
    """Solve for all other orders, once the large ones have what they are given."""
    ours = set(large.tolist())
    kept = tuple(sent for sent in known if int(problem.case_order[sent.case]) in ours)
    kept = kept or tuple(given(problem, large))
    part = without(problem, large, kept)
    fixed = cost_of(problem, kept) - cost_of(part.problem, ())
    bound = lower_bound(line_by_line(problem, large), BOUND_STEPS, watch.over)

    def told(best: Best) -> Best:
        cost = best.cost + fixed
        return Best(best.seconds, cost, min(bound, cost))

    search = Search(part.problem, watch, lambda best: on_best(told(best)), part.own(known))
    answer = search.run(seed)
    curve = tuple(told(best) for best in answer.curve)
    shipments = sorted((*kept, *part.whole(answer.shipments)), key=lambda sent: sent.case)
    return replace(
        answer,
        shipments=tuple(shipments),
        cost=curve[-1].cost,
        bound=curve[-1].bound,
        curve=curve,
    )
