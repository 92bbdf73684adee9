"""Orders that another node would send, in the window: looked for by a job, ticked, one entry."""

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.journal import Settled
from app.i18n import N_, _, n_
from app.jobs import Job
from app.operations.joint import apply_joint, joint_moves
from app.operations.joint_words import total
from app.planning.joint.moves import JointSuggestion
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.tours.joint_specs import APPLY_JOINT, JOINT
from app.ui.tours.joint_view import JointView
from app.ui.tours.moves_acts import MovesActs, Stage

Search = Callable[..., JointSuggestion]


class JointMoves:
    """The orders that leave from where a tour passes."""

    title = N_("Looking for tours that pass by")
    look, do = JOINT, APPLY_JOINT

    def __init__(self, session: Session) -> None:
        self._session = session
        self.search: Search = joint_moves

    def searching(self, on: date) -> Callable[[Job], JointSuggestion]:
        """Look for them as long as the settings allow; nothing is written."""
        seconds, workspace = float(self._session.settings.solve_seconds), self._session.workspace
        return lambda job: self.search(
            workspace, on, seconds=seconds, stop=job.stop, progress=job.report
        )

    def carry_out(self, suggestion: JointSuggestion, ticked: frozenset[int]) -> Settled:
        return apply_joint(self._session.workspace, suggestion, ticked)

    def moved(self, suggestion: JointSuggestion, numbers: Collection[int]) -> frozenset[str]:
        sent = [one for n in numbers for one in suggestion.moves[n].sent]
        return frozenset(name for one in sent for name in (one.shipment, one.becomes))

    def told(self, suggestion: JointSuggestion, ticked: frozenset[int]) -> tuple[str, str]:
        count = len(suggestion.sent(ticked))
        said = n_("{count} order leaves from there", "{count} orders leave from there", count)
        return said.format(count=count), total(suggestion, ticked)

    def why_none(self) -> str:
        return _("Look for orders to send from where a tour passes first.")


class JointActs(MovesActs[JointSuggestion]):
    """Sending orders from where a tour passes."""

    kind: JointMoves

    def __init__(self, session: Session, actions: Actions, stage: Stage, parent: QWidget) -> None:
        super().__init__(session, actions, stage, JointMoves(session), JointView(parent), parent)
