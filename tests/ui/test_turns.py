"""Work that waits for a turn of the loop with room: not for ever, and once however often asked."""

from time import perf_counter

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.ui.turns import PatientTimer


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


class FullTurns:
    """Makes as many turns of the loop full as are asked for."""

    def __init__(self, parent: QObject, left: int) -> None:
        self.left = left
        self._work = QTimer(parent)
        self._work.timeout.connect(self._linger)
        self._work.start()

    def _linger(self) -> None:
        if not self.left:
            self._work.stop()
            return
        self.left -= 1
        until = perf_counter() + 0.006
        while perf_counter() < until:
            pass


def test_full_turns_are_left_to_what_fills_them(parent: QObject, qtbot: QtBot):
    called = []
    turns = FullTurns(parent, left=2)
    timer = PatientTimer(lambda: called.append(turns.left), parent)

    timer.start()

    qtbot.waitUntil(lambda: bool(called))
    assert called == [0]


def test_turns_that_are_all_full_do_not_keep_work_away_for_ever(parent: QObject, qtbot: QtBot):
    called = []
    turns = FullTurns(parent, left=1_000)
    timer = PatientTimer(lambda: called.append(1), parent)

    timer.start()

    qtbot.waitUntil(lambda: bool(called))
    assert turns.left


def test_what_is_started_often_is_called_once(parent: QObject, qtbot: QtBot):
    called = []
    timer = PatientTimer(lambda: called.append(1), parent, delay_ms=5)

    for _again in range(3):
        timer.start()
    assert timer.is_active

    qtbot.waitUntil(lambda: not timer.is_active)
    assert called == [1]


def test_what_is_stopped_is_not_called(parent: QObject, qtbot: QtBot):
    called = []
    stopped = PatientTimer(lambda: called.append("stopped"), parent)
    other = PatientTimer(lambda: called.append("other"), parent, delay_ms=10)

    stopped.start()
    other.start()
    stopped.stop()

    qtbot.waitUntil(lambda: bool(called))
    assert called == ["other"]
