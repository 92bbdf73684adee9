"""The import window: before any file, on a stranger's export, on a whole folder, and after it."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.intake.window import ImportWindow
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.intake.files import a_day, an_export
from tests.ui.pictures import Page
from tests.ui.sessions import a_session

Act = Callable[[ImportWindow, Path], None]


class ImportPicture(QWidget):
    """The window on a workspace of its own, gone with the picture."""

    def __init__(self, act: Act, settled: Callable[[ImportWindow], bool]) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-picture-")
        place = Path(self._folder.name)
        shutil.copytree(_template(), place / "workspace")
        self._workspace = Workspace.open(place / "workspace", user="c.vasseur", clock=lambda: NOW)
        self.session = a_session(self._workspace)
        self.page = ImportWindow(self.session, self)
        self._settled = settled
        self.page.show()
        act(self.page, place)

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
        flow = self.page.flow
        return not flow.reading.is_busy and self._settled(self.page)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="regie-template-"))
    Workspace.open(folder, user="template").close()
    return folder


def _export(page: ImportWindow, place: Path) -> None:
    page.open_paths([an_export(place)])


def _folder(page: ImportWindow, place: Path) -> None:
    page.open_paths([a_day(place / "jour")])


def _imported(page: ImportWindow, place: Path) -> None:
    _folder(page, place)
    page.flow.changed.connect(lambda: page.flow.rows and page.flow.take_in())


def _page(name: str, act: Act, settled: Callable[[ImportWindow], bool]) -> Page:
    sizes = ((1180, 700), (1000, 600))
    return Page(name, partial(ImportPicture, act, settled), sizes, ready=ImportPicture.ready)


def _turn(name: str, act: Act) -> Act:
    def turned(page: ImportWindow, place: Path) -> None:
        act(page, place)
        page.flow.changed.connect(lambda: page.file.tabs.isVisible() and page.file.show_tab(name))

    return turned


def _codes(page: ImportWindow, place: Path) -> None:
    _folder(page, place)
    page.flow.turn_to(place / "jour" / "orders.csv")
    page.flow.changed.connect(lambda: _stand_on_mode(page))


def _stand_on_mode(page: ImportWindow) -> None:
    if page.flow.rows is None:
        page.flow.turn_to(page.flow.chosen.wishes[-1].path)
    page.file.columns.show_chosen({"theirs Mode"})
    page.file._stand_on(frozenset({"theirs Mode"}))


PAGES = (
    _page("import-codes", _codes, lambda page: page.flow.rows is not None),
    _page("import-empty", lambda _page, _place: None, lambda _page: True),
    _page("import-export", _export, lambda page: page.flow.rows is not None),
    _page("import-folder", _folder, lambda page: page.flow.rows is not None),
    _page("import-sample", _turn("sample", _export), lambda page: page.flow.rows is not None),
    _page("import-refused", _turn("refused", _export), lambda page: page.flow.rows is not None),
    _page("import-done", _imported, lambda page: page.flow.done),
)
