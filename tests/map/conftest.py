"""What tests of the map share: a view of the day round Lille, watched for errors of its scripts."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.maps.layers import MapLayers
from app.tokens import tokens
from app.ui.map.view import MapView
from tests.map.lille import lille

PATIENCE_MS = 15_000
_NO_KEY = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton
_WATCH_THE_MOUSE = """
document.addEventListener("mousemove", (event) => {
  window.mouseAt = [event.clientX, event.clientY];
}, true) || true
"""


class Glass:
    """Looks through a map's glass: what stands where, and a hand to press on it."""

    def __init__(self, qtbot: QtBot, view: MapView) -> None:
        self._qtbot = qtbot
        self.view = view
        self.errors: list[str] = []
        view.failed.connect(self.errors.append)

    def ask(self, script: str) -> Any:
        """The value of an expression in the page."""
        answers: list[Any] = []
        self.view._web.page().runJavaScript(f"JSON.stringify({script})", 0, answers.append)
        self.wait(lambda: bool(answers))
        return json.loads(answers[0]) if answers[0] else None

    def wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def wait_for(self, expression: str) -> None:
        """Wait until an expression in the page is true."""
        self.wait(lambda: bool(self.ask(expression)))

    def show(self, layers: MapLayers) -> None:
        """Give the view its layers and wait until they are painted."""
        with self._qtbot.waitSignal(self.view.drawn, timeout=PATIENCE_MS):
            self.view.show_layers(layers.orders, layers.nodes, layers.tours)

    def place_of(self, order: str) -> QPoint:
        """Where an order's pin stands in the pane."""
        [[x, y]] = self.ask(f"regie.desk.scene.placesOf({json.dumps(order)})")
        return QPoint(round(x), round(y))

    def picture(self) -> QImage:
        """The view once three pictures in a row are the same."""
        seen: list[QImage] = []

        def at_rest() -> bool:
            seen.append(self.view.grab().toImage())
            return len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]

        self.wait(at_rest)
        return seen[-1]

    def click(self, place: QPoint, keys: Qt.KeyboardModifier = _NO_KEY) -> None:
        self.hover(place)
        self._mouse(QEvent.Type.MouseButtonPress, place, keys)
        self._mouse(QEvent.Type.MouseButtonRelease, place, keys)

    def hover(self, place: QPoint) -> None:
        self._mouse(QEvent.Type.MouseMove, place, _NO_KEY)

    def drag(self, *places: QPoint, keys: Qt.KeyboardModifier = _NO_KEY) -> None:
        """Press at the first place, pass by the others, release at the last."""
        self.ask(f"({_WATCH_THE_MOUSE}) && 1")
        self.hover(places[0])
        self._mouse(QEvent.Type.MouseButtonPress, places[0], keys)
        for start, end in pairwise(places):
            for step in range(1, 4):
                place = start + (end - start) * step / 3
                self._mouse(QEvent.Type.MouseMove, place, keys, held=_LEFT)
                # else the browser joins several moves into one
                self.wait_for(f"String(window.mouseAt) === '{place.x()},{place.y()}'")
        self._mouse(QEvent.Type.MouseButtonRelease, places[-1], keys)

    def _mouse(
        self,
        kind: QEvent.Type,
        place: QPoint,
        keys: Qt.KeyboardModifier,
        held: Qt.MouseButton = Qt.MouseButton.NoButton,
    ) -> None:
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
        down = _LEFT if kind == QEvent.Type.MouseButtonPress else held
        at = QPointF(place)
        QApplication.sendEvent(
            self.view._web.focusProxy(), QMouseEvent(kind, at, at, button, down, keys)
        )


@pytest.fixture
def glass(qtbot: QtBot) -> Iterator[Glass]:
    """An open map without layers; whatever its scripts complain of fails the test."""
    view = MapView()
    found = Glass(qtbot, view)
    view.resize(980, 640)
    view.set_theme(tokens("light"), still=True)
    with qtbot.waitSignal(view.drawn, timeout=PATIENCE_MS):
        view.show()
    yield found
    shiboken6.delete(view)
    assert found.errors == []


@pytest.fixture
def day() -> MapLayers:
    return lille()


@pytest.fixture
def opened(glass: Glass, day: MapLayers) -> Glass:
    """The day round Lille, painted."""
    glass.show(day)
    return glass
