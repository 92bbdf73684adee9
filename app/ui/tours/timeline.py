"""What hands do on the timeline: pick, hover, drag, zoom, and go from stop to stop by keys."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from app.ui.tours import words
from app.ui.tours.lanes import Bar, Lane
from app.ui.tours.picking import How
from app.ui.tours.timeline_view import Spot, TimelineView

_WHEEL_ZOOM = 1.2
_WHEEL_NOTCH = 120
_DRAG_FROM_PX = 4
_Key, _Button, _Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


class Timeline(TimelineView):
    """The timeline in a dispatcher's hands."""

    menu_asked = Signal(QPoint)  # on the screen; what it is for has been picked
    unplan_asked = Signal()

    _pressed: QPoint | None = None
    _scrolled = 0
    _dragging = False

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (_Button.LeftButton, _Button.MiddleButton):
            self._pressed = event.position().toPoint()
            self._scrolled = self.horizontalScrollBar().value()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None:
            self._hover(self.spot_at(point))
            return
        moved = point.x() - self._pressed.x()
        if self._dragging or abs(moved) >= _DRAG_FROM_PX:
            self._dragging = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.horizontalScrollBar().setValue(self._scrolled - moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point, pressed, dragged = event.position().toPoint(), self._pressed, self._dragging
        self._pressed, self._dragging = None, False
        self.viewport().unsetCursor()
        if pressed is not None and not dragged and event.button() is _Button.LeftButton:
            self._pick_at(point, event.modifiers())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            spot = self.spot_at(event.pos())
            if spot is None:
                return
            orders = (spot.bar.order,) if spot.bar and spot.bar.order else spot.lane.orders
            if not all(order in self._selection.selected for order in orders):
                self.picker.pick(spot.lane, spot.bar)
        self.menu_asked.emit(event.globalPos())

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
        if not self._act_on(_Key(event.key()), event.modifiers()):
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
