"""A tour given to another vehicle: every one is asked first, the timeline shows the answer."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.tours import PlanState, Tour
from app.i18n import _
from app.planning.tours.hands import Hands
from app.planning.tours.prices import Taker, takers
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.tours.giving_rows import GivingRow, row_of
from app.ui.tours.giving_specs import DO, GIVE
from app.ui.tours.giving_view import GivingView
from app.ui.tours.hand_desk import HandDesk
from app.ui.tours.lanes import Lane, tour_lane
from app.ui.tours.move_strip import MoveStrip
from app.ui.tours.timeline import Timeline
from app.ui.tours.trial import Trial
from app.ui.widgets.key_cap import KeyButton


class Stage(Protocol):
    """What it needs of the page."""

    timeline: Timeline
    strip: MoveStrip
    desk: HandDesk

    def hindered(self) -> str: ...


class GivingActs(QObject):
    """Asks the vehicles, shows the list, and gives the tour to the one that is chosen."""

    opened = Signal()

    def __init__(self, session: Session, actions: Actions, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._actions, self._stage = session, actions, stage
        self._asked = 0
        self._tours = session.board.plan.tours
        self.view = GivingView(parent)
        actions.register(GIVE, self.start, self._why_not)
        actions.register(DO, self.give, self._why_not_give)
        button = KeyButton(actions.action(DO.id), text=_("Give"), primary=True)
        self.view.footer.add_button(button)
        actions.attach(self.view, DO.id)
        self.view.looked_at.connect(self._look_at)
        session.day_changed.connect(self._leave)
        session.board_changed.connect(self._look_again)

    def start(self) -> None:
        """Ask every vehicle what it would make of the tour, and show the list."""
        tour = self._stage.timeline.picker.tours[0]
        self._asked += 1
        asked = self._asked

        def ready(hands: Hands) -> None:
            self._session.reckon(
                lambda: takers(hands, tour.code),
                lambda found: self._show(hands, tour, found) if asked == self._asked else None,
            )

        self._stage.desk.with_hands(ready)

    def give(self) -> None:
        """Give the tour to the current vehicle; against a rule the line at the foot asks why."""
        tour, row = self.view.tour, self.view.current
        if tour is None or row is None:
            return
        seen = row.seen
        self._leave()
        if seen.free:
            self._stage.desk.apply(seen)
            return
        title = _("Give T{number} to {vehicle}").format(number=tour.number, vehicle=row.name)
        self._stage.strip.ask_leave(title, seen)

    def _show(self, hands: Hands, tour: Tour, found: tuple[Taker, ...]) -> None:
        told, known = self._stage.desk.told(), hands.facts.vehicles
        rows = [row_of(known[one.vehicle], one, tour.depot, told) for one in found]
        self._tours = hands.plan.tours
        self.opened.emit()
        self.view.show_rows(tour, rows)
        self.view.setFocus()
        self._actions.refresh_soon()

    def _look_at(self, row: GivingRow | None) -> None:
        """Show on the timeline what the tour would be with that vehicle."""
        self._actions.refresh_soon()
        timeline = self._stage.timeline
        if row is None or not row.possible:
            timeline.show_trial(None)
            return
        timeline.show_trial(Trial(self._lanes_with(row)))

    def _lanes_with(self, row: GivingRow) -> Mapping[str, Lane]:
        timeline, tight_s = self._stage.timeline, self._session.policy.touring.tight_slack_s
        known = {lane.vehicle.code: lane.vehicle for lane in timeline.shown_lanes()}
        known[row.vehicle.code] = row.vehicle
        return {
            each.code: tour_lane(each, known[each.vehicle], timeline.day, tight_s)
            for each in row.seen.tours
            if each.vehicle in known
        }

    def _leave(self) -> None:
        self._asked += 1
        self.view.leave()

    def _look_again(self) -> None:
        """What vehicles answered of a day that is another now is of no use any more."""
        if self.view.tour is not None and self._tours != self._session.board.plan.tours:
            self._leave()

    def _why_not(self) -> str:
        tours = self._stage.timeline.picker.tours
        if len(tours) != 1:
            return _("Select one tour first.")
        if tours[0].state is not PlanState.DRAFT:
            return _("T{number} is agreed: reopen it first.").format(number=tours[0].number)
        return self._stage.hindered()

    def _why_not_give(self) -> str:
        row = self.view.current
        if row is None:
            return _("Choose a vehicle first.")
        return "" if row.possible else row.against
