"""What can be done, each thing once: menus, buttons, palette and help all draw from here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.i18n import N_, _
from app.ui.icons import Icon, icon
from app.ui.turns import PatientTimer
from app.ui.widgets.key_cap import ICON_PROPERTY, key_text
from app.ui.widgets.palette_rows import PaletteEntry

WhyNot = Callable[[], str]
_SOON_MS = 30  # sooner than a hand gets from a click to the next thing


class Menu(Enum):
    """The menus of the window, from left to right; texts are translated when shown."""

    FILE = N_("File")
    EDIT = N_("Edit")
    VIEW = N_("View")
    ORDERS = N_("Orders")
    SOURCING = N_("Sourcing")
    TOURS = N_("Tours")
    CARRIERS = N_("Carriers")
    TOOLS = N_("Tools")
    HELP = N_("Help")


class Scope(Enum):
    """Where an action's key works."""

    WINDOW = auto()  # everywhere, also while the map has the focus
    PANE = auto()  # only while its pane has the focus: single letters


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing that can be done. `text` and `hint` are marked with `N_`."""

    id: str  # "tours.optimise": for layouts, tests and settings
    text: str
    icon: Icon | None = None
    shortcut: str = ""  # as QKeySequence reads it, `Ctrl+Shift+O`
    hint: str = ""  # what it does, when the text alone leaves a doubt
    menu: Menu | None = None
    group: int = 0  # groups of one menu are parted by a line
    section: str = ""  # the menu within the menu where it stands, marked with `N_`
    scope: Scope = Scope.WINDOW
    checkable: bool = False
    also: str = ""  # other words by which the palette finds it, marked with `N_`


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A line of the list of keys."""

    menu: str
    text: str
    key: str
    hint: str


@dataclass(slots=True)
class _Registered:
    spec: ActionSpec
    action: QAction
    why_not: WhyNot
    against: str | None = None  # what was said last; None = say it anew


def always() -> str:
    """Nothing ever speaks against it."""
    return ""


class Actions(QObject):
    """The registry; after every change each action is asked anew whether it can be done."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._registered: dict[str, _Registered] = {}
        self._single_keys = True
        self._soon = PatientTimer(self.refresh, self, _SOON_MS)

    def register(
        self, spec: ActionSpec, run: Callable[[], object], why_not: WhyNot = always
    ) -> QAction:
        """Add an action; `why_not` says what speaks against it now, "" when nothing does.

        Raises:
            ValueError: its id, or its key everywhere, is taken.
        """
        self._refuse_doubles(spec)
        action = QAction(self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        if spec.icon is not None:
            action.setIcon(icon(spec.icon))
            action.setProperty(ICON_PROPERTY, spec.icon.value)
        action.triggered.connect(lambda _checked=False: run())
        registered = _Registered(spec, action, why_not)
        self._registered[spec.id] = registered
        if spec.scope is Scope.WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
            self._window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._say(registered)
        self._ask(registered)
        return action

    def action(self, identifier: str) -> QAction:
        """The action as Qt knows it, for a button or a context menu."""
        return self._registered[identifier].action

    def find(self, identifier: str) -> QAction | None:
        """The action if some pane has registered it: one pane may offer what another does."""
        found = self._registered.get(identifier)
        return None if found is None else found.action

    def attach(self, pane: QWidget, *identifiers: str) -> None:
        """Let the keys of these actions work while the focus is in this pane."""
        for identifier in identifiers:
            pane.addAction(self._registered[identifier].action)

    def refresh(self, *identifiers: str) -> None:
        """Ask every action, or those named, whether it can be done now."""
        if not identifiers:
            self._soon.stop()
        for identifier in identifiers or tuple(self._registered):
            self._ask(self._registered[identifier])

    @property
    def settled(self) -> bool:
        """Whether every action was asked since it was wanted last."""
        return not self._soon.is_active

    def refresh_soon(self) -> None:
        """Ask every action in a moment: once, however often it is wanted until then.

        One click changes the selection, the list and the lanes, and each wants it.
        """
        self._soon.start()

    def why_not(self, identifier: str) -> str:
        """What speaks against the action now; "" when nothing does."""
        return self._registered[identifier].why_not()

    def retranslate(self) -> None:
        """Say every text again, after the language changed."""
        for registered in self._registered.values():
            self._say(registered)
            self._ask(registered)

    def use_single_keys(self, wanted: bool) -> None:
        """Whether single letters act; a setting turns them off."""
        self._single_keys = wanted
        self.retranslate()

    def fill(self, menu_bar: QMenuBar) -> None:
        """Build the window's menus; one without actions does not appear."""
        menu_bar.clear()
        for menu in Menu:
            members = [each for each in self._registered.values() if each.spec.menu is menu]
            if members:
                self._fill_menu(menu_bar.addMenu(_(menu.value)), members)

    def context_menu(self, identifiers: Iterable[str], parent: QWidget) -> QMenu:
        """A menu of these actions; "" stands for a line."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        for identifier in identifiers:
            if identifier:
                menu.addAction(self._registered[identifier].action)
            else:
                menu.addSeparator()
        return menu

    def entries(self) -> list[PaletteEntry]:
        """All actions for the palette; those that can be done come first."""
        entries = [self._entry(each) for each in self._registered.values()]
        return sorted(entries, key=lambda entry: not entry.enabled)

    def help_lines(self) -> list[HelpLine]:
        """Every action that has a key, in the order of the menus."""
        order = [None, *Menu]
        with_keys = [each for each in self._registered.values() if each.spec.shortcut]
        with_keys.sort(key=lambda each: order.index(each.spec.menu))
        return [
            HelpLine(
                _(each.spec.menu.value) if each.spec.menu else "",
                _(each.spec.text),
                key_text(each.spec.shortcut),
                _(each.spec.hint),
            )
            for each in with_keys
        ]

    def _refuse_doubles(self, spec: ActionSpec) -> None:
        if spec.id in self._registered:
            raise ValueError(f"two actions are called {spec.id}")
        if not spec.shortcut or spec.scope is Scope.PANE:
            return
        for other in self._registered.values():
            same = QKeySequence(other.spec.shortcut) == QKeySequence(spec.shortcut)
            if same and other.spec.scope is Scope.WINDOW:
                raise ValueError(f"{spec.shortcut} is the key of {other.spec.id} already")

    def _say(self, registered: _Registered) -> None:
        spec, action = registered.spec, registered.action
        action.setText(_(spec.text))
        off = len(spec.shortcut) == 1 and not self._single_keys
        action.setShortcut(QKeySequence("" if off else spec.shortcut))
        registered.against = None

    def _ask(self, registered: _Registered) -> None:
        """Say what speaks against it; all are asked at every click, and few answer otherwise."""
        spec, action = registered.spec, registered.action
        against = registered.why_not()
        if against == registered.against:
            return
        registered.against = against
        action.setEnabled(not against)
        name = _(spec.text).rstrip("…")
        key = key_text(action.shortcut())
        told = against or _(spec.hint)
        tip = f"{name} ({key})" if key else name
        action.setToolTip(f"{tip}\n{told}" if told else tip)
        action.setStatusTip(told)

    def _fill_menu(self, menu: QMenu, members: list[_Registered]) -> None:
        """Group by group; each section opens where its first action stands."""
        menu.setToolTipsVisible(True)
        sections: dict[str, QMenu] = {"": menu}
        group = None
        for each in sorted(members, key=lambda each: each.spec.group):
            spec = each.spec
            if group is not None and spec.group != group:
                menu.addSeparator()
            group = spec.group
            if spec.section not in sections:
                sections[spec.section] = menu.addMenu(_(spec.section))
                sections[spec.section].setToolTipsVisible(True)
            sections[spec.section].addAction(each.action)

    def _entry(self, registered: _Registered) -> PaletteEntry:
        spec, action = registered.spec, registered.action
        menu = _(spec.menu.value) if spec.menu else ""
        return PaletteEntry(
            text=action.text(),
            run=action.trigger,
            detail=menu,
            icon=spec.icon,
            shortcut=action.shortcut().toString(),
            enabled=action.isEnabled(),
            why_disabled=registered.why_not(),
            also=tuple(filter(None, (_(spec.hint), _(spec.also)))),
        )
