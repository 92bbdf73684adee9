"""The tours pane as a desk has it at 09:42: planned, being planned, left out, empty."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from app.i18n import _
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.tours.page import ToursPage
from app.ui.widgets.pane import Pane
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.pictures import Page
from tests.ui.sessions import a_session
from tests.ui.tours.desk import set_up

#: The pane's room on desks of 1920 x 1080, 1366 x 768 and 2560 x 1440.
SIZES = ((1272, 318), (953, 260), (1710, 430))


class Desk(QMainWindow):
    """A window with this one pane; `arranged` does what a hand would, once the day is there."""

    def __init__(self, *, planned: bool, arranged: Callable[[ToursPage], None]) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-")
        self.workspace = Workspace.open(Path(self._folder.name), user="test", clock=lambda: NOW)
        set_up(self.workspace, planned=planned)
        self.session = a_session(self.workspace)
        self.page = ToursPage(self.session, Actions(self))
        pane = Pane("tours", _("Tours"), Icon.TIMELINE, self.page, self)
        for tool in self.page.tools():
            pane.add_tool(tool)
        self.page.subtitle_changed.connect(pane.set_subtitle)
        self.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, pane)
        self.ready = False
        self._arranged = arranged
        self.session.board_changed.connect(self._arrange)
        self.session.start()

    def _arrange(self) -> None:
        self._arranged(self.page)
        self.page.setFocus()
        self.ready = True

    def closeEvent(self, event: object) -> None:  # noqa: N802
        self.session.close()
        self.workspace.close()
        self._folder.cleanup()


def _with_t4(page: ToursPage) -> None:
    page._session.selection.choose(["480410"])


def _opened(page: ToursPage) -> None:
    actions = page._actions
    for name in ("tours.idle", "tours.curve"):
        actions.action(name).trigger()
    _with_t4(page)


def _left_out(page: ToursPage) -> None:
    page._actions.action("tours.left_out").trigger()
    page._session.selection.choose(["489901"])


def _planning(page: ToursPage) -> None:
    drafts = [t for t in page._session.board.plan.tours if t.number == 4]
    page.planner._on = page._session.day
    page._show_best(replace(page._session.board.plan, tours=tuple(drafts)))


def _page(name: str, arranged: Callable[[ToursPage], None], *, planned: bool = True) -> Page:
    def make() -> QWidget:
        return Desk(planned=planned, arranged=arranged)

    return Page(name, make, SIZES, ready=lambda widget: isinstance(widget, Desk) and widget.ready)


PAGES = [
    _page("tours", _with_t4),
    _page("tours-idle", _opened),
    _page("tours-left", _left_out),
    _page("tours-planning", _planning),
    _page("tours-none", lambda _page: None, planned=False),
]
