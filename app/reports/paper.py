"""How words, lines and barcodes are put on a printed page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.reports.fonts import REGULAR
from app.tokens import Colours, tokens

#: A millimetre in points.
MM = 72 / 25.4
#: The narrowest bar that a hand scanner reads from a 203 dpi print: two dots.
NARROWEST_BAR_PT = 0.25 * MM
WIDEST_BAR_PT = 0.33 * MM
#: Where a line may end: at white space, but not before a unit or between thousands.
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")


def _ink() -> str:
    return tokens("light").colours.text1


@dataclass(frozen=True, slots=True)
class Style:
    """A face, its size in points and its colour."""

    face: str = REGULAR
    size: float = 9
    colour: str = field(default_factory=_ink)


def text_width(text: str, style: Style) -> float:
    """How wide a text is, in points."""
    width: float = stringWidth(text, style.face, style.size)
    return width


def wrapped(text: str, style: Style, width: float) -> tuple[str, ...]:
    """The text on lines no wider than asked: broken between words, inside one only if it must."""
    lines: list[str] = []
    for word in filter(None, _BREAKS.split(text)):
        if lines and text_width(f"{lines[-1]} {word}", style) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.extend(_pieces(word, style, width))
    return tuple(lines)


def _pieces(word: str, style: Style, width: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, style) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def fitted(text: str, style: Style, width: float) -> str:
    """The text on one line: as it is, or cut at its end with an ellipsis."""
    if text_width(text, style) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept.rstrip()}…", style) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def code128(text: str, height: float, room: float) -> Any | None:
    """A barcode as wide as the room allows, None where the text or the room does not admit one."""
    if not text or not text.isascii() or not text.isprintable():
        return None
    modules = Code128(text, barWidth=1, quiet=0).width
    bar = min(WIDEST_BAR_PT, room / modules)
    if bar < NARROWEST_BAR_PT:
        return None
    return Code128(text, barWidth=bar, barHeight=height, quiet=0)


class Page:
    """A page seen from its top left corner, in points."""

    def __init__(self, canvas: Canvas, height: float, colours: Colours) -> None:
        self._canvas, self._height, self._colours = canvas, height, colours

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """A text whose baseline lies at y."""
        self._set(style)
        self._canvas.drawString(x, self._height - y, text)

    def text_right(self, x: float, y: float, text: str, style: Style) -> None:
        """A text that ends at x."""
        self._set(style)
        self._canvas.drawRightString(x, self._height - y, text)

    def lines(self, x: float, y: float, lines: Sequence[str], style: Style, step: float) -> float:
        """Texts one below the other; the baseline that the next one would have."""
        for line in lines:
            self.text(x, y, line, style)
            y += step
        return y

    def rule(self, x: float, y: float, to_x: float, colour: str, thickness: float = 0.5) -> None:
        """A horizontal line."""
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, self._height - y, to_x, self._height - y)

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "") -> None:
        """A frame, or a filled area without one."""
        bottom = self._height - y - height
        if fill:
            self._canvas.setFillColor(HexColor(fill))
            self._canvas.rect(x, bottom, width, height, stroke=0, fill=1)
            return
        self._canvas.setStrokeColor(HexColor(self._colours.border_strong))
        self._canvas.setLineWidth(0.6)
        self._canvas.roundRect(x, bottom, width, height, 3, stroke=1, fill=0)

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A hairline round a picture."""
        self._canvas.setStrokeColor(HexColor(self._colours.border))
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(x, self._height - y - height, width, height, stroke=1, fill=0)

    def barcode(self, x: float, y: float, code: Any) -> None:
        """A barcode whose top left corner lies at (x, y)."""
        self._canvas.setFillGray(0)  # scanners want nothing but black
        code.drawOn(self._canvas, x, self._height - y - code.height)

    def _set(self, style: Style) -> None:
        self._canvas.setFont(style.face, style.size)
        self._canvas.setFillColor(HexColor(style.colour))
