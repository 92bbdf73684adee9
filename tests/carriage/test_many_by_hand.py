"""Several shipments given to a carrier by hand: priced first, then kept in one entry."""

from datetime import date

import pytest

from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine
from app.errors import WhollyRefused
from app.operations.by_hand import carrier_offers, choose_many
from app.operations.sourcing import accept, source
from db.bookings import load_choices
from db.journal import entries
from db.orders import load_shipments
from tests.builders import a_cell, a_node, a_panel, a_product, a_service, an_order

TODAY = date(2026, 11, 24)
STD = ("DEX", "STD")


@pytest.fixture
def desk(workspace):
    """Two sourced orders, one light and one beyond what the carrier takes."""
    panel = a_panel(services=(a_service(max_weight_g=2_000),))
    light = an_order("1")
    heavy = an_order("2", lines=(OrderLine("HEAVY", 1),))
    for kind, rows in (
        ("node", (a_node(),)),
        ("product", (a_product(), a_product("HEAVY", weight_g=9_000))),
        ("stock", (a_cell(), a_cell(sku="HEAVY"))),
        ("order", (light, heavy)),
        ("carrier", panel.carriers),
        ("service", panel.services),
        ("zone", panel.zones),
        ("tariff", panel.tariffs),
    ):
        workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))
    accept(workspace, source(workspace).decisions)
    return workspace


def test_every_shipment_hears_each_services_price_or_refusal(desk):
    light, heavy = carrier_offers(desk, ["1-1", "2-1"], TODAY)

    assert [(q.carrier, q.total_cents) for q in light.quotes] == [("DEX", 1_000)]
    assert heavy.quotes == ()
    assert [r.service for r in heavy.refused] == ["STD"]
    assert desk.read(load_choices) == {}


def test_all_of_them_are_kept_in_one_entry_over_the_fences_with_the_reason(desk):
    before = len(desk.read(entries))

    acted = choose_many(desk, ["1-1", "2-1"], STD, "agreed by telephone", TODAY)

    assert set(acted.done) == {"1-1", "2-1"}
    assert len(desk.read(entries)) == before + 1
    kept = desk.read(load_choices)
    assert {choice.override for choice in kept.values()} == {"agreed by telephone"}
    assert {choice.best.carrier for choice in kept.values()} == {"DEX"}


def test_undo_frees_them_all(desk):
    choose_many(desk, ["1-1", "2-1"], STD, "because", TODAY)

    desk.undo()

    assert desk.read(load_choices) == {}
    assert {s.state.value for s in desk.read(load_shipments)} == {"reserved"}


def test_a_service_nobody_has_refuses_each(desk):
    acted = choose_many(desk, ["1-1"], ("DEX", "MOON"), "because", TODAY)

    assert acted.done == ()
    assert [part.reason.code for part in acted.refused] == ["unknown_subject"]


def test_nothing_is_chosen_without_a_reason(desk):
    with pytest.raises(WhollyRefused):
        choose_many(desk, ["1-1"], STD, " ", TODAY)
    assert desk.read(load_choices) == {}
