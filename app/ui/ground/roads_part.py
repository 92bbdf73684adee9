"""The upper part: what driving times are reckoned from, in the order in which it is asked."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app import formats
from app.connectors.feeds.faults import Unreadable
from app.errors import Refused, Stopped
from app.i18n import _, n_
from app.jobs import Job
from app.operations.roads import (
    AddedRoads,
    add_roads,
    remove_roads,
    said_of,
)
from app.ui.ground.road_lines import RoadLine, Roads, road_columns, roads_of
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.caption import Caption
from app.ui.widgets.footer import Footer
from app.ui.widgets.heading import Heading
from app.ui.widgets.job_strip import JobNews, JobStrip
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.looks import Run
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.wording import sentence
from app.wording.faults import fault_text

_FOLDER = "ground/folder"
_FILES = "*.pbf *.osm *.osm.bz2 *.osm.gz *.csv *.xlsx"


class RoadsPart(QWidget):
    """Lists, adds and removes; `changed` follows when driving times are others from now on."""

    changed = Signal()
    shown = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._waiting: list[Path] = []
        self._said: list[Run] = []
        self._heading = Heading(self)
        self._heading.say(_("Driving times"), _("asked from top to bottom"))
        self._model = RowsModel(
            road_columns(lambda: session.zone), key=lambda line: line.place, parent=self
        )
        self.table = rows_table(self._model, self)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.told = Caption(parent=self)
        self._heading.add_tool(self.told)
        self.method = Caption(parent=self)
        self.progress = JobStrip(self)
        self.add = self._action(_("Add roads or times…"), Icon.IMPORT, "Ctrl+R")
        self.remove = self._action(_("Do without"), Icon.CLOSE, "Del")
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """Look again at what the workspace has."""
        workspace = self._session.workspace
        self._session.reckon(lambda: roads_of(workspace), self._show)

    def take(self, paths: Sequence[Path]) -> None:
        """Take these files in, one after the other."""
        self._waiting += paths
        if self._job is None:
            self._said.clear()
            self._take_next()

    def ask_files(self) -> None:
        """Let a person choose files."""
        kept = QSettings().value(_FOLDER)
        folder = kept if isinstance(kept, str) else str(Path.home())
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Add roads or times"), folder, f"{_('Roads and tables')} ({_FILES})"
        )
        if names:
            QSettings().setValue(_FOLDER, str(Path(names[0]).parent))
            self.take([Path(name) for name in names])

    # What is shown

    def _show(self, roads: Roads) -> None:
        self._model.show_rows(roads.lines)
        self.method.set_runs(Run(_("The next plan:"), "text2"), Run(roads.method))
        self._offer()
        self.shown.emit()

    def _chosen(self) -> RoadLine | None:
        lines = self._model.rows()
        return next((line for line in lines if line.place in self.table.chosen and line.kind), None)

    def _offer(self) -> None:
        line = self._chosen()
        self.remove.setEnabled(line is not None and self._job is None)
        self.remove.setToolTip(
            "" if line else _("Choose roads or measured times; coordinates always stay.")
        )

    # What a person does

    def _take_next(self) -> None:
        if not self._waiting:
            return
        path, workspace = self._waiting.pop(0), self._session.workspace

        def work(job: Job) -> AddedRoads | Refused:
            try:
                return add_roads(workspace, path, stop=job.stop, progress=job.report)
            except Refused as refusal:
                return refusal

        title = _("Reading {file}").format(file=path.name)
        self._job = self._session.run(
            title, work, lambda made: self._taken(path, made), writes=False
        )
        self._offer()

    def _taken(self, path: Path, made: AddedRoads | Refused) -> None:
        if isinstance(made, Stopped):
            self._waiting.clear()
            self._tell(sentence(made.reason), "text2")
        elif isinstance(made, Refused):
            said = _("{file} was not taken in: {why}")
            self._tell(said.format(file=path.name, why=_why(made)), "danger")
        else:
            self._tell(_added(made), "warn" if made.notes else "success")
            self.changed.emit()
        self._take_next()
        self.read()

    def _remove(self) -> None:
        line, workspace = self._chosen(), self._session.workspace
        if line is None:
            return

        def told(_done: None) -> None:
            self._said.clear()
            self._tell(
                _("Without {name}; its file brings it back.").format(name=line.name), "text2"
            )
            self.changed.emit()
            self.read()

        self._session.submit(lambda: remove_roads(workspace, line.name), told)

    def _tell(self, said: str, tone: str) -> None:
        """Say it after what was said of the files taken together with this one."""
        self._said.append(Run(said, tone))
        self.told.set_runs(*self._said)

    def _reported(self, job: Job, done: int, total: int, best: str) -> None:
        if job is self._job:
            fraction = done / total if total else None
            news = JobNews(job.title, fraction, best, _("Stop"), Icon.IMPORT)
            self.progress.show_job(news)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.progress.clear()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.request_stop()
            self.progress.show_stopping()

    # How it is made

    def _action(self, text: str, icon: Icon, key: str) -> QAction:
        action = QAction(text, self)
        action.setProperty(ICON_PROPERTY, icon.value)
        action.setShortcut(key)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(context if key == "Del" else Qt.ShortcutContext.WindowShortcut)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        foot = Footer(self)
        foot.add_leading_button(self.progress)
        foot.add_leading_button(self.method)
        foot.add_button(KeyButton(self.remove, parent=foot))
        foot.add_button(KeyButton(self.add, parent=foot))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.table, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        session = self._session
        session.job_reported.connect(self._reported)
        session.job_ended.connect(self._ended)
        self.progress.stop_asked.connect(self._stop)
        self.table.selection_changed.connect(lambda _keys: self._offer())
        self.add.triggered.connect(lambda _on=False: self.ask_files())
        self.remove.triggered.connect(lambda _on=False: self._remove())


def _added(made: AddedRoads) -> str:
    """What was taken in, and how many rows stayed out, with the first one's reason."""
    if not made.notes:
        return said_of(made)
    line, _column, why = made.notes[0]
    count = len(made.notes)
    out = n_("{count} row stayed out", "{count} rows stayed out", count)
    first = _("line {line}: {why}").format(line=line, why=sentence(why))
    return f"{said_of(made)} {out.format(count=formats.number(count))}: {first}"


def _why(refusal: Refused) -> str:
    """What is wrong with a file, and where."""
    if isinstance(refusal, Unreadable):
        fault = refusal.fault
        return fault_text(fault.line, fault.column, fault.value, fault.reason)
    return sentence(refusal.reason)
