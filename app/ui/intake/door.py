"""Where the desk opens onto the import: its action, and files dropped on the window."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.intake.dropping import DropTarget
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.intake.window import ImportWindow

IMPORT = ActionSpec(
    id="intake.import",
    text=N_("Import…"),
    icon=Icon.IMPORT,
    shortcut="Ctrl+O",
    menu=Menu.FILE,
    hint=N_("Nodes, products, stock, orders, vehicles, carriers and rules, from CSV or Excel."),
    also=N_("open file csv excel load stock orders"),
)


class ImportDoor(QObject):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._desk = window
        self._import: ImportWindow | None = None
        actions.register(IMPORT, self._asked)
        DropTarget(window).dropped.connect(self.open)

    def open(self, paths: Sequence[Path] = ()) -> "ImportWindow":
        """Bring up the window, with these files and folders."""
        if self._import is None:
            from app.ui.intake.window import ImportWindow

            self._import = ImportWindow(self._session, self._desk)
        self._import.come_forward()
        self._import.open_paths(list(paths))
        return self._import

    def _asked(self) -> None:
        """Asked for again in the window itself, it lets one choose files."""
        if self._import is not None and self._import.isActiveWindow():
            self._import.ask_files()
        else:
            self.open()
