"""What a person decides over the rules: this node, whatever its fences say; never without stock."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.nodes import Product, StockNode
from app.domain.orders import Order, OrderState, Shipment
from app.domain.policy import Policy, RuleSet
from app.domain.reasons import Reason, because
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.errors import NoStock, NothingToSend, UnknownSubject
from app.planning.sourcing.chain import chain_for
from app.planning.sourcing.decide import Desk, decision
from app.planning.sourcing.needs import Need, Refusals, Scene, need_of
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.pool import StockPool
from app.planning.sourcing.splits import Sharing
from app.planning.sourcing.survey import survey
from app.planning.sourcing.trial import Trial, try_rule


def assigned(
    order: Order,
    to: str,
    reason: str,
    nodes: Iterable[StockNode],
    stock: Iterable[StockCell],
    products: Mapping[str, Product],
    policy: Policy,
    *,
    now: datetime,
    zone: ZoneInfo,
    node_load: Mapping[str, int] | None = None,
    held: tuple[Shipment, ...] = (),
    pickup_points: Mapping[str, GeoPoint] | None = None,
    refusals: Refusals | None = None,
    answers: Mapping[str, float] | None = None,
) -> SourcingDecision:
    """All that an order still needs goes to one node; its fences stay in sight as overridden.

    Raises:
        UnknownSubject: there is no such node, or no such store of collection.
        NothingToSend: the order needs nothing more.
        NoStock: the node has fewer pieces, its safety stock included.
    """
    table = NodeTable(nodes, node_load or {}, now, answers)
    known = {node.code: node for node in table.nodes}
    for code in (to, order.collect_node):
        if code and code not in known:
            raise UnknownSubject("node", code)
    scene = Scene(known, pickup_points or {}, products, policy, zone, refusals or {})
    need = need_of(order, held, scene)
    if not need.lines:
        raise NothingToSend(order.code)
    pool = StockPool(stock, table.index, {line.sku for line in need.lines})
    _refuse_without_stock(need, pool, table, to)
    return _overridden(need, Desk(table, pool, policy), table.index[to], reason)


def _refuse_without_stock(need: Need, pool: StockPool, table: NodeTable, to: str) -> None:
    for line in need.lines:
        cell = pool.cell(line.sku, table.index[to])
        there = 0 if cell is None else cell.on_hand - cell.reserved - cell.blocked
        if there < line.quantity:
            raise NoStock(to, line.sku, line.quantity, max(0, there))


def _overridden(need: Need, desk: Desk, node: int, reason: str) -> SourcingDecision:
    seen = survey(need, desk.nodes, desk.pool, desk.policy.sourcing)
    rules = tuple(chain_for(need, desk.policy)) or (RuleSet("by_hand"),)
    trial = try_rule(seen, rules[0])
    sharing = Sharing((node,), seen.asked[None, :], float(trial.rated.scores[node]))
    made = decision(desk, (trial,), trial, sharing, OrderState.ALLOCATED, (_said(trial, node),))
    return replace(made, override=reason)


def _said(trial: Trial, node: int) -> Reason:
    codes = trial.seen.nodes.codes
    better = next((other for other in trial.ranking if other != node), None)
    if better is None:
        return because("assigned_by_hand", node=codes[node])
    return because("assigned_instead", node=codes[node], instead_of=codes[better])
