"""Agreed tours in a hand's way: the line at the foot asks, Enter reopens them and does the move."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.tours import PlanState
from app.operations.touring import set_state
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import STOPS, order_code, set_up_hand_day
from tests.ui.tours.test_dragging import Hand

_Key = Qt.Key


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand's day with T4 published for the afternoon; T1 is under way."""
    folder = tmp_path_factory.mktemp("agreed") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_hand_day(workspace)
        for state in (PlanState.VALIDATED, PlanState.PUBLISHED):
            set_state(workspace, ON, state, ("T4",))
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


def drop_on_t4(hand: Hand) -> None:
    hand.hold((3, 8), (4, 8))
    at = hand.on(4, 8) + QPoint(40, 0)
    hand.move(at)
    hand.let_go(at)


def test_a_drop_on_an_agreed_tour_asks_and_shows_the_price(hand: Hand):
    drop_on_t4(hand)

    strip = hand.page.strip
    hand.until(strip.isVisible)
    assert strip.title == "Reopen T4 for it"
    assert "€" in strip.verdict
    assert hand.state(4) is PlanState.PUBLISHED
    QTest.keyClick(strip, _Key.Key_Escape)
    assert hand.state(4) is PlanState.PUBLISHED
    assert len(hand.stops(4)) == STOPS


def test_enter_reopens_it_and_does_the_move(hand: Hand):
    drop_on_t4(hand)
    hand.until(hand.page.strip.isVisible)

    QTest.keyClick(hand.page.strip, _Key.Key_Return)

    hand.until(lambda: order_code(3, 8) in hand.stops(4))
    assert hand.state(4) is PlanState.DRAFT
    assert order_code(3, 8) not in hand.stops(3)
    hand.until(lambda: bool(hand.news))
    assert hand.news[-1].title == "T3, T4 changed by hand"


def test_a_number_typed_and_enter_twice_do_it_too(hand: Hand):
    hand.choose(order_code(3, 8))
    hand.do("tours.send")
    strip = hand.page.strip
    hand.until(strip.isVisible)
    QTest.keyClicks(strip.number, "4")
    hand.until(lambda: strip.verdict == "T4 is agreed: reopen it first.")

    QTest.keyClick(strip.number, _Key.Key_Return)
    hand.until(lambda: strip.title == "Reopen T4 for it")
    assert hand.state(4) is PlanState.PUBLISHED
    QTest.keyClick(strip, _Key.Key_Return)

    hand.until(lambda: order_code(3, 8) in hand.stops(4))


def test_what_is_under_way_is_refused_as_ever(hand: Hand):
    hand.hold((7, 7), (1, 3))

    hand.let_go(hand.on(1, 3))

    hand.until(lambda: bool(hand.refused))
    assert not hand.page.strip.isVisible()
    assert hand.state(1) is PlanState.PUBLISHED


def test_a_key_that_moves_a_stop_of_an_agreed_tour_asks_too(hand: Hand):
    hand.choose(order_code(4, 3))

    hand.do("tours.later")

    hand.until(hand.page.strip.isVisible)
    QTest.keyClick(hand.page.strip, _Key.Key_Return)
    hand.until(lambda: hand.state(4) is PlanState.DRAFT)
    hand.until(lambda: hand.stops(4)[3] == order_code(4, 3))
