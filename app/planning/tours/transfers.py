"""Which shipments tours carry: to clients' doors, and between stores where the rules say so."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from app.domain.nodes import StockNode
from app.domain.orders import Mode, Shipment, ShipmentAtDoor
from app.domain.policy import TouringPolicy
from app.domain.values import Window
from app.planning.tours.fetching import opening_on


def rides_on_tours(shipment: Shipment, policy: TouringPolicy) -> bool:
    """Whether our own vehicles may bring it at all."""
    if shipment.to_node:
        return policy.transfers
    return shipment.mode is Mode.HOME_DELIVERY


def with_store_hours(
    doors: Iterable[ShipmentAtDoor], nodes: Iterable[StockNode], on: date
) -> list[ShipmentAtDoor]:
    """The doors of a day; transfers arrive while their store is open, before they are due."""
    known = {node.code: node for node in nodes}
    return [_in_hours(door, known, on) for door in doors]


def _in_hours(door: ShipmentAtDoor, nodes: Mapping[str, StockNode], on: date) -> ShipmentAtDoor:
    store = nodes.get(door.shipment.to_node)
    hours = None if store is None else opening_on(store, on)
    if store is None or door.window is None:
        return door
    due = door.window.end
    if hours is None:
        return door
    spans = [Window(span.start, min(span.end, due)) for span in hours if span.start <= due]
    if not spans:
        return door
    first, *also = spans
    return replace(door, window=first, also=tuple(also))
