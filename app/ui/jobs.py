"""How work on other threads comes back to the window: one queued signal brings every call home."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from functools import partial
from inspect import getclosurevars
from types import FunctionType, MethodType
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.ui.turns import PatientTimer

T = TypeVar("T")

_DEPTH = 3  # calls within calls: a job's end, what the pane asked for, the pane


class JobRunner(QObject):
    """Lives on the window's thread as long as the application; calls arrive in order.

    What several threads answer at once is spread over several turns of the loop, and kept out of
    those in which much is painted.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], None]] = deque()
        self._next = PatientTimer(self._call, self)
        self._arrived.connect(self._next.start, Qt.ConnectionType.QueuedConnection)

    def bring_home(self, call: Callable[[], None]) -> None:
        """Run a call on the window's thread, soon; may be asked from any thread."""
        self._waiting.append(call)
        self._arrived.emit()

    def follow(
        self,
        future: "Future[T]",
        then: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Call `then` with the result, or `failed` with the error, on the window's thread.

        An answer for a pane or a window that is gone by then is dropped.
        """

        def done(ended: "Future[T]") -> None:
            if ended.cancelled():
                return
            error = ended.exception()
            if error is None:
                result = ended.result()
                self.bring_home(lambda: None if _gone(then) else then(result))
            elif not isinstance(error, CancelledError):
                self.bring_home(lambda: failed(error))

        future.add_done_callback(done)

    def _call(self) -> None:
        while self._waiting:
            call = self._waiting.popleft()
            if self._waiting:
                self._next.start()  # first: this one may open a dialog, or break
            call()
            if self._next.turn_is_full:
                return


def _gone(call: Callable[..., Any]) -> bool:
    """Whether a call would reach a Qt object that was deleted in the meantime."""
    return any(isinstance(each, QObject) and not isValid(each) for each in _reached(call, _DEPTH))


def _reached(call: Any, depth: int) -> Iterator[Any]:
    """What a call holds: its object, its bound arguments, what its closure names."""
    if isinstance(call, partial):
        yield from call.args
        yield from _reached(call.func, depth)
    elif isinstance(call, MethodType):
        yield call.__self__
    elif isinstance(call, FunctionType) and depth:
        for held in getclosurevars(call).nonlocals.values():
            yield held
            yield from _reached(held, depth - 1)
