"""The tours pane as a desk has it at 09:42: planned, being planned, left out, empty."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from app.domain.tours import Colour
from app.i18n import _
from app.operations.gentle import reoptimise
from app.operations.joint import joint_moves
from app.operations.scenarios import compare
from app.planning.tours.scenarios import More, Scenario, Speed, Windows, Without
from app.planning.tours.solver import solve
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.tours.page import ToursPage
from app.ui.widgets.pane import Pane
from app.workspace import Workspace
from tests.builders import NOW, a_vehicle
from tests.joint import two_nodes
from tests.tours.test_remedying import planned
from tests.ui.pictures import Page
from tests.ui.sessions import a_session
from tests.ui.tours.desk import set_up
from tests.ui.tours.fetch_day import FETCHED, set_up_fetch_day
from tests.ui.tours.hand_day import order_code, set_up_hand_day, set_up_mixed_day

#: The pane's room on desks of 1920 x 1080, 1366 x 768 and 2560 x 1440.
SIZES = ((1272, 318), (953, 260), (1710, 430))
#: More than the pane: the card that floats over it needs its window.
TALL = ((1272, 420), (953, 420))
_Arranged = Callable[[ToursPage], None]


class Desk(QMainWindow):
    """A window with this one pane; `arranged` does what a hand would, once the day is there."""

    def __init__(self, set_up: Callable[[Workspace], object], arranged: _Arranged) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-")
        self.workspace = Workspace.open(Path(self._folder.name), user="test", clock=lambda: NOW)
        set_up(self.workspace)
        self.session = a_session(self.workspace)
        self.page = ToursPage(self.session, Actions(self))
        pane = Pane("tours", _("Tours"), Icon.TIMELINE, self.page, self)
        for tool in self.page.tools():
            pane.add_tool(tool)
        self.page.subtitle_changed.connect(pane.set_subtitle)
        self.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, pane)
        self.ready = False
        self._arranged = arranged
        self.session.board_changed.connect(self._arrange)
        self.session.start()

    def _arrange(self) -> None:
        self._arranged(self.page)
        self.page.setFocus()
        self.ready = True

    def closeEvent(self, event: object) -> None:  # noqa: N802
        self.session.close()
        self.workspace.close()
        self._folder.cleanup()


def _with_t4(page: ToursPage) -> None:
    page._session.selection.choose(["480410"])


def _opened(page: ToursPage) -> None:
    actions = page._actions
    for name in ("tours.idle", "tours.curve"):
        actions.action(name).trigger()
    _with_t4(page)


def _fetching(page: ToursPage) -> None:
    page._actions.action("tours.curve").trigger()
    page._session.selection.choose([FETCHED[0]])


def _left_out(page: ToursPage) -> None:
    page._actions.action("tours.left_out").trigger()
    page._session.selection.choose(["489901"])


def _planning(page: ToursPage) -> None:
    drafts = [t for t in page._session.board.plan.tours if t.number == 4]
    page.planner._on = page._session.day
    page._show_best(replace(page._session.board.plan, tours=tuple(drafts)))


def _hold(page: ToursPage, tour: int, place: int, target: int, over: int | None) -> None:
    """Take a stop into the hand, and hold it over a stop of another tour, or over its label."""
    hand, timeline = page.timeline.hand, page.timeline
    code = order_code(tour, place)
    page._session.selection.choose([code])
    lanes = timeline.shown_lanes()
    at = next(n for n, lane in enumerate(lanes) if lane.number == target)
    spot = timeline.lane_box(at).center()
    if over is not None:
        spot = timeline.bar_box(at, lanes[at].stops[over - 1]).center()
    assert hand is not None
    hand.take([code])
    page.desk.with_hands(lambda _hands: hand.move(spot))


def _holds(tour: int, place: int, target: int, over: int | None = None) -> _Arranged:
    return lambda page: page._session.reckon(
        lambda: None, lambda _none: _hold(page, tour, place, target, over)
    )


def _asked_why(page: ToursPage) -> None:
    def let_go() -> None:
        hand = page.timeline.hand
        assert hand is not None
        hand._holding._let_go(force=True)

    _holds(2, 1, 4, 8)(page)
    page.desk.priced.connect(let_go)


def _sends(page: ToursPage) -> None:
    page._session.selection.choose([order_code(7, 7), order_code(7, 8)])
    page._actions.action("tours.send").trigger()
    page.desk.with_hands(lambda _hands: page.strip.number.setText("8"))


def _page(
    name: str,
    arranged: _Arranged,
    sizes: tuple[tuple[int, int], ...] = SIZES,
    day: Callable[[Workspace], object] = set_up,
) -> Page:
    def make() -> QWidget:
        return Desk(day, arranged)

    return Page(name, make, sizes, ready=lambda widget: isinstance(widget, Desk) and widget.ready)


def _gently(page: ToursPage) -> None:
    page.gentle.kind.search = lambda workspace, on, *_words, **_how: reoptimise(
        workspace, on, 8, seconds=None
    )
    page.gentle.found.connect(lambda: _look_at_first(page))
    page._session.reckon(lambda: None, lambda _none: page.gentle.start())


def _jointly(page: ToursPage) -> None:
    page.joint.kind.search = lambda workspace, on, *_words, **_how: joint_moves(
        workspace, on, seconds=None
    )
    table = page.joint.view.table
    page.joint.found.connect(lambda: table.setCurrentIndex(table.model().index(0, 1)))
    page._session.reckon(lambda: None, lambda _none: page.joint.start())


def _look_at_first(page: ToursPage) -> None:
    table = page.gentle.view.table
    table.setCurrentIndex(table.model().index(0, 1))
    page.gentle.view.toggle([len(page.gentle.view.ticked) - 1])


def _what_if(page: ToursPage) -> None:
    view = page.what_if.view
    vehicle = page._session.board.plan.tours[2].vehicle
    made = compare(
        page._session.workspace,
        page._session.day,
        [Scenario.of(Without(vehicle)), Scenario.of(Windows(60)), Scenario.of(Speed(-10))],
        seconds=None,
        iterations=10,
        solver=solve,
    )
    view.scenarios = (*(each.scenario for each in made.outcomes[1:]), Scenario.of(More(vehicle, 2)))
    page._actions.action("tours.what_if").trigger()
    view.show_comparison(made)
    view.table.setCurrentIndex(view.table.model().index(3, 0))


def _stressed(page: ToursPage) -> None:
    page.stress.start()
    page.stress.view.table.setCurrentIndex(page.stress.view.table.model().index(0, 0))


def _giving(page: ToursPage) -> None:
    page._session.selection.choose([order_code(5, 1)])
    page._session.reckon(lambda: None, lambda _none: page.giving.start())


def _ways_out(page: ToursPage) -> None:
    page._actions.action("tours.left_out").trigger()
    left = page._session.board.plan.unplanned
    page._session.selection.choose([next(o.order for o in left if o.colour is Colour.YELLOW)])
    page._session.reckon(lambda: None, lambda _none: page.left_out._reasons.take_focus())


def _stuck(workspace: Workspace) -> None:
    planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13, 20)), orders=8)


PAGES = [
    _page("tours", _with_t4),
    _page("tours-idle", _opened),
    _page("joint", _jointly, (*TALL, SIZES[2]), two_nodes.fill),
    _page("tours-left", _left_out),
    _page("tours-planning", _planning),
    _page("tours-none", lambda _page: None, day=partial(set_up, planned=False)),
    _page("what-if", _what_if, (*TALL, SIZES[2]), set_up_mixed_day),
    _page("stress", _stressed, (*TALL, SIZES[2])),
    _page("fetching", _fetching, (*TALL, SIZES[2]), set_up_fetch_day),
    _page("giving", _giving, (*TALL, SIZES[2]), set_up_hand_day),
    _page("ways_out", _ways_out, (*TALL, SIZES[2]), _stuck),
    _page("gentle", _gently, (*TALL, SIZES[2]), set_up_mixed_day),
    _page("drop_preview", _holds(7, 7, 5, 7), TALL, set_up_hand_day),
    _page("drop_preview-label", _holds(7, 7, 6), TALL, set_up_hand_day),
    _page("drop_preview-late", _holds(2, 1, 4, 8), TALL, set_up_hand_day),
    _page("drop_preview-why", _asked_why, TALL, set_up_hand_day),
    _page("drop_preview-keys", _sends, TALL, set_up_hand_day),
    _page("drop_preview-agreed", _holds(7, 7, 1, 3), TALL, set_up_hand_day),
]
