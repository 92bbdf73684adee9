"""Orders dragged out of the list of what was left out: onto a lane, onto the map, back again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.acts.tours import SaveTours
from app.domain.reasons import because
from app.domain.tours import Colour, Unplanned
from app.ui.map.page import MapPage
from app.ui.tours.left_out_view import LeftOutView
from app.workspace import Workspace
from db.plans import load_plan
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import STOPS, order_code, set_up_hand_day, shipment
from tests.ui.tours.test_dragging import Hand

_Left, _Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_None, _Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
WAITING = order_code(5, 20)


class Carrier(Hand):
    """A desk with its list open, the map beside it, and a mouse that drags rows."""

    def __init__(self, qtbot: QtBot, session: object) -> None:
        super().__init__(qtbot, session)  # type: ignore[arg-type]
        self.map = MapPage(self.session, self.actions)
        dock = QDockWidget(self.window)
        dock.setWidget(self.map)
        self.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.window.resize(1700, 420)

    @property
    def list(self) -> LeftOutView:
        return self.page.left_out

    def open_list(self) -> None:
        self.do("tours.left_out")
        self.until(lambda: self.list.isVisible() and self.list.table.model().rowCount() == 1)

    def lift(self, button: Qt.MouseButton = _Left) -> None:
        """Press the only row and drag it out of the list, without a place to go yet."""
        view = self.list.table.viewport()
        start = self.list.table.visualRect(self.list.table.model().index(0, 1)).center()
        QTest.mousePress(view, button, _None, start)
        QTest.mouseMove(view, start + QPoint(20, 0))
        assert self.page.carrying.active
        self.until(self.timeline.isVisible)

    def carry_to(self, tour: int, stop: int) -> QPoint:
        """Over a stop of a lane; the price stands there then."""
        at = self.timeline.viewport().mapTo(self.page, self.on(tour, stop))
        QTest.mouseMove(self.page, at)
        self.until(lambda: self.drag.seen is not None)
        return at

    def release(self, at: QPoint, held: Qt.KeyboardModifier = _None, button=_Left) -> None:
        QTest.mouseRelease(self.page, button, held, at)


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("carrying") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_hand_day(workspace)
        plan = workspace.read(load_plan, ON)
        why = because("tour_no_time_left", vehicle="V5")
        left = Unplanned(WAITING, shipment(5, 20), Colour.YELLOW, (why,))
        fixed = tuple(tour for tour in plan.tours if tour.code.endswith(("T1", "T8")))
        drafts = tuple(tour for tour in plan.tours if tour not in fixed)
        workspace.submit(SaveTours(type(plan)(ON, drafts, (left,))))
    return folder


@pytest.fixture
def desk(qtbot: QtBot, template: Path, tmp_path: Path, english: None) -> Iterator[Carrier]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        carrier = Carrier(qtbot, session)
        carrier.open()
        carrier.open_list()
        yield carrier
        session.close()


def test_a_dragged_row_brings_the_lanes_up_with_idle_vehicles(desk: Carrier):
    desk.lift()

    assert desk.page.carrying.active
    assert not desk.list.isVisible()
    assert "V9" in [lane.vehicle.code for lane in desk.timeline.picker.lanes]


def test_over_a_lane_the_price_stands_there_before_anything_is_done(desk: Carrier):
    before = desk.tours()
    desk.lift()

    desk.carry_to(5, 8)

    assert desk.card.isVisible()
    assert desk.card.words.target == 5
    assert desk.drag.seen is not None
    assert desk.drag.seen.shipments == (shipment(5, 20),)
    assert desk.tours() == before


def test_letting_go_puts_it_there_and_the_list_comes_back(desk: Carrier):
    desk.lift()
    at = desk.carry_to(5, 8) + QPoint(40, 0)
    QTest.mouseMove(desk.page, at)
    seen = desk.drag.seen
    assert seen is not None
    assert seen.free

    desk.release(at)

    desk.until(lambda: WAITING in desk.stops(5))
    assert desk.tour(5).cost_cents == seen.tours[0].cost_cents
    desk.until(lambda: desk.list.isVisible() and desk.list.table.model().rowCount() == 0)
    assert not desk.page.carrying.active


def test_on_an_idle_vehicle_it_starts_a_tour(desk: Carrier):
    desk.lift()
    lanes = desk.timeline.picker.lanes
    place = next(n for n, lane in enumerate(lanes) if lane.vehicle.code == "V9")
    at = desk.timeline.viewport().mapTo(desk.page, desk.timeline.lane_box(place).center())
    QTest.mouseMove(desk.page, at)
    desk.until(lambda: desk.drag.seen is not None)

    desk.release(at)

    desk.until(lambda: any(tour.vehicle == "V9" for tour in desk.tours()))


def test_against_a_rule_it_is_refused_and_forced_only_with_a_reason(desk: Carrier):
    desk.lift()
    at = desk.carry_to(8, 4)
    desk.release(at)
    desk.until(lambda: bool(desk.refused))
    assert len(desk.stops(8)) == STOPS

    desk.lift()
    desk.release(desk.carry_to(8, 4), _Ctrl)
    assert desk.card.asks
    field = desk.card.findChild(QLineEdit)
    assert field is not None
    field.setText("D. Marchand offered")
    field.returnPressed.emit()

    desk.until(lambda: WAITING in desk.stops(8))
    assert desk.tour(8).forced == "D. Marchand offered"


def test_escape_and_beside_every_pane_nothing_happens(desk: Carrier):
    desk.lift()
    desk.carry_to(5, 8)
    QTest.keyClick(desk.page, Qt.Key.Key_Escape)
    assert not desk.page.carrying.active
    assert desk.list.isVisible()

    desk.lift()
    desk.carry_to(5, 8)
    desk.release(QPoint(-400, -400))

    assert not desk.page.carrying.active
    assert not desk.card.isVisible()
    assert WAITING not in desk.stops(5)


def test_over_the_map_the_page_says_which_tour_lies_there(desk: Carrier):
    told: list[tuple[tuple[str, ...], QPoint]] = []
    desk.map.view.carry = lambda orders, at: told.append((tuple(orders), at))  # type: ignore[method-assign]
    desk.lift()
    desk.carry_to(5, 8)
    middle = desk.map.view.rect().center()
    at = desk.page.mapFromGlobal(desk.map.view.mapToGlobal(middle))
    QTest.mouseMove(desk.page, at)
    assert told[-1] == ((WAITING,), middle)
    assert desk.drag.seen is None
    desk.map.view.held_over.emit(f"{ON.isoformat()}-T5", "", middle)
    desk.until(lambda: desk.map.hold.seen is not None)

    desk.release(at)

    desk.until(lambda: WAITING in desk.stops(5))
    assert told[-1][0] == ()


def test_a_click_on_a_row_carries_nothing(desk: Carrier):
    table = desk.list.table
    spot = table.visualRect(table.model().index(0, 1)).center()

    QTest.mouseClick(table.viewport(), _Left, _None, spot)

    assert not desk.page.carrying.active
    assert desk.session.selection.selected.codes == (WAITING,)
