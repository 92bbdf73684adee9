"""By when an order must be given to its node, leave it, or be at its door."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from app.domain.orders import Mode, Queue, ShipmentState
from app.domain.places import Located, Precision
from app.domain.values import Load
from app.ui.orders.deadlines import Deadlines, Until
from db.queries.board import ShipmentRow
from tests.builders import LAMBERSART, NOW, a_node, an_order
from tests.ui.orders.rows import candidate, collected, decided, on_board, paris, promised


def deadline(row, suggestion=None, node=None):
    return Deadlines([node or a_node()], NOW).of(row, suggestion)


def test_an_order_must_be_given_early_enough_to_prepare_and_drive():
    order = promised()
    node = a_node(preparation_minutes=45)

    found = deadline(on_board(order), decided(order), node)

    assert found.until is Until.SOURCE
    assert found.at == paris(16) - timedelta(minutes=30 + 45)


def test_a_node_that_closes_must_be_told_before_it_can_no_longer_prepare():
    order = promised(start=17, end=20)
    node = a_node(preparation_minutes=30, opening_hours="Mo-Su 09:00-18:00")

    assert deadline(on_board(order), decided(order), node).at == paris(17, 30)


def test_tomorrow_morning_is_decided_the_evening_before_when_the_node_opens_too_late():
    order = replace(promised(), promised_from=paris(8, day=25), promised_to=paris(9, day=25))
    node = a_node(opening_hours="Mo-Su 09:00-19:00")

    assert deadline(on_board(order), decided(order), node).at == paris(19)


def test_an_opening_too_short_to_prepare_in_does_not_count():
    order = promised(start=17, end=20)
    node = a_node(preparation_minutes=60, opening_hours="Mo-Su 09:00-12:00,18:00-18:30")

    assert deadline(on_board(order), decided(order), node).at == paris(11)


def test_what_must_leave_today_is_asked_for_before_the_cut_off():
    order = promised(start=17, end=20)

    assert deadline(on_board(order), decided(order), a_node(cutoff=time(11))).at == paris(11)


def test_a_cut_off_does_not_matter_when_the_goods_leave_tomorrow():
    order = replace(promised(), promised_from=paris(14, day=25), promised_to=paris(16, day=25))
    node = a_node(cutoff=time(18), preparation_minutes=600, opening_hours="")

    found = deadline(on_board(order), decided(order), node)

    assert found.at == paris(16, day=25) - timedelta(minutes=630)


def test_several_nodes_must_all_be_told_in_time():
    order = promised()
    far = candidate("LAM", arrives_at=NOW + timedelta(hours=2))
    suggestion = decided(order, candidate(), far, nodes=("LIL", "LAM"))

    found = Deadlines([a_node(), a_node("LAM")], NOW).of(on_board(order), suggestion)

    assert found.at == paris(14)


def test_without_a_candidate_the_nearest_way_out_says_how_long_there_is():
    order = promised()
    suggestion = decided(
        order, candidate("LAM", arrives_at=NOW + timedelta(hours=3)), candidate(), nodes=()
    )

    found = Deadlines([a_node(), a_node("LAM")], NOW).of(on_board(order), suggestion)

    assert found.at == paris(15, 30)


def test_an_order_nobody_has_looked_at_has_until_its_promise():
    assert deadline(on_board(promised())).at == paris(16)


@pytest.mark.parametrize("mode", [Mode.CLICK_AND_COLLECT, Mode.PICKUP_POINT])
def test_goods_promised_from_an_hour_on_wait_there_by_then(mode):
    order = collected(mode=mode)
    at_hand = candidate(arrives_at=NOW)

    assert deadline(on_board(order), decided(order, at_hand)).at == paris(14)


def test_a_door_promised_from_an_hour_on_has_until_the_end_of_the_day():
    order = an_order(promised_from=paris(14))

    assert deadline(on_board(order)).at == paris(20)


def test_a_sourced_order_must_leave_its_node_in_time_to_drive():
    order = promised()
    row = on_board(order, Queue.TO_PLAN, decision=decided(order))

    assert deadline(row).at == paris(16)  # it has no shipment that says from where

    lil = replace(row, shipments=(_shipment(),))
    assert deadline(lil) == replace(deadline(lil), at=paris(15, 30), until=Until.LEAVE)


def test_before_it_leaves_its_preparation_must_begin():
    order = promised()
    row = on_board(order, Queue.TO_PLAN, decision=decided(order), shipments=(_shipment(),))
    slow = a_node(preparation_minutes=60)

    found = deadline(row, node=slow)

    assert (found.at, found.until) == (paris(14, 30), Until.PREPARE)
    late = Deadlines([slow], paris(15)).of(row, None)
    assert (late.at, late.until) == (paris(15, 30), Until.LEAVE)


def test_what_is_on_its_way_has_its_promise_and_what_is_closed_has_nothing():
    planned = deadline(on_board(promised(), Queue.PLANNED))

    assert (planned.at, planned.until) == (paris(16), Until.DOOR)
    assert deadline(on_board(promised(), Queue.CLOSED)) is None


def test_hours_that_cannot_be_read_close_nobody_out():
    order = promised()
    node = a_node(opening_hours="whenever we feel like it")

    assert deadline(on_board(order), decided(order), node).at == paris(15, 30)


def test_the_place_does_not_matter_to_a_deadline():
    vague = promised(place=Located(LAMBERSART, 0.2, Precision.DEPARTMENT))

    assert deadline(on_board(vague)).at == paris(16)


def _shipment():
    return ShipmentRow("480213-1", "LIL", "", ShipmentState.RESERVED, Load(1_000, 0, 1))
