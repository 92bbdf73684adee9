"""What would help the shipment whose reasons are shown, reckoned off the window's thread."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.reasons import Reason, because
from app.domain.tours import TourPlan
from app.operations.remedying import displacements_for, ground_for, remedies_for
from app.ui.session import Session
from app.wording import sentence
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.planning.tours.hands import Hands

#: More ways out than these help nobody to choose.
_MOST_SHOWN = 5


class Remedying(QObject):
    """Answers for one shipment at a time; the day stays ready until its plan changes."""

    def __init__(
        self, session: Session, show: Callable[[str, tuple[str, ...]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._show = session, show
        self._plan: TourPlan | None = None
        self._known: dict[str, tuple[str, ...]] = {}
        self._ground = _Ground()
        self._wanted = ""

    def tell_of(self, shipment: str) -> None:
        """Show what would help this shipment, as soon as it is known."""
        plan, self._wanted = self._session.board.plan, shipment
        if plan is not self._plan:
            self._plan, self._known, self._ground = plan, {}, _Ground()
        if not shipment:
            return
        if shipment in self._known:
            self._show(shipment, self._known[shipment])
            return
        workspace, on, ground = self._session.workspace, self._session.day, self._ground
        self._session.reckon(
            lambda: ground.remedies(workspace, on, shipment),
            lambda told: self._told(plan, shipment, told),
        )

    def _told(self, plan: TourPlan, shipment: str, told: tuple[str, ...]) -> None:
        if plan is self._plan:
            self._known[shipment] = told
            if shipment == self._wanted:
                self._show(shipment, told)


class _Ground:
    """The day made ready at the first question."""

    def __init__(self) -> None:
        self._hands: Hands | None = None

    def remedies(self, workspace: Workspace, on: date, shipment: str) -> tuple[str, ...]:
        hands = self._hands
        if hands is None:
            hands = self._hands = ground_for(workspace, on)
        found = remedies_for(workspace, on, (shipment,), hands=hands).get(shipment)
        displaced = displacements_for(workspace, on, (shipment,), hands=hands).get(shipment)
        if found is None:
            return ()
        names = {code: v.label or code for code, v in hands.facts.vehicles.items()}
        told = [_said(remedy.reason, names) for remedy in found[:_MOST_SHOWN]]
        if displaced is not None:
            told.append(_said(displaced.reason, names))
        return tuple(told) or (sentence(because("remedy_none")),)


def _said(reason: Reason, names: dict[str, str]) -> str:
    """In words, with the vehicles' names in the place of their codes."""
    named = {
        name: names.get(str(value), value) if name in ("vehicle", "onto") else value
        for name, value in reason
    }
    return sentence(because(reason.code, **named))
