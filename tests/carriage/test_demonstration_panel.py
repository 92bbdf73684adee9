"""The demonstration panel: it comes in without a fault, and somebody serves every address."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.connectors.feeds.ground import Ground
from app.connectors.feeds.kinds import KINDS
from app.connectors.feeds.pipeline import Harvest, read_feed
from app.domain.carriers import Panel
from app.domain.conditions import read_condition
from app.domain.orders import Mode, ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.values import Address, GeoPoint, Load
from app.planning.carriage.prices import PriceDesk
from app.plugins import plugin_names
from resources import resource
from tests.builders import NOW, a_node, a_shipment, at, at_door

TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def harvests() -> dict[str, Harvest]:
    folder = Path(str(resource("demo", "panel")))
    ground = Ground(ZoneInfo("Europe/Paris"))
    found: dict[str, Harvest] = {}
    for kind in KINDS:
        if (file := folder / f"{kind.name}.csv").exists():
            found[kind.name] = read_feed(file, kind, ground)
            ground = replace(ground, known=ground.known.and_also(found[kind.name].values))
    return found


@pytest.fixture(scope="module")
def panel(harvests: dict[str, Harvest]) -> Panel:
    return Panel(**{name: harvest.values for name, harvest in harvests.items()})


def to(postcode: str, country: str = "FR", grams: int = 2_000, **but: object) -> ShipmentAtDoor:
    door = at_door(**but)
    return replace(
        door,
        shipment=a_shipment(load=Load(grams, 4_000, 1)),
        address=Address("1 rue", postcode, "Ville", country),
        place=at(GeoPoint(48.0, 2.0)),
    )


def served(panel: Panel, door: ShipmentAtDoor, on: date = TUESDAY) -> set[str]:
    desk = PriceDesk(panel, Policy(), on=on, now=NOW, nodes=[a_node()])
    return {f"{quote.carrier} {quote.service}" for quote in desk.quotes_for(door)[0]}


def test_every_file_comes_in_whole(harvests: dict[str, Harvest]):
    assert set(harvests) == {
        "carriers",
        "services",
        "zones",
        "tariffs",
        "surcharges",
        "pickup_points",
    }
    for harvest in harvests.values():
        assert [rejected.fault for rejected in harvest.rejected] == []
        assert harvest.unknown == ()
        assert len(harvest.made) == harvest.rows > 0


def test_four_carriers_of_four_kinds_are_booked_in_formats_there_are(panel: Panel):
    kinds = {service.carrier: service.kind.value for service in panel.services}
    formats = plugin_names("regie.booking_formats")

    assert len(panel.carriers) == 4
    assert set(kinds.values()) == {"parcel", "express", "bike", "pallet"}
    assert all(carrier.booking_format in formats for carrier in panel.carriers)


def test_every_condition_can_be_read(panel: Panel):
    assert [s.condition for s in panel.surcharges if s.condition]
    for surcharge in panel.surcharges:
        read_condition(surcharge.condition)


@pytest.mark.parametrize("ahead", range(7))
@pytest.mark.parametrize("country", ["FR", "BE", "BR", "JP", "CH", "RE", "US"])
def test_one_carrier_serves_any_country_on_any_day(panel: Panel, country: str, ahead: int):
    door = to("01310", country, grams=12_000)

    assert "HIR SEPT" in served(panel, door, TUESDAY + timedelta(days=ahead))
    assert "HIR SEPT" in served(panel, door, date(2017, 1, 1) + timedelta(days=ahead))


@pytest.mark.parametrize("country", ["FR", "BE", "BR", "RE"])
def test_orders_to_a_relay_that_nobody_chose_are_carried_in_any_country(panel: Panel, country: str):
    door = replace(to("01310", country), shipment=a_shipment(mode=Mode.PICKUP_POINT))

    assert served(panel, door) == {"HIR RELAIS"}


def test_what_is_too_heavy_for_parcels_is_carried_as_heavy_goods(panel: Panel):
    assert served(panel, to("01310", "BR", grams=45_000)) == {"HIR LOURD"}
    assert served(panel, to("75011", grams=60_000)) == {"HIR LOURD", "NFT MESS"}
    assert served(panel, to("75011", grams=900_000)) == {"NFT MESS"}


def test_bikes_ride_only_in_the_towns_round_lille(panel: Panel):
    assert "VLY VELO" in served(panel, to("59100"))
    assert "VLY VELO" not in served(panel, to("59280"))


def test_corsica_and_overseas_cost_more_than_the_mainland(panel: Panel):
    desk = PriceDesk(panel, Policy(), on=TUESDAY, now=NOW, nodes=[a_node()])

    def standard(postcode: str) -> int:
        quotes = desk.quotes_for(to(postcode))[0]
        return next(q.total_cents for q in quotes if (q.carrier, q.service) == ("HIR", "STD"))

    assert standard("59000") < standard("75011") < standard("20000") < standard("97400")


@pytest.mark.parametrize("on", [date(2017, 5, 2), date(2025, 12, 30), date(2026, 1, 6), TUESDAY])
def test_every_service_has_a_price_on_any_day(panel: Panel, on: date):
    early = datetime(on.year, on.month, on.day, 6, tzinfo=UTC)
    desk = PriceDesk(panel, Policy(), on=on, now=early, nodes=[a_node()])
    store = a_node("RBX", address=Address("1 rue", "59100", "Roubaix"))
    to_store = replace(a_shipment(), mode=Mode.CLICK_AND_COLLECT, to_node="RBX")
    to_relay = replace(
        to("59000", pickup_point="HIR-59001"), shipment=a_shipment(mode=Mode.PICKUP_POINT)
    )
    with_store = PriceDesk(panel, Policy(), on=on, now=early, nodes=[a_node(), store])

    priced = desk.quotes_for(to("59000"))[0] + desk.quotes_for(to_relay)[0]
    priced += with_store.quotes_for(replace(at_door(), shipment=to_store))[0]

    assert {(q.carrier, q.service) for q in priced} == set(desk.services)
    assert all(quote.total_cents > 0 for quote in priced)


def test_fuel_follows_the_month(panel: Panel):
    def fuel(on: date) -> int:
        desk = PriceDesk(panel, Policy(), on=on, now=NOW, nodes=[a_node()])
        quote = next(q for q in desk.quotes_for(to("59000"))[0] if q.service == "STD")
        return next(line.cents for line in quote.lines if line.code == "GAZOLE")

    assert fuel(date(2026, 9, 29)) < fuel(date(2026, 10, 6)) < fuel(TUESDAY)
