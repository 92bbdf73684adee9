"""What stands at a map's foot: how long a kilometre is, and whose work the land is."""

from collections.abc import Iterator

from app.drawing import Shape, Stroke, Words
from app.formats import NO_BREAK_SPACE, number
from app.maps.geography import origin
from app.maps.picture.pen import Pen
from app.maps.picture.room import Room, around
from app.maps.projection import Frame

#: The longest scale bar, in pixels.
_LONGEST = 96.0
_EDGE = 8.0


def foot(frame: Frame, pen: Pen, room: Room) -> Iterator[Shape]:
    """The scale bar on the left and the origin on the right; their room is taken."""
    colours, land = pen.look.colours, pen.look.map.land
    metres, length = round_distance(frame.metres_per_unit(), pen.px(_LONGEST))
    left, right = frame.x + pen.px(_EDGE), frame.x + frame.width - pen.px(_EDGE)
    low = frame.y + frame.height - pen.px(_EDGE)
    tick = pen.px(4)
    bar = ((left, low - tick), (left, low), (left + length, low), (left + length, low - tick))
    yield Stroke((bar,), land, pen.px(3.4))
    yield Stroke((bar,), colours.text2, pen.px(1.2))
    size = pen.px(10)
    yield Words(
        left + length + pen.px(6),
        low - pen.px(2),
        _round(metres),
        size,
        colours.text1,
        anchor="start",
        halo=land,
        halo_width=pen.px(2.8),
    )
    yield Words(
        right,
        low - pen.px(2),
        origin(),
        pen.px(9),
        colours.text3,
        anchor="end",
        halo=land,
        halo_width=pen.px(2.8),
    )
    told = pen.measure(origin(), pen.px(9), False)
    room.take(around(right - told / 2, low - pen.px(2), told / 2, pen.px(7)))
    wide = (length + pen.px(50)) / 2
    room.take(around(left + wide, low - pen.px(2), wide, pen.px(8)))


def round_distance(metres_per_unit: float, longest: float) -> tuple[int, float]:
    """The greatest 1, 2 or 5 times a power of ten that fits, and how long it is drawn."""
    most = max(1.0, metres_per_unit * longest)
    power = 10 ** (len(str(int(most))) - 1)
    metres = max(step * power for step in (1, 2, 5) if step * power <= most)
    return metres, metres / metres_per_unit


def _round(metres: int) -> str:
    figure, unit = (metres // 1000, "km") if metres >= 1000 else (metres, "m")
    return f"{number(figure)}{NO_BREAK_SPACE}{unit}"
