"""Queues: each order waits in exactly one, and the counts add up."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.orders import (
    Mode,
    OrderState,
    Queue,
    ShipmentStanding,
    ShipmentState,
    queue_of,
)
from tests.builders import LAMBERSART, an_order, at

STANDINGS = st.builds(
    ShipmentStanding, st.sampled_from(ShipmentState), st.booleans(), st.booleans()
)


def test_an_order_without_a_place_is_blocked():
    assert queue_of(an_order(point=None), (), min_place_score=0.0001) is Queue.BLOCKED


def test_a_collect_order_needs_no_address():
    order = an_order(
        point=None, mode=Mode.CLICK_AND_COLLECT, collect_node="LIL", state=OrderState.ALLOCATED
    )

    assert queue_of(order, (), min_place_score=0.0001) is Queue.TO_COLLECT


def test_the_least_advanced_shipment_decides():
    order = an_order(state=OrderState.ALLOCATED)
    planned = ShipmentStanding(ShipmentState.PLANNED)
    waiting = ShipmentStanding(ShipmentState.RESERVED)

    assert queue_of(order, (planned, waiting), min_place_score=0.5) is Queue.TO_PLAN


def test_a_shipment_that_no_carrier_takes_has_its_own_queue():
    order = an_order(state=OrderState.ALLOCATED)
    refused = ShipmentStanding(ShipmentState.RESERVED, refused=True)

    assert queue_of(order, (refused,), min_place_score=0.5) is Queue.NO_CARRIER


@given(
    state=st.sampled_from(OrderState),
    mode=st.sampled_from(Mode),
    score=st.floats(0, 1),
    standings=st.lists(STANDINGS, max_size=3),
)
def test_every_order_is_in_exactly_one_queue(
    state: OrderState, mode: Mode, score: float, standings: list[ShipmentStanding]
):
    order = an_order(state=state, mode=mode, place=at(LAMBERSART, score))

    assert queue_of(order, tuple(standings), min_place_score=0.5) in Queue
