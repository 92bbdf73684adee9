"""A low band of surface with one line along it: title bars, tabs, footers, headings."""

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import current_theme
from app.ui.widgets.hairline import paint_edges

Edge = Literal["top", "bottom", "none"]


class Strip(QWidget):
    """A band of fixed height; what stands in it is the subclass's or the caller's layout."""

    def __init__(
        self,
        height: int,
        *,
        edge: Edge = "bottom",
        surface: str = "surface1",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._edge = edge
        self._surface = surface
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        # a dock gives its title bar what this says, whatever its fixed height
        return QSize(super().minimumSizeHint().width(), self.maximumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour(self._surface))
            if self._edge != "none":
                paint_edges(painter, self.rect(), self._theme.colour("border"), self._edge)
