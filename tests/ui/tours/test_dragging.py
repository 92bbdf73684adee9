"""Stops in the hand on the timeline: priced before they drop, refused with a reason, forced."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.domain.tours import Tour
from app.ui.tours.drop_card import DropCard
from app.ui.tours.stop_drag import StopDrag
from app.workspace import Workspace
from db.journal import entries
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.hand_day import order_code, set_up_hand_day
from tests.ui.tours.test_page import Desk

_Left, _Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_None, _Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Hand(Desk):
    """A desk whose tours can be driven, and a mouse over its timeline."""

    @property
    def drag(self) -> StopDrag:
        assert self.timeline.hand is not None
        return self.timeline.hand

    @property
    def card(self) -> DropCard:
        assert self.drag.card is not None
        return self.drag.card

    def on(self, tour: int, stop: int) -> QPoint:
        place = self.numbers.index(tour)
        bar = self.timeline.picker.lanes[place].stops[stop - 1]
        return self.timeline.bar_box(place, bar).center()

    def hold(self, frm: tuple[int, int], to: tuple[int, int], button: Qt.MouseButton = _Left):
        """Press on a stop and move over another one; the price stands there then."""
        view, start, end = self.timeline.viewport(), self.on(*frm), self.on(*to)
        QTest.mousePress(view, button, _None, start)
        self.move(start + QPoint(6, 0), button)
        self.until(lambda: self.page.desk.hands is not None)
        self.move(end, button)
        self.until(lambda: self.drag.seen is not None)
        return end

    def move(self, to: QPoint, button: Qt.MouseButton = _Left) -> None:
        QTest.mouseMove(self.timeline.viewport(), to)

    def let_go(self, at: QPoint, held: Qt.KeyboardModifier = _None, button=_Left) -> None:
        QTest.mouseRelease(self.timeline.viewport(), button, held, at)

    def stops(self, number: int) -> list[str]:
        return [stop.order for stop in self.tour(number).deliveries]

    def tour(self, number: int) -> Tour:
        return next(tour for tour in self.tours() if tour.number == number)


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hand") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_hand_day(workspace)
    return folder


@pytest.fixture
def hand(qtbot: QtBot, template: Path, tmp_path: Path, english: None) -> Iterator[Hand]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        desk = Hand(qtbot, session)
        desk.window.resize(1272, 420)
        yield desk.open()  # type: ignore[misc]
        session.close()


def test_the_price_of_a_drop_stands_there_before_it_is_dropped(hand: Hand):
    before = hand.tours()

    hand.hold((7, 7), (5, 8))

    words = hand.card.words
    assert hand.card.isVisible()
    assert (words.origin, words.origin_text, words.target) == (7, "stop 7", 5)
    assert words.target_text == "place 8, after 7"
    assert [row.name for row in words.rows][:4] == ["Distance", "Duration", "Cost", "CO₂e"]
    assert hand.tours() == before


def test_letting_go_does_what_the_card_said(hand: Hand):
    hand.hold((3, 8), (4, 8))
    at = hand.on(4, 8) + QPoint(40, 0)
    hand.move(at)
    seen = hand.drag.seen
    assert seen is not None
    assert seen.free

    hand.let_go(at)

    hand.until(lambda: len(hand.stops(4)) == 9)
    for announced in seen.tours:
        assert hand.tour(announced.number).cost_cents == announced.cost_cents
    hand.until(lambda: bool(hand.news))
    assert not hand.card.isVisible()
    assert hand.news[-1].title == "T3, T4 changed by hand"


def test_every_tour_tells_its_price_and_those_that_refuse_are_dimmed(hand: Hand):
    hand.hold((7, 7), (5, 7))
    hand.until(lambda: len(hand.page.desk.prices) == 8)

    trial = hand.timeline._trial
    assert trial is not None
    by_number = {lane.number: trial.prices.get(lane.key) for lane in hand.timeline.shown_lanes()}
    assert (by_number[1].text, by_number[1].refused) == ("agreed", True)
    assert (by_number[8].text, by_number[8].refused) == ("locked", True)
    assert by_number[4].text.endswith("km")


def test_other_stops_stand_at_their_new_times_while_it_is_held(hand: Hand):
    before = {lane.number: lane for lane in hand.timeline.shown_lanes()}

    hand.hold((7, 7), (5, 4))

    trial = hand.timeline._trial
    assert trial is not None
    shown = trial.lane(before[5])
    assert [bar.order for bar in shown.stops].index(order_code(7, 7)) == 3
    assert shown.stops[-1].from_s > before[5].stops[-1].from_s
    assert [bar.order for bar in trial.left[before[7].key]] == [order_code(7, 7)]


def test_escape_puts_everything_back(hand: Hand):
    before = hand.tours()
    at = hand.hold((7, 7), (5, 7))

    QTest.keyClick(hand.timeline, Qt.Key.Key_Escape)
    hand.let_go(at)

    assert hand.timeline._trial is None
    assert not hand.card.isVisible()
    assert hand.tours() == before


def test_a_drop_that_breaks_a_rule_is_refused_and_says_why(hand: Hand):
    before = hand.tours()
    at = hand.hold((2, 1), (4, 8))
    lines = [line.text for line in hand.card.words.lines if line.tone == "danger"]
    assert any("late" in line for line in lines)
    assert ("Ctrl", "force") in hand.card.words.gestures

    hand.let_go(at)

    hand.until(lambda: bool(hand.refused))
    assert hand.tours() == before


def test_ctrl_forces_with_a_reason_and_the_tour_locks_itself(hand: Hand):
    at = hand.hold((2, 1), (4, 8))
    hand.let_go(at, _Ctrl)
    assert hand.card.asks
    field = hand.card.findChild(QLineEdit)
    assert field is not None

    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hand.card.asks  # not without a reason
    QTest.keyClicks(field, "the customer agreed")
    QTest.keyClick(field, Qt.Key.Key_Return)

    hand.until(lambda: order_code(2, 1) in hand.stops(4))
    assert (hand.tour(4).locked, hand.tour(4).forced) == (True, "the customer agreed")
    summary = hand.workspace.read(entries, None, 1)[0].summary
    assert summary["said"] == "the customer agreed"


def test_escape_instead_of_a_reason_leaves_all_as_it_was(hand: Hand):
    before = hand.tours()
    hand.let_go(hand.hold((2, 1), (4, 8)), _Ctrl)
    field = hand.card.findChild(QLineEdit)
    assert field is not None

    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert not hand.card.isVisible()
    assert hand.timeline._trial is None
    assert hand.tours() == before


def test_what_cannot_be_is_said_at_the_pointer_and_no_key_forces_it(hand: Hand):
    before = hand.tours()
    at = hand.hold((7, 7), (1, 3))
    assert [line.text for line in hand.card.words.lines] == ["T1 is agreed: reopen it first."]

    hand.let_go(at, _Ctrl)

    hand.until(lambda: bool(hand.refused))
    assert hand.tours() == before


def test_all_that_is_selected_goes_along_in_the_order_it_is_driven(hand: Hand):
    hand.choose(order_code(3, 8), order_code(3, 7))
    hand.hold((3, 8), (4, 8))
    at = hand.on(4, 8) + QPoint(40, 0)
    hand.move(at)

    hand.let_go(at)

    hand.until(lambda: len(hand.stops(4)) == 10)
    assert hand.stops(4)[-2:] == [order_code(3, 7), order_code(3, 8)]


def test_within_its_tour_a_stop_only_changes_its_place(hand: Hand):
    at = hand.hold((4, 8), (4, 1))
    at -= QPoint(12, 0)
    hand.move(at)
    assert hand.drag.seen is not None
    first = hand.drag.seen.first

    hand.let_go(at)

    assert first == (hand.tour(4).code, 0)


def test_the_right_button_lets_choose_the_place(hand: Hand):
    at = hand.hold((3, 8), (4, 2), _Right)

    hand.let_go(at, button=_Right)
    menus = [menu for menu in hand.window.findChildren(QMenu) if menu.isVisible()]
    texts = [action.text() for action in menus[0].actions() if action.text()]
    menus[0].actions()[3].trigger()
    menus[0].close()

    assert texts == ["Here", "At the best place", "As the first stop", "As the last stop", "Cancel"]
    hand.until(lambda: hand.stops(4)[-1:] == [order_code(3, 8)])


def test_a_right_click_without_a_drag_still_opens_the_menu(qtbot: QtBot, hand: Hand):
    view, at = hand.timeline.viewport(), hand.on(4, 2)
    with qtbot.waitSignal(hand.timeline.menu_asked):
        QTest.mouseClick(view, _Right, _None, at)
        if not hand.session.selection.selected:  # this system asks by itself
            hand.timeline._ask_menu(at)
    for menu in hand.page.findChildren(QMenu):
        menu.close()


def test_undo_takes_a_drop_back(hand: Hand):
    before = hand.stops(4)
    hand.hold((3, 8), (4, 8))
    at = hand.on(4, 8) + QPoint(40, 0)
    hand.move(at)
    hand.let_go(at)
    hand.until(lambda: len(hand.stops(4)) == 9)

    hand.workspace.undo()

    assert hand.stops(4) == before


def test_while_tours_are_planned_no_hand_takes_their_stops(hand: Hand):
    hand.page.planner._on = hand.session.day
    start = hand.on(4, 2)

    QTest.mousePress(hand.timeline.viewport(), _Left, _None, start)
    hand.move(start + QPoint(30, 0))
    hand.let_go(start + QPoint(30, 0))

    assert not hand.drag.active
    hand.page.planner._on = None


def test_a_tour_that_was_forced_wears_a_badge_and_tells_the_reason(hand: Hand):
    before = hand.timeline.grab().toImage()
    hand.let_go(hand.hold((2, 1), (4, 8)), _Ctrl)
    field = hand.card.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "the customer agreed")
    QTest.keyClick(field, Qt.Key.Key_Return)
    hand.until(lambda: any(lane.tour and lane.tour.forced for lane in hand.timeline.picker.lanes))

    place = hand.numbers.index(4)
    tip = hand.timeline.tip_at(QPoint(60, hand.timeline.lane_box(place).center().y()))

    assert "A rule was broken by hand: the customer agreed" in tip
    assert hand.timeline.grab().toImage() != before


def test_a_day_that_cannot_be_read_leaves_the_hand_free_for_the_next_try(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_args: object) -> None:
        raise RuntimeError("no such day")

    monkeypatch.setattr("app.ui.tours.hand_desk.hands_of", broken)
    start = hand.on(4, 2)
    QTest.mousePress(hand.timeline.viewport(), _Left, _None, start)
    hand.move(start + QPoint(30, 0))
    hand.until(lambda: bool(hand.refused))
    hand.let_go(start + QPoint(30, 0))
    monkeypatch.undo()

    hand.hold((3, 8), (4, 8))

    assert hand.drag.seen is not None
