"""Orders that share too few pieces, on a believable day."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from app.i18n import language
from app.operations.demonstration import Size, write_day
from app.operations.intake import import_path
from app.ui.shortages.window import ShortagesWindow
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.own_workspace import OwnWorkspace
from tests.ui.pictures import Page


class ShortagesPicture(QMainWindow):
    """The window fills this one."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale(language()))
        self._own = OwnWorkspace(_a_day)
        self.page = ShortagesWindow(self._own.session, self)
        self.page.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(self.page)
        self.page.come_forward()
        self.page.look()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt calls it so
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        return bool(self.page.rows)


def _a_day(workspace: Workspace) -> None:
    with TemporaryDirectory() as folder:
        write_day(Path(folder), NOW.date(), 1, Size(orders=180, nodes=14, vehicles=6))
        import_path(workspace, Path(folder))


_SIZES = ((640, 360), (480, 320))
PAGES = (Page("shortages", ShortagesPicture, _SIZES, ready=ShortagesPicture.ready),)
