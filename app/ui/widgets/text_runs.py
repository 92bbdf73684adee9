"""How text in several weights and tones is drawn on one line, and what of it gives way."""

from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText

from app.ui.theme import Theme
from app.ui.widgets.looks import Align, Elide, Run, Words

GAP = 4  # between a sign and its words
LEAST_RUN = 18  # a run with less room than this is left out: an ellipsis alone says nothing
_KEPT = 8_192  # texts measured: a few screenfuls, with what one scrolls back to
_ELIDES = {Elide.END: Qt.TextElideMode.ElideRight, Elide.MIDDLE: Qt.TextElideMode.ElideMiddle}


@dataclass(slots=True)
class _Placed:
    tone: str
    left: int
    width: int
    ascent: int
    descent: int
    font: QFont
    text: QStaticText  # shaped once: to shape a text takes longer than to draw it


@lru_cache(_KEPT)
def words_width(theme: Theme, look: Words) -> int:
    """The room these words take in full."""
    return sum(_width(theme, run) for run in look.runs) + look.gap * (len(look.runs) - 1)


def elided(metrics: QFontMetrics, text: str, room: int, elide: Elide = Elide.END) -> str:
    """The text, cut short only when it is wider than the room."""
    if elide is Elide.NEVER or metrics.horizontalAdvance(text) <= room:
        return text  # asked first: Qt cuts a text that fills its room to the pixel
    return metrics.elidedText(text, _ELIDES[elide], room)


@lru_cache(_KEPT)
def short(look: Words) -> Words:
    """The words of a narrow column: without the runs that may drop."""
    kept = tuple(run for run in look.runs if not run.drops)
    return replace(look, runs=kept or look.runs)


def paint_words(
    painter: QPainter, room: QRect, theme: Theme, look: Words, align: Align = Align.LEFT
) -> int:
    """Draw the words half-way down the room, cut short to it; the width used is returned."""
    placed = _placed(theme, look, room.width())
    if not placed:
        return 0
    used = placed[-1].left + placed[-1].width
    left = room.x()
    if align is Align.RIGHT:
        left = room.right() + 1 - used
    elif align is Align.CENTRE:
        left += (room.width() - used) // 2
    height = room.height()
    middle = max((height + piece.ascent - piece.descent) // 2 for piece in placed)
    baseline = room.y() + middle
    for piece in placed:
        painter.setFont(piece.font)
        painter.setPen(theme.colour(piece.tone))
        painter.drawStaticText(left + piece.left, baseline - piece.ascent, piece.text)
    return used


def _type_of(theme: Theme, run: Run) -> tuple[QFont, QFontMetrics]:
    pixels = theme.tokens.type.small if run.small else None
    return theme.font(pixels, strong=run.strong), theme.metrics(pixels, strong=run.strong)


def _width(theme: Theme, run: Run) -> int:
    return max(_type_of(theme, run)[1].horizontalAdvance(run.text), run.width)


@lru_cache(_KEPT)
def _placed(theme: Theme, look: Words, room: int) -> tuple[_Placed, ...]:
    """Where each run stands; fonts are the same in both themes, colours are asked when painting."""
    placed: list[_Placed] = []
    left = 0
    for run in look.runs:
        font, metrics = _type_of(theme, run)
        text, width = run.text, metrics.horizontalAdvance(run.text)
        if width > room - left and look.elide is not Elide.NEVER:
            if placed and room - left < LEAST_RUN:
                break
            text = metrics.elidedText(run.text, _ELIDES[look.elide], room - left)
            width = metrics.horizontalAdvance(text)
        ascent, descent = metrics.ascent(), metrics.descent()
        placed.append(_Placed(run.tone, left, width, ascent, descent, font, _shaped(text, font)))
        left += max(width, run.width) + look.gap
    return tuple(placed)


def _shaped(text: str, font: QFont) -> QStaticText:
    shaped = QStaticText(text)
    shaped.setTextFormat(Qt.TextFormat.PlainText)
    shaped.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    shaped.prepare(font=font)
    return shaped
