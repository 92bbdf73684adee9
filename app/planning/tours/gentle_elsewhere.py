"""How few moves are looked for in a process of their own: the window never waits for them."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from app.domain.tours import Tour, TourPlan
from app.planning.tours.gentle import Budget, Suggestion
from app.planning.tours.problem import Problem
from app.planning.tours.searching import searched_elsewhere
from app.ports import Stop, never

_Question: TypeAlias = tuple[Problem, TourPlan, Sequence[Tour], Budget]


def gentle_elsewhere(
    problem: Problem,
    plan: TourPlan,
    drafts: Sequence[Tour],
    budget: Budget,
    *,
    seconds: float | None = None,
    stop: Stop = never,
    on_move: Callable[[int], object] = lambda _count: None,
) -> Suggestion:
    """The moves that gain most, found within so many seconds; Stop keeps those found.

    Raises:
        SolverCrashed: the process died, or did not end in time.
    """
    question = (problem, plan, drafts, budget)
    return searched_elsewhere(_gentle, question, seconds=seconds, stop=stop, on_move=on_move)


def _gentle(question: _Question, enough: Stop, on_move: Callable[[int], object]) -> Suggestion:
    from app.planning.tours.gentle_search import gentle_moves  # heavy, and only wanted there

    return gentle_moves(*question, enough=enough, on_move=on_move)
