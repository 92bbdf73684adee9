"""Values for tests: each builder names only what matters to the case."""

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from app.domain.carriers import (
    Carrier,
    CarrierService,
    Panel,
    PickupPoint,
    TariffKind,
    TariffLine,
    TariffUnit,
    ZoneRule,
)
from app.domain.fleet import Vehicle
from app.domain.nodes import NodeKind, Product, StockNode
from app.domain.orders import Mode, Order, OrderLine, Shipment, ShipmentAtDoor
from app.domain.places import Located, Precision
from app.domain.stock import StockCell
from app.domain.values import Address, GeoPoint, Load

#: 09:42 in Paris on the demonstration day.
NOW = datetime(2026, 11, 24, 8, 42, tzinfo=UTC)
LILLE = GeoPoint(50.6366, 3.0635)
LAMBERSART = GeoPoint(50.6500, 3.0250)
ROUBAIX = GeoPoint(50.6910, 3.1740)
LYON = GeoPoint(45.7640, 4.8357)


def at(point: GeoPoint, score: float = 1.0) -> Located:
    return Located(point, score, Precision.GIVEN)


def a_node(code: str = "LIL", point: GeoPoint = LILLE, **but: Any) -> StockNode:
    return replace(StockNode(code, f"Store {code}", NodeKind.STORE, point), **but)


def a_product(sku: str = "SKU1", **but: Any) -> Product:
    return replace(Product(sku, f"Product {sku}", weight_g=1_000, volume_ml=2_000), **but)


def a_cell(node: str = "LIL", sku: str = "SKU1", on_hand: int = 10, **but: Any) -> StockCell:
    return replace(StockCell(node, sku, on_hand, as_of=NOW), **but)


def an_order(code: str = "480001", point: GeoPoint | None = LAMBERSART, **but: Any) -> Order:
    order = Order(
        code,
        placed_at=NOW,
        mode=Mode.HOME_DELIVERY,
        lines=(OrderLine("SKU1", 1, 1_990),),
        customer="Claire Delattre",
        address=Address("12 rue de la Carnoy", "59130", "Lambersart"),
        place=None if point is None else at(point),
    )
    return replace(order, **but)


def a_shipment(code: str = "480001-1", **but: Any) -> Shipment:
    order = code.rsplit("-", 1)[0]
    return replace(
        Shipment(code, order, "LIL", (OrderLine("SKU1", 1),), load=Load(1_000, 2_000, 1)), **but
    )


def at_door(code: str = "480001-1", point: GeoPoint = LAMBERSART, **but: Any) -> ShipmentAtDoor:
    door = ShipmentAtDoor(
        a_shipment(code),
        customer="Claire Delattre",
        address=Address("12 rue de la Carnoy", "59130", "Lambersart"),
        place=at(point),
        window=None,
        service_s=300,
    )
    return replace(door, **but)


def a_vehicle(code: str = "V1", depot: str = "LIL", **but: Any) -> Vehicle:
    vehicle = Vehicle(
        code,
        depot,
        capacity=Load(800_000, 6_000_000, 60),
        shift_from=time(8),
        shift_to=time(18),
        fixed_cost_cents=4_000,
        cost_per_km_cents=35,
        cost_per_hour_cents=2_400,
        co2e_g_per_km=250,
    )
    return replace(vehicle, **but)


def a_carrier(code: str = "DEX", **but: Any) -> Carrier:
    return replace(Carrier(code, f"Carrier {code}"), **but)


def a_service(carrier: str = "DEX", code: str = "STD", **but: Any) -> CarrierService:
    return replace(CarrierService(carrier, code), **but)


def a_zone(zone: str = "FR", carrier: str = "DEX", **but: Any) -> ZoneRule:
    return replace(ZoneRule(carrier, zone), **but)


def a_tariff(
    up_to: float | str | None = None, cents: float | str = 0, *, above: float | str = 0, **but: Any
) -> TariffLine:
    line = TariffLine(
        "DEX",
        "STD",
        version="2026",
        zone="FR",
        unit=TariffUnit.KG,
        from_excl=Decimal(str(above)),
        to_incl=None if up_to is None else Decimal(str(up_to)),
        kind=TariffKind.FLAT,
        amount_cents=Decimal(str(cents)),
    )
    return replace(line, **but)


def a_panel(*tariffs: TariffLine, **but: Any) -> Panel:
    """One carrier with one service, everywhere the zone FR, at a flat 10 euros if not said."""
    panel = Panel(
        carriers=(a_carrier(),),
        services=(a_service(),),
        zones=(a_zone(),),
        tariffs=tariffs or (a_tariff(cents=1_000),),
    )
    return replace(panel, **but)


def a_pickup_point(code: str = "DEX-1", carrier: str = "DEX", **but: Any) -> PickupPoint:
    place = Address("3 place de la Gare", "59800", "Lille")
    return replace(PickupPoint(code, carrier, "Tabac de la Gare", LILLE, place), **but)
