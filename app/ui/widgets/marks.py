"""How the small signs are drawn: tour chips, badges, meters and key caps, the same everywhere."""

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.icons import Icon, paint_icon
from app.ui.theme import Theme
from app.ui.widgets.looks import Badge
from app.ui.widgets.text_runs import elided

CHIP = QSize(24, 16)
METER = QSize(30, 6)
BADGE_HEIGHT = 14
BADGE_PADDING = 4
CAP_HEIGHT = 14
_CENTRED = int(Qt.AlignmentFlag.AlignCenter)


def middle(rect: QRect, size: QSize) -> QRect:
    """A box of this size at the left of a rectangle, half-way down."""
    top = rect.y() + (rect.height() - size.height()) // 2
    return QRect(QPoint(rect.x(), top), size)


@cache
def chip_width(theme: Theme, number: int) -> int:
    """The room a tour's chip takes: wider when its label or its ring asks for it."""
    text = theme.metrics(theme.tokens.type.small, strong=True).horizontalAdvance(f"T{number}")
    ring = 4 if theme.tokens.tour_style(number).ringed else 0
    return max(CHIP.width(), text + 6 + ring)


def paint_chip(painter: QPainter, rect: QRect, theme: Theme, number: int) -> int:
    """Draw a tour's chip at the left of the rectangle; its width is returned."""
    style = theme.tokens.tour_style(number)
    box = middle(rect, QSize(chip_width(theme, number), CHIP.height()))
    _fill(painter, box, QColor(style.colour), theme.tokens.sizes.radius_badge)
    if style.ringed:
        _ring(painter, box, QColor(style.label_colour))
    painter.setFont(theme.font(theme.tokens.type.small, strong=True))
    painter.setPen(QColor(style.label_colour))
    painter.drawText(box, _CENTRED, f"T{number}")
    return box.width()


def badge_width(theme: Theme, badge: Badge) -> int:
    """The room a badge takes."""
    icon = theme.tokens.sizes.icon_badge + 2 if badge.icon else 0
    text = theme.metrics(theme.tokens.type.small, strong=True).horizontalAdvance(badge.text)
    return text + icon + 2 * BADGE_PADDING


def paint_badge(painter: QPainter, rect: QRect, theme: Theme, badge: Badge) -> int:
    """Draw a badge at the left of the rectangle, cut short to its room; its width is returned."""
    width = min(badge_width(theme, badge), rect.width())
    box = middle(rect, QSize(width, BADGE_HEIGHT))
    _fill(painter, box, theme.colour(f"{badge.status}_bg"), theme.tokens.sizes.radius_badge)
    inner = box.adjusted(BADGE_PADDING, 0, -BADGE_PADDING, 0)
    if badge.icon:
        inner = _badge_icon(painter, inner, theme, badge.icon, badge.status)
    small = theme.tokens.type.small
    painter.setFont(theme.font(small, strong=True))
    painter.setPen(theme.colour(badge.status))
    metrics = theme.metrics(small, strong=True)
    text = elided(metrics, badge.text, inner.width())
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), text)
    return width


def paint_meter(painter: QPainter, rect: QRect, theme: Theme, fraction: float, fill: str) -> None:
    """Draw a bar over the whole rectangle; anything above zero shows at least 2 px."""
    _fill(painter, rect, theme.colour("surface2"), 1)
    length = round(rect.width() * min(1.0, max(0.0, fraction)))
    if fraction > 0:
        done = QRect(rect.topLeft(), QSize(max(2, length), rect.height()))
        _fill(painter, done, theme.colour(fill), 1)


def cap_width(theme: Theme, key: str) -> int:
    """The room a key cap takes."""
    text = theme.metrics(theme.tokens.type.mark).horizontalAdvance(key)
    return max(CAP_HEIGHT + 2, text + 8)


def paint_cap(painter: QPainter, rect: QRect, theme: Theme, key: str, on: str = "text2") -> int:
    """Draw a key cap at the left of the rectangle; `on` is the tone of what it stands on."""
    box = middle(rect, QSize(cap_width(theme, key), CAP_HEIGHT))
    plain = on == "text2"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("border" if plain else on), 1))
    painter.setBrush(theme.colour("surface1") if plain else Qt.BrushStyle.NoBrush)
    radius = theme.tokens.sizes.radius_badge
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(theme.font(theme.tokens.type.mark))
    painter.setPen(theme.colour(on))
    painter.drawText(box, _CENTRED, key)
    painter.restore()
    return box.width()


def _badge_icon(painter: QPainter, inner: QRect, theme: Theme, icon: Icon, status: str) -> QRect:
    size = theme.tokens.sizes.icon_badge
    place = middle(inner, QSize(size, BADGE_HEIGHT))
    paint_icon(painter, place, icon, theme.colour(status), size)
    return inner.adjusted(size + 2, 0, 0, 0)


def _fill(painter: QPainter, box: QRect, colour: QColor, radius: int) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def _ring(painter: QPainter, box: QRect, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(1.5, 1.5, -1.5, -1.5), 1, 1)
    painter.restore()
