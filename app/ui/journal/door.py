"""Where the desk opens onto the journal: its action, and the history of an order."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.journal.window import JournalWindow

OPEN = ActionSpec(
    id="journal.open",
    text=N_("Journal…"),
    icon=Icon.JOURNAL,
    shortcut="Ctrl+Shift+H",
    menu=Menu.EDIT,
    hint=N_("Who did what, and when; takes back any entry that still can be."),
    also=N_("history log audit undo"),
)


class JournalDoor(QObject):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._journal: JournalWindow | None = None
        actions.register(OPEN, self.open)
        session.look_at.connect(self._look_at)

    def open(self, order: str = "") -> "JournalWindow":
        """Bring up the journal: of one order, or of everything."""
        if self._journal is None:
            from app.ui.journal.window import JournalWindow

            self._journal = JournalWindow(self._session, self._window)
        self._journal.tell_of(order)
        return self._journal

    def _look_at(self, kind: str, code: str) -> None:
        if kind == "history":
            self.open(code)
