"""Small marks on printed pages: the chip of a tour, the number of a stop, a bar, a label."""

from collections.abc import Sequence

from app.drawing import Box, Disc, Picture, Shape, Words
from app.reports.day_review import Keeping
from app.reports.fonts import width_of
from app.tokens import Tokens

CHIP_HEIGHT = 11.5
STOP_SIZE = 15.0
#: Above this share a vehicle is as good as full.
FULL = 0.94


def chip(number: int, look: Tokens, *, size: float = 8.0) -> Picture:
    """A tour's number on its colour; the second dozen of tours has a ring."""
    style, text = look.tour_style(number), f"T{number}"
    wide, high = max(2.6 * size, width_of(text, size, True) + size), size * 1.45
    shapes: list[Shape] = [Box(0, 0, wide, high, style.colour, radius=1.6)]
    if style.ringed:
        inset = size * 0.16
        ring = style.label_colour
        shapes.append(
            Box(inset, inset, wide - 2 * inset, high - 2 * inset, "", ring, 0.6, radius=1)
        )
    shapes.append(Words(wide / 2, high / 2, text, size, style.label_colour, strong=True))
    return Picture(wide, high, tuple(shapes), text)


def stop(number: int, tour: int, keeping: Keeping, look: Tokens) -> Picture:
    """A stop's number on its tour's colour, ringed when it is tight or late."""
    style, middle, r = look.tour_style(tour), STOP_SIZE / 2, 5.7
    shapes: list[Shape] = [Disc(middle, middle, r, style.colour)]
    if keeping is Keeping.LATE:
        shapes.append(Disc(middle, middle, r + 1.4, "", look.colours.danger, 1.1))
    elif keeping is Keeping.TIGHT:
        dash = (2.6, 1.5)
        shapes.append(Disc(middle, middle, r + 1.4, "", look.colours.warn_solid, 1.1, dash))
    size = 7.4 if number < 100 else 6.0
    shapes.append(Words(middle, middle, str(number), size, style.label_colour, strong=True))
    return Picture(STOP_SIZE, STOP_SIZE, tuple(shapes), str(number))


def signature(width: float, height: float, look: Tokens) -> Picture:
    """An empty frame to write in."""
    frame = Box(0.3, 0.3, width - 0.6, height - 0.6, "", look.colours.border, 0.6, radius=2)
    return Picture(width, height, (frame,))


def bar(share: float, look: Tokens) -> Picture:
    """How full, as a small bar; amber when nearly full."""
    colours = look.colours
    colour = colours.warn_solid if share > FULL else colours.text3
    filled = 26 * max(0.0, min(1.0, share))
    shapes = (Box(0, 0, 26, 4.2, colours.surface2), Box(0, 0, filled, 4.2, colour))
    return Picture(26, 4.2, shapes)


def stack(parts: Sequence[tuple[int, str]], width: float, look: Tokens) -> Picture:
    """Parts of a whole side by side in one line, each with its colour."""
    whole = sum(count for count, _colour in parts) or 1
    shapes: list[Shape] = [Box(0, 0, width, 6, look.colours.surface2)]
    left = 0.0
    for count, colour in parts:
        if count:
            long = width * count / whole
            shapes.append(Box(left, 0, max(0.6, long - 1), 6, colour))
            left += long
    return Picture(width, 6, tuple(shapes))
