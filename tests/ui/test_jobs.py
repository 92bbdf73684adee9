"""Answers from other threads: they reach what asked for them, or nobody when it is gone."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from time import perf_counter

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.ui.jobs import JobRunner


class Pane(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def show(self, answer: str) -> None:
        self.objectName()  # what a deleted object refuses
        self.shown.append(answer)

    def show_as(self, title: str, answer: str) -> None:
        self.show(f"{title} {answer}")


def by_closure(pane: Pane) -> Callable[[str], None]:
    def show(answer: str) -> None:
        pane.show(answer)

    return show


def nested(pane: Pane) -> Callable[[str], None]:
    inner = by_closure(pane)

    def show(answer: str) -> None:
        inner(answer)

    return show


WAYS = {
    "method": lambda pane: pane.show,
    "partial": lambda pane: partial(pane.show_as, ""),
    "closure": by_closure,
    "closure in a closure": nested,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_answer_reaches_the_pane_that_asked(
    qtbot: QtBot, way: Callable[[Pane], Callable[[str], None]]
):
    runner, pane, future = JobRunner(), Pane(), Future[str]()
    runner.follow(future, way(pane), pytest.fail)

    future.set_result("done")

    qtbot.waitUntil(lambda: [each.strip() for each in pane.shown] == ["done"])


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_answer_for_a_pane_that_is_gone_is_dropped(
    qtbot: QtBot, way: Callable[[Pane], Callable[[str], None]]
):
    runner, pane, future, after = JobRunner(), Pane(), Future[str](), list[str]()
    runner.follow(future, way(pane), pytest.fail)

    future.set_result("done")
    delete(pane)
    runner.bring_home(lambda: after.append("later"))

    qtbot.waitUntil(lambda: after == ["later"])
    assert pane.shown == []


def test_answers_come_in_the_order_in_which_they_were_given(qtbot: QtBot):
    runner, came = JobRunner(), list[int]()

    for number in range(50):
        runner.bring_home(partial(came.append, number))

    qtbot.waitUntil(lambda: len(came) == 50)
    assert came == list(range(50))


def test_long_answers_are_spread_over_turns_of_the_loop(qtbot: QtBot):
    runner, came, turns = JobRunner(), list[int](), list[int]()
    QAbstractEventDispatcher.instance().awake.connect(lambda: turns.append(len(came)))

    for number in range(3):
        runner.bring_home(partial(linger, came, number))

    qtbot.waitUntil(lambda: len(came) == 3)
    assert {1, 2} <= set(turns)  # the loop turned after each of them


def linger(came: list[int], number: int) -> None:
    """Take longer than an answer should."""
    until = perf_counter() + 0.006
    while perf_counter() < until:
        pass
    came.append(number)


def test_answers_go_on_while_one_of_them_has_opened_a_dialog(qtbot: QtBot):
    runner, came, loop = JobRunner(), list[str](), QEventLoop()

    runner.bring_home(loop.exec)
    runner.bring_home(lambda: came.append("behind the dialog"))
    runner.bring_home(loop.quit)

    qtbot.waitUntil(lambda: came == ["behind the dialog"] and not loop.isRunning())


def test_an_answer_that_breaks_does_not_keep_the_next_away(qtbot: QtBot):
    runner, came = JobRunner(), list[str]()

    with qtbot.captureExceptions() as caught:
        runner.bring_home(lambda: 1 / 0)
        runner.bring_home(lambda: came.append("next"))
        qtbot.waitUntil(lambda: came == ["next"])

    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
