"""The map pane on the desk: the board on the map, one selection with every other pane."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.orders import Mode, Queue, ShipmentState
from app.domain.places import Located, Precision
from app.domain.tours import Colour, TourPlan, Unplanned
from app.domain.values import GeoPoint, Load, Window
from app.jobs import Direct
from app.maps.layers import Slack
from app.settings import Settings
from app.ui.actions import Actions
from app.ui.icons import follow_theme
from app.ui.map.board_layers import BoardLayers, order_details
from app.ui.map.page import MapPage
from app.ui.session import Session
from app.ui.theme import Theme
from app.workspace import Workspace
from db.orders import load_orders
from db.queries.board import Board, OrderRow, ShipmentRow
from tests.builders import LAMBERSART, LILLE, NOW, ROUBAIX, a_node, an_order, at
from tests.map.conftest import PATIENCE_MS, Glass

DUE = {"promised_from": NOW, "promised_to": NOW + timedelta(hours=3)}
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def a_row(code: str = "480001", **but: Any) -> OrderRow:
    order = an_order(code)
    row = OrderRow(
        code,
        order.customer,
        order.address.postcode,
        order.address.town,
        Mode.HOME_DELIVERY,
        Queue.TO_SOURCE,
        Window(NOW, NOW + timedelta(hours=2)),
        promised=True,
        due_at=NOW + timedelta(hours=2),
        pieces=2,
        load=Load(8_400, 20_000, 3),
        place=order.place,
        shipments=(),
        order=order,
    )
    return replace(row, **but)


def a_part(code: str = "480001-1", **but: Any) -> ShipmentRow:
    return replace(ShipmentRow(code, "LIL", "", ShipmentState.RESERVED, Load()), **but)


def layers_of(*rows: OrderRow, **suggestions: Any) -> Any:
    board = Board(
        NOW.date(), rows, TourPlan(NOW.date(), ()), (a_node(orders_per_day=10),), {"LIL": 4}
    )
    return BoardLayers(board, suggestions, 600).layers()


def test_an_order_on_a_tour_is_a_stop_and_no_pin_besides():
    riding = a_part(tour=4, position=7, slack_s=120)

    [mark] = layers_of(a_row(queue=Queue.PLANNED, shipments=(riding,))).orders

    assert (mark.tour, mark.sequence, mark.slack) == (4, 7, Slack.TIGHT)
    assert (mark.order, mark.key) == ("480001", "480001-1")


def test_a_split_order_has_a_stop_and_a_pin():
    parts = (a_part(tour=4, position=1), a_part("480001-2", carrier="DEX"))

    stop, pin = layers_of(a_row(queue=Queue.PLANNED, shipments=parts)).orders

    assert (stop.queue, pin.queue) == (Queue.PLANNED, Queue.WITH_CARRIER)
    assert stop.key != pin.key


def test_an_order_without_a_place_is_not_on_the_map_unless_a_store_hands_it_over():
    at_home = a_row(place=None)
    at_store = a_row(
        mode=Mode.CLICK_AND_COLLECT, place=None, order=an_order(collect_node="LIL", point=None)
    )

    assert layers_of(at_home).orders == ()
    assert layers_of(at_store).orders[0].point == LILLE


def test_what_no_tour_took_keeps_its_light_until_a_carrier_has_it():
    left = Unplanned("480001", "480001-1", Colour.YELLOW, ())
    part = a_part(unplanned=left)

    waiting = layers_of(a_row(queue=Queue.TO_PLAN, shipments=(part,))).orders[0]
    carried = layers_of(a_row(queue=Queue.WITH_CARRIER, shipments=(part,))).orders[0]

    assert (waiting.left_out, carried.left_out) == (Colour.YELLOW, None)


def test_a_nodes_ring_is_its_share_of_the_day():
    assert layers_of().nodes[0].load_share == 0.4


def test_the_card_of_an_order_says_when_and_how_much(english: None, workspace: Workspace):
    lines = order_details(a_row(), workspace.zone)

    assert [line.replace("\u00a0", " ") for line in lines] == ["09:42–11:42", "3 parcels · 8.4 kg"]


@pytest.fixture
def kept(tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """What the pane keeps goes to a folder of this test's own."""
    qapp.setOrganizationName("regie-tests")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    QSettings().clear()
    yield
    QSettings().clear()


@pytest.fixture
def session(workspace: Workspace, qapp: QApplication) -> Iterator[Session]:
    """A desk with three located orders and two stores."""
    theme = qapp.findChild(Theme) or Theme(qapp, "light")
    theme.choose("light")
    theme.motion = False
    follow_theme(theme)
    workspace.submit(ImportRows("node", "nodes.csv", (a_node(), a_node("RBX", ROUBAIX))))
    orders = tuple(
        an_order(code, point, **DUE)
        for code, point in (("480001", LAMBERSART), ("480002", ROUBAIX))
    )
    near = an_order("480003", place=replace(at(LILLE, 0.7), precision=Precision.TOWN), **DUE)
    workspace.submit(ImportRows("order", "orders.csv", (*orders, near)))
    made = Session(workspace, Settings(), executor=Direct())
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, session: Session, kept: None) -> Iterator[tuple[Session, MapPage, Glass]]:
    """The pane, drawn."""
    window = QWidget()
    actions = Actions(window)
    session.selection.listen(actions.refresh)  # as the main window does
    page = MapPage(session, actions, window)
    page.resize(900, 600)
    window.resize(900, 600)
    glass = Glass(qtbot, page.view)
    window.show()
    session.start()
    qtbot.waitUntil(lambda: page.settled and len(session.board.rows) == 3, timeout=PATIENCE_MS)
    yield session, page, glass
    shiboken6.delete(window)
    assert glass.errors == []


Desk = tuple[Session, MapPage, Glass]


def test_the_board_is_on_the_map(desk: Desk):
    _session, _page, glass = desk

    assert sorted(glass.ask("[...regie.desk.store.orders.keys()]")) == [
        "480001",
        "480002",
        "480003",
    ]
    assert glass.ask("regie.desk.store.orders.get('480003').approximate") is True


def test_a_pick_on_the_map_is_the_selection_of_every_pane(desk: Desk):
    session, _page, glass = desk

    glass.click(glass.place_of("480002"))
    glass.wait(lambda: session.selection.selected.codes == ("480002",))
    glass.click(glass.place_of("480001"), CTRL)
    glass.wait(lambda: session.selection.selected.codes == ("480002", "480001"))
    glass.click(glass.place_of("480002"), ALT)

    glass.wait(lambda: session.selection.selected.codes == ("480001",))
    glass.wait_for("[...regie.desk.store.selected].join() === '480001'")


def test_a_selection_from_another_pane_shows_on_the_map(desk: Desk):
    session, _page, glass = desk

    session.selection.choose(["480002"])

    glass.wait_for("[...regie.desk.store.selected].join() === '480002'")


def test_a_node_that_a_line_elsewhere_leads_to_stands_out(desk: Desk):
    session, _page, glass = desk
    session.selection.choose(["480002"])

    session.look_at.emit("node", "RBX")
    glass.wait_for("regie.desk.store.selectedNodes.has('RBX')")
    assert glass.ask("[...regie.desk.store.selected]") == ["480002"]

    session.selection.choose(["480001"])
    glass.wait_for("!regie.desk.store.selectedNodes.has('RBX')")


def test_hovering_goes_both_ways(desk: Desk):
    session, _page, glass = desk

    session.selection.hover("480001")
    glass.wait_for("regie.desk.store.hovered === '480001'")
    glass.hover(glass.place_of("480002"))

    glass.wait(lambda: session.selection.hovered == "480002")


def test_a_commit_reaches_the_map(desk: Desk, workspace: Workspace):
    _session, _page, glass = desk

    workspace.submit(ImportRows("order", "more.csv", (an_order("480009", ROUBAIX, **DUE),)))

    glass.wait_for("regie.desk.store.orders.has('480009')")


def test_a_pin_left_on_the_map_is_remembered_for_the_address(desk: Desk, workspace: Workspace):
    _session, page, glass = desk
    door = GeoPoint(50.6512, 3.0311)

    page.view.pin_dropped.emit("480003", door)

    glass.wait(lambda: _place_of(workspace, "480003").precision is Precision.PIN)
    assert _place_of(workspace, "480003").point == door
    glass.wait_for("regie.desk.store.orders.get('480003').approximate === undefined")


def test_the_address_can_be_placed_only_for_one_order_at_a_time(desk: Desk):
    session, page, glass = desk
    session.selection.choose(["480001", "480002"])
    assert page._not_one_order()

    session.selection.choose(["480003"])
    assert not page._not_one_order()
    page._start_pin()

    glass.wait_for("document.querySelector('.regie-pin-panel') !== null")


def test_single_letters_act_while_the_map_has_the_focus(desk: Desk):
    session, page, glass = desk
    page.window().activateWindow()
    page.setFocus()
    glass.wait(lambda: page.isAncestorOf(QApplication.focusWidget() or page))
    session.selection.choose(["480002"])

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_L)
    glass.wait_for("regie.desk.tools.tool === 'lasso'")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z)

    glass.wait_for("regie.desk._map.getZoom() >= 13")


def test_dark_reaches_the_map(desk: Desk, qapp: QApplication):
    _session, _page, glass = desk

    qapp.findChild(Theme).choose("dark")

    glass.wait_for("regie.look.name === 'dark'")
    qapp.findChild(Theme).choose("light")


def test_what_the_person_chose_to_see_is_kept_for_the_next_start(desk: Desk):
    _session, _page, glass = desk

    glass.ask("document.querySelectorAll('.regie-opener')[0].click()")
    glass.ask("document.querySelectorAll('.regie-menu-row')[1].click()")

    glass.wait(lambda: '"node"' in str(QSettings().value("map/choices", "")))


def test_the_title_says_how_much_is_shown(desk: Desk, qtbot: QtBot, english: None):
    session, page, _glass = desk

    with qtbot.waitSignal(page.subtitle_changed, timeout=PATIENCE_MS) as told:
        session.board_changed.emit()

    assert told.args == ["3 points"]


def _place_of(workspace: Workspace, code: str) -> Located:
    [order] = workspace.read(load_orders, [code])
    return order.place
