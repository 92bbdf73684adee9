"""How something became better, small enough for a line of text: a falling staircase."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import current_theme

Curve = tuple[tuple[float, float], ...]
"""Seconds, and what is to become less."""

_SIZE = QSize(64, 14)


class Sparkline(QWidget):
    """The curve over its own time, from the first value down to the last; hidden without a step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self.curve: Curve = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_curve(self, curve: Curve) -> None:
        """Show this one."""
        self.curve = curve
        self.setVisible(len({value for _second, value in curve}) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        return _SIZE

    def points(self) -> list[QPointF]:
        """The corners of the staircase inside the widget."""
        seconds, values = zip(*self.curve, strict=True)
        first, last = seconds[0], max(seconds[-1], seconds[0] + 1e-9)
        high, low = max(values), min(values)
        wide, tall = _SIZE.width() - 2.0, _SIZE.height() - 3.0
        found: list[QPointF] = []
        for second, value in self.curve:
            x = 1 + wide * (second - first) / (last - first)
            y = 1.5 + tall * (high - value) / (high - low)
            if found:
                found.append(QPointF(x, found[-1].y()))
            found.append(QPointF(x, y))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 1.25))
            painter.drawPolyline(QPolygonF(self.points()))
