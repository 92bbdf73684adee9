"""The course of the day: every lane on the same hours, all that happens in its place."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.tours import Tour
from app.drawing import Box, Picture, Stroke, Words
from app.reports.fonts import width_of
from app.reports.lanes import hours_picture, lane_picture, span_of
from app.tokens import tokens
from tests.reports.a_day import BIKE, PARIS, RBX, a_review, a_tour_review, at_minute

LOOK = tokens("light")
WIDTH = 900.0


def lane(number: int) -> Picture:
    review = a_review()
    span = span_of(review.tours, PARIS)
    return lane_picture(review.tours[number - 1], span, WIDTH, LOOK, width_of)


def boxes(picture: Picture, colour: str) -> list[Box]:
    return [s for s in picture.shapes if isinstance(s, Box) and colour in (s.fill, s.stroke)]


def spoken(picture: Picture) -> list[str]:
    return [shape.text for shape in picture.shapes if isinstance(shape, Words)]


def test_the_hours_are_whole_and_hold_every_tour(english: None):
    review = a_review()
    span = span_of(review.tours, PARIS)

    assert spoken(hours_picture(span, WIDTH, LOOK)) == ["09:00", "10:00", "11:00", "12:00"]
    for one in review.tours:
        assert 0 <= span.at(one.tour.start, WIDTH) <= span.at(one.tour.end, WIDTH) <= WIDTH


def test_a_door_stands_where_its_time_is_and_is_as_long_as_the_stop():
    colour = LOOK.tour_style(1).colour
    bars = [box for box in boxes(lane(1), colour) if box.width > 3.1]

    minute = WIDTH / 180
    assert [bar.x for bar in bars] == pytest.approx([20 * minute, 40 * minute, 110 * minute])
    assert [bar.width for bar in bars] == pytest.approx([5 * minute] * 3, abs=0.02)


def test_the_break_is_a_box_that_says_so(english: None):
    [pause] = boxes(lane(1), LOOK.colours.surface2)

    assert pause.width == pytest.approx(WIDTH / 180 * 45, abs=0.02)
    assert "break" in spoken(lane(1))


def test_little_slack_is_underlined_and_lateness_outlined_with_its_minutes(english: None):
    assert len(boxes(lane(1), LOOK.colours.warn_solid)) == 1
    assert len(boxes(lane(1), LOOK.colours.danger)) == 2
    assert "+10\u00a0min" in spoken(lane(1))


def test_waiting_is_hatched():
    hatched = [
        shape
        for shape in lane(2).shapes
        if isinstance(shape, Stroke) and shape.colour == LOOK.colours.border_strong
    ]

    [hatching] = hatched
    minute = WIDTH / 180
    across = [x for line in hatching.lines for x, _y in line]
    assert min(across) == pytest.approx(30 * minute)
    assert max(across) == pytest.approx(42 * minute)


@pytest.mark.parametrize(
    ("night", "hours"), [(date(2026, 3, 29), 3), (date(2026, 10, 25), 5), (date(2026, 6, 1), 4)]
)
def test_the_night_the_clocks_change_has_the_hours_it_has(night: date, hours: int):
    zone = ZoneInfo("Europe/Paris")
    start = datetime(night.year, night.month, night.day, 0, 30, tzinfo=zone).astimezone(UTC)
    end = datetime(night.year, night.month, night.day, 3, 30, tzinfo=zone).astimezone(UTC)
    one = a_tour_review(_moved(a_review().tours[1].tour, start, end), BIKE, RBX)

    span = span_of((one,), zone)

    assert span.end - span.start == timedelta(hours=hours)
    assert len(list(span.hours())) == hours + 1


def _moved(tour: Tour, start: datetime, end: datetime) -> Tour:
    leave, *_stops, back = tour.stops
    return replace(
        tour,
        stops=(
            replace(leave, arrival=start, start=start, departure=start),
            replace(back, arrival=end, start=end, departure=end),
        ),
    )


def test_a_very_long_day_names_every_second_hour():
    one = a_review().tours[1]
    long = a_tour_review(_moved(one.tour, at_minute(0), at_minute(20 * 60)), BIKE, RBX)

    assert len(list(span_of((long,), PARIS).hours())) == 11
