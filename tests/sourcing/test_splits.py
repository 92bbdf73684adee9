"""Orders that one node cannot serve alone: as few shipments as can be, and only where allowed."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.orders import OrderLine, OrderState
from app.domain.policy import RuleSet
from app.domain.values import GeoPoint
from app.planning.sourcing.splits import Holders, fewest, most_pieces
from tests.builders import ROUBAIX, a_cell, a_node, an_order
from tests.sourcing.asking import fences_of, suggested, with_rules

ANY = RuleSet("any")
LINES = tuple(OrderLine(f"S{i}", 1, 1_000) for i in range(3))


def nodes(*codes: str):
    return [a_node(code, GeoPoint(50.60 + i / 100, 3.06)) for i, code in enumerate(codes)]


def cells(**held: str):
    return [a_cell(node, f"S{sku}") for node, skus in held.items() for sku in skus]


def test_one_node_with_everything_is_preferred_to_nearer_parts():
    order = an_order(lines=LINES, point=GeoPoint(50.60, 3.06))

    decision = suggested(
        [order], nodes("A", "B", "C"), cells(A="01", B="12", C="012"), with_rules(ANY)
    )["480001"]

    assert decision.nodes == ("C",)


def test_two_shipments_are_preferred_to_three():
    order = an_order(lines=LINES, point=GeoPoint(50.60, 3.06))
    stock = cells(A="0", B="1", C="2", D="01", E="12")

    decision = suggested([order], nodes("A", "B", "C", "D", "E"), stock, with_rules(ANY))["480001"]

    assert len(decision.shipments) == 2
    assert decision.nodes[0] in {"A", "C", "D"}
    assert decision.reasons[0].code == "split_needed"


def test_of_two_equal_splits_the_nearer_wins_and_its_lead_is_told():
    order = an_order(lines=LINES[:2], point=GeoPoint(50.60, 3.06))
    stock = cells(A="0", B="1", C="1")

    decision = suggested([order], nodes("A", "B", "C"), stock, with_rules(ANY))["480001"]

    assert decision.nodes == ("A", "B")
    lead = decision.candidate("B").score - decision.candidate("C").score
    assert decision.margin == pytest.approx(lead / 2, abs=1e-3)
    assert not decision.sure
    assert "not_held" in fences_of(decision, "C")


def test_a_line_may_be_shared_when_nobody_has_all_its_pieces():
    order = an_order(lines=(OrderLine("S0", 5),))
    stock = [a_cell("A", "S0", on_hand=3), a_cell("B", "S0", on_hand=4)]

    decision = suggested([order], nodes("A", "B"), stock, with_rules(ANY))["480001"]

    assert sum(s.lines[0].quantity for s in decision.shipments) == 5
    assert decision.status is OrderState.ALLOCATED


def test_nothing_is_split_where_the_policy_forbids_it():
    order = an_order(lines=LINES[:2])
    policy = with_rules(ANY, split_allowed=False)

    decision = suggested([order], nodes("A", "B"), cells(A="0", B="1"), policy)["480001"]

    assert decision.status is OrderState.UNFILLABLE
    assert not decision.shipments


@pytest.mark.parametrize(("most", "status"), [(2, "partially_allocated"), (3, "allocated")])
def test_never_more_shipments_than_the_policy_allows(most, status):
    order = an_order(lines=LINES)
    policy = with_rules(ANY, max_shipments=most)

    decision = suggested([order], nodes("A", "B", "C"), cells(A="0", B="1", C="2"), policy)

    assert decision["480001"].status.value == status
    assert len(decision["480001"].shipments) <= most


def test_a_rule_may_allow_fewer_shipments_than_the_policy():
    order = an_order(lines=LINES[:2])
    policy = with_rules(RuleSet("whole", max_shipments=1), RuleSet("parts"))

    decision = suggested([order], nodes("A", "B"), cells(A="0", B="1"), policy)["480001"]

    assert decision.rule == "parts"


def test_room_is_kept_for_what_is_still_to_come():
    order = an_order(lines=LINES)
    policy = with_rules(ANY, max_shipments=2)

    decision = suggested([order], nodes("A", "B"), cells(A="0", B="1"), policy)["480001"]

    assert decision.status is OrderState.PARTIALLY_ALLOCATED
    assert len(decision.shipments) == 1


def test_no_order_is_split_where_a_part_is_worth_too_little():
    lines = (OrderLine("S0", 1, 9_000), OrderLine("S1", 1, 500))
    stock = cells(A="0", B="1")
    thrifty = with_rules(ANY, min_split_value_cents=1_000)

    refused = suggested([an_order(lines=lines)], nodes("A", "B"), stock, thrifty)["480001"]
    shared = suggested([an_order(lines=lines)], nodes("A", "B"), stock, with_rules(ANY))["480001"]

    assert refused.status is OrderState.UNFILLABLE
    assert shared.status is OrderState.ALLOCATED


def test_nothing_is_sent_ahead_where_the_rest_is_worth_too_little():
    lines = (OrderLine("S0", 1, 9_000), OrderLine("S1", 1, 500))
    thrifty = with_rules(ANY, min_split_value_cents=1_000)

    decision = suggested([an_order(lines=lines)], nodes("A"), cells(A="0"), thrifty)["480001"]

    assert decision.status is OrderState.UNFILLABLE


def test_the_cost_of_a_split_counts_every_shipment():
    order = an_order(lines=LINES[:2], point=ROUBAIX)

    decision = suggested([order], nodes("A", "B"), cells(A="0", B="1"), with_rules(ANY))["480001"]

    both = [decision.candidate(node).cost_cents for node in decision.nodes]
    assert decision.cost_cents == sum(both) > 900


@st.composite
def sharing_problems(draw: st.DrawFn) -> Holders:
    lines = draw(st.integers(1, 4))
    rows = draw(st.integers(1, 7))
    asked = np.array(draw(st.lists(st.integers(1, 3), min_size=lines, max_size=lines)))
    table = st.lists(st.integers(0, 3), min_size=lines, max_size=lines)
    held = np.array(draw(st.lists(table, min_size=rows, max_size=rows)))
    scores = np.sort(
        np.array(draw(st.lists(st.integers(0, 100), min_size=rows, max_size=rows)), dtype=float)
    )[::-1]
    offered = np.minimum(held, asked)
    return Holders(np.arange(rows), offered, scores, asked, np.full(lines, 100))


def brute_force_size(holders: Holders, most: int) -> int | None:
    for size in range(1, most + 1):
        for rows in combinations(range(len(holders.nodes)), size):
            if (holders.offered[list(rows)].sum(axis=0) >= holders.asked).all():
                return size
    return None


@settings(deadline=None)
@given(sharing_problems(), st.integers(1, 6))
def test_a_split_is_as_small_as_exhaustive_search_finds(holders: Holders, most: int):
    found = fewest(holders, most)

    size = brute_force_size(holders, most)
    if size is not None and size <= 4:
        assert found is not None
        assert len(found.nodes) == size
    if found is not None:
        assert len(found.nodes) <= most
        assert (found.given.sum(axis=0) == holders.asked).all()
        assert (found.given <= holders.offered[list(found.nodes)]).all()
        assert (found.given.sum(axis=1) > 0).all()
        assert len(set(found.nodes)) == len(found.nodes)


@settings(deadline=None)
@given(sharing_problems(), st.integers(0, 3))
def test_a_part_is_never_more_than_asked_nor_than_is_held(holders: Holders, most: int):
    found = most_pieces(holders, most)

    if found is not None:
        assert len(found.nodes) <= most
        assert (found.given.sum(axis=0) <= holders.asked).all()
        assert (found.given <= holders.offered[list(found.nodes)]).all()
        assert len(set(found.nodes)) == len(found.nodes)
        single_best = holders.offered.sum(axis=1).max()
        assert found.pieces >= single_best


def test_more_nodes_than_can_be_searched_are_still_shared_among():
    lines = tuple(OrderLine(f"S{i}", 1) for i in range(6))
    codes = [f"N{i}" for i in range(6)]
    stock = [a_cell(code, f"S{i}") for i, code in enumerate(codes)]

    decision = suggested(
        [an_order(lines=lines)], nodes(*codes), stock, with_rules(ANY, max_shipments=6)
    )["480001"]

    assert len(decision.shipments) == 6
    assert decision.status is OrderState.ALLOCATED
