"""How the drivers' road sheets leave the desk: into a folder of choice, with the day's review."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app import formats
from app.i18n import _, n_
from app.jobs import Job
from app.operations.review import ROAD_SHEETS, review
from app.operations.sheets import SheetFormat, write_sheets
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours.paper_choice import PaperChoice, ask_choice, keep_choice, last_choice
from app.ui.widgets.toast import News
from app.workspace import Workspace

Choose = Callable[[QWidget, PaperChoice], PaperChoice | None]


class Papers:
    """One job writes them all; its news leads to the folder."""

    def __init__(self, session: Session, window: QWidget, choose: Choose = ask_choice) -> None:
        self._session = session
        self._window = window
        self.choose = choose

    def write(self) -> None:
        """Ask what and where to, starting with the last choice, and write there."""
        chosen = self.choose(self._window, last_choice())
        if chosen is None or chosen.folder is None or not chosen.formats:
            return
        keep_choice(chosen)
        folder, kinds = chosen.folder, chosen.formats
        workspace, day = self._session.workspace, self._session.day
        self._session.run(
            _("Writing the road sheets"),
            lambda job: _written(workspace, day, folder, kinds, job),
            lambda count: self._tell(count, folder, SheetFormat.PDF in kinds),
            writes=False,
        )

    def _tell(self, count: int, folder: Path, reviewed: bool) -> None:
        files = n_("{count} file in {folder}", "{count} files in {folder}", count)
        news = News(
            _("Road sheets and review written") if reviewed else _("Road sheets written"),
            files.format(count=formats.number(count), folder=folder.name),
            icon=Icon.PDF,
            link=_("Open the folder"),
            follow=lambda: _open(folder),
        )
        self._session.news.emit(news)


def _written(
    workspace: Workspace, day: date, folder: Path, kinds: frozenset[SheetFormat], job: Job
) -> int:
    """How many files were written: the review with its PDFs, then the other kinds beside them."""
    count = 0
    if SheetFormat.PDF in kinds:
        count += len(review(workspace, day, folder, progress=job.report, stop=job.stop).files)
    others = kinds - {SheetFormat.PDF}
    if others:
        made = write_sheets(
            workspace,
            day,
            folder / ROAD_SHEETS,
            formats=others,
            progress=job.report,
            stop=job.stop,
        )
        count += len(made.files)
    return count


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
