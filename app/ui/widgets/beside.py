"""What stands beside a list: a column of fixed width, parted from it by a line."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.hairline import paint_edges


class Beside(QWidget):
    """Widgets one below another, without a gap."""

    def __init__(self, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self.setFixedWidth(width)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)
        self._column.setSpacing(0)

    def hold(self, widget: QWidget, stretch: int = 0) -> None:
        """Put this below what is there."""
        self._column.addWidget(widget, stretch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("surface0"))
            paint_edges(painter, self.rect(), self._theme.colour("border"), "left")
