"""How the drivers' road sheets leave the desk: into a folder of choice, with the day's review."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app import formats
from app.i18n import _, n_
from app.operations.review import Reviewed, review
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.toast import News

_FOLDER = "tours/folder"
ChooseFolder = Callable[[QWidget, str], str]


def ask_folder(parent: QWidget, start: str) -> str:
    """The folder a person picks; empty when none."""
    return QFileDialog.getExistingDirectory(parent, _("Where to write the road sheets"), start)


class Papers:
    """One job writes them all; its news leads to the folder."""

    def __init__(
        self, session: Session, window: QWidget, choose_folder: ChooseFolder = ask_folder
    ) -> None:
        self._session = session
        self._window = window
        self.choose_folder = choose_folder

    def write(self) -> None:
        """Ask for a folder, starting where the last ones went, and write there."""
        chosen = self.choose_folder(self._window, str(QSettings().value(_FOLDER, "")))
        if not chosen:
            return
        QSettings().setValue(_FOLDER, chosen)
        folder, workspace, day = Path(chosen), self._session.workspace, self._session.day
        self._session.run(
            _("Writing the road sheets"),
            lambda job: review(workspace, day, folder, progress=job.report, stop=job.stop),
            lambda made: self._tell(made, folder),
            writes=False,
        )

    def _tell(self, made: Reviewed, folder: Path) -> None:
        count = len(made.files)
        files = n_("{count} file in {folder}", "{count} files in {folder}", count)
        news = News(
            _("Road sheets and review written"),
            files.format(count=formats.number(count), folder=folder.name),
            icon=Icon.PDF,
            link=_("Open the folder"),
            follow=lambda: _open(folder),
        )
        self._session.news.emit(news)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
