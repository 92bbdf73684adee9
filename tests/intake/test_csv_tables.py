"""Reading CSV files as people and programs write them: nothing good is lost with what is bad."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.kinds import PRODUCTS, STOCK
from app.connectors.feeds.tables.opening import open_table
from app.connectors.feeds.tables.source import LIMITS, Encoding, Form, Limits
from app.connectors.feeds.tables.table import SourceRow
from tests.intake.files import a_file, codes, harvest


def rows_of(path: Path, limits: Limits = LIMITS) -> list[SourceRow]:
    with open_table(path, limits).table as table:
        return list(table.rows)


def cells_of(path: Path) -> list[list[str]]:
    return [row.cells for row in rows_of(path)]


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", Encoding.UTF_8),
        ("utf-8-sig", Encoding.UTF_8_BOM),
        ("utf-16", Encoding.UTF_16),
        ("cp1252", Encoding.WINDOWS_1252),
    ],
)
def test_encodings_are_told_apart_and_reported(tmp_path: Path, codec: str, encoding: Encoding):
    path = a_file(tmp_path, "sku;label\nA1;Théière à 12 € – œuf\n".encode(codec))

    with open_table(path, LIMITS).table as table:
        assert table.header == ("sku", "label")
        assert next(table.rows).cells == ["A1", "Théière à 12 € – œuf"]
        assert table.dialect.encoding is encoding


def test_capitals_before_a_no_break_space_do_not_make_windows_1252_look_like_utf_8(tmp_path: Path):
    path = a_file(tmp_path, "sku;label\nA1;CAFÉ\u00a0: moulu, été, thé\n".encode("cp1252"))

    assert cells_of(path) == [["A1", "CAFÉ\u00a0: moulu, été, thé"]]


def test_a_utf_8_file_with_some_stray_windows_1252_lines_keeps_its_accents(tmp_path: Path):
    good = "A1;Théière émaillée à bec\n".encode()
    path = a_file(tmp_path, b"sku;label\n" + good * 3 + "A4;thé\n".encode("cp1252"))

    with open_table(path, LIMITS).table as table:
        assert [row.cells[1] for row in table.rows] == ["Théière émaillée à bec"] * 3 + ["thé"]
        assert table.dialect.encoding is Encoding.MIXED


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_detected_and_reported(tmp_path: Path, separator: str):
    path = a_file(tmp_path, f"sku{separator}label\nA1{separator}Lamp\n")

    with open_table(path, LIMITS).table as table:
        assert table.dialect.separator == separator
        assert next(table.rows).cells == ["A1", "Lamp"]


def test_commas_inside_texts_do_not_win_over_the_semicolon(tmp_path: Path):
    path = a_file(tmp_path, "sku;label;weight_g\nA1;Lamp, red, big;1,5\nA2;Chair, oak;2,5\n")

    assert cells_of(path) == [["A1", "Lamp, red, big", "1,5"], ["A2", "Chair, oak", "2,5"]]


@pytest.mark.parametrize(("number", "mark"), [("1,5", ","), ("1.5", "."), ("15", "")])
def test_the_decimal_mark_is_detected_and_reported(tmp_path: Path, number: str, mark: str):
    path = a_file(tmp_path, f"sku;amount\nA1;{number}\n")

    with open_table(path, LIMITS).table as table:
        assert table.dialect.decimal_mark == mark


def test_excels_hint_of_the_separator_is_believed_and_is_no_row(tmp_path: Path):
    path = a_file(tmp_path, "sep=|\nsku|label\nA;1|a;b;c\n")

    (row,) = rows_of(path)

    assert (row.line, row.cells) == (3, ["A;1", "a;b;c"])


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path):
    path = a_file(tmp_path, '\nsku,label\n\nA1,"two\nlines"\n\n\nA2,x\n')

    assert [row.line for row in rows_of(path)] == [4, 8]


def test_a_cell_may_hold_line_breaks_separators_and_quotes(tmp_path: Path):
    path = a_file(tmp_path, 'sku,label\nA1,"a ""quoted"", long\ntext"\nA2,6" nail\n')

    assert cells_of(path) == [["A1", 'a "quoted", long\ntext'], ["A2", '6" nail']]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_will_do(tmp_path: Path, ending: str):
    path = a_file(tmp_path, ending.join(["sku,label", "A1,x", "A2,y"]))

    assert [row.cells[0] for row in rows_of(path)] == ["A1", "A2"]


def test_a_quote_left_open_costs_its_own_row_alone(tmp_path: Path):
    path = a_file(tmp_path, 'sku,label\nA1,x\nA2,"open\nA3,y\nA4,z\n')

    read = harvest(path, PRODUCTS)

    assert [product.sku for product in read.values] == ["A1", "A3", "A4"]
    assert codes(read) == [(3, "", "open_quote")]


def test_two_open_quotes_in_a_row_cost_two_rows_and_make_no_third(tmp_path: Path):
    path = a_file(tmp_path, 'sku,label,ean\nA1,x,1\nA2,"open,2\nA3,"open,3\nA4,y,4\n')

    read = harvest(path, PRODUCTS)

    assert [product.sku for product in read.values] == ["A1", "A4"]
    assert codes(read) == [(3, "", "open_quote"), (4, "", "open_quote")]


def test_a_quote_left_open_on_the_last_line_is_told(tmp_path: Path):
    path = a_file(tmp_path, 'sku,label\nA1,x\nA2,"open')

    assert codes(harvest(path, PRODUCTS)) == [(3, "", "open_quote")]


def test_a_row_with_too_many_cells_is_refused_for_its_cells_have_shifted(tmp_path: Path):
    path = a_file(tmp_path, "node,sku,on_hand\nLIL,SKU1,1,5\nLIL,SKU2,2\n")

    read = harvest(path, STOCK)

    assert codes(read) == [(2, "", "too_many_cells")]
    assert [cell.sku for cell in read.values] == ["SKU2"]


def test_empty_cells_beyond_the_header_and_missing_ones_at_the_end_are_forgiven(tmp_path: Path):
    path = a_file(tmp_path, "node,sku,on_hand,blocked\nLIL,SKU1,4,1,,\nLIL,SKU2,2\n")

    assert [(c.on_hand, c.blocked) for c in harvest(path, STOCK).values] == [(4, 1), (2, 0)]


def test_a_row_of_empty_cells_is_no_row(tmp_path: Path):
    path = a_file(tmp_path, "node;sku;on_hand\nLIL;SKU1;4\n;;\n;;\n")

    assert harvest(path, STOCK).rows == 1


def test_a_line_of_ten_megabytes_is_told_and_the_others_go_in(tmp_path: Path):
    path = a_file(tmp_path, "sku,label\nA1,x\nA2," + "y" * 10_000_000 + "\nA3,z\n")

    read = harvest(path, PRODUCTS)

    assert [product.sku for product in read.values] == ["A1", "A3"]
    assert codes(read) == [(3, "", "line_too_long")]


def test_a_nul_costs_the_code_it_stands_in_and_nothing_else(tmp_path: Path):
    path = a_file(tmp_path, b"sku,label\nA\x001,x\nA2,na\x00me\n" + b"A3,z\n" * 20)

    read = harvest(path, PRODUCTS)

    assert read.values[0].label == "name"
    assert codes(read)[0] == (2, "sku", "unreadable_character")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"\n\n \n", "empty_file"),
        (b"\x00\x01\x02\x03" * 100, "binary_file"),
        (b"%PDF-1.7 ...", "pdf_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel_file"),
        (b"\x1f\x8b\x08\x00", "compressed_file"),
        (b"\x89PNG\r\n\x1a\n", "picture_file"),
        (b"sku,label\nA1,caf\x81\n", "unknown_encoding"),
        (b'"open header\nA1\n', "no_header"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, code: str):
    with pytest.raises(Unreadable) as refusal:
        open_table(a_file(tmp_path, content), LIMITS)

    assert refusal.value.reason.code == code


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(bytes=20), "file_too_large"),
        (Limits(columns=1), "too_many_columns"),
        (Limits(rows=2), "too_many_rows"),
    ],
)
def test_a_file_beyond_a_limit_is_refused_as_a_whole(tmp_path: Path, limits: Limits, code: str):
    path = a_file(tmp_path, "sku,label\nA1,x\nA2,x\nA3,x\n")

    with pytest.raises(Unreadable) as refusal:
        harvest(path, PRODUCTS, limits=limits)

    assert refusal.value.reason.code == code


def test_a_file_is_what_it_holds_whatever_its_name_says(tmp_path: Path):
    path = a_file(tmp_path, "sku,label\nA1,x\n", "products.xlsx")

    with open_table(path, LIMITS).table as table:
        assert table.dialect.form is Form.CSV


@given(st.binary(max_size=400))
def test_no_bytes_whatever_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, noise: bytes):
    path = a_file(tmp_path_factory.mktemp("noise"), b"sku,label\nGOOD,x\n" + noise)

    with suppress(Unreadable):
        harvest(path, PRODUCTS)


@given(
    st.lists(
        st.one_of(
            st.just("GOOD"),
            st.text(alphabet=st.characters(exclude_characters="\n\r", codec="utf-8"), max_size=40),
            st.sampled_from(['"', '","', 'A,"', 'A,B,C,D"', '"""', "A", ",,,", '"A,B']),
        ),
        max_size=12,
    )
)
def test_good_rows_survive_any_bad_ones(tmp_path_factory: pytest.TempPathFactory, lines: list[str]):
    rows = [
        f"GOOD{index},label {index},{index}" if line == "GOOD" else line.replace("GOOD", "")
        for index, line in enumerate(lines)
    ]
    path = a_file(
        tmp_path_factory.mktemp("rows"), "\n".join(["sku,label,weight_g", *rows, "LAST,last,1", ""])
    )

    read = harvest(path, PRODUCTS)

    wanted = {row.split(",")[0] for row in rows if row.startswith("GOOD")} | {"LAST"}
    assert wanted <= {product.sku for product in read.values}
