"""Real files: a shop's orders in several tables, and thousands of French addresses."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from app.domain.acts.orders import ImportRows
from app.domain.values import GeoPoint
from app.operations.intake import import_path, mapping_from
from app.operations.intake_report import FileReport
from app.workspace import Workspace
from db.nodes import load_nodes
from db.orders import load_orders
from db.stock import load_stock
from tests.builders import a_product

MAPPINGS = Path(__file__).parent / "mappings"


def olist(workspace: Workspace, shared_data: Path, kind: str, **but: object) -> FileReport:
    mapping = replace(mapping_from(MAPPINGS / f"olist-{kind}.toml"), **but)
    folder = shared_data / "orders" / "olist"
    return import_path(workspace, folder, mapping=mapping).files[0]


def reasons(report: FileReport) -> Counter[str]:
    return Counter(fault.reason.code for fault in report.rejected)


def test_sellers_items_and_orders_of_olist_go_in_by_their_mappings(
    workspace: Workspace, shared_data: Path
):
    nodes, products, stock, orders = (
        olist(workspace, shared_data, kind) for kind in ("nodes", "products", "stock", "orders")
    )

    assert (nodes.rows, nodes.accepted, reasons(nodes)) == (1_610, 1_606, {"not_located": 4})
    assert (products.rows, products.accepted) == (5_460, 5_460)
    assert (stock.rows, stock.accepted, reasons(stock)) == (5_187, 5_175, {"unknown_node": 12})
    assert sum(cell.on_hand for cell in workspace.read(load_stock)) == 5_175
    assert (orders.rows, orders.accepted, orders.left_out) == (5_166, 4_218, 940)
    assert reasons(orders) == {"no_lines": 8}
    assert all(node.point.latitude < 6 for node in workspace.read(load_nodes))
    assert orders.notes == ()

    again = olist(workspace, shared_data, "orders")
    assert (again.accepted, again.updated, again.unchanged) == (0, 0, 4_218)


def test_every_olist_order_without_items_is_refused_with_that_reason(
    workspace: Workspace, shared_data: Path
):
    olist(workspace, shared_data, "products")

    orders = olist(workspace, shared_data, "orders", leave_out=())

    assert (orders.rows, orders.accepted, orders.left_out) == (5_166, 4_544, 0)
    assert reasons(orders) == {"no_lines": 622}
    found = workspace.read(load_orders)
    repeated = sum(line.quantity > 1 for order in found for line in order.lines)
    assert repeated == 315
    assert sum(order.pieces for order in found) == 5_187
    assert sum(order.place is not None for order in found) > 4_500


@pytest.fixture
def stations(shared_data: Path) -> Path:
    return shared_data / "places" / "fr_stations_adresses.csv"


def test_french_addresses_are_located_close_to_where_they_are(workspace: Workspace, stations: Path):
    workspace.submit(ImportRows("product", "products.csv", (a_product("SKU1"),)))

    mapping = mapping_from(MAPPINGS / "french-stations.toml")
    (report,) = import_path(workspace, stations, mapping=mapping).files

    with stations.open(encoding="utf-8", newline="") as file:
        truth = {
            row["id"]: GeoPoint(float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(file)
        }
    orders = workspace.read(load_orders)
    assert (report.rows, report.accepted, len(orders)) == (6_246, 6_246, 6_246)
    placed = [order for order in orders if order.place is not None and order.place.score >= 0.5]
    errors_m = sorted(truth[o.code].distance_m(o.place.point) for o in placed if o.place)
    assert len(placed) > 0.99 * len(orders)
    assert median(errors_m) < 1_500
    assert errors_m[int(0.95 * len(errors_m))] < 6_000
