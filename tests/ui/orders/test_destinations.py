"""Where a selection may be sent: what can, what cannot and why, what was meant by a few letters."""

from dataclasses import replace

from app.domain.carriers import Quote, QuoteLine, RefusedService
from app.domain.orders import ShipmentState
from app.domain.reasons import because
from app.domain.sourcing import OtherNodes
from app.domain.values import Load
from app.operations.by_hand import CarrierOffers
from app.ui.orders.destinations import (
    Choice,
    carrier_choices,
    matching,
    node_choices,
    shipments_of,
)
from db.queries.board import ShipmentRow
from db.queries.directory import Directory
from tests.builders import a_node
from tests.ui.orders.rows import a_line, candidate, decided, promised

NODES = [a_node("LAM"), a_node("LIC"), a_node("ENG")]
FULL = because("full", orders=9, limit=9)


def with_suggestion(code, *candidates, **but):
    order = promised(code)
    return a_line(order, suggestion=decided(order, *candidates, **but))


def by_code(choices):
    return {choice.code: choice for choice in choices}


def test_for_one_order_a_choice_tells_stock_distance_and_what_forbids_it():
    line = with_suggestion(
        "480213", candidate("LAM"), candidate("ENG", available=0, score=None, fences=(FULL,))
    )

    found = by_code(node_choices([line], NODES))

    assert (found["LAM"].available, found["LAM"].distance_m, found["LAM"].free) == (5, 3_000, True)
    assert (found["ENG"].refusal, found["ENG"].free) == (FULL, False)


def test_a_node_that_was_only_told_in_a_group_has_the_groups_reason():
    full = because("others_full", count=1)
    lower = because("others_ranked_lower", count=1)
    line = with_suggestion(
        "480213",
        candidate("LAM"),
        others=(OtherNodes(full, ("ENG",)), OtherNodes(lower, ("LIC",))),
    )

    found = by_code(node_choices([line], NODES))

    assert found["ENG"].refusal == full
    assert found["LIC"].free


def test_for_several_orders_it_counts_how_many_can_and_leaves_single_figures_out():
    can = with_suggestion("480213", candidate("LAM"))
    cannot = with_suggestion("480214", candidate("LAM", score=None, fences=(FULL,)))

    lam = by_code(node_choices([can, cannot], NODES))["LAM"]

    assert (lam.able, lam.asked, lam.refusal, lam.available) == (1, 2, FULL, None)


def test_the_node_that_most_can_go_to_comes_first_then_the_better_score():
    line = with_suggestion(
        "480213",
        candidate("LIC", score=60.0),
        candidate("LAM", score=90.0),
        candidate("ENG", score=None, fences=(FULL,)),
    )

    assert [choice.code for choice in node_choices([line], NODES)] == ["LAM", "LIC", "ENG"]


def test_typed_letters_mean_a_code_first_then_the_beginning_of_a_name():
    choices = [
        Choice("ENG", "Magasin Lambersart", 1, 1),
        Choice("LAM", "Lambersart", 1, 1),
        Choice("LAMB", "Autre", 1, 1),
        Choice("TCG", "Tourcoing", 1, 1),
    ]

    assert [each.code for each in matching(choices, "lam")] == ["LAM", "LAMB", "ENG"]
    assert [each.code for each in matching(choices, "ourc")] == []
    assert matching(choices, "") == choices


def quote(carrier="DEX", service="STD", cents=900, late_days=0):
    return Quote(carrier, service, (QuoteLine("base", "", cents),), late_days=late_days)


def test_services_that_keep_the_promise_come_before_cheaper_ones_that_do_not():
    offers = [CarrierOffers("480213-1", (quote(cents=500, late_days=2), quote("VLY")), ())]

    first, late = carrier_choices(offers, Directory({"VLY": "Vélo Lys"}))

    assert (first.code, first.name, first.free) == ("VLY", "Vélo Lys · STD", True)
    assert (late.code, late.late_days, late.free) == ("DEX", 2, False)


def test_the_price_for_several_shipments_is_their_sum_and_a_refusal_is_kept():
    too_heavy = because("too_heavy")
    offers = [
        CarrierOffers("480213-1", (quote(cents=900),), ()),
        CarrierOffers("480214-1", (), (RefusedService("DEX", "STD", too_heavy),)),
        CarrierOffers("480215-1", (quote(cents=700),), ()),
    ]

    (choice,) = carrier_choices(offers, Directory())

    assert (choice.able, choice.asked, choice.cents) == (2, 3, 1_600)
    assert (choice.refusal, choice.free, choice.service) == (too_heavy, False, ("DEX", "STD"))


def test_only_what_rides_on_nothing_yet_may_get_a_carrier():
    free = ShipmentRow("480213-1", "LIL", "", ShipmentState.RESERVED, Load())
    rows = (
        free,
        replace(free, code="480213-2", tour=4),
        replace(free, code="480213-3", reference="DEX-1", state=ShipmentState.BOOKED),
        replace(free, code="480213-4", carrier="DEX", state=ShipmentState.CARRIER_CHOSEN),
    )
    line = a_line()
    line = replace(line, source=replace(line.source, shipments=rows))

    assert shipments_of([line]) == ["480213-1", "480213-4"]
