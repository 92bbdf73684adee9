"""Orders dragged out of a list: which pane takes them into its hand, and where they are let go."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.rows_table import RowsTable

_FROM_PX = 6  # a shorter drag was a click
_Ctrl = Qt.KeyboardModifier.ControlModifier
_GRIPS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class Landing(Protocol):
    """A pane that stops may be let go over; points are the screen's."""

    def is_over(self, at: QPoint) -> bool: ...

    def take(self, orders: Sequence[str]) -> None: ...

    def reach(self, at: QPoint) -> None: ...

    def let_go(self, *, force: bool, choose: bool) -> None: ...

    def cancel(self) -> None: ...


class Carrying(QObject):
    """From pressing a row to letting its order go over a pane, whichever pane that is.

    `orders_of` says which orders rows stand for. Once a row is dragged, mouse and keys belong to
    `stage`: the list itself may give way to a pane that its orders can be let go over.
    """

    def __init__(
        self,
        table: RowsTable,
        stage: QWidget,
        landings: Sequence[Landing],
        orders_of: Callable[[Sequence[object]], Sequence[str]],
        show: Callable[[], None],
    ) -> None:
        super().__init__(stage)
        self._table, self._stage, self._landings = table, stage, landings
        self._orders_of, self._shows = orders_of, show
        self._orders: tuple[str, ...] = ()
        self._from: QPoint | None = None  # on the screen
        self._button = Qt.MouseButton.LeftButton
        self._over: Landing | None = None
        self.active = False
        self.hindered: Callable[[], str] = lambda: ""
        table.viewport().installEventFilter(self)
        stage.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._stage:
            return self.active and self._on_stage(event)
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._press(event)
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            return self._drag(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._from = None
        return False

    # From the press to the drag

    def _press(self, event: QMouseEvent) -> None:
        """A row was pressed: it may be dragged in a moment, with all rows chosen with it."""
        self._from = None
        index = self._table.indexAt(event.position().toPoint())
        if event.button() not in _GRIPS or not index.isValid() or self.hindered():
            return
        key, chosen = self._table.key_at(index.row()), self._table.chosen_in_view()
        self._orders = tuple(self._orders_of(chosen if key in chosen else [key]))
        self._from, self._button = event.globalPosition().toPoint(), event.button()

    def _drag(self, event: QMouseEvent) -> bool:
        """Whether the move belongs to a drag: the list chooses no further rows then."""
        if self._from is None:
            return False
        at = event.globalPosition().toPoint()
        if not event.buttons() & self._button:
            self._from = None
            return False
        if (at - self._from).manhattanLength() >= _FROM_PX:
            self._start(at)
        return True

    def _start(self, at: QPoint) -> None:
        self._from, self.active = None, True
        self._shows()
        self._stage.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._stage.grabMouse()
        self._stage.grabKeyboard()
        self._move(at)

    # From the drag to letting go

    def _on_stage(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._move(event.globalPosition().toPoint())
        elif kind == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self._let_go(event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._end(cancel=True)
        elif kind in (QEvent.Type.Hide, QEvent.Type.WindowDeactivate):
            self._end(cancel=True)
            return False
        else:
            return False
        return True

    def _move(self, at: QPoint) -> None:
        """Put them into the hand of the pane under the pointer; beside all of them it stays."""
        found = next((one for one in self._landings if one.is_over(at)), None)
        if found is not None and found is not self._over:
            if self._over is not None:
                self._over.cancel()
            self._over = found
            found.take(self._orders)
        if self._over is not None:
            self._over.reach(at)

    def _let_go(self, event: QMouseEvent) -> None:
        at, over = event.globalPosition().toPoint(), self._over
        if over is None or not over.is_over(at):
            self._end(cancel=True)
            return
        over.reach(at)
        right = self._button is Qt.MouseButton.RightButton
        self._end(cancel=False)
        over.let_go(force=bool(event.modifiers() & _Ctrl), choose=right)

    def _end(self, *, cancel: bool) -> None:
        over, self._over, self.active = self._over, None, False
        self._stage.releaseMouse()
        self._stage.releaseKeyboard()
        self._stage.unsetCursor()
        if cancel and over is not None:
            over.cancel()
        self._shows()
