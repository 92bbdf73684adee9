"""How the joint search runs in a process of its own: the window never waits for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.planning.joint.moves import JointSuggestion
from app.planning.tours.searching import searched_elsewhere
from app.ports import Stop, never

if TYPE_CHECKING:
    from app.planning.joint.search import Question


def joint_elsewhere(
    question: "Question",
    *,
    seconds: float | None = None,
    stop: Stop = never,
    on_move: Callable[[int], object] = lambda _count: None,
) -> JointSuggestion:
    """The moves found within so many seconds; Stop keeps those found.

    Raises:
        SolverCrashed: the process died, or did not end in time.
    """
    return searched_elsewhere(_joint, question, seconds=seconds, stop=stop, on_move=on_move)


def _joint(question: "Question", enough: Stop, on_move: Callable[[int], object]) -> JointSuggestion:
    from app.planning.joint.search import joint_moves  # heavy, and only wanted there

    return joint_moves(question, enough, on_move)
