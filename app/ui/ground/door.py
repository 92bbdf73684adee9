"""Where the desk opens onto its roads and access zones."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.ground.window import GroundWindow

OPEN = ActionSpec(
    id="ground.open",
    text=N_("Roads and zones…"),
    icon=Icon.ZONE,
    shortcut="Ctrl+Shift+G",
    menu=Menu.TOOLS,
    hint=N_("Roads and measured times that tours reckon with; areas closed to some vehicles."),
    also=N_("osm extract matrix travel times low-emission zone zfe law access"),
)
TakeIn = Callable[[Sequence[Path]], object]


class GroundDoor(QObject):
    """The window is made when it is first asked for; `take_in` opens the import on files."""

    def __init__(
        self, session: Session, actions: Actions, take_in: TakeIn, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._take_in, self._desk = session, take_in, window
        self._ground: GroundWindow | None = None
        actions.register(OPEN, self.open)

    def open(self) -> "GroundWindow":
        """Bring up the window."""
        if self._ground is None:
            from app.ui.ground.window import GroundWindow

            self._ground = GroundWindow(self._session, self._take_in, self._desk)
        self._ground.come_forward()
        return self._ground
