"""The window of orders that share too few pieces: listed, told, chosen on the desk."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.ui.shortages.window import ShortagesWindow
from app.workspace import Workspace
from tests.builders import a_cell
from tests.sourcing.three_lamps import fill
from tests.ui.sessions import a_session


@pytest.fixture
def shown(qtbot: QtBot, workspace: Workspace, english: None) -> Iterator[ShortagesWindow]:
    fill(workspace, a_cell("LIL", "LAMP-12", 3, safety_stock=2))
    session = a_session(workspace)
    desk = QWidget()
    qtbot.addWidget(desk)
    made = ShortagesWindow(session, desk)
    made.show()
    made.look()
    qtbot.waitUntil(lambda: bool(made.rows), timeout=8_000)
    yield made
    made.close()
    session.close()


def test_each_line_says_how_many_share_how_few(shown: ShortagesWindow):
    model = shown.table.model()
    told = [str(model.index(0, column).data()) for column in range(model.columnCount())]

    assert told[:5] == ["LAMP-12", "3", "3", "1", "2"]
    assert "kept back" in told[5]


def test_what_would_help_is_told_below(shown: ShortagesWindow):
    assert "3 orders share 1 pieces" in shown.told.text()
    assert "LIL keeps 2 back" in shown.told.text()


def test_the_orders_of_the_line_are_chosen_on_the_desk(shown: ShortagesWindow):
    assert set(shown._session.selection.selected.codes) == {"480001", "480002", "480003"}


def test_stock_that_comes_ends_the_conflict(
    shown: ShortagesWindow, qtbot: QtBot, workspace: Workspace
):
    workspace.submit(ImportRows("stock", "s.csv", (a_cell("LIL", "LAMP-12", 3),)))

    qtbot.waitUntil(lambda: not shown.rows, timeout=8_000)
    assert not shown.told.isVisible()
