"""Several orders decided by hand at once: one entry, each refused by itself."""

import pytest

from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine, OrderState
from app.errors import ReasonNeeded
from app.operations.by_hand import assign_many, nothing_done, release_many
from app.operations.sourcing import accept, source
from db.decisions import load_decision
from db.journal import entries
from db.orders import load_orders, load_shipments
from tests.builders import ROUBAIX, a_cell, a_node, a_product, an_order


@pytest.fixture
def desk(workspace):
    def take_in(*orders, pieces=10):
        for kind, rows in (
            ("node", (a_node(), a_node("ROU", ROUBAIX))),
            ("product", (a_product(),)),
            ("stock", (a_cell(on_hand=50), a_cell("ROU", on_hand=pieces))),
            ("order", orders),
        ):
            workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))
        return workspace

    return take_in


def nodes_of(workspace):
    return {s.order: s.node for s in workspace.read(load_shipments)}


def states(workspace):
    return {order.code: order.state for order in workspace.read(load_orders)}


def test_orders_to_source_go_to_the_node_in_one_entry(desk):
    workspace = desk(an_order("1"), an_order("2"))
    before = len(workspace.read(entries))

    acted = assign_many(workspace, ["1", "2"], "ROU", "the shop asked")

    assert acted.done == ("1", "2")
    assert nodes_of(workspace) == {"1": "ROU", "2": "ROU"}
    assert len(workspace.read(entries)) == before + 1
    assert workspace.read(load_decision, "2").override == "the shop asked"


def test_the_last_pieces_go_to_the_first_and_the_others_are_refused_alone(desk):
    workspace = desk(an_order("1"), an_order("2"), an_order("3"), pieces=2)

    acted = assign_many(workspace, ["1", "2", "3"], "ROU", "because")

    assert acted.done == ("1", "2")
    assert [(part.subject, part.reason.code) for part in acted.refused] == [("3", "no_stock")]
    assert states(workspace)["3"] is OrderState.TO_SOURCE


def test_what_no_node_could_ever_give_is_told_order_by_order(desk):
    big = an_order("1", lines=(OrderLine("SKU1", 11),))
    workspace = desk(big, an_order("2"))

    acted = assign_many(workspace, ["1", "2"], "ROU", "because")

    assert acted.done == ("2",)
    assert [part.subject for part in acted.refused] == ["1"]


def test_an_order_that_has_a_node_is_released_and_given_anew(desk):
    workspace = desk(an_order("1"), an_order("2"))
    accept(workspace, source(workspace, orders=["1"]).decisions)
    assert nodes_of(workspace) == {"1": "LIL"}

    acted = assign_many(workspace, ["1", "2"], "ROU", "because")

    assert set(acted.done) == {"1", "2"}
    assert nodes_of(workspace) == {"1": "ROU", "2": "ROU"}


def test_nothing_goes_without_a_reason(desk):
    workspace = desk(an_order("1"))

    with pytest.raises(ReasonNeeded):
        assign_many(workspace, ["1"], "ROU", "  ")
    assert nodes_of(workspace) == {}


def test_a_node_nobody_knows_refuses_them_all(desk):
    acted = assign_many(desk(an_order("1"), an_order("2")), ["1", "2"], "XXX", "because")

    assert acted.done == ()
    assert nothing_done(acted).reason.code == "unknown_subject"
    assert len(nothing_done(acted).parts) == 2


def test_release_goes_order_by_order(desk):
    workspace = desk(an_order("1"), an_order("2"))
    accept(workspace, source(workspace).decisions)

    acted = release_many(workspace, ["1", "nobody", "2"])

    assert acted.done == ("1", "2")
    assert [part.subject for part in acted.refused] == ["nobody"]
    assert nothing_done(acted) is None
    assert set(states(workspace).values()) == {OrderState.TO_SOURCE}
