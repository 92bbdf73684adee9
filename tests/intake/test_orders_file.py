"""Orders out of rows: one row a line, and an order goes in whole or not at all."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.feeds.kinds import ORDERS
from app.connectors.feeds.pipeline import Harvest
from app.domain.orders import Mode, Order, OrderLine
from app.domain.places import Precision
from app.domain.values import Address, GeoPoint, Window
from tests.builders import LAMBERSART
from tests.intake.files import a_file, codes, harvest

BASE = {
    "order": "480001",
    "placed_at": "2026-11-24T08:00+01:00",
    "mode": "home_delivery",
    "sku": "SKU1",
    "quantity": "1",
}


def orders_of(folder: Path, *rows: dict[str, str], **but: Any) -> Harvest:
    """The orders that these rows make; each row says what differs from one that is good."""
    names = list(dict.fromkeys([*BASE, *(name for row in rows for name in row)]))
    lines = [";".join({**BASE, **row}.get(name, "") for name in names) for row in rows]
    return harvest(a_file(folder, "\n".join([";".join(names), *lines, ""])), ORDERS, **but)


def the_order(read: Harvest) -> Order:
    assert codes(read) == []
    (order,) = read.values
    return order


def test_rows_of_an_order_make_its_lines_wherever_they_stand(tmp_path: Path):
    read = orders_of(tmp_path, {"sku": "SKU1"}, {"order": "480002"}, {"sku": "SKU2"})

    assert [order.code for order in read.values] == ["480001", "480002"]
    assert [line.sku for line in read.values[0].lines] == ["SKU1", "SKU2"]
    assert read.made[0].lines == (2, 4)


def test_rows_with_the_same_product_add_up(tmp_path: Path):
    row = {"quantity": "2", "unit_price_cents": "1990"}

    assert the_order(orders_of(tmp_path, row, row)).lines == (OrderLine("SKU1", 4, 1990),)


def test_different_prices_of_one_product_become_their_mean_with_a_note(tmp_path: Path):
    read = orders_of(
        tmp_path,
        {"quantity": "1", "unit_price_cents": "1000"},
        {"quantity": "3", "unit_price_cents": "500"},
    )

    assert the_order(read).lines == (OrderLine("SKU1", 4, 625),)
    assert [note.reason.code for note in read.notes] == ["prices_averaged"]


def test_one_bad_line_keeps_the_other_rows_of_its_order_out_and_is_named(tmp_path: Path):
    read = orders_of(
        tmp_path, {}, {"order": "480002"}, {"sku": "SKU2", "quantity": "none"}, {"sku": "SKU2"}
    )

    assert [order.code for order in read.values] == ["480002"]
    assert codes(read) == [
        (2, "order", "order_incomplete"),
        (4, "quantity", "not_a_number"),
        (5, "order", "order_incomplete"),
    ]
    assert dict(read.rejected[0].fault.reason.facts)["bad_line"] == 4


def test_a_row_whose_cells_have_shifted_still_keeps_its_order_out(tmp_path: Path):
    header = ",".join(BASE)
    good = ",".join(BASE.values())
    path = a_file(tmp_path, f"{header}\n{good}\n{good},extra\n")

    assert codes(harvest(path, ORDERS)) == [
        (2, "order", "order_incomplete"),
        (3, "", "too_many_cells"),
    ]


def test_a_row_with_an_open_quote_still_keeps_its_order_out(tmp_path: Path):
    header = ",".join([*BASE, "note"])
    good = ",".join(BASE.values())
    path = a_file(tmp_path, f'{header}\n{good},fine\n{good},"open\n')

    assert codes(harvest(path, ORDERS)) == [(2, "order", "order_incomplete"), (3, "", "open_quote")]


def test_rows_that_disagree_on_the_orders_own_fields_are_refused(tmp_path: Path):
    read = orders_of(tmp_path, {"customer": "Claire"}, {"sku": "SKU2", "customer": "Paul"})

    assert codes(read) == [(2, "order", "order_incomplete"), (3, "customer", "rows_disagree")]
    facts = dict(read.rejected[1].fault.reason.facts)
    assert (facts["first_line"], facts["first_value"]) == (2, "Claire")


def test_the_orders_own_fields_may_stand_on_one_row_alone(tmp_path: Path):
    read = orders_of(
        tmp_path,
        {"customer": "Claire", "town": "Lambersart"},
        {"sku": "SKU2", "placed_at": "", "mode": ""},
    )

    assert the_order(read).customer == "Claire"
    assert len(the_order(read).lines) == 2


@pytest.mark.parametrize("column", ["placed_at", "mode"])
def test_what_no_row_of_an_order_says_is_missing(tmp_path: Path, column: str):
    assert codes(orders_of(tmp_path, {column: ""})) == [(2, column, "missing")]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ({"order": ""}, "order", "missing"),
        ({"sku": ""}, "sku", "missing"),
        ({"sku": "SKU9"}, "sku", "unknown_sku"),
        ({"quantity": "0"}, "quantity", "too_small"),
        ({"quantity": "1.5"}, "quantity", "not_whole"),
        ({"mode": "drone"}, "mode", "not_one_of"),
        ({"placed_at": "yesterday"}, "placed_at", "bad_date"),
        ({"latitude": "50.6"}, "longitude", "half_a_place"),
        ({"latitude": "950.6", "longitude": "3"}, "latitude", "too_large"),
        ({"collect_node": "XXX"}, "collect_node", "unknown_node"),
        ({"mode": "click_and_collect"}, "collect_node", "needed_for_mode"),
        (
            {"mode": "pickup_point", "street": "", "postcode": "", "town": ""},
            "pickup_point",
            "needed_for_mode",
        ),
        ({"wish_from": "2026-11-25", "wish_to": "2026-11-24"}, "wish_to", "ends_before_start"),
        ({"country": "Gondor"}, "country", "unknown_country"),
        ({"unit_price_cents": "19.90"}, "unit_price_cents", "not_whole"),
    ],
)
def test_every_fault_says_its_column_and_why(
    tmp_path: Path, row: dict[str, str], column: str, code: str
):
    assert codes(orders_of(tmp_path, row)) == [(2, column, code)]


@pytest.mark.parametrize(
    "somewhere",
    [
        {"street": "12 rue de la Carnoy", "postcode": "59130", "town": "Lambersart"},
        {"town": "Lambersart"},
        {"latitude": "50.65", "longitude": "3.025"},
    ],
)
def test_an_order_to_a_relay_that_is_not_chosen_yet_needs_a_place_alone(
    tmp_path: Path, somewhere: dict[str, str]
):
    order = the_order(orders_of(tmp_path, {"mode": "pickup_point", **somewhere}))

    assert (order.mode, order.pickup_point) == (Mode.PICKUP_POINT, "")


def test_an_order_without_product_and_quantity_has_no_lines(tmp_path: Path):
    read = orders_of(tmp_path, {"sku": "", "quantity": ""})

    assert codes(read) == [(2, "order", "no_lines")]


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path):
    read = orders_of(tmp_path, {"sku": "SKU9", "quantity": "x", "placed_at": "y"})

    (rejected,) = read.rejected
    assert {f.column for f in (rejected.fault, *rejected.fault.also)} == {
        "sku",
        "quantity",
        "placed_at",
    }


def test_times_without_offset_are_in_the_collect_nodes_zone(tmp_path: Path):
    read = orders_of(
        tmp_path,
        {
            "placed_at": "2026-11-24T08:00",
            "mode": "click_and_collect",
            "collect_node": "REU",
            "promised_to": "2026-11-24",
        },
    )

    order = the_order(read)
    assert order.placed_at == datetime(2026, 11, 24, 4, tzinfo=UTC)
    assert order.promised_to == datetime(2026, 11, 24, 19, 59, 59, tzinfo=UTC)


def test_times_without_offset_are_else_in_the_workspaces_zone(tmp_path: Path):
    order = the_order(orders_of(tmp_path, {"placed_at": "2026-07-01T08:00"}))

    assert order.placed_at == datetime(2026, 7, 1, 6, tzinfo=UTC)


def test_a_doubled_time_is_listed_with_its_line(tmp_path: Path):
    read = orders_of(tmp_path, {"placed_at": "2026-10-25T02:30"})

    assert the_order(read).placed_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    (note,) = read.notes
    assert (note.line, note.column, note.reason.code) == (2, "placed_at", "clock_doubled")


def test_coordinates_given_are_believed(tmp_path: Path):
    place = the_order(orders_of(tmp_path, {"latitude": "50,65", "longitude": "3,025"})).place

    assert place is not None
    assert (place.point, place.score, place.precision) == (LAMBERSART, 1.0, Precision.GIVEN)


def test_an_address_is_looked_up_and_an_unknown_one_goes_in_without_a_place(tmp_path: Path):
    read = orders_of(
        tmp_path, {"town": "Lambersart"}, {"order": "2", "town": "Atlantis"}, {"order": "3"}
    )

    known, unknown, none = read.values
    assert known.place is not None
    assert known.place.point == LAMBERSART
    assert unknown.place is None
    assert none.place is None


def test_zero_zero_is_no_place(tmp_path: Path):
    read = orders_of(tmp_path, {"latitude": "0", "longitude": "0.0", "town": "Lambersart"})

    order = the_order(read)
    assert order.place is not None
    assert order.place.point != GeoPoint(0, 0)
    assert [note.reason.code for note in read.notes] == ["no_place_at_zero"]


def test_a_french_postcode_gets_its_lost_zero_back(tmp_path: Path):
    read = orders_of(tmp_path, {"postcode": "1000", "town": "Bourg-en-Bresse"})

    assert the_order(read).address == Address("", "01000", "Bourg-en-Bresse", "FR")
    assert [note.reason.code for note in read.notes] == ["zero_put_back"]


def test_a_belgian_postcode_is_left_as_it_is(tmp_path: Path):
    order = the_order(orders_of(tmp_path, {"postcode": "1000", "country": "Belgique"}))

    assert (order.address.postcode, order.address.country) == ("1000", "BE")


def test_every_column_finds_its_field(tmp_path: Path):
    order = the_order(
        orders_of(
            tmp_path,
            {
                "mode": "pickup_point",
                "unit_price_cents": "1990",
                "customer": "Claire",
                "street": "12 rue de la Carnoy",
                "phone": "+33 6 12 34 56 78",
                "email": "claire@example.org",
                "promised_from": "2026-11-25T14:00+01:00",
                "promised_to": "2026-11-25T16:00+01:00",
                "wish_from": "2026-11-25",
                "wish_to": "2026-11-25",
                "pickup_point": "R001",
                "service_minutes": "7",
                "note": "second floor",
            },
        )
    )

    assert order.mode is Mode.PICKUP_POINT
    assert (order.phone, order.email) == ("+33 6 12 34 56 78", "claire@example.org")
    assert order.promised_from == datetime(2026, 11, 25, 13, tzinfo=UTC)
    assert order.promised_to == datetime(2026, 11, 25, 15, tzinfo=UTC)
    assert order.wish_to == datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC)
    assert (order.pickup_point, order.service_s, order.note) == ("R001", 420, "second floor")
    assert order.value_cents == 1990


def test_further_windows_stand_beside_the_promised_one(tmp_path: Path):
    promised = {"promised_from": "2026-11-25T08:00", "promised_to": "2026-11-25T10:00"}
    order = the_order(
        orders_of(
            tmp_path,
            promised
            | {
                "also_from": "2026-11-25T17:00 | 2026-11-26",
                "also_to": "2026-11-25T19:00+01:00|2026-11-26",
                "ready_at": "2026-11-25T07:30",
                "floor": "4",
                "lift": "non",
                "group": "cuisine",
            },
        )
    )

    assert order.also == (
        Window(
            datetime(2026, 11, 25, 16, tzinfo=UTC),
            datetime(2026, 11, 25, 18, tzinfo=UTC),
        ),
        Window(
            datetime(2026, 11, 25, 23, tzinfo=UTC),
            datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC),
        ),
    )
    assert order.ready_at == datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
    assert (order.floor, order.lift, order.group) == (4, False, "cuisine")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ({"also_from": "2026-11-25T17:00"}, "also_to", "windows_unpaired"),
        (
            {"also_from": "2026-11-25T17:00", "also_to": "2026-11-25T18:00|2026-11-25T20:00"},
            "also_from",
            "windows_unpaired",
        ),
        (
            {"also_from": "2026-11-25T17:00", "also_to": "2026-11-25T16:00"},
            "also_to",
            "ends_before_start",
        ),
        ({"also_from": "2026-11-25T17:00|tea", "also_to": "2026-11-25"}, "also_from", "bad_date"),
        ({"floor": "-2"}, "floor", "too_small"),
        ({"lift": "perhaps"}, "lift", "not_yes_or_no"),
    ],
)
def test_a_further_window_or_floor_that_cannot_be_is_refused(
    tmp_path: Path, row: dict[str, str], column: str, code: str
):
    promised = {"promised_to": "2026-11-25T10:00"}

    assert codes(orders_of(tmp_path, promised | row)) == [(2, column, code)]


def test_a_further_window_needs_a_promised_one(tmp_path: Path):
    row = {"also_from": "2026-11-25T17:00", "also_to": "2026-11-25T18:00"}

    assert codes(orders_of(tmp_path, row)) == [(2, "promised_from", "also_without_promise")]


ROW = st.fixed_dictionaries(
    {
        "order": st.sampled_from(["A", "B", "C", ""]),
        "sku": st.sampled_from(["SKU1", "SKU2", "SKU9", ""]),
        "quantity": st.sampled_from(["1", "2", "x", ""]),
        "customer": st.sampled_from(["Claire", "Paul", ""]),
    }
)


@given(st.lists(ROW, min_size=1, max_size=12))
def test_an_order_is_in_with_all_its_rows_or_with_none(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
):
    read = orders_of(tmp_path_factory.mktemp("orders"), *rows)

    used = [line for made in read.made for line in made.lines]
    refused = [line for rejected in read.rejected for line in rejected.lines]
    assert sorted(used + refused) == list(range(2, len(rows) + 2))
    for made in read.made:
        of_this = [row for row in rows if row["order"] == made.value.code]
        assert len(made.lines) == len(of_this)
        assert made.value.pieces == sum(int(row["quantity"]) for row in of_this)
