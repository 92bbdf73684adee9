"""Where the desk opens onto its stock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.turns import PatientTimer

if TYPE_CHECKING:
    from app.ui.stock.window import StockWindow

OPEN = ActionSpec(
    id="stock.open",
    text=N_("Stock…"),
    icon=Icon.WAREHOUSE,
    shortcut="Ctrl+Shift+S",
    menu=Menu.TOOLS,
    hint=N_("Every product at every node: what is there, what holds it, what may be promised."),
    also=N_("inventory available reserved atp products"),
)
#: What takes files in, once some window has registered it.
_IMPORT = "intake.import"


class StockDoor(QObject):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._desk = window
        self._stock: StockWindow | None = None
        self._coming = PatientTimer(self._come, self)  # to make it and to show it are two turns
        actions.register(OPEN, self.open)

    def open(self) -> "StockWindow":
        """Bring up the window."""
        if self._stock is None:
            from app.ui.stock.window import StockWindow

            take_in = self._actions.find(_IMPORT)
            self._stock = StockWindow(self._session, take_in, self._desk)
        self._coming.start()
        return self._stock

    def _come(self) -> None:
        if self._stock is not None:
            self._stock.come_forward()
