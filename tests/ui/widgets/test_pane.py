"""Panes: where the focus is, what floats, and what fills the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QToolButton

from app.ui.icons import Icon
from app.ui.widgets.pane import Pane


@pytest.fixture
def window(qtbot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    for name in ("orders", "map"):
        pane = Pane(name, name.title(), Icon.ORDERS, QLineEdit(), made)
        made.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, pane)
    made.resize(600, 400)
    made.show()
    made.activateWindow()
    return made


def pane(window: QMainWindow, name: str) -> Pane:
    found = window.findChild(Pane, name)
    assert found is not None
    return found


def button(pane_: Pane, name: str) -> QToolButton:
    return next(b for b in pane_.findChildren(QToolButton) if b.accessibleName() == name)


def test_the_pane_with_the_focus_shows_it(window, theme):
    pane(window, "orders").content.setFocus()
    assert (pane(window, "orders").focused, pane(window, "map").focused) == (True, False)

    pane(window, "map").content.setFocus()
    assert (pane(window, "orders").focused, pane(window, "map").focused) == (False, True)

    bar = pane(window, "map").titleBarWidget()
    top = bar.grab().toImage().pixelColor(bar.width() // 2, 0)
    assert top.name().upper() == theme.tokens.colours.focus


def test_a_title_bar_is_as_high_as_the_tokens_say(window, theme):
    assert pane(window, "orders").titleBarWidget().height() == theme.tokens.sizes.title_bar


def test_a_pane_floats_and_comes_back(window, qtbot):
    orders = pane(window, "orders")

    qtbot.mouseClick(button(orders, "Float"), Qt.MouseButton.LeftButton)
    assert orders.isFloating()

    qtbot.mouseClick(button(orders, "Dock"), Qt.MouseButton.LeftButton)
    assert not orders.isFloating()


def test_a_pane_asks_for_the_window_and_offers_to_give_it_back(window, qtbot):
    orders = pane(window, "orders")

    with qtbot.waitSignal(orders.maximise_asked):
        qtbot.mouseClick(button(orders, "Maximise"), Qt.MouseButton.LeftButton)
    orders.show_maximised(maximised=True)

    assert button(orders, "Restore").toolTip() == "Restore (F11)"


def test_a_layout_remembers_panes_by_their_names(window):
    state = window.saveState()
    pane(window, "map").hide()

    assert window.restoreState(state)
    assert pane(window, "map").isVisible()
