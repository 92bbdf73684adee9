"""The theme: tokens reach palette, style sheet and fonts, and switch together."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from app.tokens import tokens
from app.ui.theme import Theme, current_theme, style_sheet
from resources import resource


def test_the_palette_is_that_of_the_tokens(theme: Theme, qapp: QApplication):
    colours = theme.tokens.colours
    palette = qapp.palette()

    assert palette.color(QPalette.ColorRole.Window).name().upper() == colours.canvas
    assert palette.color(QPalette.ColorRole.Base).name().upper() == colours.surface0
    assert palette.color(QPalette.ColorRole.Highlight).name().upper() == colours.accent
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled.name().upper() == colours.disabled


@pytest.mark.parametrize("view", [QTableView, QListView])
def test_rows_are_chosen_in_a_tint_not_in_the_accent(theme: Theme, qtbot, view):
    widget = view()
    qtbot.addWidget(widget)
    widget.ensurePolished()

    for choice in ("light", "dark"):
        theme.choose(choice)
        chosen = widget.palette().color(QPalette.ColorRole.Highlight).name().upper()
        assert chosen == tokens(choice).colours.selection


def test_choosing_dark_switches_everything_and_says_so_once(theme: Theme, qapp, qtbot):
    button, hidden = QPushButton(), QPushButton()
    for each in (button, hidden):
        qtbot.addWidget(each)
    button.show()
    told = []
    theme.changed.connect(lambda: told.append(theme.tokens.theme))

    theme.choose("dark")

    dark = tokens("dark").colours
    assert told == ["dark"]
    assert text_of(button) == dark.text1
    assert dark.canvas in qapp.styleSheet()
    assert theme.colour("accent").name().upper() == dark.accent
    hidden.show()
    assert text_of(hidden) == dark.text1


def text_of(button: QPushButton) -> str:
    return button.palette().color(QPalette.ColorRole.ButtonText).name().upper()


def test_the_system_choice_follows_the_desktop(theme: Theme, qapp: QApplication):
    theme.choose("system")

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens.theme == "dark"
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens.theme == "light"


def test_a_choice_of_light_holds_when_the_desktop_turns_dark(theme: Theme, qapp: QApplication):
    theme.choose("light")

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert theme.tokens.theme == "light"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_sheet_is_filled_to_the_last_value(name):
    sheet = style_sheet(tokens(name))

    assert "$" not in sheet
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(path).is_file()


def test_the_sheet_template_has_no_colour_of_its_own():
    template = resource("styles", "app.qss").read_text(encoding="utf-8")

    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", template)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_signs_of_controls_have_the_colours_of_their_theme(name):
    colours = tokens(name).colours
    allowed = {colours.text2, colours.on_accent}

    folder = Path(str(resource("icons")))
    signs = sorted(folder.glob(f"*-{name}.svg"))

    assert signs
    for sign in signs:
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", sign.read_text(encoding="utf-8"))) <= allowed


def test_figures_stand_under_each_other(theme: Theme, qapp: QApplication):
    assert qapp.font().isFeatureSet(QFont.Tag("tnum"))
    assert theme.font(11, strong=True).isFeatureSet(QFont.Tag("tnum"))
    metrics = theme.metrics()
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_type_comes_in_pixels_and_two_weights(theme: Theme):
    assert theme.font(16, strong=True).pixelSize() == 16
    assert theme.font(16, strong=True).weight() == QFont.Weight.DemiBold
    assert theme.font().pixelSize() == theme.tokens.type.body


def test_every_widget_finds_the_theme(theme: Theme):
    assert current_theme() is theme


def test_void_calls_keep_their_references(qapp: QApplication):
    """A binding that drops one reference to None a call ends in a crash after thousands."""
    before = sys.getrefcount(None)

    for _ in range(200):
        qapp.processEvents()

    assert sys.getrefcount(None) > before - 100


def test_a_turn_to_dark_is_shown_in_one_go_when_all_is_dressed(theme: Theme, qapp, qtbot):
    window, button = QWidget(), QPushButton("Accept")
    QVBoxLayout(window).addWidget(button)
    qtbot.addWidget(window)
    window.show()
    button.setFocus()
    size = button.size()

    theme.turn_to("dark")
    assert theme.tokens.theme == "dark"
    assert not window.updatesEnabled()

    with qtbot.waitSignal(theme.changed):
        pass
    assert window.updatesEnabled()
    assert tokens("dark").colours.canvas in qapp.styleSheet()
    assert button.size() == size
    assert button.hasFocus()
    ground = button.grab().toImage().pixelColor(button.rect().center() - QPoint(0, 8))
    assert ground.name().upper() == tokens("dark").colours.surface0


def test_the_last_theme_asked_for_is_the_one_that_comes(theme: Theme, qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    told = []
    theme.changed.connect(lambda: told.append(theme.tokens.theme))

    theme.turn_to("dark")
    theme.turn_to("light")

    qtbot.waitUntil(lambda: told == ["light"])
    assert window.updatesEnabled()
    assert tokens("light").colours.canvas in qapp.styleSheet()


def test_a_window_closed_while_the_theme_turns_is_left_alone(theme: Theme, qtbot):
    window = QWidget()
    window.show()

    theme.turn_to("dark")
    delete(window)

    with qtbot.waitSignal(theme.changed):
        pass
