"""Click & collect: from the chosen store's own shelf, else brought there, else not at all."""

import pytest

from app.domain.nodes import NodeKind, Service
from app.domain.orders import Mode, OrderLine, OrderState
from app.domain.policy import RuleSet
from tests.builders import LYON, ROUBAIX, a_cell, a_node, an_order
from tests.sourcing.asking import fences_of, in_paris, suggested, with_rules

STORE = a_node("LIL")
NEXT = a_node("RBX", ROUBAIX)
DEPOT = a_node("LYO", LYON, kind=NodeKind.WAREHOUSE, services=frozenset())
NODES = (STORE, NEXT, DEPOT)


def collected(code: str = "480001", **but):
    return an_order(
        code, point=None, **({"mode": Mode.CLICK_AND_COLLECT, "collect_node": "LIL"} | but)
    )


def decided(order, stock, nodes=NODES, **but):
    return suggested([order], nodes, stock, **but)[order.code]


def routes(decision):
    return [(shipment.node, shipment.to_node) for shipment in decision.shipments]


def test_the_store_s_own_stock_serves_without_any_transfer():
    decision = decided(collected(), [a_cell("LIL", on_hand=1), a_cell("RBX", on_hand=99)])

    assert routes(decision) == [("LIL", "")]
    assert decision.reasons[0].code == "collected_from_own_stock"
    assert decision.cost_cents == 0


def test_what_the_store_lacks_is_transferred_to_it_from_nearby():
    decision = decided(collected(), [a_cell("RBX"), a_cell("LYO")])

    assert decision.status is OrderState.ALLOCATED
    assert routes(decision) == [("RBX", "LIL")]
    assert decision.reasons[0].code == "transferred_to_store"
    assert decision.reasons[0]["to_node"] == "LIL"


def test_a_warehouse_transfers_even_if_it_sends_to_no_customer():
    decision = decided(collected(), [a_cell("LYO")])

    assert routes(decision) == [("LYO", "LIL")]


def test_a_store_that_does_not_send_transfers_nothing():
    shut_in = a_node("RBX", ROUBAIX, services=frozenset({Service.CLICK_AND_COLLECT}))

    decision = decided(collected(), [a_cell("RBX")], (STORE, shut_in))

    assert decision.status is OrderState.UNFILLABLE
    assert "does_not_transfer" in fences_of(decision, "RBX")


def test_the_store_s_part_and_a_transfer_make_a_whole():
    order = collected(lines=(OrderLine("S0", 1), OrderLine("S1", 2)))
    stock = [a_cell("LIL", "S0"), a_cell("LIL", "S1", on_hand=1), a_cell("RBX", "S1")]

    decision = decided(order, stock)

    assert decision.status is OrderState.ALLOCATED
    assert routes(decision) == [("LIL", ""), ("RBX", "LIL")]
    assert [line.quantity for line in decision.shipments[1].lines] == [1]


def test_where_nothing_may_be_split_the_whole_order_is_transferred():
    order = collected(lines=(OrderLine("S0", 1), OrderLine("S1", 1)))
    stock = [a_cell("LIL", "S0"), a_cell("RBX", "S0"), a_cell("RBX", "S1")]

    decision = decided(order, stock, policy=with_rules(RuleSet("any"), split_allowed=False))

    assert routes(decision) == [("RBX", "LIL")]


def test_what_nobody_has_leaves_the_order_unfillable():
    decision = decided(collected(), [a_cell("LIL", on_hand=0)])

    assert decision.status is OrderState.UNFILLABLE


def test_what_the_store_has_is_kept_for_the_client_while_the_rest_is_missing():
    order = collected(lines=(OrderLine("S0", 1), OrderLine("S1", 1)))

    decision = decided(order, [a_cell("LIL", "S0")])

    assert decision.status is OrderState.PARTIALLY_ALLOCATED
    assert routes(decision) == [("LIL", "")]


@pytest.mark.parametrize(
    "store",
    [
        a_node("LIL", active=False),
        a_node("LIL", services=frozenset({Service.SHIP_FROM_STORE})),
    ],
    ids=["switched off", "no collection"],
)
def test_a_store_that_hands_nothing_over_ends_the_matter(store):
    decision = decided(collected(), [a_cell("LIL"), a_cell("RBX")], (store, NEXT))

    assert decision.status is OrderState.UNFILLABLE
    assert not decision.shipments
    assert decision.reasons[0].code == "collect_store_out"


@pytest.mark.parametrize(
    ("chosen", "code"), [("", "no_collect_node"), ("gone", "unknown_collect_node")]
)
def test_an_order_to_collect_needs_a_store_that_is_known(chosen, code):
    decision = decided(collected(collect_node=chosen), [a_cell("LIL")])

    assert decision.status is OrderState.UNFILLABLE
    assert [reason.code for reason in decision.reasons] == [code]


def test_a_rule_for_warehouses_still_lets_the_store_give_its_own():
    rule = RuleSet("warehouses", node_kinds=frozenset({NodeKind.WAREHOUSE}))

    decision = decided(collected(), [a_cell("LIL"), a_cell("LYO")], policy=with_rules(rule))

    assert routes(decision) == [("LIL", "")]


def test_the_store_may_be_past_its_cutoff_for_what_nobody_has_to_send():
    store = a_node("LIL", cutoff=in_paris(9).time())

    decision = decided(collected(promised_to=in_paris(18)), [a_cell("LIL")], (store, NEXT))

    assert routes(decision) == [("LIL", "")]
    assert decision.rule == "near"


def test_a_small_part_may_be_transferred_whatever_a_split_must_be_worth():
    order = collected(lines=(OrderLine("S0", 1, 9_000), OrderLine("S1", 1, 100)))
    policy = with_rules(RuleSet("any"), min_split_value_cents=5_000)

    decision = decided(order, [a_cell("LIL", "S0"), a_cell("RBX", "S1")], policy=policy)

    assert decision.status is OrderState.ALLOCATED


def test_to_be_collected_from_two_o_clock_on_means_there_by_two():
    late = a_node("LIL", opening_hours="Mo-Sa 15:00-19:00")
    order = collected(promised_from=in_paris(14))

    decision = decided(order, [a_cell("LIL")], (late, NEXT))

    assert decision.due_at == in_paris(14)
    assert decision.rule == "late"
