"""Refused lines leave as a file that can be mended and imported again."""

import csv
import io
from pathlib import Path

import pytest

from app.connectors.feeds.faults import Unreadable
from app.operations.intake import import_path
from app.operations.intake_refused import refused_lines, write_refused
from app.workspace import Workspace
from tests.intake.files import OneTown, a_file, a_folder


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def stocked(workspace: Workspace, tmp_path: Path) -> Workspace:
    import_path(workspace, a_folder(tmp_path), gazetteer=OneTown())
    return workspace


def test_each_refused_line_stands_whole_beside_its_reason(stocked: Workspace, tmp_path: Path):
    text = "node;sku;on_hand\nLIL;SKU1;7\nXXX;SKU1;many\nLIL;SKU2;1;9\n"
    path = a_file(tmp_path, text, "stock.csv")
    (report,) = import_path(stocked, path, gazetteer=OneTown()).files

    header, *rows = rows_of(refused_lines(path, report))

    assert header == ["Line", "Column", "Reason", "node", "sku", "on_hand"]
    assert [row[:2] + row[3:] for row in rows] == [
        ["3", "node", "XXX", "SKU1", "many"],
        ["4", "", "LIL", "SKU2", "1", "9"],
    ]
    assert "no node has this code" in rows[0][2]
    assert "on_hand: not a number" in rows[0][2]


def test_the_mended_file_can_be_imported_as_it_is(stocked: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "node;sku;on_hand\nXXX;SKU1;7\n", "stock.csv")
    (report,) = import_path(stocked, path, gazetteer=OneTown()).files
    out = write_refused(path, report, tmp_path / "stock-refused.csv")
    out.write_bytes(out.read_bytes().replace(b"XXX", b"LIL"))

    (mended,) = import_path(stocked, out, gazetteer=OneTown()).files

    assert (mended.updated, mended.rejected) == (1, ())


def test_a_formula_in_a_strangers_file_stays_a_text(stocked: Workspace, tmp_path: Path):
    path = a_file(tmp_path, 'node;sku;on_hand\n"=1+1";SKU1;7\n', "stock.csv")
    (report,) = import_path(stocked, path, gazetteer=OneTown()).files

    _header, row = rows_of(refused_lines(path, report))

    assert row[3] == "'=1+1"


def test_a_file_that_has_gone_says_so(stocked: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "node;sku;on_hand\nXXX;SKU1;7\n", "stock.csv")
    (report,) = import_path(stocked, path, gazetteer=OneTown()).files
    path.unlink()

    with pytest.raises(Unreadable) as refusal:
        refused_lines(path, report)

    assert refusal.value.reason.code == "not_a_file"
