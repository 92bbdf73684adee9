"""How long work on the window's thread is cut: one step in each turn of the loop."""

from collections.abc import Iterator

from PySide6.QtCore import QObject

from app.ui.turns import PatientTimer


class Steps(QObject):
    """Walks through a generator: what stands before its next `yield` is done in a turn of its own.

    Only for what must be done on the window's thread, as making widgets is: all else is a job.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: Iterator[None] | None = None
        self._next = PatientTimer(self._step, self)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self._left is None

    def begin(self, steps: Iterator[None]) -> None:
        """Do these instead of what was left, from the next turn on."""
        self._left = steps
        self._next.start()

    def finish(self) -> None:
        """Do at once what is left: somebody wants it now."""
        while not self.done:
            self._step()

    def _step(self) -> None:
        for _done in self._left or ():
            self._next.start()
            return
        self._left = None
