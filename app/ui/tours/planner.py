"""How tours are planned from the window: a job that shows its best so far, and can be stopped."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app import formats
from app.domain.tours import PlanState, TourPlan
from app.i18n import _, n_
from app.jobs import Job
from app.operations.touring import PlanRun, plan
from app.planning.tours.improvement import Improvement
from app.planning.tours.kept import Keep
from app.planning.tours.worker import Solver, SolverProcess
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours.words import to_gain
from app.ui.widgets.toast import News
from app.wording import sentence


class Planner(QObject):
    """Plans the session's day; the search runs in a process that stays warm for the next time."""

    started = Signal()
    shown = Signal(object)  # TourPlan: the best so far, kept nowhere yet
    planned = Signal(object)  # PlanRun: it was kept
    ended = Signal()

    def __init__(
        self, session: Session, parent: QObject | None = None, *, solver: Solver | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._process = SolverProcess()
        self.solver: Solver = solver or self._process.solve
        self._on: date | None = None
        session.job_ended.connect(self._job_ended)
        self.destroyed.connect(self._process.close)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    @property
    def on(self) -> date | None:
        """The day that is being planned, None when none is."""
        return self._on

    @property
    def running(self) -> bool:
        return self._on is not None

    def start(self, keep: Keep | None = None) -> None:
        """Plan the day that the session shows, as long as the settings allow.

        With `keep`, stops stay on their vehicles.
        """
        session, on = self._session, self._session.day
        workspace, seconds = session.workspace, float(session.settings.solve_seconds)
        tale = _Tale(session.board.plan)
        self._on = on
        self.started.emit()

        def work(job: Job) -> PlanRun:
            def heard(best: Improvement) -> None:
                tale.hear(best)
                job.curve.append((best.seconds, best.worth_cents))

            return plan(
                workspace,
                on,
                keep=keep,
                seconds=seconds,
                apply=True,
                stop=job.stop,
                progress=lambda done, total, best="": job.report(done, total, tale.best or best),
                on_best=heard,
                on_plan=self.shown.emit,
                solver=self.solver,
            )

        # not in the writers' lane: the search takes long, keeping its result does not
        self._job = session.run(_("Planning the tours"), work, self._kept, writes=False)

    def stop(self) -> None:
        """End the search soon; the best so far is kept."""
        if self._job is not None:
            self._job.request_stop()

    def _kept(self, run: PlanRun) -> None:
        self.planned.emit(run)
        self._session.news.emit(_news(run))

    def _job_ended(self, job: object) -> None:
        if self._on is not None and job is self._job:
            self._job = self._on = None
            self.ended.emit()


class _Tale:
    """The best so far in a few words: against the drafts it replaces, where they carry as much."""

    def __init__(self, before: TourPlan) -> None:
        drafts = [t for t in before.tours if t.state is PlanState.DRAFT and not t.locked]
        self._stops = sum(len(tour.deliveries) for tour in drafts)
        self._distance_m = sum(tour.distance_m for tour in drafts)
        self.best = ""

    def hear(self, best: Improvement) -> None:
        stops = sum(len(visits) for _vehicle, visits in best.routes)
        if not self._stops or stops != self._stops:
            return
        change = formats.change_between(formats.distance, self._distance_m, best.distance_m)
        self.best = _("best {change}").format(change=change)


def _news(run: PlanRun) -> News:
    """What was planned, what was left out, and what was left aside."""
    found = run.drafts
    tours = n_("{count} tour planned", "{count} tours planned", len(found.tours))
    title = tours.format(count=formats.number(len(found.tours)))
    if run.notes:
        line = sentence(run.notes[0])
        return News(title, line, status="warn", icon=Icon.WARNING)
    parts = [
        formats.distance(found.distance_m),
        formats.money(found.cost_cents),
        formats.emissions(found.co2e_g),
    ]
    if left := len(found.unplanned):
        text = n_("{count} left out", "{count} left out", left)
        parts.append(text.format(count=formats.number(left)))
    if run.bound is not None:
        parts.append(to_gain(run.bound))
    return News(title, " · ".join(parts), icon=Icon.OPTIMISE)
