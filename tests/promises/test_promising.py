"""Promising dates: which day, why not before, and what stands behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.carriers import ServiceKind
from app.domain.nodes import NodeKind, Service
from app.domain.orders import Mode, OrderLine
from app.domain.policy import Policy, PromisePolicy
from app.domain.promises import PromiseKind
from app.domain.values import Address, Load
from app.planning.promise.ground import GivenAlready
from tests.builders import (
    LAMBERSART,
    LILLE,
    LYON,
    NOW,
    ROUBAIX,
    a_cell,
    a_node,
    a_panel,
    a_pickup_point,
    a_service,
    a_vehicle,
)
from tests.promises.asking import ASKED, PARIS, a_store, codes, paris, promised, steps

HOME, COLLECT = PromiseKind.HOME, PromiseKind.COLLECT
RELAY, EXPRESS = PromiseKind.PICKUP_POINT, PromiseKind.EXPRESS


def local(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%d/%m %H:%M}"


def test_a_carrier_collects_today_and_is_there_the_next_working_day():
    told = promised(HOME)

    best = told.best(HOME)
    assert best is not None
    assert (best.on, best.carrier, best.cost_cents) == (date(2026, 11, 25), "DEX", 1_000)
    assert steps(told, HOME) == [
        "promise_stock",
        "promise_prepared",
        "promise_picked_up",
        "promise_transit",
    ]


def test_past_the_carriers_cutoff_it_is_a_day_later_and_says_why():
    panel = a_panel(services=(a_service(cutoff=time(10, 30)),))

    told = promised(HOME, panel=panel)  # ready at 10:42

    best = told.best(HOME)
    assert best is not None
    assert best.on == date(2026, 11, 26)
    assert "promise_ready_too_late" in steps(told, HOME)


def test_what_is_ordered_after_the_nodes_cutoff_leaves_the_next_day():
    told = promised(HOME, nodes=[a_store(cutoff=time(9))])

    assert told.best(HOME).on == date(2026, 11, 26)
    assert "promise_cut_off" in steps(told, HOME)


@pytest.mark.parametrize(
    ("now", "there"),
    [
        (paris(2026, 5, 13, 18, 30), date(2026, 5, 18)),  # Ascension on the 14th: ready on Friday
        (paris(2026, 5, 13, 10), date(2026, 5, 15)),  # the bridge day itself is worked
        (paris(2026, 4, 3, 18, 30), date(2026, 4, 8)),  # Easter Monday lies between
        (paris(2026, 12, 24, 10), date(2026, 12, 28)),  # Christmas is a Friday
    ],
)
def test_holidays_hold_up_stores_and_carriers(now: datetime, there: date):
    assert promised(HOME, now=now).best(HOME).on == there


def test_a_store_that_makes_the_bridge_sends_nothing_that_day():
    closed = a_store(opening_hours="Mo-Fr 09:00-19:00; PH off; 2026 May 15 off")

    told = promised(HOME, nodes=[closed], now=paris(2026, 5, 13, 18, 30))

    assert told.best(HOME).on == date(2026, 5, 19)


def test_a_saturday_is_for_services_that_work_saturdays():
    friday = paris(2026, 11, 27)
    weekly = promised(HOME, now=friday).best(HOME)
    saturdays = a_panel(services=(a_service(days=frozenset(range(1, 7))),))

    assert weekly.on == date(2026, 11, 30)
    assert promised(HOME, now=friday, panel=saturdays).best(HOME).on == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
    ],
)
def test_the_days_on_which_clocks_change_open_by_the_clock_on_the_wall(
    now: datetime, opens: datetime
):
    shop = a_store(opening_hours="Mo-Su 09:00-19:00", preparation_minutes=60)

    best = promised(COLLECT, nodes=[shop], now=now).best(COLLECT)

    assert best.window.start == opens  # open at nine, ready an hour later, summer or winter
    assert best.window.end == opens + timedelta(hours=9)


def test_a_preparation_over_the_night_of_the_clock_change_takes_its_true_time():
    always = a_store(opening_hours="", preparation_minutes=240)
    before = paris(2026, 3, 28, 23)

    best = promised(COLLECT, nodes=[always], now=before).best(COLLECT)

    assert best.window.start == before.astimezone(UTC) + timedelta(hours=4)
    assert local(best.window.start) == "29/03 04:00"


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_tour_of_such_a_day_keeps_its_hours(day: date):
    shop = a_store(opening_hours="Mo-Su 06:00-22:00", preparation_minutes=30)
    now = datetime.combine(day, time(6), PARIS)

    best = promised(HOME, nodes=[shop], vehicles=[a_vehicle()], now=now).best(HOME)

    assert (best.carrier, best.on) == ("", day)
    assert time(17) < best.window.end.astimezone(PARIS).time() < time(18)  # home by 18:00


def test_our_tour_takes_it_today_while_there_is_time():
    told = promised(HOME, vehicles=[a_vehicle()], panel=a_panel(services=()))

    best = told.best(HOME)
    assert (best.on, best.carrier) == (date(2026, 11, 24), "")
    assert best.window.start > NOW + timedelta(minutes=60)
    assert best.cost_cents > 0
    assert best.co2e_g > 0


def test_full_and_agreed_and_overfull_days_are_passed_over_and_told():
    day = date(2026, 11, 24)
    held = GivenAlready(
        loads={("LIL", day): Load(799_500, 0, 0)},
        left_out=frozenset({("LIL", day + timedelta(days=1))}),
        agreed=frozenset({("V1", day + timedelta(days=2))}),
    )

    told = promised(HOME, vehicles=[a_vehicle()], panel=a_panel(services=()), given=held)

    assert told.best(HOME).on == day + timedelta(days=3)
    assert steps(told, HOME)[2:5] == [
        "promise_tours_full",
        "promise_tours_overfull",
        "promise_tours_agreed",
    ]


def test_no_vehicle_takes_what_it_has_no_skill_or_room_for():
    small = a_vehicle(capacity=Load(10, 10, 1))

    assert "promise_no_vehicle" in codes(promised(HOME, vehicles=[small]))


def test_the_nearest_node_sends_when_several_could():
    far = a_store(code="LYO", point=LYON)
    cells = [a_cell(), a_cell("LYO")]

    told = promised(HOME, nodes=[a_store(), far], cells=cells)

    assert told.best(HOME).node == "LIL"


def test_a_basket_is_looked_for_whole_and_nodes_say_what_they_lack():
    asked = replace(ASKED, lines=(OrderLine("SKU1", 1), OrderLine("SKU2", 3)))
    both = [a_cell(), a_cell(sku="SKU2", on_hand=2), a_cell("RBX"), a_cell("RBX", "SKU2")]

    told = promised(
        HOME, nodes=[a_store(), a_store(code="RBX", point=ROUBAIX)], cells=both, asked=asked
    )

    assert told.best(HOME).node == "RBX"
    assert ("LIL", "short_of_stock") in {(one.node, one.reason.code) for one in told.refused}


def test_lines_of_one_product_add_up():
    asked = replace(ASKED, lines=(OrderLine("SKU1", 6), OrderLine("SKU1", 6)))

    assert promised(HOME, asked=asked).best(HOME) is None


def test_pieces_on_their_way_are_promised_from_their_day_on():
    monday = paris(2026, 11, 30, 8)
    coming = a_cell(on_hand=0, inbound=5, inbound_at=monday)

    told = promised(HOME, cells=[coming])

    assert told.best(HOME).on == date(2026, 12, 1)
    assert steps(told, HOME)[0] == "promise_stock_coming"


def test_old_figures_put_days_on_top_and_say_so():
    old = a_cell(as_of=NOW - timedelta(hours=49))
    policy = Policy(promise=PromisePolicy(stale_age_h=48, stale_days=2))

    fresh, stale = promised(HOME, policy=policy), promised(HOME, cells=[old], policy=policy)

    assert fresh.best(HOME).added_days == 0
    assert stale.best(HOME).added_days == 2
    assert stale.best(HOME).on == date(2026, 11, 27)
    assert "promise_stale" in steps(stale, HOME)


def test_a_count_of_unknown_age_is_old():
    assert promised(HOME, cells=[a_cell(as_of=None)]).best(HOME).added_days == 1


def test_a_full_node_prepares_from_tomorrow_on():
    full = GivenAlready(orders={"LIL": 12})

    told = promised(COLLECT, nodes=[a_store(orders_per_day=12)], given=full)

    assert told.best(COLLECT).on == date(2026, 11, 25)
    assert "promise_full_today" in steps(told, COLLECT)
    free = promised(COLLECT, nodes=[a_store(orders_per_day=13)], given=full)
    assert free.best(COLLECT).on == date(2026, 11, 24)


def test_a_store_without_stock_hands_over_what_a_warehouse_sends():
    nodes = [
        a_store(),
        a_node(
            "ENT", ROUBAIX, kind=NodeKind.WAREHOUSE, services=frozenset({Service.HOME_DELIVERY})
        ),
    ]

    told = promised(COLLECT, nodes=nodes, cells=[a_cell("ENT")])

    best = told.best(COLLECT)
    assert (best.node, best.place) == ("ENT", "LIL")
    assert steps(told, COLLECT)[-2:] == ["promise_transfer", "promise_open"]


def test_a_store_where_nobody_collects_is_not_promised():
    closed = a_store(services=frozenset({Service.SHIP_FROM_STORE}))

    assert "promise_no_store" in codes(promised(COLLECT, nodes=[closed]))


def relay_panel(**but):
    relay = a_pickup_point(opening_hours="Tu-Sa 10:00-19:00", **but)
    service = a_service(modes=frozenset({Mode.PICKUP_POINT}), transit_days=1)
    return a_panel(services=(service,), pickup_points=(relay,))


def test_a_pickup_point_hands_over_once_it_is_open():
    friday = paris(2026, 11, 27)  # there on Monday, when it is closed

    best = promised(RELAY, panel=relay_panel(), now=friday).best(RELAY)

    assert (best.place, local(best.window.start)) == ("DEX-1", "01/12 10:00")


def test_a_pickup_point_full_of_parcels_is_refused():
    held = GivenAlready(relays={"DEX-1": 20})

    told = promised(RELAY, panel=relay_panel(capacity_parcels=20), given=held)

    assert told.best(RELAY) is None
    assert "promise_relay_full" in codes(told)


def test_a_courier_is_express_and_never_there_before_the_goods_leave():
    bike = a_service(kind=ServiceKind.BIKE, transit_days=0)

    best = promised(EXPRESS, panel=a_panel(services=(bike,))).best(EXPRESS)

    assert best.on == date(2026, 11, 24)
    assert best.window.start == NOW + timedelta(minutes=60)


def test_a_used_up_quota_moves_the_collection():
    day = date(2026, 11, 24)
    panel = a_panel(services=(a_service(quota_per_day=3),))
    used = GivenAlready(services={day: {("DEX", "STD"): 3}})

    told = promised(HOME, panel=panel, given=used)

    assert told.best(HOME).on == date(2026, 11, 26)
    assert "service_quota" in steps(told, HOME)


def test_a_wanted_day_is_kept_where_it_can_be_else_the_lateness_is_counted():
    monday = date(2026, 11, 30)

    kept = promised(HOME, wanted_on=monday).best(HOME)
    sunday = promised(HOME, wanted_on=date(2026, 11, 29)).best(HOME)

    assert (kept.on, kept.late_days) == (monday, 0)
    assert (sunday.on, sunday.late_days) == (monday, 1)


def test_without_a_place_tours_say_so_and_carriers_answer():
    told = promised(HOME, vehicles=[a_vehicle()], asked=replace(ASKED, point=None))

    assert "promise_place_not_found" in codes(told)
    assert told.best(HOME).carrier == "DEX"
    nowhere = replace(ASKED, point=None, address=Address("", "", ""))
    assert "promise_place_unknown" in codes(promised(HOME, vehicles=[a_vehicle()], asked=nowhere))


def test_nobody_is_no_promise():
    assert codes(promised(nodes=[])) == {"no_nodes"}


@settings(max_examples=60, deadline=None)
@given(
    hour=st.integers(0, 23),
    days=st.integers(0, 370),
    preparation=st.integers(0, 600),
    cutoff=st.none() | st.times(),
    collects_until=st.none() | st.times(),
)
def test_who_orders_by_the_last_minute_gets_the_same_day_and_nobody_gets_it_sooner_than_ready(
    hour: int, days: int, preparation: int, cutoff: time | None, collects_until: time | None
):
    now = paris(2026, 1, 1, hour) + timedelta(days=days)
    shop = a_store(preparation_minutes=preparation, cutoff=cutoff)
    panel = a_panel(services=(a_service(cutoff=collects_until),))
    fresh = [a_cell(as_of=now + timedelta(days=1))]
    asked = {"nodes": [shop], "panel": panel, "cells": fresh, "vehicles": [a_vehicle()]}

    for option in promised(HOME, COLLECT, now=now, **asked).options:
        assert option.window.start >= now
        assert option.order_by is not None
        later = promised(HOME, COLLECT, now=option.order_by, **asked)
        same = [o for o in later.options if (o.kind, o.service) == (option.kind, option.service)]
        assert same[0].on <= option.on


@given(far=st.sampled_from([LILLE, ROUBAIX, LAMBERSART]), on_hand=st.integers(0, 3))
def test_no_option_leaves_a_node_without_the_pieces(far, on_hand: int):
    told = promised(
        nodes=[a_store(), a_store(code="RBX", point=far)],
        cells=[a_cell(on_hand=on_hand), a_cell("RBX", on_hand=2)],
        vehicles=[a_vehicle(), a_vehicle("V2", "RBX")],
        asked=replace(ASKED, lines=(OrderLine("SKU1", 2),)),
    )

    assert {o.node for o in told.options} <= ({"LIL", "RBX"} if on_hand >= 2 else {"RBX"})


TWO = replace(ASKED, lines=(OrderLine("SKU1", 1), OrderLine("SKU2", 1)))
APART = [a_cell(), a_cell("RBX", "SKU2")]
SHOPS = [a_store(), a_store(code="RBX", point=ROUBAIX)]


def test_nodes_share_a_basket_that_none_has_whole():
    told = promised(HOME, nodes=SHOPS, cells=APART, asked=TWO)

    best = told.best(HOME)
    assert {part.node for part in best.parts} == {"LIL", "RBX"}
    assert best.cost_cents == 2_000  # two parcels
    assert best.on == max(part.on for part in best.parts)
    assert steps(told, HOME)[0] == "promise_in_parts"


def test_a_shared_basket_is_there_when_its_last_part_is():
    slow = [a_store(), a_store(code="RBX", point=ROUBAIX, opening_hours="We 09:00-19:00")]

    best = promised(HOME, nodes=slow, cells=APART, asked=TWO).best(HOME)

    assert best.on == date(2026, 11, 26)  # Roubaix opens on Wednesday


def test_what_is_fetched_comes_together_at_one_store():
    told = promised(COLLECT, nodes=SHOPS, cells=APART, asked=TWO)

    assert told.options
    for option in told.options:
        assert {part.place for part in option.parts} == {option.place}


def test_what_one_node_has_whole_only_later_is_shared_sooner():
    coming = a_cell(sku="SKU2", on_hand=0, inbound=1, inbound_at=NOW + timedelta(days=6))

    told = promised(HOME, nodes=SHOPS, cells=[*APART, coming], asked=TWO)

    soon, late = (option for option in told.options if option.kind is HOME)
    assert (len(soon.parts), len(late.parts)) == (2, 0)
    assert soon.on < late.on


def test_a_whole_basket_is_not_split():
    whole = [*APART, a_cell(sku="SKU2")]

    assert promised(HOME, nodes=SHOPS, cells=whole, asked=TWO).best(HOME).parts == ()


@pytest.mark.parametrize("but", [{"split_allowed": False}, {"max_shipments": 1}])
def test_the_policy_may_forbid_to_share(but: dict[str, object]):
    policy = replace(Policy(), sourcing=replace(Policy().sourcing, **but))

    assert promised(HOME, nodes=SHOPS, cells=APART, asked=TWO, policy=policy).options == ()


def test_a_product_that_nobody_has_enough_of_is_promised_in_no_parts():
    assert promised(HOME, nodes=SHOPS, cells=[a_cell()], asked=TWO).options == ()


def test_two_lines_of_one_product_need_their_sum_in_one_part():
    asked = replace(TWO, lines=(OrderLine("SKU1", 6), OrderLine("SKU1", 6), OrderLine("SKU2", 1)))

    assert promised(HOME, nodes=SHOPS, cells=APART, asked=asked).options == ()
