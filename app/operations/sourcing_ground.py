"""What sourcing looks at, read in one go: open orders, nodes, stock, and what was decided."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.nodes import Product, StockNode
from app.domain.offers import USUAL_ANSWERS, OfferState, Refusal
from app.domain.orders import Order, OrderState, Shipment
from app.domain.policy import Policy, Rating
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.ports import Progress, Stop, never, unheard
from db.decisions import load_choices_made
from db.nodes import load_nodes, load_products
from db.offers import load_offers, load_refusals
from db.orders import load_orders, load_shipments, node_load
from db.panel import load_pickup_points
from db.queries.offers import NodeAnswers, ended_since, node_answers
from db.stock import load_stock

#: How far back answers are looked at, and how many of them the usual share weighs.
_MEMORY = timedelta(days=60)
_WEIGHT = 6.0
#: Some tens of megabytes.
_LIGHT_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Ground:
    """The state of the workspace as one run sees it; `decided` with the chosen candidates alone.

    `refusals` are the nodes that said no, by order; `offered` counts the orders on offer, which a
    run leaves alone; `answers` says how well nodes keep their word, where a rule asks for it.
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
    answers: dict[str, float] = field(default_factory=dict)

    @property
    def light(self) -> "Ground | None":
        """Itself, if it is small enough to be held on to until a person decides."""
        return self if len(self.stock) <= _LIGHT_CELLS else None

    def suggestions(
        self, *, at_once: bool = False, stop: Stop = never, progress: Progress = unheard
    ) -> list[SourcingDecision]:
        """What the rules make of it; `at_once` = no order is held back for others.

        Raises:
            Stopped: `stop` said so.
        """
        from app.planning.sourcing import suggest  # heavy

        return suggest(
            self.orders,
            self.nodes,
            self.stock,
            self.products,
            self.policy,
            now=self.now,
            zone=self.zone,
            node_load=self.node_load,
            held=self.held,
            pickup_points=self.pickup_points,
            refusals=self.refusals,
            answers=self.answers,
            at_once=at_once,
            stop=stop,
            progress=progress,
        )


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
        _answers(connection, policy, now),
    )


def _answers(connection: Connection, policy: Policy, now: datetime) -> dict[str, float]:
    """The share of offers that nodes take and carry out, if any rule weighs it."""
    weights = [pair for rule in policy.sourcing.chain for pair in rule.ratings]
    if not any(rating is Rating.ANSWERS and weight > 0 for rating, weight in weights):
        return {}
    past = ended_since(connection, now - _MEMORY)
    return {one.node: _kept_share(one) for one in node_answers(past, {})}


def _kept_share(one: NodeAnswers) -> float:
    """Claims that were carried out among what it could have claimed; a few answers say little."""
    could, kept = one.asked - one.outrun, one.claimed - one.released
    return (kept + _WEIGHT * USUAL_ANSWERS) / (could + _WEIGHT)


def _held(connection: Connection, orders: Collection[str]) -> dict[str, tuple[Shipment, ...]]:
    held: dict[str, list[Shipment]] = defaultdict(list)
    for shipment in load_shipments(connection, orders):
        if shipment.order in orders:
            held[shipment.order].append(shipment)
    return {order: tuple(shipments) for order, shipments in held.items()}
