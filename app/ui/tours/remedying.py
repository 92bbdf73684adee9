"""What would help the shipment whose reasons are shown, reckoned off the window's thread; done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.reasons import Reason, because
from app.domain.tours import TourPlan
from app.i18n import _
from app.operations.remedying import ground_for
from app.operations.ways_out import WayOut, preview_way, ways_out
from app.planning.tours.consequences import Preview
from app.ui.session import Session
from app.ui.tours.move_strip import MoveStrip
from app.wording import sentence
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.planning.tours.hands import Hands


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the ways out; without a `way` it only says that there is none."""

    text: str
    way: WayOut | None = None


class Remedying(QObject):
    """Answers for one shipment at a time; the day stays ready until its plan changes."""

    def __init__(
        self,
        session: Session,
        show: Callable[[str, Sequence[Told]], None],
        strip: MoveStrip,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._show, self._strip = session, show, strip
        self._plan: TourPlan | None = None
        self._known: dict[str, Sequence[Told]] = {}
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

    def choose(self, told: Told) -> None:
        """Say at the foot what this way out would make of the day; Enter there does it."""
        way = told.way
        if way is None or self._session.board.plan is not self._plan:
            return
        workspace, on = self._session.workspace, self._session.day
        ground, plan = self._ground, self._plan

        def ask(seen: Preview) -> None:
            if plan is self._session.board.plan:
                self._strip.ask_leave(_("Way out"), seen, told.text)

        self._session.reckon(lambda: ground.preview(workspace, on, way), ask)

    def _told(self, plan: TourPlan, shipment: str, told: Sequence[Told]) -> None:
        if plan is self._plan:
            self._known[shipment] = told
            if shipment == self._wanted:
                self._show(shipment, told)


class _Ground:
    """The day made ready at the first question."""

    def __init__(self) -> None:
        self._hands: Hands | None = None

    def remedies(self, workspace: Workspace, on: date, shipment: str) -> Sequence[Told]:
        hands = self._ready(workspace, on)
        found = ways_out(workspace, on, shipment, hands)
        if found is None:
            return ()
        names = {code: v.label or code for code, v in hands.facts.vehicles.items()}
        told = tuple(Told(_said(way.reason, names), way) for way in found)
        return told or (Told(sentence(because("remedy_none"))),)

    def preview(self, workspace: Workspace, on: date, way: WayOut) -> Preview:
        return preview_way(self._ready(workspace, on), way)

    def _ready(self, workspace: Workspace, on: date) -> "Hands":
        if self._hands is None:
            self._hands = ground_for(workspace, on)
        return self._hands


def _said(reason: Reason, names: dict[str, str]) -> str:
    """In words, with the vehicles' names in the place of their codes."""
    named = {
        name: names.get(str(value), value) if name in ("vehicle", "onto") else value
        for name, value in reason
    }
    return sentence(because(reason.code, **named))
