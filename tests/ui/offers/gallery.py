"""The offers board amid a morning, before any offer, and an order about to be offered."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QMainWindow

from app.i18n import language
from app.ui.actions import Actions
from app.ui.offers.asking import AskWindow
from app.ui.offers.door import OffersDoor
from app.workspace import Workspace
from tests.ui.offers.mornings import a_morning, bring_in
from tests.ui.own_workspace import OwnWorkspace
from tests.ui.pictures import Page


class BoardPicture(QMainWindow):
    """The board fills this window."""

    def __init__(self, arrange: Callable[[Workspace], None], tab: str = "open") -> None:
        super().__init__()
        self.setLocale(QLocale(language()))
        self._own, self._tab, self._shown = OwnWorkspace(arrange), tab, False
        actions = Actions(self)
        self.door = OffersDoor(self._own.session, actions, self)
        self._own.session.board_changed.connect(actions.refresh)
        self._own.session.selection.listen(actions.refresh)
        window = self.door.open()
        window.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(window)
        self._page = window.page
        self._page.shown.connect(self._say)
        window.show()

    def _say(self) -> None:
        if not self._shown:
            self._shown = True
            self._page.tabs.choose(self._tab)
            if self._tab == "open":
                self._own.session.selection.choose(("480171",))

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt calls it so
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        return self._own.session.settled and self._shown


class AskPicture(QMainWindow):
    """The window that asks whom to offer an order to."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale(language()))
        self._own, self._ready, self._ask = OwnWorkspace(a_morning), False, None
        self._own.session.board_changed.connect(self._fill)

    def _fill(self) -> None:
        if self._ask is not None:
            return
        rows = {row.code: row for row in self._own.session.board.rows}
        self._ask = AskWindow(self._own.session, rows["480196"], lambda *_said: None, self)
        self._ask.setWindowFlags(Qt.WindowType.Widget)
        self._ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.setCentralWidget(self._ask)
        self._ask.shown.connect(self._say)
        self._ask.show()

    def _say(self) -> None:
        self._ready = True

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt calls it so
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        return self._own.session.settled and self._ready


PAGES = (
    Page("offers-board", lambda: BoardPicture(a_morning), ((640, 860),), ready=BoardPicture.ready),
    Page(
        "offers-taken",
        lambda: BoardPicture(a_morning, "claimed"),
        ((640, 860),),
        ready=BoardPicture.ready,
    ),
    Page(
        "offers-clients",
        lambda: BoardPicture(a_morning, "clients"),
        ((640, 600),),
        ready=BoardPicture.ready,
    ),
    Page("offers-none", lambda: BoardPicture(bring_in), ((640, 600),), ready=BoardPicture.ready),
    Page("offers-ask", AskPicture, ((720, 430),), ready=AskPicture.ready),
)
