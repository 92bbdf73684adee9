"""When suggestions for the open orders are reckoned: when something they rest on moved, one run."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.domain.journal import Changes
from app.errors import Stopped
from app.jobs import Lanes
from app.operations.sourcing import source
from app.operations.sourcing_run import SourcingRun
from app.ui.jobs import JobRunner
from app.workspace import Workspace

#: What sourcing looks at; tours, carriers and bookings of sourced orders leave it as it is.
_RESTS_ON = ("order", "shipment", "stock", "node", "product", "policy", "address", "pickup_point")
#: Cut-offs and opening hours pass: older suggestions are reckoned again at the next occasion.
_GOOD_FOR = timedelta(minutes=5)


class Suggester(QObject):
    """Keeps suggestions in step with the workspace; an outdated run stops and begins anew.

    `fresh` has the suggestions by order after each run; `failed` is told what broke one.
    """

    fresh = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        lanes: Lanes,
        runner: JobRunner,
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._lanes, self._runner, self._tell = workspace, lanes, runner, failed
        self._outdated = threading.Event()
        self._running = False
        self._reckoned_at: datetime | None = None
        #: Counts what moved: suggestions reckoned elsewhere are good while it stays the same.
        self.moves = 0
        #: The run whose suggestions are shown.
        self.run: SourcingRun | None = None

    @property
    def settled(self) -> bool:
        """Whether the suggestions are those of the workspace as it is."""
        return self._reckoned_at is not None and not self._running

    def note(self, changes: Changes) -> None:
        """Hear what a commit touched: a run under way may have become idle."""
        if changes.touch(*_RESTS_ON):
            self.moves += 1
            self._reckoned_at = None
            self._outdated.set()

    def take(self, run: SourcingRun, moves: int) -> bool:
        """Show suggestions reckoned elsewhere; False where something moved since they were begun.

        A run under way is let go: what it finds is not wanted any more.
        """
        if moves != self.moves:
            return False
        self._outdated.set()
        self._reckoned_at = run.at
        self._show(run)
        return True

    def look_again(self) -> None:
        """Reckon anew what is not good any more, unless that is being done."""
        now = self._workspace.now()
        good = self._reckoned_at is not None and now - self._reckoned_at < _GOOD_FOR
        if self._running or good:
            return
        self._running, self._outdated = True, threading.Event()
        stop = self._outdated.is_set
        run = self._lanes.read(lambda: source(self._workspace, stop=stop))
        self._runner.follow(run, self._ended, self._failed)

    def _ended(self, run: SourcingRun) -> None:
        self._running = False
        if self._outdated.is_set():
            self.look_again()
            return
        self._reckoned_at = run.at
        self._show(run)

    def _show(self, run: SourcingRun) -> None:
        self.run = run
        self.fresh.emit({decision.order: decision for decision in run.decisions})

    def _failed(self, error: BaseException) -> None:
        self._running = False
        if isinstance(error, Stopped):
            self.look_again()
        else:
            self._reckoned_at = self._workspace.now()  # the same again would break again
            self._tell(error)
