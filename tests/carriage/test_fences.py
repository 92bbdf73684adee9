"""Fences: each keeps a service away for one reason, and gives its figures."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.domain.carriers import CarrierService, Panel, PickupPoint
from app.domain.orders import Mode, Shipment, ShipmentAtDoor
from app.domain.policy import CarriagePolicy, Policy
from app.domain.reasons import Reason
from app.domain.values import Address, Load
from app.planning.carriage.prices import quotes
from app.wording import sentence
from tests.builders import (
    LAMBERSART,
    NOW,
    ROUBAIX,
    a_carrier,
    a_node,
    a_panel,
    a_pickup_point,
    a_service,
    a_zone,
    at,
    at_door,
)

TUESDAY = date(2026, 11, 24)


def with_shipment(**but: object) -> ShipmentAtDoor:
    door = at_door()
    shipment: Shipment = replace(door.shipment, **but)  # type: ignore[arg-type]
    return replace(door, shipment=shipment)


def refusal(
    door: ShipmentAtDoor | None = None,
    service: CarrierService | None = None,
    *,
    panel: Panel | None = None,
    carriage: CarriagePolicy | None = None,
    on: date = TUESDAY,
    now: datetime = NOW,
) -> Reason | None:
    panel = panel or a_panel(services=(service or a_service(),))
    policy = Policy(carriage=carriage or CarriagePolicy())
    priced, refused = quotes(door or at_door(), panel, policy, on, now, [a_node()])
    assert len(priced) + len(refused) == 1
    return refused[0].reason if refused else None


def test_a_service_without_limits_takes_what_comes():
    assert refusal() is None


@pytest.mark.parametrize(
    ("door", "service", "code"),
    [
        (with_shipment(load=Load(30_001, 0, 1)), a_service(max_weight_g=30_000), "service_weight"),
        (at_door(longest_mm=1_001), a_service(max_length_mm=1_000), "service_length"),
        (at_door(girth_mm=3_001), a_service(max_girth_mm=3_000), "service_girth"),
        (with_shipment(load=Load(1, 1, 3)), a_service(max_pieces=2), "service_pieces"),
        (at_door(value_cents=50_001), a_service(max_value_cents=50_000), "service_value"),
        (at_door(handling=frozenset({"cold"})), a_service(), "service_handling_cold"),
        (at_door(handling=frozenset({"odd"})), a_service(), "service_handling"),
        (at_door(), a_service(modes=frozenset({Mode.PICKUP_POINT})), "service_mode"),
        (at_door(), a_service(valid_from=date(2026, 11, 25)), "service_not_yet"),
        (at_door(), a_service(valid_to=date(2026, 11, 23)), "service_ended"),
        (at_door(), a_service(days=frozenset({1, 3})), "service_day"),
        (at_door(), a_service(quota_per_day=0), "service_quota"),
    ],
)
def test_a_limit_passed_is_the_reason(door: ShipmentAtDoor, service: CarrierService, code: str):
    reason = refusal(door, service)

    assert reason is not None
    assert reason.code == code
    assert "(" not in sentence(reason).split(" ")[0]
    assert sentence(reason) != code


@pytest.mark.parametrize(
    ("door", "service"),
    [
        (with_shipment(load=Load(30_000, 0, 1)), a_service(max_weight_g=30_000)),
        (at_door(longest_mm=1_000), a_service(max_length_mm=1_000)),
        (at_door(girth_mm=3_000), a_service(max_girth_mm=3_000)),
        (with_shipment(load=Load(1, 1, 2)), a_service(max_pieces=2)),
        (at_door(value_cents=50_000), a_service(max_value_cents=50_000)),
        (at_door(handling=frozenset({"cold"})), a_service(handling=frozenset({"cold"}))),
        (at_door(), a_service(valid_from=TUESDAY, valid_to=TUESDAY)),
        (at_door(), a_service(quota_per_day=1)),
    ],
)
def test_a_limit_just_met_is_no_reason(door: ShipmentAtDoor, service: CarrierService):
    assert refusal(door, service) is None


def test_the_reason_carries_the_figures_of_both_sides():
    reason = refusal(with_shipment(load=Load(31_500, 0, 1)), a_service(max_weight_g=30_000))

    assert reason is not None
    assert (reason["weight_g"], reason["limit_g"]) == (31_500, 30_000)


def test_a_carrier_switched_off_takes_nothing():
    reason = refusal(panel=a_panel(carriers=(a_carrier(active=False),)))

    assert reason is not None
    assert reason.code == "carrier_inactive"


def test_an_address_outside_every_zone_is_not_served():
    reason = refusal(panel=a_panel(zones=(a_zone("BE", country="BE"),)))

    assert reason is not None
    assert reason.code == "service_zone"
    assert "59130" in sentence(reason)


def test_a_zone_without_a_price_is_not_served():
    reason = refusal(panel=a_panel(zones=(a_zone("DOM"),)))

    assert reason is not None
    assert reason.code == "tariff_missing"


def test_a_vague_address_waits_until_the_policy_finds_it_good_enough():
    vague = at_door(place=at(LAMBERSART, 0.4))

    reason = refusal(vague)
    assert reason is not None
    assert reason.code == "carrier_address_vague"
    assert refusal(at_door(place=at(LAMBERSART, 0.5))) is None
    assert refusal(vague, carriage=CarriagePolicy(min_place_score=0.4)) is None
    nowhere = refusal(at_door(place=None))
    assert nowhere is not None
    assert nowhere.code == "carrier_address_vague"


def test_an_energy_that_the_policy_excludes_is_left_out():
    policy = CarriagePolicy(excluded_energies=frozenset({"diesel"}))

    reason = refusal(carriage=policy)
    assert reason is not None
    assert reason.code == "service_energy"
    assert refusal(service=a_service(energy="electric"), carriage=policy) is None


@pytest.mark.parametrize(
    ("now", "refused"),
    [
        (datetime(2026, 11, 24, 14, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), False),  # 16:00 in Paris
        (datetime(2026, 11, 24, 15, 1, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), False),  # yesterday, late
        (datetime(2026, 11, 30, 15, 1, tzinfo=UTC), False),  # a day that is played again
    ],
)
def test_today_is_collected_until_the_cutoff_on_the_clock_of_the_node(now: datetime, refused: bool):
    reason = refusal(service=a_service(cutoff=time(16)), now=now)

    assert (reason is not None and reason.code == "service_cutoff") is refused


def test_the_cutoff_is_read_on_the_clock_of_the_node_not_of_the_retailer():
    node = a_node(timezone="Indian/Reunion")
    panel = a_panel(services=(a_service(cutoff=time(16)),))
    at_one_in_paris = datetime(2026, 11, 24, 12, 1, tzinfo=UTC)  # 16:01 on the island

    _, refused = quotes(at_door(), panel, Policy(), TUESDAY, at_one_in_paris, [node])

    assert refused[0].reason["time"] == "16:01"


@pytest.mark.parametrize(
    ("day", "node_postcode", "closed"),
    [
        (date(2026, 11, 11), "59000", True),
        (date(2026, 12, 25), "59000", True),
        (date(2026, 12, 26), "59000", False),
        (date(2025, 12, 26), "67000", True),  # a holiday in Alsace and Moselle only
        (date(2025, 12, 26), "57000", True),
        (date(2025, 12, 26), "59000", False),
    ],
)
def test_public_holidays_are_days_without_collection(day: date, node_postcode: str, closed: bool):
    node = a_node(address=Address("1 rue", node_postcode, "Ville"))
    panel = a_panel(services=(a_service(days=frozenset({1, 2, 3, 4, 5, 6})),))

    _, refused = quotes(at_door(), panel, Policy(), day, NOW, [node])

    assert [one.reason.code for one in refused] == (["service_holiday"] if closed else [])


def test_who_works_on_sundays_works_on_holidays_too():
    every_day = a_service(days=frozenset(range(1, 8)))

    assert refusal(service=every_day, on=date(2026, 12, 25)) is None
    assert refusal(service=every_day, on=date(2026, 11, 22)) is None


RELAY = a_service(modes=frozenset({Mode.PICKUP_POINT}))


def to_relay(point: str = "DEX-1", load: Load | None = None) -> ShipmentAtDoor:
    door = with_shipment(mode=Mode.PICKUP_POINT, load=load or Load(1_000, 1_000, 1))
    return replace(door, pickup_point=point, place=None, address=Address())


@pytest.mark.parametrize(
    ("point", "door", "code"),
    [
        (a_pickup_point(), to_relay("OTHER"), "pickup_point_elsewhere"),
        (a_pickup_point(carrier="HIR"), to_relay(), "pickup_point_elsewhere"),
        (a_pickup_point(active=False), to_relay(), "pickup_point_closed"),
        (a_pickup_point(max_weight_g=999), to_relay(), "pickup_point_weight"),
        (
            a_pickup_point(capacity_parcels=1),
            to_relay(load=Load(1_000, 1_000, 2)),
            "pickup_point_full",
        ),
    ],
)
def test_a_relay_must_be_the_carriers_open_and_large_enough(
    point: PickupPoint, door: ShipmentAtDoor, code: str
):
    reason = refusal(door, panel=a_panel(services=(RELAY,), pickup_points=(point,)))

    assert reason is not None
    assert reason.code == code


def test_a_relay_is_a_known_place_even_when_the_customers_address_is_not():
    panel = a_panel(services=(RELAY,), pickup_points=(a_pickup_point(),))

    assert refusal(to_relay(), panel=panel) is None


def test_a_transfer_goes_to_the_store_whatever_the_customers_address_is():
    store = a_node("RBX", ROUBAIX, address=Address("Grand Place", "59100", "Roubaix"))
    door = with_shipment(mode=Mode.CLICK_AND_COLLECT, to_node="RBX")
    door = replace(door, place=None, address=Address("", "75001", "Paris"))
    panel = a_panel(zones=(a_zone("FR", postcode_prefix="59"),))

    priced, _ = quotes(door, panel, Policy(), TUESDAY, NOW, [a_node(), store])

    assert [quote.zone for quote in priced] == ["FR"]


def test_a_relay_that_nobody_chose_is_the_carriers_to_find_near_the_address():
    door = replace(with_shipment(mode=Mode.PICKUP_POINT), pickup_point="")
    panel = a_panel(services=(RELAY,), pickup_points=(a_pickup_point(),))

    assert refusal(door, panel=panel) is None
    vague = refusal(replace(door, place=at(LAMBERSART, 0.2)), panel=panel)
    assert vague is not None
    assert vague.code == "carrier_address_vague"


def test_a_carrier_whose_relays_we_were_never_given_knows_its_own():
    door = replace(to_relay("PR-12"), place=at(LAMBERSART))

    assert refusal(door, panel=a_panel(services=(RELAY,))) is None
