"""Every other kind of file: columns become fields, units are kept, references are checked."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.kinds import (
    CARRIERS,
    KINDS,
    NODES,
    PICKUP_POINTS,
    PRODUCTS,
    SERVICES,
    STOCK,
    SURCHARGES,
    TARIFFS,
    VEHICLES,
    ZONES,
    kind_named,
)
from app.domain.carriers import (
    Carrier,
    CarrierService,
    PickupPoint,
    ServiceKind,
    Surcharge,
    SurchargeKind,
    TariffKind,
    TariffLine,
    TariffUnit,
    ZoneRule,
)
from app.domain.fleet import Energy, Vehicle
from app.domain.nodes import NodeKind, Product, Service, StockNode
from app.domain.orders import Mode
from app.domain.stock import StockCell
from app.domain.values import Address, GeoPoint, Load
from tests.builders import LAMBERSART, ROUBAIX
from tests.intake.files import a_file, codes, harvest

WHOLE_ROWS = [
    (
        NODES,
        {
            "code": "LIL",
            "name": "Lille Centre",
            "kind": "store",
            "latitude": "50.6366",
            "longitude": "3,0635",
            "street": "1 place Rihour",
            "postcode": "59000",
            "town": "Lille",
            "country": "FR",
            "opening_hours": "Mo-Sa 09:00-19:00",
            "services": "ship_from_store click_and_collect",
            "orders_per_day": "40",
            "preparation_minutes": "30",
            "cutoff": "16:00",
            "active": "oui",
            "timezone": "Europe/Paris",
        },
        StockNode(
            "LIL",
            "Lille Centre",
            NodeKind.STORE,
            GeoPoint(50.6366, 3.0635),
            Address("1 place Rihour", "59000", "Lille"),
            "Mo-Sa 09:00-19:00",
            frozenset({Service.SHIP_FROM_STORE, Service.CLICK_AND_COLLECT}),
            40,
            30,
            time(16),
        ),
    ),
    (
        PRODUCTS,
        {
            "sku": "A1",
            "label": "Théière",
            "weight_g": "640",
            "length_mm": "200",
            "width_mm": "150",
            "height_mm": "120",
            "volume_ml": "",
            "handling": "fragile, two_person",
            "ean": "3600541234567",
        },
        Product(
            "A1",
            "Théière",
            640,
            200,
            150,
            120,
            0,
            frozenset({"fragile", "two_person"}),
            "3600541234567",
        ),
    ),
    (
        STOCK,
        {
            "node": "LIL",
            "sku": "SKU1",
            "on_hand": "12",
            "reserved": "2",
            "blocked": "1",
            "safety_stock": "3",
            "inbound": "5",
            "inbound_at": "2026-11-25T08:00",
            "in_transit": "4",
            "in_transit_at": "2026-11-26T08:00+01:00",
            "as_of": "2026-11-24T06:00Z",
        },
        StockCell(
            "LIL",
            "SKU1",
            12,
            reserved_elsewhere=2,
            blocked=1,
            safety_stock=3,
            inbound=5,
            inbound_at=datetime(2026, 11, 25, 7, tzinfo=UTC),
            in_transit=4,
            in_transit_at=datetime(2026, 11, 26, 7, tzinfo=UTC),
            as_of=datetime(2026, 11, 24, 6, tzinfo=UTC),
        ),
    ),
    (
        VEHICLES,
        {
            "code": "V1",
            "label": "Kangoo",
            "depot": "LIL",
            "fuel": "Électrique",
            "critair": "Crit'Air 0",
            "capacity_kg": "612,5",
            "capacity_l": "4200",
            "capacity_parcels": "60",
            "shift_from": "08:00",
            "shift_to": "24:00",
            "max_km": "180",
            "break_minutes": "45",
            "break_from": "11:30",
            "break_to": "14:00",
            "fixed_cost_cents": "4000",
            "cost_per_km_cents": "12,5",
            "cost_per_hour_cents": "2400",
            "co2e_g_per_km": "15.4",
            "skills": "cold tail_lift",
            "reloads": "1",
            "loading_minutes": "20",
            "reload_minutes": "12.5",
            "max_work_minutes": "420",
            "overtime_minutes": "90",
            "overtime_cost_per_hour_cents": "1250",
            "start_latitude": "50,65",
            "start_longitude": "3.025",
            "end_latitude": "50.6910",
            "end_longitude": "3.1740",
            "comes_home": "non",
            "service_percent": "120",
            "areas": "59800 / 62, 2a",
            "gross_weight_kg": "3500",
            "driver": "Nadia",
        },
        Vehicle(
            "V1",
            "LIL",
            "Kangoo",
            Energy.ELECTRIC,
            "E",
            Load(612_500, 4_200_000, 60),
            time(8),
            time(),
            180_000,
            2_700,
            time(11, 30),
            time(14),
            4_000,
            12.5,
            2_400,
            15,
            frozenset({"cold", "tail_lift"}),
            1,
            loading_s=1_200,
            reload_s=750,
            max_work_s=25_200,
            overtime_s=5_400,
            overtime_cost_per_hour_cents=1_250,
            starts_at=LAMBERSART,
            ends_at=ROUBAIX,
            comes_home=False,
            service_percent=120,
            areas=frozenset({"59800", "62", "2A"}),
            gross_weight_kg=3_500,
            driver="Nadia",
        ),
    ),
    (
        CARRIERS,
        {
            "code": "BIC",
            "name": "Bicloo",
            "siren": "732829320",
            "account": "0042",
            "street": "2 rue du Vélo",
            "postcode": "59000",
            "town": "Lille",
            "country": "FR",
            "phone": "+33 3 20 00 00 00",
            "booking_format": "generic_xlsx",
            "active": "no",
        },
        Carrier(
            "BIC",
            "Bicloo",
            "732829320",
            "0042",
            Address("2 rue du Vélo", "59000", "Lille"),
            "+33 3 20 00 00 00",
            "generic_xlsx",
            active=False,
        ),
    ),
    (
        SERVICES,
        {
            "carrier": "DEX",
            "code": "EXP",
            "label": "Express",
            "kind": "express",
            "modes": "home_delivery pickup_point",
            "max_weight_g": "30000",
            "max_length_mm": "1500",
            "max_girth_mm": "3000",
            "max_pieces": "5",
            "max_value_cents": "100000",
            "handling": "fragile",
            "days": "Mo-Sa",
            "cutoff": "15h30",
            "transit_days": "1",
            "quota_per_day": "200",
            "energy": "electric",
            "co2e_g_per_km": "0",
            "co2e_g_per_tkm": "1103",
            "emission_level": "2",
            "valid_from": "2026-01-01",
            "valid_to": "2026-12-31",
        },
        CarrierService(
            "DEX",
            "EXP",
            "Express",
            ServiceKind.EXPRESS,
            frozenset({Mode.HOME_DELIVERY, Mode.PICKUP_POINT}),
            30_000,
            1_500,
            3_000,
            5,
            100_000,
            frozenset({"fragile"}),
            frozenset({1, 2, 3, 4, 5, 6}),
            time(15, 30),
            1,
            200,
            "electric",
            0,
            1_103,
            2,
            date(2026, 1, 1),
            date(2026, 12, 31),
        ),
    ),
    (
        ZONES,
        {
            "carrier": "DEX",
            "zone": "Z1",
            "country": "FR",
            "department": "2A",
            "postcode_prefix": "20",
            "insee": "",
        },
        ZoneRule("DEX", "Z1", "FR", "2A", "20"),
    ),
    (
        TARIFFS,
        {
            "carrier": "DEX",
            "service": "STD",
            "version": "2026",
            "currency": "EUR",
            "valid_from": "2026-01-01",
            "valid_to": "",
            "zone": "Z1",
            "unit": "KG",
            "from_excl": "0",
            "to_incl": "0,25",
            "kind": "FLAT",
            "amount_cents": "412,5",
            "step": "0.1",
            "minimum_cents": "400",
        },
        TariffLine(
            "DEX",
            "STD",
            "2026",
            "Z1",
            TariffUnit.KG,
            Decimal(0),
            Decimal("0.25"),
            TariffKind.FLAT,
            Decimal("412.5"),
            Decimal("0.1"),
            400,
            "EUR",
            date(2026, 1, 1),
        ),
    ),
    (
        SURCHARGES,
        {
            "carrier": "DEX",
            "service": "STD",
            "code": "FUEL",
            "label": "Gazole",
            "rank": "10",
            "kind": "percent",
            "amount": "12,4",
            "applies_to": "base",
            "condition": "",
            "valid_from": "2026-11-01",
            "valid_to": "2026-11-30",
        },
        Surcharge(
            "DEX",
            "STD",
            "FUEL",
            "Gazole",
            10,
            SurchargeKind.PERCENT,
            Decimal("12.4"),
            valid_from=date(2026, 11, 1),
            valid_to=date(2026, 11, 30),
        ),
    ),
    (
        PICKUP_POINTS,
        {
            "code": "R1",
            "carrier": "DEX",
            "name": "Tabac du Centre",
            "latitude": "50.65",
            "longitude": "3.025",
            "street": "1 rue X",
            "postcode": "59130",
            "town": "Lambersart",
            "country": "FR",
            "opening_hours": "24/7",
            "max_weight_g": "20000",
            "capacity_parcels": "40",
            "active": "1",
        },
        PickupPoint(
            "R1",
            "DEX",
            "Tabac du Centre",
            GeoPoint(50.65, 3.025),
            Address("1 rue X", "59130", "Lambersart"),
            "24/7",
            20_000,
            40,
        ),
    ),
]


def a_row(folder: Path, of: Kind, **but: str) -> Path:
    """A file with one good row of the kind, changed as said."""
    row = next(cells for known, cells, _ in WHOLE_ROWS if known is of) | but
    return a_file(folder, f"{';'.join(row)}\n{';'.join(row.values())}\n")


@pytest.mark.parametrize(("kind", "row", "value"), WHOLE_ROWS, ids=lambda part: str(part)[:12])
def test_every_column_finds_its_field(
    tmp_path: Path, kind: Kind, row: dict[str, str], value: object
):
    assert set(row) == {column.name for column in kind.columns}

    read = harvest(a_row(tmp_path, kind), kind)

    assert codes(read) == []
    assert read.values == (value,)


@pytest.mark.parametrize(
    ("kind", "minimum", "value"),
    [
        (PRODUCTS, {"sku": "A1"}, Product("A1")),
        (STOCK, {"node": "LIL", "sku": "SKU1"}, StockCell("LIL", "SKU1")),
        (VEHICLES, {"code": "V1", "depot": "LIL"}, Vehicle("V1", "LIL")),
        (CARRIERS, {"code": "C1"}, Carrier("C1", "C1")),
        (SERVICES, {"carrier": "DEX", "code": "S"}, CarrierService("DEX", "S")),
        (ZONES, {"carrier": "DEX", "zone": "Z"}, ZoneRule("DEX", "Z")),
    ],
)
def test_what_may_be_left_out_has_its_default(
    tmp_path: Path, kind: Kind, minimum: dict[str, str], value: object
):
    path = a_file(tmp_path, f"{','.join(minimum)}\n{','.join(minimum.values())}\n")

    assert harvest(path, kind).values == (value,)


@pytest.mark.parametrize(
    ("kind", "cell", "column", "code"),
    [
        (NODES, {"kind": "shop"}, "kind", "not_one_of"),
        (NODES, {"opening_hours": "9-18h"}, "opening_hours", "bad_opening_hours"),
        (NODES, {"latitude": "91"}, "latitude", "too_large"),
        (NODES, {"timezone": "Paris"}, "timezone", "unknown_timezone"),
        (PRODUCTS, {"weight_g": "-5"}, "weight_g", "too_small"),
        (PRODUCTS, {"ean": "3,6E+12"}, "ean", "mangled_by_spreadsheet"),
        (STOCK, {"node": "PAR"}, "node", "unknown_node"),
        (STOCK, {"sku": "nope"}, "sku", "unknown_sku"),
        (STOCK, {"on_hand": "-1"}, "on_hand", "too_small"),
        (VEHICLES, {"depot": "PAR"}, "depot", "unknown_node"),
        (VEHICLES, {"fuel": "steam"}, "fuel", "not_one_of"),
        (VEHICLES, {"critair": "9"}, "critair", "not_one_of"),
        (VEHICLES, {"start_latitude": ""}, "start_latitude", "half_a_place"),
        (VEHICLES, {"end_longitude": ""}, "end_longitude", "half_a_place"),
        (VEHICLES, {"end_latitude": "91"}, "end_latitude", "too_large"),
        (VEHICLES, {"service_percent": "0"}, "service_percent", "too_small"),
        (VEHICLES, {"comes_home": "maybe"}, "comes_home", "not_yes_or_no"),
        (VEHICLES, {"areas": "59 Lille"}, "areas", "bad_area"),
        (VEHICLES, {"overtime_minutes": "1500"}, "overtime_minutes", "too_large"),
        (SERVICES, {"carrier": "XXX"}, "carrier", "unknown_carrier"),
        (SERVICES, {"days": "weekdays"}, "days", "bad_weekdays"),
        (SERVICES, {"valid_to": "2025-01-01"}, "valid_to", "ends_before_start"),
        (TARIFFS, {"service": "XXX"}, "service", "unknown_service"),
        (TARIFFS, {"currency": "USD"}, "currency", "other_currency"),
        (TARIFFS, {"from_excl": "5"}, "to_incl", "empty_bracket"),
        (SURCHARGES, {"service": "XXX"}, "service", "unknown_service"),
    ],
)
def test_faults_of_each_kind_say_their_column_and_why(
    tmp_path: Path, kind: Kind, cell: dict[str, str], column: str, code: str
):
    assert codes(harvest(a_row(tmp_path, kind, **cell), kind)) == [(2, column, code)]


def test_a_surcharge_without_service_is_for_all(tmp_path: Path):
    (surcharge,) = harvest(a_row(tmp_path, SURCHARGES, service=""), SURCHARGES).values

    assert surcharge.service == ""


def test_a_key_that_comes_twice_counts_the_first_time(tmp_path: Path):
    path = a_file(tmp_path, "node,sku,on_hand\nLIL,SKU1,4\nLIL,SKU2,5\nLIL,SKU1,6\n")

    read = harvest(path, STOCK)

    assert [cell.on_hand for cell in read.values] == [4, 5]
    assert codes(read) == [(4, "", "repeated")]
    assert dict(read.rejected[0].fault.reason.facts)["first_line"] == 2


def test_a_node_without_coordinates_is_placed_by_its_address_with_a_note(tmp_path: Path):
    path = a_row(tmp_path, NODES, latitude="", longitude="", town="Lambersart")

    read = harvest(path, NODES)

    assert read.values[0].point == LAMBERSART
    assert [note.reason.code for note in read.notes] == ["located_by_address"]


def test_a_node_that_nobody_can_place_is_refused_with_what_to_do(tmp_path: Path):
    path = a_row(tmp_path, NODES, latitude="", longitude="", town="Atlantis")

    assert codes(harvest(path, NODES)) == [(2, "latitude", "not_located")]


def test_column_names_may_be_in_any_order_case_and_spacing(tmp_path: Path):
    path = a_file(tmp_path, "On Hand; SKU ;Safety-Stock;NODE\n4;SKU1;2;LIL\n")

    assert harvest(path, STOCK).values == (StockCell("LIL", "SKU1", 4, safety_stock=2),)


def test_unknown_columns_are_reported_and_never_used(tmp_path: Path):
    path = a_file(tmp_path, "node,sku,on_hand,colour,reserve\nLIL,SKU1,4,red,3\n")

    read = harvest(path, STOCK)

    assert read.unknown == ("colour", "reserve")
    assert read.values == (StockCell("LIL", "SKU1", 4),)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_known_by_both_its_names(kind: Kind):
    assert kind_named(kind.name.upper()) is kind
    assert kind_named(kind.row_kind) is kind
