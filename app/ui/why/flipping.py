"""What would have the stops of the order shown elsewhere, reckoned off the window's thread."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.reasons import Reason, because
from app.operations.remedying import ground_for
from app.operations.why_chain import Link
from app.operations.why_stop import may_flip, stop_flips_for
from app.planning.tours.stop_flips import StopFlips
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.why.facts import Facts
from app.ui.why.lines import Detail, Note
from app.wording import sentence
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.domain.tours import TourPlan
    from app.planning.tours.hands import Hands


class Flipping(QObject):
    """Answers for one order at a time; the day stays ready until its plan changes."""

    told = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._plan: TourPlan | None = None
        self._known: dict[str, StopFlips] = {}
        self._ground = _Ground()

    def ask(self, facts: Facts) -> None:
        """Reckon for this order, unless that is known; `told` follows."""
        plan, code = self._session.board.plan, facts.row.code
        if plan is not self._plan:
            self._plan, self._known, self._ground = plan, {}, _Ground()
        shipments = tuple(
            one.shipment.code
            for one in facts.travelling
            if one.tour is not None and may_flip(one.tour)
        )
        if not facts.whole or not shipments or code in self._known:
            return
        self._known[code] = StopFlips()
        workspace, on, ground = self._session.workspace, plan.on, self._ground

        def keep(found: StopFlips) -> None:
            if plan is self._plan:
                self._known[code] = found
                self.told.emit()

        self._session.reckon(lambda: ground.flips(workspace, on, shipments), keep)

    def added_to(self, detail: Detail, link: Link, facts: Facts) -> Detail:
        """The open link with what would flip it, as far as that is known."""
        if link not in (Link.TOUR, Link.TIME) or self._session.board.plan is not self._plan:
            return detail
        known = self._known.get(facts.row.code, StopFlips())
        flips = known.tour if link is Link.TOUR else known.time
        notes = (Note(Icon.FLIP, sentence(_named(facts, flip)), "info") for flip in flips)
        return replace(detail, notes=(*detail.notes, *notes))


class _Ground:
    """The day made ready at the first question."""

    def __init__(self) -> None:
        self._hands: Hands | None = None

    def flips(self, workspace: Workspace, on: date, shipments: tuple[str, ...]) -> StopFlips:
        hands = self._hands
        if hands is None:
            hands = self._hands = ground_for(workspace, on)
        found = [stop_flips_for(workspace, on, code, hands=hands) for code in shipments]
        return StopFlips(
            tuple(flip for each in found for flip in each.tour),
            tuple(flip for each in found for flip in each.time),
        )


def _named(facts: Facts, flip: Reason) -> Reason:
    """The flip with the vehicle's name in the place of its code."""
    told = dict(flip.facts)
    if "vehicle" in told:
        told["vehicle"] = facts.names.vehicle(str(told["vehicle"]))
    return because(flip.code, **told)
