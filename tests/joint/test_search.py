"""Sending and touring decided together: exact gains, never dearer, stock and locks kept."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.joint.moves import JointSuggestion
from app.planning.joint.search import joint_moves
from tests.joint.a_joint_day import JointDay, Wish, a_joint_day

#: Roubaix lies 0.11 degrees east and 0.054 north of Lille.
NEAR_ROUBAIX, NEAR_LILLE = Wish(0.112, 0.056), Wish(0.002, 0.001)
AT_ROUBAIX = replace(NEAR_ROUBAIX, now="RBX", north=0.058)


def nodes_after(day: JointDay, found: JointSuggestion) -> dict[str, str]:
    everything = found.sent(range(len(found.moves)))
    return {
        one.order: everything[one.order].to_node if one.order in everything else one.now.node
        for one in day.orders
    }


def total_mc(day: JointDay, found: JointSuggestion) -> int:
    plan = found.tours.plan_with(range(len(found.moves)))
    return day.cost_mc(plan, nodes_after(day, found))


def before_mc(day: JointDay) -> int:
    return day.cost_mc(day.question.plan, {one.order: one.now.node for one in day.orders})


def test_an_order_goes_to_the_node_whose_tour_passes_by():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX)

    found = joint_moves(day.question)

    (move,) = found.moves
    (sent,) = move.sent
    assert (sent.order, sent.node, sent.to_node) == ("480002", "LIL", "RBX")
    assert sent.near_m is not None
    assert sent.near_m < 500
    assert move.change.distance_m < -10_000
    assert total_mc(day, found) == day.least_mc() < before_mc(day)


def test_a_parcel_is_not_bought_for_a_door_beside_a_running_tour():
    day = a_joint_day(NEAR_LILLE, replace(NEAR_ROUBAIX, by_tour=False), AT_ROUBAIX)

    found = joint_moves(day.question)

    (move,) = found.moves
    assert move.carrier_cents == -5_000
    assert move.sent[0].tour == ""
    assert total_mc(day, found) == day.least_mc() < before_mc(day)


def test_several_stops_go_together_where_one_alone_would_save_nothing():
    pair = [replace(NEAR_ROUBAIX, north=0.056 + 0.001 * n) for n in range(3)]
    day = a_joint_day(NEAR_LILLE, *pair, AT_ROUBAIX)

    found = joint_moves(day.question)

    assert total_mc(day, found) == day.least_mc()
    assert nodes_after(day, found) == dict.fromkeys([one.order for one in day.orders], "RBX") | {
        "480001": "LIL"
    }


def test_a_short_tour_is_given_up_where_its_stops_ride_cheaper_with_others():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX, fixed_cents=4_000)

    found = joint_moves(day.question)

    plan = found.tours.plan_with(range(len(found.moves)))
    assert [tour.depot for tour in plan.tours] == ["RBX"]
    assert total_mc(day, found) == day.least_mc()


def test_a_node_without_the_pieces_sends_nothing():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX, spare={"LIL": 0, "RBX": 0})

    assert joint_moves(day.question).moves == ()


def test_full_nodes_take_no_more_orders():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX)
    day.question.shelf.room.update(LIL=0, RBX=0)

    assert joint_moves(day.question).moves == ()


def test_two_orders_share_the_last_piece_of_the_nearer_node():
    other = replace(NEAR_ROUBAIX, north=0.05)
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, other, AT_ROUBAIX, spare={"LIL": 9, "RBX": 1})

    found = joint_moves(day.question)

    assert sum(node == "RBX" for node in nodes_after(day, found).values()) <= 2
    assert total_mc(day, found) <= before_mc(day)


def test_a_drafts_stop_that_may_not_move_stays():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX)
    fixed = replace(day.question, orders=day.orders[:1])

    assert joint_moves(fixed).moves == ()


def test_stop_keeps_what_was_found():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX)
    asked = 0

    def enough() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    found = joint_moves(day.question, enough)

    assert total_mc(day, found) <= before_mc(day)


def test_stopped_at_once_there_is_no_move():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX)

    assert joint_moves(day.question, lambda: True).moves == ()


def test_tours_name_the_shipments_that_will_be_made():
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX)

    plan = joint_moves(day.question).tours.plan_with([0])

    names = {stop.shipment for tour in plan.tours for stop in tour.deliveries}
    assert names == {"480001-1", "480002-2", "480003-1"}


wishes = st.builds(
    Wish,
    east=st.floats(-0.05, 0.2),
    north=st.floats(-0.05, 0.1),
    now=st.sampled_from(["LIL", "RBX"]),
    carrier_cents=st.sampled_from([600, 1_500, 5_000]),
    by_tour=st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(wishes, min_size=1, max_size=4), st.integers(0, 4), st.integers(0, 4))
def test_joint_is_never_dearer_than_two_steps_nor_cheaper_than_all_that_is_possible(
    some, in_lille, in_roubaix
):
    day = a_joint_day(*some, spare={"LIL": in_lille, "RBX": in_roubaix})

    found = joint_moves(day.question)

    assert day.least_mc() <= total_mc(day, found) <= before_mc(day)
    used = dict.fromkeys(("LIL", "RBX"), 0)
    for node in nodes_after(day, found).values():
        used[node] += 1
    assert all(used[node] <= day.stock[node] for node in used)


@settings(deadline=None, max_examples=30)
@given(st.lists(wishes, min_size=2, max_size=5), st.data())
def test_whatever_is_ticked_is_what_the_figures_promised(some, data):
    day = a_joint_day(*some)
    found = joint_moves(day.question)
    ticked = data.draw(
        st.sets(st.sampled_from(range(len(found.moves)))) if found.moves else st.just(set())
    )

    numbers = found.with_needed(ticked)
    plan = found.tours.plan_with(numbers)
    sent = found.sent(numbers)

    before = day.question.plan
    assert plan.distance_m - before.distance_m == found.change(ticked).distance_m
    assert all(one.node != one.to_node for one in sent.values())
    deliveries = [stop.order for tour in plan.tours for stop in tour.deliveries]
    assert len(deliveries) == len(set(deliveries))
    by_node = {s.order: tour.depot for tour in plan.tours for s in tour.deliveries}
    for order, one in sent.items():
        assert by_node[order] == one.to_node


@pytest.mark.parametrize("least_cents", [1, 100_000])
def test_a_move_gains_what_it_must(least_cents):
    day = a_joint_day(NEAR_LILLE, NEAR_ROUBAIX, AT_ROUBAIX, least_cents=least_cents)

    for move in joint_moves(day.question).moves:
        assert move.worth_mc <= -1000 * least_cents
