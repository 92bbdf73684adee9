"""Agreed orders that would make room for new ones."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from app.i18n import language
from app.ui.making_room.window import RoomWindow
from tests.sourcing.two_lamps import fill
from tests.ui.own_workspace import OwnWorkspace
from tests.ui.pictures import Page


class RoomPicture(QMainWindow):
    """The window fills this one."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale(language()))
        self._own = OwnWorkspace(fill)
        self.page = RoomWindow(self._own.session, self)
        self.page.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(self.page)
        self.page.come_forward()
        self.page.least.setValue(0.5)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt calls it so
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        return self.page.view.suggestion is not None


PAGES = (Page("making-room", RoomPicture, ((640, 300), (520, 300)), ready=RoomPicture.ready),)
