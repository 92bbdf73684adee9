"""How work on other threads comes back to the window: one queued signal brings every call home."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class JobRunner(QObject):
    """Lives on the window's thread as long as the application; calls arrive in order."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def bring_home(self, call: Callable[[], None]) -> None:
        """Run a call on the window's thread, soon; may be asked from any thread."""
        self._arrived.emit(call)

    def follow(
        self,
        future: "Future[T]",
        then: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Call `then` with the result, or `failed` with the error, on the window's thread."""

        def done(ended: "Future[T]") -> None:
            if ended.cancelled():
                return
            error = ended.exception()
            if error is None:
                result = ended.result()
                self.bring_home(lambda: then(result))
            elif not isinstance(error, CancelledError):
                self.bring_home(lambda: failed(error))

        future.add_done_callback(done)

    def _call(self, call: Any) -> None:
        call()
