"""The window of agreed orders that make room: looked for, ticked, done, looked for anew."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.operations.sourcing import source
from app.ui.making_room.window import RoomWindow
from app.ui.widgets.toast import News
from app.workspace import Workspace
from db.journal import entries
from tests.sourcing.two_lamps import fill, nodes_of
from tests.ui.sessions import a_session


@pytest.fixture
def room(qtbot: QtBot, workspace: Workspace, english: None) -> Iterator[RoomWindow]:
    fill(workspace)
    session = a_session(workspace)
    desk = QWidget()
    qtbot.addWidget(desk)
    made = RoomWindow(session, desk)
    made.least.setValue(0.5)
    made.show()
    made.look()
    qtbot.waitUntil(lambda: made.view.suggestion is not None, timeout=8_000)
    yield made
    made.close()
    session.close()


def texts(room: RoomWindow) -> list[str]:
    model = room.view.table.model()
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def test_it_says_which_agreed_order_moves_for_whom_and_what_that_saves(room: RoomWindow):
    told = " ".join(texts(room)).replace("\xa0", " ").replace("\u202f", " ")

    assert "LIL → RBX" in told
    assert "480 002" in told or "480002" in told
    assert room.view.ticked == {0}
    assert room.do.isEnabled()


def test_do_is_one_entry_for_what_is_ticked(room: RoomWindow, qtbot: QtBot, workspace: Workspace):
    written, heard = len(workspace.read(entries)), list[News]()
    room._session.news.connect(heard.append)

    room.do.click()
    qtbot.waitUntil(lambda: not room.isVisible(), timeout=8_000)

    assert nodes_of(workspace) == {"480001": "RBX", "480002": "LIL"}
    assert len(workspace.read(entries)) == written + 1
    assert heard[-1].title == "1 agreed order moved"


def test_a_higher_threshold_looks_anew_and_finds_none(room: RoomWindow, qtbot: QtBot):
    room.least.setValue(9_000)

    qtbot.waitUntil(lambda: room.view.suggestion is not None and not room.view.suggestion.moves)
    assert not room.do.isEnabled()


def test_without_a_tick_there_is_nothing_to_do(room: RoomWindow):
    room.view.table.setCurrentIndex(room.view.table.model().index(0, 1))

    QTest.keyClick(room.view.table, Qt.Key.Key_Space)

    assert not room.do.isEnabled()


def test_a_change_of_stock_looks_anew(room: RoomWindow, qtbot: QtBot, workspace: Workspace):
    source(workspace, apply=True)

    qtbot.waitUntil(lambda: room.view.suggestion is not None and not room.view.suggestion.moves)
