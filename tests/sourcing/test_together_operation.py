"""All open orders at once on a real workspace: reserved, explained, and shown with their proof."""

from datetime import timedelta

import pytest

from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine, OrderState
from app.domain.sourcing import Method
from app.domain.values import GeoPoint
from app.operations.sourcing import as_document, source
from app.operations.sourcing_together import source_together
from app.operations.why import as_text, why
from app.operations.why_chain import Link
from app.workspace import Workspace
from db.decisions import load_decision
from db.orders import load_orders
from db.stock import load_stock
from tests.builders import LILLE, NOW, ROUBAIX, a_cell, a_node, a_product, an_order

#: Between Lille and Roubaix, a little nearer to Lille.
BETWEEN = GeoPoint(50.66, 3.105)
SOUTH = GeoPoint(50.55, 3.03)


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """Lille's last piece is wanted by an order that Roubaix could serve, and by one farther off."""
    line = (OrderLine("LAMP-12", 1),)
    rows = {
        "node": [a_node("LIL", LILLE), a_node("RBX", ROUBAIX)],
        "product": [a_product("LAMP-12")],
        "stock": [a_cell("LIL", "LAMP-12", 1), a_cell("RBX", "LAMP-12", 9)],
        "order": [
            an_order("480001", BETWEEN, lines=line, placed_at=NOW - timedelta(hours=2)),
            an_order("480002", SOUTH, lines=line, placed_at=NOW - timedelta(hours=1)),
        ],
    }
    for kind, values in rows.items():
        workspace.submit(ImportRows(kind, f"{kind}.csv", tuple(values)))
    return workspace


def test_the_rules_serve_the_first_and_the_optimum_all(desk: Workspace):
    ruled = {made.order: made.nodes for made in source(desk).decisions}
    weighed = {made.order: made.nodes for made in source_together(desk).decisions}

    assert ruled == {"480001": ("LIL",), "480002": ("RBX",)}
    assert weighed == {"480001": ("RBX",), "480002": ("LIL",)}


def test_nothing_is_written_before_it_is_applied(desk: Workspace):
    source_together(desk)

    assert {order.state for order in desk.read(load_orders)} == {OrderState.TO_SOURCE}


def test_applied_it_reserves_in_one_entry_that_can_be_undone(desk: Workspace):
    run = source_together(desk, apply=True)

    assert run.entry
    assert {cell.node: cell.reserved_here for cell in desk.read(load_stock)} == {"LIL": 1, "RBX": 1}
    desk.undo()
    assert {cell.reserved_here for cell in desk.read(load_stock)} == {0}


def test_the_summary_has_a_bound_and_a_gap(desk: Workspace):
    summary = as_document(source_together(desk))["summary"]

    assert summary["bound_cents"] == summary["cost_cents"] < summary["rules_cents"]
    assert summary["gap"] == 0
    assert 0 < summary["shipping_cents"] <= summary["cost_cents"]
    assert summary["allocated"] == 2


def test_why_says_what_the_cheaper_node_s_last_piece_serves(desk: Workspace):
    source_together(desk, apply=True)

    stored = desk.read(load_decision, "480001")
    assert stored is not None
    assert (stored.method, stored.policy_version) == (Method.OPTIMAL, desk.policy().version)
    chain = why(desk, "480001")
    link = next(link for link in chain.links if link.link is Link.NODE)
    assert link.margin is not None
    assert link.margin.code == "lead_cents"
    assert {"optimum_piece_serves", "by_rule", "by_optimum"} <= {r.code for r in link.reasons}
    text = as_text(chain)
    assert "LIL is" in text
    assert "cheaper for this order, but its LAMP-12 serves order 480002." in text


def test_progress_tells_the_best_so_far(desk: Workspace):
    heard = []

    source_together(desk, seconds=30, progress=lambda done, total, best="": heard.append(best))

    assert "at most 0% too dear" in heard[-1].replace("0.00", "0")


def test_an_empty_workspace_has_nothing_to_weigh(workspace: Workspace):
    run = source_together(workspace)

    assert run.decisions == ()
    assert as_document(run)["summary"]["gap"] == 0
