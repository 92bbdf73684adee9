"""Lines of one device pixel at the edge of a rectangle, also where the screen scales by 1.25."""

from typing import Literal

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter

Edge = Literal["left", "top", "right", "bottom"]


def paint_edges(painter: QPainter, rect: QRect, colour: QColor, *edges: Edge) -> None:
    """Draw along these edges, inside the rectangle and on its outermost device pixel."""
    thin = 1 / painter.device().devicePixelRatioF()
    box = QRectF(rect)
    lines = {
        "left": QRectF(box.left(), box.top(), thin, box.height()),
        "top": QRectF(box.left(), box.top(), box.width(), thin),
        "right": QRectF(box.right() - thin, box.top(), thin, box.height()),
        "bottom": QRectF(box.left(), box.bottom() - thin, box.width(), thin),
    }
    for edge in edges:
        painter.fillRect(lines[edge], colour)
