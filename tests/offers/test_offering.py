"""Offering as a person does it: whom the policy asks, what follows, and what ends an offer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.connectors.policy_file import write_policy
from app.domain.acts.orders import ImportRows
from app.domain.nodes import NodeKind
from app.domain.offers import DeclineReason, OfferState, Shortfall
from app.domain.orders import Mode, OrderLine, OrderState
from app.domain.policy import OfferPolicy, Policy, Rating
from app.domain.values import GeoPoint
from app.errors import OfferRefused, UnknownSubject, WhollyRefused
from app.operations.keeping import verify
from app.operations.offer_settling import settle_offers
from app.operations.offers import (
    advice,
    assign_at_once,
    claim,
    decline,
    give_back,
    offer,
    widen,
    withdraw,
)
from app.operations.policy import publish_policy
from app.operations.sourcing import assign, source
from app.operations.why import why
from app.operations.why_chain import Link
from app.planning.offers.deadlines import deadline
from app.workspace import Workspace
from db.offers import load_offers
from db.orders import load_shipments
from db.queries.offers import load_offers_board
from tests.builders import LAMBERSART, NOW, a_cell, a_node, an_order
from tests.offers.asked import Clock, cell, fill, state_of, the_offer

ORDER = "480001"


def km_east(km: float) -> GeoPoint:
    """A place so far from the order's door, by roads as crooked as the policy says."""
    return GeoPoint(LAMBERSART.latitude, LAMBERSART.longitude + km / 1.3 / 70.6)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Iterator[Workspace]:
    with Workspace.open(folder, user="c.vasseur", clock=clock) as opened:
        yield opened
        assert verify(opened).findings == ()


def town(desk: Workspace, *km: float, on_hand: int = 3, **order: object) -> None:
    """Stores A, B, C ... so many kilometres from the order."""
    codes = "ABCDEFGH"[: len(km)]
    fill(desk, nodes=codes, on_hand=on_hand, orders=(an_order(**order),))
    rows = tuple(a_node(code, km_east(far)) for code, far in zip(codes, km, strict=True))
    desk.submit(ImportRows("node", "nodes.csv", rows))


def rules(desk: Workspace, **offers: object) -> None:
    terms = replace(OfferPolicy(), **offers)
    publish_policy(desk, write_policy(replace(Policy(), offers=terms)))


def test_the_policy_asks_as_few_of_the_nearest_as_give_the_wanted_chance(desk: Workspace):
    town(desk, 1, 2, 3, 4, 5, 6)

    found = advice(desk, ORDER)

    assert found.chosen == ("A", "B", "C", "D")
    assert [one.node for one in found.askable] == ["A", "B", "C", "D", "E", "F"]
    assert found.chances == tuple(sorted(found.chances))
    assert found.chance == pytest.approx(found.chances[-1])
    assert found.fallback == "A"
    rules(desk, wanted_chance=0.5, nodes=6)
    assert advice(desk, ORDER).chosen == ("A",)


def test_nodes_that_always_say_no_are_left_for_others(desk: Workspace, clock: Clock):
    town(desk, 1, 2, 3)
    orders = tuple(an_order(f"49{n:04}") for n in range(40))
    desk.submit(ImportRows("order", "o.csv", orders))
    desk.submit(ImportRows("stock", "s.csv", tuple(a_cell(node, on_hand=99) for node in "ABC")))
    for order in orders:
        offer(desk, order.code, ("A", "B", "C"), minutes=20)
        clock.turn(seconds=30)
        decline(desk, order.code, "A", DeclineReason.NO_TIME)
        clock.turn(seconds=30)
        claim(desk, order.code, "C")

    found = advice(desk, ORDER)

    assert found.chosen == ("C",)
    assert found.chance > 0.95
    chances = {one.node: one.chance for one in found.askable}
    assert chances["A"] < 0.15 < chances["B"] < chances["C"]


def test_nodes_out_of_the_ring_busy_closed_or_without_stock_are_spared_and_told_why(
    desk: Workspace,
):
    town(desk, 1, 20, 2, 3, 4)
    desk.submit(
        ImportRows(
            "node",
            "n.csv",
            (
                a_node("C", km_east(2), opening_hours="Mo-Su 14:00-19:00"),
                a_node("D", km_east(3), kind=NodeKind.WAREHOUSE),
            ),
        )
    )
    desk.submit(ImportRows("stock", "s.csv", (a_cell("E", on_hand=0),)))

    found = advice(desk, ORDER)

    assert found.chosen == ("A",)
    assert {one.node: one.reasons[0].code for one in found.spared} == {
        "B": "offer_out_of_ring",
        "C": "offer_closed",
        "D": "offer_needs_nobody",
        "E": "short_of_stock",
    }


def test_a_node_with_enough_offers_to_answer_is_spared(desk: Workspace):
    town(desk, 1, 2)
    rules(desk, max_open_per_node=1)
    desk.submit(ImportRows("order", "o.csv", (an_order("480002"),)))
    offer(desk, "480002", ("A",))

    found = advice(desk, ORDER)

    assert found.chosen == ("B",)
    assert found.spared[0].reasons[0].code == "offer_busy"


def test_a_deadline_runs_by_the_wall_or_by_opening_hours(desk: Workspace):
    town(desk, 1)
    hours = a_node("A", km_east(1), opening_hours="Mo-Su 09:00-09:50,14:00-19:00")
    desk.submit(ImportRows("node", "n.csv", (hours,)))

    assert offer(desk, ORDER, ("A",), minutes=20).offer.expires == NOW + timedelta(minutes=20)
    withdraw(desk, ORDER)
    rules(desk, by_opening_hours=True)
    made = offer(desk, ORDER, ("A",), minutes=20)

    # eight minutes are left until 09:50, the other twelve run from 14:00
    assert made.offer.expires.isoformat() == "2026-11-24T13:12:00+00:00"


@pytest.mark.parametrize(
    ("asked_at", "hours", "expires"),
    [
        # Tuesday 18:50 with 20 minutes: ten are left, the others run on Wednesday morning
        ("2026-11-24T17:50", "Mo-Sa 09:00-19:00; PH off", "2026-11-25T08:10"),
        # Saturday evening, then a closed Sunday
        ("2026-11-28T17:50", "Mo-Sa 09:00-19:00; PH off", "2026-11-30T08:10"),
        # Thursday 24 December 18:50: Christmas is a holiday, Saturday is not
        ("2026-12-24T17:50", "Mo-Sa 09:00-19:00; PH off", "2026-12-26T08:10"),
        # asked while it is shut at night: the whole time runs from the door's opening
        ("2026-11-24T22:00", "Mo-Sa 09:00-19:00; PH off", "2026-11-25T08:20"),
        # the night on which clocks go back, open round the clock: 20 minutes stay 20 minutes
        ("2026-10-25T00:50", "24/7", "2026-10-25T01:10"),
    ],
)
def test_a_deadline_in_opening_hours_sleeps_over_nights_and_holidays(
    asked_at: str, hours: str, expires: str
):
    node = a_node("A", opening_hours=hours)
    now = datetime.fromisoformat(asked_at).replace(tzinfo=UTC)

    ends = deadline(node, now, 20 * 60, by_opening_hours=True)

    assert ends == datetime.fromisoformat(expires).replace(tzinfo=UTC)


def test_a_rule_has_its_own_number_of_nodes_and_its_own_time(desk: Workspace):
    town(desk, 1, 2, 3)
    policy = Policy()
    chain = (replace(policy.sourcing.chain[0], offer_nodes=2, offer_answer_s=300),)
    own = replace(policy, sourcing=replace(policy.sourcing, chain=chain))
    publish_policy(desk, write_policy(own))

    made = offer(desk, ORDER)

    assert (made.offer.nodes, made.offer.expires) == (("A", "B"), NOW + timedelta(minutes=5))


def test_waves_widen_then_the_rules_assign_each_in_its_time(desk: Workspace, clock: Clock):
    town(desk, 1, 2, 20)
    rules(desk, range_m=10_000, widen_m=15_000, waves=2)
    offer(desk, ORDER)
    assert the_offer(desk).nodes == ("A", "B")

    clock.turn(minutes=21)
    first = settle_offers(desk)

    assert (first.lapsed, first.widened) == ((ORDER,), (ORDER,))
    assert (the_offer(desk).code, the_offer(desk).wave, the_offer(desk).nodes) == (
        "480001/O2",
        2,
        ("C",),
    )
    clock.turn(minutes=21)
    last = settle_offers(desk)
    assert (last.lapsed, last.assigned) == ((ORDER,), (ORDER,))
    assert state_of(desk) is OrderState.ALLOCATED
    assert desk.read(load_shipments)[0].node == "A"
    assert settle_offers(desk) == settle_offers(desk).__class__()


def test_without_fallback_an_unclaimed_order_waits_for_a_person(desk: Workspace, clock: Clock):
    town(desk, 1, 2)
    offer(desk, ORDER, ("A",), fallback=False)
    clock.turn(minutes=21)

    assert settle_offers(desk).lapsed == (ORDER,)
    assert settle_offers(desk).assigned == ()
    assert state_of(desk) is OrderState.TO_SOURCE


def test_what_a_kill_cut_short_is_followed_up_by_the_next_settling(desk: Workspace, clock: Clock):
    from app.domain.acts.offers import LapseOffers
    from db.offers import due_offers

    town(desk, 1)
    offer(desk, ORDER)
    clock.turn(minutes=21)
    desk.submit(LapseOffers(desk.read(due_offers, clock.at)))
    clock.turn(hours=3)

    assert settle_offers(desk).assigned == (ORDER,)
    assert state_of(desk) is OrderState.ALLOCATED


def test_the_last_no_brings_the_next_wave_at_once_and_never_the_same_node(desk: Workspace):
    town(desk, 1, 2, 20)
    rules(desk, range_m=10_000)
    offer(desk, ORDER)

    decline(desk, ORDER, "A", DeclineReason.ABSENT)
    decline(desk, ORDER, "B", DeclineReason.NO_TIME)

    assert [one.code for one in desk.read(load_offers)] == ["480001/O1", "480001/O2"]
    assert the_offer(desk).nodes == ("C",)
    decline(desk, ORDER, "C", DeclineReason.NO_TIME)
    assert state_of(desk) is OrderState.UNFILLABLE
    assert desk.read(load_shipments) == []


def test_a_warehouse_claims_by_itself(desk: Workspace):
    town(desk, 1, 2)
    desk.submit(ImportRows("node", "n.csv", (a_node("B", km_east(2), kind=NodeKind.WAREHOUSE),)))

    made = offer(desk, ORDER, ("A", "B"))

    assert (made.offer.state, made.offer.winner) == (OfferState.CLAIMED, "B")
    assert state_of(desk) is OrderState.ALLOCATED


def test_ordinary_sourcing_leaves_offered_orders_alone_and_counts_them(desk: Workspace):
    town(desk, 1, 2)
    desk.submit(ImportRows("order", "o.csv", (an_order("480002"),)))
    offer(desk, ORDER)

    run = source(desk, apply=True)

    assert [made.order for made in run.decisions] == ["480002"]
    assert run.offered == 1
    assert the_offer(desk).is_open


def test_ordinary_sourcing_never_asks_a_node_that_refused_and_says_so(desk: Workspace):
    town(desk, 1, 5)
    offer(desk, ORDER, ("A",), fallback=False)
    decline(desk, ORDER, "A", DeclineReason.NO_TIME)

    (made,) = source(desk, apply=True).decisions

    assert made.nodes == ("B",)
    fence = made.candidate("A").fences[0]
    assert (fence.code, fence["decline"]) == ("refused_before", "no_time")
    assert fence["refused_at"] == "2026-11-24T09:42:00+01:00"


def test_a_person_may_still_assign_to_a_node_that_refused(desk: Workspace):
    town(desk, 1, 5)
    offer(desk, ORDER, ("A",), fallback=False)
    decline(desk, ORDER, "A", DeclineReason.NO_TIME)

    assert assign(desk, ORDER, "A", "said yes on the phone").nodes == ("A",)


def test_assigning_by_hand_takes_the_offer_back(desk: Workspace):
    town(desk, 1, 2)
    offer(desk, ORDER)

    assign(desk, ORDER, "B", "the client waits there")

    assert the_offer(desk).state is OfferState.WITHDRAWN
    assert desk.read(load_shipments)[0].node == "B"


def test_an_offer_is_widened_by_the_policy_or_by_hand(desk: Workspace):
    town(desk, 1, 20, 60)
    offer(desk, ORDER)
    assert the_offer(desk).nodes == ("A",)

    widen(desk, ORDER)
    assert the_offer(desk).nodes == ("A", "B")
    widen(desk, ORDER, ("C",))
    assert the_offer(desk).nodes == ("A", "B", "C")
    with pytest.raises(OfferRefused, match="nobody_to_ask"):
        widen(desk, ORDER)


def test_the_rules_can_be_let_decide_before_the_deadline(desk: Workspace):
    town(desk, 1, 2)
    offer(desk, ORDER, ("B",))

    run = assign_at_once(desk, ORDER)

    assert run.decisions[0].nodes == ("A",)
    assert state_of(desk) is OrderState.ALLOCATED


def test_a_refused_order_to_collect_is_not_sourced_elsewhere_behind_the_clients_back(
    desk: Workspace, clock: Clock
):
    town(desk, 1, 2, mode=Mode.CLICK_AND_COLLECT, collect_node="A")
    offer(desk, ORDER, ("A",))
    decline(desk, ORDER, "A", DeclineReason.ABSENT)
    clock.turn(hours=2)
    settle_offers(desk)

    (made,) = source(desk, apply=True).decisions

    assert (made.status, made.shipments) == (OrderState.TO_SOURCE, ())
    assert made.reasons[0].code == "collect_refused"
    assert [o.code for o in desk.read(load_offers)] == ["480001/O1"]
    board = desk.read(load_offers_board, NOW)
    assert [one.order.code for one in board.collect_refused] == [ORDER]
    told = [reason.code for reason in why(desk, ORDER).link(Link.NODE).reasons]
    assert "tell_client_refused" in told
    assign(desk, ORDER, "B", "the client agreed")
    assert desk.read(load_shipments)[0].to_node == "A"
    assert desk.read(load_offers_board, NOW).collect_refused == ()


def test_what_is_given_back_goes_to_others(desk: Workspace):
    town(desk, 1, 2)
    offer(desk, ORDER)
    claim(desk, ORDER, "A")

    made = give_back(desk, ORDER, "A", DeclineReason.DAMAGED)

    assert made.offer.state is OfferState.RELEASED
    assert cell(desk, "A").blocked == 1
    assert state_of(desk) is OrderState.ALLOCATED  # nobody else is within a wave: the rules
    assert desk.read(load_shipments)[0].node == "B"


def test_what_the_rules_assigned_can_be_given_back_too(desk: Workspace):
    town(desk, 1, 2)
    source(desk, apply=True)

    give_back(desk, ORDER, "A", DeclineReason.FEWER, (Shortfall("SKU1", 0),))

    assert state_of(desk) is OrderState.TO_SOURCE
    assert source(desk, apply=True).decisions[0].nodes == ("B",)


def test_what_rides_in_a_tour_is_not_given_back_before_it_is_taken_out(desk: Workspace):
    from app.errors import AlreadyPlanned

    town(desk, 1)
    source(desk, apply=True)
    with desk._work.begin() as work:
        work.exec_driver_sql("INSERT INTO planned VALUES ('480001-1', '2026-11-24/T1', 1)")
    with pytest.raises(AlreadyPlanned):
        give_back(desk, ORDER, "A", DeclineReason.NO_TIME)
    with desk._work.begin() as work:
        work.exec_driver_sql("DELETE FROM planned")


def test_an_order_no_node_has_whole_is_offered_to_those_with_a_part(desk: Workspace):
    lines = (OrderLine("SKU1", 1), OrderLine("SKU2", 1))
    fill(desk, nodes="AB", skus=("SKU1", "SKU2"), orders=(an_order(lines=lines),))
    short = (a_cell("A", "SKU2", 0), a_cell("B", "SKU1", 0))
    desk.submit(ImportRows("stock", "s.csv", short))
    offer(desk, ORDER)
    assert set(the_offer(desk).nodes) == {"A", "B"}

    with pytest.raises(WhollyRefused, match="no_stock"):
        claim(desk, ORDER, "A")
    claim(desk, ORDER, "A", (OrderLine("SKU1", 1),))

    assert state_of(desk) is OrderState.PARTIALLY_ALLOCATED
    offer(desk, ORDER, ("B",))
    claim(desk, ORDER, "B")
    assert state_of(desk) is OrderState.ALLOCATED


def test_an_address_to_check_is_not_offered_nor_what_is_unknown(desk: Workspace):
    town(desk, 1, place=None)

    with pytest.raises(OfferRefused, match="address_to_check"):
        offer(desk, ORDER, ("A",))
    with pytest.raises(UnknownSubject):
        offer(desk, "999999", ("A",))


def test_why_tells_whom_the_order_was_shown_to_and_who_won(desk: Workspace, clock: Clock):
    town(desk, 1, 2, 3)
    offer(desk, ORDER, ("A", "B", "C"))
    waiting = why(desk, ORDER).link(Link.NODE)
    assert [reason.code for reason in waiting.reasons] == ["why_offer_open"]
    assert [one.reasons[0].code for one in waiting.rejected] == ["why_awaited"] * 3
    clock.turn(minutes=4)
    decline(desk, ORDER, "C", DeclineReason.NO_TIME)
    claim(desk, ORDER, "B")

    link = why(desk, ORDER).link(Link.NODE)

    assert [one.code for one in link.chosen] == ["B"]
    assert (link.reasons[0].code, link.reasons[0]["after_s"]) == ("why_offer_claimed", 240)
    assert {one.code: one.reasons[0].code for one in link.rejected} == {
        "A": "why_outrun",
        "C": "refused_before",
    }


def test_the_board_counts_answers_and_tells_them_newest_first(desk: Workspace, clock: Clock):
    town(desk, 1, 2, 3)
    desk.submit(ImportRows("order", "o.csv", (an_order("480002"), an_order("480003"))))
    offer(desk, "480002", ("A", "B"))
    clock.turn(minutes=2)
    decline(desk, "480002", "B", DeclineReason.ABSENT)
    clock.turn(minutes=2)
    claim(desk, "480002", "A")
    offer(desk, ORDER, ("A", "C"), minutes=30)
    offer(desk, "480003", ("C",), minutes=5, fallback=False)
    clock.turn(minutes=6)
    settle_offers(desk)

    board = desk.read(load_offers_board, NOW)

    assert [row.order.code for row in board.open] == [ORDER]
    assert [(row.order.code, row.node, str(row.state)) for row in board.answers] == [
        ("480003", "", "expired"),
        ("480002", "A", "claimed"),
        ("480002", "B", "declined"),
    ]
    assert (board.median_s, board.refusal_share) == (240, 0.5)
    figures = {one.node: one for one in board.nodes}
    assert (figures["A"].asked, figures["A"].claimed, figures["A"].median_s) == (2, 1, 240)
    assert figures["B"].reasons == ((DeclineReason.ABSENT, 1),)
    assert (figures["C"].lapsed, figures["C"].outrun) == (1, 0)
    give_back(desk, "480002", "A", DeclineReason.FEWER)
    figures = {one.node: one for one in desk.read(load_offers_board, NOW).nodes}
    assert (figures["A"].released, figures["A"].short_pick_share) == (1, 1.0)


def test_rules_may_prefer_nodes_that_take_and_carry_out_what_they_are_offered(
    desk: Workspace, clock: Clock
):
    town(desk, 1, 2, 3)
    orders = tuple(an_order(f"49{n:04}") for n in range(6))
    desk.submit(ImportRows("order", "o.csv", orders))
    desk.submit(ImportRows("stock", "s.csv", tuple(a_cell(node, on_hand=99) for node in "ABC")))
    for order in orders:
        offer(desk, order.code, ("A", "B", "C"), fallback=False)
        decline(desk, order.code, "A", DeclineReason.NO_TIME)
        claim(desk, order.code, "B")
        give_back(desk, order.code, "B", DeclineReason.OTHER)
    policy = Policy()
    chain = (replace(policy.sourcing.chain[0], ratings=((Rating.ANSWERS, 1.0),)),)
    weighed = replace(policy, sourcing=replace(policy.sourcing, chain=chain))
    publish_policy(desk, write_policy(weighed))

    (made,) = source(desk, orders=(ORDER,)).decisions

    assert made.nodes == ("C",)
    shares = {one.node: one.parts[0].figure["kept_share"] for one in made.candidates}
    assert shares["A"] == shares["B"] < shares["C"] == 0.6
