"""Lines stay one device pixel, however the screen scales."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.theme import Theme
from app.ui.widgets.hairline import paint_edges


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
def test_an_edge_is_one_device_pixel(theme: Theme, ratio: float, edge):
    ground, line = QColor(theme.colour("surface0")), QColor(theme.colour("danger"))
    image = QImage(round(40 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(ground)

    with QPainter(image) as painter:
        paint_edges(painter, QRect(0, 0, 40, 40), line, edge)

    last = image.width() - 1
    across = [
        image.pixelColor(i, last // 2)
        if edge in ("left", "right")
        else image.pixelColor(last // 2, i)
        for i in range(image.width())
    ]
    expected = 0 if edge in ("left", "top") else last
    assert [place for place, colour in enumerate(across) if colour == line] == [expected]
