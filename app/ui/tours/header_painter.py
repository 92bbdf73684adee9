"""How the hours over the lanes are painted, and the line that says how late it is."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from app import formats
from app.i18n import _
from app.ui.theme import Theme
from app.ui.tours.lanes import Day
from app.ui.tours.scale import HOUR_S, TimeScale
from app.ui.widgets.hairline import paint_edges

_TICK, _HALF_TICK = 9, 5
_FLAG = 16


def paint_hours(
    painter: QPainter,
    box: QRect,
    theme: Theme,
    scale: TimeScale,
    left: int,
    day: Day,
    flag: QRectF | None,
) -> None:
    """Draw the hours into the header's box; `left` is where the scale begins.

    An hour that the flag of the time would half cover is left out.
    """
    painter.setFont(theme.font(theme.tokens.type.small, strong=True))
    metrics = theme.metrics(theme.tokens.type.small, strong=True)
    baseline = box.y() + (box.height() + metrics.ascent() - metrics.descent()) // 2
    for tick in scale.ticks(box.left() - left, box.right() - left):
        x = left + scale.px(tick.second)
        height = _TICK if tick.named else _HALF_TICK
        painter.fillRect(QRect(x, box.bottom() - height, 1, height), theme.colour("border"))
        name = _hour(tick.second, scale, day) if tick.named else ""
        wide = QRectF(x + 4, box.y(), metrics.horizontalAdvance(name) + 3, box.height())
        if name and not (flag is not None and flag.intersects(wide)):
            painter.setPen(theme.colour("text2"))
            painter.drawText(x + 5, baseline, name)


def paint_grid(painter: QPainter, box: QRect, theme: Theme, scale: TimeScale, left: int) -> None:
    """Draw a line through the lanes at each named hour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    colour = theme.colour("border_subtle")
    for tick in scale.ticks(box.left() - left, box.right() - left):
        x = left + scale.px(tick.second)
        if tick.named and x >= box.left():
            painter.fillRect(QRect(x, box.y(), 1, box.height()), colour)


def now_flag(hours: QRect, theme: Theme, x: int, text: str) -> QRectF:
    """Where the flag of the time stands over the hours: whole, also beside their edges."""
    width = theme.metrics(theme.tokens.type.small, strong=True).horizontalAdvance(text) + 10
    left = min(max(x - width // 2, hours.left() + 1), hours.right() - width)
    return QRectF(left, hours.y() + 3, width, _FLAG)


def paint_now(
    painter: QPainter, flag: QRectF, bottom: int, theme: Theme, x: int, text: str
) -> None:
    """Draw the red line from the header down, with its flag on top."""
    danger = theme.colour("danger")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QRectF(x - 0.25, flag.bottom(), 1.5, bottom + 1 - flag.bottom())
    painter.fillRect(line, danger)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(danger)
    painter.drawRoundedRect(flag, 2, 2)
    tip = [QPointF(x - 4, flag.bottom() - 0.5), QPointF(x + 4, flag.bottom() - 0.5)]
    painter.drawPolygon(QPolygonF([*tip, QPointF(x, flag.bottom() + 4)]))
    painter.setFont(theme.font(theme.tokens.type.small, strong=True))
    painter.setPen(theme.colour("on_accent"))
    painter.drawText(flag, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_header_ground(painter: QPainter, box: QRect, theme: Theme) -> None:
    """Draw what the header's words stand on."""
    painter.fillRect(box, theme.colour("surface1"))
    paint_edges(painter, box, theme.colour("border"), "bottom")


def _hour(second: int, scale: TimeScale, day: Day) -> str:
    moment = day.moment(second)
    if scale.step_s < HOUR_S:
        return formats.clock(moment, day.zone)
    return _("{hour}:00").format(hour=moment.astimezone(day.zone).hour)
