"""What earns a node its points."""

import numpy as np
import pytest

from app.domain.nodes import NodeKind
from app.domain.policy import Rating, RuleSet
from app.planning.sourcing.ratings import FARTHEST_M, NEAR_M, falling, rising
from tests.builders import LYON, ROUBAIX, a_cell, a_node, an_order
from tests.sourcing.asking import suggested, with_rules


def winner(rating: Rating, nodes, stock, **but) -> str:
    policy = with_rules(RuleSet("one", ratings=((rating, 1.0),)))
    decision = suggested([an_order()], nodes, stock, policy, **but)["480001"]
    assert {part.criterion for part in decision.candidates[0].parts} == {rating.value}
    return decision.nodes[0]


@pytest.mark.parametrize("rating", [Rating.DISTANCE, Rating.COST, Rating.CARBON])
def test_the_nearer_is_the_cheaper_and_the_greener(rating):
    nodes = [a_node("FAR", LYON), a_node("NEAR", ROUBAIX)]

    assert winner(rating, nodes, [a_cell("FAR", on_hand=99), a_cell("NEAR")]) == "NEAR"


def test_keeping_stock_where_it_sells_spares_the_store_with_little_left():
    nodes = [a_node("FEW"), a_node("MANY", ROUBAIX)]

    assert winner(Rating.KEEP_STOCK, nodes, [a_cell("FEW", on_hand=1), a_cell("MANY")]) == "MANY"


def test_keeping_stock_where_it_sells_takes_from_a_warehouse_first():
    nodes = [a_node("STORE"), a_node("DEPOT", LYON, kind=NodeKind.WAREHOUSE)]
    stock = [a_cell("STORE", on_hand=500), a_cell("DEPOT", on_hand=1)]

    assert winner(Rating.KEEP_STOCK, nodes, stock) == "DEPOT"


def test_load_prefers_the_store_with_hands_free():
    nodes = [a_node("BUSY", orders_per_day=10), a_node("FREE", ROUBAIX, orders_per_day=10)]
    stock = [a_cell("BUSY"), a_cell("FREE")]

    assert winner(Rating.LOAD, nodes, stock, node_load={"BUSY": 8, "FREE": 2}) == "FREE"


def test_points_fall_from_a_hundred_to_none():
    points = falling(np.array([0.0, FARTHEST_M, 2 * FARTHEST_M]), NEAR_M, FARTHEST_M)

    assert points.tolist() == [100.0, 0.0, 0.0]


@pytest.mark.parametrize("metres", [20_000.0, 200_000.0])
def test_twice_as_far_costs_about_nine_points_near_and_far(metres):
    points = falling(np.array([metres, 2 * metres]), NEAR_M, FARTHEST_M)

    assert points[0] - points[1] == pytest.approx(9, abs=0.25)


def test_half_the_points_are_earned_at_the_half():
    assert rising(np.array([-5.0, 0.0, 5.0]), 5.0).tolist() == [0.0, 0.0, 50.0]


def test_who_else_stands_in_line_changes_nobody_s_score():
    alone = suggested([an_order()], [a_node("RBX", ROUBAIX)], [a_cell("RBX")])["480001"]
    stock = [a_cell("RBX"), a_cell("LIL")]
    both = suggested([an_order()], [a_node("LIL"), a_node("RBX", ROUBAIX)], stock)["480001"]

    assert alone.candidate("RBX").score == both.candidate("RBX").score
