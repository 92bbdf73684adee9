"""Where places lie on a flat sheet, and what of a shape lies inside a frame."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values import GeoPoint
from app.maps.projection import Area, Frame, clip_line, clip_ring, earth, flat

LILLE, ROUBAIX, SECLIN = GeoPoint(50.6366, 3.0635), GeoPoint(50.691, 3.174), GeoPoint(50.5487, 3.03)
BOX = (0.0, 0.0, 10.0, 10.0)

places = st.builds(GeoPoint, st.floats(-84, 84), st.floats(-179, 179))
coordinates = st.floats(-20, 30, allow_nan=False)
flats = st.tuples(coordinates, coordinates)


@given(places)
def test_a_place_comes_back_from_the_flat_map(place: GeoPoint):
    back = earth(flat(place))

    assert isclose(back.latitude, place.latitude, abs_tol=1e-7)
    assert isclose(back.longitude, place.longitude, abs_tol=1e-7)


def test_the_flat_map_is_that_of_web_tiles():
    """OpenStreetMap's own example: tile 18/232798/103246 is a crossing in Tokyo."""
    x, y = flat(GeoPoint(35.6590699, 139.7006793))

    assert (int(x * 2**18), int(y * 2**18)) == (232798, 103246)


@given(st.lists(places, min_size=1, max_size=8), st.booleans())
def test_a_fitting_frame_shows_every_place_inside_its_margin(points: list[GeoPoint], upward: bool):
    frame = Frame.fitting(points, 400, 300, x=20, y=50, margin=12, upward=upward)

    for point in points:
        x, y = frame.place(point)
        assert 20 + 12 - 1e-6 <= x <= 420 - 12 + 1e-6
        assert 50 + 12 - 1e-6 <= y <= 350 - 12 + 1e-6


def test_north_is_above_on_glass_and_on_paper():
    glass = Frame.fitting([LILLE, ROUBAIX, SECLIN], 400, 300)
    paper = Frame.fitting([LILLE, ROUBAIX, SECLIN], 400, 300, upward=True)

    assert glass.place(ROUBAIX)[1] < glass.place(SECLIN)[1]
    assert paper.place(ROUBAIX)[1] > paper.place(SECLIN)[1]


def test_a_lone_place_has_surroundings():
    frame = Frame.fitting([LILLE], 400, 300, least_m=800)

    area = frame.area()
    width_m = GeoPoint(LILLE.latitude, area.west).distance_m(GeoPoint(LILLE.latitude, area.east))
    assert 800 <= width_m < 1_200


def test_a_frame_knows_its_scale():
    frame = Frame.fitting([LILLE, ROUBAIX], 500, 500)
    (ax, ay), (bx, by) = frame.place(LILLE), frame.place(ROUBAIX)

    metres = ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 * frame.metres_per_unit()

    assert metres == pytest.approx(LILLE.distance_m(ROUBAIX), rel=0.003)


def test_an_area_needs_a_place():
    with pytest.raises(ValueError, match="at least one"):
        Area.around([])


def test_a_line_that_leaves_and_comes_back_falls_in_two():
    line = [(1.0, 5.0), (15.0, 5.0), (15.0, 8.0), (1.0, 8.0)]

    assert clip_line(line, BOX) == [[(1.0, 5.0), (10.0, 5.0)], [(10.0, 8.0), (1.0, 8.0)]]


def test_a_line_inside_stays_whole():
    line = [(1.0, 1.0), (2.0, 9.0), (9.0, 9.0)]

    assert clip_line(line, BOX) == [line]


@given(st.lists(flats, min_size=2, max_size=12))
def test_what_is_left_of_a_line_lies_in_the_box(line: list[tuple[float, float]]):
    for part in clip_line(line, BOX):
        assert len(part) >= 2
        assert all(-1e-9 <= x <= 10 + 1e-9 and -1e-9 <= y <= 10 + 1e-9 for x, y in part)


@given(st.lists(flats, min_size=3, max_size=12))
def test_what_is_left_of_a_ring_lies_in_the_box(ring: list[tuple[float, float]]):
    assert all(-1e-9 <= x <= 10 + 1e-9 and -1e-9 <= y <= 10 + 1e-9 for x, y in clip_ring(ring, BOX))


def test_a_ring_round_the_box_leaves_the_box():
    around = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)]

    clipped = clip_ring(around, BOX)

    assert set(clipped) == {(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)}


def test_a_ring_elsewhere_leaves_nothing():
    assert clip_ring([(20.0, 20.0), (25.0, 20.0), (25.0, 25.0)], BOX) == []
