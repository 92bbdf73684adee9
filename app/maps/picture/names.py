"""Which names of places a picture writes, and where, so that none covers another or a mark."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.values import GeoPoint
from app.drawing import Words
from app.maps.geography import COUNTRIES, Geography, PlaceName, country_name
from app.maps.picture.ground import placed
from app.maps.picture.pen import Pen
from app.maps.picture.room import Room, Taken, around
from app.maps.projection import Frame

#: How far a name moves up or down for marks.
_UP_DOWN = (0.0, -13.0, 13.0, -24.0, 24.0, -36.0, 36.0, -48.0, 48.0)
#: And aside, in halves of its width, where it matters.
_ASIDE = (0.0, -0.7, 0.7, -1.3, 1.3, -1.9, 1.9)
_COLUMNS, _ROWS = 16, 12


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    strong: bool


def names(
    frame: Frame, labels: Iterable[PlaceName], room: Room, pen: Pen, zoom: float
) -> Iterator[Words]:
    """The names that find room: those that matter most first."""
    ordered = sorted(labels, key=lambda label: (label.rank, label.zoom, label.name))
    for label in ordered:
        if label.zoom > zoom + 0.75:
            continue
        x, y = frame.place(GeoPoint(label.latitude, label.longitude))
        style = _style(label, zoom, pen.scale)
        half = pen.measure(label.name, style.size, style.strong) / 2 + pen.px(3)
        spot = _free_spot(frame, x, y, half, style, room, pen.scale)
        if spot is not None:
            yield Words(
                *spot,
                label.name,
                style.size,
                pen.look.map.label,
                style.strong,
                halo=pen.look.map.land,
                halo_width=pen.px(2.8),
            )


def countries(frame: Frame, geography: Geography, room: Room, pen: Pen) -> Iterator[Words]:
    """The countries beyond the border, in spaced capitals, where they find room."""
    told: set[str] = set()
    for code, polygon in geography.neighbours:
        if code not in COUNTRIES or code in told:
            continue
        name, size, spacing = country_name(code).upper(), pen.px(11), pen.px(2.4)
        half = (pen.measure(name, size, False) + spacing * len(name)) / 2 + pen.px(6)
        spot = _country_spot(frame, placed(frame, polygon[0]), half, room, pen.scale)
        if spot is not None:
            told.add(code)
            room.take(around(*spot, half, pen.px(9)))
            yield Words(*spot, name, size, pen.look.map.label, spacing=spacing)


def _style(label: PlaceName, zoom: float, scale: float) -> _Style:
    nearer = 1 if zoom >= 12 else 0
    if label.rank == 1:
        return _Style((13 + nearer) * scale, True)
    if label.rank == 2:
        return _Style((12 + nearer) * scale, label.zoom <= zoom + 0.3)
    return _Style((11 + (nearer if label.rank == 3 else 0)) * scale, False)


def _free_spot(
    frame: Frame, x: float, y: float, half: float, style: _Style, room: Room, scale: float
) -> tuple[float, float] | None:
    """The nearest spot that hides nothing; the name of a town that matters goes further for one."""
    tall = style.size / 2 + 1.5 * scale
    for aside in _ASIDE if style.strong else (0.0,):
        for up in _UP_DOWN if style.strong else _UP_DOWN[:5]:
            spot = x + aside * half, y + up * scale
            box = around(*spot, half, tall)
            if _inside(frame, box) and room.is_free(box):
                room.take(box)
                return spot
    return None


def _inside(frame: Frame, box: Taken) -> bool:
    return (
        box.left >= frame.x
        and box.top >= frame.y
        and box.right <= frame.x + frame.width
        and box.bottom <= frame.y + frame.height
    )


def _country_spot(
    frame: Frame,
    outline: tuple[tuple[float, float], ...],
    half: float,
    room: Room,
    scale: float,
) -> tuple[float, float] | None:
    """The free spot of a grid whose name lies wholly in the country, nearest to the middle."""
    middle = frame.x + frame.width / 2, frame.y + frame.height / 2
    spots = [
        (frame.x + frame.width * column / _COLUMNS, frame.y + frame.height * row / _ROWS)
        for column in range(1, _COLUMNS)
        for row in range(1, _ROWS)
    ]
    for x, y in sorted(spots, key=lambda s: abs(s[0] - middle[0]) + abs(s[1] - middle[1])):
        box = around(x, y, half, 9 * scale)
        corners = ((box.left, box.top), (box.right, box.top), (box.left, box.bottom), (x, y))
        ends = (*corners, (box.right, box.bottom))
        if not _inside(frame, box) or not room.is_free(box):
            continue
        if all(_holds(outline, spot) for spot in ends):
            return x, y
    return None


def _holds(outline: tuple[tuple[float, float], ...], spot: tuple[float, float]) -> bool:
    x, y = spot
    inside = False
    before = outline[-1]
    for corner in outline:
        (ax, ay), (bx, by) = before, corner
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        before = corner
    return inside
