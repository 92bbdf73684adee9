"""How long work runs beside a front end: reported, stoppable, never on the window's thread."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

#: How many new objects make Python look for lost cycles: a day has values by the hundred thousand,
#: which hold none, and looking through them as often as usual takes a third of the time.
_GARBAGE = (20_000, 10, 10)
#: How long a thread may keep the interpreter while the window's waits for it.
_SWITCH_S = 0.001


def tune_interpreter() -> None:
    """Make Python suit what runs here: many values, and a window beside work that reckons."""
    gc.set_threshold(*_GARBAGE)
    sys.setswitchinterval(_SWITCH_S)


_holding = threading.Lock()
_holders = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many values without the cyclic collector walking over all of them again and again.

    Each of its passes stops every thread, the window's too: with a hundred thousand values at hand
    for half a second. Nor does it walk over them later. Values without cycles are let go all the
    same; lost cycles of that time wait for `collect_everything`.
    """
    _hold(1)
    try:
        yield
    finally:
        _hold(-1)


def _hold(step: int) -> None:
    global _holders  # noqa: PLW0603 - the collector is one for the whole process
    with _holding:
        _holders += step
        if _holders:
            gc.disable()
        else:
            gc.freeze()
            gc.enable()


def collect_everything() -> None:
    """Look for lost cycles among all values: takes a moment, best when nobody is watching."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@dataclass(slots=True)
class Job:
    """One piece of long work: `stop()` is asked by it, `request_stop()` called by a person.

    `report(done, total, best)` is called by the work; `on_report` hears it on the work's thread.
    `curve` is how good its best was, and when: seconds, and what is to become less.
    """

    title: str
    on_report: Callable[[int, int, str], None] = lambda _done, _total, _best: None
    curve: list[tuple[float, float]] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> bool:
        return self._stopped.is_set()

    def request_stop(self) -> None:
        self._stopped.set()

    def report(self, done: int, total: int, best: str = "") -> None:
        self.on_report(done, total, best)


class Lanes:
    """Where jobs run: one serial lane for writes, a pool for reads and reckoning."""

    def __init__(self, writes: Executor | None = None, reads: Executor | None = None) -> None:
        self._writes = writes or ThreadPoolExecutor(1, thread_name_prefix="regie-write")
        self._reads = reads or ThreadPoolExecutor(3, thread_name_prefix="regie-read")

    def write(self, work: Callable[..., T], *args: Any) -> "Future[T]":
        return self._writes.submit(work, *args)

    def read(self, work: Callable[..., T], *args: Any) -> "Future[T]":
        return self._reads.submit(work, *args)

    def close(self) -> None:
        """Wait for what runs, drop what waits."""
        self._writes.shutdown(wait=True, cancel_futures=True)
        self._reads.shutdown(wait=True, cancel_futures=True)


class Direct(Executor):
    """Runs each piece of work at once, on the caller's thread: for tests and the command line."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - a future carries whatever happened
            future.set_exception(error)
        return future
