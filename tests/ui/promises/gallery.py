"""The promise tester: before anything is asked, with dates from everywhere, with old figures."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QMainWindow

from app.domain.acts.orders import ImportRows
from app.i18n import language
from app.operations.demonstration import Size, write_day
from app.operations.intake import import_path
from app.ui.promises.window import PromiseWindow
from app.workspace import Workspace
from tests.builders import NOW, a_cell
from tests.ui.own_workspace import OwnWorkspace
from tests.ui.pictures import Page


class PromisesPicture(QMainWindow):
    """The window fills this one."""

    def __init__(self, arrange: Callable[[Workspace], None], basket: str) -> None:
        super().__init__()
        self.setLocale(QLocale(language()))
        self._own = OwnWorkspace(arrange)
        self._basket = basket
        self.page = PromiseWindow(self._own.session, self)
        self.page.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(self.page)
        self.page.come_forward()
        self.page.head.basket.setText(basket)
        self.page.head.postcode.setText("59130" if basket else "")
        self.page.ask()

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt calls it so
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        told = bool(self.page.lines()) or not self._basket
        return self._own.session.settled and told


def _a_day(workspace: Workspace) -> None:
    with TemporaryDirectory() as folder:
        write_day(Path(folder), NOW.date(), 1, Size(orders=20, nodes=8, vehicles=6))
        import_path(workspace, Path(folder))


def _old_figures(workspace: Workspace) -> None:
    _a_day(workspace)
    old = (a_cell("LAM", "ENF-1476", 3, as_of=NOW - timedelta(days=4)),)
    workspace.submit(ImportRows("stock", "stock.csv", old))


PAGES = tuple(
    Page(f"promises-{name}", make, ((940, 640), (700, 480)), ready=PromisesPicture.ready)
    for name, make in (
        ("dates", lambda: PromisesPicture(_a_day, "ENF-1476")),
        ("old", lambda: PromisesPicture(_old_figures, "ENF-1476=2 CUI-1960")),
        ("nothing", lambda: PromisesPicture(lambda _workspace: None, "")),
    )
)
