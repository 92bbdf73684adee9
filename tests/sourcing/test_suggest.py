"""Which node an order goes to, and what is said of the others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.orders import Mode, OrderLine, OrderState
from app.domain.policy import Policy, Rating, RuleCondition, RuleSet, SourcingPolicy
from app.domain.values import GeoPoint
from app.errors import Stopped
from tests.builders import (
    LAMBERSART,
    LYON,
    NOW,
    ROUBAIX,
    a_cell,
    a_node,
    a_product,
    a_shipment,
    an_order,
    at,
)
from tests.sourcing.asking import fences_of, in_paris, suggested, with_rules

LILLE, ROUBAIX_STORE, LYON_STORE = a_node("LIL"), a_node("RBX", ROUBAIX), a_node("LYO", LYON)
NODES = (LILLE, ROUBAIX_STORE, LYON_STORE)


def two_lines(code: str = "480001", **but):
    lines = (OrderLine("SKU1", 1, 1_000), OrderLine("SKU2", 1, 5_000))
    return an_order(code, lines=lines, **but)


def test_a_lille_order_never_leaves_from_lyon_while_a_near_store_holds_the_product():
    decision = suggested([an_order()], NODES, [a_cell("RBX"), a_cell("LYO", on_hand=500)])["480001"]

    assert decision.status is OrderState.ALLOCATED
    assert decision.nodes == ("RBX",)
    assert {candidate.node for candidate in decision.candidates} == {"LIL", "RBX", "LYO"}
    assert "out_of_range" in fences_of(decision, "LYO")
    assert "not_held" in fences_of(decision, "LIL")


def test_near_stores_share_an_order_rather_than_lyon_sending_it_whole():
    stock = [a_cell("LIL", "SKU1"), a_cell("RBX", "SKU2"), a_cell("LYO", "SKU1")]
    stock.append(a_cell("LYO", "SKU2"))

    decision = suggested([two_lines()], NODES, stock)["480001"]

    assert set(decision.nodes) == {"LIL", "RBX"}


def test_a_lille_order_leaves_from_lyon_when_nobody_nearer_has_it():
    decision = suggested([an_order()], NODES, [a_cell("LIL", on_hand=0), a_cell("LYO")])["480001"]

    assert decision.nodes == ("LYO",)
    assert decision.rule == "farther"
    assert [r["rule"] for r in decision.reasons if r.code == "rule_found_none"] == ["Nearest"]
    assert fences_of(decision, "LIL")["short_of_stock"]["available"] == 0


def test_the_nearest_of_two_leads_and_its_margin_to_the_next_is_told():
    decision = suggested([an_order()], NODES, [a_cell("LIL"), a_cell("RBX")])["480001"]

    best, runner_up = decision.candidates[:2]
    assert (best.node, runner_up.node) == ("LIL", "RBX")
    assert decision.margin == pytest.approx(best.score - runner_up.score)
    assert decision.reasons[0].code == "best_node"
    assert decision.reasons[0]["next_node"] == "RBX"


def test_the_points_of_a_score_add_up_to_it():
    decision = suggested([an_order()], NODES, [a_cell("LIL"), a_cell("RBX")])["480001"]

    for candidate in decision.candidates[:2]:
        assert len(candidate.parts) == 4
        assert sum(p.points for p in candidate.parts) == pytest.approx(candidate.score, abs=0.02)


def test_a_candidate_keeps_all_that_the_why_pane_shows():
    store = a_node("LIL", orders_per_day=100, preparation_minutes=30)
    decision = suggested([an_order()], [store], [a_cell(on_hand=3)], node_load={"LIL": 61})
    candidate = decision["480001"].candidates[0]

    assert (candidate.available, candidate.pieces) == (3, 1)
    assert 3_500 < candidate.distance_m < 4_500
    assert candidate.cost_cents == 450 + round(35 * candidate.distance_m / 1000)
    assert candidate.co2e_g == pytest.approx(candidate.distance_m / 4, abs=1)
    assert candidate.load_share == 0.61
    assert candidate.ready_at == NOW + timedelta(minutes=30)
    assert candidate.arrives_at > candidate.ready_at
    assert candidate.stock_as_of == NOW


def test_a_decision_keeps_the_policy_and_the_inputs_it_was_made_with():
    order = an_order(lines=(OrderLine("SKU1", 2, 1_000),), revision=4)
    policy = replace(with_rules(RuleSet("only", "Only rule")), version=14)
    decision = suggested(
        [order], NODES, [a_cell()], policy, products={"SKU1": a_product(weight_g=700)}
    )["480001"]

    assert (decision.policy_version, decision.rule, decision.rule_label) == (
        14,
        "only",
        "Only rule",
    )
    assert (decision.order_revision, decision.decided_at) == (4, NOW)
    assert (decision.pieces, decision.weight_g, decision.place_score) == (2, 1_400, 1.0)
    assert decision.due_at == in_paris(20, day=26)


def test_an_order_that_cannot_be_placed_waits_for_its_address_and_holds_up_nobody():
    unplaced = an_order("480001", point=None)
    doubtful = replace(an_order("480002"), place=at(LAMBERSART, 0.3))
    policy = with_rules(RuleSet("any"), min_place_score=0.5)

    decisions = suggested([unplaced, doubtful, an_order("480003")], NODES, [a_cell()], policy)

    for code in ("480001", "480002"):
        assert decisions[code].status is OrderState.TO_SOURCE
        assert [reason.code for reason in decisions[code].reasons] == ["address_to_check"]
        assert not decisions[code].shipments
    assert decisions["480003"].status is OrderState.ALLOCATED


def test_any_located_address_may_be_sourced_by_the_default_rules():
    vague = replace(an_order(), place=at(LAMBERSART, 0.2))

    assert suggested([vague], NODES, [a_cell()])["480001"].status is OrderState.ALLOCATED


def test_an_order_for_a_pickup_point_is_measured_to_that_point():
    order = an_order(point=None, mode=Mode.PICKUP_POINT, pickup_point="R59")
    points = {"R59": ROUBAIX}

    decision = suggested([order], NODES, [a_cell("LIL"), a_cell("RBX")], pickup_points=points)[
        "480001"
    ]

    assert decision.nodes == ("RBX",)
    assert decision.candidates[0].distance_m == 0


def test_an_order_for_an_unknown_pickup_point_is_measured_to_its_address():
    order = an_order(mode=Mode.PICKUP_POINT, pickup_point="gone")

    assert suggested([order], NODES, [a_cell("LIL"), a_cell("RBX")])["480001"].nodes == ("LIL",)


def test_no_piece_is_suggested_twice_along_the_batch():
    orders = [an_order("480001"), an_order("480002")]
    decisions = suggested(orders, NODES, [a_cell("LIL", on_hand=1), a_cell("RBX", on_hand=1)])

    assert {decision.nodes for decision in decisions.values()} == {("LIL",), ("RBX",)}
    shortage = fences_of(decisions["480002"], "LIL")["short_of_stock"]
    assert (shortage["available"], shortage["taken"], shortage["on_hand"]) == (0, 1, 1)


@pytest.mark.parametrize(
    "first",
    [
        {"promised_to": in_paris(18)},
        {"lines": (OrderLine("SKU1", 1, 99_000),)},
        {"placed_at": NOW - timedelta(hours=1)},
    ],
    ids=["the promised", "the dearer", "the earlier"],
)
def test_the_last_piece_goes_to(first):
    late = an_order("480001", wish_to=in_paris(17, day=26))
    early = replace(late, code="480002", **first)

    decisions = suggested([late, early], NODES, [a_cell("LIL", on_hand=1)])

    assert decisions["480002"].status is OrderState.ALLOCATED
    assert decisions["480001"].status is OrderState.UNFILLABLE


def test_an_order_that_no_stock_answers_says_where_it_looked():
    decision = suggested([an_order()], NODES, [a_cell("LIL", on_hand=2, safety_stock=2)])["480001"]

    assert decision.status is OrderState.UNFILLABLE
    assert [reason.code for reason in decision.reasons][:2] == ["no_candidate", "stock_nowhere"]
    shortage = fences_of(decision, "LIL")["short_of_stock"]
    assert (shortage["asked"], shortage["available"], shortage["safety"]) == (1, 0, 2)
    assert "not_held" in fences_of(decision, "RBX")


def test_stock_behind_a_fence_is_told_apart_from_no_stock():
    closed = a_node("LIL", active=False)

    decision = suggested([an_order()], [closed], [a_cell()])["480001"]

    assert decision.status is OrderState.UNFILLABLE
    assert decision.reasons[1].code == "stock_out_of_reach"
    assert decision.reasons[1]["somewhere"] == 10


def test_what_is_sent_itself_does_not_count_as_out_of_reach():
    order = an_order(lines=(OrderLine("SKU1", 5),))

    decision = suggested([order], NODES, [a_cell("LIL", on_hand=2)])["480001"]

    assert decision.status is OrderState.PARTIALLY_ALLOCATED
    (shortage,) = [reason for reason in decision.reasons if reason.code.startswith("stock_")]
    assert (shortage.code, shortage["asked"]) == ("stock_nowhere", 3)


def test_stock_at_hand_that_is_too_little_is_told_with_its_count():
    order = an_order(lines=(OrderLine("SKU1", 5),))
    undivided = Policy(sourcing=SourcingPolicy(split_allowed=False))

    decision = suggested([order], NODES, [a_cell("LIL", on_hand=2)], undivided)["480001"]

    assert decision.status is OrderState.UNFILLABLE
    shortage = decision.reasons[1]
    assert (shortage.code, shortage["asked"], shortage["available"]) == ("stock_too_little", 5, 2)


def test_an_order_waits_for_stock_that_comes_on_a_known_date():
    coming = a_cell("LIL", on_hand=0, inbound=5, inbound_at=in_paris(7, day=25))

    decision = suggested([an_order()], NODES, [coming])["480001"]

    assert decision.status is OrderState.QUEUED
    assert not decision.shipments
    waits = decision.reasons[1]
    assert waits.code == "stock_coming"
    assert (waits["node"], waits["coming"]) == ("LIL", 1)
    assert waits["expected_at"] == "2026-11-25T07:00:00+01:00"


def test_stock_without_a_date_is_not_waited_for():
    decision = suggested([an_order()], NODES, [a_cell("LIL", on_hand=0, in_transit=5)])["480001"]

    assert decision.status is OrderState.UNFILLABLE


def test_pieces_on_their_way_are_not_waited_for_by_more_orders_than_pieces():
    coming = a_cell("LIL", on_hand=0, in_transit=1, in_transit_at=in_paris(7, day=25))

    decisions = suggested([an_order("480001"), an_order("480002")], NODES, [coming])

    states = sorted(decision.status.value for decision in decisions.values())
    assert states == ["queued", "unfillable"]


def test_what_can_be_sent_is_sent_and_the_rest_is_told():
    stock = [a_cell("LIL", "SKU1"), a_cell("RBX", "SKU2", on_hand=0, inbound=3)]
    stock[1] = replace(stock[1], inbound_at=in_paris(7, day=26))

    decision = suggested([two_lines()], NODES, stock)["480001"]

    assert decision.status is OrderState.PARTIALLY_ALLOCATED
    assert [(s.node, s.lines[0].sku) for s in decision.shipments] == [("LIL", "SKU1")]
    assert any(r.code == "stock_coming" and r["sku"] == "SKU2" for r in decision.reasons)


def test_an_order_allocated_in_part_asks_for_the_rest_only():
    order = two_lines(state=OrderState.PARTIALLY_ALLOCATED)
    held = {"480001": (a_shipment("480001-1", lines=(OrderLine("SKU1", 1),)),)}

    decision = suggested([order], NODES, [a_cell("RBX", "SKU2"), a_cell("LIL")], held=held)[
        "480001"
    ]

    assert decision.status is OrderState.ALLOCATED
    assert [(s.node, s.lines) for s in decision.shipments] == [
        ("RBX", (OrderLine("SKU2", 1, 5_000),))
    ]


def test_an_order_that_had_all_its_shipments_gets_no_more():
    order = two_lines(state=OrderState.PARTIALLY_ALLOCATED)
    held = {"480001": (a_shipment("480001-1", lines=(OrderLine("SKU1", 1),)),)}
    policy = with_rules(RuleSet("any"), split_allowed=False)

    decision = suggested([order], NODES, [a_cell("RBX", "SKU2")], policy, held=held)["480001"]

    assert decision.status is OrderState.PARTIALLY_ALLOCATED
    assert not decision.shipments
    assert decision.reasons[0].code == "shipments_used_up"


def test_an_order_whose_shipments_answer_it_already_needs_nothing():
    held = {"480001": (a_shipment(),)}

    decision = suggested([an_order()], NODES, [a_cell()], held=held)["480001"]

    assert (decision.status, decision.shipments) == (OrderState.ALLOCATED, ())


def test_without_any_node_the_desk_says_so():
    assert suggested([an_order()], [], [])["480001"].reasons[0].code == "no_nodes"


def test_rows_of_one_product_add_up():
    order = an_order(lines=(OrderLine("SKU1", 1), OrderLine("SKU1", 2)))

    decision = suggested([order], NODES, [a_cell("LIL", on_hand=2), a_cell("RBX", on_hand=3)])

    assert decision["480001"].nodes == ("RBX",)


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        (RuleCondition(modes=frozenset({Mode.HOME_DELIVERY})), True),
        (RuleCondition(modes=frozenset({Mode.PICKUP_POINT})), False),
        (RuleCondition(departments=frozenset({"59", "62"})), True),
        (RuleCondition(departments=frozenset({"69"})), False),
        (RuleCondition(countries=frozenset({"BE"})), False),
        (RuleCondition(min_value_cents=1_990, max_value_cents=1_990), True),
        (RuleCondition(min_value_cents=1_991), False),
        (RuleCondition(max_value_cents=1_989), False),
        (RuleCondition(min_weight_g=1_001), False),
        (RuleCondition(max_weight_g=1_000), True),
    ],
)
def test_a_rule_is_asked_only_for_the_orders_it_is_meant_for(condition, fits):
    policy = with_rules(RuleSet("meant", condition=condition))
    decision = suggested([an_order()], NODES, [a_cell()], policy, products={"SKU1": a_product()})[
        "480001"
    ]

    assert (decision.rule == "meant") is fits
    if not fits:
        assert decision.status is OrderState.UNFILLABLE
        assert decision.reasons[0].code == "no_rule_applies"


def test_the_first_rule_that_finds_the_whole_order_decides():
    policy = with_rules(RuleSet("warehouses", node_kinds=frozenset({"warehouse"})), RuleSet("all"))

    decision = suggested([an_order()], NODES, [a_cell()], policy)["480001"]

    assert decision.rule == "all"


def test_many_nodes_are_told_in_groups_and_none_is_forgotten():
    near = [a_node(f"N{i:02}", GeoPoint(50.6 + i / 1000, 3.06)) for i in range(40)]
    far = [a_node(f"F{i:02}", GeoPoint(45.0 + i / 1000, 4.8)) for i in range(40)]
    stock = [a_cell(node.code) for node in near[:30] + far]

    decision = suggested([an_order()], [*near, *far], stock)["480001"]

    told = [c.node for c in decision.candidates]
    grouped = [node for group in decision.others for node in group.nodes]
    unnamed = {node.code for node in (*near, *far)} - set(told) - set(grouped)
    assert len(told) == 16
    assert unnamed == {node.code for node in far}
    assert [group.reason.code for group in decision.others if not group.nodes] == [
        "others_out_of_range"
    ]
    assert decision.group_of("F07").reason.code == "others_out_of_range"
    lower = next(g for g in decision.others if g.reason.code == "others_ranked_lower")
    assert decision.group_of(lower.nodes[0]) == lower
    assert decision.group_of(told[0]) is None
    assert sum(group.count for group in decision.others) + len(told) == 80
    counts = {group.reason.code: group.reason["count"] for group in decision.others}
    assert counts == {
        "others_ranked_lower": 22,
        "others_short_of_stock": 2,
        "others_out_of_range": 40,
    }


def test_stop_ends_the_batch_with_nothing_half_done():
    with pytest.raises(Stopped):
        suggested([an_order()], NODES, [a_cell()], stop=lambda: True)


def test_progress_reaches_its_total():
    told: list[tuple[int, int]] = []
    orders = [an_order(f"{480_000 + i}") for i in range(120)]

    suggested(orders, NODES, [], progress=lambda done, total, best="": told.append((done, total)))

    assert told == [(0, 120), (50, 120), (100, 120), (120, 120)]


def test_a_rule_without_weights_falls_back_on_distance():
    policy = with_rules(RuleSet("bare", ratings=((Rating.COST, 0.0),)))

    decision = suggested([an_order()], NODES, [a_cell("LIL"), a_cell("LYO")], policy)["480001"]

    assert decision.nodes == ("LIL",)
    assert decision.margin == 0


def test_a_promise_goes_before_a_wish_for_an_earlier_day():
    wished = an_order("480001", wish_to=in_paris(18))
    promised = an_order("480002", promised_to=in_paris(18, day=26))

    decisions = suggested([wished, promised], NODES, [a_cell("LIL", on_hand=1)])

    assert decisions["480002"].status is OrderState.ALLOCATED
    assert decisions["480001"].status is OrderState.UNFILLABLE


def test_between_equals_the_first_code_is_taken():
    twins = [a_node("B"), a_node("A")]

    decision = suggested([an_order()], twins, [a_cell("B"), a_cell("A")])["480001"]

    assert decision.nodes == ("A",)
    assert decision.margin == 0


def test_a_part_is_sent_by_the_first_rule_that_finds_as_much():
    decision = suggested([two_lines()], NODES, [a_cell("LIL"), a_cell("LYO")])["480001"]

    assert (decision.nodes, decision.rule) == (("LIL",), "near")
