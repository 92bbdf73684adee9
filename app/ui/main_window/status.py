"""The last row of the window: how safe the work is, what runs, what was done last."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.journal import Changes, Entry
from app.formats import clock
from app.i18n import _
from app.jobs import Job
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import LinkButton
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.job_strip import JobNews, JobStrip
from app.ui.widgets.key_cap import KeyCap
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip
from app.wording import sentence
from db.journal import entries

_HEIGHT = 24
_SAY_AGAIN_MS = 100


class StatusBar(Strip):
    """The state of the desk on the left, the job in the middle, the last entry on the right."""

    def __init__(self, session: Session, undo: Callable[[], object], parent: QWidget) -> None:
        super().__init__(_HEIGHT, edge="top", parent=parent)
        self._session = session
        self._saved = Caption(parent=self)
        self._jobs = JobStrip(self)
        self._last = Caption(parent=self)
        self._undo = LinkButton(_("Undo"), parent=self)
        self._undo.clicked.connect(undo)
        self._cap = KeyCap("Ctrl+Z", self)
        self._running: list[Job] = []
        self._news: dict[int, tuple[int, int, str]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SAY_AGAIN_MS)
        self._pause.timeout.connect(self._show_job)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 10, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(Icon.SAVED, tone="success", parent=self))
        row.addWidget(self._saved)
        row.addWidget(self._jobs)
        row.addStretch(1)
        row.addWidget(IconLabel(Icon.JOURNAL, parent=self))
        row.addWidget(self._last)
        row.addWidget(self._undo)
        row.addWidget(self._cap)
        self._undo.hide()
        self._cap.hide()

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self._look_again)
        session.job_started.connect(self._started)
        session.job_reported.connect(self._reported)
        session.job_ended.connect(self._ended)
        self._jobs.stop_asked.connect(self._stop)
        self._look_again(Changes.everything())

    def _look_again(self, _changes: Changes) -> None:
        self._session.read(entries, self._show_last, None, 1)

    def _show_last(self, found: list[Entry]) -> None:
        last = found[0] if found else None
        self._show_saved(last.at if last else None)
        at = clock(last.at, self._session.zone) if last else ""
        text = f"{at} · {sentence(last.summary)} · {last.actor}" if last else _("Nothing done yet")
        self._last.set_runs(Run(text, "text2", small=True))
        can_undo = last is not None and last.undoable
        self._undo.setVisible(can_undo)
        self._cap.setVisible(can_undo)

    def _show_saved(self, at: datetime | None) -> None:
        kind = (
            _("Stand-alone desk, demonstration")
            if self._session.workspace.is_demonstration
            else _("Stand-alone desk")
        )
        text = (
            kind
            if at is None
            else _("{desk}, saved {time}").format(desk=kind, time=clock(at, self._session.zone))
        )
        self._saved.set_runs(Run(text, "text2", small=True))

    def _started(self, job: Job) -> None:
        self._running.append(job)
        self._news[id(job)] = (0, 0, "")
        self._show_job()

    def _reported(self, job: Job, done: int, total: int, best: str) -> None:
        self._news[id(job)] = (done, total, best)
        if not self._pause.isActive():
            self._pause.start()

    def _ended(self, job: Job) -> None:
        self._running = [other for other in self._running if other is not job]
        self._news.pop(id(job), None)
        self._show_job()

    def _show_job(self) -> None:
        if not self._running:
            self._jobs.clear()
            return
        job = self._running[-1]
        done, total, best = self._news[id(job)]
        more = len(self._running) - 1
        self._jobs.show_job(
            JobNews(
                job.title + (f" (+{more})" if more else ""),
                done / total if total else None,
                best,
                _("Stop and keep") if best else _("Stop"),
                curve=tuple(job.curve),
            )
        )

    def _stop(self) -> None:
        if self._running:
            self._running[-1].request_stop()
            self._jobs.show_stopping()
