"""Where the desk opens onto the promise tester."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.turns import PatientTimer

if TYPE_CHECKING:
    from app.ui.promises.window import PromiseWindow

OPEN = ActionSpec(
    id="promises.open",
    text=N_("Promise tester…"),
    icon=Icon.TODAY,
    shortcut="Ctrl+Shift+D",
    menu=Menu.TOOLS,
    hint=N_("Which dates a client could be promised for a basket, and the chain behind each."),
    also=N_("date delivery when available client basket"),
)


class PromiseDoor(QObject):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._desk = window
        self._promises: PromiseWindow | None = None
        self._coming = PatientTimer(self._come, self)  # to make it and to show it are two turns
        actions.register(OPEN, self.open)

    def open(self) -> "PromiseWindow":
        """Bring up the window; a lone order selected on the desk gives it its basket and place."""
        if self._promises is None:
            from app.ui.promises.window import PromiseWindow

            self._promises = PromiseWindow(self._session, self._desk)
        self._coming.start()
        return self._promises

    def _come(self) -> None:
        if self._promises is not None:
            self._promises.come_forward()
