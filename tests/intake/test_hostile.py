"""Hostile and hapless input through the whole import: told, bounded, and never half in."""

from pathlib import Path

import pytest

from app.domain.values import Address
from app.operations.intake import import_path
from app.operations.intake_report import ImportReport, as_document
from app.places import Gazetteer
from app.workspace import Workspace
from db.nodes import load_nodes, load_products
from db.orders import load_orders
from tests.intake.files import ORDER_HEADER, OneTown, a_file, a_folder, a_workbook


def test_a_folder_of_wrong_things_takes_the_right_ones(workspace: Workspace, tmp_path: Path):
    folder = a_folder(tmp_path)
    (folder / "vehicles.csv").mkdir()
    a_file(folder, bytes(range(256)) * 50, "carriers.csv")
    a_file(folder, b"PK\x03\x04 not really", "services.xlsx")
    a_file(folder, "\x00" * 1_000, "zones.csv")
    a_file(folder, "just one line of prose", "tariffs.csv")
    (folder / "surcharges.csv").symlink_to(folder / "nowhere.csv")
    (folder / "loop").symlink_to(folder)

    report = import_path(workspace, folder, gazetteer=OneTown())

    told = {f.kind: f.rejected[0].reason.code for f in report.files if f.rejected}
    assert told == {
        "vehicles": "not_a_file",
        "carriers": "unknown_encoding",
        "services": "damaged_workbook",
        "zones": "binary_file",
        "tariffs": "missing_columns",
        "surcharges": "not_a_file",
    }
    assert len(workspace.read(load_orders)) == 2
    assert report.ignored == ("loop",)


def test_customer_texts_go_in_as_they_are_whatever_they_hold(workspace: Workspace, tmp_path: Path):
    texts = ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "${alert(1)}", "'; DROP TABLE"]
    rows = "".join(
        f'{number},2026-11-24,home_delivery,SKU1,1,"{text}",59130,Lambersart\n'
        for number, text in enumerate(texts)
    )

    import_path(workspace, a_folder(tmp_path, orders=f"{ORDER_HEADER}\n{rows}"))

    assert [order.customer for order in workspace.read(load_orders)] == texts


def test_garbled_accents_are_kept_as_written_and_still_located(
    workspace: Workspace, tmp_path: Path
):
    garbled = "Saint-\u00c3\u2030tienne"  # UTF-8 that somebody read as Windows-1252
    row = f"1,2026-11-24,home_delivery,SKU1,1,A,42000,{garbled}\n"

    import_path(workspace, a_folder(tmp_path, orders=f"{ORDER_HEADER}\n{row}"))

    (order,) = workspace.read(load_orders)
    with Gazetteer() as gazetteer:
        there = gazetteer.locate(Address("", "42000", "Saint-\u00c9tienne"))
    assert order.address.town == garbled
    assert order.place is not None
    assert there is not None
    assert order.place.point == there.point


def test_a_cell_of_a_hundred_thousand_characters_costs_its_row(
    workspace: Workspace, tmp_path: Path
):
    long = "y" * 200_000
    path = a_file(tmp_path, f'sku,label\nA1,{long}\nA2,"{long}"\nA3,z\n', "products.csv")

    (report,) = import_path(workspace, path).files

    assert sorted(workspace.read(load_products)) == ["A3"]
    assert [fault.line for fault in report.rejected] == [2, 3]
    told = as_document(ImportReport((report,)))["files"][0]["rejected"]
    assert all(len(entry["text"]) < 400 for entry in told)


def test_codes_that_differ_in_unseen_characters_are_the_same_code(
    workspace: Workspace, tmp_path: Path
):
    path = a_file(tmp_path, "sku\nA1\nA\u200b1\n\ufeffA1\u00a0\n", "products.csv")

    (report,) = import_path(workspace, path).files

    assert list(workspace.read(load_products)) == ["A1"]
    assert [fault.reason.code for fault in report.rejected] == ["repeated", "repeated"]


def test_accents_written_in_two_ways_are_one(workspace: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "sku\ncaf\u00e9\ncafe\u0301\n", "products.csv")

    import_path(workspace, path)

    assert list(workspace.read(load_products)) == ["caf\u00e9"]


def test_a_workbook_with_formulas_and_errors_gives_its_good_rows(
    workspace: Workspace, tmp_path: Path
):
    header = ["code", "name", "kind", "latitude", "longitude"]
    rows = [
        ["LIL", "Lille", "store", 50.6, 3.06],
        ["ROU", "=A2&A3", "store", 50.7, 3.17],
        ["LYO", "#REF!", "store", 45.7, 4.83],
    ]
    path = a_workbook(tmp_path, [header, *rows], "nodes.xlsx")

    (report,) = import_path(workspace, path).files

    assert [node.code for node in workspace.read(load_nodes)] == ["LIL"]
    assert [fault.reason.code for fault in report.rejected] == [
        "formula_without_result",
        "spreadsheet_error",
    ]


@pytest.mark.parametrize("name", ["orders.csv", "orders.xlsx"])
def test_an_empty_file_is_told_as_empty(workspace: Workspace, tmp_path: Path, name: str):
    report = import_path(workspace, a_file(tmp_path, b"", name))

    assert [fault.reason.code for fault in report.files[0].rejected] == ["empty_file"]
    assert report.nothing_usable
