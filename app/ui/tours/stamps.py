"""What numbers, ticks, breaks, waits and ghosts look like, drawn once and then stamped."""

from enum import Enum, auto

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.ui.icons import Icon, paint_icon
from app.ui.theme import Theme

HEIGHT = 12  # px, of all that stands on a lane
MARKED_FROM = 13  # px, a stop narrower than this has neither number nor tick
_CUP_FROM = 16
_MOST = 6_000  # stamps kept; a day has a few hundred, a long zoom makes more


class Kind(Enum):
    """What is stamped."""

    GHOST = auto()
    BREAK = auto()
    WAIT = auto()
    NUMBER = auto()
    TICK = auto()
    FETCH = auto()


class Stamps:
    """Pictures of what stands on lanes, for one theme and one screen."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme = theme
        self._ratio = ratio
        self._made: dict[tuple[Kind, int, int, int], QPixmap] = {}
        self._numbers: dict[tuple[int, int], QPixmap] = {}
        self._drawings = {
            Kind.GHOST: self._draw_ghost,
            Kind.BREAK: self._draw_break,
            Kind.WAIT: self._draw_wait,
            Kind.NUMBER: self._draw_number,
            Kind.TICK: self._draw_tick,
            Kind.FETCH: self._draw_fetch,
        }

    @property
    def ratio(self) -> float:
        return self._ratio

    def stamp(self, kind: Kind, width: int, tour: int = 0, number: int = 0) -> QPixmap:
        """The picture, `HEIGHT` high and so many pixels wide."""
        key = (kind, width, tour, number)
        picture = self._made.get(key)
        if picture is None:
            if len(self._made) > _MOST:
                self._made.clear()
            picture = self._made[key] = self._drawn(*key)
        return picture

    def number(self, tour: int, number: int) -> QPixmap:
        """A stop's number in the colour that can be read on its tour's."""
        picture = self._numbers.get((tour, number))
        if picture is None:
            metrics = self._theme.metrics(self._theme.tokens.type.mark, strong=True)
            width = metrics.horizontalAdvance(str(number)) + 2
            picture = self._numbers[tour, number] = self._drawn(Kind.NUMBER, width, tour, number)
        return picture

    def tick(self) -> QPixmap:
        """What a stop bears once it is done."""
        return self.stamp(Kind.TICK, 10)

    def fetch(self, tour: int) -> QPixmap:
        """What a stop bears where goods are only taken over, in a colour read on its tour's."""
        return self.stamp(Kind.FETCH, 10, tour)

    def _drawn(self, kind: Kind, width: int, tour: int, number: int) -> QPixmap:
        picture = QPixmap(round(width * self._ratio), round(HEIGHT * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._drawings[kind](painter, QRect(0, 0, width, HEIGHT), tour, number)
        return picture

    def _draw_number(self, painter: QPainter, box: QRect, tour: int, number: int) -> None:
        self._write(painter, box, number, QColor(self._theme.tokens.tour_style(tour).label_colour))

    def _draw_tick(self, painter: QPainter, box: QRect, _tour: int, _number: int) -> None:
        paint_icon(painter, box, Icon.ACCEPT, self._theme.colour("text1"), 10)

    def _draw_fetch(self, painter: QPainter, box: QRect, tour: int, _number: int) -> None:
        colour = QColor(self._theme.tokens.tour_style(tour).label_colour)
        paint_icon(painter, box, Icon.COLLECT, colour, 10)

    def _draw_ghost(self, painter: QPainter, box: QRect, tour: int, number: int) -> None:
        _fill(painter, box, self._theme.colour("surface0"))
        tint = QColor(self._theme.tokens.tour_style(tour).colour)
        tint.setAlphaF(0.16)
        _fill(painter, box, tint)
        pen = QPen(self._theme.colour("halo"), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
        if box.width() >= MARKED_FROM:
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
        if width > box.width() - 2:
            return
        painter.setFont(self._theme.font(mark, strong=True))
        painter.setPen(colour)
        baseline = (HEIGHT + metrics.capHeight()) / 2
        painter.drawText(QPointF(round((box.width() - width) / 2), baseline), text)


def _fill(painter: QPainter, box: QRect, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 1.5, 1.5)
