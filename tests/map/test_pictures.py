"""The map as flat shapes: everything is in it, readable, and the same each time."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.orders import Mode, Queue
from app.domain.tours import Colour
from app.domain.values import GeoPoint
from app.drawing import Box, Disc, Fill, Picture, Shape, Stroke, Words
from app.maps.icons import icons
from app.maps.layers import Leg, MapLayers, NodeMark, OrderMark, Slack, TourLine
from app.maps.picture.apart import apart
from app.maps.picture.foot import round_distance
from app.maps.picture.icons import icon, outlines
from app.maps.picture.marks import order
from app.maps.picture.pen import Pen
from app.maps.picture.room import Room, around
from app.maps.picture.whole import MOST_NUMBERS, DayMap, only
from app.tokens import tokens
from tests.map.lille import lille

LOOK = tokens("light")
WIDTH, HEIGHT = 900.0, 620.0
#: As far from the edges as a map's frame keeps its marks.
PLACES = st.lists(st.tuples(st.floats(70, 530), st.floats(70, 330)), max_size=40)


def measure(text: str, size: float, strong: bool) -> float:
    return len(text) * size * (0.56 if strong else 0.52)


def pen(scale: float = 1.0) -> Pen:
    return Pen(LOOK, measure, scale)


@pytest.fixture(scope="module")
def layers() -> MapLayers:
    return lille()


@pytest.fixture(scope="module")
def day(layers: MapLayers) -> DayMap:
    return DayMap(layers)


def spoken(shapes: Iterable[Shape]) -> list[Words]:
    return [shape for shape in shapes if isinstance(shape, Words)]


def texts(picture: Picture) -> list[str]:
    return [words.text for words in spoken(picture.shapes)]


def strokes(picture: Picture, colour: str) -> list[Stroke]:
    return [s for s in picture.shapes if isinstance(s, Stroke) and s.colour == colour]


def test_each_tour_has_its_colour_its_tag_and_every_stop_its_number(day: DayMap, layers: MapLayers):
    picture = day.picture(WIDTH, HEIGHT, pen(0.7))

    for line in layers.tours:
        assert strokes(picture, LOOK.tour_style(line.number).colour)
        assert f"T{line.number}" in texts(picture)
    numbers = [text for text in texts(picture) if text.isdecimal()]
    assert len(numbers) == sum(1 for mark in layers.orders if mark.tour)


def test_one_tour_alone_has_only_its_own_stops_and_its_depot(day: DayMap, layers: MapLayers):
    picture = day.picture(400, 300, pen(), 4)

    said = texts(picture)
    stops = [mark for mark in layers.orders if mark.tour == 4]
    assert sorted(int(text) for text in said if text.isdecimal()) == [
        mark.sequence for mark in stops
    ]
    assert "LAM" in said
    assert "LIC" not in said
    assert strokes(picture, LOOK.tour_style(4).colour)
    assert not strokes(picture, LOOK.tour_style(5).colour)


def test_land_borders_and_names_of_towns_lie_beneath(day: DayMap, french: None):
    picture = day.picture(WIDTH, HEIGHT, pen(0.7))

    said = texts(picture)
    assert {"Lille", "Roubaix", "Tourcoing", "BELGIQUE"} <= set(said)
    fills = [s.colour for s in picture.shapes if isinstance(s, Fill)]
    assert {LOOK.map.land, LOOK.map.urban} <= set(fills)
    assert strokes(picture, LOOK.map.motorway_casing)  # the frontier
    assert strokes(picture, LOOK.map.water)
    assert any("GeoNames" in text for text in said)


def test_no_name_covers_another_or_a_number(day: DayMap):
    picture = day.picture(WIDTH, HEIGHT, pen(0.7))
    names = [w for w in spoken(picture.shapes) if w.colour == LOOK.map.label]
    numbers = [w for w in spoken(picture.shapes) if w.text.isdecimal()]

    assert len(names) > 20
    boxes = [around(n.x, n.y, _wide(n) / 2, n.size / 2) for n in names]
    for one, other in combinations(boxes, 2):
        assert not _overlap(one, other)
    for box in boxes:
        for number in numbers:
            inside = box.left < number.x < box.right and box.top < number.y < box.bottom
            assert not inside


def _wide(words: Words) -> float:
    return measure(words.text, words.size, words.strong) + words.spacing * len(words.text)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_every_name_and_number_lies_on_the_sheet(day: DayMap):
    for tour in (None, 1, 8):
        picture = day.picture(WIDTH, HEIGHT, pen(0.7), tour)
        for words in spoken(picture.shapes):
            assert 0 <= words.x <= WIDTH
            assert 0 <= words.y <= HEIGHT


def test_the_numbers_of_stops_do_not_cover_each_other(day: DayMap):
    drawn = pen(0.7)
    picture = day.picture(WIDTH, HEIGHT, drawn)
    numbers = [w for w in spoken(picture.shapes) if w.text.isdecimal()]

    nearest = min(hypot(a.x - b.x, a.y - b.y) for a, b in combinations(numbers, 2))
    assert nearest > drawn.px(8.5)  # never so near that one number hides the other's


def test_a_known_road_has_the_tours_dash_in_a_casing_and_an_unknown_one_is_dotted():
    road, straight = lille(roads=True), lille()
    style = LOOK.tour_style(4)

    known = DayMap(road).picture(WIDTH, HEIGHT, pen(), 4)
    unknown = DayMap(straight).picture(WIDTH, HEIGHT, pen(), 4)

    [way] = strokes(known, style.colour)
    assert way.dash == style.dash_for(way.width)
    assert any(s.width > way.width for s in strokes(known, LOOK.colours.surface0))
    [dotted] = strokes(unknown, style.colour)
    assert dotted.dash[1] == 2 * dotted.dash[0]


def test_the_same_day_gives_the_same_picture(layers: MapLayers):
    assert DayMap(layers).picture(500, 400, pen()) == DayMap(layers).picture(500, 400, pen())


def test_with_very_many_stops_none_is_numbered():
    spots = [
        OrderMark(str(n), GeoPoint(50.6 + n % 20 * 0.01, 3 + n // 20 * 0.01), tour=1, sequence=n)
        for n in range(1, MOST_NUMBERS + 2)
    ]

    picture = DayMap(MapLayers(tuple(spots))).picture(WIDTH, HEIGHT, pen())

    assert not [text for text in texts(picture) if text.isdecimal()]


def test_a_day_without_anything_shows_france(french: None):
    picture = DayMap(MapLayers()).picture(WIDTH, HEIGHT, pen())

    assert "Paris" in texts(picture)
    assert "ESPAGNE" in texts(picture)


@pytest.mark.parametrize("lonely", [GeoPoint(50.6366, 3.0635), GeoPoint(-21.1, 55.5)])
def test_a_lone_stop_anywhere_has_surroundings(lonely: GeoPoint):
    layers = MapLayers((OrderMark("1", lonely, tour=1, sequence=1),))

    picture = DayMap(layers).picture(300, 200, pen())

    [number] = [w for w in spoken(picture.shapes) if w.text == "1"]
    assert (number.x, number.y) == pytest.approx((150, 100), abs=1)


@settings(deadline=None)
@given(PLACES)
def test_marks_keep_apart_and_on_the_sheet(places: list[tuple[float, float]]):
    reach = 6.0

    spots = apart(places, reach, (600, 400))

    assert len(spots) == len(places)
    assert spots == apart(places, reach, (600, 400))
    near = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(spots, 2)]
    assert all(away > reach for away in near)  # none hides the middle of another
    assert all(reach <= x <= 600 - reach and reach <= y <= 400 - reach for x, y in spots)


def test_marks_that_have_room_stay_where_they_are():
    roomy = [(30 + 60.0 * n, 200.0) for n in range(9)]

    for home, spot in zip(roomy, apart(roomy, 6, (600, 400)), strict=True):
        assert spot == pytest.approx(home, abs=0.02)


def test_what_is_fixed_is_left_clear():
    spots = apart([(100, 100), (103, 101)], 6, (600, 400), [(101, 100, 10)])

    assert all(hypot(x - 101, y - 100) > 15 for x, y in spots)


def test_every_icon_of_the_map_can_be_drawn_on_paper():
    for name, path in icons().items():
        rings = outlines(path)
        assert rings, name
        for ring in rings:
            assert len(ring) > 2, name
            assert all(-1 <= x <= 25 and -1 <= y <= 25 for x, y in ring), name
    drawn = icon("store", 100, 50, 24, "#000000")
    assert all(88 <= x <= 112 and 38 <= y <= 62 for ring in drawn.rings for x, y in ring)


def test_an_outline_with_a_command_it_does_not_know_is_refused():
    assert outlines("M0 0H10V10Z") == (((0, 0), (10, 0), (10, 10)),)
    with pytest.raises(ValueError, match="may not use A"):
        outlines("M0 0A5 5 0 0 1 10 10Z")


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (OrderMark("1", GeoPoint(50, 3), tour=1, sequence=7, slack=Slack.LATE), {"7", "!"}),
        (OrderMark("1", GeoPoint(50, 3), tour=1, sequence=7, slack=Slack.TIGHT), {"7"}),
        (OrderMark("1", GeoPoint(50, 3), left_out=Colour.YELLOW), {"!"}),
        (OrderMark("1", GeoPoint(50, 3), no_candidate=True), {"?"}),
        (OrderMark("1", GeoPoint(50, 3), queue=Queue.WITH_CARRIER), set()),
    ],
)
def test_trouble_is_told_by_a_sign_and_not_by_colour_alone(mark: OrderMark, expected: set[str]):
    shapes = list(order(50, 50, mark, pen(), numbered=True))

    assert {words.text for words in spoken(shapes)} == expected


def test_kinds_of_orders_differ_in_shape():
    drawn = [
        list(order(50, 50, OrderMark("1", GeoPoint(50, 3), mode, Queue.WITH_CARRIER), pen(),
                   numbered=False))
        for mode in Mode
    ]  # fmt: skip

    assert len({repr([_bare(shape) for shape in shapes]) for shapes in drawn}) == len(Mode)


def _bare(shape: Shape) -> Shape:
    return replace(shape, fill="") if isinstance(shape, Disc | Box) else shape


@pytest.mark.parametrize(
    ("metres_per_unit", "longest", "metres"), [(10, 96, 500), (53, 96, 5_000), (1, 99, 50)]
)
def test_the_scale_is_a_round_distance_that_fits(
    metres_per_unit: float, longest: float, metres: int
):
    found, length = round_distance(metres_per_unit, longest)

    assert found == metres
    assert length == pytest.approx(metres / metres_per_unit)
    assert length <= longest


def test_room_knows_what_is_taken():
    room = Room(10)
    box = around(50, 50, 20, 5)
    room.take(box)

    assert room.taken_by(around(60, 50, 20, 5)) == [box]
    assert room.is_free(around(50, 61, 20, 5))
    assert room.is_free(around(91, 50, 20, 5))


def test_only_keeps_a_tours_way_even_when_its_depot_is_unknown():
    line = TourLine(3, (Leg((GeoPoint(50, 3), GeoPoint(51, 3))),), GeoPoint(51, 3))
    mark = OrderMark("1", GeoPoint(51, 3), tour=3, sequence=1, node="GONE")
    layers = MapLayers((mark,), (NodeMark("LIL", GeoPoint(50, 3)),), (line,))

    assert only(layers, 3) == MapLayers((mark,), (), (line,))
    assert only(layers, 4) == MapLayers()


def test_a_stop_that_had_to_move_is_tied_to_its_place():
    crowd = tuple(
        OrderMark(str(n), GeoPoint(50.6366, 3.0635), tour=1, sequence=n) for n in range(1, 9)
    )
    far = OrderMark("far", GeoPoint(50.7, 3.2), tour=1, sequence=9)

    picture = DayMap(MapLayers((*crowd, far))).picture(600, 400, pen())

    ties = strokes(picture, LOOK.colours.text3)
    assert len(ties) >= 7
    for tie in ties:
        [(start, end)] = [pair for line in tie.lines for pair in pairwise(line)]
        assert hypot(start[0] - end[0], start[1] - end[1]) < 60
