"""Which shipments tours carry, and where to: clients' doors, other stores, pickup points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from app.domain.carriers import PickupPoint
from app.domain.nodes import StockNode
from app.domain.orders import Mode, ShipmentAtDoor
from app.domain.places import Located, Precision
from app.domain.policy import TouringPolicy
from app.domain.values import Window
from app.planning.tours.fetching import hours_on, opening_on


def rides_on_tours(door: ShipmentAtDoor, policy: TouringPolicy) -> bool:
    """Whether our own vehicles may bring it at all."""
    if door.shipment.to_node:
        return policy.transfers
    match door.shipment.mode:
        case Mode.HOME_DELIVERY:
            return True
        case Mode.PICKUP_POINT:
            return policy.pickup_points and bool(door.pickup_point)
    return False


@dataclass(frozen=True, slots=True)
class Counters:
    """Where somebody takes parcels in for clients: stores, and pickup points of one time zone."""

    stores: Mapping[str, StockNode]
    points: Mapping[str, PickupPoint]
    zone: ZoneInfo

    @classmethod
    def of(
        cls, nodes: Iterable[StockNode], points: Iterable[PickupPoint], zone: ZoneInfo
    ) -> "Counters":
        """Those of a workspace."""
        stores = {node.code: node for node in nodes}
        return cls(stores, {point.code: point for point in points}, zone)

    def doors(self, doors: Iterable[ShipmentAtDoor], on: date) -> list[ShipmentAtDoor]:
        """The doors of a day; what is for a counter arrives there while it is open, before due."""
        return [self._door(door, on) for door in doors]

    def _door(self, door: ShipmentAtDoor, on: date) -> ShipmentAtDoor:
        store = self.stores.get(door.shipment.to_node)
        if store is not None:
            return _in_hours(door, opening_on(store, on))
        if door.shipment.mode is Mode.PICKUP_POINT:
            return self._at_point(door, on)
        return door

    def _at_point(self, door: ShipmentAtDoor, on: date) -> ShipmentAtDoor:
        """The parcel at its pickup point; at none where that is unknown, or cannot take it in."""
        point = self.points.get(door.pickup_point)
        if point is None or not _takes(point, door):
            return replace(door, pickup_point="")
        there = Located(point.point, 1.0, Precision.GIVEN)
        door = replace(door, place=there, address=point.address)
        return _in_hours(door, hours_on(point.opening_hours, self.zone, point.address, on))


def _takes(point: PickupPoint, door: ShipmentAtDoor) -> bool:
    light = point.max_weight_g is None or door.shipment.load.weight_g <= point.max_weight_g
    return point.active and light


def _in_hours(door: ShipmentAtDoor, hours: Iterable[Window] | None) -> ShipmentAtDoor:
    """The door with these hours, up to when the goods are due; as it was where none are left."""
    if hours is None or door.window is None:
        return door
    due = door.window.end
    spans = [Window(span.start, min(span.end, due)) for span in hours if span.start <= due]
    if not spans:
        return door
    first, *also = spans
    return replace(door, window=first, also=tuple(also))
