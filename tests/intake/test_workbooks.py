"""Reading spreadsheets: the same rows as a CSV file would give, and nothing hostile unfolds."""

import io
import zipfile
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.kinds import NODES, PRODUCTS, STOCK
from app.connectors.feeds.tables.opening import open_table
from app.connectors.feeds.tables.source import LIMITS, Form, Limits
from tests.intake.files import a_file, a_workbook, codes, harvest

SHEET = "xl/worksheets/sheet1.xml"
ROWS_BEGIN = b"<sheetData>"
wall = datetime.fromisoformat


def rows_of(path: Path, sheet: str = "", limits: Limits = LIMITS) -> list[tuple[int, list[str]]]:
    with open_table(path, limits, sheet=sheet).table as table:
        return [(row.line, row.cells) for row in table.rows]


def doctored(path: Path, part: str, content: bytes) -> Path:
    """The same workbook with one of its parts replaced."""
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return path


def refusal_of(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(Unreadable) as refusal:
        rows_of(path, limits=limits)
    return refusal.value.reason.code


def test_cells_come_as_the_text_a_csv_file_would_hold(tmp_path: Path):
    path = a_workbook(
        tmp_path,
        [
            ["text", "whole", "broken", "tiny", "moment", "day", "clock", "truth"],
            [
                "é",
                3.0,
                1.25,
                0.00001,
                wall("2026-11-24T09:30"),
                wall("2026-11-24"),
                time(9, 30),
                True,
            ],
        ],
    )

    assert rows_of(path) == [
        (
            2,
            ["é", "3", "1.25", "0.00001", "2026-11-24T09:30:00", "2026-11-24", "09:30:00", "true"],
        )
    ]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.integers(-(10**12), 10**12).map(lambda number: number / 1024),
    st.datetimes(wall("1990-01-01"), wall("2099-12-31")),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20),
)


def as_text(cell: object) -> str:
    """What a CSV file would hold of it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}').normalize():f}"
    if isinstance(cell, datetime):
        whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
        return whole.isoformat().removesuffix("T00:00:00")
    return "" if cell is None else str(cell)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4))
def test_whatever_a_spreadsheet_holds_is_read_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
):
    rows = [[c for c in row if not str(c).startswith("=")] for row in rows]
    path = a_workbook(tmp_path_factory.mktemp("book"), [["a", "b", "c", "d"], *rows])

    found = dict(rows_of(path))

    for line, row in enumerate(rows, 2):
        texts = [as_text(cell) for cell in row]
        read = found.get(line, [])
        assert read + [""] * (len(texts) - len(read)) == texts


def test_a_hidden_first_sheet_is_not_the_one_that_is_meant(tmp_path: Path):
    book = Workbook()
    book.active.append(["sku"])
    book.active.append(["HIDDEN"])
    book.active.sheet_state = "hidden"
    seen = book.create_sheet("Articles")
    seen.append(["sku"])
    seen.append(["SEEN"])
    book.save(tmp_path / "file.xlsx")

    assert rows_of(tmp_path / "file.xlsx") == [(2, ["SEEN"])]


def test_days_count_from_the_epoch_that_the_workbook_says(tmp_path: Path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["sku"])
    book.active.append([wall("2026-11-24")])
    book.save(tmp_path / "file.xlsx")

    assert rows_of(tmp_path / "file.xlsx") == [(2, ["2026-11-24"])]


def test_hours_beyond_a_day_and_texts_in_pieces_are_read(tmp_path: Path):
    book = Workbook()
    book.active.append(["hours", "text"])
    book.active.append([timedelta(hours=30, minutes=5), CellRichText("two ", "pieces")])
    book.save(tmp_path / "file.xlsx")

    assert rows_of(tmp_path / "file.xlsx") == [(2, ["30:05:00", "two pieces"])]


def test_progress_knows_how_many_rows_to_expect(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku"], *([f"A{number}"] for number in range(10))])

    with open_table(path, LIMITS).table as table:
        assert table.expected_rows == 10


def test_rows_keep_the_numbers_that_the_sheet_shows(tmp_path: Path):
    path = a_workbook(tmp_path, [[], ["sku"], [], ["A1"], [None], ["A2"]])

    assert rows_of(path) == [(4, ["A1"]), (6, ["A2"])]


def test_a_workbook_gives_the_same_values_as_the_csv_file(tmp_path: Path):
    rows = [["node", "sku", "on_hand", "as_of"], ["LIL", "SKU1", 4, wall("2026-11-24T06:00")]]
    csv = a_file(tmp_path, "node,sku,on_hand,as_of\nLIL,SKU1,4,2026-11-24T06:00\n")

    assert harvest(a_workbook(tmp_path, rows), STOCK).values == harvest(csv, STOCK).values


def test_the_first_sheet_is_read_unless_another_is_named(tmp_path: Path):
    book = Workbook()
    book.active.append(["sku"])
    book.active.append(["FIRST"])
    other = book.create_sheet("Articles")
    other.append(["sku"])
    other.append(["OTHER"])
    book.save(tmp_path / "file.xlsx")

    assert rows_of(tmp_path / "file.xlsx") == [(2, ["FIRST"])]
    assert rows_of(tmp_path / "file.xlsx", "Articles") == [(2, ["OTHER"])]
    with pytest.raises(Unreadable) as refusal:
        rows_of(tmp_path / "file.xlsx", "Stock")
    assert dict(refusal.value.reason.facts)["sheets"] == "Sheet, Articles"


def test_the_name_and_the_form_are_reported(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku"], ["A1"]], "products.csv", sheet="Articles")

    dialect = harvest(path, PRODUCTS).dialect

    assert (dialect.form, dialect.sheet, dialect.sheets) == (Form.XLSX, "Articles", ("Articles",))


def test_a_formula_that_was_never_calculated_is_refused_not_taken_as_empty(tmp_path: Path):
    path = a_workbook(
        tmp_path,
        [["node", "sku", "on_hand"], ["LIL", "SKU1", "=1+1"], ["LIL", "SKU2", 5]],
    )

    read = harvest(path, STOCK)

    assert codes(read) == [(2, "on_hand", "formula_without_result")]
    assert [cell.on_hand for cell in read.values] == [5]


def test_what_a_formula_leaves_beyond_fifteen_digits_is_not_taken_for_a_fraction(tmp_path: Path):
    path = a_workbook(tmp_path, [["node", "sku", "on_hand"], ["LIL", "SKU1", 7]])
    sheet = zipfile.ZipFile(path).read(SHEET).replace(b"<v>7</v>", b"<v>3.0000000000000004</v>")

    assert harvest(doctored(path, SHEET, sheet), STOCK).values[0].on_hand == 3


def test_a_calculated_formula_counts_with_its_result(tmp_path: Path):
    path = a_workbook(tmp_path, [["node", "sku", "on_hand"], ["LIL", "SKU1", "=1+1"]])
    sheet = zipfile.ZipFile(path).read(SHEET)
    assert b"<v></v>" in sheet or b"<v/>" in sheet or b"<v />" in sheet
    for empty in (b"<v></v>", b"<v/>", b"<v />"):
        sheet = sheet.replace(empty, b"<v>2</v>")

    assert harvest(doctored(path, SHEET, sheet), STOCK).values[0].on_hand == 2


def test_a_formula_that_comes_to_an_empty_text_is_an_empty_cell(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku", "label"], ["A1", '=IF(1,"","")']])
    sheet = zipfile.ZipFile(path).read(SHEET).replace(b'<c r="B2">', b'<c r="B2" t="str">')

    assert harvest(doctored(path, SHEET, sheet), PRODUCTS).values[0].label == ""


def test_what_a_spreadsheet_could_not_calculate_is_told(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku", "label", "weight_g"], ["A1", "#N/A", "#VALEUR!"]])

    (rejected,) = harvest(path, PRODUCTS).rejected

    faults = (rejected.fault, *rejected.fault.also)
    assert [fault.column for fault in faults] == ["label", "weight_g"]
    assert {fault.reason.code for fault in faults} == {"spreadsheet_error"}


def test_a_text_like_a_command_stays_a_text(tmp_path: Path):
    rows = "code,name,kind,latitude,longitude\nLIL,=cmd|' /C calc'!A0,store,50.6,3.06\n"

    assert harvest(a_file(tmp_path, rows), NODES).values[0].name == "=cmd|' /C calc'!A0"


def test_validations_and_other_trimmings_are_no_trouble(tmp_path: Path):
    book = Workbook()
    book.active.append(["sku"])
    book.active.append(["A1"])
    book.active.add_data_validation(DataValidation(type="list", formula1='"A1,A2"'))
    book.save(tmp_path / "file.xlsx")

    assert rows_of(tmp_path / "file.xlsx") == [(2, ["A1"])]


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku"], ["A1"]])
    doctored(path, SHEET, b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>")

    assert path.stat().st_size < 200_000
    assert refusal_of(path) == "workbook_too_large"


def test_limits_hold_for_size_and_number_of_parts(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku"], ["A1"]])

    assert refusal_of(path, Limits(unzipped_bytes=500)) == "workbook_too_large"
    assert refusal_of(path, Limits(zip_entries=3)) == "workbook_too_large"


def test_entities_that_would_unfold_are_refused(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku"], ["A1"]])
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 9)
    )
    sheet = zipfile.ZipFile(path).read(SHEET)
    bomb = b'<!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]>" + sheet

    assert refusal_of(doctored(path, SHEET, bomb)) == "damaged_workbook"


def test_a_file_of_this_machine_cannot_be_drawn_in(tmp_path: Path):
    secret = a_file(tmp_path, "secret", "secret.txt")
    path = a_workbook(tmp_path, [["sku"], ["A1"]])
    sheet = zipfile.ZipFile(path).read(SHEET)
    external = b'<!DOCTYPE x [<!ENTITY f SYSTEM "%s">]>' % secret.as_uri().encode()
    doctored(path, SHEET, external + sheet.replace(ROWS_BEGIN, ROWS_BEGIN + b"&f;"))

    assert refusal_of(path) == "damaged_workbook"


def test_a_row_number_beyond_every_sheet_does_not_run_for_ever(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku"], ["A1"]])
    sheet = zipfile.ZipFile(path).read(SHEET).replace(b'<row r="2"', b'<row r="99999999999"')

    assert refusal_of(doctored(path, SHEET, sheet)) == "damaged_workbook"


@pytest.mark.parametrize("content", [b"<worksheet", b"", b"\x00\xff" * 50, b"<a/>"])
def test_a_broken_part_makes_a_damaged_workbook(tmp_path: Path, content: bytes):
    path = doctored(a_workbook(tmp_path, [["sku"], ["A1"]]), SHEET, content)

    assert refusal_of(path) in ("damaged_workbook", "empty_file")


def test_a_cut_off_workbook_and_another_archive_are_told_apart(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku"], ["A1"]])
    cut = a_file(tmp_path, path.read_bytes()[:-200], "cut.xlsx")
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no sheet")

    assert refusal_of(cut) == "damaged_workbook"
    assert refusal_of(other) == "not_a_workbook"
