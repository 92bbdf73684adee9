"""How a search for moves is told to a person while it runs."""

import time

from app import formats
from app.i18n import n_
from app.ports import Progress, Stop


class MovesWatch:
    """Tells a person how the search goes: time passed, and how many moves there are."""

    def __init__(self, stop: Stop, progress: Progress, seconds: float | None) -> None:
        self._stop, self._progress = stop, progress
        self._tenths = 0 if seconds is None else max(1, round(10 * seconds))
        self._since = time.monotonic()
        self._told = ""

    def stop(self) -> bool:
        self._report()
        return self._stop()

    def on_move(self, count: int) -> None:
        told = n_("{count} move found", "{count} moves found", count)
        self._told = told.format(count=formats.number(count))
        self._report()

    def done(self, count: int) -> None:
        """The search has ended, be it before its time."""
        self.on_move(count)
        self._progress(self._tenths, self._tenths, self._told)

    def _report(self) -> None:
        passed = round(10 * (time.monotonic() - self._since))
        self._progress(min(passed, self._tenths), self._tenths, self._told)
