"""Buttons with their key: they say and do what their action does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from app.ui.icons import Icon
from app.ui.theme import Theme
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton, KeyCap, key_text


@pytest.fixture
def french_keys(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert translator.load("qtbase_fr", folder)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def action(qapp: QApplication) -> QAction:
    made = QAction("Offer to…", qapp)
    made.setShortcut("Ctrl+Shift+O")
    made.setProperty(ICON_PROPERTY, Icon.OFFERS.value)
    return made


@pytest.mark.usefixtures("french_keys")
def test_keys_are_named_as_a_french_keyboard_has_them():
    assert key_text("Ctrl+Shift+O") == "Ctrl+Maj+O"
    assert key_text("Return") == "Entrée"
    assert key_text("Esc") == "Échap"


def test_a_button_triggers_its_action(action, qtbot):
    button = KeyButton(action)
    qtbot.addWidget(button)

    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_button_follows_its_action(action, qtbot):
    button = KeyButton(action)
    qtbot.addWidget(button)
    wide = button.sizeHint().width()

    action.setText("Offer")
    action.setEnabled(False)
    action.setToolTip("nothing is selected")

    assert button.text() == "Offer"
    assert not button.isEnabled()
    assert button.toolTip() == "nothing is selected"
    assert button.sizeHint().width() < wide


def test_a_key_takes_room_on_the_button(action, qtbot):
    button = KeyButton(action)
    qtbot.addWidget(button)
    with_key = button.sizeHint().width()

    action.setShortcut("")

    assert button.sizeHint().width() < with_key


@pytest.mark.parametrize(("primary", "tone"), [(True, "accent"), (False, "surface0")])
def test_one_button_is_blue(action, qtbot, theme: Theme, primary, tone):
    button = KeyButton(action, primary=primary)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())

    ground = button.grab().toImage().pixelColor(4, button.height() // 2)

    assert ground.name() == theme.colour(tone).name()
    assert button.height() == theme.tokens.sizes.button


def test_a_key_cap_is_read_aloud(qtbot):
    cap = KeyCap("Ctrl+K")
    qtbot.addWidget(cap)

    assert cap.accessibleName() == "Ctrl+K"
    assert cap.sizeHint().height() == 14
