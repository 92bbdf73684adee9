"""Why an order goes as it goes, from what was stored when it was decided."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.acts.desk import ChooseCarriers
from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import SaveTours
from app.domain.carriers import CarrierChoice, Quote, QuoteLine, RefusedService
from app.domain.orders import Mode, OrderLine
from app.domain.reasons import because
from app.domain.tours import Colour, Stop, StopKind, Tour, TourPlan, Unplanned
from app.domain.values import GeoPoint, Load, Window
from app.errors import UnknownSubject
from app.operations.sourcing import assign, release, source
from app.operations.why import as_document, as_text, why
from app.operations.why_chain import Link, WhyChain
from app.workspace import Workspace
from tests.builders import (
    LAMBERSART,
    LILLE,
    LYON,
    ROUBAIX,
    a_carrier,
    a_cell,
    a_node,
    a_product,
    a_service,
    a_vehicle,
    an_order,
)
from tests.sourcing.asking import in_paris

TODAY = date(2026, 11, 24)
PROMISED = {"promised_from": in_paris(14), "promised_to": in_paris(16)}


def take_in(workspace: Workspace, kind: str, *rows: object) -> None:
    workspace.submit(ImportRows(kind, f"{kind}.csv", rows))


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """A promised order that Lille, Roubaix and Lyon could serve, sourced by rule."""
    take_in(workspace, "node", a_node("LIL"), a_node("RBX", ROUBAIX), a_node("LYO", LYON))
    take_in(workspace, "product", a_product(weight_g=2_800))
    take_in(workspace, "stock", a_cell("LIL"), a_cell("RBX"), a_cell("LYO"))
    take_in(workspace, "order", an_order(**PROMISED))
    return workspace


def sourced(workspace: Workspace) -> WhyChain:
    source(workspace, apply=True)
    return why(workspace, "480001")


def codes(weighed: Iterable) -> list[str]:
    return [one.code for one in weighed]


def a_stop(shipment: str, start, point: GeoPoint = LAMBERSART, **but) -> Stop:
    stop = Stop(
        StopKind.DELIVERY,
        point,
        arrival=start,
        start=start,
        departure=start + timedelta(minutes=5),
        order=shipment.rpartition("-")[0],
        shipment=shipment,
        window=Window(PROMISED["promised_from"], PROMISED["promised_to"]),
        distance_m=1_900,
        drive_s=240,
    )
    return replace(stop, **but)


def at_depot(kind: StopKind, at) -> Stop:
    return Stop(kind, LILLE, at, at, at)


def a_tour(*stops: Stop) -> Tour:
    whole = (
        at_depot(StopKind.DEPART, in_paris(13)),
        *stops,
        at_depot(StopKind.RETURN, in_paris(15, 50)),
    )
    return Tour(
        "2026-11-24T4", 4, TODAY, "V1", "LIL", whole, Load(2_800), 29_800, 5_400, 14_265, 400
    )


def test_the_node_link_names_the_chosen_and_all_that_were_not(desk: Workspace):
    link = sourced(desk).link(Link.NODE)

    assert codes(link.chosen) == ["LIL"]
    assert codes(link.rejected) == ["RBX", "LYO"]
    assert link.chosen[0].name == "Store LIL"
    assert link.chosen[0].shipment == "480001-1"
    assert [r.code for r in link.rejected[0].reasons] == ["ranked_lower"]
    assert {r.code for r in link.rejected[1].reasons} == {"out_of_range", "too_far_in_time"}
    assert link.margin == because(
        "lead_points", points=pytest.approx(link.chosen[0]["score"] - link.rejected[0]["score"])
    )


def test_the_figures_are_those_of_the_decision_not_of_today(desk: Workspace):
    before = sourced(desk)
    take_in(desk, "stock", a_cell("LIL", on_hand=700), a_cell("RBX", on_hand=0))
    take_in(desk, "node", a_node("RBX", ROUBAIX, active=False))

    after = why(desk, "480001")

    assert after.link(Link.NODE) == before.link(Link.NODE)
    assert after.link(Link.NODE).chosen[0]["available"] == 10


def test_the_rule_and_its_version_are_told(desk: Workspace):
    reasons = {reason.code: reason for reason in sourced(desk).link(Link.NODE).reasons}

    assert reasons["by_rule"]["rule"] == "Nearest"
    assert reasons["by_rule"]["version"] == 0
    assert reasons["best_node"]["next_node"] == "RBX"


def test_an_order_not_sourced_yet_says_so_on_every_link(desk: Workspace):
    chain = why(desk, "480001")

    assert chain.decision is None
    said = {link.link: [reason.code for reason in link.reasons] for link in chain.links}
    assert said == {
        Link.ORDER: [],
        Link.NODE: ["not_sourced_yet"],
        Link.CARRIER: ["nothing_to_carry_yet"],
        Link.TOUR: ["not_planned_yet"],
        Link.TIME: ["time_open"],
    }


def test_an_order_that_nobody_can_serve_keeps_every_reason(desk: Workspace):
    take_in(desk, "order", an_order("480002", lines=(OrderLine("SKU9", 1),)))
    source(desk, apply=True)

    link = why(desk, "480002").link(Link.NODE)

    assert link.chosen == ()
    assert sorted(codes(link.rejected)) == ["LIL", "LYO", "RBX"]
    assert all("not_held" in {r.code for r in one.reasons} for one in link.rejected)
    assert link.reasons[0].code == "no_candidate"


def test_pieces_given_back_leave_no_false_reason_behind(desk: Workspace):
    sourced(desk)
    release(desk, "480001", "anew")

    chain = why(desk, "480001")

    assert chain.decision is None
    assert [reason.code for reason in chain.link(Link.NODE).reasons] == ["given_back"]


def test_a_decision_by_hand_shows_the_fences_it_went_over(desk: Workspace):
    assign(desk, "480001", "LYO", "the client asked for it")

    link = why(desk, "480001").link(Link.NODE)

    assert codes(link.chosen) == ["LYO"]
    assert "out_of_range" in {reason.code for reason in link.chosen[0].reasons}
    assert codes(link.rejected) == ["LIL", "RBX"]
    assert because("overridden", because="the client asked for it") in link.reasons


def test_an_order_in_a_tour_has_its_van_its_neighbours_and_its_slack(desk: Workspace):
    take_in(desk, "vehicle", a_vehicle(label="Fourgon élec. 04"))
    take_in(desk, "order", an_order("480002"))
    source(desk, apply=True)
    tour = a_tour(a_stop("480002-1", in_paris(14, 30)), a_stop("480001-1", in_paris(15, 14)))
    desk.submit(SaveTours(TourPlan(TODAY, (tour,))))

    chain = why(desk, "480001")

    carrier, stop, time = (chain.link(link) for link in (Link.CARRIER, Link.TOUR, Link.TIME))
    assert (carrier.chosen[0].code, carrier.chosen[0].name) == ("own_fleet", "Fourgon élec. 04")
    assert (stop.chosen[0].code, stop.chosen[0].name) == ("2026-11-24T4", "T4")
    known = {name: stop.chosen[0][name] for name in ("position", "stops", "previous", "next")}
    assert known == {"position": 2, "stops": 2, "previous": "480002", "next": "return"}
    assert time.chosen[0]["start_at"] == "2026-11-24T15:14:00+01:00"
    assert time.margin == because("lead_slack", slack_s=46 * 60)
    assert time.chosen[0]["window_to_at"] == "2026-11-24T16:00:00+01:00"


def test_an_order_left_out_of_the_tours_keeps_the_plan_s_reasons(desk: Workspace):
    sourced(desk)
    left = Unplanned("480001", "480001-1", Colour.RED, (because("no_time_left"),))
    desk.submit(SaveTours(TourPlan(TODAY, (), (left,))))

    link = why(desk, "480001").link(Link.TOUR)

    assert link.chosen == ()
    assert [reason.code for reason in link.reasons] == ["left_out_of_tours"]
    assert link.rejected[0].reasons == (because("no_time_left"),)


def a_quote(carrier: str, cents: int) -> Quote:
    return Quote(carrier, "STD", (QuoteLine("carried_by_weight", "Carriage", cents),))


def test_the_carrier_link_has_the_dearer_and_the_refused(desk: Workspace):
    take_in(desk, "carrier", a_carrier("DEX", name="Deûle Express"), a_carrier("NFT"))
    take_in(desk, "service", a_service("DEX", label="24 h"))
    sourced(desk)
    refused = RefusedService("VLO", "BIKE", because("service_weight", weight_g=9, limit_g=5))
    choice = CarrierChoice("480001-1", (a_quote("DEX", 899), a_quote("NFT", 1_140)), (refused,))
    desk.submit(ChooseCarriers((choice,)))

    chain = why(desk, "480001")

    link = chain.link(Link.CARRIER)
    assert (link.chosen[0].name, link.chosen[0]["cost_cents"]) == ("Deûle Express, 24 h", 899)
    assert codes(link.rejected) == ["NFT", "VLO"]
    assert link.rejected[1].reasons == (refused.reason,)
    assert link.margin == because("lead_cents", dearer_cents=241)
    assert link.flip == because("flip_price", service="Carrier NFT, STD", less_cents=242)
    assert [r.code for r in chain.link(Link.TOUR).reasons] == ["rides_with_carrier"]


def test_no_price_is_told_that_would_not_change_the_carrier(desk: Workspace):
    sourced(desk)
    by_hand = CarrierChoice("480001-1", (a_quote("NFT", 1_140), a_quote("DEX", 899)), ())
    desk.submit(ChooseCarriers((by_hand,)))

    assert why(desk, "480001").link(Link.CARRIER).flip is None


def test_a_shipment_that_no_carrier_takes_says_so(desk: Workspace):
    sourced(desk)
    refused = RefusedService("VLO", "BIKE", because("service_weight", weight_g=9, limit_g=5))
    desk.submit(ChooseCarriers((CarrierChoice("480001-1", (), (refused,)),)))

    link = why(desk, "480001").link(Link.CARRIER)

    assert (link.chosen, codes(link.rejected)) == ((), ["VLO"])
    assert [reason.code for reason in link.reasons] == ["no_carrier_can"]


def test_what_is_collected_on_the_spot_needs_no_carrier(desk: Workspace):
    to_collect = an_order("480003", mode=Mode.CLICK_AND_COLLECT, collect_node="RBX")
    take_in(desk, "order", to_collect)
    source(desk, apply=True)

    chain = why(desk, "480003")

    assert codes(chain.link(Link.NODE).chosen) == ["RBX"]
    assert [r.code for r in chain.link(Link.CARRIER).reasons] == ["collected_at"]


def test_a_split_has_a_choice_for_each_shipment(desk: Workspace):
    lines = (OrderLine("SKU1", 1), OrderLine("SKU2", 1))
    take_in(desk, "stock", a_cell("RBX", "SKU2"), a_cell("RBX", on_hand=0))
    take_in(desk, "order", an_order("480004", lines=lines))
    source(desk, apply=True)

    chain = why(desk, "480004")

    assert codes(chain.link(Link.NODE).chosen) == ["LIL", "RBX"]
    node = as_document(chain)["links"][1]
    assert node["chosen"]["node"] == "LIL + RBX"
    assert [part["shipment"] for part in node["chosen"]["parts"]] == ["480004-1", "480004-2"]


def test_nodes_told_together_are_all_named(desk: Workspace):
    far = [a_node(f"F{i:02}", GeoPoint(45 + i / 100, 4.8)) for i in range(40)]
    take_in(desk, "node", *far)

    link = sourced(desk).link(Link.NODE)

    named = {code for one in link.rejected for code in (one.code, *one.also)}
    assert named == {"RBX", "LYO", *(node.code for node in far)}


def test_the_document_is_the_one_promised(desk: Workspace):
    document = json.loads(json.dumps(as_document(sourced(desk))))

    assert [link["link"] for link in document["links"]] == [
        "order",
        "node",
        "carrier",
        "tour",
        "time",
    ]
    for link in document["links"]:
        assert {"link", "chosen", "rejected", "margin", "flip"} <= set(link)
        assert (link["flip"] is not None) == (link["link"] == "node")
    order, node = document["links"][:2]
    assert order["chosen"]["weight_g"] == 2_800
    assert order["chosen"]["due_at"] == "2026-11-24T16:00:00+01:00"
    assert node["chosen"]["node"] == "LIL"
    assert [one["node"] for one in node["rejected"]] == ["RBX", "LYO"]
    assert node["rejected"][1]["reasons"][0]["limit_m"] == 50_000
    assert node["margin"]["points"] > 0


@pytest.mark.usefixtures("french")
def test_the_chain_reads_in_french_and_names_both(desk: Workspace):
    text = as_text(sourced(desk))

    assert text.splitlines()[1].startswith("Point de stock\u00a0: LIL Store LIL")
    assert "LYO Store LYO" in text
    assert "au-delà de la limite de 50,0 km" in text.replace("\u00a0", " ")
    assert "Règle « Au plus près »" in text.replace("\u00a0", " ")


def test_an_unknown_order_is_refused(desk: Workspace):
    with pytest.raises(UnknownSubject, match="999"):
        why(desk, "999")
