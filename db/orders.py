"""Orders and shipments as they are kept, with what planning needs of both."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from app.domain.knowledge import with_more_time
from app.domain.nodes import Product, StockNode
from app.domain.orders import (
    Mode,
    Order,
    OrderState,
    Shipment,
    ShipmentAtDoor,
    ShipmentState,
)
from app.domain.places import Located, Precision
from app.domain.policy import Policy
from app.domain.values import Window
from app.domain.windows import window_of as window_of
from db.bookings import booked_shipments
from db.codec import moment, recall
from db.nodes import CHUNK, load_nodes, load_products
from db.notes import load_notes
from db.papers import load_address_book
from db.plans import planned_tours
from db.tables import choices, orders, shipments


def load_orders(
    connection: Connection,
    codes: Collection[str] | None = None,
    states: Collection[OrderState] | None = None,
) -> list[Order]:
    """Orders by code; a remembered place wins over the one found at import."""
    query = select(orders).order_by(orders.c.code)
    if codes is not None:
        query = query.where(orders.c.code.in_(codes))
    if states is not None:
        query = query.where(orders.c.state.in_([state.value for state in states]))
    book = load_address_book(connection)
    found = []
    for row in connection.execute(query):
        remembered = book.get(row.address_key)
        order = _order(row)
        found.append(order if remembered is None else replace(order, place=remembered.place))
    return found


def load_shipments(
    connection: Connection,
    orders_named: Collection[str] | None = None,
    *,
    cancelled: bool = False,
) -> list[Shipment]:
    """Shipments by code with their state in effect; cancelled ones only on demand."""
    query = select(shipments).order_by(shipments.c.code)
    if orders_named is not None and len(orders_named) <= CHUNK:
        query = query.where(shipments.c.order_code.in_(orders_named))
    if not cancelled:
        query = query.where(shipments.c.state != ShipmentState.CANCELLED.value)
    in_effect = _states(connection)
    return [_shipment(row, in_effect) for row in connection.execute(query)]


def load_doors(
    connection: Connection, policy: Policy, zone: ZoneInfo, on: date | None = None
) -> list[ShipmentAtDoor]:
    """Active shipments that leave a node for a door, a pickup point or another store.

    With `on`, those whose window touches that day. Days are those of the shipment's node; `zone`
    stands in for a node that is not known.
    """
    by_code = {order.code: order for order in load_orders(connection)}
    active = [s for s in load_shipments(connection) if _travels(s)]
    catalogue = load_products(connection, {line.sku for s in active for line in s.lines})
    places = {node.code: node for node in load_nodes(connection)}
    notes = load_notes(connection)
    doors = []
    for shipment in active:
        order = _bound_for(by_code[shipment.order], shipment, places)
        here = _zone_of(shipment, places, zone)
        door = with_more_time(_door(shipment, order, policy, here, catalogue), notes)
        if on is None:
            doors.append(door)
        elif (that_day := _on_day(door, on, here)) is not None:
            doors.append(that_day)
    return doors


def doors_of(
    connection: Connection,
    order: Order,
    wanted: Collection[Shipment],
    policy: Policy,
    zone: ZoneInfo,
) -> list[ShipmentAtDoor]:
    """Shipments of one order at their doors, whether they exist already or are only suggested."""
    catalogue = load_products(connection, {line.sku for s in wanted for line in s.lines})
    places = {node.code: node for node in load_nodes(connection)}
    return [
        _door(
            shipment,
            _bound_for(order, shipment, places),
            policy,
            _zone_of(shipment, places, zone),
            catalogue,
        )
        for shipment in wanted
        if _travels(shipment)
    ]


def node_load(connection: Connection, on: date, zone: ZoneInfo) -> dict[str, int]:
    """How many orders each node was given on a day."""
    return dict(Counter(node for node, _ in given_on(connection, on, zone)))


def given_on(connection: Connection, on: date, zone: ZoneInfo) -> frozenset[tuple[str, str]]:
    """The orders that nodes were given on a day, as (node, order)."""
    rows = connection.execute(
        select(shipments.c.node, shipments.c.order_code, shipments.c.reserved_at).where(
            shipments.c.state != ShipmentState.CANCELLED.value
        )
    )
    return frozenset(
        (row.node, row.order_code)
        for row in rows
        if moment(row.reserved_at).astimezone(zone).date() == on
    )


def _bound_for(order: Order, shipment: Shipment, places: dict[str, StockNode]) -> Order:
    """The order as its shipment goes out: a transfer goes to a store, not to the customer."""
    store = places.get(shipment.to_node)
    if store is None:
        return order
    return replace(order, address=store.address, place=Located(store.point, 1.0, Precision.GIVEN))


def _zone_of(shipment: Shipment, places: dict[str, StockNode], otherwise: ZoneInfo) -> ZoneInfo:
    node = places.get(shipment.node)
    return ZoneInfo(node.timezone) if node else otherwise


def _on_day(door: ShipmentAtDoor, on: date, zone: ZoneInfo) -> ShipmentAtDoor | None:
    """The door as that day sees it: its first window is the earliest of the day's; None = none."""
    if door.window is None:
        return None
    start = datetime.combine(on, time(), zone)
    day = Window(start, start + timedelta(days=1) - timedelta(microseconds=1))
    if door.window.touches(day):
        return door
    windows = sorted((door.window, *door.also), key=lambda window: window.start)
    first = next((window for window in windows if window.touches(day)), None)
    if first is None:
        return None
    return replace(door, window=first, also=tuple(w for w in windows if w is not first))


def _travels(shipment: Shipment) -> bool:
    return bool(shipment.to_node) or shipment.mode is not Mode.CLICK_AND_COLLECT


def _door(
    shipment: Shipment, order: Order, policy: Policy, zone: ZoneInfo, catalogue: dict[str, Product]
) -> ShipmentAtDoor:
    goods = [(catalogue.get(line.sku, Product(line.sku)), line) for line in shipment.lines]
    sides = [sorted((p.length_mm, p.width_mm, p.height_mm)) for p, _ in goods]
    setup_s, service_s = _time_at_door(shipment, order, policy)
    prices = {line.sku: line.unit_price_cents for line in order.lines}
    return ShipmentAtDoor(
        shipment,
        order.customer,
        order.address,
        order.place,
        window_of(order, policy, zone),
        service_s,
        frozenset(mark for product, _ in goods for mark in product.handling),
        sum(prices.get(line.sku, 0) * line.quantity for _, line in goods),
        max((s[2] for s in sides), default=0),
        max((s[2] + 2 * (s[0] + s[1]) for s in sides), default=0),
        order.phone,
        order.email,
        order.pickup_point,
        order.note,
        order.promised_to,
        order.also,
        order.ready_at,
        setup_s,
        order.group,
    )


def _time_at_door(shipment: Shipment, order: Order, policy: Policy) -> tuple[int, int]:
    """What comes before all service there, and the service: the order's own time has both."""
    touring = policy.touring
    parcels_s = touring.service_s_per_parcel * max(0, shipment.load.parcels - 1)
    if order.service_s is not None:
        return 0, order.service_s + parcels_s
    floors_s = touring.service_s_per_floor * (0 if order.lift else order.floor)
    return touring.service_s, parcels_s + floors_s


def _order(row: Row[Any]) -> Order:
    return recall(row.body, Order, state=OrderState(row.state), revision=row.revision)


def _shipment(row: Row[Any], in_effect: dict[str, ShipmentState]) -> Shipment:
    state = ShipmentState(row.state)
    if state is ShipmentState.RESERVED:
        state = in_effect.get(row.code, state)
    return recall(row.body, Shipment, state=state, revision=row.revision)


def _states(connection: Connection) -> dict[str, ShipmentState]:
    """What this desk did with reserved shipments: carrier chosen < planned < booked."""
    chosen = connection.scalars(select(choices.c.shipment).where(choices.c.carrier != ""))
    states = dict.fromkeys(chosen, ShipmentState.CARRIER_CHOSEN)
    states.update(dict.fromkeys(planned_tours(connection), ShipmentState.PLANNED))
    states.update(dict.fromkeys(booked_shipments(connection), ShipmentState.BOOKED))
    return states
