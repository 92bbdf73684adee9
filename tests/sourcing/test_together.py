"""Sourcing all orders at once: within the rules, never dearer than they are, and explained."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from app.domain.orders import Mode, OrderLine, OrderState
from app.domain.policy import Fence, Policy, RuleSet
from app.domain.sourcing import Method
from app.domain.values import GeoPoint
from app.errors import Stopped
from app.planning.sourcing.together import Together, suggest_together
from tests.builders import NOW, a_cell, a_node, an_order
from tests.sourcing.asking import PARIS, suggested, with_rules
from tests.sourcing.test_invariants import Day, days

LILLE, LENS, ARRAS = GeoPoint(50.63, 3.06), GeoPoint(50.43, 2.83), GeoPoint(50.29, 2.78)
PLAIN = replace(
    Policy(),
    sourcing=replace(Policy().sourcing, carbon_cents_per_kg=0, last_piece_cents=0),
)


def together(orders, nodes, stock, policy=PLAIN, **but) -> Together:
    asked = {"products": {}, "now": NOW, "zone": PARIS} | but
    return suggest_together(orders, nodes, stock, policy=policy, **asked)


def by_order(found: Together):
    return {made.order: made for made in found.decisions}


def one_of(sku: str) -> tuple[OrderLine, ...]:
    return (OrderLine(sku, 1),)


def test_the_last_piece_goes_where_it_saves_most_and_the_other_is_told():
    nodes = [a_node("Near", LENS), a_node("Far", LILLE)]
    policy = with_rules(RuleSet("near", max_range_m=40_000), RuleSet("any", max_late_days=None))
    orders = [
        an_order("1", GeoPoint(50.5, 2.9), lines=one_of("S"), placed_at=NOW - timedelta(hours=2)),
        an_order("2", ARRAS, lines=one_of("S"), placed_at=NOW - timedelta(hours=1)),
    ]

    found = by_order(
        together(orders, nodes, [a_cell("Near", "S", 1), a_cell("Far", "S", 9)], policy)
    )

    assert (found["1"].nodes, found["2"].nodes) == (("Far",), ("Near",))
    reason = found["1"].reasons[0]
    assert reason.code == "optimum_piece_serves"
    assert (reason["other"], reason["sku"], reason["order"]) == ("Near", "S", "2")
    assert reason["more_cents"] > 0
    assert found["2"].reasons[0].code == "optimum_cheapest"
    assert {made.method for made in found.values()} == {Method.OPTIMAL}
    assert {made.rule for made in found.values()} <= {"near", "any"}
    assert found["1"].margin_cents is not None


def test_a_lille_order_never_leaves_from_lyon_while_a_near_store_has_it():
    lyon = a_node("Lyon", GeoPoint(45.76, 4.84))
    order = an_order("1", LILLE, lines=one_of("S"))

    found = together(
        [order], [lyon, a_node("Lens", LENS)], [a_cell("Lyon", "S", 9), a_cell("Lens", "S", 1)]
    )

    made = found.decisions[0]
    assert made.nodes == ("Lens",)
    assert {made.reasons[0]["node"], made.reasons[0]["other"]} == {"Lens", "Lyon"}
    assert found.proof.gap == 0


def test_lateness_carbon_last_pieces_and_full_nodes_have_their_price():
    order = an_order("1", LILLE, lines=one_of("S"))
    nodes = [a_node("Lens", LENS, orders_per_day=2), a_node("Arras", ARRAS)]
    stock = [a_cell("Lens", "S", 1), a_cell("Arras", "S", 9)]

    def chosen(**but):
        policy = replace(PLAIN, sourcing=replace(PLAIN.sourcing, **but))
        return together([order], nodes, stock, policy, node_load={"Lens": 1}).decisions[0].nodes

    assert chosen(busy_node_cents=0) == ("Lens",)
    assert chosen(busy_node_cents=0, last_piece_cents=90_000) == ("Arras",)
    assert chosen(busy_node_cents=200_000, unserved_piece_cents=10**6) == ("Arras",)


def test_an_order_left_without_stock_says_whom_it_serves():
    orders = [
        an_order("1", LILLE, lines=one_of("S"), placed_at=NOW - timedelta(hours=2)),
        an_order("2", LENS, lines=one_of("S"), placed_at=NOW - timedelta(hours=1)),
    ]

    found = by_order(together(orders, [a_node("Lens", LENS)], [a_cell("Lens", "S", 1)]))

    assert found["2"].nodes == ("Lens",)
    assert found["1"].status is OrderState.UNFILLABLE
    assert [reason.code for reason in found["1"].reasons] == [
        "optimum_served_others",
        "stock_nowhere",
    ]


def test_what_nobody_has_counts_in_neither_cost_nor_bound():
    order = an_order("1", LILLE, lines=(OrderLine("S", 1), OrderLine("none", 2)))

    found = together([order], [a_node("Lens", LENS)], [a_cell("Lens", "S", 1)])

    assert found.decisions[0].status is OrderState.PARTIALLY_ALLOCATED
    assert 0 < found.proof.bound_cents == found.proof.cost_cents < 5_000


def test_stop_before_the_rules_are_done_leaves_nothing():
    with pytest.raises(Stopped):
        together([an_order("1", LILLE)], [], [], stop=lambda: True)


@settings(deadline=None)
@given(days())
def test_stock_limits_and_fences_hold_whatever_the_rules(day: Day):
    found = together(day.orders, day.nodes, day.stock, day.policy, node_load=day.load)

    decisions = by_order(found)
    assert set(decisions) == {order.code for order in day.orders}
    rules = {rule.name: rule for rule in day.policy.sourcing.chain}
    given_out, load = Counter(), Counter(day.load)
    for made in decisions.values():
        assert len(made.shipments) <= day.policy.sourcing.max_shipments
        assert bool(made.shipments) is made.status.value.endswith("allocated")
        for shipment in made.shipments:
            codes = {reason.code for reason in made.candidate(shipment.node).fences}
            assert codes <= {"not_held", "short_of_stock"}
            load[shipment.node] += Fence.BELOW_CAPACITY in rules[made.rule].fences
            for line in shipment.lines:
                given_out[shipment.node, line.sku] += line.quantity
    available = {(cell.node, cell.sku): cell.available for cell in day.stock}
    assert all(pieces <= available[cell] for cell, pieces in given_out.items())
    for node in day.nodes:
        assert load[node.code] <= max(day.load[node.code], node.orders_per_day or 10**9)


@settings(deadline=None)
@given(days())
def test_it_is_never_dearer_than_the_rules_and_never_below_its_bound(day: Day):
    found = together(day.orders, day.nodes, day.stock, day.policy, node_load=day.load)

    assert found.proof.bound_cents <= found.proof.cost_cents <= found.proof.rules_cents
    assert found.proof.gap == 0


@settings(deadline=None, max_examples=40)
@given(days())
def test_orders_that_cannot_be_weighed_are_told_as_by_the_rules(day: Day):
    found = by_order(together(day.orders, day.nodes, day.stock, day.policy, node_load=day.load))
    ruled = suggested(day.orders, day.nodes, day.stock, day.policy, node_load=day.load)

    for code, made in found.items():
        if made.method is Method.RULES:
            assert made == ruled[code]
            assert not made.shipments


def test_collected_orders_take_their_store_s_own_stock():
    order = an_order("1", None, lines=one_of("S"), mode=Mode.CLICK_AND_COLLECT, collect_node="Lens")
    stock = [a_cell("Lens", "S", 1), a_cell("Lille", "S", 9)]

    made = together([order], [a_node("Lens", LENS), a_node("Lille", LILLE)], stock).decisions[0]

    assert made.nodes == ("Lens",)
    assert made.reasons[0].code == "collected_from_own_stock"


def test_a_part_begins_with_the_rule_that_leaves_a_shipment_for_the_rest():
    """The first rule allows one shipment, which has to be whole; the second sends a part."""
    one = RuleSet("one", max_shipments=1, max_late_days=None, fences=(Fence.HAS_STOCK,))
    more = RuleSet("more", max_late_days=None)
    policy = replace(PLAIN, sourcing=replace(PLAIN.sourcing, chain=(one, more)))
    order = an_order(lines=(OrderLine("SKU1", 1), OrderLine("SKU2", 1)))

    found = together([order], [a_node()], [a_cell()], policy)

    assert [line.sku for line in found.decisions[0].shipments[0].lines] == ["SKU1"]
