"""Who shares a search: this process, and a helper process where there is one.

Tasks are dealt in a fixed way and their results joined in the order of the tasks, so that a search
by iterations comes to the same whoever does them and however long each takes.
"""

import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from app.planning.tours.lane import Clock, Found, Heard, Lane, Task
from app.planning.tours.problem import Problem

#: A search looks for news from the other end so often.
LISTENS_EVERY_S = 0.02
#: How long a helper may take to end a task whose time is over; then what it had found counts.
WAITS_S = 0.5

Dealt = list[tuple[int, Task]]


class Crew:
    """Two lanes of work where there is a helper or nobody looks at the clock, else one."""

    def __init__(
        self,
        problem: Problem,
        stop: Callable[[], bool],
        helper: Connection | None = None,
        *,
        timed: bool = True,
        clock: Clock = time.monotonic,
    ) -> None:
        self._stop, self._clock = stop, clock
        self._helper = helper
        self._round = self._done = 0
        lanes = 1 if timed and helper is None else 2
        self.lanes = [Lane(problem, clock) for _ in range(lanes)]
        if helper is not None:
            self._say("problem", problem, clock)

    def run(self, tasks: Sequence[Task], seconds: float | None, heard: Heard) -> None:
        """Do these tasks within so many seconds."""
        here, *others = dealt(tasks, len(self.lanes))
        away = others[0] if others and self._helper is not None else []
        self._round += 1
        if away:
            self._say("tasks", self._round, [task for _, task in away], seconds)
        mine = [here, *others] if self._helper is None else [here]
        until = None if seconds is None else self._clock() + seconds
        for number, lane_tasks in enumerate(mine):
            share = None if seconds is None else seconds / len(mine)
            self._work(self.lanes[number], lane_tasks, share, away, heard)
        if away:
            self._wait(away, heard, until)

    def _work(
        self, lane: Lane, tasks: Dealt, seconds: float | None, away: Dealt, heard: Heard
    ) -> None:
        def mine(number: int, found: Found) -> None:
            heard(tasks[number][0], found)
            self._listen(away, heard)

        lane.run([task for _, task in tasks], seconds, self._stop, mine)

    def _wait(self, away: Dealt, heard: Heard, until: float | None) -> None:
        """Until the helper is done, or should be."""
        patience = None
        while self._helper is not None and self._done < self._round and not self._stop():
            self._listen(away, heard, LISTENS_EVERY_S)
            if until is not None and self._clock() >= until and self._clock is time.monotonic:
                patience = patience or time.monotonic() + WAITS_S
                if time.monotonic() > patience:
                    return

    def _listen(self, away: Dealt, heard: Heard, wait_s: float = 0.0) -> None:
        """Hear what the helper has to say, of this round."""
        try:
            while self._helper is not None and self._helper.poll(wait_s):
                number, said, found = self._helper.recv()
                if said is None:
                    self._done = number
                    return
                if number == self._round:
                    heard(away[said][0], found)
        except (EOFError, OSError):
            self._helper = None

    def _say(self, *words: Any) -> None:
        try:
            if self._helper is not None:
                self._helper.send(words)
        except OSError:
            self._helper = None


def dealt(tasks: Sequence[Task], lanes: int) -> list[Dealt]:
    """The tasks of each lane with their numbers: the largest first, each to whoever has least."""
    shares: list[Dealt] = [[] for _ in range(lanes)]
    loads = [0] * lanes
    for number, task in sorted(enumerate(tasks), key=lambda pair: -pair[1].weight):
        lane = loads.index(min(loads))
        shares[lane].append((number, task))
        loads[lane] += task.weight
    return shares


def help_out(pipe: Connection) -> None:
    """What a helper does until nobody is at the other end; a new word ends what it is doing."""
    lane: Lane | None = None
    while True:
        try:
            kind, *words = pipe.recv()
            if kind == "problem":
                lane = Lane(*words)
            elif lane is not None:
                _help_with(pipe, lane, *words)
        except (EOFError, OSError):
            return


def _help_with(
    pipe: Connection, lane: Lane, number: int, tasks: Sequence[Task], seconds: float | None
) -> None:
    called = Called(pipe)
    lane.run(tasks, seconds, called, lambda task, found: pipe.send((number, task, found)))
    pipe.send((number, None, None))


class Called:
    """Whether somebody at the other end has something to say, or is gone; cheap to ask."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._next = 0.0
        self._heard = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if not self._heard and now >= self._next:
            self._next = now + LISTENS_EVERY_S
            self._heard = self._pipe.poll()
        return self._heard
