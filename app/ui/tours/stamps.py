"""What a stop, a break or a wait looks like, drawn once for each width and then stamped."""

from enum import Enum, auto

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.ui.icons import Icon, paint_icon
from app.ui.theme import Theme

HEIGHT = 12  # px, of all that stands on a lane
_NUMBER_FROM = 13  # px, a bar narrower than this has no number
_DONE = 0.42  # what is left of a tour's colour once a stop is done
_CUP_FROM = 16
_MOST = 6_000  # stamps kept; a day has a few hundred, a long zoom makes more


class Kind(Enum):
    """What is stamped."""

    AHEAD = auto()
    DONE = auto()
    GHOST = auto()
    BREAK = auto()
    WAIT = auto()


class Stamps:
    """Pictures of what stands on lanes, for one theme and one screen."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme = theme
        self._ratio = ratio
        self._made: dict[tuple[Kind, int, int, int], QPixmap] = {}
        self._drawings = {
            Kind.AHEAD: self._draw_ahead,
            Kind.DONE: self._draw_done,
            Kind.GHOST: self._draw_ghost,
            Kind.BREAK: self._draw_break,
            Kind.WAIT: self._draw_wait,
        }

    @property
    def ratio(self) -> float:
        return self._ratio

    def stamp(self, kind: Kind, width: int, tour: int = 0, number: int = 0) -> QPixmap:
        """The picture, `HEIGHT` high and so many pixels wide."""
        key = (kind, width, tour, number if width >= _NUMBER_FROM else 0)
        picture = self._made.get(key)
        if picture is None:
            if len(self._made) > _MOST:
                self._made.clear()
            picture = self._made[key] = self._drawn(*key)
        return picture

    def _drawn(self, kind: Kind, width: int, tour: int, number: int) -> QPixmap:
        picture = QPixmap(round(width * self._ratio), round(HEIGHT * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._drawings[kind](painter, QRect(0, 0, width, HEIGHT), tour, number)
        return picture

    def _draw_ahead(self, painter: QPainter, box: QRect, tour: int, number: int) -> None:
        style = self._theme.tokens.tour_style(tour)
        _fill(painter, box, QColor(style.colour))
        self._write(painter, box, number, QColor(style.label_colour))

    def _draw_done(self, painter: QPainter, box: QRect, tour: int, number: int) -> None:
        _fill(painter, box, self._theme.colour("surface0"))  # the driving line stays behind
        faded = QColor(self._theme.tokens.tour_style(tour).colour)
        faded.setAlphaF(_DONE)
        _fill(painter, box, faded)
        if number:
            paint_icon(painter, box, Icon.ACCEPT, self._theme.colour("text1"), 10)

    def _draw_ghost(self, painter: QPainter, box: QRect, tour: int, number: int) -> None:
        _fill(painter, box, self._theme.colour("surface0"))
        tint = QColor(self._theme.tokens.tour_style(tour).colour)
        tint.setAlphaF(0.16)
        _fill(painter, box, tint)
        pen = QPen(self._theme.colour("halo"), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
        self._write(painter, box, number, self._theme.colour("text1"))

    def _draw_break(self, painter: QPainter, box: QRect, _tour: int, _number: int) -> None:
        painter.setPen(QPen(self._theme.colour("border_strong"), 1))
        painter.setBrush(self._theme.colour("surface2"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if box.width() >= _CUP_FROM:
            paint_icon(painter, box, Icon.BREAK, self._theme.colour("text2"), 10)

    def _draw_wait(self, painter: QPainter, box: QRect, _tour: int, _number: int) -> None:
        painter.fillRect(box, self._theme.colour("surface0"))
        painter.setPen(QPen(self._theme.colour("border_strong"), 1))
        slanted = range(4 - HEIGHT, box.width(), 4)
        painter.drawLines([QLineF(x, HEIGHT, x + HEIGHT * 0.75, 0) for x in slanted])
        painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))

    def _write(self, painter: QPainter, box: QRect, number: int, colour: QColor) -> None:
        mark = self._theme.tokens.type.mark
        metrics, text = self._theme.metrics(mark, strong=True), str(number)
        width = metrics.horizontalAdvance(text)
        if not number or width > box.width() - 2:
            return
        painter.setFont(self._theme.font(mark, strong=True))
        painter.setPen(colour)
        baseline = (HEIGHT + metrics.capHeight()) / 2
        painter.drawText(QPointF(round((box.width() - width) / 2), baseline), text)


def _fill(painter: QPainter, box: QRect, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 1.5, 1.5)
