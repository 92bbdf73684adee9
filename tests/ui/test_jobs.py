"""Answers from other threads: they reach what asked for them, or nobody when it is gone."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

import pytest
from PySide6.QtCore import QObject
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
