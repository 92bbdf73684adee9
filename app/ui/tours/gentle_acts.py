"""Gentle re-optimisation in the window: a job looks for moves, a person ticks, one entry stays."""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.journal import Settled
from app.i18n import N_, _, n_
from app.jobs import Job
from app.operations.gentle import apply_moves, reoptimise
from app.operations.gentle_words import total
from app.planning.tours.gentle import Suggestion
from app.planning.tours.kept import Keep
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.tours.gentle_head import GentleHead
from app.ui.tours.gentle_specs import ADD, APPLY, GENTLE, REORDER
from app.ui.tours.gentle_view import GentleView
from app.ui.tours.moves_acts import MovesActs, Stage

Search = Callable[..., Suggestion]


class GentleMoves:
    """The few moves of stops that gain most, within what the fields over the list say."""

    title = N_("Re-optimising gently")
    look, do = GENTLE, APPLY

    def __init__(self, session: Session, head: GentleHead) -> None:
        self._session, self._head = session, head
        self.search: Search = reoptimise

    def searching(self, on: date) -> Callable[[Job], Suggestion]:
        """Look for them as long as the settings allow; nothing is written."""
        seconds = float(self._session.settings.solve_seconds)
        workspace, budget = self._session.workspace, (self._head.stops.value(), self._head.within_s)
        return lambda job: self.search(
            workspace, on, *budget, seconds=seconds, stop=job.stop, progress=job.report
        )

    def carry_out(self, suggestion: Suggestion, ticked: frozenset[int]) -> Settled:
        return apply_moves(self._session.workspace, suggestion, ticked)

    def moved(self, suggestion: Suggestion, numbers: Collection[int]) -> frozenset[str]:
        return frozenset(one.shipment for n in numbers for one in suggestion.moves[n].moved)

    def told(self, suggestion: Suggestion, ticked: frozenset[int]) -> tuple[str, str]:
        moves = n_("{count} move done", "{count} moves done", len(ticked))
        return moves.format(count=len(ticked)), total(suggestion, ticked)

    def why_none(self) -> str:
        return _("Re-optimise gently first.")


class GentleActs(MovesActs[Suggestion]):
    """Gentle moves, and planning again that keeps stops on their vehicles."""

    kind: GentleMoves

    def __init__(self, session: Session, actions: Actions, stage: Stage, parent: QWidget) -> None:
        view = GentleView(parent)
        moves = GentleMoves(session, view.head)
        super().__init__(session, actions, stage, moves, view, parent)
        view.head.wanted.connect(self._look_for_others)
        for spec, keep in ((ADD, Keep.TOURS), (REORDER, Keep.VEHICLES)):
            actions.register(spec, partial(stage.planner.start, keep), self._why_not_again)

    def _look_for_others(self) -> None:
        """The fields say something else now."""
        if not self._why_not():
            self.start()

    def _why_not_again(self) -> str:
        if self._stage.planner.running:
            return _("The tours are being planned already.")
        return "" if self.drafts() else _("No tour is a draft that may change.")
