"""The ways of the tours, and the tags that name them."""

from collections.abc import Iterable, Iterator

from app.drawing import Box, Line, Shape, Spot, Stroke, Words
from app.maps.layers import Leg, TourLine
from app.maps.picture.pen import Pen
from app.maps.picture.room import Room, around
from app.maps.projection import Frame

_WIDTH, _SELECTED_WIDTH = 2.3, 4.0
_CASING = 2.6
_UNKNOWN_WIDTH, _UNKNOWN_DASH = 1.5, (2.0, 4.0)
#: How far from its stop a tag may stand, in pixels beyond its own half.
_TAG_DISTANCES = (10, 22, 36)
_TAG_SPOTS = ((1, -1), (1, 0), (-1, -1), (-1, 0), (0, -1.35), (0, 1.35), (1, 1), (-1, 1))


def ways(
    frame: Frame, tours: Iterable[TourLine], pen: Pen, *, alone: bool = False
) -> Iterator[Shape]:
    """Each tour's way in its colour and dash; `alone` = the only one, drawn strongly."""
    for tour in tours:
        yield from _way(frame, tour, pen, _SELECTED_WIDTH if alone else _WIDTH)


def tags(frame: Frame, tours: Iterable[TourLine], pen: Pen, room: Room) -> Iterator[Shape]:
    """Each tour's number beside its furthest stop, where it hides no mark if it can."""
    others = Room(pen.px(48))
    for tour in tours:
        label = f"T{tour.number}"
        half = max(pen.px(24), pen.measure(label, pen.px(11), True) + pen.px(8)) / 2
        tall = pen.px(8)
        x, y = frame.place(tour.tag)
        spots = [
            (x + right * (half + pen.px(away)), y + down * (tall + pen.px(away - 1)))
            for away in _TAG_DISTANCES
            for right, down in _TAG_SPOTS
        ]
        boxes = {spot: around(*spot, half + pen.px(1), tall + pen.px(1)) for spot in spots}

        def harm(spot: Spot) -> tuple[bool, bool, int]:
            box = boxes[spot]  # noqa: B023 - asked at once
            return _off_sheet(frame, spot), not others.is_free(box), len(room.taken_by(box))

        least = min(spots, key=harm)
        room.take(boxes[least])
        others.take(boxes[least])
        yield from tag(*least, label, half, pen, number=tour.number)


def tag(x: float, y: float, label: str, half: float, pen: Pen, *, number: int) -> Iterator[Shape]:
    """A tour's number on its colour; the second dozen of tours has a ring."""
    style, tall = pen.tour(number), pen.px(8)
    edge = pen.px(1.2)
    yield Box(
        x - half - edge,
        y - tall - edge,
        2 * (half + edge),
        2 * (tall + edge),
        fill=pen.casing,
        radius=pen.px(3),
    )
    yield Box(x - half, y - tall, 2 * half, 2 * tall, fill=style.colour, radius=pen.px(2))
    if style.ringed:
        inset = pen.px(1.8)
        yield Box(
            x - half + inset,
            y - tall + inset,
            2 * (half - inset),
            2 * (tall - inset),
            stroke=style.label_colour,
            line=pen.px(1),
            radius=pen.px(1),
        )
    yield Words(x, y, label, pen.px(10 if style.ringed else 11), style.label_colour, strong=True)


def _way(frame: Frame, tour: TourLine, pen: Pen, width: float) -> Iterator[Shape]:
    style, thick = pen.tour(tour.number), pen.px(width)
    known = tuple(_placed(frame, leg) for leg in tour.legs if leg.road_known)
    unknown = tuple(_placed(frame, leg) for leg in tour.legs if not leg.road_known)
    if known:
        yield Stroke(known, pen.casing, thick + pen.px(_CASING))
        yield Stroke(known, style.colour, thick, style.dash_for(thick))
    if unknown:
        thin = thick * _UNKNOWN_WIDTH / _WIDTH
        dash = tuple(part * thin / _UNKNOWN_WIDTH for part in _UNKNOWN_DASH)
        yield Stroke(unknown, style.colour, thin, dash)


def _placed(frame: Frame, leg: Leg) -> Line:
    return tuple((round(x, 2), round(y, 2)) for x, y in map(frame.place, leg.points))


def _off_sheet(frame: Frame, spot: tuple[float, float]) -> bool:
    x, y = spot
    return not (
        frame.x + 14 < x < frame.x + frame.width - 14
        and frame.y + 9 < y < frame.y + frame.height - 9
    )
