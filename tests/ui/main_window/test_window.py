"""The whole window: every action reachable and in French, figures that equal their lists, keys."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.orders import Queue
from app.errors import EnvironmentProblem
from app.i18n import use_language
from app.operations.sourcing import source
from app.ui.actions import Scope
from app.ui.main_window.kpis import kpis
from app.ui.main_window.search import palette_results
from app.ui.main_window.window import MainWindow
from app.ui.screen import require_display
from app.ui.views import BY_NAME, VIEWS, Moment
from app.workspace import Workspace
from tests.builders import NOW, ROUBAIX, a_cell, a_node, a_product, an_order
from tests.ui.sessions import a_session

TODAY = {"promised_from": NOW + timedelta(hours=3), "promised_to": NOW + timedelta(hours=6)}


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    for kind, rows in {
        "node": (a_node(), a_node("RBX", ROUBAIX)),
        "product": (a_product(),),
        "stock": (a_cell(on_hand=3), a_cell("RBX", on_hand=3)),
        "order": (
            an_order("480001", **TODAY),
            an_order("480002", ROUBAIX, customer="Théo Müller", **TODAY),
            an_order("480003", None, **TODAY),
        ),
    }.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))
    session = a_session(workspace)
    made = MainWindow(session, remembers=False)
    made.resize(1366, 768)
    made.show()
    session.start()
    qtbot.waitUntil(lambda: session.settled and len(session.board.rows) == 3, timeout=8_000)
    yield made
    made.close()
    session.close()
    shiboken6.delete(made)


def moment(window: MainWindow) -> Moment:
    return Moment(window.session.now(), window.session.policy.touring.tight_slack_s)


def test_every_action_is_in_a_menu_and_every_key_in_the_help(window: MainWindow):
    registry = window.actions_registry
    in_menus = {
        action.objectName() for menu in window.findChildren(QMenu) for action in menu.actions()
    }
    helped = {line.key for line in registry.help_lines()}
    for identifier, registered in registry._registered.items():
        assert identifier in in_menus, identifier
        if registered.spec.shortcut:
            assert helped, identifier
    assert len(registry.entries()) == len(registry._registered)


def test_every_action_has_its_french(window: MainWindow, french: None):
    use_language("fr")
    registry = window.actions_registry
    registry.retranslate()
    same_in_both = {"Journal…", "Stock…"}
    for identifier, registered in registry._registered.items():
        text = registered.action.text()
        assert text, identifier
        assert text != registered.spec.text or text in same_in_both, identifier


def test_keys_of_single_letters_act_in_panes_only_and_can_be_switched_off(window: MainWindow):
    registry = window.actions_registry
    letters = [r for r in registry._registered.values() if len(r.spec.shortcut) == 1]
    assert letters
    assert all(r.spec.scope is Scope.PANE for r in letters)

    registry.use_single_keys(False)

    assert all(r.action.shortcut().isEmpty() for r in letters)


def test_each_figure_is_the_count_of_the_list_that_it_opens(window: MainWindow):
    board = window.session.board
    for kpi in kpis(board, moment(window)):
        if kpi.filters and kpi.name in BY_NAME and kpi.name != "tours":
            held = [r for r in board.rows if BY_NAME[kpi.name].holds(r, moment(window))]
            assert kpi.value == str(len(held)), kpi.name


def test_the_queues_add_up_to_all_orders(window: MainWindow):
    board = window.session.board

    assert sum(len(board.in_queue(queue)) for queue in Queue) == len(board.rows)
    assert {view.name for view in VIEWS} >= {"orders", "to_source", "anomalies"}


def test_the_palette_finds_an_order_by_number_with_spaces_and_by_name_without_accents(
    window: MainWindow,
):
    rows, chosen = window.session.board.rows, window.session.selection
    for query in ("480 002", "480002", "theo mull", "MÜLLER"):
        (entry,) = palette_results(query, rows, chosen.choose)
        entry.run()
        assert chosen.selected.codes == ("480002",)
        chosen.clear()


def test_ctrl_k_opens_the_palette_over_every_action(qtbot: QtBot, window: MainWindow):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(window.palette_card.isVisible)
    assert window.palette_card.entries


def test_ctrl_z_takes_back_what_was_sourced_and_ctrl_y_brings_it_again(
    qtbot: QtBot, window: MainWindow
):
    session = window.session
    source(session.workspace, apply=True)
    qtbot.waitUntil(lambda: len(session.board.in_queue(Queue.TO_PLAN)) == 2)

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(session.board.in_queue(Queue.TO_SOURCE)) == 2)

    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(session.board.in_queue(Queue.TO_PLAN)) == 2)


def test_a_pane_fills_the_window_and_gives_it_back(qtbot: QtBot, window: MainWindow):
    window.maximise(window.panes["tours"])
    assert [name for name, pane in window.panes.items() if pane.isVisible()] == ["tours"]

    window.maximise(window.panes["tours"])
    assert all(pane.isVisible() for pane in window.panes.values())


def test_f6_goes_round_the_panes(qtbot: QtBot, window: MainWindow):
    window.panes["orders"].content.setFocus()
    seen = []
    for _ in window.panes:
        window.actions_registry.action("view.next_pane").trigger()
        focused = window.focused_pane()
        seen.append(focused.objectName() if focused else "")

    assert seen[:2] == ["map", "tours"]
    assert seen[-1] in {"orders", "map"}


def test_the_theme_turns_without_a_restart(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("REGIE_CONFIG", str(tmp_path / "settings.toml"))
    before = window.palette().window().color().lightness()

    window.actions_registry.action("view.theme").trigger()

    qtbot.waitUntil(lambda: (window.palette().window().color().lightness() < 128) != (before < 128))
    qtbot.waitUntil(window.updatesEnabled)


def test_a_refusal_is_told_in_the_corner_and_changes_nothing(qtbot: QtBot, window: MainWindow):
    window.session.submit(lambda: window.session.workspace.undo("no-such-entry"))

    qtbot.waitUntil(lambda: bool(window.toasts.shown))


def test_without_a_display_the_window_says_so(monkeypatch: pytest.MonkeyPatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    with pytest.raises(EnvironmentProblem) as problem:
        require_display()

    assert problem.value.code == "no_display"
