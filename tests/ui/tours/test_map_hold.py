"""Stops dragged on the map of a real day: the card, the ghost, and letting go."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from app.domain.tours import Tour
from app.ui.actions import Actions
from app.ui.map.page import MapPage
from app.ui.session import Session
from app.ui.tours.hand_desk import hand_desk_of
from app.workspace import Workspace
from db.journal import entries
from db.plans import load_plan
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import STOPS, order_code, set_up_hand_day, shipment

_None, _Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Held:
    """A map page over the day, its page unopened: what the page would tell is told for it."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self._qtbot = qtbot
        self.session = session
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.page = MapPage(session, Actions(self.window))
        self.window.setCentralWidget(self.page)
        self.window.resize(900, 600)
        self.desk = hand_desk_of(session)
        self.ghosts: list[Any] = []
        show = self.page.view.show_ghost

        def kept(ghost: dict[str, Any] | None) -> None:
            self.ghosts.append(json.loads(json.dumps(ghost)))
            show(ghost)

        self.page.view.show_ghost = kept  # type: ignore[method-assign]
        self.refused: list[object] = []
        session.refused.connect(self.refused.append)
        session.start()
        self.until(lambda: bool(session.board.rows))

    def until(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds, timeout=10_000)

    def hold(self, *orders: str, over: int, stop: str = "") -> None:
        view = self.page.view
        view.held.emit(orders)
        self.until(lambda: self.desk.hands is not None)
        view.held_over.emit(f"{ON.isoformat()}-T{over}", stop, QPoint(300, 300))
        self.until(lambda: self.page.hold.seen is not None)

    def tour(self, number: int) -> Tour:
        plan = self.session.workspace.read(load_plan, ON)
        return next(tour for tour in plan.tours if tour.number == number)

    def stops(self, number: int) -> list[str]:
        return [stop.order for stop in self.tour(number).deliveries]


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("map") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_hand_day(workspace)
    return folder


@pytest.fixture
def held(qtbot: QtBot, template: Path, tmp_path: Path, english: None) -> Iterator[Held]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        yield Held(qtbot, session)
        session.close()


def test_over_a_tour_the_best_place_is_priced_and_its_ways_are_drawn(held: Held):
    held.hold(order_code(3, 8), over=4)

    seen, ghost = held.page.hold.seen, held.ghosts[-1]
    assert seen is not None
    assert seen.shipments == (shipment(3, 8),)
    assert held.page.hold.card is not None
    assert held.page.hold.card.words.target == 4
    assert {way["number"] for way in ghost["leaves"]} == {3, 4}
    assert [(stop["number"], stop["sequence"]) for stop in ghost["stops"]] == [
        (4, seen.first[1] + 1 if seen.first else 0)
    ]


def test_over_a_stop_the_place_right_after_it_is_meant(held: Held):
    held.hold(order_code(3, 8), over=4, stop=shipment(4, STOPS))

    held.page.view.let_go.emit(_None, False)

    held.until(lambda: held.stops(4)[-1:] == [order_code(3, 8)])
    assert held.ghosts[-1] is None


def test_what_waits_is_dropped_on_a_tour(held: Held):
    held.hold(order_code(5, 20), over=5)

    held.page.view.let_go.emit(_None, False)

    held.until(lambda: order_code(5, 20) in held.stops(5))


def test_stops_and_what_waits_go_to_a_tour_together_as_one_entry(held: Held):
    before = len(list(held.session.workspace.read(entries)))
    held.hold(order_code(5, 20), order_code(4, 3), order_code(3, 8), over=5)
    seen = held.page.hold.seen
    assert seen is not None
    assert seen.shipments == (shipment(3, 8), shipment(4, 3), shipment(5, 20))

    held.page.view.let_go.emit(_Ctrl, False)
    field = held.page.hold.card.findChild(QLineEdit) if held.page.hold.card else None
    if not seen.free and field is not None:
        field.setText("all at one market")
        field.returnPressed.emit()

    moved = {order_code(5, 20), order_code(4, 3), order_code(3, 8)}
    held.until(lambda: moved <= set(held.stops(5)))
    assert len(list(held.session.workspace.read(entries))) == before + 1
    assert not moved & {*held.stops(3), *held.stops(4)}


def test_a_tour_that_refuses_says_why_and_draws_nothing(held: Held):
    held.hold(order_code(3, 8), over=1)
    assert held.page.hold.card is not None
    told = [line.text for line in held.page.hold.card.words.lines]

    held.page.view.let_go.emit(_Ctrl, False)

    assert told == ["T1 is agreed: reopen it first."]
    held.until(lambda: bool(held.refused))
    assert len(held.stops(1)) == STOPS


def test_ctrl_forces_with_a_reason_on_the_map_too(held: Held):
    held.hold(order_code(7, 8), over=8)
    held.page.view.let_go.emit(_Ctrl, False)
    card = held.page.hold.card
    assert card is not None
    assert card.asks
    field = card.findChild(QLineEdit)
    assert field is not None

    field.setText("D. Marchand offered")
    field.returnPressed.emit()

    held.until(lambda: order_code(7, 8) in held.stops(8))


def test_escape_and_beside_every_tour_nothing_happens(held: Held):
    held.hold(order_code(3, 8), over=4)
    held.page.view.held_over.emit("", "", QPoint(10, 10))
    assert held.page.hold.seen is None
    assert held.ghosts[-1] is None

    held.page.view.held_no_more.emit()

    assert held.page.hold.card is not None
    assert not held.page.hold.card.isVisible()
    assert len(held.stops(4)) == STOPS
