"""A titled part of a form."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.looks import Run


class Section(QWidget):
    """Its title, what it means in a few words, then what stands in it."""

    def __init__(self, title: str, hint: str, *inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 4)
        column.setSpacing(8)
        runs = (Run(title, strong=True), Run(hint, "text3", small=True))
        column.addWidget(Caption(*runs, gap=8, parent=self))
        for widget in inside:
            column.addWidget(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_edges(painter, self.rect(), self._theme.colour("border_subtle"), "top")
