"""What floats over the panes: the only thing with a shadow."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.theme import current_theme

SHADOW = 10  # px kept free round the card for its shadow
_ALPHAS = {"light": 5, "dark": 24}


class Card(QWidget):
    """A floating card; a subclass puts its layout within `contentsMargins`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def card_rect(self) -> QRectF:
        """The card itself, without its shadow."""
        return QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_shadow(painter)
            painter.setPen(QPen(self._theme.colour("border_strong"), 1))
            painter.setBrush(self._theme.colour("overlay"))
            radius = self._theme.tokens.sizes.radius_card
            painter.drawRoundedRect(self.card_rect().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_shadow(self, painter: QPainter) -> None:
        look = self._theme.tokens
        shade = QColor(look.colours.text1 if look.theme == "light" else look.colours.canvas)
        shade.setAlpha(_ALPHAS[look.theme])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        radius = look.sizes.radius_card
        for spread in range(SHADOW - 4, 0, -1):
            box = self.card_rect().adjusted(-spread, 2 - spread, spread, spread + 2)
            painter.drawRoundedRect(box, radius + spread, radius + spread)
