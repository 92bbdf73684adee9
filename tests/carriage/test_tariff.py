"""Tariff sheets: published prices come out to the cent; brackets, steps, minimum, dates."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.carriers import TariffKind, TariffLine, TariffUnit
from app.domain.values import Load
from app.planning.carriage.tariff import base_price, quantities_of, rounded, sheet_in_force
from tests.builders import a_tariff

TODAY = date(2026, 11, 24)
BASE_PLUS, PER_UNIT = TariffKind.BASE_PLUS, TariffKind.PER_UNIT


def price(sheet: list[TariffLine], grams: int, **load: int) -> int | None:
    amounts = quantities_of(Load(grams, **{"parcels": 1} | load), distance_m=12_000)
    found = base_price(sheet, {"FR"}, amounts)
    return None if found is None else rounded(found.total)


def published(file: Path, column: str) -> list[TariffLine]:
    """A published table of prices a kilogram bracket, as the lines of a sheet."""
    sheet: list[TariffLine] = []
    below = "0"
    with file.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter=";"):
            if not row[column]:
                continue
            cents = Decimal(row[column]) * 100
            if row["max_kg"] == "per_kg_above":
                line = a_tariff(None, cents, above=below, kind=BASE_PLUS, step=Decimal(1))
            else:
                line = a_tariff(row["max_kg"], cents, above=below)
                below = row["max_kg"]
            sheet.append(line)
    return sheet


@pytest.mark.parametrize(
    ("column", "grams", "cents"),
    [
        ("domicile_eur", 1, 495),
        ("domicile_eur", 250, 495),
        ("domicile_eur", 251, 670),
        ("domicile_eur", 1_000, 825),
        ("domicile_eur", 4_999, 1_465),
        ("domicile_eur", 30_000, 3_340),
        ("domicile_eur", 30_001, None),
        ("point_retrait_eur", 5_000, 1_395),
        ("point_retrait_eur", 5_001, None),
    ],
)
def test_the_public_colissimo_prices_come_out(
    shared_data: Path, column: str, grams: int, cents: int | None
):
    sheet = published(shared_data / "bookings" / "tariff_colissimo_public_2023.csv", column)

    assert price(sheet, grams) == cents


@pytest.mark.parametrize(
    ("column", "grams", "cents"),
    [
        ("domicile_sans_sign_et_hors_domicile_bp", 5_000, 1_046),
        ("domicile_sans_sign_et_hors_domicile_bp", 5_001, 1_126),
        ("domicile_sans_sign_et_hors_domicile_bp", 8_400, 1_046 + 4 * 80),
        ("mon_commercant", 30_000, 872 + 25 * 80),
        ("domicile_rdv", 700, 1_063),
    ],
)
def test_a_price_a_kilogram_above_continues_the_published_table(
    shared_data: Path, column: str, grams: int, cents: int
):
    sheet = published(shared_data / "bookings" / "tariff_colissimo_sei_2014_ht.csv", column)

    assert price(sheet, grams) == cents


def test_every_published_price_is_met_at_the_top_of_its_bracket(shared_data: Path):
    file = shared_data / "bookings" / "tariff_colissimo_sei_2014_ht.csv"
    with file.open(encoding="utf-8") as rows:
        table = [row for row in csv.DictReader(rows, delimiter=";") if row["max_kg"][0].isdigit()]
    columns = [name for name in table[0] if name != "max_kg"]

    for column in columns:
        sheet = published(file, column)
        for row in table:
            grams = int(Decimal(row["max_kg"]) * 1000)
            assert price(sheet, grams) == int(Decimal(row[column]) * 100)
    assert len(table) * len(columns) == 32


def test_payant_pour_declares_the_next_bracket_when_that_is_cheaper():
    payable = TariffKind.PAYABLE_AS
    sheet = [
        a_tariff(100, 18, kind=payable),
        a_tariff(500, 15, above=100, kind=payable),
        a_tariff(1_000, 12, above=500, kind=payable),
    ]

    assert price(sheet, 450_000) == 6_012
    assert price(sheet, 300_000) == 4_500
    assert price([replace(line, kind=PER_UNIT) for line in sheet], 450_000) == 6_750
    found = base_price(sheet, {"FR"}, quantities_of(Load(450_000), None))
    assert found is not None
    assert (found.quantity, found.declared) == (450, 501)


def test_per_unit_multiplies_the_whole_quantity_in_whole_steps():
    assert price([a_tariff(cents="12.5", kind=PER_UNIT)], 8_300) == 104  # 103.75
    assert price([a_tariff(cents="12.5", kind=PER_UNIT, step=Decimal(10))], 8_300) == 125
    assert price([a_tariff(cents=5, kind=PER_UNIT, step=Decimal("0.1"))], 8_300) == 42  # 41.5


def test_halves_of_a_cent_are_rounded_up():
    assert price([a_tariff(cents="0.5", kind=PER_UNIT)], 1_000) == 1
    assert price([a_tariff(cents="1.5", kind=PER_UNIT)], 1_000) == 2
    assert price([a_tariff(cents="2.5", kind=PER_UNIT)], 1_000) == 3


def test_nothing_is_cheaper_than_the_minimum():
    sheet = [a_tariff(cents=20, kind=PER_UNIT, minimum_cents=900)]

    assert price(sheet, 10_000) == 900
    assert price(sheet, 60_000) == 1_200


def test_base_plus_without_a_bracket_below_starts_from_its_minimum():
    sheet = [a_tariff(cents=30, kind=BASE_PLUS, minimum_cents=400, step=Decimal(1))]

    assert price(sheet, 2_500) == 400 + 3 * 30


def test_of_two_bases_that_match_the_dearest_is_asked():
    weight = a_tariff(cents=40, kind=PER_UNIT)
    volume = a_tariff(cents=9_000, kind=PER_UNIT, unit=TariffUnit.M3)

    assert price([weight, volume], 20_000, volume_ml=50_000) == 800
    assert price([weight, volume], 20_000, volume_ml=200_000) == 1_800


def test_light_and_bulky_goods_pay_for_their_volume():
    def sheet(unit: TariffUnit) -> list[TariffLine]:
        return [a_tariff(cents=10, kind=PER_UNIT, unit=unit)]

    assert price(sheet(TariffUnit.KG), 10_000, volume_ml=100_000) == 100
    assert price(sheet(TariffUnit.KG200), 10_000, volume_ml=100_000) == 200
    assert price(sheet(TariffUnit.KG250), 10_000, volume_ml=100_000) == 250
    assert price(sheet(TariffUnit.KG250), 40_000, volume_ml=100_000) == 400


@pytest.mark.parametrize(
    ("unit", "cents"),
    [
        (TariffUnit.PARCEL, 300),
        (TariffUnit.STOP, 100),
        (TariffUnit.PAL, 200),
        (TariffUnit.KM, 1_200),
        (TariffUnit.M3, 150),
        (TariffUnit.HOUR, None),
        (TariffUnit.TOUR, None),
    ],
)
def test_each_unit_is_counted_from_the_shipment(unit: TariffUnit, cents: int | None):
    sheet = [a_tariff(cents=100, kind=PER_UNIT, unit=unit)]

    assert price(sheet, 900_000, volume_ml=1_500_000, parcels=3) == cents


def test_goods_of_unknown_weight_fall_into_the_first_bracket():
    assert price([a_tariff(5, 700), a_tariff(None, 900, above=5)], 0) == 700


def test_other_zones_do_not_count_and_a_line_without_zone_counts_everywhere():
    assert price([a_tariff(cents=900, zone="EU")], 1_000) is None
    assert price([a_tariff(cents=900, zone="")], 1_000) == 900


def test_the_sheet_in_force_is_that_of_the_day():
    old = a_tariff(cents=900, version="2025", valid_to=TODAY - timedelta(days=1))
    new = a_tariff(cents=950, version="2026", valid_from=TODAY)

    assert sheet_in_force([old, new], TODAY - timedelta(days=1)) == (old,)
    assert sheet_in_force([old, new], TODAY) == (new,)
    assert sheet_in_force([old], TODAY) == ()


def test_a_sheet_that_began_later_replaces_one_left_open():
    old = a_tariff(cents=900, version="v1")
    new = a_tariff(cents=800, version="v2", valid_from=TODAY)

    assert sheet_in_force([new, old], TODAY) == (new,)
    assert sheet_in_force([new, old], TODAY - timedelta(days=1)) == (old,)


@given(
    prices=st.lists(st.integers(1, 50_000), min_size=1, max_size=6),
    weights=st.tuples(st.integers(0, 100_000), st.integers(0, 100_000)),
    per_kg=st.integers(0, 500),
)
def test_where_the_sheet_never_falls_a_heavier_parcel_is_never_cheaper(
    prices: list[int], weights: tuple[int, int], per_kg: int
):
    rising = sorted(prices)
    sheet = [
        a_tariff(limit * 5, cents, above=(limit - 1) * 5)
        for limit, cents in enumerate(rising, start=1)
    ]
    top = len(rising) * 5
    sheet.append(a_tariff(None, per_kg, above=top, kind=BASE_PLUS, step=Decimal(1)))
    light, heavy = (price(sheet, grams) for grams in sorted(weights))

    assert light is not None
    assert heavy is not None
    assert light <= heavy
