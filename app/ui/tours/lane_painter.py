"""How a lane is painted: driving, stops, waiting, breaks, slack, lateness, windows, load."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from app import formats
from app.domain.tours import StopKind
from app.ui.theme import Theme
from app.ui.tours.brackets import Bracket, brackets_of
from app.ui.tours.lanes import Bar, Lane, Standing
from app.ui.tours.scale import TimeScale
from app.ui.tours.stamps import HEIGHT, MARKED_FROM, Kind, Stamps

_LEAST = 3  # px, the width of the shortest stop
_NEVER_S = -(10**9)
_DONE = 0.42  # what is left of a tour's colour once a stop is done
_MINI, _LEAST_MINI = 3.5, 2.0  # px between brackets
_AROUND = 40  # px beside a lane's part in which something may still show
_SELECTED, _HOVERED = 2.6, 1.6  # px, halos
_TONES = {Standing.TIGHT: "warn_solid", Standing.LATE: "danger"}


@dataclass(frozen=True, slots=True)
class LaneView:
    """What the painter must know besides the lane: the time, and what is picked."""

    now_s: int
    selected: frozenset[str] = frozenset()
    hovered: str = ""
    curve: bool = False
    lateness: bool = True  # whether there is room for words over the bars
    brackets: bool = False
    held: frozenset[str] = frozenset()  # shipments in a hand: they stand as ghosts
    left: tuple[Bar, ...] = ()  # where those stood


class LanePainter:
    """Paints lanes one after another, at one scale; `left` is where its first second lies."""

    def __init__(self, stamps: Stamps, theme: Theme, scale: TimeScale, left: int) -> None:
        self._stamps = stamps
        self._theme = theme
        self._px_per_s = scale.px_per_s
        self._first_s = scale.first_s
        self._left = left

    def paint(self, painter: QPainter, box: QRect, row: QRect, lane: Lane, view: LaneView) -> None:
        """Draw the part of a lane that lies in the box; `row` is where its stops stand."""
        top = row.y() + (row.height() - HEIGHT) // 2
        if lane.tour is None:
            self._paint_idle(painter, top, lane)
            return
        colour = QColor(self._theme.tokens.tour_style(lane.number).colour)
        from_s = self._second(box.left() - _AROUND)
        to_s = self._second(box.right() + _AROUND)
        seen = [bar for bar in lane.bars if bar.to_s >= from_s and bar.arrives_s <= to_s]
        if view.curve:
            self._paint_curve(painter, row, lane, colour)
        if view.hovered and not view.brackets:
            self._paint_window(painter, row, seen, view.hovered)
        self._paint_driving(painter, top, lane, colour)
        self._paint_pauses(painter, top, seen)
        self._paint_left(painter, top, view.left)
        held = [bar for bar in seen if bar.shipment and bar.shipment in view.held]
        settled = [bar for bar in seen if bar not in held] if held else seen
        self._paint_stops(painter, top, lane, settled, view.now_s)
        self._paint_held(painter, top, held)
        self._paint_risks(painter, top, seen, lateness=view.lateness)
        self._paint_halos(painter, top, seen, view)
        if view.brackets:
            self._paint_brackets(painter, box, row, lane, view, colour)

    def bar_box(self, bar: Bar, row: QRect) -> QRect:
        """Where a stop stands in its lane's row."""
        return self._box(bar, row.y() + (row.height() - HEIGHT) // 2)

    def _x(self, second: float) -> int:
        return self._left + floor((second - self._first_s) * self._px_per_s + 0.5)

    def _second(self, x: int) -> float:
        return self._first_s + (x - self._left) / self._px_per_s

    def _box(self, bar: Bar, top: int) -> QRect:
        left, right = self._x(bar.from_s), self._x(bar.to_s)
        return QRect(left, top, max(_LEAST, right - left), HEIGHT)

    def _paint_idle(self, painter: QPainter, top: int, lane: Lane) -> None:
        """The hours in which the vehicle could drive."""
        colour = self._theme.colour("border_strong")
        left, right = self._x(lane.from_s), self._x(lane.to_s)
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(left, top + HEIGHT // 2, right, top + HEIGHT // 2)
        self._paint_posts(painter, top, (lane.from_s, lane.to_s), colour)

    def _paint_driving(self, painter: QPainter, top: int, lane: Lane, colour: QColor) -> None:
        left, right = self._x(lane.from_s), self._x(lane.to_s)
        middle = top + HEIGHT // 2
        if lane.ghost:
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.drawLine(left, middle, right, middle)
        else:
            painter.fillRect(QRect(left, middle - 1, right - left, 2), colour)
        reloads = [bar.from_s for bar in lane.bars if bar.kind is StopKind.RELOAD]
        posts = (lane.from_s, lane.to_s, *reloads)
        self._paint_posts(painter, top, posts, self._theme.colour("text2"))

    def _paint_posts(
        self, painter: QPainter, top: int, seconds: Iterable[int], colour: QColor
    ) -> None:
        for second in seconds:
            painter.fillRect(QRect(self._x(second) - 1, top, 3, HEIGHT), colour)

    def _paint_pauses(self, painter: QPainter, top: int, bars: list[Bar]) -> None:
        """Waiting for a window to open, and breaks."""
        for bar in bars:
            box = self._box(bar, top)
            wide = box.x() - self._x(bar.arrives_s)
            if bar.waiting_s > 0 and wide >= _LEAST:
                wait = self._stamps.stamp(Kind.WAIT, wide)
                painter.drawPixmap(box.x() - wide, top, wait)
            if bar.kind is StopKind.BREAK:
                painter.drawPixmap(box.topLeft(), self._stamps.stamp(Kind.BREAK, box.width()))

    def _paint_stops(
        self, painter: QPainter, top: int, lane: Lane, bars: list[Bar], now_s: int
    ) -> None:
        if lane.ghost:
            self._paint_ghosts(painter, top, lane, bars)
            return
        passed_s = now_s if lane.under_way else _NEVER_S
        stops = [(bar, self._box(bar, top)) for bar in bars if bar.number]
        done = [box for bar, box in stops if bar.to_s <= passed_s]
        ahead = [box for bar, box in stops if bar.to_s > passed_s]
        colour = QColor(self._theme.tokens.tour_style(lane.number).colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for boxes, brush in (
            (done, self._theme.colour("surface0")),  # the driving line stays behind
            (done, _faint(colour, _DONE)),
            (ahead, colour),
        ):
            painter.setBrush(brush)
            painter.drawRects([part for box in boxes for part in _rounded(box)])
        for bar, box in stops:
            if box.width() >= MARKED_FROM:
                self._paint_mark(painter, box, lane.number, bar, done=bar.to_s <= passed_s)

    def _paint_mark(
        self, painter: QPainter, box: QRect, tour: int, bar: Bar, *, done: bool
    ) -> None:
        if done:
            mark = self._stamps.tick()
        elif bar.fetch:
            mark = self._stamps.fetch(tour)
        else:
            mark = self._stamps.number(tour, bar.number)
        width = round(mark.width() / self._stamps.ratio)
        if width <= box.width():
            painter.drawPixmap(box.x() + (box.width() - width) // 2, box.y(), mark)

    def _paint_ghosts(self, painter: QPainter, top: int, lane: Lane, bars: list[Bar]) -> None:
        for bar in bars:
            if bar.number:
                box = self._box(bar, top)
                ghost = self._stamps.stamp(Kind.GHOST, box.width(), lane.number, bar.number)
                painter.drawPixmap(box.topLeft(), ghost)

    def _paint_left(self, painter: QPainter, top: int, bars: Iterable[Bar]) -> None:
        """Where stops stood that a hand holds now."""
        for bar in bars:
            box = QRectF(self._box(bar, top))
            pen = QPen(self._theme.colour("border_strong"), 1)
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_held(self, painter: QPainter, top: int, bars: Iterable[Bar]) -> None:
        """Stops in a hand, at the time they would be made."""
        for bar in bars:
            box = self._box(bar, top).adjusted(-1, -1, 1, 1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(self._theme.colour("halo"), 1.8)
            pen.setDashPattern([2, 1.4])
            painter.setPen(pen)
            painter.setBrush(self._theme.colour("surface0"))
            painter.drawRoundedRect(QRectF(box), 2, 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            mark = self._theme.tokens.type.mark
            text = str(bar.number)
            if self._theme.metrics(mark, strong=True).horizontalAdvance(text) <= box.width() - 3:
                painter.setFont(self._theme.font(mark, strong=True))
                painter.setPen(self._theme.colour("halo"))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_risks(self, painter: QPainter, top: int, bars: list[Bar], *, lateness: bool) -> None:
        """Underline little slack in amber and lateness in red; outline what is late."""
        for bar in bars:
            tone = _TONES.get(bar.standing)
            if tone is None:
                continue
            box, colour = QRectF(self._box(bar, top)), self._theme.colour(tone)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            line = QRectF(box.x() - 1, box.bottom() + 1.5, box.width() + 2, 3.5)
            painter.drawRoundedRect(line, 1, 1)
            if bar.standing is Standing.LATE:
                painter.setPen(QPen(colour, 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1.2, -1.2, 1.2, 1.2), 2.5, 2.5)
                if lateness:
                    self._paint_lateness(painter, box, bar, colour)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_lateness(self, painter: QPainter, box: QRectF, bar: Bar, colour: QColor) -> None:
        mark = self._theme.tokens.type.mark
        text = formats.change(formats.duration, bar.late_s)
        width = self._theme.metrics(mark).horizontalAdvance(text)
        painter.setFont(self._theme.font(mark))
        painter.setPen(colour)
        painter.drawText(QPointF(floor(box.center().x() - width / 2 + 0.5), box.top() - 2.5), text)

    def _paint_halos(self, painter: QPainter, top: int, bars: list[Bar], view: LaneView) -> None:
        picked = [bar for bar in bars if bar.order and bar.order in view.selected]
        for bar in picked:
            self._paint_halo(painter, self._box(bar, top), _SELECTED)
        if view.hovered and view.hovered not in view.selected:
            for bar in bars:
                if bar.order == view.hovered:
                    self._paint_halo(painter, self._box(bar, top), _HOVERED)

    def _paint_halo(self, painter: QPainter, box: QRect, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, line, apart in (
            (self._theme.colour("surface0"), 2.0, 0.5),  # parts the halo from a bar like it
            (self._theme.colour("halo"), width, 1 + width / 2),
        ):
            painter.setPen(QPen(colour, line))
            painter.drawRoundedRect(QRectF(box).adjusted(-apart, -apart, apart, apart), 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_window(self, painter: QPainter, row: QRect, bars: list[Bar], hovered: str) -> None:
        """The window of the stop under the pointer, where no brackets show it."""
        for bar in bars:
            if bar.order == hovered and bar.opens_s is not None and bar.closes_s is not None:
                left, right = self._x(bar.opens_s), self._x(bar.closes_s)
                span = QRect(left, row.y() + 2, right - left, row.height() - 5)
                painter.fillRect(span, _faint(self._theme.colour("halo"), 0.13))

    def _paint_curve(self, painter: QPainter, row: QRect, lane: Lane, colour: QColor) -> None:
        """How full the vehicle is, from moment to moment; the top of the lane is full."""
        bottom, height = row.bottom() - 1.0, row.height() - 3.0
        points = [QPointF(self._x(lane.from_s), bottom)]
        for at_s, share in lane.carried:
            x, level = self._x(at_s), bottom - min(1.0, share) * height
            points += [QPointF(x, points[-1].y()), QPointF(x, level)]
        end = self._x(lane.to_s)
        points += [QPointF(end, points[-1].y()), QPointF(end, bottom)]
        over = any(share > 1 for _at, share in lane.carried)
        tint = self._theme.colour("danger") if over else colour
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(_faint(tint, 0.18)))
        painter.drawPolygon(QPolygonF(points))
        painter.setPen(QPen(_faint(tint, 0.7), 1))
        painter.drawPolyline(QPolygonF(points[1:-1]))

    def _paint_brackets(
        self,
        painter: QPainter,
        box: QRect,
        row: QRect,
        lane: Lane,
        view: LaneView,
        colour: QColor,
    ) -> None:
        """The windows of what is still to come, with each stop's time on them."""
        packed = brackets_of(bar for bar in lane.stops if not lane.is_done(bar, view.now_s))
        rows = 1 + max((bracket.row for bracket in packed), default=0)
        room = box.bottom() - row.bottom() - 3
        apart = max(_LEAST_MINI, min(_MINI, room / rows))
        for bracket in packed:
            y = round(row.bottom() + 1.5 + apart * bracket.row)
            if y < box.bottom() - 1:
                self._paint_bracket(painter, y, bracket, colour)

    def _paint_bracket(self, painter: QPainter, y: int, bracket: Bracket, colour: QColor) -> None:
        left, right = self._x(bracket.opens_s), self._x(bracket.closes_s)
        grey = self._theme.colour("border_strong")
        painter.fillRect(QRect(left, y, right - left, 1), grey)
        painter.fillRect(QRect(left, y - 1, 1, 3), grey)
        painter.fillRect(QRect(right, y - 1, 1, 3), grey)
        for bar in bracket.bars:
            box = self._box(bar, y - 1)
            tone = _TONES.get(bar.standing)
            mark = self._theme.colour(tone) if tone else colour
            painter.fillRect(QRect(box.x(), y - 1, box.width(), 3), mark)


def _rounded(box: QRect) -> tuple[QRect, ...]:
    """A bar without its four outermost pixels, in parts that do not overlap: quick to fill."""
    left, top, height = box.x(), box.y() + 1, box.height() - 2
    sides = (QRect(left, top, 1, height), QRect(box.right(), top, 1, height))
    return (box.adjusted(1, 0, -1, 0), *sides)


def _faint(colour: QColor, share: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(share)
    return faint
