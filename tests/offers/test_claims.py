"""Who wins an offer, what the others hear, and what becomes of the order's pieces."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.acts.offers import AdvanceWork, ClaimOffer, LapseOffers, WidenOffer, WithdrawOffer
from app.domain.acts.offers import Asked as AskedNode
from app.domain.acts.orders import CancelOrder, ImportRows, ReleaseOrder
from app.domain.offers import DeclineReason, OfferState, RecipientState, WorkState
from app.domain.orders import Mode, OrderLine, OrderState
from app.errors import WhollyRefused
from app.operations.keeping import verify
from app.operations.sourcing import assign
from app.operations.stock import as_document, picture
from app.operations.stock_counts import count_stock
from app.workspace import Workspace
from db.offers import due_offers, load_offers, load_work, open_per_node
from db.orders import load_shipments
from db.queries.stock import holders_of
from tests.builders import NOW, a_cell, a_node, an_order
from tests.offers.asked import (
    IN_20_MIN,
    Clock,
    cell,
    claimed,
    declined,
    fill,
    offered,
    state_of,
    the_offer,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(folder: Path, clock: Clock):
    with Workspace.open(folder, user="c.vasseur", clock=clock) as opened:
        yield opened
        assert verify(opened).findings == ()


def refused_with(call, *args) -> "dict[str, object]":
    with pytest.raises(WhollyRefused) as refusal:
        call(*args)
    return {"code": refusal.value.reason.code, **dict(refusal.value.reason.facts)}


def test_the_first_to_claim_wins_and_has_its_pieces_with_it(desk: Workspace):
    fill(desk)
    offered(desk)
    assert state_of(desk) is OrderState.OFFERED

    claimed(desk, "RBX")

    assert state_of(desk) is OrderState.ALLOCATED
    (shipment,) = desk.read(load_shipments)
    assert (shipment.code, shipment.node, shipment.load.weight_g) == ("480001-1", "RBX", 1_000)
    assert cell(desk, "RBX").reserved_here == 1
    assert desk.read(load_work) == {"480001-1": WorkState.CLAIMED}
    offer = the_offer(desk)
    assert (offer.state, offer.winner, offer.ended_at) == (OfferState.CLAIMED, "RBX", NOW)
    assert [one.state for one in offer.recipients] == [
        RecipientState.LAPSED,
        RecipientState.CLAIMED,
        RecipientState.LAPSED,
    ]


def test_a_late_claim_hears_who_won_and_when_and_changes_nothing(desk: Workspace, clock: Clock):
    fill(desk)
    offered(desk)
    claimed(desk, "RBX")
    clock.turn(minutes=2)
    before = desk.read(load_offers), desk.read(load_shipments), cell(desk, "LIL")

    told = refused_with(claimed, desk, "LIL")

    assert told == {
        "code": "already_claimed",
        "order": "480001",
        "winner": "RBX",
        "claimed_at": "2026-11-24T09:42:00+01:00",
        "winner_name": "Store RBX",
    }
    assert (desk.read(load_offers), desk.read(load_shipments), cell(desk, "LIL")) == before


def test_a_claim_at_the_very_deadline_is_too_late_even_before_the_offer_is_settled(
    desk: Workspace, clock: Clock
):
    fill(desk)
    offered(desk)
    clock.at = IN_20_MIN - timedelta(microseconds=1)
    assert desk.read(due_offers, clock.at) == ()
    clock.at = IN_20_MIN

    assert refused_with(claimed, desk, "LIL")["code"] == "offer_expired"
    assert desk.read(due_offers, clock.at) == ("480001/O1",)
    assert state_of(desk) is OrderState.OFFERED


def test_an_offer_past_its_deadline_lapses_and_its_order_is_to_source(
    desk: Workspace, clock: Clock
):
    fill(desk)
    offered(desk)
    clock.turn(minutes=30)

    settled = desk.submit(LapseOffers(desk.read(due_offers, clock.at)))

    assert settled.count("lapsed") == 1
    offer = the_offer(desk)
    assert (offer.state, offer.ended_at) == (OfferState.EXPIRED, IN_20_MIN)
    assert {one.state for one in offer.recipients} == {RecipientState.LAPSED}
    assert state_of(desk) is OrderState.TO_SOURCE


def test_an_offer_that_has_time_left_does_not_lapse_whoever_says_so(desk: Workspace):
    fill(desk)
    offered(desk)

    assert desk.submit(LapseOffers(("480001/O1", "480001/O9"))).count("lapsed") == 0
    assert the_offer(desk).is_open


def test_nobody_claims_what_it_was_not_asked_for_or_has_refused(desk: Workspace):
    fill(desk)
    assert refused_with(claimed, desk, "LIL")["code"] == "not_offered"
    offered(desk, to=("LIL", "RBX"))
    declined(desk, "RBX")

    assert refused_with(claimed, desk, "TCG")["code"] == "not_asked"
    assert refused_with(claimed, desk, "RBX")["code"] == "claim_after_refusal"
    assert refused_with(claimed, desk, "XXX")["code"] == "unknown_subject"
    assert refused_with(claimed, desk, "LIL", "999999")["code"] == "unknown_subject"


def test_a_claim_without_the_pieces_is_refused_and_the_offer_stays_open(desk: Workspace):
    fill(desk)
    offered(desk)
    desk.submit(ImportRows("stock", "s.csv", (a_cell("RBX", on_hand=0),)))

    told = refused_with(claimed, desk, "RBX")

    assert (told["code"], told["available"]) == ("no_stock", 0)
    assert the_offer(desk).is_open
    claimed(desk, "LIL")


def test_a_node_may_claim_some_lines_and_the_rest_is_to_be_sourced(desk: Workspace):
    two = an_order(lines=(OrderLine("SKU1", 2, 500), OrderLine("SKU2", 1, 900)))
    fill(desk, orders=(two,), skus=("SKU1", "SKU2"))
    offered(desk)

    claimed(desk, "RBX", "480001", OrderLine("SKU1", 1))

    assert state_of(desk) is OrderState.PARTIALLY_ALLOCATED
    offered(desk)
    assert [(line.sku, line.quantity) for line in the_offer(desk).lines] == [
        ("SKU1", 1),
        ("SKU2", 1),
    ]
    assert refused_with(claimed, desk, "LIL", "480001", OrderLine("SKU1", 2))["code"] == (
        "line_not_offered"
    )
    claimed(desk, "LIL")
    assert state_of(desk) is OrderState.ALLOCATED
    assert {s.code: s.node for s in desk.read(load_shipments)} == {
        "480001-1": "RBX",
        "480001-2": "LIL",
    }


def test_a_collected_order_claimed_elsewhere_travels_to_its_store(desk: Workspace):
    order = an_order(mode=Mode.CLICK_AND_COLLECT, collect_node="LIL")
    fill(desk, orders=(order,))
    offered(desk)

    claimed(desk, "TCG")

    assert desk.read(load_shipments)[0].to_node == "LIL"


def test_an_offer_is_widened_and_those_who_wait_get_as_long_as_the_new_ones(desk: Workspace):
    fill(desk)
    offered(desk, to=("LIL", "RBX"))
    declined(desk, "RBX")
    later = IN_20_MIN + timedelta(minutes=10)

    desk.submit(WidenOffer("480001", (AskedNode("TCG", later),)))

    offer = the_offer(desk)
    assert (offer.wave, offer.expires, offer.nodes) == (2, later, ("LIL", "RBX", "TCG"))
    assert offer.recipient("LIL").expires == later
    assert offer.recipient("TCG").wave == 2
    assert desk.read(open_per_node) == {"LIL": 1, "TCG": 1}
    again = WidenOffer("480001", (AskedNode("RBX", later),))
    assert refused_with(desk.submit, again)["code"] == "nobody_to_ask"


def test_an_offer_is_taken_back_and_undone_offers_can_be_claimed_again(desk: Workspace):
    fill(desk)
    offered(desk)
    desk.submit(WithdrawOffer("480001"))
    assert state_of(desk) is OrderState.TO_SOURCE
    assert refused_with(claimed, desk, "LIL")["code"] == "offer_withdrawn"

    desk.undo()

    assert state_of(desk) is OrderState.OFFERED
    claimed(desk, "LIL")
    desk.undo()
    assert (state_of(desk), cell(desk, "LIL").reserved_here) == (OrderState.OFFERED, 0)
    assert desk.read(load_shipments) == []
    claimed(desk, "RBX")
    assert desk.read(load_shipments)[0].code == "480001-2"


def test_undoing_an_offer_takes_it_back_unless_somebody_has_answered(desk: Workspace):
    fill(desk)
    offered(desk)
    desk.undo()
    assert state_of(desk) is OrderState.TO_SOURCE

    opened = offered(desk)
    entry = desk.read(
        lambda c: c.exec_driver_sql(
            "SELECT id FROM work.operations WHERE kind = 'offer' ORDER BY seq DESC LIMIT 1"
        ).scalar()
    )
    declined(desk, opened.nodes[0])
    assert refused_with(desk.undo, entry)["code"] == "moved_on"


def test_an_order_is_shown_around_once_at_a_time(desk: Workspace):
    fill(desk)
    offered(desk)

    assert refused_with(offered, desk)["code"] == "already_offered"
    claimed(desk, "LIL")
    assert refused_with(offered, desk)["code"] == "nothing_to_send"


def test_a_node_switched_off_is_not_asked_nor_one_without_time(desk: Workspace):
    fill(desk)
    desk.submit(ImportRows("node", "n.csv", (a_node("TCG", active=False),)))

    assert refused_with(offered, desk, "480001", ("TCG",))["code"] == "node_switched_off"
    assert refused_with(offered, desk, "480001", ("LIL",), NOW)["code"] == "deadline_past"
    assert refused_with(offered, desk, "480001", ())["code"] == "nobody_to_ask"
    assert refused_with(offered, desk, "999999")["code"] == "unknown_subject"


@pytest.mark.parametrize("ending", [CancelOrder("480001"), ReleaseOrder("480001")])
def test_an_order_that_ends_ends_its_offer(desk: Workspace, ending):
    fill(desk)
    offered(desk)

    desk.submit(ending)

    assert the_offer(desk).state is OfferState.WITHDRAWN
    assert refused_with(claimed, desk, "LIL")["code"] == "offer_withdrawn"


def test_a_file_does_not_change_the_goods_of_an_offered_order(desk: Workspace):
    fill(desk)
    offered(desk)
    more = an_order(lines=(OrderLine("SKU1", 2, 1_990),))

    told = desk.submit(ImportRows("order", "o.csv", (more,)))

    assert [part.reason.code for part in told.refused] == ["order_offered"]
    assert the_offer(desk).lines == an_order().lines


def test_stock_that_goes_under_a_claim_puts_the_order_back_and_ends_its_preparation(
    desk: Workspace,
):
    fill(desk)
    offered(desk)
    claimed(desk, "LIL")

    desk.submit(ImportRows("stock", "s.csv", (a_cell("LIL", on_hand=0),)))

    assert state_of(desk) is OrderState.TO_SOURCE
    assert desk.read(load_work) == {}


def test_a_node_comes_further_with_its_work_and_never_back(desk: Workspace):
    fill(desk)
    offered(desk)
    claimed(desk, "LIL")

    desk.submit(AdvanceWork("480001-1", WorkState.PREPARING))
    desk.submit(AdvanceWork("480001-1", WorkState.READY))

    assert desk.read(load_work) == {"480001-1": WorkState.READY}
    back = AdvanceWork("480001-1", WorkState.PREPARING)
    assert refused_with(desk.submit, back)["code"] == "work_further"
    desk.undo()
    assert desk.read(load_work) == {"480001-1": WorkState.PREPARING}
    nothing = AdvanceWork("480001-9", WorkState.READY)
    assert refused_with(desk.submit, nothing)["code"] == "unknown_subject"


def test_stock_tells_how_much_of_what_is_reserved_has_left_the_node(desk: Workspace):
    fill(desk)
    offered(desk)
    claimed(desk, "LIL")
    (before,) = picture(desk, "LIL", "SKU1")
    reserved = before.cell.reserved_here
    desk.submit(AdvanceWork("480001-1", WorkState.READY))
    assert [one.work for one in desk.read(holders_of, "LIL", "SKU1")] == [WorkState.READY]
    assert as_document(picture(desk, "LIL"), NOW)["rows"][0]["handed_over"] == 0

    desk.submit(AdvanceWork("480001-1", WorkState.HANDED_OVER))

    (row,) = picture(desk, "LIL", "SKU1")
    assert row.handed_over == row.cell.reserved_here == reserved > 0
    assert as_document([row], NOW)["rows"][0]["handed_over"] == reserved
    assert {one.handed_over for one in picture(desk, "RBX")} == {0}


@pytest.mark.parametrize("by_count", [True, False])
def test_what_was_handed_over_is_not_missed_on_its_shelf(desk: Workspace, by_count: bool):
    fill(desk, orders=(an_order("480001"), an_order("480002")))
    offered(desk)
    claimed(desk, "LIL")
    desk.submit(AdvanceWork("480001-1", WorkState.HANDED_OVER))
    assign(desk, "480002", "LIL", "it waits there")

    if by_count:
        count_stock(desk, "LIL", "SKU1", 0)
    else:
        desk.submit(ImportRows("stock", "s.csv", (a_cell("LIL", on_hand=0),)))

    assert state_of(desk) is OrderState.ALLOCATED
    assert state_of(desk, "480002") is OrderState.TO_SOURCE
    assert desk.read(load_work) == {"480001-1": WorkState.HANDED_OVER}
    assert (cell(desk).reserved_here, cell(desk).available) == (0, 0)


def test_a_count_lets_go_of_what_was_handed_over_before_anybody_else_loses_pieces(desk: Workspace):
    fill(desk, orders=(an_order("480001"), an_order("480002")))
    offered(desk)
    claimed(desk, "LIL")
    desk.submit(AdvanceWork("480001-1", WorkState.HANDED_OVER))
    assign(desk, "480002", "LIL", "it waits there")

    count_stock(desk, "LIL", "SKU1", 1)

    assert {state_of(desk), state_of(desk, "480002")} == {OrderState.ALLOCATED}
    assert (cell(desk).reserved_here, cell(desk).available) == (1, 0)
    assert [one.order for one in desk.read(holders_of, "LIL", "SKU1")] == ["480002"]


def test_a_claim_for_an_order_cancelled_meanwhile_is_refused(desk: Workspace):
    fill(desk)
    offered(desk)
    desk.submit(CancelOrder("480001"))

    assert refused_with(desk.submit, ClaimOffer("480001", "LIL"))["code"] == "offer_withdrawn"


def test_all_who_were_asked_said_no_and_the_offer_is_over(desk: Workspace):
    fill(desk)
    offered(desk)
    for node in ("LIL", "RBX", "TCG"):
        declined(desk, node, DeclineReason.OTHER)

    assert the_offer(desk).state is OfferState.EXHAUSTED
    assert {one.state for one in the_offer(desk).recipients} == {RecipientState.DECLINED}
    assert state_of(desk) is OrderState.TO_SOURCE
