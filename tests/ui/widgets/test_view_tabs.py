"""Saved views: one is always chosen, and none is out of reach."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QToolButton

from app.ui.widgets.view_tabs import SavedView, ViewTabs

VIEWS = [
    SavedView("to_source", "To source", 23),
    SavedView("offered", "Offered", 6),
    SavedView("all", "All", 1_820),
]


@pytest.fixture
def tabs(qtbot) -> ViewTabs:
    made = ViewTabs()
    qtbot.addWidget(made)
    made.resize(600, 28)
    made.show_views(VIEWS)
    made.show()
    made.activateWindow()
    return made


def visible(tabs: ViewTabs) -> list[QAbstractButton]:
    found = tabs.findChildren(QAbstractButton)
    return [tab for tab in found if tab.isVisible() and not isinstance(tab, QToolButton)]


def test_the_first_view_is_chosen_from_the_start(tabs):
    assert tabs.current == "to_source"
    assert [tab.isChecked() for tab in visible(tabs)] == [True, False, False]


def test_a_click_chooses_and_a_second_changes_nothing(tabs, qtbot):
    offered = visible(tabs)[1]

    with qtbot.waitSignal(tabs.chosen) as told:
        qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert told.args == ["offered"]

    with qtbot.assertNotEmitted(tabs.chosen, wait=20):
        qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert offered.isChecked()


def test_arrows_go_round(tabs, qtbot):
    visible(tabs)[0].setFocus()

    qtbot.keyClick(visible(tabs)[0], Qt.Key.Key_Left)

    assert tabs.current == "all"
    assert visible(tabs)[2].hasFocus()


def test_counts_are_read_with_their_title(tabs):
    assert visible(tabs)[2].accessibleName() == "All 1,820"


def test_new_counts_keep_the_view_chosen(tabs, qtbot):
    tabs.choose("offered")

    with qtbot.assertNotEmitted(tabs.chosen, wait=20):
        tabs.show_views([SavedView(view.name, view.title, 1) for view in VIEWS])

    assert tabs.current == "offered"


def test_a_view_that_is_gone_gives_way_to_the_first(tabs, qtbot):
    tabs.choose("offered")

    with qtbot.waitSignal(tabs.chosen) as told:
        tabs.show_views([VIEWS[0], VIEWS[2]])

    assert told.args == ["to_source"]


def test_views_without_room_are_in_a_menu(tabs, qtbot):
    tabs.resize(180, 28)
    more = tabs.findChild(QToolButton)
    assert more.isVisible()
    assert len(visible(tabs)) < 3

    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    menu = tabs.findChild(QMenu)
    last = menu.actions()[-1]
    assert last.text().startswith("All")
    last.trigger()
    menu.close()

    assert tabs.current == "all"
    assert any(tab.isChecked() for tab in visible(tabs))


def test_choosing_moves_no_neighbour(tabs, qtbot):
    before = [tab.geometry() for tab in visible(tabs)]

    tabs.choose("offered")
    tabs.layout().activate()

    assert [tab.geometry() for tab in visible(tabs)] == before
