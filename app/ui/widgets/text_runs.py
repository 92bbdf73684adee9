"""How text in several weights and tones is drawn on one line, and what of it gives way."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from app.ui.theme import Theme
from app.ui.widgets.looks import Align, Elide, Run, Words

GAP = 4  # between runs, and between a sign and its words
LEAST_RUN = 18  # a run with less room than this is left out: an ellipsis alone says nothing
_ELIDES = {Elide.END: Qt.TextElideMode.ElideRight, Elide.MIDDLE: Qt.TextElideMode.ElideMiddle}


@dataclass(frozen=True, slots=True)
class _Placed:
    run: Run
    text: str
    left: int
    width: int


def words_width(theme: Theme, look: Words) -> int:
    """The room these words take in full."""
    return sum(_width(theme, run) for run in look.runs) + GAP * (len(look.runs) - 1)


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
    for piece in placed:
        font, metrics = _type_of(theme, piece.run)
        baseline = room.y() + (room.height() + metrics.ascent() - metrics.descent()) // 2
        painter.setFont(font)
        painter.setPen(theme.colour(piece.run.tone))
        painter.drawText(left + piece.left, baseline, piece.text)
    return used


def _type_of(theme: Theme, run: Run) -> tuple[QFont, QFontMetrics]:
    pixels = theme.tokens.type.small if run.small else None
    return theme.font(pixels, strong=run.strong), theme.metrics(pixels, strong=run.strong)


def _width(theme: Theme, run: Run) -> int:
    return max(_type_of(theme, run)[1].horizontalAdvance(run.text), run.width)


def _placed(theme: Theme, look: Words, room: int) -> list[_Placed]:
    runs = look.runs
    if words_width(theme, look) > room:
        runs = tuple(run for run in runs if not run.drops) or runs
    placed: list[_Placed] = []
    left = 0
    for run in runs:
        left_over = room - left
        if placed and left_over < LEAST_RUN:
            break
        text, width = _fitted(theme, run, left_over, look.elide)
        placed.append(_Placed(run, text, left, width))
        left += max(width, run.width) + GAP
    return placed


def _fitted(theme: Theme, run: Run, room: int, elide: Elide) -> tuple[str, int]:
    metrics = _type_of(theme, run)[1]
    width = metrics.horizontalAdvance(run.text)
    if width <= room or elide is Elide.NEVER:
        return run.text, width
    text = metrics.elidedText(run.text, _ELIDES[elide], room)
    return text, metrics.horizontalAdvance(text)
