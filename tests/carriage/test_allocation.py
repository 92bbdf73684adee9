"""Allocating a day in a real workspace: who is asked, what is kept, what a person overrules."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.domain.acts.desk import BookBatches
from app.domain.acts.tours import SaveTours
from app.domain.carriers import Batch, Panel, Surcharge, SurchargeKind
from app.domain.nodes import NodeKind
from app.domain.orders import Mode, ShipmentState
from app.domain.tours import Stop, StopKind, Tour, TourPlan
from app.domain.values import Load
from app.errors import AlreadyBooked, AlreadyPlanned, UnknownSubject, WhollyRefused
from app.operations import tariff_tester
from app.operations.carriage import allocate, as_document, choose_by_hand
from app.operations.tariff_tester import as_text, quote
from app.workspace import Workspace
from db.bookings import load_choices
from db.journal import entries
from db.orders import load_shipments
from tests.bookings.a_day import LIL, RBX, TODAY, bring_in, heavy, source_from, today, two_carriers
from tests.builders import (
    LILLE,
    NOW,
    a_panel,
    a_pickup_point,
    a_service,
    a_tariff,
    a_zone,
    an_order,
)


def a_day(workspace: Workspace, panel: Panel | None = None, *codes: str) -> None:
    orders = [today(code) for code in codes or ("480001", "480002")]
    bring_in(workspace, panel or two_carriers(), *orders)
    source_from(workspace, "LIL", *orders)


def state_of(workspace: Workspace, shipment: str) -> ShipmentState:
    return next(s.state for s in workspace.read(load_shipments) if s.code == shipment)


def test_without_apply_nothing_is_written(workspace: Workspace):
    a_day(workspace)
    before = len(workspace.read(entries))

    run = allocate(workspace, TODAY)

    assert [choice.best.carrier for choice in run.choices if choice.best] == ["DEX", "DEX"]
    assert workspace.read(load_choices) == {}
    assert len(workspace.read(entries)) == before
    assert run.entry == ""


def test_apply_keeps_every_choice_with_its_refusals_in_one_entry(workspace: Workspace):
    a_day(workspace)
    before = len(workspace.read(entries))

    run = allocate(workspace, TODAY, apply=True)

    assert tuple(workspace.read(load_choices).values()) == run.choices
    assert len(workspace.read(entries)) == before + 1
    assert state_of(workspace, "480001-1") is ShipmentState.CARRIER_CHOSEN


def test_applying_twice_writes_nothing_new(workspace: Workspace):
    a_day(workspace)
    first = allocate(workspace, TODAY, apply=True)
    before = len(workspace.read(entries))

    again = allocate(workspace, TODAY, apply=True)

    assert again.choices == first.choices
    assert again.entry == ""
    assert len(workspace.read(entries)) == before


def test_undo_gives_the_shipments_back(workspace: Workspace):
    a_day(workspace)
    allocate(workspace, TODAY, apply=True)

    workspace.undo()

    assert workspace.read(load_choices) == {}
    assert state_of(workspace, "480001-1") is ShipmentState.RESERVED


def test_only_what_leaves_that_day_for_a_door_a_relay_or_a_store_is_asked(workspace: Workspace):
    door = today("480001")
    tomorrow = today("480002", wish_from=NOW + timedelta(days=1), wish_to=NOW + timedelta(days=1))
    collected = today("480003", mode=Mode.CLICK_AND_COLLECT, collect_node="LIL")
    transferred = today("480004", mode=Mode.CLICK_AND_COLLECT, collect_node="RBX")
    relay = today("480005", mode=Mode.PICKUP_POINT, pickup_point="DEX-1")
    unsourced = today("480006")
    orders = (door, tomorrow, collected, transferred, relay)
    panel = a_panel(
        services=(a_service(modes=frozenset({Mode.HOME_DELIVERY, Mode.PICKUP_POINT})),),
        pickup_points=(a_pickup_point(),),
    )
    bring_in(workspace, panel, *orders, unsourced)
    source_from(workspace, "LIL", door, tomorrow, collected, relay)
    source_from(workspace, "LIL", transferred, to_node="RBX")

    run = allocate(workspace, TODAY)

    assert [choice.shipment for choice in run.choices] == ["480001-1", "480004-1", "480005-1"]
    assert len(run.served) == 3


def a_tour(shipment: str) -> TourPlan:
    def stop(kind: StopKind, minutes: int, **but: str) -> Stop:
        at = NOW + timedelta(minutes=minutes)
        return Stop(kind, LILLE, at, at, at, **but)

    stops = (
        stop(StopKind.DEPART, 0),
        stop(StopKind.DELIVERY, 10, order=shipment[:-2], shipment=shipment),
        stop(StopKind.RETURN, 20),
    )
    tour = Tour("2026-11-24T1", 1, TODAY, "V1", "LIL", stops, Load(), 1_000, 600, 500, 250)
    return TourPlan(TODAY, (tour,))


def test_what_rides_on_our_tours_is_left_to_them(workspace: Workspace):
    a_day(workspace)
    workspace.submit(SaveTours(a_tour("480001-1")))

    run = allocate(workspace, TODAY, apply=True)

    assert [choice.shipment for choice in run.choices] == ["480002-1"]
    with pytest.raises(AlreadyPlanned):
        choose_by_hand(workspace, "480001-1", "DEX", "STD", "le client préfère")


def test_a_day_played_again_is_not_too_late(workspace: Workspace):
    panel = a_panel(services=(a_service(cutoff=NOW.time(), days=frozenset(range(1, 8))),))
    past = NOW - timedelta(days=20)
    order = an_order(wish_from=past, wish_to=past + timedelta(hours=2))
    bring_in(workspace, panel, order)
    source_from(workspace, "LIL", order)

    assert len(allocate(workspace, past.date()).served) == 1


def test_a_choice_by_hand_stays_and_takes_its_place_first(workspace: Workspace):
    panel = a_panel(
        a_tariff(cents=500, service="SCARCE"),
        a_tariff(cents=900, service="PLENTY"),
        services=(a_service(code="SCARCE", quota_per_day=1), a_service(code="PLENTY")),
    )
    a_day(workspace, panel)
    choose_by_hand(workspace, "480002-1", "DEX", "SCARCE", "client fidèle")

    run = allocate(workspace, TODAY, apply=True)

    services = {choice.shipment: choice.best.service for choice in run.choices if choice.best}
    assert services == {"480001-1": "PLENTY", "480002-1": "SCARCE"}
    assert run.by_hand == {"480002-1"}
    assert workspace.read(load_choices)["480002-1"].override == "client fidèle"


def test_a_person_may_pass_a_fence_with_a_reason_which_is_kept(workspace: Workspace):
    order = heavy("480001")
    bring_in(workspace, a_panel(services=(a_service(max_weight_g=10_000),)), order)
    source_from(workspace, "LIL", order)
    assert allocate(workspace, TODAY).choices[0].best is None

    choose_by_hand(workspace, "480001-1", "DEX", "STD", "accord du chauffeur")

    kept = workspace.read(load_choices)["480001-1"]
    assert kept.best is not None
    assert kept.best.service == "STD"
    assert (kept.override, kept.refused[0].reason.code) == ("accord du chauffeur", "service_weight")


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_reason_no_override(workspace: Workspace, reason: str):
    a_day(workspace)

    with pytest.raises(WhollyRefused) as refusal:
        choose_by_hand(workspace, "480001-1", "DEX", "STD", reason)
    assert refusal.value.reason.code == "override_needs_reason"


def test_what_does_not_exist_cannot_be_chosen(workspace: Workspace):
    a_day(workspace)

    with pytest.raises(UnknownSubject):
        choose_by_hand(workspace, "999999-1", "DEX", "STD", "raison")
    with pytest.raises(UnknownSubject):
        choose_by_hand(workspace, "480001-1", "DEX", "ROCKET", "raison")


def test_what_was_sent_is_not_chosen_again(workspace: Workspace):
    a_day(workspace)
    allocate(workspace, TODAY, apply=True)
    workspace.submit(BookBatches((Batch("DEX-00001", "DEX", TODAY, ("480001-1",), ()),)))

    run = allocate(workspace, TODAY, apply=True)

    assert [choice.shipment for choice in run.choices] == ["480002-1"]
    with pytest.raises(AlreadyBooked):
        choose_by_hand(workspace, "480001-1", "NFT", "PAL", "raison")


def test_the_days_quota_counts_what_was_sent(workspace: Workspace):
    panel = a_panel(services=(a_service(quota_per_day=1),))
    a_day(workspace, panel, "480001")
    allocate(workspace, TODAY, apply=True)
    workspace.submit(BookBatches((Batch("DEX-00001", "DEX", TODAY, ("480001-1",), ()),)))
    late = today("480009")
    bring_in(workspace, panel, late)
    source_from(workspace, "LIL", late)

    choice = allocate(workspace, TODAY).choices[0]

    assert choice.best is None
    assert choice.refused[0].reason.code == "service_quota"


def test_the_document_says_what_the_interface_promises(workspace: Workspace, english: None):
    light, bulky = today("480001"), heavy("480002")
    bring_in(workspace, two_carriers(), light, bulky)
    source_from(workspace, "LIL", light, bulky)

    document = as_document(allocate(workspace, TODAY))

    first, second = document["shipments"]
    assert (first["shipment"], first["carrier"], first["service"]) == ("480001-1", "DEX", "STD")
    assert first["quote"]["lines"] == [
        {"code": "base", "label": "Carriage, zone FR, 1.0\u00a0kg", "cents": 900}
    ]
    assert first["quote"]["total_cents"] == 900
    assert second["refused"] == [
        {
            "carrier": "DEX",
            "service": "STD",
            "code": "service_weight",
            "text": "40.0\u00a0kg exceeds the limit of 10.0\u00a0kg.",
        }
    ]
    assert document["summary"] | {"co2e_g": 0} == {
        "shipments": 2,
        "allocated": 2,
        "without_carrier": 0,
        "by_hand": 0,
        "total_cents": 4_900,
        "co2e_g": 0,
        "carriers": {"DEX": 1, "NFT": 1},
    }


def test_a_shipment_without_carrier_is_in_the_document_with_every_reason(workspace: Workspace):
    bring_in(workspace, a_panel(zones=(a_zone(country="BE"),)), today("480001"))
    source_from(workspace, "LIL", today("480001"))

    shipment = as_document(allocate(workspace, TODAY))["shipments"][0]

    assert (shipment["carrier"], shipment["service"], shipment["quote"]) == (None, None, None)
    assert [one["code"] for one in shipment["refused"]] == ["service_zone"]


def test_the_tariff_tester_prices_every_service_or_says_why_not(
    workspace: Workspace, english: None
):
    bring_in(workspace, two_carriers())

    document = tariff_tester.as_document(quote(workspace, "59130", 12_000))

    assert [(q["carrier"], q["service"], q["total_cents"]) for q in document["quotes"]] == [
        ("NFT", "PAL", 4_000)
    ]
    assert document["quotes"][0]["lines"][0]["cents"] == 4_000
    assert [(r["carrier"], r["code"]) for r in document["refused"]] == [("DEX", "service_weight")]
    text = as_text(quote(workspace, "59130", 12_000))
    assert "NFT PAL: €40.00" in text
    assert "DEX STD: 12.0\u00a0kg exceeds" in text


def test_the_tester_may_ask_one_carrier_on_another_day(workspace: Workspace):
    bring_in(workspace, two_carriers())

    saturday = quote(workspace, "59130", 1_000, carrier="DEX", on=date(2026, 11, 28))

    assert [(one.carrier, one.reason.code) for one in saturday.refused] == [("DEX", "service_day")]
    with pytest.raises(UnknownSubject):
        quote(workspace, "59130", 1_000, carrier="ABC")


def test_the_tester_prices_relay_services_without_a_relay(workspace: Workspace):
    panel = a_panel(services=(a_service(modes=frozenset({Mode.PICKUP_POINT})),))
    bring_in(workspace, panel)

    assert len(quote(workspace, "59130", 1_000).quotes) == 1


def test_the_tester_starts_from_a_warehouse_or_the_node_named(workspace: Workspace):
    bring_in(workspace, two_carriers(), nodes=(LIL, replace(RBX, kind=NodeKind.WAREHOUSE)))

    assert quote(workspace, "59130", 1_000).node == "RBX"
    assert quote(workspace, "59130", 1_000, node="LIL").node == "LIL"
    assert quote(workspace, "59130", 1_000).on == NOW.astimezone(ZoneInfo("Europe/Paris")).date()
    with pytest.raises(UnknownSubject):
        quote(workspace, "59130", 1_000, node="XXX")


def test_the_tester_takes_it_that_the_customer_can_be_reached(workspace: Workspace):
    missing = Surcharge(
        *("DEX", "", "NOCONTACT", "", 1, SurchargeKind.FIXED, Decimal(55)),
        condition="phone = missing or email = missing",
    )
    bring_in(workspace, a_panel(surcharges=(missing,)))

    assert [line.code for line in quote(workspace, "59130", 1_000).quotes[0].lines] == ["base"]
