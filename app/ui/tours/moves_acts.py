"""Moves in the window, whatever they move: a job finds them, a person ticks, one entry stays."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.journal import Settled
from app.domain.tours import PlanState, Tour, TourPlan
from app.i18n import _
from app.jobs import Job
from app.planning.tours.consequences import Preview, Touched
from app.ui.actions import Actions, ActionSpec
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours.moves_view import MovesView, Ticking
from app.ui.tours.pane_day import PaneDay
from app.ui.tours.planner import Planner
from app.ui.tours.timeline import Timeline
from app.ui.tours.trial import Trial, left_bars, tried
from app.ui.widgets.key_cap import KeyButton
from app.ui.widgets.toast import News


class Stage(Protocol):
    """What it needs of the page."""

    shown: PaneDay
    timeline: Timeline
    planner: Planner


class MovesOfTours(Ticking, Protocol):
    """A suggestion that touches tours of a day."""

    @property
    def plan(self) -> TourPlan: ...

    @property
    def looked_at(self) -> tuple[str, ...]: ...

    def touched(self, ticked: Iterable[int]) -> tuple[Touched, ...]: ...


S = TypeVar("S", bound=MovesOfTours)


class MovesKind(Protocol[S]):
    """How moves of one kind are found, done and told."""

    #: The job's name, and what it is called to look for them, to do them.
    title: str
    look: ActionSpec
    do: ActionSpec

    def searching(self, on: date) -> Callable[[Job], S]:
        """What a job is to do to find the moves of a day, by what the window says now."""
        ...

    def carry_out(self, suggestion: S, ticked: frozenset[int]) -> Settled:
        """Do what is ticked, as one entry."""
        ...

    def moved(self, suggestion: S, numbers: Collection[int]) -> frozenset[str]:
        """The shipments that these moves move."""
        ...

    def told(self, suggestion: S, ticked: frozenset[int]) -> tuple[str, str]:
        """What is said once they are done: what, and what it came to."""
        ...

    def why_none(self) -> str:
        """What is to be done before anything can be ticked."""
        ...


class MovesActs(QObject, Generic[S]):
    """Looks for moves, shows them beside the timeline, and does those that are ticked."""

    found = Signal()

    def __init__(
        self,
        session: Session,
        actions: Actions,
        stage: Stage,
        kind: MovesKind[S],
        view: MovesView[S],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._actions, self._stage = session, actions, stage
        self.kind, self.view = kind, view
        self._job: Job | None = None
        self._running = False
        actions.register(kind.look, self.start, self._why_not)
        actions.register(kind.do, self.apply, self._why_not_apply)
        self._connect(view)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    def _connect(self, view: MovesView[S]) -> None:
        apply = self._actions.action(self.kind.do.id)
        view.footer.add_button(KeyButton(apply, text=_("Do"), primary=True))
        self._actions.attach(view, self.kind.do.id)
        view.looked_at.connect(self._look_at)
        view.ticked_changed.connect(self._actions.refresh_soon)
        view.left.connect(self._actions.refresh_soon)
        session = self._session
        session.day_changed.connect(view.leave)
        session.job_ended.connect(self._job_ended)
        session.board_changed.connect(self._look_again)

    @property
    def running(self) -> bool:
        return self._running

    def start(self) -> None:
        """Look for moves as long as the settings allow; nothing is written."""
        session, on = self._session, self._session.day
        self.view.leave()
        self._running = True
        self._job = session.run(
            _(self.kind.title),
            self.kind.searching(on),
            lambda made: self._show(on, made),
            writes=False,
        )
        self._actions.refresh_soon()

    def stop(self) -> None:
        """End the search soon; the moves found are shown."""
        if self._job is not None:
            self._job.request_stop()

    def apply(self) -> None:
        """Do what is ticked, as one entry."""
        suggestion, ticked = self.view.suggestion, self.view.ticked
        if suggestion is None or not ticked:
            return
        self._session.submit(
            lambda: self.kind.carry_out(suggestion, ticked),
            lambda _settled: self._done(suggestion, ticked),
        )

    def _show(self, on: date, made: S) -> None:
        if on != self._session.day:
            return
        self.view.show_suggestion(made)
        self.view.setFocus()
        self._look_again()
        self.found.emit()

    def _done(self, suggestion: S, ticked: frozenset[int]) -> None:
        title, said = self.kind.told(suggestion, ticked)
        self._session.news.emit(News(title, said, icon=Icon.OPTIMISE))
        self.view.leave()

    def _job_ended(self, job: object) -> None:
        if self._running and (self._job is None or job is self._job):
            self._job, self._running = None, False
            self._actions.refresh_soon()

    def _look_again(self) -> None:
        """Moves of tours that are not as they were are of no use any more."""
        suggestion = self.view.suggestion
        if suggestion is None:
            return
        now = {tour.code: tour for tour in self._session.board.plan.tours}
        then = {tour.code: tour for tour in suggestion.plan.tours}
        if any(now.get(code) != then.get(code) for code in suggestion.looked_at):
            self.view.leave()

    def _look_at(self, number: int | None) -> None:
        """Show on the timeline what a move, with what it needs, would make of its tours."""
        timeline, suggestion = self._stage.timeline, self.view.suggestion
        if number is None or suggestion is None:
            timeline.show_trial(None)
            return
        numbers = suggestion.with_needed([number])
        moved = self.kind.moved(suggestion, numbers)
        seen = Preview("moves", tuple(moved), suggestion.touched(numbers))
        shown, tight_s = timeline.shown_lanes(), self._session.policy.touring.tight_slack_s
        lanes = tried(seen, shown, timeline.day, tight_s)
        timeline.show_trial(Trial(lanes, moved, left_bars(shown, moved)))

    def drafts(self) -> list[Tour]:
        """The tours that may still change."""
        tours = self._stage.shown.plan.tours
        return [t for t in tours if t.state is PlanState.DRAFT and not t.locked]

    def _why_not(self) -> str:
        if self._running:
            return _("Moves are being looked for already.")
        if self._stage.planner.running:
            return _("The tours are being planned.")
        return "" if self.drafts() else _("No tour is a draft that may change.")

    def _why_not_apply(self) -> str:
        if self.view.suggestion is None:
            return self.kind.why_none()
        return "" if self.view.ticked else _("Nothing is ticked.")
