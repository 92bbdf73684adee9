"""What sourcing looks at, read in one go: open orders, nodes, stock, and what was decided."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.nodes import Product, StockNode
from app.domain.offers import OfferState, Refusal
from app.domain.orders import Order, OrderState, Shipment
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from db.decisions import load_choices_made
from db.nodes import load_nodes, load_products
from db.offers import load_offers, load_refusals
from db.orders import load_orders, load_shipments, node_load
from db.panel import load_pickup_points
from db.stock import load_stock


@dataclass(frozen=True, slots=True)
class Ground:
    """The state of the workspace as one run sees it; `decided` with the chosen candidates alone.

    `refusals` are the nodes that said no, by order; `offered` counts the orders on offer, which a
    run leaves alone.
    """

    policy: Policy
    zone: ZoneInfo
    now: datetime
    orders: tuple[Order, ...]
    nodes: tuple[StockNode, ...]
    stock: tuple[StockCell, ...]
    products: dict[str, Product]
    held: dict[str, tuple[Shipment, ...]]
    node_load: dict[str, int]
    pickup_points: dict[str, GeoPoint]
    decided: dict[str, SourcingDecision]
    refusals: dict[str, dict[str, Refusal]] = field(default_factory=dict)
    offered: int = 0


def load_ground(
    connection: Connection,
    policy: Policy,
    now: datetime,
    *,
    states: Collection[OrderState] | None = None,
    codes: Collection[str] | None = None,
) -> Ground:
    """Read the orders in these states, or those named, and all that sourcing them needs."""
    zone = ZoneInfo(policy.timezone)
    orders = load_orders(connection, codes, states)
    asked = {line.sku for order in orders for line in order.lines}
    named = {order.code for order in orders}
    return Ground(
        policy,
        zone,
        now,
        tuple(orders),
        tuple(load_nodes(connection)),
        tuple(load_stock(connection, asked)) if asked else (),
        load_products(connection, asked) if asked else {},
        _held(connection, named) if named else {},
        node_load(connection, now.astimezone(zone).date(), zone),
        {point.code: point.point for point in load_pickup_points(connection) if point.active},
        load_choices_made(connection, named),
        load_refusals(connection, named),
        len(load_offers(connection, codes, (OfferState.OPEN,))),
    )


def _held(connection: Connection, orders: Collection[str]) -> dict[str, tuple[Shipment, ...]]:
    held: dict[str, list[Shipment]] = defaultdict(list)
    for shipment in load_shipments(connection, orders):
        if shipment.order in orders:
            held[shipment.order].append(shipment)
    return {order: tuple(shipments) for order, shipments in held.items()}
