"""How long the window's thread stays away from its event loop, and looks for garbage."""

import gc
from collections.abc import Callable
from time import perf_counter, thread_time
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QElapsedTimer, QEventLoop, QTimer

_LOOK_EVERY_MS = 20
_LONGEST_MS = 60_000


class Watch:
    """Measures each turn of the loop: `busy` in processor time, `away` by the clock on the wall.

    Processor time is the thread's own, so that a busy machine does not count; the clock counts what
    the thread waited for as well.
    """

    def __init__(self) -> None:
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._begin)
        dispatcher.aboutToBlock.connect(self._end)
        gc.callbacks.append(self._collecting)
        self.forget()

    def forget(self) -> None:
        self.busy: list[float] = []
        self.away: list[float] = []
        self.collections: list[float] = []
        self._started: tuple[float, float] | None = None
        self._collection = 0.0

    def during(self, act: Callable[[], object], settled: Callable[[], bool]) -> None:
        """Let the loop run an act, and all that follows from it until nothing moves any more."""
        self.forget()
        loop, clock, timer, quiet = QEventLoop(), QElapsedTimer(), QTimer(), 0
        clock.start()

        def look() -> None:
            nonlocal quiet
            quiet = quiet + 1 if settled() else 0
            if quiet > 10 or clock.elapsed() > _LONGEST_MS:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(_LOOK_EVERY_MS)
        QTimer.singleShot(0, act)
        loop.exec()
        timer.stop()
        self._end()

    def _begin(self) -> None:
        self._end()
        self._started = thread_time(), perf_counter()

    def _end(self) -> None:
        if self._started is not None:
            busy, away = self._started
            self.busy.append((thread_time() - busy) * 1000)
            self.away.append((perf_counter() - away) * 1000)
            self._started = None

    def _collecting(self, phase: str, _facts: dict[str, Any]) -> None:
        if phase == "start":
            self._collection = perf_counter()
        else:
            self.collections.append((perf_counter() - self._collection) * 1000)
