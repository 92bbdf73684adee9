"""Trying rules on orders that wait or on past days, away from the window's thread."""

import threading
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.policy import Policy
from app.errors import Stopped
from app.operations.policy_effect import Effect, effect_of
from app.operations.replay import replay
from app.ports import Stop
from app.ui.rules.periods import Period
from app.ui.session import Session
from app.workspace import Workspace

_PAUSE_MS = 600


class Trying(QObject):
    """The latest rules count: what was asked before is off as soon as others are to be tried."""

    tried = Signal(object)  # Effect

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._policy: Policy | None = None
        self._period = Period.WAITING
        self._off = threading.Event()
        self._busy = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._start)

    @property
    def is_busy(self) -> bool:
        """Whether rules are being tried, or are about to be."""
        return self._busy or self._pause.isActive()

    def try_out(self, policy: Policy) -> None:
        """Tell soon what these rules would change."""
        self.stop()
        self._policy = policy
        self._pause.start()

    def try_on(self, period: Period) -> None:
        """From now on tell it of these decisions."""
        self._period = period

    def stop(self) -> None:
        """Nobody wants to know any more."""
        self._pause.stop()
        self._off.set()

    def _start(self) -> None:
        policy, period, off = self._policy, self._period, threading.Event()
        if policy is None:
            return
        self._off, self._busy = off, True
        workspace = self._session.workspace

        def work() -> Effect | None:
            try:
                return _effect(workspace, policy, period, off.is_set)
            except Stopped:
                return None

        def then(effect: Effect | None) -> None:
            if off is self._off:
                self._busy = False
            if effect is not None and not off.is_set():
                self.tried.emit(effect)

        self._session.reckon(work, then)


def _effect(workspace: Workspace, policy: Policy, period: Period, stop: Stop) -> Effect:
    if period is Period.WAITING:
        return effect_of(workspace, policy, stop=stop)
    today = workspace.now().astimezone(workspace.zone).date()
    return replay(workspace, policy, today - timedelta(days=period), today, stop=stop).effect
