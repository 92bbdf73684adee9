"""The journal's window on a morning with an undo and a refusal in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from app.operations.carriage import allocate
from app.operations.sourcing import accept, release, source
from app.ui.actions import Actions
from app.ui.journal.door import JournalDoor
from app.workspace import Workspace
from tests.ui.own_workspace import OwnWorkspace
from tests.ui.pictures import Page
from tests.ui.why.mornings import TODAY, bring_in, plan_tour, promised


class JournalPicture(QMainWindow):
    """The window fills this one."""

    def __init__(self, order: str) -> None:
        super().__init__()
        self._own = OwnWorkspace(_a_morning)
        self.window_shown = False
        self.page = JournalDoor(self._own.session, Actions(self), self).open(order)
        self.page.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(self.page)
        self.page.shown.connect(self._shown)
        self.page.tell_of(order)

    def _shown(self) -> None:
        self.window_shown = True
        self.page.table.selectRow(0)

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt calls it so
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        return self._own.session.settled and self.window_shown


def _a_morning(workspace: Workspace) -> None:
    bring_in(workspace, *(promised(code) for code in ("480213", "480214", "480215")), vehicles=True)
    decisions = source(workspace).decisions
    accept(workspace, decisions[:1])
    accept(workspace, decisions)
    release(workspace, "480215", "the customer called")
    workspace.undo()
    plan_tour(workspace, "480213")
    allocate(workspace, TODAY, apply=True)


PAGES = (
    Page(
        "journal",
        lambda: JournalPicture(""),
        ((940, 420),),
        ready=JournalPicture.ready,
    ),
    Page(
        "journal-of-order",
        lambda: JournalPicture("480214"),
        ((940, 300),),
        ready=JournalPicture.ready,
    ),
)
