"""The registry of actions: each once, with its key, its place, and why it is greyed."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QMainWindow, QWidget

from app.ui.actions import Actions, ActionSpec, Menu, Scope
from app.ui.icons import Icon
from app.ui.widgets.key_cap import ICON_PROPERTY


@pytest.fixture
def window(qtbot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(QLineEdit())
    made.show()
    made.activateWindow()
    made.centralWidget().setFocus()
    return made


@pytest.fixture
def actions(window) -> Actions:
    return Actions(window)


def optimise(**but: object) -> ActionSpec:
    kept = {"id": "tours.optimise", "text": "Optimise", "shortcut": "F5", "menu": Menu.TOURS}
    return ActionSpec(**(kept | but))  # type: ignore[arg-type]


def lock(**but: object) -> ActionSpec:
    kept = {"id": "tours.lock", "text": "Lock", "shortcut": "V", "scope": Scope.PANE}
    return ActionSpec(**(kept | {"menu": Menu.TOURS, "group": 1} | but))  # type: ignore[arg-type]


def test_a_key_runs_its_action_wherever_the_focus_is(actions, window, qtbot):
    ran = []
    actions.register(optimise(), lambda: ran.append(1))

    qtbot.keyClick(window.centralWidget(), Qt.Key.Key_F5)

    assert ran == [1]


def test_a_single_letter_acts_only_in_its_pane(actions, window, qtbot):
    ran = []
    actions.register(lock(), lambda: ran.append(1))
    field = window.centralWidget()
    qtbot.keyClick(field, Qt.Key.Key_V)
    assert ran == []
    assert field.text() == "v"

    pane = QWidget()
    pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setCentralWidget(pane)
    actions.attach(pane, "tours.lock")
    pane.show()
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    qtbot.keyClick(pane, Qt.Key.Key_V)
    assert ran == [1]


def test_a_setting_turns_single_letters_off(actions):
    action = actions.register(lock(), lambda: None)
    other = actions.register(optimise(), lambda: None)

    actions.use_single_keys(False)
    assert action.shortcut().isEmpty()
    assert other.shortcut().toString() == "F5"

    actions.use_single_keys(True)
    assert action.shortcut().toString() == "V"


def test_a_greyed_action_says_why(actions):
    against = ["nothing is selected"]
    action = actions.register(lock(), lambda: None, lambda: against[0])
    assert not action.isEnabled()
    assert action.toolTip() == "Lock (V)\nnothing is selected"

    against[0] = ""
    actions.refresh()
    assert action.isEnabled()
    assert action.toolTip() == "Lock (V)"


def test_menus_stand_in_their_order_and_empty_ones_are_absent(actions, window):
    actions.register(optimise(), lambda: None)
    actions.register(lock(), lambda: None)
    actions.register(
        ActionSpec(id="import", text="Import…", shortcut="Ctrl+O", menu=Menu.FILE), lambda: None
    )

    actions.fill(window.menuBar())

    menus = [action.menu() for action in window.menuBar().actions()]
    assert [menu.title() for menu in menus] == ["File", "Tours"]
    tours = [action.text() or "---" for action in menus[1].actions()]
    assert tours == ["Optimise", "---", "Lock"]


def test_a_section_is_a_menu_within_the_menu_where_its_first_action_stands(actions, window):
    for name, group, section in (
        ("Plan", 0, ""),
        ("Turn", 3, "By hand"),
        ("Split", 3, "By hand"),
        ("Print", 4, ""),
    ):
        spec = ActionSpec(id=name, text=name, menu=Menu.TOURS, group=group, section=section)
        actions.register(spec, lambda: None)

    actions.fill(window.menuBar())

    (tours,) = [action.menu() for action in window.menuBar().actions()]
    assert [each.text() or "---" for each in tours.actions()] == [
        *("Plan", "---", "By hand", "---", "Print")
    ]
    inside = tours.actions()[2].menu()
    assert [each.text() for each in inside.actions()] == ["Turn", "Split"]


@pytest.mark.usefixtures("french")
def test_menus_are_french_in_french(actions, window):
    actions.register(optimise(), lambda: None)

    actions.fill(window.menuBar())

    assert window.menuBar().actions()[0].text() == "Tournées"


def test_one_name_is_used_once(actions):
    actions.register(optimise(), lambda: None)

    with pytest.raises(ValueError, match=r"tours\.optimise"):
        actions.register(optimise(shortcut="F6"), lambda: None)


def test_one_key_does_one_thing_everywhere(actions):
    actions.register(optimise(), lambda: None)

    with pytest.raises(ValueError, match="F5"):
        actions.register(optimise(id="other"), lambda: None)


def test_panes_may_use_one_letter_for_different_things(actions):
    actions.register(lock(), lambda: None)

    actions.register(lock(id="orders.view"), lambda: None)


def test_the_palette_has_every_action_and_the_possible_ones_first(actions):
    ran = []
    actions.register(lock(), lambda: None, lambda: "nothing is selected")
    actions.register(optimise(icon=Icon.OPTIMISE), lambda: ran.append(1))

    possible, greyed = actions.entries()

    assert (possible.text, possible.shortcut, possible.detail) == ("Optimise", "F5", "Tours")
    assert (greyed.enabled, greyed.why_disabled) == (False, "nothing is selected")
    possible.run()
    assert ran == [1]


def test_help_lists_every_key_by_menu(actions):
    actions.register(lock(hint="Keep as it is"), lambda: None)
    actions.register(
        ActionSpec(id="import", text="Import…", shortcut="Ctrl+O", menu=Menu.FILE), lambda: None
    )
    actions.register(ActionSpec(id="about", text="About", menu=Menu.HELP), lambda: None)

    lines = actions.help_lines()

    assert [(line.menu, line.text, line.key) for line in lines] == [
        ("File", "Import…", "Ctrl+O"),
        ("Tours", "Lock", "V"),
    ]


def test_a_button_can_draw_the_actions_icon_in_its_own_tone(actions):
    action = actions.register(optimise(icon=Icon.OPTIMISE), lambda: None)

    assert action.property(ICON_PROPERTY) == Icon.OPTIMISE.value


def test_a_context_menu_shows_the_same_actions(actions, window):
    action = actions.register(optimise(), lambda: None)
    actions.register(lock(), lambda: None)

    menu = actions.context_menu(["tours.optimise", "", "tours.lock"], window)

    assert menu.actions()[0] is action
    assert menu.actions()[1].isSeparator()


def test_only_the_actions_named_are_asked(actions):
    asked = []
    actions.register(lock(), lambda: None, lambda: asked.append("lock") or "")
    actions.register(optimise(), lambda: None, lambda: asked.append("optimise") or "")
    asked.clear()

    actions.refresh("tours.lock")
    assert asked == ["lock"]

    actions.refresh()
    assert asked == ["lock", "lock", "optimise"]


def test_an_action_that_answers_as_before_is_left_alone(actions):
    action = actions.register(lock(), lambda: None, lambda: "nothing is selected")
    told = []
    action.changed.connect(lambda: told.append(action.toolTip()))

    actions.refresh()
    assert told == []

    actions.use_single_keys(False)
    assert told[-1] == "Lock\nnothing is selected"


def test_what_is_wanted_soon_is_asked_once(actions, qtbot):
    against, asked = ["nothing is selected"], []

    def why_not() -> str:
        asked.append(against[0])
        return against[0]

    action = actions.register(lock(), lambda: None, why_not)
    asked.clear()

    against[0] = ""
    for _change in range(5):
        actions.refresh_soon()
    assert not actions.settled

    qtbot.waitUntil(lambda: actions.settled)
    assert action.isEnabled()
    assert asked == [""]


def test_what_was_asked_at_once_is_not_asked_again_soon(actions, qtbot):
    asked = []
    actions.register(lock(), lambda: None, lambda: asked.append(1) or "")
    asked.clear()
    later = QTimer(actions)
    later.setSingleShot(True)

    actions.refresh_soon()
    actions.refresh()
    with qtbot.waitSignal(later.timeout):
        later.start(60)

    assert asked == [1]
