"""Make a day's tours better by a few moves: find them, tick some, do these and nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.acts.tours import EditTours
from app.domain.journal import Settled
from app.domain.reasons import because
from app.domain.tours import Tour
from app.errors import WhollyRefused
from app.operations.moves_watch import MovesWatch
from app.operations.touring import drafts_of
from app.operations.touring_run import PlanRun
from app.planning.tours.consequences import Figures, Touched
from app.planning.tours.gentle import Budget, GentleMove, Suggestion
from app.planning.tours.gentle_elsewhere import gentle_elsewhere
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace
from db.nodes import load_nodes

#: How many stops may move, and how long it may take, when nobody says.
MOVES, SECONDS = 5, 20.0


def reoptimise(
    workspace: Workspace,
    on: date,
    moves: int = MOVES,
    within_s: int | None = None,
    *,
    seconds: float | None = SECONDS,
    stop: Stop = never,
    progress: Progress = unheard,
) -> Suggestion:
    """Look for the few moves that gain most; nothing is written.

    At most so many stops get another place, and where `within_s` is given no start of a touched
    tour changes by more. Agreed and locked tours stay as they are. Stop keeps what was found.

    Raises:
        SolverCrashed: the search died.
    """
    budget = Budget(max(0, moves), within_s)
    day = drafts_of(workspace, on)
    if not day.drafts or not budget.stops:
        return Suggestion(day.plan, budget, tuple(tour.code for tour in day.drafts))
    watch = MovesWatch(stop, progress, seconds)
    found = gentle_elsewhere(
        day.problem,
        day.plan,
        day.drafts,
        budget,
        seconds=seconds,
        stop=watch.stop,
        on_move=watch.on_move,
    )
    watch.done(len(found.moves))
    return found


def apply_moves(workspace: Workspace, suggestion: Suggestion, ticked: Iterable[int]) -> Settled:
    """Do the moves that were ticked, with what they need, as one entry that can be undone.

    Raises:
        WhollyRefused: nothing is ticked.
        MovedOn, AlreadyAgreed, AlreadyPlanned, AlreadyBooked: the day moved on meanwhile.
    """
    numbers = suggestion.with_needed(ticked)
    changed = [each for each in suggestion.touched(numbers) if each.before != each.after]
    if not changed:
        raise WhollyRefused(because("hand_unchanged"), ())
    moved = (one for number in sorted(numbers) for one in suggestion.moves[number].moved)
    shipments = tuple(dict.fromkeys(one.shipment for one in moved))
    tours = tuple(_left(each) for each in changed)
    return workspace.submit(EditTours(suggestion.plan.on, "gentle", tours, shipments=shipments))


def _left(each: Touched) -> Tour:
    """The tour as it is to be; one that is gone keeps its name and no stop."""
    return replace(each.tour, stops=()) if each.after is None else each.after


def run_with(workspace: Workspace, suggestion: Suggestion, ticked: Iterable[int]) -> PlanRun:
    """The whole day with these moves, as a run of the planner."""
    zones = tuple((node.code, node.timezone) for node in workspace.read(load_nodes))
    plan = suggestion.plan_with(ticked)
    return PlanRun(plan.on, plan, zones=zones)


def moves_document(suggestion: Suggestion) -> list[dict[str, Any]]:
    """The moves as the public interface tells them, each with what it changes."""
    return [_move_document(move) for move in suggestion.moves]


def _move_document(move: GentleMove) -> dict[str, Any]:
    return {
        "move": move.number + 1,
        "needs": sorted(number + 1 for number in move.needs),
        "stops": [
            {"order": one.order, "shipment": one.shipment, "from": one.tour, "to": one.to}
            for one in move.moved
        ],
        **_change(move.change),
    }


def _change(change: Figures) -> dict[str, int]:
    return {
        "cost_cents": change.cost_cents,
        "distance_m": change.distance_m,
        "work_s": change.work_s,
        "co2e_g": change.co2e_g,
        "late_s": change.late_s,
    }
