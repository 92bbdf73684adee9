"""Tours changed by keys and menus: priced on the line at the foot before they are changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.tours import PlanState, Tour
from app.operations.touring import set_state
from app.ui.tours import hand_specs
from app.ui.tours.move_strip import MoveStrip
from app.workspace import Workspace
from db.journal import entries
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import STOPS, order_code, set_up_hand_day
from tests.ui.tours.test_page import Desk

_Key, _Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
_None = Qt.KeyboardModifier.NoModifier


class Keys(Desk):
    """A desk whose tours can be driven, and a keyboard before it."""

    @property
    def strip(self) -> MoveStrip:
        return self.page.strip

    def tour(self, number: int) -> Tour:
        return next(tour for tour in self.tours() if tour.number == number)

    def stops(self, number: int) -> list[str]:
        return [stop.order for stop in self.tour(number).deliveries]

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = _None) -> None:
        QTest.keyClick(self.timeline, key, held)

    def send_to(self, number: int) -> None:
        """T, the number: the price stands there then."""
        self.press(_Key.Key_T)
        self.until(self.strip.isVisible)
        QTest.keyClicks(self.strip.number, str(number))
        self.until(lambda: f"T{number}" in self.strip.verdict)

    def enter(self) -> None:
        QTest.keyClick(self.strip.number, _Key.Key_Return)


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_hand_day(workspace)
    return folder


@pytest.fixture
def desk(qtbot: QtBot, template: Path, tmp_path: Path, english: None) -> Iterator[Keys]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        made = Keys(qtbot, session)
        made.window.resize(1272, 420)
        made.open()
        made.window.activateWindow()
        made.timeline.setFocus()
        yield made
        session.close()


def test_t_a_number_and_enter_send_the_selection_to_a_tour(desk: Keys):
    desk.choose(order_code(3, 8))

    desk.send_to(4)
    assert desk.strip.title == "Send 1 order to tour T"
    assert "km" in desk.strip.verdict
    assert len(desk.stops(4)) == STOPS
    desk.enter()

    desk.until(lambda: order_code(3, 8) in desk.stops(4))
    assert not desk.strip.isVisible()


def test_what_a_lasso_took_goes_to_a_tour_as_one_entry(desk: Keys):
    before = len(list(desk.workspace.read(entries)))
    taken = (order_code(5, 20), order_code(4, 3), order_code(3, 8))
    desk.choose(*taken)

    desk.send_to(5)
    assert desk.strip.title == "Send 3 orders to tour T"
    desk.enter()
    if desk.strip.reason.isVisible():
        QTest.keyClicks(desk.strip.reason, "one market")
        QTest.keyClick(desk.strip.reason, _Key.Key_Return)

    desk.until(lambda: set(taken) <= set(desk.stops(5)))
    assert len(list(desk.workspace.read(entries))) == before + 1


def test_with_no_number_the_best_of_all_tours_is_meant(desk: Keys):
    desk.choose(order_code(5, 20))

    desk.press(_Key.Key_T)
    desk.until(lambda: "T5" in desk.strip.verdict)
    desk.enter()

    desk.until(lambda: order_code(5, 20) in desk.stops(5))


def test_a_tour_that_does_not_exist_is_said(desk: Keys):
    desk.choose(order_code(3, 8))

    desk.send_to(77)
    assert desk.strip.verdict == "There is no T77."
    desk.enter()

    assert desk.strip.isVisible()
    QTest.keyClick(desk.strip.number, _Key.Key_Escape)
    assert not desk.strip.isVisible()
    assert desk.timeline.hasFocus()


def test_against_a_rule_enter_asks_why_and_the_reason_does_it(desk: Keys):
    desk.choose(order_code(1, 8), order_code(2, 1))
    desk.session.selection.choose([order_code(7, 7), order_code(7, 8)])
    desk.send_to(8)
    assert "T8 is locked." in desk.strip.verdict

    desk.enter()
    assert desk.strip.reason.isVisible()
    QTest.keyClick(desk.strip.reason, _Key.Key_Return)
    assert len(desk.stops(8)) == STOPS
    QTest.keyClicks(desk.strip.reason, "D. Marchand offered")
    QTest.keyClick(desk.strip.reason, _Key.Key_Return)

    desk.until(lambda: len(desk.stops(8)) == STOPS + 2)


def test_an_agreed_tour_says_so_and_enter_does_nothing(desk: Keys):
    desk.choose(order_code(7, 7))
    desk.press(_Key.Key_T)
    desk.until(desk.strip.isVisible)
    QTest.keyClicks(desk.strip.number, "1")
    desk.until(lambda: "agreed" in desk.strip.verdict)

    desk.enter()

    assert desk.strip.isVisible()
    assert len(desk.stops(7)) == STOPS


def test_i_puts_what_was_left_out_where_it_costs_least(desk: Keys):
    desk.choose(order_code(5, 20))

    desk.press(_Key.Key_I)

    desk.until(lambda: order_code(5, 20) in desk.stops(5))
    desk.until(lambda: bool(desk.news))
    assert "km" in desk.news[-1].line


def test_ctrl_and_an_arrow_move_a_stop_one_place(desk: Keys):
    moved = order_code(4, 4)
    desk.choose(moved)

    desk.press(_Key.Key_Down, _Ctrl)
    desk.until(lambda: desk.stops(4).index(moved) == 4)
    desk.press(_Key.Key_Up, _Ctrl)
    desk.until(lambda: desk.stops(4).index(moved) == 3)
    desk.press(_Key.Key_Up, _Ctrl)
    desk.until(lambda: desk.stops(4).index(moved) == 2)


def test_at_the_end_of_its_tour_a_stop_goes_no_further(desk: Keys):
    desk.choose(order_code(4, STOPS))
    before = desk.stops(4)

    desk.press(_Key.Key_Down, _Ctrl)
    desk.until(lambda: desk.page.desk.hands is not None)

    assert desk.stops(4) == before


def test_cut_stops_are_pasted_after_the_stop_in_hand(desk: Keys):
    desk.choose(order_code(3, 8))
    desk.press(_Key.Key_X, _Ctrl)
    assert order_code(3, 8) in desk.stops(3)

    desk.choose(order_code(4, STOPS))
    desk.press(_Key.Key_V, _Ctrl)

    desk.until(lambda: desk.stops(4)[-1:] == [order_code(3, 8)])
    desk.until(lambda: desk.actions.why_not(hand_specs.PASTE.id) == "Cut stops first.")


def test_a_tour_is_turned_round_after_its_price_was_seen(desk: Keys):
    desk.choose(order_code(4, 1))
    before = desk.stops(4)

    desk.do(hand_specs.REVERSE.id)
    desk.until(lambda: "T4" in desk.strip.verdict)
    assert desk.strip.title == "Turn T4 round"
    assert desk.stops(4) == before
    if desk.strip.reason.isVisible():
        QTest.keyClicks(desk.strip.reason, "one-way street")
        QTest.keyClick(desk.strip.reason, _Key.Key_Return)
    else:
        QTest.keyClick(desk.strip, _Key.Key_Return)

    desk.until(lambda: desk.stops(4) == before[::-1])


def test_a_tour_is_split_before_the_stop_in_hand(desk: Keys):
    desk.choose(order_code(4, 5))

    desk.do(hand_specs.SPLIT.id)
    desk.until(lambda: "T9" in desk.strip.verdict)
    QTest.keyClick(desk.strip, _Key.Key_Return)

    desk.until(lambda: len(desk.tours()) == 9)
    assert (len(desk.stops(4)), len(desk.stops(9))) == (4, 4)


def test_two_tours_exchange_their_vehicles(desk: Keys):
    desk.choose(order_code(4, 1), order_code(5, 1))

    desk.do(hand_specs.SWAP.id)
    desk.until(lambda: "T4, T5" in desk.strip.verdict)
    QTest.keyClick(desk.strip, _Key.Key_Return)

    desk.until(lambda: desk.tour(4).vehicle == "V5")
    assert desk.tour(5).vehicle == "V4"


def test_two_tours_are_merged_with_a_reason_where_a_rule_breaks(desk: Keys):
    desk.choose(order_code(4, 1), order_code(5, 1))

    desk.do(hand_specs.MERGE.id)
    desk.until(lambda: "T4" in desk.strip.verdict)
    assert desk.strip.reason.isVisible()
    QTest.keyClicks(desk.strip.reason, "V5 broke down")
    QTest.keyClick(desk.strip.reason, _Key.Key_Return)

    desk.until(lambda: len(desk.tours()) == 7)
    assert desk.tour(4).forced == "V5 broke down"


def test_what_cannot_be_done_says_why(desk: Keys):
    assert desk.actions.why_not(hand_specs.SEND.id) == "Select orders first."
    assert desk.actions.why_not(hand_specs.EARLIER.id) == "Select stops of a tour first."
    assert desk.actions.why_not(hand_specs.SWAP.id) == "Select stops of two tours first."
    set_state(desk.workspace, ON, PlanState.VALIDATED, ("T4",))
    desk.until(lambda: desk.page.shown.plan.tours[3].state is PlanState.VALIDATED)
    desk.choose(order_code(4, 3))
    assert desk.actions.why_not(hand_specs.REVERSE.id) == "T4 is agreed: reopen it first."


def test_every_act_is_in_the_menu_and_has_a_name(desk: Keys):
    for spec in hand_specs.ALL:
        assert desk.actions.action(spec.id).text()
        assert spec.menu is not None
