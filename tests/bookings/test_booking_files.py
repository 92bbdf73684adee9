"""Booking files: every text comes back as it was, no formula runs, same bookings same bytes."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.connectors.carriers import generic_csv, generic_xlsx
from app.connectors.carriers.formulas import neutral, original
from app.connectors.carriers.profiles import generic_profile
from app.domain.bookings import Booking, Party
from app.domain.values import Address
from tests.bookings.a_day import a_booking, addressed_to
from tests.builders import NOW

PROFILE = generic_profile()


def csv_rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    return [{name: original(cell) for name, cell in row.items()} for row in reader]


def xlsx_cells(content: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["bookings"]
    head, *rows = sheet.iter_rows()
    return [{h.value: c for h, c in zip(head, row, strict=True)} for row in rows]  # type: ignore[misc]


def test_a_row_holds_what_the_carrier_must_know():
    booking = a_booking(
        value_cents=12_990,
        handling=frozenset({"fragile", "cold"}),
        deliver_from=NOW,
        deliver_to=NOW + timedelta(hours=2),
        note="Digicode 12B",
    )

    row = csv_rows(generic_csv.export([booking], PROFILE))[0]

    assert row == {
        "reference": "DEX-00001",
        "carrier": "DEX",
        "account": "C48-2207",
        "service": "JOUR",
        "shipment": "480001-1",
        "order": "480001",
        "collected_on": "2026-11-24",
        "sender_code": "LIL",
        "sender_name": "Magasin Lille",
        "sender_street": "Rue Neuve",
        "sender_postcode": "59000",
        "sender_town": "Lille",
        "sender_country": "FR",
        "name": "Claire Delattre",
        "street1": "12 rue de la Carnoy",
        "street2": "",
        "street3": "",
        "postcode": "59130",
        "town": "Lambersart",
        "country": "FR",
        "phone": "+33612345678",
        "email": "",
        "pickup_point": "",
        "parcels": "3",
        "weight_g": "8400",
        "volume_ml": "12000",
        "value_cents": "12990",
        "currency": "EUR",
        "handling": "cold fragile",
        "deliver_from": "2026-11-24T08:42+00:00",
        "deliver_to": "2026-11-24T10:42+00:00",
        "note": "Digicode 12B",
    }


def test_goods_for_a_relay_are_addressed_to_the_relay_and_named_to_the_customer():
    relay = Party("Tabac", Address("3 place de la Gare", "59800", "Lille"), code="DEX-1")

    row = csv_rows(generic_csv.export([a_booking(pickup_point=relay)], PROFILE))[0]

    assert (row["name"], row["street1"]) == ("Claire Delattre", "3 place de la Gare")
    assert (row["postcode"], row["town"], row["pickup_point"]) == ("59800", "Lille", "DEX-1")


def test_a_long_street_is_laid_on_lines_between_words_and_nothing_is_lost():
    street = (
        "Résidence du Parc de la Deûle, bâtiment C, 1247 avenue du Maréchal de Lattre de Tassigny"
    )

    row = csv_rows(generic_csv.export([addressed_to(street=street)], PROFILE))[0]

    lines = [row["street1"], row["street2"], row["street3"]]
    assert " ".join(lines).strip() == street
    assert all(len(line) <= PROFILE.lengths.street for line in lines)


def test_the_file_obeys_the_marks_of_the_profile():
    profile = replace(PROFILE, charset="iso-8859-1", separator="\t", newline="\n", street_lines=1)

    content = generic_csv.export([addressed_to("Élodie Noël")], profile)

    head, row = content.decode("iso-8859-1").rstrip("\n").split("\n")
    assert "street2" not in head.split("\t")
    assert "Élodie Noël" in row.split("\t")
    assert b"\r" not in content


def test_spreadsheets_are_told_the_charset_by_a_mark_at_the_start():
    assert generic_csv.export([a_booking()], PROFILE).startswith("\ufeffreference;".encode())


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x","y")',
        "=1+1",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "＝1+1",  # noqa: RUF001
        "'=1",
    ],
)
def test_no_cell_begins_as_a_formula_and_every_text_comes_back(name: str):
    content = generic_csv.export([addressed_to(name)], PROFILE)

    text = content.decode("utf-8-sig")
    raw = next(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert raw["name"].startswith("'")
    assert csv_rows(content)[0]["name"] == name


@pytest.mark.parametrize("phone", ["+33612345678", "+33 6 12 34 56 78", "+33 (0)3.20.11.22.33"])
def test_a_phone_number_stays_as_it_was_dialled(phone: str):
    text = generic_csv.export([addressed_to(phone=phone)], PROFILE).decode("utf-8-sig")

    raw = next(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert raw["phone"] == phone


texts = st.text(max_size=60)


@given(texts)
@example("''=x")
def test_a_neutral_text_always_comes_back(text: str):
    assert original(neutral(text)) == text
    stripped = neutral(text).lstrip("'")
    assert neutral(text).startswith("'") or stripped == text.lstrip("'")


@given(name=texts, town=texts, note=texts, phone=texts)
@settings(max_examples=60)
def test_any_unicode_gives_a_csv_that_reads_back(name: str, town: str, note: str, phone: str):
    booking = replace(addressed_to(name, phone=phone, town=town), note=note)

    rows = csv_rows(generic_csv.export([booking, a_booking("480002-1")], PROFILE))

    assert len(rows) == 2
    read = (rows[0]["name"], rows[0]["town"], rows[0]["note"], rows[0]["phone"])
    assert read == (name, town, note, phone)


@given(name=texts, town=texts, note=texts)
@settings(max_examples=30)
def test_any_unicode_gives_an_xlsx_that_reads_back(name: str, town: str, note: str):
    booking = replace(addressed_to(name, town=town), note=note)

    cells = xlsx_cells(generic_xlsx.export([booking], PROFILE))[0]

    for column, text in (("name", name), ("town", town), ("note", note)):
        assert unescaped(cells[column].value) == text  # type: ignore[attr-defined]


def unescaped(value: object) -> str:
    """What a spreadsheet shows of a text with _xHHHH_ in it."""
    import re

    text = "" if value is None else str(value)
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_cells_of_the_workbook_have_the_type_of_what_they_hold():
    cells = xlsx_cells(generic_xlsx.export([addressed_to("=1+1", phone="+33612345678")], PROFILE))[
        0
    ]

    types = {name: (cell.data_type, cell.value) for name, cell in cells.items()}  # type: ignore[attr-defined]
    assert types["name"] == ("s", "=1+1")
    assert types["phone"] == ("s", "+33612345678")
    assert types["postcode"] == ("s", "59130")
    assert types["weight_g"] == ("n", 8_400)
    assert types["collected_on"][0] == "d"


@pytest.mark.parametrize("export", [generic_csv.export, generic_xlsx.export])
def test_the_same_bookings_give_the_same_bytes(export, monkeypatch: pytest.MonkeyPatch):
    bookings: list[Booking] = [a_booking(), a_booking("480002-1")]
    first = export(bookings, PROFILE)

    monkeypatch.setenv("TZ", "Asia/Tokyo")

    assert export(list(bookings), PROFILE) == first
    assert export(bookings[:1], PROFILE) != first


def test_the_workbook_holds_no_clock_but_that_of_the_bookings():
    content = generic_xlsx.export([a_booking()], PROFILE)

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2026-11-24T08:42:00Z") == 2
