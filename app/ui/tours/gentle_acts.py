"""Gentle re-optimisation in the window: a job looks for moves, a person ticks, one entry stays."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.journal import Settled
from app.domain.tours import PlanState, Tour
from app.i18n import _, n_
from app.jobs import Job
from app.operations.gentle import apply_moves, reoptimise
from app.operations.gentle_words import total
from app.planning.tours.consequences import Preview
from app.planning.tours.gentle import Suggestion
from app.planning.tours.kept import Keep
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours.gentle_specs import ADD, APPLY, GENTLE, REORDER
from app.ui.tours.gentle_view import GentleView
from app.ui.tours.pane_day import PaneDay
from app.ui.tours.planner import Planner
from app.ui.tours.timeline import Timeline
from app.ui.tours.trial import Trial, left_bars, tried
from app.ui.widgets.key_cap import KeyButton
from app.ui.widgets.toast import News

#: So many stops are offered to move; a person ticks as many as the day bears.
STOPS = 10
Search = Callable[..., Suggestion]


class Stage(Protocol):
    """What it needs of the page."""

    shown: PaneDay
    timeline: Timeline
    planner: Planner


class GentleActs(QObject):
    """Looks for moves, shows them beside the timeline, and does those that are ticked."""

    found = Signal()

    def __init__(self, session: Session, actions: Actions, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._actions, self._stage = session, actions, stage
        self.view = GentleView(parent)
        self.search: Search = reoptimise
        self._job: Job | None = None
        self._running = False
        actions.register(GENTLE, self.start, self._why_not)
        for spec, keep in ((ADD, Keep.TOURS), (REORDER, Keep.VEHICLES)):
            actions.register(spec, partial(stage.planner.start, keep), self._why_not_again)
        actions.register(APPLY, self.apply, self._why_not_apply)
        self._connect(self.view)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    def _connect(self, view: GentleView) -> None:
        apply = self._actions.action(APPLY.id)
        view.footer.add_button(KeyButton(apply, text=_("Do"), primary=True))
        self._actions.attach(view, APPLY.id)
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
        workspace, search = session.workspace, self.search
        seconds = float(session.settings.solve_seconds)
        self.view.leave()
        self._running = True

        def work(job: Job) -> Suggestion:
            return search(workspace, on, STOPS, seconds=seconds, stop=job.stop, progress=job.report)

        self._job = session.run(
            _("Re-optimising gently"), work, lambda made: self._show(on, made), writes=False
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
        workspace = self._session.workspace
        self._session.submit(
            lambda: apply_moves(workspace, suggestion, ticked),
            lambda settled: self._done(suggestion, ticked, settled),
        )

    def _show(self, on: date, made: Suggestion) -> None:
        if on != self._session.day:
            return
        self.view.show_suggestion(made)
        self.view.setFocus()
        self._look_again()
        self.found.emit()

    def _done(self, suggestion: Suggestion, ticked: frozenset[int], _settled: Settled) -> None:
        moves = n_("{count} move done", "{count} moves done", len(ticked))
        title = moves.format(count=len(ticked))
        self._session.news.emit(News(title, total(suggestion, ticked), icon=Icon.OPTIMISE))
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
        moved = frozenset(one.shipment for n in numbers for one in suggestion.moves[n].moved)
        seen = Preview("gentle", tuple(moved), suggestion.touched(numbers))
        shown, tight_s = timeline.shown_lanes(), self._session.policy.touring.tight_slack_s
        lanes = tried(seen, shown, timeline.day, tight_s)
        timeline.show_trial(Trial(lanes, moved, left_bars(shown, moved)))

    def _drafts(self) -> list[Tour]:
        tours = self._stage.shown.plan.tours
        return [t for t in tours if t.state is PlanState.DRAFT and not t.locked]

    def _why_not(self) -> str:
        if self._running:
            return _("Moves are being looked for already.")
        if self._stage.planner.running:
            return _("The tours are being planned.")
        return "" if self._drafts() else _("No tour is a draft that may change.")

    def _why_not_again(self) -> str:
        if self._stage.planner.running:
            return _("The tours are being planned already.")
        return "" if self._drafts() else _("No tour is a draft that may change.")

    def _why_not_apply(self) -> str:
        if self.view.suggestion is None:
            return _("Re-optimise gently first.")
        return "" if self.view.ticked else _("Nothing is ticked.")
