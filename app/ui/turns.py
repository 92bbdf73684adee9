"""When work on the window's thread may begin: in a turn of the loop that has room for it."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer

_FULL_S = 0.004  # a turn that has taken so long is left to what it does: painting, hands
_MOST = 3  # full turns waited for, since hands that never rest must not keep work away for ever


class PatientTimer(QObject):
    """A single-shot timer that leaves full turns out; it may be started again from its own call."""

    def __init__(self, call: Callable[[], object], parent: QObject, delay_ms: int = 0) -> None:
        super().__init__(parent)
        self._call = call
        self._delay_ms = delay_ms
        self._turn_began = perf_counter()
        self._waited = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._run)
        QAbstractEventDispatcher.instance().awake.connect(self._begin_turn)

    @property
    def is_active(self) -> bool:
        """Whether the call is still to come."""
        return self._timer.isActive()

    @property
    def turn_is_full(self) -> bool:
        """Whether what is left to do had better wait for the next turn."""
        return perf_counter() - self._turn_began > _FULL_S

    def start(self) -> None:
        """Call once the delay is over; it does not begin anew while it runs."""
        if not self._timer.isActive():
            self._timer.start(self._delay_ms)

    def stop(self) -> None:
        """Do not call."""
        self._timer.stop()

    def _begin_turn(self) -> None:
        self._turn_began = perf_counter()

    def _run(self) -> None:
        if self.turn_is_full and self._waited < _MOST:
            self._waited += 1
            self._timer.start(0)
            return
        self._waited = 0
        self._call()
