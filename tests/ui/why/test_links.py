"""What each link of the chain says, by how the order stands."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import SaveTours
from app.domain.carriers import CarrierChoice, Quote, QuoteLine
from app.domain.orders import Mode, OrderLine, Queue, Shipment
from app.domain.reasons import because
from app.domain.sourcing import SourcingDecision
from app.domain.tours import Colour, TourPlan, Unplanned
from app.domain.values import Load, Window
from app.operations.carriage import allocate, choose_by_hand
from app.operations.sourcing import accept, assign, release, source
from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.why import chain
from app.ui.why.carrier_link import detail as carriers_told
from app.ui.why.carrier_link import first_unfolded
from app.ui.why.facts import Asked, Carriage, Facts, at_first_sight, gather
from app.ui.why.lines import Card, Detail
from app.ui.why.words import fences, joined
from app.ui.widgets.lines import Leads, Line
from app.workspace import Workspace
from db.queries.board import Board, OrderRow, load_board
from db.queries.names import Names
from tests.builders import LAMBERSART, NOW, a_product, at
from tests.ui.why.mornings import (
    TODAY,
    bring_in,
    lost,
    plan_tour,
    promised,
    to_collect,
    unfillable,
)


def facts_of(workspace: Workspace, code: str, on: date = TODAY) -> Facts:
    """What the pane knows of an order, its suggestion of now included."""
    policy, zone = workspace.policy(), workspace.zone
    board = workspace.read(load_board, policy, zone, on)
    row = next(row for row in board.rows if row.code == code)
    run = source(workspace)
    made = {decision.order: decision for decision in run.decisions}
    asked = Asked(row, made.get(code), board, NOW, zone, policy.touring.tight_slack_s, run)
    return gather(workspace, asked, on)


def card(facts: Facts, link: Link) -> Card:
    return next(card for card in chain.cards(facts) if card.link is link)


def detail(facts: Facts, link: Link) -> Detail:
    return chain.detail(facts, link, first_unfolded(facts))


def sourced(workspace: Workspace) -> None:
    accept(workspace, source(workspace).decisions)


def figures(lines: tuple[Line, ...], column: int) -> list[str]:
    return [line.cells[column].text for line in lines if column < len(line.cells)]


def test_the_cards_come_in_the_order_of_the_chain(workspace: Workspace):
    bring_in(workspace, promised())

    cards = chain.cards(facts_of(workspace, "480213"))

    assert [card.link for card in cards] == list(Link)


@pytest.mark.parametrize("code", ["480213", "480249", "480112", "480190"])
def test_every_link_of_any_order_has_something_to_say(workspace: Workspace, code: str):
    bring_in(workspace, promised(), unfillable(), lost(), to_collect())
    facts = facts_of(workspace, code)

    for link in Link:
        told = detail(facts, link)
        assert card(facts, link).choice
        assert told.title
        assert told.lines or told.notes
        assert len({line.key for line in told.lines}) == len(told.lines)


def test_the_node_says_what_would_flip_it_for_a_suggestion_and_once_it_is_kept(
    workspace: Workspace,
):
    bring_in(workspace, promised())
    suggested = detail(facts_of(workspace, "480213"), Link.NODE).notes
    source(workspace, apply=True)
    kept = detail(facts_of(workspace, "480213"), Link.NODE).notes

    told = [note.text for note in suggested if note.icon is Icon.FLIP]
    assert told
    assert told == [note.text for note in kept if note.icon is Icon.FLIP]


def test_an_approximate_address_says_how_sure_it_is(workspace: Workspace):
    bring_in(workspace, promised(place=at(LAMBERSART, 0.7)))
    facts = facts_of(workspace, "480213")

    assert card(facts, Link.ORDER).beside.endswith("address approximate (70%)")


def test_a_collection_needs_neither_carrier_nor_tour(workspace: Workspace):
    bring_in(workspace, to_collect())
    sourced(workspace)
    facts = facts_of(workspace, "480190")

    assert card(facts, Link.CARRIER).choice == "Nobody: collected where it lies"
    assert card(facts, Link.TOUR).choice == "No tour: collected"
    assert detail(facts, Link.CARRIER).lines == ()


def test_a_node_with_vehicles_is_expected_to_bring_it_itself(workspace: Workspace):
    bring_in(workspace, promised(), vehicles=True)
    facts = facts_of(workspace, "480213")

    assert card(facts, Link.CARRIER).choice == "Own fleet · to plan"
    assert card(facts, Link.CARRIER).beside == "a carrier: Deûle Express €9.00"
    assert card(facts, Link.TOUR).choice == "Not planned yet"
    assert card(facts, Link.TOUR).beside == "1 vehicle at LAM"


def test_a_late_stop_is_told_in_red_with_how_late_it_is(workspace: Workspace):
    bring_in(workspace, promised(), vehicles=True)
    sourced(workspace)
    plan_tour(workspace, "480213", late_s=540)
    facts = facts_of(workspace, "480213")

    assert card(facts, Link.TIME).choice == "13:55 · 9\u00a0min late"
    assert card(facts, Link.TIME).tone == "danger"
    assert "+9\u00a0min" in figures(detail(facts, Link.TOUR).lines, 4)
    assert "nobody late" not in card(facts, Link.TIME).beside


@pytest.mark.parametrize(("slack_s", "tone"), [(599, "warn"), (600, "text1")])
def test_little_slack_is_told_as_tight(workspace: Workspace, slack_s: int, tone: str):
    bring_in(workspace, promised(), vehicles=True)
    sourced(workspace)
    plan_tour(workspace, "480213", slack_s=slack_s)

    assert card(facts_of(workspace, "480213"), Link.TIME).tone == tone


def test_a_tour_leads_to_all_its_orders_and_a_stop_to_its_own(workspace: Workspace):
    bring_in(workspace, promised(), promised("480214"), vehicles=True)
    sourced(workspace)
    plan_tour(workspace, "480213", "480214")
    told = detail(facts_of(workspace, "480213"), Link.TOUR)
    targets = {line.key: line.target for line in told.lines}

    head, stop = targets["2026-11-24-T4 head"], targets["stop 480214-1"]
    assert head is not None
    assert (head.leads, head.codes) == (Leads.TO_ORDERS, ("480213", "480214"))
    assert stop is not None
    assert stop.codes == ("480214",)
    assert told.at == "stop 480213-1"


def test_an_order_left_out_of_the_tours_names_each_vehicle(workspace: Workspace):
    bring_in(workspace, promised(), vehicles=True)
    sourced(workspace)
    reason = because("tour_no_time_left", vehicle="V1")
    left = Unplanned("480213", "480213-1", Colour.RED, (reason,))
    workspace.submit(SaveTours(TourPlan(TODAY, (), (left,))))
    facts = facts_of(workspace, "480213")

    assert card(facts, Link.TOUR).choice == "Impossible on a tour"
    assert card(facts, Link.TOUR).tone == "danger"
    reason, *ways_out = detail(facts, Link.TOUR).notes
    assert (reason.text, reason.tone) == ("V1 has no time left for it on its tour.", "danger")
    assert [way.text for way in ways_out] == ["Fourgon 04 can take it as things are: +€42.80."]


def test_a_chosen_carrier_is_told_with_its_rival_and_the_refused(workspace: Workspace):
    bring_in(workspace, promised(), promised("480214"))
    sourced(workspace)
    allocate(workspace, TODAY, apply=True)
    facts = facts_of(workspace, "480213")

    assert card(facts, Link.CARRIER).choice == "Deûle Express · €9.00"
    assert card(facts, Link.CARRIER).beside == "ahead of Nordfret €12.00"
    assert detail(facts, Link.CARRIER).aside == ""  # kept prices are not those of the moment


def test_a_carrier_chosen_by_hand_keeps_its_reason_in_sight(workspace: Workspace):
    bring_in(workspace, promised())
    sourced(workspace)
    choose_by_hand(workspace, "480213-1", "NFT", "PAL", "they pass by anyway")
    facts = facts_of(workspace, "480213")

    assert card(facts, Link.CARRIER).beside.startswith("by hand: they pass by anyway")
    assert detail(facts, Link.CARRIER).notes[0].text.endswith("they pass by anyway")


def test_a_refused_service_says_its_fence_under_its_name(workspace: Workspace):
    bring_in(workspace, promised(lines=(OrderLine("SKU1", 4, 1_990),)))
    workspace.submit(_heavy_products())
    facts = facts_of(workspace, "480213")
    told = detail(facts, Link.CARRIER)

    assert card(facts, Link.CARRIER).choice == "Nordfret · €12.00"
    assert card(facts, Link.CARRIER).beside == "1 refused"
    keys = [line.key for line in told.lines]
    place = keys.index("480213+1 DEX STD refused")
    assert "exceeds the limit" in told.lines[place + 1].cells[1].text


def _heavy_products():
    return ImportRows("product", "products.csv", (a_product(weight_g=6_000),))


def test_a_node_chosen_by_hand_shows_the_reason_and_the_fence_it_overrides(workspace: Workspace):
    bring_in(workspace, promised())
    assign(workspace, "480213", "ENG", "on show there")
    facts = facts_of(workspace, "480213")

    assert card(facts, Link.NODE).beside.startswith("by hand: on show there")
    chosen = detail(facts, Link.NODE).lines[0]
    assert chosen.key == "ENG"
    assert chosen.cells[0].text == "Chosen"
    assert "2 for safety" in chosen.cells[2].tip


def test_a_decision_that_no_longer_stands_is_not_told(workspace: Workspace):
    bring_in(workspace, promised())
    sourced(workspace)
    release(workspace, "480213", "the customer called")
    facts = facts_of(workspace, "480213")

    assert facts.live
    assert facts.decision is not None
    assert facts.decision.decided_at == NOW


def test_orders_without_stock_wait_for_what_is_on_its_way(workspace: Workspace):
    made = SourcingDecision(
        "480249",
        1,
        unfillable().state,
        (),
        (),
        (because("stock_coming", coming=3, sku="SKU9", node="LIC", expected_on="2026-11-26"),),
        "near",
        1,
        NOW,
    )
    bring_in(workspace, unfillable())
    facts = facts_of(workspace, "480249")
    waiting = Facts(facts.asked, made, (), facts.names)

    assert card(waiting, Link.NODE).choice == "Waits for stock at LIC"
    assert card(waiting, Link.NODE).tone == "info"


def test_the_hour_tells_its_day_when_it_is_another_one(workspace: Workspace):
    order = promised()
    later = {
        "promised_from": order.promised_from + timedelta(days=1),
        "promised_to": order.promised_to + timedelta(days=1),
    }
    bring_in(workspace, promised(**later))
    facts = facts_of(workspace, "480213", TODAY + timedelta(days=1))

    assert "24/11" in card(facts, Link.TIME).choice


def test_a_lone_product_goes_unnamed_in_its_shortage(workspace: Workspace):
    short = because(
        "short_of_stock",
        sku="SKU1",
        asked=2,
        available=0,
        on_hand=3,
        reserved=1,
        blocked=0,
        safety=2,
        taken=0,
    )

    assert fences((short,), one_product=True) == ("ATP 0 of 2: 3 on hand, 1 reserved, 2 for safety")
    assert "SKU1" in fences((short,), one_product=False)
    assert fences((short, because("switched_off")), one_product=True).endswith("(+1)")


@given(cents=st.lists(st.integers(-5_000, 50_000), min_size=1, max_size=6))
def test_the_lines_of_a_price_add_up_to_what_is_shown(cents: list[int]):
    lines = tuple(QuoteLine(f"L{n}", f"line {n}", one) for n, one in enumerate(cents))
    quote = Quote("DEX", "STD", lines)
    shipment = Shipment("480213-1", "480213", "LAM", (OrderLine("SKU1", 1),), Mode.HOME_DELIVERY)
    choice = CarrierChoice("480213-1", (quote,), ())
    carriage = Carriage(shipment, None, choice)
    row = _row_of(promised())
    asked = Asked(row, None, Board(TODAY, (), TourPlan(TODAY, ()), ()), NOW, ZoneInfo("UTC"), 600)
    facts = Facts(asked, None, (carriage,), Names())

    told = carriers_told(facts, frozenset({"480213-1 DEX STD"})).lines

    shown = [_cents(line.cells[4].text) for line in told]
    assert shown[0] == sum(shown[1:])


def _cents(text: str) -> int:
    return round(float(text.replace("\u2212", "-").replace(",", "")) * 100)


def _row_of(order):
    return OrderRow(
        order.code,
        order.customer,
        "59130",
        "Lambersart",
        order.mode,
        Queue.WITH_CARRIER,
        Window(NOW, NOW),
        True,
        NOW,
        1,
        Load(),
        order.place,
        (),
        order,
    )


def test_parts_that_say_nothing_leave_no_dot():
    assert joined("a", "", "b") == "a · b"


def test_the_board_alone_claims_nothing_that_it_does_not_know(workspace: Workspace):
    bring_in(workspace, promised(), vehicles=True)
    sourced(workspace)
    whole = facts_of(workspace, "480213")

    first = at_first_sight(whole.asked)

    assert card(first, Link.NODE).choice == card(whole, Link.NODE).choice
    assert card(first, Link.TOUR).choice == card(first, Link.TIME).choice == "One moment…"
    assert detail(first, Link.CARRIER).notes[0].text == "One moment…"
    assert card(whole, Link.TOUR).choice == "Not planned yet"
