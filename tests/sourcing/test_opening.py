"""When a node is open: hours, holidays, days on which the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.values import Address, Window
from app.planning.opening import UnreadableHours, open_windows
from tests.builders import a_node

LILLE_ADDRESS = Address("Grand Place", "59000", "Lille")
STRASBOURG = Address("Place Kléber", "67000", "Strasbourg")


def open_at(hours: str, instant: datetime, address: Address = LILLE_ADDRESS) -> bool:
    node = a_node(opening_hours=hours, address=address)
    windows = open_windows(node, instant - timedelta(days=1), instant + timedelta(days=1))
    return any(window.start <= instant < window.end for window in windows)


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 11, tzinfo=UTC)


def test_a_node_without_hours_is_always_open():
    start = noon(11, 24)

    assert open_windows(a_node(), start, start + timedelta(days=9)) == (
        Window(start, start + timedelta(days=9)),
    )


def test_hours_are_read_on_the_clock_of_the_node():
    paris = a_node(opening_hours="Mo-Sa 09:00-19:00")
    reunion = a_node(opening_hours="Mo-Sa 09:00-19:00", timezone="Indian/Reunion")
    day = datetime(2026, 11, 24, tzinfo=UTC)

    assert open_windows(paris, day, day + timedelta(days=1))[0].start.hour == 8
    assert open_windows(reunion, day, day + timedelta(days=1))[0].start.hour == 5


@pytest.mark.parametrize(
    ("month", "day"), [(1, 1), (5, 1), (5, 14), (7, 14), (11, 11), (12, 25), (4, 6)]
)
def test_french_public_holidays_close_a_node_that_says_so(month: int, day: int):
    assert not open_at("Mo-Su 09:00-19:00; PH off", noon(month, day))
    assert open_at("Mo-Su 09:00-19:00", noon(month, day))


@pytest.mark.parametrize(("month", "day"), [(12, 26), (4, 3)])
@pytest.mark.parametrize("rule", ["PH off", "Su,PH closed", "PH,Su off"])
def test_alsace_and_moselle_have_two_holidays_more(month: int, day: int, rule: str):
    hours = f"Mo-Sa 09:00-19:00; {rule}"

    assert not open_at(hours, noon(month, day), STRASBOURG)
    assert open_at(hours, noon(month, day))
    assert not open_at(hours, noon(12, 25), STRASBOURG)


def test_shorter_holiday_hours_hold_on_regional_holidays_too():
    hours = "Mo-Sa 09:00-19:00; PH 14:00-16:00"

    assert not open_at(hours, noon(12, 26), STRASBOURG)
    assert open_at(hours, datetime(2026, 12, 26, 14, tzinfo=UTC), STRASBOURG)


@pytest.mark.parametrize(
    ("month", "day", "hours"), [(3, 29, 8), (10, 25, 10)], ids=["spring", "autumn"]
)
def test_a_night_that_the_clocks_change_is_as_long_as_it_really_is(month, day, hours):
    node = a_node(opening_hours="Mo-Su 22:00-07:00")
    eve = datetime(2026, month, day, tzinfo=UTC) - timedelta(hours=12)
    (night,) = open_windows(node, eve, eve + timedelta(hours=21))

    assert night.end - night.start == timedelta(hours=hours)


def test_spans_that_touch_are_one():
    windows = open_windows(
        a_node(opening_hours='Mo-Su 00:00-12:00 "morning", 12:00-24:00'),
        noon(11, 24),
        noon(11, 26),
    )

    assert len(windows) == 1


def test_a_country_without_known_holidays_keeps_its_hours():
    assert open_at("Mo-Su 09:00-19:00; PH off", noon(12, 25), Address(country="XX"))


def test_hours_that_nobody_can_read_are_said_to_be_so():
    with pytest.raises(UnreadableHours, match="8h-12h"):
        open_windows(a_node(opening_hours="Mo-Fr 8h-12h"), noon(11, 24), noon(11, 25))
