"""What a person says of how a file is written wins over what was found."""

from decimal import Decimal
from pathlib import Path

import pytest

from app.connectors.feeds import cells
from app.connectors.feeds.faults import Misfit, Unreadable
from app.connectors.feeds.kinds import PRODUCTS, STOCK, TARIFFS
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.connectors.feeds.mappings.written import read_mapping, write_mapping
from app.connectors.feeds.tables.opening import open_table
from app.connectors.feeds.tables.source import LIMITS, Encoding
from tests.intake.files import a_file, a_workbook, codes, harvest


def header_of(path: Path, **said: str) -> tuple[str, ...]:
    with open_table(path, LIMITS, **said).table as table:
        return table.header


@pytest.mark.parametrize("encoding", ["Windows-1252", "ISO-8859-15", "CP850", "Mac Roman"])
def test_the_encoding_said_is_the_one_used(tmp_path: Path, encoding: str):
    codec = Encoding(encoding).codec[0]
    path = a_file(tmp_path, "Réf;Libellé été\nA;B\n".encode(codec))

    assert header_of(path, encoding=encoding) == ("Réf", "Libellé été")


def test_an_encoding_that_does_not_fit_shows_it_and_stops_nothing(tmp_path: Path):
    path = a_file(tmp_path, "sku;Réf\nA1;B\nSKU\xe9;C\n".encode("cp1252"))

    assert header_of(path, encoding="UTF-8") == ("sku", "R\ufffdf")
    read = harvest(path, PRODUCTS, mapping=Mapping("products", SKU, encoding="UTF-8"))
    assert [product.sku for product in read.values] == ["A1"]
    assert codes(read) == [(3, "sku", "unreadable_character")]


def test_bytes_that_no_encoding_allows_can_be_read_as_said(tmp_path: Path):
    path = a_file(tmp_path, b"sku;label\nA1;caf\x81\n")
    with pytest.raises(Unreadable):
        header_of(path)

    assert header_of(path, encoding="CP850") == ("sku", "label")


def test_the_separator_said_cuts_the_cells(tmp_path: Path):
    path = a_file(tmp_path, "a;b,c\n1;2,3\n")

    assert header_of(path, separator=";") == ("a", "b,c")
    assert header_of(path, separator=",") == ("a;b", "c")


SKU = (("sku", Fill(("sku",))),)
WEIGHT = (*SKU, ("weight_g", Fill(("kg",), unit="kg")))
ON_HAND = (("node", Fill(("node",))), ("sku", Fill(("sku",))), ("on_hand", Fill(("stock",))))


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [
        ("1,234", "", "1.234"),
        ("1,234", ".", "1234"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1.234,5", ",", "1234.5"),
        ("1 234", ",", "1234"),
        ("12,50", ",", "12.50"),
    ],
)
def test_a_mark_parts_thousands_where_decimals_follow_the_other(cell: str, mark: str, value: str):
    assert cells.number_of(cell, mark) == Decimal(value)


def test_a_decimal_with_the_other_mark_is_refused():
    with pytest.raises(Misfit) as misfit:
        cells.number_of("12.5", ",")

    assert misfit.value.reason.code == "other_decimal_mark"


def test_pieces_are_counted_by_the_mark_said(tmp_path: Path):
    path = a_file(tmp_path, "node;sku;stock\nLIL;SKU1;1.200\n")

    assert codes(harvest(path, STOCK, mapping=Mapping("stock", ON_HAND))) == [
        (2, "stock", "not_whole")
    ]
    said = Mapping("stock", ON_HAND, decimal_mark=",")
    assert [cell.on_hand for cell in harvest(path, STOCK, mapping=said).values] == [1_200]


def test_units_are_converted_with_the_mark_said(tmp_path: Path):
    path = a_file(tmp_path, "sku;kg\nA1;1.234,5\n")

    read = harvest(path, PRODUCTS, mapping=Mapping("products", WEIGHT, decimal_mark=","))

    assert [product.weight_g for product in read.values] == [1_234_500]


def test_an_exact_amount_keeps_its_decimals_through_a_conversion(tmp_path: Path):
    path = a_file(
        tmp_path, "carrier;service;unit;from_excl;to_incl;kind;€\nDEX;STD;kg;0;5;FLAT;8,12345\n"
    )
    columns = ("carrier", "service", "unit", "from_excl", "to_incl", "kind")
    fills = tuple((name, Fill((name,))) for name in columns)
    amount = ("amount_cents", Fill(("€",), unit="euros"))
    mapping = Mapping("tariffs", (*fills, amount), decimal_mark=",")

    read = harvest(path, TARIFFS, mapping=mapping)

    assert codes(read) == []
    assert [line.amount_cents for line in read.values] == [Decimal("812.345")]


def test_totals_of_a_group_follow_the_mark_said(tmp_path: Path):
    path = a_file(tmp_path, "node;sku;q\nLIL;SKU1;1.200\nLIL;SKU1;3\n")
    fills = (*ON_HAND[:2], ("on_hand", Fill(total="q")))
    mapping = Mapping("stock", fills, group_by=("node", "sku"), decimal_mark=",")

    assert [cell.on_hand for cell in harvest(path, STOCK, mapping=mapping).values] == [1_203]


def test_a_workbook_has_its_own_numbers(tmp_path: Path):
    path = a_workbook(tmp_path, [["sku", "kg"], ["A1", 1.5]])

    read = harvest(path, PRODUCTS, mapping=Mapping("products", WEIGHT, decimal_mark=","))

    assert [product.weight_g for product in read.values] == [1_500]


def test_what_is_said_is_kept_with_the_mapping():
    mapping = Mapping("stock", ON_HAND, encoding="CP850", separator="\t", decimal_mark=",")

    assert read_mapping(write_mapping(mapping)) == mapping


@pytest.mark.parametrize("said", ['encoding = "klingon"', 'separator = "x"', 'decimal_mark = ";"'])
def test_what_cannot_be_said_is_refused(said: str):
    with pytest.raises(Unreadable) as refused:
        read_mapping(f'kind = "stock"\n{said}\n[columns]\n')

    assert refused.value.reason.code == "mapping_not_one_of"
