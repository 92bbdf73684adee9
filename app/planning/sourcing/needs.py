"""What an order still needs, where to and by when; and which orders come first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.domain.nodes import Product, StockNode
from app.domain.offers import Refusal
from app.domain.orders import Mode, Order, OrderLine, Shipment
from app.domain.packing import packed
from app.domain.policy import Policy, Turn
from app.domain.reasons import Reason, because
from app.domain.values import GeoPoint, Load
from app.domain.windows import wanted_by

Refusals = Mapping[str, Mapping[str, Refusal]]


@dataclass(frozen=True, slots=True)
class Need:
    """The lines of an order that no shipment answers yet, each SKU once, in order of SKU.

    `goal` is where the goods go: the door, the pickup point, or the store of collection. `held`
    counts the shipments the order has already; `refused` are the nodes that said no to it;
    `handling` is what its products ask for; `waits` says why it is held back for others.
    """

    order: Order
    lines: tuple[OrderLine, ...]
    goal: GeoPoint | None
    due: datetime
    load: Load = Load()
    held: int = 0
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    handling: frozenset[str] = frozenset()
    waits: Reason | None = None

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    def turn(self, turns: Sequence[Turn]) -> tuple[object, ...]:
        """Its place when stock is short; of equals the lower code comes first."""
        return (*(_TURNS[turn](self) for turn in turns), self.order.code)


def _promised(need: Need) -> tuple[bool, datetime]:
    """What was promised by its date, then what is merely wished or expected."""
    order = need.order
    return (order.promised_to is None and order.promised_from is None, need.due)


_TURNS: dict[Turn, Callable[[Need], object]] = {
    Turn.PROMISE: _promised,
    Turn.VALUE: lambda need: -need.order.value_cents,
    Turn.PLACED: lambda need: need.order.placed_at,
    Turn.PIECES: lambda need: need.pieces,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What needs are read against: places, policy, and who refused what (by order, by node)."""

    nodes: Mapping[str, StockNode]
    pickup_points: Mapping[str, GeoPoint]
    products: Mapping[str, Product]
    policy: Policy
    zone: ZoneInfo
    refusals: Refusals = field(default_factory=dict)


def need_of(order: Order, held: Sequence[Shipment], scene: Scene) -> Need:
    """What is still to be found for an order."""
    lines = _open_lines(order, held)
    return Need(
        order,
        lines,
        _goal(order, scene),
        wanted_by(order, scene.policy, _zone(order, scene)).astimezone(UTC),
        packed(lines, scene.products),
        len(held),
        scene.refusals.get(order.code, {}),
        _handling(lines, scene.products),
    )


def _handling(lines: Sequence[OrderLine], products: Mapping[str, Product]) -> frozenset[str]:
    known = (products[line.sku] for line in lines if line.sku in products)
    return frozenset(asked for product in known for asked in product.handling)


def hindrance(need: Need, scene: Scene) -> Reason | None:
    """Why an order cannot be sourced at all, whatever the stock; None when it can."""
    order = need.order
    if order.mode is Mode.CLICK_AND_COLLECT:
        if need.refused:
            return _collect_refused(need)
        if not order.collect_node:
            return because("no_collect_node")
        if order.collect_node not in scene.nodes:
            return because("unknown_collect_node", node=order.collect_node)
        return need.waits
    if need.goal is None:
        score = order.place.score if order.place else 0.0
        return because("address_to_check", address=order.address.one_line, score_share=score)
    return need.waits


def _collect_refused(need: Need) -> Reason:
    """An order to collect that was refused waits for what its client says."""
    last = max(need.refused.values(), key=lambda refusal: (refusal.at, refusal.node))
    return because("collect_refused", node=last.node, decline=last.reason.value)


def _open_lines(order: Order, held: Sequence[Shipment]) -> tuple[OrderLine, ...]:
    wanted: dict[str, OrderLine] = {}
    for line in order.lines:
        before = wanted.get(line.sku)
        more = before.quantity if before else 0
        wanted[line.sku] = replace(before or line, quantity=more + line.quantity)
    for shipment in held:
        for line in shipment.lines:
            _answer(wanted, line)
    return tuple(wanted[sku] for sku in sorted(wanted))


def _answer(wanted: dict[str, OrderLine], sent: OrderLine) -> None:
    line = wanted.get(sent.sku)
    if line is None:
        return
    if line.quantity <= sent.quantity:
        del wanted[sent.sku]
    else:
        wanted[sent.sku] = replace(line, quantity=line.quantity - sent.quantity)


def _goal(order: Order, scene: Scene) -> GeoPoint | None:
    if order.mode is Mode.CLICK_AND_COLLECT:
        store = scene.nodes.get(order.collect_node)
        return store.point if store else None
    if order.mode is Mode.PICKUP_POINT and order.pickup_point in scene.pickup_points:
        return scene.pickup_points[order.pickup_point]
    if order.place is None or order.place.score < scene.policy.sourcing.min_place_score:
        return None
    return order.place.point


def _zone(order: Order, scene: Scene) -> ZoneInfo:
    store = scene.nodes.get(order.collect_node)
    return ZoneInfo(store.timezone) if store else scene.zone
