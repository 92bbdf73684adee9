"""What hands do on the timeline: pick, hover, drag, zoom, and go from stop to stop by keys."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from app.ui.tours import words
from app.ui.tours.lanes import Bar, Lane
from app.ui.tours.picking import How
from app.ui.tours.stop_drag import StopDrag, taken_with
from app.ui.tours.timeline_view import Spot, TimelineView

_WHEEL_ZOOM = 1.2
_WHEEL_NOTCH = 120
_DRAG_FROM_PX = 4
_Key, _Button, _Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier
_PANS = (_Button.LeftButton, _Button.MiddleButton)
_GRIPS = (_Button.LeftButton, _Button.RightButton)


class Timeline(TimelineView):
    """The timeline in a dispatcher's hands."""

    menu_asked = Signal(QPoint)  # on the screen; what it is for has been picked
    unplan_asked = Signal()

    hand: StopDrag | None = None  # who may drag stops here; without one a drag only scrolls

    _pressed: QPoint | None = None
    _scrolled = 0
    _dragging = False
    _grip: Bar | None = None  # the stop under the pressed button
    _menu_waits = _menu_done = False

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._menu_waits = self._menu_done = False
        point = event.position().toPoint()
        self._grip = self._grip_at(point) if event.button() in _GRIPS else None
        if self._grip is not None and self.hand is not None:
            self.hand.prepare()
        if self._grip is not None or event.button() in _PANS:
            self._pressed = point
            self._scrolled = self.horizontalScrollBar().value()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None:
            self._hover(self.spot_at(point))
            return
        moved = point - self._pressed
        far = abs(moved.x()) if self._grip is None else moved.manhattanLength()
        if not self._dragging and far < _DRAG_FROM_PX:
            return
        started, self._dragging = self._dragging, True
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._grip is None or self.hand is None:
            self.horizontalScrollBar().setValue(self._scrolled - moved.x())
            return
        if not started:
            self._take(self._grip)
        self.hand.move(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point, pressed, dragged = event.position().toPoint(), self._pressed, self._dragging
        self._pressed, self._dragging = None, False
        self.viewport().unsetCursor()
        right = event.button() is _Button.RightButton
        if dragged and self._grip is not None and self.hand is not None:
            self._menu_done = right
            if self.hand.active:
                self.hand.drop(event.modifiers(), point, choose=right)
        elif pressed is not None and not dragged and event.button() is _Button.LeftButton:
            self._pick_at(point, event.modifiers())
        elif self._menu_waits and right:
            self._ask_menu(point)
        self._menu_waits = False

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(event.globalPos())
        elif self._menu_done:
            self._menu_done = False  # the button was used to drag
        elif self._pressed is not None and self._grip is not None:
            self._menu_waits = True  # some systems ask on the press: it may become a drag
        else:
            self._ask_menu(event.pos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, held = event.angleDelta(), event.modifiers()
        if held & _Modifier.ControlModifier:
            notches = turned.y() / _WHEEL_NOTCH
            self.zoom_at(_WHEEL_ZOOM**notches, round(event.position().x()))
        elif held & _Modifier.ShiftModifier or turned.x():
            across = self.horizontalScrollBar()
            across.setValue(across.value() - (turned.x() or turned.y()))
        else:
            down = self.verticalScrollBar()
            lanes = turned.y() / _WHEEL_NOTCH * 2
            down.setValue(round(down.value() - lanes * down.singleStep()))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """What is said about what lies there."""
        spot = self.spot_at(point)
        return "" if spot is None else self.tip_of(spot.lane, spot.bar)

    def tip_of(self, lane: Lane, bar: Bar | None) -> str:
        """What is said about a lane or its stop."""
        if bar is None:
            return words.lane_tip(lane, self.day)
        return words.bar_tip(bar, lane, self.day, self._now_s, self.rows.get(bar.order))

    def is_selected(self, order: str) -> bool:
        return order in self._selection.selected

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == _Key.Key_Escape and self.hand is not None and self.hand.active:
            self.hand.cancel()
        elif not self._act_on(_Key(event.key()), event.modifiers()):
            event.ignore()

    def _act_on(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Do what a key asks for; whether it asks for anything here."""
        plain = not held & (_Modifier.ControlModifier | _Modifier.AltModifier)
        if key == _Key.Key_A and held & _Modifier.ControlModifier:
            self.picker.pick_everything()
        elif plain and key in _STEPS:
            extend = bool(held & _Modifier.ShiftModifier)
            self.picker.step(_STEPS[key], extend=extend)
        elif plain and key in _LANE_STEPS:
            self.picker.step_lane(_LANE_STEPS[key])
        elif plain and key in (_Key.Key_Home, _Key.Key_End):
            self.picker.go_to_end(last=key == _Key.Key_End)
        elif plain and key == _Key.Key_Escape and self.picker.place is not None:
            self.picker.drop()
        elif plain and key == _Key.Key_Delete:
            self.unplan_asked.emit()
        else:
            return False
        return True

    # How it is done

    def _ask_menu(self, point: QPoint) -> None:
        """Ask for the menu of what lies there, picked first where it is not."""
        spot = self.spot_at(point)
        if spot is None:
            return
        orders = (spot.bar.order,) if spot.bar and spot.bar.order else spot.lane.orders
        if not all(order in self._selection.selected for order in orders):
            self.picker.pick(spot.lane, spot.bar)
        self.menu_asked.emit(self.viewport().mapToGlobal(point))

    def _grip_at(self, point: QPoint) -> Bar | None:
        """The stop that a drag from there would take, where stops may be dragged."""
        spot = self.spot_at(point) if self.hand is not None else None
        if spot is None or spot.bar is None or not spot.bar.number or spot.lane.ghost:
            return None
        return spot.bar

    def _take(self, bar: Bar) -> None:
        """Take the stop into the hand, with all that is selected with it.

        What is selected stays: another lane in hand would move all lanes under the pointer.
        """
        if self.hand is not None:
            selected = self._selection.selected.codes
            self.hand.take(taken_with(bar.order, selected, self.shown_lanes()))

    def _pick_at(self, point: QPoint, held: Qt.KeyboardModifier) -> None:
        spot = self.spot_at(point)
        if spot is None:
            if point.y() > self._header().bottom():
                self.picker.drop()
            return
        how = How.ALONE
        if held & _Modifier.ControlModifier:
            how = How.TOGGLE
        elif held & _Modifier.ShiftModifier:
            how = How.RANGE
        self.picker.pick(spot.lane, spot.bar, how)

    def _hover(self, spot: Spot | None) -> None:
        place = None if spot is None else spot.place
        if place != self._hovered_place:
            self._hovered_place = place
            self.viewport().update()
        bar = None if spot is None else spot.bar
        self._selection.hover(bar.order if bar is not None else "")


_STEPS = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_LANE_STEPS = {
    _Key.Key_Up: -1,
    _Key.Key_PageUp: -1,
    _Key.Key_Down: 1,
    _Key.Key_PageDown: 1,
}
