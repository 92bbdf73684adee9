"""What can be done wherever one is: undo, redo, palette, panes, theme, settings, help, quit."""

from datetime import timedelta
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import N_, _
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.main_window.help import HelpWindow
from app.ui.session import Session
from app.ui.settings.dialog import SettingsDialog
from app.ui.theme import current_theme
from app.ui.widgets.pane import Pane
from app.ui.widgets.toast import News


class Desk(Protocol):
    """What these actions ask of the window that has them."""

    session: Session
    actions_registry: Actions

    @property
    def panes(self) -> dict[str, Pane]: ...
    def tell(self, news: News) -> None: ...
    def open_palette(self) -> None: ...
    def maximise(self, pane: Pane | None) -> None: ...
    def focused_pane(self) -> Pane | None: ...
    def lay_out_anew(self) -> None: ...
    def as_widget(self) -> QWidget: ...


def register_desk_actions(window: Desk) -> None:
    """Register them all; panes have registered theirs before."""
    _register_edit(window)
    _register_view(window)
    _register_tools(window)


def _register_edit(window: Desk) -> None:
    actions, session = window.actions_registry, window.session
    actions.register(
        ActionSpec(
            id="edit.undo",
            text=N_("Undo"),
            icon=Icon.UNDO,
            shortcut="Ctrl+Z",
            menu=Menu.EDIT,
            hint=N_("Takes back your latest entry of the journal."),
        ),
        lambda: session.submit(session.workspace.undo, lambda _done: _tell(window, _("Undone"))),
    )
    actions.register(
        ActionSpec(
            id="edit.redo", text=N_("Redo"), icon=Icon.REDO, shortcut="Ctrl+Y", menu=Menu.EDIT
        ),
        lambda: session.submit(session.workspace.redo, lambda _done: _tell(window, _("Redone"))),
    )
    actions.register(
        ActionSpec(
            id="edit.palette",
            text=N_("Search, or run an action"),
            icon=Icon.SEARCH,
            shortcut="Ctrl+K",
            menu=Menu.EDIT,
            group=1,
        ),
        window.open_palette,
    )


def _register_view(window: Desk) -> None:
    actions = window.actions_registry
    actions.register(
        ActionSpec(
            id="view.maximise",
            text=N_("Let the pane fill the window"),
            icon=Icon.MAXIMISE,
            shortcut="F11",
            menu=Menu.VIEW,
        ),
        lambda: window.maximise(window.focused_pane()),
    )
    for identifier, text, key, step in (
        ("view.next_pane", N_("Next pane"), "F6", 1),
        ("view.previous_pane", N_("Previous pane"), "Shift+F6", -1),
    ):
        actions.register(
            ActionSpec(id=identifier, text=text, shortcut=key, menu=Menu.VIEW),
            partial(_cycle, window, step),
        )
    actions.register(
        ActionSpec(
            id="view.lay_out_anew",
            text=N_("Bring the panes back"),
            icon=Icon.LAYOUT,
            menu=Menu.VIEW,
            group=1,
        ),
        window.lay_out_anew,
    )
    actions.register(
        ActionSpec(
            id="view.theme",
            text=N_("Light or dark"),
            icon=Icon.THEME,
            shortcut="Ctrl+Shift+T",
            menu=Menu.VIEW,
            group=1,
        ),
        lambda: _switch_theme(window),
    )
    for identifier, text, key, days in (
        ("view.previous_day", N_("Previous day"), "Alt+Left", -1),
        ("view.next_day", N_("Next day"), "Alt+Right", 1),
    ):
        actions.register(
            ActionSpec(id=identifier, text=text, shortcut=key, menu=Menu.VIEW, group=2),
            partial(_turn, window, days),
        )
    actions.register(
        ActionSpec(
            id="view.today",
            text=N_("Back to today"),
            icon=Icon.TODAY,
            shortcut="Ctrl+Home",
            menu=Menu.VIEW,
            group=2,
        ),
        lambda: window.session.show_day(
            window.session.now().astimezone(window.session.zone).date()
        ),
    )


def _register_tools(window: Desk) -> None:
    actions, session = window.actions_registry, window.session
    actions.register(
        ActionSpec(
            id="file.backup",
            text=N_("Back up the workspace"),
            icon=Icon.SAVED,
            menu=Menu.FILE,
            group=8,
        ),
        lambda: session.submit(
            session.workspace.back_up,
            lambda place: window.tell(News(_("Backed up and checked"), str(place))),
        ),
    )
    actions.register(
        ActionSpec(id="file.quit", text=N_("Quit"), shortcut="Ctrl+Q", menu=Menu.FILE, group=9),
        QApplication.closeAllWindows,
    )
    actions.register(
        ActionSpec(
            id="tools.settings",
            text=N_("Settings…"),
            icon=Icon.SETTINGS,
            shortcut="Ctrl+,",
            menu=Menu.TOOLS,
            group=9,
        ),
        lambda: SettingsDialog(session, window.as_widget()).exec(),
    )
    actions.register(
        ActionSpec(
            id="help.keys",
            text=N_("Keys and gestures"),
            icon=Icon.KEYBOARD,
            shortcut="F1",
            menu=Menu.HELP,
        ),
        lambda: HelpWindow(actions.help_lines(), window.as_widget()).show(),
    )


def _tell(window: Desk, title: str) -> None:
    window.tell(News(title, icon=Icon.UNDO, status="info"))


def _cycle(window: Desk, step: int) -> None:
    """Give the focus to the next pane that takes it; one with nothing to show may not."""
    panes = [pane for pane in window.panes.values() if pane.isVisible()]
    now = window.focused_pane()
    first = panes.index(now) if now in panes else -step
    for far in range(1, len(panes) + 1):
        pane = panes[(first + far * step) % len(panes)]
        pane.content.setFocus()
        if window.focused_pane() is pane:
            return


def _turn(window: Desk, days: int) -> None:
    window.session.show_day(window.session.day + timedelta(days=days))


def _switch_theme(window: Desk) -> None:
    dark = current_theme().tokens.theme == "dark"
    window.session.keep_settings(theme="light" if dark else "dark")
