"""Suggest nodes for a whole batch of orders, one after the other, in a fair order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.nodes import Product, StockNode
from app.domain.orders import Order, OrderState, Shipment
from app.domain.policy import Policy
from app.domain.reasons import Reason, because
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.errors import Stopped
from app.planning.sourcing.decide import Desk, decide, without_nodes
from app.planning.sourcing.holding import held_back
from app.planning.sourcing.needs import Need, Refusals, Scene, hindrance, need_of
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.pool import StockPool
from app.ports import Progress, Stop, never, unheard

TOLD_EVERY = 50
#: Reasons for which an order waits for a person, whatever the nodes have.
_WAITING = frozenset({"address_to_check", "collect_refused"})


def suggest(
    orders: Iterable[Order],
    nodes: Iterable[StockNode],
    stock: Iterable[StockCell],
    products: Mapping[str, Product],
    policy: Policy,
    *,
    now: datetime,
    zone: ZoneInfo,
    node_load: Mapping[str, int] | None = None,
    held: Mapping[str, tuple[Shipment, ...]] | None = None,
    pickup_points: Mapping[str, GeoPoint] | None = None,
    refusals: Refusals | None = None,
    answers: Mapping[str, float] | None = None,
    at_once: bool = False,
    progress: Progress = unheard,
    stop: Stop = never,
) -> list[SourcingDecision]:
    """One decision for each order, by the policy's rules; no piece is given twice.

    Orders take their stock in the policy's turns. Those that a rule holds back for others wait,
    unless they are to be decided `at_once`. The answer does not depend on the order in which
    anything is passed in. `held` has the active shipments of orders allocated in part, `node_load`
    the orders each node has today, `refusals` the nodes that are not to be asked again, by order,
    `answers` how well each keeps its word.

    Raises:
        Stopped: `stop` said so.
    """
    table = NodeTable(nodes, node_load or {}, now, answers)
    known = {node.code: node for node in table.nodes}
    scene = Scene(known, pickup_points or {}, products, policy, zone, refusals or {})
    needs = in_turn(orders, held or {}, scene, None if at_once else now)
    pool = StockPool(stock, table.index, skus_of(needs), table.floors(policy.sourcing))
    desk = Desk(table, pool, policy)
    return decided(needs, desk, scene, progress=progress, stop=stop)


def in_turn(
    orders: Iterable[Order],
    held: Mapping[str, tuple[Shipment, ...]],
    scene: Scene,
    now: datetime | None,
) -> list[Need]:
    """What the orders still need, in the order in which they take from the stock.

    Rules that hold orders back look at the clock; without `now` none of them waits.
    """
    turns = scene.policy.sourcing.turns
    needs = [need_of(order, held.get(order.code, ()), scene) for order in orders]
    if now is not None:
        needs = held_back(needs, scene.policy, now)
    return sorted(needs, key=lambda need: need.turn(turns))


def skus_of(needs: Iterable[Need]) -> set[str]:
    """Everything that is asked for."""
    return {line.sku for need in needs for line in need.lines}


def decided(
    needs: Sequence[Need],
    desk: Desk,
    scene: Scene,
    *,
    progress: Progress = unheard,
    stop: Stop = never,
) -> list[SourcingDecision]:
    """One decision after the other, each taking from the desk what it gives.

    Raises:
        Stopped: `stop` said so.
    """
    decisions = []
    for done, need in enumerate(needs):
        if stop():
            raise Stopped
        if done % TOLD_EVERY == 0:
            progress(done, len(needs))
        decisions.append(_decided(need, desk, scene))
    progress(len(needs), len(needs))
    return decisions


def _decided(need: Need, desk: Desk, scene: Scene) -> SourcingDecision:
    if not need.lines:
        return without_nodes(need, desk, OrderState.ALLOCATED, because("nothing_left"))
    reason = hindrance(need, scene)
    if reason is not None:
        return without_nodes(need, desk, _status(need, reason), reason)
    if not desk.nodes.nodes:
        return without_nodes(need, desk, OrderState.UNFILLABLE, because("no_nodes"))
    return decide(need, desk)


def _status(need: Need, hindrance: Reason) -> OrderState:
    """An order held back for others waits by itself, others wait for a person, or cannot be."""
    if hindrance is need.waits:
        return OrderState.QUEUED
    return OrderState.TO_SOURCE if hindrance.code in _WAITING else OrderState.UNFILLABLE
