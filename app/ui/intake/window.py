"""The import window: chosen files on the left, the one looked at on the right, the way on below."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from app.operations.intake_files import ENDINGS, RULES
from app.operations.intake_refused import write_refused
from app.ui.icons import Icon
from app.ui.intake.chosen import Wish
from app.ui.intake.dropping import DropTarget
from app.ui.intake.file_columns import summary
from app.ui.intake.file_pages import REFUSED
from app.ui.intake.file_view import FileView
from app.ui.intake.files_list import FilesList
from app.ui.intake.flow import Flow, Stage
from app.ui.intake.foot import Foot
from app.ui.intake.keeping import Keeping
from app.ui.intake.welcome import Welcome
from app.ui.session import Session
from app.ui.steps import Steps
from app.ui.widgets.side_window import SideWindow
from app.ui.widgets.toast import News

_FOLDER = "intake/folder"
_LIST_SHARE = 0.29
_LEAST = QSize(980, 540)


class ImportWindow(SideWindow):
    """Nothing is changed before the blue button; after it the window says what was.

    It welcomes at once; what shows files is made in the next turns of the loop.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("intake", _("Import"), QSize(1180, 700), parent)
        self._session = session
        self._furnished = False
        self.flow = Flow(session, self)
        self._keeping = Keeping(session, self)
        self.foot = Foot(self)
        self._stack = QStackedWidget(self)
        self.welcome = Welcome(self._stack)
        self._split = QSplitter(Qt.Orientation.Horizontal, self._stack)
        self._lay_out()
        self._connect()
        self._show()
        self._furnishing = Steps(self)
        self._furnishing.begin(self._furnish())

    @property
    def files(self) -> FilesList:
        """The chosen files."""
        self._furnishing.finish()
        return self._files

    @property
    def file(self) -> FileView:
        """The file that is looked at."""
        self._furnishing.finish()
        return self._file

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Look at these files and folders, beside those chosen before."""
        if paths:
            folder = paths[0] if paths[0].is_dir() else paths[0].parent
            QSettings().setValue(_FOLDER, str(folder))
            self.flow.open(paths)

    def ask_files(self) -> None:
        """Let a person choose files."""
        pattern = " ".join(f"*{ending}" for ending in ENDINGS)
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Import files"), _folder(), f"{_('Tables')} ({pattern} {RULES}.toml)"
        )
        self.open_paths([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Let a person choose a folder."""
        name = QFileDialog.getExistingDirectory(self, _("Import a folder"), _folder())
        if name:
            self.open_paths([Path(name)])

    def export_to(self, wish: Wish, out: Path) -> None:
        """Write the refused lines of a file to another one, to be mended."""
        report = wish.report
        if report is None:
            return

        def told(path: Path) -> None:
            news = News(_("Refused lines exported"), str(path), icon=Icon.EXPORT)
            self._session.news.emit(news)

        mapping = wish.file.mapping
        self._session.reckon(lambda: write_refused(wish.path, report, out, mapping=mapping), told)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.flow.stage is not Stage.IMPORTING:
            self.flow.reading.stop()
        if self.flow.done:
            self.flow.start_anew()
        super().closeEvent(event)

    # What is shown

    def _show(self) -> None:
        flow, wish = self.flow, self.flow.chosen.at
        busy = flow.stage is Stage.IMPORTING
        self._say_title(wish)
        self._split.setEnabled(not busy)
        if wish is None:
            self._stack.setCurrentWidget(self.welcome)
        elif self._furnished:
            wishes = flow.chosen.wishes
            self._files.show_wishes(wishes, flow.chosen.current, done=flow.done)
            self._files.setVisible(len(wishes) > 1)
            names = [name for name, kept in flow.saved.items() if kept.kind == wish.file.kind]
            self._file.show_file(wish, flow.seen, flow.trouble, names, done=flow.done)
            self._stack.setCurrentWidget(self._split)
        self.foot.setVisible(wish is not None)
        self._show_foot(busy=busy)

    def _say_title(self, wish: Wish | None) -> None:
        title = _("Imported") if self.flow.done else _("Import")
        self.setWindowTitle(title if wish is None else f"{title} · {wish.path.name}")

    def _show_foot(self, *, busy: bool) -> None:
        flow, foot = self.flow, self.foot
        foot.show_stage(done=flow.done, busy=busy)
        foot.say_import(flow.rows, flow.against)
        if not flow.reading.is_busy:
            foot.progress.clear()
        wishes, at = flow.chosen.wishes, flow.chosen.at
        sums = summary(wishes) if wishes and not busy else ""
        foot.set_summary(flow.said or sums)
        refused = at.report.rejected if at is not None and at.report is not None else ()
        foot.export.setEnabled(flow.done and bool(refused))

    def _progressed(self, done: int, total: int, file: str) -> None:
        if self.flow.stage is not Stage.IMPORTING:
            self.foot.show_progress(_("Checking"), done, total, file, "")
        elif total and done >= total:
            self.foot.show_progress(_("Saving"), 0, 0, "", "")
        else:
            self.foot.show_progress(_("Importing"), done, total, file, _("Stop"))

    def _ended(self) -> None:
        self.file.show_tab(REFUSED)
        if not self.isVisible():
            news = News(_("Files imported"), summary(self.flow.chosen.wishes), icon=Icon.IMPORT)
            self._session.news.emit(news)

    # What leads out of the window

    def _export(self) -> None:
        wish = self.flow.chosen.at
        if wish is None:
            return
        proposed = str(wish.path.with_name(f"{wish.path.stem}-{_('refused')}.csv"))
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Export the refused lines"), proposed, f"{_('Tables')} (*.csv)"
        )
        if name:
            self.export_to(wish, Path(name))

    def _save_mapping(self) -> None:
        wish, seen = self.flow.chosen.at, self.flow.seen
        if wish is not None and seen is not None:
            name = wish.file.mapping_name or wish.path.stem
            self._keeping.ask_name(seen.mapping, name)

    def _open_menu(self) -> None:
        wish, seen, more = self.flow.chosen.at, self.flow.seen, self.file.head.more
        if wish is not None:
            mapping = seen.mapping if seen is not None else None
            at = more.mapToGlobal(more.rect().bottomLeft())
            self._keeping.open_menu(at, mapping, str(wish.path.parent))

    def _stop(self) -> None:
        self.flow.reading.stop()
        self.foot.progress.show_stopping()

    # How it is made

    def _lay_out(self) -> None:
        self.setMinimumSize(_LEAST)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    def _furnish(self) -> Iterator[None]:
        self._files = FilesList(self._split)
        yield
        self._file = FileView(self._split)
        yield
        self._split.setSizes([int(_LIST_SHARE * self.width()), self.width()])
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._connect_parts()
        self._furnished = True
        self._show()

    def _connect_parts(self) -> None:
        flow, head = self.flow, self._file.head
        self._files.looked_at.connect(flow.turn_to)
        self._files.ticked.connect(flow.tick)
        self._files.dropped.connect(flow.drop)
        head.kind_said.connect(flow.say_kind)
        head.mapping_said.connect(flow.say_saved)
        head.written_said.connect(flow.say_written)
        head.save_asked.connect(self._save_mapping)
        head.more_asked.connect(self._open_menu)
        self._file.mapping_changed.connect(flow.say_mapping)

    def _connect(self) -> None:
        flow, foot = self.flow, self.foot
        DropTarget(self).dropped.connect(self.open_paths)
        self.welcome.files_asked.connect(self.ask_files)
        self.welcome.folder_asked.connect(self.ask_folder)
        self._keeping.saved.connect(flow.mapping_kept)
        self._keeping.loaded.connect(flow.say_mapping)
        flow.changed.connect(self._show)
        flow.ended.connect(self._ended)
        flow.reading.progressed.connect(self._progressed)
        foot.when(foot.add_files, self.ask_files)
        foot.when(foot.add_folder, self.ask_folder)
        foot.when(foot.take_in, flow.take_in)
        foot.when(foot.export, self._export)
        foot.when(foot.more, flow.start_anew)
        foot.when(foot.close_window, self.close)
        foot.progress.stop_asked.connect(self._stop)


def _folder() -> str:
    kept = QSettings().value(_FOLDER)
    return kept if isinstance(kept, str) else str(Path.home())
