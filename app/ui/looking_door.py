"""How a window that looks for something opens: made when first asked for, shown, then it looks."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.ui.actions import Actions, ActionSpec
from app.ui.session import Session
from app.ui.turns import PatientTimer


class Looking(Protocol):
    """A window that looks again whenever it is brought up."""

    def come_forward(self) -> None: ...

    def look(self) -> None: ...


class LookingDoor(QObject):
    """Open orders are what such a window looks at: without any there is nothing to open."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        window: QWidget,
        spec: ActionSpec,
        make: Callable[[Session, QWidget], Looking],
    ) -> None:
        super().__init__(window)
        self._session, self._desk, self._make = session, window, make
        self._window: Looking | None = None
        self._coming = PatientTimer(self._come, self)  # to make it and to show it are two turns
        actions.register(spec, self.open, self._why_not)

    def open(self) -> None:
        """Bring up the window, and look."""
        if self._window is None:
            self._window = self._make(self._session, self._desk)
        self._coming.start()

    def _come(self) -> None:
        if self._window is not None:
            self._window.come_forward()
            self._window.look()

    def _why_not(self) -> str:
        return "" if self._session.suggestions else _("No order is open.")
