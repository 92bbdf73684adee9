"""The stock window: by node and product, by product, and before any stock is known."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.stock.picture import Grouping
from app.ui.stock.window import StockWindow
from app.ui.widgets.key_cap import ICON_PROPERTY
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.pictures import Page
from tests.ui.sessions import a_session
from tests.ui.stock.shelves import fill


class StockPicture(QWidget):
    """The window on a workspace of its own, gone with the picture."""

    def __init__(
        self, arrange: Callable[[Workspace], None], act: Callable[[StockWindow], None]
    ) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-picture-")
        place = Path(self._folder.name) / "workspace"
        shutil.copytree(_template(), place)
        self._workspace = Workspace.open(place, user="c.vasseur", clock=lambda: NOW)
        arrange(self._workspace)
        self.session = a_session(self._workspace)
        take_in = QAction(_("Import…"), self)
        take_in.setProperty(ICON_PROPERTY, Icon.IMPORT.value)
        self.page = StockWindow(self.session, take_in, self)
        self.page.explorer.old_after(24)
        self.page.show()
        self.session.start()
        act(self.page)

    def resizeEvent(self, _event) -> None:  # noqa: N802 - Qt calls it so
        self.page.resize(self.size())

    def grab(self, *_area):
        return self.page.grab()

    def closeEvent(self, event) -> None:  # noqa: N802
        super().closeEvent(event)
        self.session.close()
        self._workspace.close()
        self._folder.cleanup()

    def ready(self) -> bool:
        return self.session.settled and self.page.explorer.settled


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="regie-template-"))
    Workspace.open(folder, user="template").close()
    return folder


def _grouped(page: StockWindow) -> None:
    page.tabs.choose(Grouping.PRODUCTS.value)
    page._wanted = ("", "LAMPE-01")


SIZES = ((1340, 700), (1180, 600), (940, 480))
PAGES = tuple(
    Page(name, partial(StockPicture, arrange, act), SIZES, ready=StockPicture.ready)
    for name, arrange, act in (
        ("stock-cells", fill, lambda page: page.go_to("LAM", "LAMPE-01")),
        ("stock-arrivals", fill, lambda page: setattr(page, "_wanted", ("LIC", "CHAISE-02"))),
        ("stock-products", fill, _grouped),
        ("stock-nothing", lambda _workspace: None, lambda _page: None),
    )
)
