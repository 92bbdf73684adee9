"""Where the desk opens onto its rules."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.rules.window import RulesWindow

OPEN = ActionSpec(
    id="rules.open",
    text=N_("Rules…"),
    icon=Icon.CLOSE_CALL,
    shortcut="Ctrl+Shift+R",
    menu=Menu.SOURCING,
    group=8,
    hint=N_("What keeps a node out, what ranks the others, what may be split; tried, published."),
    also=N_("policy fences ratings weights split toml"),
)


class RulesDoor(QObject):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._desk = window
        self._rules: RulesWindow | None = None
        actions.register(OPEN, self.open)

    def open(self) -> "RulesWindow":
        """Bring up the window."""
        if self._rules is None:
            from app.ui.rules.window import RulesWindow

            self._rules = RulesWindow(self._session, self._desk)
        self._rules.come_forward()
        return self._rules
