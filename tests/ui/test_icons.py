"""Icons: every meaning has a drawing, in the colour of the theme in force."""

import json
from pathlib import Path

import pytest
import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

from app.ui.icons import Icon, icon, icon_pixmap
from app.ui.theme import Theme


def ink(picture: QPixmap) -> QColor:
    """The colour of the picture's most opaque pixel."""
    image = picture.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda pixel: pixel.alpha())


def test_every_meaning_is_in_the_font():
    fonts = Path(qtawesome.__file__).parent / "fonts"
    charmap = next(fonts.glob("materialdesignicons6*charmap*.json"))
    names = json.loads(charmap.read_text(encoding="utf-8"))

    assert [each.value for each in Icon if each.value not in names] == []


def test_an_icon_changes_its_colour_with_the_theme(theme: Theme):
    order = icon(Icon.ORDER)
    light = ink(order.pixmap(QSize(16, 16)))

    theme.choose("dark")
    dark = ink(order.pixmap(QSize(16, 16)))

    assert light.name() != dark.name()
    assert dark.lightness() > light.lightness()


@pytest.mark.parametrize(
    ("mode", "tone"), [(QIcon.Mode.Disabled, "disabled"), (QIcon.Mode.Selected, "text1")]
)
def test_an_icon_shows_its_state(theme: Theme, mode, tone):
    drawn = ink(icon(Icon.STOP).pixmap(QSize(32, 32), mode))

    assert drawn.name() == theme.colour(tone).name()


def test_an_icon_is_drawn_at_the_size_asked_for(theme: Theme):
    once = icon_pixmap(Icon.CHOICE, theme.colour("text1"), 16)
    twice = icon_pixmap(Icon.CHOICE, theme.colour("text1"), 16, 2.0)

    assert (once.width(), twice.width()) == (16, 32)
    assert twice.devicePixelRatio() == 2.0


def test_an_icon_is_sharp_on_a_fine_screen():
    picture = icon(Icon.FLOAT).pixmap(QSize(14, 14), 1.5)

    assert picture.size() == QSize(21, 21)
    assert picture.devicePixelRatio() == 1.5


def test_a_picture_is_drawn_once(theme: Theme):
    colour = theme.colour("accent")

    first = icon_pixmap(Icon.MAP, colour, 14)

    assert icon_pixmap(Icon.MAP, colour, 14) is first
