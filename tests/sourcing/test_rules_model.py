"""What rules may say of orders: for whom they are, who waits, who comes first, what is left."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.policy_file import read_policy, write_policy
from app.domain.orders import Mode, OrderLine, OrderState
from app.domain.policy import RuleCondition, RuleSet, Turn, Weekday
from app.domain.values import Address
from app.errors import BadPolicy
from tests.builders import (
    LAMBERSART,
    LILLE,
    LYON,
    NOW,
    ROUBAIX,
    a_cell,
    a_node,
    a_product,
    an_order,
)
from tests.sourcing.asking import in_paris, suggested, with_rules
from tests.sourcing.test_together import together

ALL = RuleSet("all", max_late_days=None)
TWO = (OrderLine("SKU1", 1, 1_000), OrderLine("SKU2", 1, 1_000))
FRIDGE = a_product("SKU2", handling=frozenset({"two_person"}))


def only(**condition: object) -> RuleSet:
    """A rule for these orders alone, that sends from Roubaix."""
    return RuleSet(
        "own", condition=RuleCondition(**condition), nodes=frozenset({"RBX"}), max_late_days=None
    )


def node_of(order: object, rule: RuleSet, **but: object) -> str:
    """Who sends under the rule and, where it is not meant, under one for all."""
    nodes = (a_node("LIL"), a_node("RBX", ROUBAIX))
    stock = [a_cell(n.code, sku) for n in nodes for sku in ("SKU1", "SKU2", "COLD-7")]
    made = suggested([order], nodes, stock, with_rules(rule, ALL), **but)
    return made["480001"].nodes[0]


@pytest.mark.parametrize(
    ("condition", "fits", "misses"),
    [
        ({"postcode_prefixes": {"591"}}, {}, {"address": Address(postcode="75011")}),
        ({"skus": {"SKU1"}}, {}, {"lines": (OrderLine("SKU2", 1),)}),
        ({"skus": {"cold-*"}}, {"lines": (OrderLine("COLD-7", 1),)}, {}),
        ({"customers": {"Mairie*"}}, {"customer": "Mairie de Lille"}, {"customer": "La Mairie"}),
        ({"customers": {"Claire Delattre"}}, {}, {"customer": "Claire Delattre-Roux"}),
        ({"weekdays": {Weekday.TUESDAY}}, {}, {"placed_at": NOW + timedelta(days=1)}),
        ({"placed_from": time(9)}, {}, {"placed_at": in_paris(8, 59)}),
        ({"placed_before": time(9, 43)}, {}, {"placed_at": in_paris(9, 43)}),
        (
            {"placed_from": time(22), "placed_before": time(6)},
            {"placed_at": in_paris(5, 59)},
            {"placed_at": in_paris(6)},
        ),
    ],
)
def test_a_condition_picks_the_orders_it_is_for(
    condition: dict[str, object], fits: dict[str, object], misses: dict[str, object]
):
    rule = only(**{k: frozenset(v) if isinstance(v, set) else v for k, v in condition.items()})

    assert node_of(an_order(**fits), rule) == "RBX"
    assert node_of(an_order(**misses), rule) == "LIL"


def test_handling_is_that_of_the_products_ordered():
    rule = only(handling=frozenset({"two_person"}))
    products = {"SKU2": FRIDGE}

    assert node_of(an_order(lines=TWO), rule, products=products) == "RBX"
    assert node_of(an_order(), rule, products=products) == "LIL"


def test_a_rule_that_names_nodes_keeps_the_others_out_and_says_so():
    rule = replace(ALL, nodes=frozenset({"RBX"}))
    nodes = (a_node("LIL"), a_node("RBX", ROUBAIX))

    made = suggested([an_order()], nodes, [a_cell("LIL"), a_cell("RBX")], with_rules(rule))

    candidate = made["480001"].candidate("LIL")
    assert candidate is not None
    assert [reason.code for reason in candidate.fences] == ["not_named"]


def split(**policy: object):
    """An order of two products, one at each of two nodes."""
    nodes = (a_node("LIL"), a_node("RBX", ROUBAIX))
    stock = [a_cell("LIL", "SKU1"), a_cell("RBX", "SKU2")]
    asked = {"products": {"SKU2": FRIDGE}}
    rules = with_rules(ALL, **policy)
    return suggested([an_order(lines=TWO)], nodes, stock, rules, **asked)["480001"]


def test_what_may_not_part_is_never_split():
    assert len(split().shipments) == 2
    assert split(inseparable=frozenset({"cold"})).status is OrderState.ALLOCATED

    whole = split(inseparable=frozenset({"two_person"}))
    assert (whole.status, whole.shipments) == (OrderState.UNFILLABLE, ())


def partly(**policy: object):
    """An order of which one product is there and the other comes on Thursday."""
    thursday = in_paris(8, day=26)
    stock = [
        a_cell("LIL", "SKU1"),
        a_cell("LIL", "SKU2", 0, inbound=3, inbound_at=thursday),
    ]
    return suggested([an_order(lines=TWO)], [a_node("LIL")], stock, with_rules(ALL, **policy))


def test_the_rest_waits_with_its_date_while_what_is_there_leaves():
    made = partly()["480001"]

    assert made.status is OrderState.PARTIALLY_ALLOCATED
    assert [reason["expected_on"] for reason in made.reasons if reason.code == "stock_coming"] == [
        "2026-11-26"
    ]


def test_nothing_leaves_before_all_of_it_can_where_parts_are_not_sent():
    made = partly(send_in_part=False)["480001"]

    assert (made.status, made.shipments) == (OrderState.QUEUED, ())
    assert [reason.code for reason in made.reasons] == ["waits_whole", "stock_coming"]


def test_the_optimum_sends_no_parts_either_where_none_are_to_be_sent():
    stock = [a_cell("LIL", "SKU1")]
    order = an_order(lines=TWO)

    def sent(policy: object) -> int:
        made = together([order], [a_node("LIL")], stock, policy)
        return len(made.decisions[0].shipments)

    assert sent(with_rules(ALL)) == 1
    assert sent(with_rules(ALL, send_in_part=False)) == 0


def fallen(*nodes: object, **but: object):
    near = RuleSet("near", max_range_m=1_000, max_late_days=None)
    stock = [a_cell("LIL"), a_cell("RBX")]
    return suggested([an_order(**but)], nodes, stock, with_rules(near, fallback_node="RBX"))[
        "480001"
    ]


def test_an_order_that_no_rule_finds_goes_to_the_node_of_last_resort():
    made = fallen(a_node("LIL"), a_node("RBX", ROUBAIX))

    assert made.nodes == ("RBX",)
    assert made.reasons[0].code == "fallback_node"
    assert [reason.code for reason in made.candidates[0].fences] == ["out_of_range"]


def test_the_node_of_last_resort_is_never_one_that_is_switched_off_or_short():
    assert fallen(a_node("LIL"), a_node("RBX", ROUBAIX, active=False)).shipments == ()
    assert fallen(a_node("RBX", ROUBAIX), lines=(OrderLine("SKU1", 11),)).shipments == ()


@pytest.mark.parametrize(
    ("turns", "first"),
    [
        ((Turn.PROMISE, Turn.VALUE, Turn.PLACED), "promised"),
        ((Turn.VALUE,), "dear"),
        ((Turn.PLACED,), "early"),
        ((Turn.PIECES, Turn.PLACED), "early"),
    ],
)
def test_the_last_piece_goes_by_the_turns_of_the_policy(turns: tuple[Turn, ...], first: str):
    orders = [
        an_order("promised", promised_to=in_paris(18)),
        an_order("dear", lines=(OrderLine("SKU1", 1, 90_000),)),
        an_order("early", placed_at=NOW - timedelta(hours=3)),
    ]

    made = suggested(orders, [a_node()], [a_cell(on_hand=1)], with_rules(ALL, turns=turns))

    assert [code for code, decision in made.items() if decision.shipments] == [first]


def held(*codes: str, now=NOW, **rule: object):
    waiting = replace(ALL, label="Evening", **rule)
    orders = [an_order(code) for code in codes]
    return suggested(orders, [a_node()], [a_cell()], with_rules(waiting), now=now)


def test_orders_wait_for_the_hour_of_their_rule_and_then_go():
    before = held("480001", hold_until=time(12))["480001"]
    assert (before.status, before.shipments) == (OrderState.QUEUED, ())
    assert before.reasons[0]["ends_at"] == "2026-11-24T12:00:00+01:00"

    after = held("480001", now=in_paris(12), hold_until=time(12))["480001"]
    assert after.status is OrderState.ALLOCATED


def test_orders_wait_until_there_are_enough_of_them():
    assert held("1", "2", hold_orders=3)["1"].reasons[0].code == "held_for_number"
    assert held("1", "2", "3", hold_orders=3)["1"].status is OrderState.ALLOCATED
    both = held("1", "2", hold_orders=2, hold_until=time(23))
    assert both["2"].status is OrderState.ALLOCATED


def test_no_order_waits_past_its_promise():
    order = an_order(promised_to=in_paris(11))
    rule = replace(ALL, hold_until=time(12))

    made = suggested([order], [a_node()], [a_cell()], with_rules(rule))

    assert made["480001"].shipments


def test_an_order_asked_for_by_name_does_not_wait():
    rule = replace(ALL, hold_until=time(12))

    made = suggested([an_order()], [a_node()], [a_cell()], with_rules(rule), at_once=True)

    assert made["480001"].shipments


def test_the_optimum_leaves_held_orders_alone():
    rule = replace(ALL, hold_until=time(12))

    made = together([an_order()], [a_node()], [a_cell()], with_rules(rule))

    assert made.decisions[0].reasons[0].code == "held_until"


@given(
    st.builds(
        RuleCondition,
        postcode_prefixes=st.frozensets(st.sampled_from(["59", "590", "75"])),
        skus=st.frozensets(st.sampled_from(["SKU1", "COLD-*"])),
        handling=st.frozensets(st.sampled_from(["cold", "fragile"])),
        customers=st.frozensets(st.sampled_from(["Mairie*", "Claire Delattre"])),
        weekdays=st.frozensets(st.sampled_from(Weekday)),
        placed_from=st.none() | st.times(max_value=time(11)),
        placed_before=st.none() | st.times(min_value=time(12)),
    ),
    st.none() | st.times(),
    st.none() | st.integers(1, 10_000),
    st.lists(st.sampled_from(Turn), unique=True),
)
def test_rules_are_read_as_they_were_written(
    condition: RuleCondition, until: time | None, number: int | None, turns: list[Turn]
):
    rule = replace(
        ALL,
        condition=condition,
        nodes=frozenset({"RBX"}),
        hold_until=until,
        hold_orders=number,
    )
    policy = with_rules(
        rule,
        turns=tuple(turns),
        send_in_part=False,
        fallback_node="LIL",
        inseparable=frozenset({"cold"}),
    )

    assert read_policy(write_policy(policy)) == policy


def test_hours_that_leave_no_moment_are_refused_at_their_line():
    text = (
        '[[sourcing.rule]]\nname = "a"\n[sourcing.rule.only]\n'
        "placed_from = 08:00:00\nplaced_before = 08:00:00\n"
    )
    with pytest.raises(BadPolicy) as refused:
        read_policy(text)

    assert (refused.value.line, refused.value.field) == (5, "sourcing.rule.only.placed_before")


def test_orders_to_collect_never_fall_back():
    order = an_order(mode=Mode.CLICK_AND_COLLECT, collect_node="LIL")
    near = RuleSet("near", max_range_m=1_000)
    nodes = (a_node("LIL", LILLE), a_node("RBX", ROUBAIX))

    made = suggested(
        [order], nodes, [a_cell("RBX")], with_rules(near, fallback_node="RBX"), now=NOW
    )

    assert made["480001"].shipments == ()
    assert an_order().place.point == LAMBERSART


def test_the_optimum_falls_back_with_what_it_leaves_there_and_gives_no_piece_twice():
    """Roubaix has two pieces: one goes by the rules, one to whom no rule helps, none is left."""
    near = RuleSet("near", max_range_m=20_000, max_late_days=None)
    policy = with_rules(near, fallback_node="RBX")
    nodes = [a_node("RBX", ROUBAIX)]
    orders = [
        an_order("1", ROUBAIX, lines=(OrderLine("SKU1", 1, 9_000),)),
        an_order("2", LYON, lines=(OrderLine("SKU1", 1, 5_000),)),
        an_order("3", LYON, lines=(OrderLine("SKU1", 1, 1_000),)),
    ]

    found = together(orders, nodes, [a_cell("RBX", on_hand=2)], policy)

    sent = {made.order: made.nodes for made in found.decisions}
    assert sent == {"1": ("RBX",), "2": ("RBX",), "3": ()}
    made = {one.order: one for one in found.decisions}
    assert made["2"].reasons[0].code == "fallback_node"


def test_the_optimum_falls_back_where_others_took_what_the_rules_would_send():
    near = RuleSet("near", max_range_m=20_000, max_late_days=None)
    policy = with_rules(near, fallback_node="LYO")
    nodes = [a_node("LIL", LILLE), a_node("LYO", LYON)]
    orders = [an_order("1", LILLE), an_order("2", LILLE)]

    found = together(orders, nodes, [a_cell("LIL", on_hand=1), a_cell("LYO", on_hand=1)], policy)

    assert sorted(made.nodes for made in found.decisions) == [("LIL",), ("LYO",)]
