"""Where the desk opens onto the orders that share too few pieces."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.turns import PatientTimer

if TYPE_CHECKING:
    from app.ui.shortages.window import ShortagesWindow

OPEN = ActionSpec(
    id="shortages.open",
    text=N_("Orders that share too few pieces…"),
    icon=Icon.CONFLICT,
    menu=Menu.SOURCING,
    hint=N_("Which orders want the same pieces, how many are short, and what would help."),
    also=N_("conflict shortage stock transfer inbound remedy left over"),
)


class ShortagesDoor(QObject):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._desk = session, window
        self._window: ShortagesWindow | None = None
        self._coming = PatientTimer(self._come, self)  # to make it and to show it are two turns
        actions.register(OPEN, self.open, self._why_not)

    def open(self) -> "ShortagesWindow":
        """Bring up the window, and look."""
        if self._window is None:
            from app.ui.shortages.window import ShortagesWindow

            self._window = ShortagesWindow(self._session, self._desk)
        self._coming.start()
        return self._window

    def _come(self) -> None:
        if self._window is not None:
            self._window.come_forward()
            self._window.look()

    def _why_not(self) -> str:
        return "" if self._session.suggestions else _("No order is open.")
