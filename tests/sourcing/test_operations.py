"""Sourcing on a real workspace: reserved as decided, given back, overruled, never twice."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.connectors.policy_file import write_policy
from app.domain.acts.orders import CancelOrder, ImportRows
from app.domain.orders import Mode, Order, OrderLine, OrderState
from app.domain.policy import Policy, RuleSet
from app.errors import (
    BadPolicy,
    NoStock,
    NothingToSend,
    ReasonNeeded,
    Refused,
    UnknownSubject,
)
from app.operations.policy import publish_policy, rules_text
from app.operations.sourcing import (
    accept,
    as_document,
    assign,
    release,
    source,
    switch_node,
)
from app.workspace import Workspace
from db.decisions import load_decision
from db.journal import entries
from db.nodes import load_nodes
from db.orders import load_orders, load_shipments
from db.stock import load_stock
from tests.builders import (
    LYON,
    NOW,
    ROUBAIX,
    a_cell,
    a_node,
    a_pickup_point,
    a_product,
    an_order,
)
from tests.sourcing.asking import in_paris, with_rules

NODES = (a_node("LIL"), a_node("RBX", ROUBAIX), a_node("LYO", LYON))
STOCK = (a_cell("LIL", on_hand=2), a_cell("RBX", on_hand=2), a_cell("LYO", on_hand=50))


def take_in(workspace: Workspace, kind: str, rows: Iterable[object]) -> None:
    workspace.submit(ImportRows(kind, f"{kind}.csv", tuple(rows)))


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """Lille, Roubaix and Lyon with some stock, and two orders."""
    take_in(workspace, "node", NODES)
    take_in(workspace, "product", [a_product()])
    take_in(workspace, "stock", STOCK)
    take_in(workspace, "order", [an_order("480001"), an_order("480002")])
    return workspace


def order(workspace: Workspace, code: str = "480001") -> Order:
    return workspace.read(load_orders, [code])[0]


def reserved(workspace: Workspace) -> dict[str, int]:
    return {cell.node: cell.reserved_here for cell in workspace.read(load_stock)}


def journal_length(workspace: Workspace) -> int:
    return len(workspace.read(entries, None, 1_000))


def test_without_apply_nothing_is_written(desk: Workspace):
    before = journal_length(desk)

    run = source(desk)

    assert run.count(OrderState.ALLOCATED) == 2
    assert journal_length(desk) == before
    assert order(desk).state is OrderState.TO_SOURCE
    assert not desk.read(load_shipments)


def test_apply_reserves_and_keeps_why(desk: Workspace):
    run = source(desk, apply=True)

    assert reserved(desk)["LIL"] == 2
    assert order(desk).state is OrderState.ALLOCATED
    assert [s.code for s in desk.read(load_shipments)] == ["480001-1", "480002-1"]
    kept = desk.read(load_decision, "480001")
    assert kept == next(made for made in run.decisions if made.order == "480001")
    assert [c.node for c in kept.candidates] == ["LIL", "RBX", "LYO"]
    assert run.entry


def test_undo_gives_the_pieces_back(desk: Workspace):
    before = reserved(desk)
    source(desk, apply=True)

    desk.undo()

    assert reserved(desk) == before
    assert order(desk).state is OrderState.TO_SOURCE
    assert not desk.read(load_shipments)


def test_sourcing_twice_changes_nothing(desk: Workspace):
    partly = (OrderLine("SKU1", 1, 100), OrderLine("SKU9", 1, 100))
    take_in(desk, "stock", [a_cell("RBX", "SKU8", 0, inbound=5, inbound_at=in_paris(7, day=26))])
    take_in(
        desk,
        "order",
        [
            an_order("480003", point=None),
            an_order("480004", lines=MUCH),
            an_order("480005", lines=partly),
            an_order("480006", lines=(OrderLine("SKU8", 4, 100),)),
            an_order("480007", lines=(OrderLine("SKU8", 4, 100),)),
        ],
    )
    source(desk, apply=True)
    why_partly = desk.read(load_decision, "480005")
    before = journal_length(desk), reserved(desk), desk.read(load_orders)

    again = source(desk, apply=True)

    assert (journal_length(desk), reserved(desk), desk.read(load_orders)) == before
    assert {made.order: made.status.value for made in again.decisions} == {
        "480003": "to_source",
        "480004": "unfillable",
        "480005": "partially_allocated",
        "480006": "queued",
        "480007": "queued",
    }
    assert desk.read(load_decision, "480005") == why_partly


MUCH = (OrderLine("SKU9", 900, 100),)


def test_a_later_run_sees_what_an_earlier_one_reserved(desk: Workspace):
    source(desk, apply=True)
    take_in(desk, "order", [an_order("480003")])

    run = source(desk)

    assert [made.nodes for made in run.decisions] == [("RBX",)]


def test_an_order_whose_stock_went_meanwhile_is_refused_alone(desk: Workspace):
    run = source(desk)
    take_in(desk, "stock", [a_cell("LIL", on_hand=1), *STOCK[1:]])

    settled = accept(desk, run.decisions)

    assert [(p.subject, p.reason.code) for p in settled.refused] == [("480002", "no_stock")]
    assert order(desk, "480001").state is OrderState.ALLOCATED
    assert order(desk, "480002").state is OrderState.TO_SOURCE
    assert source(desk, apply=True).decisions[0].nodes == ("RBX",)


def test_when_the_stock_of_all_went_the_run_says_so_for_each(desk: Workspace):
    def sold_meanwhile(done: int, total: int, best: str = "") -> None:
        if done == total:
            take_in(desk, "stock", [replace(cell, on_hand=0) for cell in STOCK])

    run = source(desk, apply=True, progress=sold_meanwhile)

    assert {part.subject for part in run.refused} == {"480001", "480002"}
    document = as_document(run)
    assert document["summary"]["to_source"] == 2
    assert document["summary"]["cost_cents"] == 0
    assert {entry["status"] for entry in document["orders"]} == {"to_source"}
    assert document["orders"][0]["reasons"][0]["code"] == "no_stock"


def test_only_the_orders_named_are_sourced(desk: Workspace):
    run = source(desk, orders=["480002"], apply=True)

    assert [made.order for made in run.decisions] == ["480002"]
    assert order(desk, "480001").state is OrderState.TO_SOURCE


def test_now_may_be_another_instant(desk: Workspace):
    assert source(desk, at=in_paris(7)).decisions[0].decided_at == in_paris(7)


def test_the_load_of_a_node_counts_what_it_was_given_today(desk: Workspace):
    take_in(desk, "node", [replace(NODES[0], orders_per_day=2), *NODES[1:]])
    source(desk, apply=True)
    take_in(desk, "order", [an_order("480003")])

    run = source(desk)

    fences = {reason.code for reason in run.decisions[0].candidate("LIL").fences}
    assert "full" in fences


def test_what_is_short_is_sent_in_part_and_completed_later(desk: Workspace):
    lines = (OrderLine("SKU1", 1, 100), OrderLine("SKU2", 1, 100))
    take_in(desk, "order", [an_order("480003", lines=lines)])
    source(desk, orders=["480003"], apply=True)
    assert order(desk, "480003").state is OrderState.PARTIALLY_ALLOCATED

    take_in(desk, "stock", [a_cell("RBX", "SKU2")])
    source(desk, orders=["480003"], apply=True)

    assert order(desk, "480003").state is OrderState.ALLOCATED
    sent = [(s.code, s.node) for s in desk.read(load_shipments, ["480003"])]
    assert sent == [("480003-1", "LIL"), ("480003-2", "RBX")]


def test_an_order_to_a_pickup_point_is_measured_to_it(desk: Workspace):
    take_in(desk, "pickup_point", [a_pickup_point("R1", point=ROUBAIX)])
    to_point = an_order("480003", point=None, mode=Mode.PICKUP_POINT, pickup_point="R1")
    take_in(desk, "order", [to_point])

    assert source(desk, orders=["480003"]).decisions[0].nodes == ("RBX",)


def test_assigning_by_hand_goes_over_the_fences_and_is_journalled(desk: Workspace):
    switch_node(desk, "LYO", active=False)

    decision = assign(desk, "480001", "LYO", "  the client collects in Lyon ")

    assert decision.override == "the client collects in Lyon"
    assert decision.reasons[0].code == "assigned_instead"
    kept = desk.read(load_decision, "480001")
    assert kept == decision
    assert {reason.code for reason in kept.candidate("LYO").fences} >= {"switched_off"}
    assert order(desk).state is OrderState.ALLOCATED
    assert reserved(desk)["LYO"] == 1
    desk.undo()
    assert order(desk).state is OrderState.TO_SOURCE


def test_assigning_by_hand_may_go_into_the_safety_stock_and_never_beyond(desk: Workspace):
    take_in(desk, "stock", [a_cell("RBX", on_hand=1, safety_stock=1)])

    assign(desk, "480001", "RBX", "regular client")

    assert reserved(desk)["RBX"] == 1
    with pytest.raises(NoStock) as refused:
        assign(desk, "480002", "RBX", "regular client")
    assert (refused.value.asked, refused.value.available) == (1, 0)


def test_an_unplaced_order_may_be_assigned_by_hand(desk: Workspace):
    take_in(desk, "order", [an_order("480003", point=None)])

    decision = assign(desk, "480003", "LIL", "known client")

    assert decision.candidate("LIL").distance_m is None
    assert order(desk, "480003").state is OrderState.ALLOCATED


def test_an_allocated_order_moves_to_the_node_it_is_assigned_to(desk: Workspace):
    source(desk, apply=True)

    assign(desk, "480001", "RBX", "closer to the client's office")

    assert reserved(desk) == {"LIL": 1, "RBX": 1, "LYO": 0}
    assert [s.node for s in desk.read(load_shipments, ["480001"])] == ["RBX"]


def test_an_allocated_order_keeps_what_it_has_when_the_other_node_is_short(desk: Workspace):
    source(desk, apply=True)
    take_in(desk, "stock", [a_cell("RBX", on_hand=0)])

    with pytest.raises(NoStock):
        assign(desk, "480001", "RBX", "closer")

    assert order(desk).state is OrderState.ALLOCATED
    assert reserved(desk)["LIL"] == 2


def test_an_allocated_order_may_be_assigned_again_to_its_own_node(desk: Workspace):
    take_in(desk, "order", [an_order("480001", lines=(OrderLine("SKU1", 2, 100),))])
    source(desk, orders=["480001"], apply=True)

    assign(desk, "480001", "LIL", "kept by agreement")

    assert reserved(desk)["LIL"] == 2


def test_overruling_needs_a_reason_a_node_and_an_open_order(desk: Workspace):
    with pytest.raises(ReasonNeeded):
        assign(desk, "480001", "LYO", " ")
    with pytest.raises(UnknownSubject, match="NIX"):
        assign(desk, "480001", "NIX", "why not")
    with pytest.raises(UnknownSubject, match="gone"):
        assign(desk, "gone", "LYO", "why not")
    source(desk, apply=True)
    assert order(desk).state is OrderState.ALLOCATED


def test_a_cancelled_order_is_assigned_to_nobody(desk: Workspace):
    desk.submit(CancelOrder("480001", "client changed their mind"))

    with pytest.raises(NothingToSend):
        assign(desk, "480001", "LIL", "why not")


def test_releasing_gives_back_and_sources_anew(desk: Workspace):
    source(desk, apply=True)

    release(desk, "480001", "wrong node")

    assert reserved(desk)["LIL"] == 1
    assert order(desk).state is OrderState.TO_SOURCE
    assert source(desk, orders=["480001"]).decisions[0].nodes == ("LIL",)


def test_a_node_switched_off_is_minded_at_once(desk: Workspace):
    switch_node(desk, "LIL", active=False, reason="flooded")

    assert {made.nodes for made in source(desk).decisions} == {("RBX",)}
    assert not next(n for n in desk.read(load_nodes) if n.code == "LIL").active
    desk.undo()
    assert {made.nodes for made in source(desk).decisions} == {("LIL",)}


def test_rules_published_are_in_force_and_counted(desk: Workspace):
    whole = replace(with_rules(RuleSet("none", max_range_m=1)), label="Mine")
    text = "# mine\n" + write_policy(whole)

    first = publish_policy(desk, text)

    assert (first.version, desk.policy()) == (1, first)
    assert {made.status for made in source(desk).decisions} == {OrderState.UNFILLABLE}
    assert rules_text(desk).startswith("# mine\n")
    assert "\nversion = 1\n" in rules_text(desk)


def test_publishing_the_same_rules_again_changes_nothing(desk: Workspace):
    before = journal_length(desk)

    assert publish_policy(desk, rules_text(desk)) == Policy()
    assert journal_length(desk) == before


def test_bad_rules_leave_the_last_good_ones_in_force(desk: Workspace):
    good = publish_policy(desk, "[sourcing]\nmax_shipments = 2\n")

    with pytest.raises(BadPolicy):
        publish_policy(desk, "[sourcing]\nmax_shipments = two\n")

    assert desk.policy() == good


def test_the_document_is_the_one_promised(desk: Workspace):
    take_in(desk, "order", [an_order("480003", point=None), an_order("480004", lines=MUCH)])

    document = json.loads(json.dumps(as_document(source(desk))))

    assert [entry["order"] for entry in document["orders"]] == [
        "480001",
        "480002",
        "480003",
        "480004",
    ]
    assert document["orders"][0]["shipments"] == [
        {"node": "LIL", "lines": [{"sku": "SKU1", "quantity": 1}]}
    ]
    assert set(document["orders"][0]) == {"order", "status", "shipments", "reasons"}
    reasons = document["orders"][3]["reasons"]
    assert {"LIL", "RBX", "LYO"} <= {reason.get("node") for reason in reasons}
    assert all(reason["code"] and reason["text"] for reason in reasons)
    summary = document["summary"]
    assert summary["bound_cents"] is None
    assert summary["gap"] is None
    assert summary == summary | {
        "orders": 4,
        "allocated": 2,
        "partially_allocated": 0,
        "queued": 0,
        "offered": 0,
        "unfillable": 1,
        "to_source": 1,
    }
    assert summary["cost_cents"] > 900


def test_a_transfer_names_the_store_it_goes_to(desk: Workspace):
    take_in(desk, "stock", [a_cell("LIL", on_hand=0)])
    to_collect = an_order("480003", mode=Mode.CLICK_AND_COLLECT, collect_node="LIL")
    take_in(desk, "order", [to_collect])

    document = as_document(source(desk, orders=["480003"], apply=True))

    assert document["orders"][0]["status"] == "allocated"
    assert document["orders"][0]["shipments"][0]["to_node"] == "LIL"
    assert desk.read(load_shipments, ["480003"])[0].to_node == "LIL"


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    counts=st.lists(st.integers(0, 4), min_size=3, max_size=3),
    asked=st.lists(st.integers(1, 3), min_size=1, max_size=6),
    moves=st.lists(st.sampled_from(["source", "undo", "release", "assign"]), max_size=6),
)
def test_whatever_is_done_pieces_are_promised_once(
    empty_workspace: Path, tmp_path_factory, counts, asked, moves
):
    folder = tmp_path_factory.mktemp("promised") / "workspace"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        take_in(workspace, "node", NODES)
        take_in(
            workspace,
            "stock",
            [a_cell(node.code, on_hand=n) for node, n in zip(NODES, counts, strict=True)],
        )
        orders = [
            an_order(f"{480_001 + i}", lines=(OrderLine("SKU1", n, 100),))
            for i, n in enumerate(asked)
        ]
        take_in(workspace, "order", orders)
        for number, move in enumerate(moves):
            _move(workspace, move, orders[number % len(orders)].code)
            _check(workspace)


def _move(workspace: Workspace, move: str, code: str) -> None:
    try:
        if move == "source":
            source(workspace, apply=True)
        elif move == "undo":
            workspace.undo()
        elif move == "release":
            release(workspace, code, "anew")
        else:
            assign(workspace, code, "LIL", "wanted there")
    except Refused:
        return


def _check(workspace: Workspace) -> None:
    held: dict[str, int] = {}
    for shipment in workspace.read(load_shipments):
        for line in shipment.lines:
            held[shipment.node] = held.get(shipment.node, 0) + line.quantity
    for cell in workspace.read(load_stock):
        assert cell.reserved_here == held.get(cell.node, 0) <= cell.on_hand
