"""The window's side of a workspace: reads and jobs off its thread, one signal on change."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from app.domain.journal import Changes
from app.domain.policy import Policy
from app.domain.tours import TourPlan
from app.errors import EnvironmentProblem, Refused
from app.jobs import Job, Lanes, uncollected
from app.operations.sourcing_together import source_together
from app.settings import Settings, save_settings
from app.ui.jobs import JobRunner
from app.ui.selection import Selection
from app.ui.suggester import Suggester
from app.ui.views import Moment
from app.workspace import Workspace
from db.queries.board import Board, load_board

if TYPE_CHECKING:
    from app.domain.sourcing import SourcingDecision
    from app.operations.sourcing_run import SourcingRun

#: How long all open orders may be weighed together; Stop keeps the best found before.
TOGETHER_S = 60.0

T = TypeVar("T")
Then = Callable[[T], None]


class Session(QObject):
    """What every pane is given: the day's board, the selection, reads, jobs and operations.

    `changed` follows each commit; `board_changed` when the day's board was read again;
    `suggested` when the sourcing suggestions for open orders were reckoned again.
    """

    changed = Signal(object)
    board_changed = Signal()
    suggested = Signal()
    day_changed = Signal()
    filter_changed = Signal(str)
    settings_changed = Signal()
    refused = Signal(object)
    troubled = Signal(object)
    broke = Signal(object)
    look_at = Signal(str, str)  # a link was followed: "order", "node" or "history", its code
    news = Signal(object)  # `News` for the corner of the window
    job_started = Signal(object)
    job_reported = Signal(object, int, int, str)
    job_ended = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        *,
        executor: Executor | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.settings = settings
        self.selection = Selection()
        self.lanes = Lanes(executor, executor)
        self._runner = JobRunner(self)
        self._policy: Policy = workspace.policy()
        self._zone = ZoneInfo(self._policy.timezone)
        self.day: date = workspace.now().astimezone(self._zone).date()
        self.board = Board(self.day, (), TourPlan(self.day, ()), ())
        self._suggester = Suggester(workspace, self.lanes, self._runner, self._failed, self)
        self._suggester.fresh.connect(self._suggest)
        self.suggestions: dict[str, SourcingDecision] = {}
        self._together: Job | None = None
        self._reading = self._again = self._read_once = False
        self._leave = workspace.subscribe(self._committed)

    @property
    def policy(self) -> Policy:
        return self._policy

    @property
    def zone(self) -> ZoneInfo:
        return self._zone

    def now(self) -> datetime:
        return self.workspace.now()

    @property
    def settled(self) -> bool:
        """Whether the board and the suggestions are those of the workspace as it is."""
        return self._read_once and not self._reading and self._suggester.settled

    def moment(self) -> Moment:
        """Now, and what the policy calls too little: what the views ask besides a row."""
        touring = self._policy.touring
        return Moment(self.now(), touring.tight_slack_s, touring.min_place_score)

    def start(self) -> None:
        """Read the board for the first time."""
        self._read_board()

    def show_day(self, day: date) -> None:
        """Turn to another day."""
        if day != self.day:
            self.day = day
            self.day_changed.emit()
            self._read_board()

    def keep_settings(self, **new: Any) -> None:
        """Change some of this workstation's settings, keep them, and tell."""
        self.settings = replace(self.settings, **new)
        save_settings(self.settings)
        self.settings_changed.emit()

    def read(self, query: Callable[..., T], then: Then[T], *args: Any) -> None:
        """Run a query off this thread and hand its answer to `then`, on this thread."""
        future = self.lanes.read(lambda: self.workspace.read(query, *args))
        self._runner.follow(future, then, self._failed)

    def reckon(self, work: Callable[[], T], then: Then[T]) -> None:
        """Run some short work off this thread that writes nothing."""
        self._runner.follow(self.lanes.read(work), then, self._failed)

    def submit(self, operation: Callable[[], T], then: Then[T] | None = None) -> None:
        """Run one operation in the serial lane; a refusal is shown calmly."""
        self._runner.follow(self.lanes.write(operation), then or _nothing, self._failed)

    def run(
        self, title: str, work: Callable[[Job], T], then: Then[T] | None = None, *, writes: bool
    ) -> Job:
        """Run long work as a job in the status bar, with progress and Stop."""
        job = Job(title)
        job.on_report = lambda done, total, best: self._runner.bring_home(
            lambda: self.job_reported.emit(job, done, total, best)
        )
        lane = self.lanes.write if writes else self.lanes.read
        self.job_started.emit(job)

        def ended(result: T) -> None:
            self.job_ended.emit(job)
            (then or _nothing)(result)

        def failed(error: BaseException) -> None:
            self.job_ended.emit(job)
            self._failed(error)

        self._runner.follow(lane(work, job), ended, failed)
        return job

    @property
    def suggested_by(self) -> "SourcingRun | None":
        """The run whose suggestions are shown, to be kept with those that are accepted."""
        return self._suggester.run

    def suggest_together(self, title: str, then: Callable[["SourcingRun", bool], None]) -> Job:
        """Weigh all open orders at once, as a job; its suggestions are shown if they still hold.

        `then` has the run, and whether its suggestions are shown.
        """
        moves = self._suggester.moves
        self._together = self.run(
            title,
            lambda job: source_together(
                self.workspace, seconds=TOGETHER_S, stop=job.stop, progress=job.report
            ),
            lambda run: then(run, self._suggester.take(run, moves)),
            writes=False,
        )
        return self._together

    def close(self) -> None:
        """Stop listening and let the lanes run dry."""
        self._leave()
        if self._together is not None:
            self._together.request_stop()
        self.lanes.close()

    def _committed(self, changes: Changes) -> None:
        self._runner.bring_home(lambda: self._tell(changes))

    def _tell(self, changes: Changes) -> None:
        if changes.touch("policy"):
            self._policy = self.workspace.policy()
            self._zone = ZoneInfo(self._policy.timezone)
        self._suggester.note(changes)
        self.changed.emit(changes)
        self._read_board()

    def look_at_clock(self) -> None:
        """Rules that were published for a later moment may have started meanwhile."""

        def then(policy: Policy) -> None:
            if policy != self._policy:
                self._tell(Changes(frozenset({"policy"})))

        self.reckon(self.workspace.policy, then)

    def _read_board(self) -> None:
        """Read the board once more, or once again after the reading that is under way."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        asked = (self._policy, self._zone, self.day)
        future = self.lanes.read(lambda: _board(self.workspace, *asked))
        self._runner.follow(future, self._board_read, self._board_failed)

    def _board_read(self, board: Board) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self._read_board()
        if board.on != self.day:
            return
        self.board = board
        self._read_once = True
        self.board_changed.emit()
        self._suggester.look_again()

    def _suggest(self, suggestions: "dict[str, SourcingDecision]") -> None:
        self.suggestions = suggestions
        self.suggested.emit()

    def _board_failed(self, error: BaseException) -> None:
        self._reading = self._again = False
        self._failed(error)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self.refused.emit(error)
        elif isinstance(error, EnvironmentProblem):
            self.troubled.emit(error)
        else:
            self.broke.emit(error)


@uncollected()
def _board(workspace: Workspace, policy: Policy, zone: ZoneInfo, day: date) -> Board:
    return workspace.read(load_board, policy, zone, day)


def _nothing(_result: Any) -> None:
    """An operation whose answer nobody waits for."""
