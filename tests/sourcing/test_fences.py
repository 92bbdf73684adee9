"""What keeps a node out of an order, and by how much it misses."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from app.domain.nodes import NodeKind, Service
from app.domain.orders import OrderState
from app.domain.policy import Fence, Rating, RuleSet
from tests.builders import LYON, NOW, a_cell, a_node, an_order
from tests.sourcing.asking import fences_of, in_paris, suggested, with_rules

ON_TIME = with_rules(RuleSet("on time"))
TODAY = {"promised_from": in_paris(14), "promised_to": in_paris(16)}
ALL_FENCES = tuple(Fence)


def kept_out(node, policy=ON_TIME, *, stock=None, node_load=None, now=NOW, **order):
    """The fences before a node for an order promised today between 14:00 and 16:00."""
    decision = suggested(
        [an_order(**(TODAY | order))],
        [node],
        [a_cell(node.code)] if stock is None else stock,
        policy,
        now=now,
        node_load=node_load,
    )["480001"]
    assert (decision.status is OrderState.ALLOCATED) is (not decision.candidates[0].fences)
    return fences_of(decision, node.code)


def test_an_open_store_with_stock_passes_every_fence():
    store = a_node(
        opening_hours="Mo-Sa 09:00-19:30", preparation_minutes=60, cutoff=time(12), orders_per_day=1
    )

    assert kept_out(store) == {}


def test_a_store_that_closes_before_the_order_is_ready_is_out():
    store = a_node(opening_hours="Mo-Sa 09:00-10:00", preparation_minutes=20)

    reason = kept_out(store)["closes_before_ready"]

    assert reason["closes_at"] == "2026-11-24T10:00:00+01:00"
    assert reason["ready_at"] == "2026-11-24T10:02:00+01:00"


def test_a_store_closed_today_is_out_and_says_when_it_opens():
    reason = kept_out(a_node(opening_hours="We-Sa 09:00-19:00"))["closed_today"]

    assert reason["opens_at"] == "2026-11-25T09:00:00+01:00"


def test_a_store_closed_today_serves_an_order_promised_for_tomorrow():
    store = a_node(opening_hours="We-Sa 09:00-19:00")

    assert kept_out(store, promised_to=in_paris(16, day=25)) == {}


def test_a_store_that_opens_too_late_is_out():
    reason = kept_out(a_node(opening_hours="Mo-Sa 15:50-19:00"))["opens_too_late"]

    assert reason["opens_at"] == "2026-11-24T15:50:00+01:00"
    assert "2026-11-24T15:45" < reason["needed_at"] < "2026-11-24T15:50"


def test_a_store_that_opens_in_time_and_prepares_too_long_is_out():
    store = a_node(opening_hours="Mo-Sa 13:00-19:00", preparation_minutes=180)

    assert set(kept_out(store)) == {"opens_too_late"}


def test_a_preparation_longer_than_any_opening_goes_on_the_next_day():
    depot = a_node(opening_hours="Mo-Sa 08:00-18:00", preparation_minutes=24 * 60)

    decision = suggested([an_order()], [depot], [a_cell()])["480001"]

    assert decision.candidates[0].ready_at == in_paris(13, 42, day=26)
    assert decision.rule == "near"


def test_a_public_holiday_closes_a_store():
    store = a_node(opening_hours="Mo-Su 09:00-19:00; PH off")
    armistice = datetime(2026, 11, 11, 8, 42, tzinfo=UTC)
    due = {"promised_from": None, "promised_to": armistice + timedelta(hours=6)}

    assert set(kept_out(store, now=armistice, **due)) == {"closed_today"}
    assert (
        kept_out(store, now=armistice + timedelta(days=1), promised_to=in_paris(14, day=12)) == {}
    )


def test_a_store_without_any_opening_in_sight_is_out():
    reason = kept_out(a_node(opening_hours="Jul-Aug 09:00-19:00"))

    assert reason["closed_for_long"]["days"] == 21


def test_hours_that_cannot_be_read_keep_a_store_out_and_are_shown():
    assert kept_out(a_node(opening_hours="9h-19h"))["hours_unreadable"]["hours"] == "9h-19h"


def test_a_node_too_far_for_the_time_left_is_out():
    reason = kept_out(a_node("LYO", LYON))["too_far_in_time"]

    assert reason["travel_s"] > 8 * 3600
    assert reason["needed_at"] < reason["ready_at"]


def test_past_its_cutoff_a_node_cannot_leave_today():
    reason = kept_out(a_node(cutoff=time(9, 30)))["past_cutoff"]

    assert reason["cutoff_at"] == "2026-11-24T09:30:00+01:00"


def test_an_order_is_in_time_at_the_very_minute_of_the_cutoff():
    assert kept_out(a_node(cutoff=time(9, 42))) == {}


def test_past_its_cutoff_a_node_still_serves_tomorrow():
    assert kept_out(a_node(cutoff=time(9, 30)), promised_to=in_paris(16, day=25)) == {}


def test_the_cutoff_is_read_on_the_clock_of_the_node():
    london = a_node(cutoff=time(9, 30), timezone="Europe/London")

    assert kept_out(london) == {}


def test_past_the_cutoff_goods_wait_for_the_next_day_that_the_node_is_open():
    store = a_node(cutoff=time(9, 30), opening_hours="Tu,Th 09:00-19:00")

    assert set(kept_out(store, promised_to=in_paris(16, day=25))) == {"past_cutoff"}
    assert kept_out(store, promised_to=in_paris(16, day=26)) == {}


@pytest.mark.parametrize(
    ("services", "kind", "passes"),
    [
        ({Service.SHIP_FROM_STORE}, NodeKind.STORE, True),
        ({Service.HOME_DELIVERY}, NodeKind.WAREHOUSE, True),
        ({Service.CLICK_AND_COLLECT}, NodeKind.STORE, False),
        (set(), NodeKind.STORE, False),
    ],
)
def test_a_node_serves_home_orders_only_if_it_sends(services, kind, passes):
    fences = kept_out(a_node(services=frozenset(services), kind=kind))

    assert set(fences) == (set() if passes else {"does_not_serve"})


def test_a_node_switched_off_is_out_whatever_the_rule_says():
    bare = with_rules(RuleSet("bare", fences=()))

    assert set(kept_out(a_node(active=False), bare)) == {"switched_off"}


def test_stock_binds_whatever_the_rule_says():
    bare = with_rules(RuleSet("bare", fences=()))

    assert set(kept_out(a_node(), bare, stock=[a_cell(on_hand=0)])) == {"short_of_stock"}


def test_a_full_node_is_out_with_its_orders_and_its_limit():
    reason = kept_out(a_node(orders_per_day=30), node_load={"LIL": 30})["full"]

    assert (reason["orders"], reason["limit"]) == (30, 30)


def test_a_node_fills_up_along_the_batch():
    orders = [an_order(f"48000{i}") for i in range(3)]

    decisions = suggested(orders, [a_node(orders_per_day=2)], [a_cell()], ON_TIME)

    states = [decisions[order.code].status for order in orders]
    assert states == [OrderState.ALLOCATED, OrderState.ALLOCATED, OrderState.UNFILLABLE]
    assert decisions["480001"].candidates[0].load_share == 0.5


def test_a_node_out_of_range_says_by_how_much():
    near = with_rules(RuleSet("near", max_range_m=3_000))

    reason = kept_out(a_node(), near)["out_of_range"]

    assert reason["limit_m"] == 3_000 < reason["distance_m"] < 5_000


def test_a_rule_for_warehouses_leaves_stores_out():
    warehouses = with_rules(RuleSet("warehouses", node_kinds=frozenset({NodeKind.WAREHOUSE})))

    assert kept_out(a_node(), warehouses)["other_kind"]["kind"] == "store"
    assert kept_out(a_node(kind=NodeKind.WAREHOUSE), warehouses) == {}


def test_a_figure_older_than_the_rule_trusts_keeps_a_node_out():
    fresh = with_rules(RuleSet("fresh", max_stock_age_h=24))
    stale = [a_cell(as_of=NOW - timedelta(hours=25))]

    assert kept_out(a_node(), fresh, stock=stale)["stock_figure_old"]["limit_s"] == 86_400
    assert kept_out(a_node(), fresh, stock=[replace(stale[0], as_of=NOW)]) == {}
    assert kept_out(a_node(), stock=stale) == {}


def test_every_fence_that_a_node_fails_is_kept():
    far = a_node("LYO", LYON, orders_per_day=1, cutoff=time(9), services=frozenset())
    near = with_rules(RuleSet("near", max_range_m=50_000))

    fences = kept_out(far, near, stock=[], node_load={"LYO": 1})

    assert set(fences) == {"does_not_serve", "not_held", "full", "out_of_range", "too_far_in_time"}


@pytest.mark.parametrize("fence", [Fence.OPEN, Fence.BEFORE_CUTOFF, Fence.SERVES_MODE])
def test_a_fence_that_the_rule_leaves_out_keeps_nobody_out(fence):
    store = a_node(
        opening_hours="We-Sa 09:00-19:00" if fence is Fence.OPEN else "",
        cutoff=time(9) if fence is Fence.BEFORE_CUTOFF else None,
        services=frozenset() if fence is Fence.SERVES_MODE else frozenset(Service),
    )
    others = tuple(other for other in Fence if other is not fence)

    assert kept_out(store)
    assert kept_out(store, with_rules(RuleSet("lenient", fences=others))) == {}


def test_late_rather_than_never_an_order_whose_promise_cannot_hold_is_served():
    order = an_order(**TODAY)

    decision = suggested([order], [a_node("LYO", LYON)], [a_cell("LYO")])["480001"]

    assert decision.status is OrderState.ALLOCATED
    assert decision.rule == "late"
    late = next(reason for reason in decision.reasons if reason.code == "later_than_due")
    assert late["due_at"] == "2026-11-24T16:00:00+01:00"


def test_an_order_of_long_ago_is_served_late():
    order = an_order(placed_at=datetime(2018, 3, 1, tzinfo=UTC))

    assert suggested([order], [a_node()], [a_cell()])["480001"].nodes == ("LIL",)


def test_a_rule_bears_as_many_days_of_lateness_as_it_says():
    store = a_node(opening_hours="We-Sa 09:00-19:00")
    two_days = with_rules(RuleSet("late", max_late_days=2))

    assert kept_out(store, two_days) == {}
    monday = a_node(opening_hours="Mo 09:00-19:00")
    assert set(kept_out(monday, two_days)) == {"closed_today"}


def test_a_node_on_the_promise_is_preferred_to_a_late_one_nearer_by():
    near = a_node("LIL", opening_hours="We-Sa 09:00-19:00")
    farther = a_node("RBX", LYON, preparation_minutes=10)
    order = an_order(promised_to=in_paris(8, day=25))

    decision = suggested([order], [near, farther], [a_cell("LIL"), a_cell("RBX")])["480001"]

    assert decision.nodes == ("RBX",)


def test_the_promise_may_be_rated_too():
    quick, slow = a_node("A"), a_node("B", preparation_minutes=120)
    policy = with_rules(RuleSet("promise", ratings=((Rating.PROMISE, 1.0),)))

    decision = suggested([an_order(**TODAY)], [slow, quick], [a_cell("A"), a_cell("B")], policy)

    assert decision["480001"].nodes == ("A",)
