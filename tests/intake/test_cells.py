"""What a cell says, and the precise reason when it says nothing that can be used."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.feeds import cells, moments
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.kinds import KINDS
from app.connectors.feeds.tables.tidy import tidy
from app.domain.nodes import NodeKind, Service
from tests.intake.files import GROUND

PARIS = ZoneInfo("Europe/Paris")
wall = datetime.fromisoformat


def reason(parse: cells.Parser, cell: str) -> str:
    with pytest.raises(Misfit) as misfit:
        parse(cell, GROUND)
    return misfit.value.reason.code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", "12"),
        ("-3", "-3"),
        ("+4", "4"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        (",5", "0.5"),
        ("1 234", "1234"),
        ("1 234,5", "1234.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1,234,567", "1234567"),
        ("1'234", "1234"),
        ("12.", "12"),
    ],
)
def test_numbers_are_read_with_comma_or_point_and_with_groups(cell: str, value: str):
    assert cells.number_of(cell) == Decimal(value)


def test_one_mark_alone_is_the_decimal_mark_and_never_a_silent_thousand():
    assert cells.number_of("1,234") == Decimal("1.234")
    assert reason(cells.whole(), "1,234") == "not_whole"


@pytest.mark.parametrize(
    "cell", ["abc", "1e3", "0x1", "1 2", "1..2", "--1", "٣", "½", "1,2,3", "NaN", "inf", "", "€5"]
)
def test_what_is_no_number_is_not_taken_for_one(cell: str):
    assert reason(cells.decimal(), cell) == "not_a_number"


def test_whole_numbers_have_bounds_and_forgive_a_zero_decimal():
    assert cells.whole()("3.0", GROUND) == 3
    assert reason(cells.whole(), "3.5") == "not_whole"
    assert reason(cells.whole(), "-1") == "too_small"
    assert reason(cells.whole(1, 10), "11") == "too_large"


@given(st.decimals(0, 10**6, places=3))
def test_every_decimal_survives_both_marks(value: Decimal):
    assert cells.decimal()(str(value), GROUND) == value
    assert cells.decimal()(str(value).replace(".", ","), GROUND) == value


@pytest.mark.parametrize("cell", ["yes", "Oui", "TRUE", "vrai", "1", "x"])
def test_yes_is_understood(cell: str):
    assert cells.truth(cell, GROUND) is True


@pytest.mark.parametrize("cell", ["no", "Non", "FALSE", "faux", "0"])
def test_no_is_understood(cell: str):
    assert cells.truth(cell, GROUND) is False


def test_maybe_is_neither():
    assert reason(cells.truth, "perhaps") == "not_yes_or_no"


def test_codes_are_kept_as_written_but_not_when_a_spreadsheet_rounded_them():
    assert cells.code("000123-é", GROUND) == "000123-é"
    assert reason(cells.code, "3,60054E+12") == "mangled_by_spreadsheet"
    assert reason(cells.code, "3.60054e+12") == "mangled_by_spreadsheet"
    assert reason(cells.code, "A\x001") == "unreadable_character"
    assert reason(cells.code, "A\ufffd") == "unreadable_character"
    assert reason(cells.code, "A" * 101) == "too_long"


def test_choices_ignore_case_spaces_and_hyphens():
    read = cells.one_of(Service)

    assert read("Click-and Collect", GROUND) is Service.CLICK_AND_COLLECT
    assert reason(read, "teleport") == "not_one_of"
    assert cells.some_of(Service)("home_delivery, ship_from_store", GROUND) == frozenset(
        {Service.HOME_DELIVERY, Service.SHIP_FROM_STORE}
    )
    assert reason(cells.some_of(NodeKind), "store; ship") == "not_one_of"


def test_aliases_of_a_choice_are_read_too():
    class Drive(StrEnum):
        PETROL = "petrol"

    assert cells.one_of(Drive, essence=Drive.PETROL)("Essence", GROUND) is Drive.PETROL


@pytest.mark.parametrize(
    ("cell", "code"), [("FR", "FR"), ("be", "BE"), ("France", "FR"), ("Allemagne", "DE")]
)
def test_countries_are_read_by_letters_or_name(cell: str, code: str):
    assert cells.country(cell, GROUND) == code


@pytest.mark.parametrize("cell", ["EU", "ZZ", "Gondor", "F", "F1"])
def test_what_is_no_country_is_told(cell: str):
    assert reason(cells.country, cell) == "unknown_country"


def test_opening_hours_are_checked_as_openstreetmap_writes_them():
    assert cells.opening_hours("Mo-Sa 09:00-12:30,14:00-19:00; PH off", GROUND)
    assert reason(cells.opening_hours, "Mo-Fr 8h-20h") == "bad_opening_hours"
    assert reason(cells.opening_hours, "de 9 à 18") == "bad_opening_hours"


@pytest.mark.parametrize("cell", ["Europe/Nowhere", "../../etc/passwd", "Europe", "\x00"])
def test_what_is_no_time_zone_is_told(cell: str):
    assert reason(cells.timezone, cell) == "unknown_timezone"


def test_one_currency_a_workspace():
    assert cells.currency("eur", GROUND) == "EUR"
    assert reason(cells.currency, "USD") == "other_currency"


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("  A1\u00a0", "A1"),
        ("A\u200b1\ufeff", "A1"),
        ("12 rue X\r\nBât. B", "12 rue X, Bât. B"),
        ("e\u0301te\u0301", "été"),
        ("1\u202f234", "1 234"),
        ("\u202eevil", "evil"),
    ],
)
def test_what_nobody_typed_on_purpose_is_taken_away(cell: str, left: str):
    assert tidy(cell) == left


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(cell: str):
    assert tidy(tidy(cell)) == tidy(cell)


ALL_PARSERS = [(c.name, c.parse) for kind in KINDS for c in kind.columns]


@given(st.text(min_size=1, max_size=80), st.sampled_from(ALL_PARSERS))
def test_no_cell_whatever_does_more_than_misfit(cell: str, column: tuple[str, cells.Parser]):
    with suppress(Misfit):
        column[1](tidy(cell) or "x", GROUND)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2026-11-24T09:30:00+01:00", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
        ("2026-11-24T08:30Z", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
        ("2026-11-24 09:30", wall("2026-11-24T09:30")),
        ("20261124T0930", wall("2026-11-24T09:30")),
        ("2026-11-24", wall("2026-11-24")),
    ],
)
def test_moments_are_iso_8601(cell: str, read: datetime):
    found = moments.moment()(cell, GROUND)

    assert found == read
    assert (found.tzinfo is None) == (read.tzinfo is None)


def test_a_day_alone_ends_at_its_end_where_an_end_is_meant():
    assert moments.moment(moments.END_OF_DAY)("2026-11-24", GROUND) == wall("2026-11-24T23:59:59")


@pytest.mark.parametrize(
    "cell", ["24/11/2026", "46000", "2026-13-01", "demain", "2026-11-24T25:00"]
)
def test_what_is_no_moment_is_told(cell: str):
    assert reason(moments.moment(), cell) == "bad_date"


@pytest.mark.parametrize("cell", ["0001-01-01", "1900-01-01T00:00Z", "9999-12-31T23:59:59-23:59"])
def test_a_moment_of_another_age_is_told(cell: str):
    assert reason(moments.moment(), cell) == "date_out_of_range"


def test_a_day_is_a_day():
    assert moments.day("2026-11-24T10:00", GROUND) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("09:30", time(9, 30)),
        ("9:05", time(9, 5)),
        ("9h30", time(9, 30)),
        ("17 h", time(17)),
        ("09:30:00", time(9, 30)),
        ("00:00", time()),
    ],
)
def test_hours_of_the_clock(cell: str, read: time):
    assert moments.clock()(cell, GROUND) == read


def test_midnight_may_end_a_span_and_not_begin_one():
    assert moments.clock(midnight_ends=True)("24:00", GROUND) == time()
    assert reason(moments.clock(), "24:00") == "bad_time"


@pytest.mark.parametrize("cell", ["25:00", "9", "9:60", "noon", "09-30", "930"])
def test_what_is_no_time_is_told(cell: str):
    assert reason(moments.clock(), cell) == "bad_time"


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Mo-Fr", {1, 2, 3, 4, 5}),
        ("lu-ve", {1, 2, 3, 4, 5}),
        ("Sa", {6}),
        ("Mo,We;Fr", {1, 3, 5}),
        ("Fr-Mo", {5, 6, 7, 1}),
        ("Mo-Su", {1, 2, 3, 4, 5, 6, 7}),
    ],
)
def test_days_of_the_week(cell: str, days: set[int]):
    assert moments.weekdays(cell, GROUND) == days


@pytest.mark.parametrize("cell", ["Xx", "Mo-", "-Fr", "Mo-Fr-Su", "1-5"])
def test_what_are_no_days_is_told(cell: str):
    assert reason(moments.weekdays, cell) == "bad_weekdays"


def test_a_time_that_the_clock_doubles_is_the_later_one_and_is_noted():
    exact, note = moments.in_utc(wall("2026-10-25T02:30"), PARIS)

    assert exact == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert note is not None
    assert note.code == "clock_doubled"


def test_a_time_that_the_clock_skips_is_the_later_one_and_is_noted():
    exact, note = moments.in_utc(wall("2026-03-29T02:30"), PARIS)

    assert exact.astimezone(PARIS) == datetime(2026, 3, 29, 3, 30, tzinfo=PARIS)
    assert note is not None
    assert note.code == "clock_skipped"


def test_any_other_time_is_what_it_says_without_a_note():
    assert moments.in_utc(wall("2026-11-24T09:00"), PARIS) == (
        datetime(2026, 11, 24, 8, tzinfo=UTC),
        None,
    )
