"""The orders pane on a real workspace, in a window of its own."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import Actions
from app.ui.orders.page import OrdersPage
from app.ui.session import Session
from app.workspace import Workspace
from tests.ui.own_desk import own_settings, session

__all__ = ["NO_KEY", "Desk", "desk", "own_settings", "session"]

NO_KEY = Qt.KeyboardModifier.NoModifier


@dataclass(slots=True)
class Desk:
    """The pane with its session, and what hands do with it."""

    workspace: Workspace
    session: Session
    actions: Actions
    page: OrdersPage
    qtbot: QtBot

    @property
    def table(self):
        return self.page.listing.table

    @property
    def codes(self) -> list[str]:
        return [row.code for row in self.page.listing.model.rows()]

    @property
    def selected(self) -> tuple[str, ...]:
        return self.session.selection.selected.codes

    def until(self, done: Callable[[], bool]) -> None:
        """Wait for it, and until what is greyed is as it should be."""
        self.qtbot.waitUntil(lambda: done() and self.actions.settled, timeout=5_000)

    def click(self, code: str, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        place = self.page.listing.model.place_of(code)
        point = QPoint(150, self.table.rowViewportPosition(place) + 8)
        left = Qt.MouseButton.LeftButton
        self.qtbot.mouseClick(self.table.viewport(), left, modifier, point)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY, on=None) -> None:
        self.qtbot.keyClick(on or self.table, key, modifier)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.page.window().focusWidget(), text)

    def trigger(self, identifier: str) -> None:
        assert self.actions.why_not(identifier) == ""
        self.actions.action(identifier).trigger()

    def cell(self, code: str, column: str) -> str:
        model = self.page.listing.model
        named = next(each for each in model.columns if each.name == column)
        return named.text(model.row_at(model.place_of(code)))


@pytest.fixture
def desk(workspace: Workspace, session: Session, qtbot: QtBot) -> Callable[..., Desk]:
    """Opens the pane once the workspace holds its day."""

    def open_it(width: int = 936, height: int = 560) -> Desk:
        window = QWidget()
        actions = Actions(window)
        page = OrdersPage(session, actions, window)
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        qtbot.addWidget(window)
        session.selection.listen(actions.refresh)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        session.start()
        made = Desk(workspace, session, actions, page, qtbot)
        made.until(lambda: session.settled and page.settled)
        page.setFocus()
        return made

    return open_it
