"""What a node's no does: it is not asked again, and its shelf is believed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.acts.offers import GiveBack
from app.domain.acts.orders import ImportRows
from app.domain.offers import (
    DeclineReason,
    OfferState,
    RecipientState,
    Shortfall,
    WorkState,
    stock_after,
)
from app.domain.orders import OrderLine, OrderState
from app.errors import WhollyRefused
from app.operations.keeping import verify
from app.workspace import Workspace
from db.journal import entries
from db.offers import load_refusals, load_work
from db.orders import load_shipments
from tests.builders import NOW, a_cell, an_order
from tests.offers.asked import cell, claimed, declined, fill, offered, state_of, the_offer

ABSENT, FEWER, DAMAGED = DeclineReason.ABSENT, DeclineReason.FEWER, DeclineReason.DAMAGED
NO_TIME = DeclineReason.NO_TIME


@pytest.fixture
def desk(folder: Path) -> Iterator[Workspace]:
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as opened:
        yield opened
        assert verify(opened).findings == ()


def give_back(desk: Workspace, reason: DeclineReason, *missing: Shortfall) -> None:
    desk.submit(GiveBack("480001", "LIL", reason, missing))


def test_a_node_that_refused_is_not_asked_again_for_that_order(desk: Workspace):
    fill(desk, orders=(an_order("480001"), an_order("480002")))
    offered(desk, to=("LIL",))
    declined(desk, "LIL")
    assert the_offer(desk).state is OfferState.EXHAUSTED

    with pytest.raises(WhollyRefused) as refusal:
        offered(desk, to=("LIL", "RBX"))

    assert refusal.value.reason.code == "node_refused_before"
    assert refusal.value.reason["refused_at"] == "2026-11-24T09:42:00+01:00"
    offered(desk, to=("RBX",))
    offered(desk, "480002", to=("LIL",))
    assert the_offer(desk).code == "480001/O2"


@pytest.mark.parametrize(
    ("reason", "counted", "available"),
    [(ABSENT, None, 0), (FEWER, 2, 2), (FEWER, None, 1), (DAMAGED, None, 8), (NO_TIME, None, 10)],
)
def test_each_reason_moves_stock_in_its_own_way(
    desk: Workspace, reason: DeclineReason, counted: int | None, available: int
):
    two = an_order(lines=(OrderLine("SKU1", 2),))
    fill(desk, orders=(two,), on_hand=10)
    offered(desk)

    declined(desk, "LIL", reason, Shortfall("SKU1", counted))

    assert cell(desk, "LIL").available == available
    assert cell(desk, "RBX").available == 10
    assert cell(desk, "LIL").blocked == (2 if reason is DAMAGED else 0)


def test_a_refusal_that_moved_stock_stays_and_one_that_did_not_can_be_undone(desk: Workspace):
    fill(desk)
    offered(desk)
    declined(desk, "LIL", ABSENT)
    assert not desk.read(entries)[0].undoable
    declined(desk, "RBX", NO_TIME)
    assert desk.read(entries)[0].undoable

    desk.undo()

    assert the_offer(desk).recipient("RBX").state is RecipientState.SENT
    assert set(desk.read(load_refusals)["480001"]) == {"LIL"}
    claimed(desk, "RBX")


def test_only_the_products_named_are_missing(desk: Workspace):
    two = an_order(lines=(OrderLine("SKU1", 1), OrderLine("SKU2", 1)))
    fill(desk, orders=(two,), skus=("SKU1", "SKU2"))
    offered(desk)

    declined(desk, "LIL", ABSENT, Shortfall("SKU2"))

    assert (cell(desk, sku="SKU1").available, cell(desk, sku="SKU2").available) == (3, 0)


def test_what_is_promised_to_others_stays_promised(desk: Workspace):
    fill(desk, orders=(an_order("480001"), an_order("480002")))
    offered(desk, "480002")
    claimed(desk, "LIL", "480002")
    offered(desk)

    declined(desk, "LIL", ABSENT)

    assert (cell(desk).available, cell(desk).reserved_here) == (0, 1)
    assert state_of(desk, "480002") is OrderState.ALLOCATED


def test_a_claim_given_back_puts_the_order_in_play_again_without_that_node(desk: Workspace):
    fill(desk)
    offered(desk)
    claimed(desk, "LIL")

    give_back(desk, ABSENT)

    assert state_of(desk) is OrderState.TO_SOURCE
    assert desk.read(load_shipments) == []
    assert desk.read(load_work) == {}
    assert (cell(desk).available, cell(desk).reserved_here) == (0, 0)
    assert the_offer(desk).state is OfferState.RELEASED
    assert the_offer(desk).recipient("LIL").state is RecipientState.RELEASED
    assert desk.read(load_refusals)["480001"]["LIL"].released
    with pytest.raises(WhollyRefused, match="node_refused_before"):
        offered(desk, to=("LIL",))


def test_a_part_given_back_leaves_the_rest_with_the_node(desk: Workspace):
    three = an_order(lines=(OrderLine("SKU1", 3, 500), OrderLine("SKU2", 1, 100)))
    fill(desk, orders=(three,), skus=("SKU1", "SKU2"))
    offered(desk)
    claimed(desk, "LIL")

    give_back(desk, FEWER, Shortfall("SKU1", 2))

    (kept,) = desk.read(load_shipments)
    assert kept.code == "480001-2"
    assert {line.sku: line.quantity for line in kept.lines} == {"SKU1": 2, "SKU2": 1}
    assert kept.load.weight_g == 3_000
    assert state_of(desk) is OrderState.PARTIALLY_ALLOCATED
    assert (cell(desk).on_hand, cell(desk).reserved_here) == (2, 2)
    assert the_offer(desk).state is OfferState.CLAIMED
    assert desk.read(load_work) == {"480001-2": WorkState.CLAIMED}


def test_an_order_given_back_for_want_of_time_comes_back_when_that_is_undone(desk: Workspace):
    fill(desk)
    offered(desk)
    claimed(desk, "LIL")
    before = desk.read(load_shipments), cell(desk), the_offer(desk).recipients
    give_back(desk, NO_TIME)
    assert cell(desk).reserved_here == 0

    desk.undo()

    after = desk.read(load_shipments), cell(desk), the_offer(desk).recipients
    assert [replace(s, revision=1) for s in after[0]] == [replace(s, revision=1) for s in before[0]]
    assert after[1:] == before[1:]
    assert desk.read(load_refusals) == {}
    assert desk.read(load_work) == {"480001-1": WorkState.CLAIMED}


def test_nothing_is_given_back_that_is_not_held(desk: Workspace):
    fill(desk)
    offered(desk)

    with pytest.raises(WhollyRefused, match="nothing_held"):
        give_back(desk, NO_TIME)
    claimed(desk, "LIL")
    with pytest.raises(WhollyRefused, match="nothing_held"):
        give_back(desk, ABSENT, Shortfall("SKU7"))


def test_a_refusal_after_somebody_won_hears_the_winner(desk: Workspace):
    fill(desk)
    offered(desk)
    claimed(desk, "RBX")

    with pytest.raises(WhollyRefused) as refusal:
        declined(desk, "LIL", ABSENT)

    assert (refusal.value.reason.code, refusal.value.reason["winner"]) == ("already_claimed", "RBX")
    assert cell(desk, "LIL").available == 3


@given(
    on_hand=st.integers(0, 20),
    elsewhere=st.integers(0, 20),
    here=st.integers(0, 20),
    blocked=st.integers(0, 20),
    asked=st.integers(1, 9),
    counted=st.none() | st.integers(0, 12),
    reason=st.sampled_from(DeclineReason),
)
def test_a_no_never_adds_to_what_is_available_but_by_a_count_and_keeps_every_promise(
    on_hand: int,
    elsewhere: int,
    here: int,
    blocked: int,
    asked: int,
    counted: int | None,
    reason: DeclineReason,
):
    here = min(here, max(0, on_hand - elsewhere))
    before = a_cell(
        on_hand=on_hand, reserved_elsewhere=elsewhere, reserved_here=here, blocked=blocked
    )

    after = stock_after(before, reason, asked, counted, NOW)

    assert min(after.on_hand, after.blocked) >= 0
    assert not here or after.reserved <= after.on_hand
    assert (after.reserved_here, after.reserved_elsewhere) == (here, elsewhere)
    if reason is ABSENT:
        assert after.available == 0
    elif reason is FEWER and counted is not None:
        assert after.on_hand == max(counted, elsewhere + here if here else 0)
    else:
        assert after.available <= before.available


def test_a_new_count_corrects_what_a_refusal_said(desk: Workspace):
    fill(desk)
    offered(desk)
    declined(desk, "LIL", ABSENT)

    desk.submit(ImportRows("stock", "s.csv", (a_cell("LIL", on_hand=5),)))

    assert cell(desk).available == 5
