"""Reading chosen files off the window's thread: a look at one, a rehearsal of all, the import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.connectors.feeds.ground import Known
from app.connectors.feeds.mappings.mapping import Mapping
from app.connectors.geocoders.ban import BanGeocoder
from app.domain.reasons import Reason
from app.errors import EnvironmentProblem, Refused, Stopped
from app.i18n import _
from app.jobs import Job as Work
from app.operations.intake import import_jobs, preview
from app.operations.intake_choice import FoundFile, found_files, saved_mappings
from app.operations.intake_files import Job
from app.operations.intake_ground import known_with
from app.operations.intake_preview import Preview
from app.operations.intake_report import FileReport, ImportReport
from app.ui.intake.tally import Tally, tally
from app.ui.session import Session

#: Rows that a look reads, and those that it shows.
_HEAD, _SHOWN = 400, 60
_PAUSE_MS = 400


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a file: a preview, or why there is none."""

    path: Path
    preview: Preview | None = None
    trouble: Reason | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all files: a report, or why there is none (neither = a person stopped it)."""

    jobs: tuple[Job, ...]
    report: ImportReport | None = None
    trouble: Reason | None = None
    tallies: tuple[Tally, ...] = ()

    @property
    def tally_by_path(self) -> dict[Path, Tally]:
        """What each file refused, counted."""
        return dict(zip((job.path for job in self.jobs), self.tallies, strict=True))

    @property
    def by_path(self) -> dict[Path, FileReport]:
        """The report of each file."""
        if self.report is None:
            return {}
        return dict(zip((job.path for job in self.jobs), self.report.files, strict=True))


@dataclass(frozen=True, slots=True)
class Found:
    """The files that were chosen, and the mappings to choose from."""

    files: tuple[FoundFile, ...]
    saved: dict[str, Mapping]
    trouble: Reason | None = None


class Reading(QObject):
    """Only the answer to the latest question of each kind is told."""

    found = Signal(object)  # Found
    looked = Signal(object)  # Look
    rehearsed = Signal(object)  # Outcome
    imported = Signal(object)  # Outcome
    progressed = Signal(int, int, str)  # of the rehearsal or the import: done, total, file

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._look_question = 0
        self._known: tuple[tuple[Job, ...], Known] | None = None
        self._work: Work | None = None
        self._file = ""
        self._writes = False
        self._jobs: tuple[Job, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._start_rehearsal)
        session.job_reported.connect(self._reported)
        session.job_ended.connect(self._ended)
        session.broke.connect(self._broke)

    @property
    def is_busy(self) -> bool:
        """Whether files are being rehearsed or imported, or are about to be."""
        return self._work is not None or self._pause.isActive()

    def find(self, paths: Sequence[Path]) -> None:
        """Tell what these files and folders seem to hold."""
        workspace = self._session.workspace

        def work() -> Found:
            saved = saved_mappings(workspace)
            try:
                return Found(found_files(paths, saved), saved)
            except (Refused, EnvironmentProblem) as problem:
                return Found((), saved, problem.reason)

        self._session.reckon(work, self.found.emit)

    def look(self, path: Path, kind: str, mapping: Mapping | None, before: Sequence[Job]) -> None:
        """Read the head of a file; the files before it may bring codes that it refers to."""
        self._look_question += 1
        question, jobs = self._look_question, tuple(before)
        workspace = self._session.workspace

        def work() -> Look:
            try:
                known = self._known_with(jobs)
                seen = preview(
                    workspace, path, kind, mapping, rows=_HEAD, examples=_SHOWN, known=known
                )
            except (Refused, EnvironmentProblem) as problem:
                return Look(path, trouble=problem.reason)
            return Look(path, seen)

        def then(look: Look) -> None:
            if question == self._look_question:
                self.looked.emit(look)

        self._session.reckon(work, then)

    def rehearse(self, jobs: Sequence[Job]) -> None:
        """Read all files whole, soon, without changing anything; what was asked before is off."""
        self.stop()
        self._jobs = tuple(jobs)
        if jobs:
            self._pause.start()

    def take_in(self, jobs: Sequence[Job]) -> None:
        """Import the files."""
        self.stop()
        self._jobs = tuple(jobs)
        self._run(_("Importing files"), self.imported.emit, writes=True)

    def stop(self) -> None:
        """Whatever reads files is to end, and nothing is to change."""
        self._pause.stop()
        if self._work is not None:
            self._work.request_stop()

    def _start_rehearsal(self) -> None:
        self._run(_("Checking files"), self.rehearsed.emit, writes=False)

    def _run(self, title: str, tell: Callable[[Outcome], None], *, writes: bool) -> None:
        jobs, workspace = self._jobs, self._session.workspace
        online = self._session.settings.online_geocoder and writes

        def work(job: Work) -> Outcome:
            def report(done: int, total: int, best: str = "") -> None:
                self._file = best or self._file
                job.report(done, total)

            try:
                report_of_all = import_jobs(
                    workspace,
                    jobs,
                    dry_run=not writes,
                    geocoder=BanGeocoder() if online else None,
                    progress=report,
                    stop=job.stop,
                )
            except Stopped:
                return Outcome(jobs)
            except (Refused, EnvironmentProblem) as problem:
                return Outcome(jobs, trouble=problem.reason)
            tallies = tuple(tally(file.rejected) for file in report_of_all.files)
            return Outcome(jobs, report_of_all, tallies=tallies)

        def then(outcome: Outcome) -> None:
            self._writes = False
            if writes or outcome.report is not None or outcome.trouble is not None:
                tell(outcome)

        self._file, self._writes = "", writes
        self._work = self._session.run(title, work, then, writes=writes)

    def _known_with(self, jobs: tuple[Job, ...]) -> Known | None:
        """Codes that other files bring; read again only when those files are others."""
        if not jobs:
            return None
        if self._known is None or self._known[0] != jobs:
            self._known = (jobs, known_with(self._session.workspace, jobs))
        return self._known[1]

    def _reported(self, work: Work, done: int, total: int, _best: str) -> None:
        if work is self._work:
            self.progressed.emit(done, total, self._file)

    def _ended(self, work: Work) -> None:
        if work is self._work:
            self._work = None

    def _broke(self, _error: BaseException) -> None:
        """Something went wrong that should not have, and is told elsewhere: the import is over."""
        if self._writes and self._work is None:
            self._writes = False
            self.imported.emit(Outcome(self._jobs))
