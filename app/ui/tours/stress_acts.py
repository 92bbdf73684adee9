"""The stress test in the window: shown beside the timeline, made again as tours change."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.operations.stress_test import stress_test
from app.planning.tours.stress import Stressed, StressTest
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.tours.pane_day import PaneDay
from app.ui.tours.stress_specs import STRESS
from app.ui.tours.stress_view import StressView

if TYPE_CHECKING:
    from app.domain.tours import Tour


class Stage(Protocol):
    """What it needs of the page."""

    shown: PaneDay


class StressActs(QObject):
    """Tests the day's tours as they are kept; what is shown is never of tours that were."""

    opened = Signal()

    def __init__(self, session: Session, actions: Actions, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._actions, self._stage = session, actions, stage
        self.view = StressView(parent)
        self._asked = 0
        self._tours: tuple[Tour, ...] = ()
        actions.register(STRESS, self.start, self._why_not)
        self.view.went_to.connect(self._go_to)
        session.day_changed.connect(self._day_changed)
        session.board_changed.connect(self._look_again)

    def start(self) -> None:
        """Test the tours, and show the list."""
        self.opened.emit()
        self._test(focus=True)

    def _test(self, *, focus: bool) -> None:
        session, on = self._session, self._session.day
        workspace = session.workspace
        self._asked += 1
        asked, self._tours = self._asked, session.board.plan.tours

        def show(tested: StressTest) -> None:
            if asked == self._asked:
                self.view.show_test(tested)
                if focus:
                    self.view.setFocus()

        session.reckon(lambda: stress_test(workspace, on), show)

    def _go_to(self, found: Stressed) -> None:
        """Select the stop where the tour breaks first, its last one where only the shift does."""
        orders = [found.first.order] if found.first is not None else self._last_of(found.tour)
        self._session.selection.choose(orders)

    def _last_of(self, code: str) -> list[str]:
        tour = next((tour for tour in self._tours if tour.code == code), None)
        return [stop.order for stop in tour.deliveries[-1:]] if tour is not None else []

    def _day_changed(self) -> None:
        self._asked += 1
        self.view.leave()

    def _look_again(self) -> None:
        if self.view.tested is not None and self._tours != self._session.board.plan.tours:
            self._test(focus=False)

    def _why_not(self) -> str:
        return "" if self._stage.shown.plan.tours else _("There is no tour yet.")
