"""The palette and the search field: found in a few letters, run with Enter, left with Esc."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from app.ui.widgets.palette import CommandPalette
from app.ui.widgets.palette_rows import PaletteEntry
from app.ui.widgets.search_field import SearchField


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made).addWidget(QLineEdit())
    made.resize(900, 700)
    made.show()
    made.activateWindow()
    made.findChild(QLineEdit).setFocus()
    return made


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def palette(window, ran) -> CommandPalette:
    made = CommandPalette(window)
    made.open(
        [
            PaletteEntry(text="Optimise", run=lambda: ran.append("optimise"), shortcut="F5"),
            PaletteEntry(text="Offer to…", run=lambda: ran.append("offer")),
            PaletteEntry(
                text="Lock",
                run=lambda: ran.append("lock"),
                enabled=False,
                why_disabled="nothing is selected",
            ),
        ]
    )
    return made


def field(palette: CommandPalette) -> QLineEdit:
    return palette.findChild(QLineEdit)


def texts(palette: CommandPalette) -> list[str]:
    return [entry.text for entry in palette.entries]


def test_it_opens_with_everything_and_takes_the_focus(palette):
    assert texts(palette) == ["Optimise", "Offer to…", "Lock"]
    assert field(palette).hasFocus()


def test_letters_narrow_and_enter_runs_the_best(palette, ran, qtbot):
    qtbot.keyClicks(field(palette), "off")
    assert texts(palette) == ["Offer to…"]

    qtbot.keyClick(field(palette), Qt.Key.Key_Return)

    assert ran == ["offer"]
    assert not palette.isVisible()


def test_arrows_choose(palette, ran, qtbot):
    qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)

    assert ran == ["offer"]


def test_what_cannot_be_done_says_why_and_does_not_run(palette, ran, qtbot):
    qtbot.keyClicks(field(palette), "lock")

    said = palette.findChild(QListView).model().index(0, 0).data()
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)

    assert said == "Lock nothing is selected"
    assert ran == []
    assert palette.isVisible()


def test_escape_gives_the_focus_back(palette, window, qtbot):
    qtbot.keyClick(field(palette), Qt.Key.Key_Escape)

    assert not palette.isVisible()
    assert window.layout().itemAt(0).widget().hasFocus()


def test_it_leaves_when_the_focus_goes_elsewhere(palette, window, qtbot):
    window.layout().itemAt(0).widget().setFocus()

    assert not palette.isVisible()


def test_what_a_search_finds_comes_below_the_actions(palette, ran, qtbot):
    with qtbot.waitSignal(palette.searched) as asked:
        qtbot.keyClicks(field(palette), "o")
    assert asked.args == ["o"]

    palette.show_results("o", [PaletteEntry(text="480 213", run=lambda: ran.append("order"))])
    assert texts(palette) == ["Optimise", "Offer to…", "480 213"]

    for _ in range(2):
        qtbot.keyClick(field(palette), Qt.Key.Key_Down)  # passes over the heading
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert ran == ["order"]


def test_an_answer_to_an_older_question_is_ignored(palette, qtbot):
    qtbot.keyClicks(field(palette), "op")

    palette.show_results("o", [PaletteEntry(text="480 213", run=lambda: None)])

    assert texts(palette) == ["Optimise"]


def test_nothing_found_is_said(palette, qtbot):
    qtbot.keyClicks(field(palette), "zzz")

    assert palette.current is None
    said = [w.accessibleName() for w in palette.findChildren(QWidget) if w.isVisible()]
    assert "Nothing found" in said


def test_a_click_runs(palette, ran, qtbot):
    view = palette.findChild(QListView)
    place = view.visualRect(view.model().index(1, 0)).center()

    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert ran == ["offer"]


@pytest.fixture
def search(qtbot) -> SearchField:
    made = SearchField("Search", key="Ctrl+F")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


def test_a_search_is_told_once_typing_pauses(search, qtbot):
    with qtbot.waitSignal(search.searched) as told:
        qtbot.keyClicks(search, "480")

    assert told.args == ["480"]


def test_escape_clears_a_search_at_once(search, qtbot):
    with qtbot.waitSignal(search.searched):
        qtbot.keyClicks(search, "480")

    with qtbot.waitSignal(search.searched) as told:
        qtbot.keyClick(search, Qt.Key.Key_Escape)

    assert told.args == [""]
    assert search.text() == ""


def test_enter_does_not_wait_for_the_pause(search, qtbot):
    qtbot.keyClicks(search, "lille")

    with qtbot.waitSignal(search.searched, timeout=100) as told:
        qtbot.keyClick(search, Qt.Key.Key_Return)

    assert told.args == ["lille"]
