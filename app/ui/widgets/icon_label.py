"""An icon that only shows: beside a line of text, in a status bar, on a card."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import Icon, paint_icon
from app.ui.theme import current_theme


class IconLabel(QWidget):
    """An icon in a tone; never without words beside it."""

    def __init__(
        self, meaning: Icon, tone: str = "text2", *, pixels: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._meaning = meaning
        self._tone = tone
        self._pixels = pixels or self._theme.tokens.sizes.icon_row
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, meaning: Icon, tone: str = "text2") -> None:
        """Show this one instead."""
        self._meaning, self._tone = meaning, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._pixels, self._pixels)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            colour = self._theme.colour(self._tone)
            paint_icon(painter, self.rect(), self._meaning, colour, self._pixels)
