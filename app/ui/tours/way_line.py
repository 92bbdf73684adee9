"""One way out of a shipment left out, on as many lines as it needs: Enter or a click takes it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.theme import current_theme

_EDGE_PX = 2  # the mark of the line that the keyboard is on
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Escape)


class WayLine(QLabel):
    """Words that can be taken; the arrows lead to the next ones and back to the list."""

    chosen = Signal()
    stepped = Signal(int)
    left = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(_EDGE_PX + 4, 2, 2, 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in (*_ENTER, *_BACK, *_STEPS):  # ours, not the list's
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.chosen.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _BACK:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self.chosen.emit()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        if self.hasFocus() or self.underMouse():
            with QPainter(self) as painter:
                tone = "accent_tint" if self.hasFocus() else "surface2"
                painter.fillRect(self.rect(), theme.colour(tone))
                if self.hasFocus():
                    painter.fillRect(0, 0, _EDGE_PX, self.height(), theme.colour("accent"))
        super().paintEvent(event)
