"""How figures read: each quantity in both languages, and what always holds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats import (
    amount,
    change,
    change_between,
    clock,
    countdown,
    day_month,
    distance,
    duration,
    emissions,
    kilograms,
    kilometres,
    long_date,
    money,
    number,
    order_number,
    rounded_parts,
    searchable,
    share,
    short_date,
    short_moment,
    volume,
    weight,
    whole_money,
    whole_share,
    window,
)

PARIS = ZoneInfo("Europe/Paris")
TWO_O_CLOCK = datetime(2026, 11, 24, 13, tzinfo=UTC)  # on the wall in Paris
FOUR_O_CLOCK = TWO_O_CLOCK + timedelta(hours=2)


def typed(text: str) -> str:
    """The expected text as one can type it: `_` before a unit, `'` in thousands, `~` for minus."""
    return text.replace("_", "\u00a0").replace("'", "\u202f").replace("~", "\u2212")


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("format_", "value", "text"),
    [
        (money, 123_450, "1'234,50_€"),
        (money, -5, "~0,05_€"),
        (whole_money, 131_949, "1'319_€"),
        (whole_money, 131_950, "1'320_€"),
        (amount, 899, "8,99"),
        (number, 1_234_567, "1'234'567"),
        (distance, 850, "850_m"),
        (distance, 999.6, "1,0_km"),
        (distance, 12_350, "12,4_km"),
        (distance, 0, "0_km"),
        (distance, 1_234_567, "1'234,6_km"),
        (kilometres, 332_300, "332,3"),
        (weight, 8_400, "8,4_kg"),
        (weight, 640, "640_g"),
        (kilograms, 11_600, "11,6"),
        (volume, 12_400, "12,4_L"),
        (volume, 1_249_000, "1,2_m³"),
        (emissions, 3_200, "3,2_kg_CO₂e"),
        (emissions, 640, "640_g_CO₂e"),
        (share, 0.949, "94,9_%"),
        (whole_share, 0.949, "95_%"),
        (duration, 7_500, "2_h_05"),
        (duration, 46 * 60, "46_min"),
        (duration, 59.5 * 60, "1_h_00"),
        (duration, 0, "0_min"),
        (duration, 12, "<_1_min"),
        (duration, -9 * 60, "~9_min"),
        (countdown, 204, "3:24"),
        (countdown, 1_799.9, "29:59"),
        (countdown, 1_800, "30_min"),
        (countdown, -3, "0:00"),
    ],
)
def test_a_figure_reads_in_french(format_, value, text):
    assert format_(value) == typed(text)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("format_", "value", "text"),
    [
        (money, 123_450, "€1,234.50"),
        (money, -123_450, "~€1,234.50"),
        (whole_money, 131_949, "€1,319"),
        (distance, 12_350, "12.4_km"),
        (distance, 850, "850_m"),
        (weight, 8_400, "8.4_kg"),
        (emissions, 3_200, "3.2_kg_CO₂e"),
        (share, 0.949, "94.9%"),
        (duration, 7_500, "2_h_05"),
        (number, 1_234_567, "1,234,567"),
    ],
)
def test_a_figure_reads_in_english(format_, value, text):
    assert format_(value) == typed(text)


@pytest.mark.usefixtures("french")
def test_emissions_say_how_exact_they_are():
    assert emissions(3_200, level=1) == typed("3,2_kg_CO₂e, niv. 1")


@pytest.mark.usefixtures("english")
def test_emissions_say_in_english_how_exact_they_are():
    assert emissions(3_200, level=1) == typed("3.2_kg_CO₂e, level 1")


@pytest.mark.usefixtures("french")
def test_dates_read_in_french():
    day = date(2026, 11, 24)

    assert long_date(day) == "mar. 24 nov. 2026"
    assert short_date(day) == "24/11/2026"
    assert day_month(day) == "24/11"


@pytest.mark.usefixtures("english")
def test_dates_read_in_english():
    assert long_date(date(2026, 11, 24)) == "Tue 24 Nov 2026"
    assert short_date(date(2026, 11, 24)) == "24/11/2026"


def test_the_clock_is_that_of_the_zone():
    assert clock(TWO_O_CLOCK, PARIS) == "14:00"
    assert clock(datetime(2026, 7, 24, 12, tzinfo=UTC), PARIS) == "14:00"
    assert short_moment(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), PARIS) == "24/11/2026 00:30"


def test_a_moment_without_a_zone_has_no_clock_time():
    with pytest.raises(ValueError, match="aware"):
        clock(datetime(2026, 11, 24, 12), PARIS)  # noqa: DTZ001 - the very thing refused


@pytest.mark.usefixtures("french")
def test_a_window_reads_with_both_ends_or_one():
    assert window(TWO_O_CLOCK, FOUR_O_CLOCK, PARIS) == "14:00–16:00"
    assert window(TWO_O_CLOCK, None, PARIS) == "dès 14:00"
    assert window(None, FOUR_O_CLOCK, PARIS) == "avant 16:00"
    assert window(None, None, PARIS) == ""


def test_a_window_over_midnight_names_its_days():
    over_night = window(TWO_O_CLOCK, TWO_O_CLOCK + timedelta(hours=20), PARIS)

    assert over_night == "24/11 14:00 – 25/11 10:00"


@pytest.mark.usefixtures("english")
def test_an_open_window_reads_in_english():
    assert window(TWO_O_CLOCK, None, PARIS) == "from 14:00"


@pytest.mark.usefixtures("french")
def test_a_change_has_its_sign():
    assert change(distance, 1_900) == typed("+1,9_km")
    assert change(duration, -360) == typed("~6_min")
    assert change(money, -772) == typed("~7,72_€")
    assert change(distance, 0) == typed("0_km")


@pytest.mark.usefixtures("french")
def test_a_change_is_the_difference_of_the_two_figures_shown():
    before, after = 330_260, 332_340  # 330,3 and 332,3 for the reader

    assert change_between(distance, before, after) == typed("+2,0_km")


def test_an_order_number_reads_in_groups_of_three():
    assert order_number("480213") == "480\u202f213"
    assert order_number("1480213") == "1\u202f480\u202f213"
    assert order_number("12") == "12"
    assert order_number("CMD-480213") == "CMD-480213"


@given(st.from_regex(r"[0-9]{1,12}", fullmatch=True))
def test_an_order_number_is_found_with_or_without_its_spaces(code: str):
    assert searchable(order_number(code)) == code


def test_search_makes_no_difference_of_case_or_spaces():
    assert searchable("480\u202f2 Éa") == searchable("4802\u00a0éA")


@given(st.lists(st.floats(-1e9, 1e9), max_size=30), st.sampled_from([1, 10, 100]))
def test_rounded_parts_add_up_to_their_rounded_total(parts: list[float], unit: int):
    from fractions import Fraction

    rounded = rounded_parts(parts, unit)

    total = sum(map(Fraction, parts), Fraction(0))
    assert abs(sum(rounded) - total) <= Fraction(unit, 2)
    assert all(
        abs(whole - Fraction(part)) < unit for whole, part in zip(rounded, parts, strict=True)
    )
    assert all(whole % unit == 0 for whole in rounded)


def test_the_largest_remainder_is_raised_first():
    assert rounded_parts([33.3, 33.3, 33.4]) == (33, 33, 34)
    assert rounded_parts([150, 150, 100], unit=100) == (200, 100, 100)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["fr", "en"]))
def test_no_amount_is_lost_in_reading_it_back(cents: int, speech: str):
    from app.i18n import language, use_language

    before = language()
    use_language(speech)
    try:
        text = money(cents)
    finally:
        use_language(before)

    digits = "".join(char for char in text if char.isdigit())
    assert int(digits) == abs(cents)
    assert text.startswith("\u2212") == (cents < 0)


@given(
    st.sampled_from([distance, weight, volume, emissions, duration, money, share]),
    st.floats(-1e9, 1e9),
)
def test_a_figure_and_its_opposite_differ_by_the_sign_alone(format_, value: float):
    there, back = format_(abs(value)), format_(-abs(value))

    assert back in (there, "\u2212" + there)


@given(st.floats(0, 10**7), st.floats(0, 10**7))
def test_a_longer_duration_never_reads_as_a_shorter_one(one: float, other: float):
    def minutes(text: str) -> int:
        text = text.replace("<\u00a01", "0").replace(",", "")
        hours, _, rest = text.rpartition("\u00a0h\u00a0")
        return int(hours or 0) * 60 + int(rest.removesuffix("\u00a0min"))

    shorter, longer = sorted((one, other))
    assert minutes(duration(shorter)) <= minutes(duration(longer))
