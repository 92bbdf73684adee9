"""Suggest nodes for all orders at once, at the least cost; every decision says why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from app.domain.nodes import Product, StockNode
from app.domain.orders import Order, Shipment
from app.domain.policy import Policy
from app.domain.sourcing import Proof, SourcingDecision
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.planning.sourcing.batch import decided, in_turn, skus_of
from app.planning.sourcing.decide import Desk
from app.planning.sourcing.grounds import Grounds
from app.planning.sourcing.needs import Need, Refusals, Scene, hindrance
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.optimum import Answer, Best, cost_of, solve
from app.planning.sourcing.pool import StockPool
from app.planning.sourcing.posing import Posed, pose
from app.ports import Progress, Stop, never, unheard

#: Told of each better answer and each better bound, in cents.
OnProof = Callable[[Proof], None]


@dataclass(frozen=True, slots=True)
class Together:
    """A decision for each order, and how good they are; `curve` is how that came about."""

    decisions: tuple[SourcingDecision, ...]
    curve: tuple[Proof, ...]

    @property
    def proof(self) -> Proof:
        return self.curve[-1]


def nobody_hears(proof: Proof) -> None:
    """Nobody listens to the search."""


def suggest_together(
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
    at_once: bool = False,
    seconds: float | None = None,
    seed: int = 0,
    on_proof: OnProof = nobody_hears,
    progress: Progress = unheard,
    stop: Stop = never,
) -> Together:
    """One decision for each order, all weighed at once among the nodes that the rules allow.

    The rules alone are asked first; from then on `stop`, or the end of the time, keeps the best
    found so far, which is never dearer than theirs.

    Raises:
        Stopped: `stop` said so before the rules had decided.
    """
    began, cells = perf_counter(), tuple(stock)
    table = NodeTable(nodes, node_load or {}, now)
    known = {node.code: node for node in table.nodes}
    scene = Scene(known, pickup_points or {}, products, policy, zone, refusals or {})
    needs = in_turn(orders, held or {}, scene, None if at_once else now)
    load = table.load.copy()
    ruled = decided(needs, _desk(table, cells, needs, policy), scene, progress=progress, stop=stop)
    table.load[:] = load

    weighable = [need for need in needs if need.lines and hindrance(need, scene) is None]
    posed = pose(weighable, _desk(table, cells, needs, policy))
    problem = posed.problem()
    start = tuple(posed.sent(ruled))
    lost, rules_cents = posed.lost_cents(problem), cost_of(problem, start)

    def proof(best: Best, before: float) -> Proof:
        return Proof(
            round(best.seconds + before, 3),
            best.cost - lost,
            max(0, best.bound - lost),
            rules_cents - lost,
        )

    before = perf_counter() - began
    left = None if seconds is None else max(0.0, seconds - before)
    answer = solve(
        problem, left, stop, lambda best: on_proof(proof(best, before)), start=start, seed=seed
    )
    curve = tuple(proof(best, before) for best in answer.curve)
    return Together(tuple(_told(ruled, needs, posed, answer, cells)), curve)


def _desk(table: NodeTable, stock: Iterable[StockCell], needs: list[Need], policy: Policy) -> Desk:
    pool = StockPool(stock, table.index, skus_of(needs), table.floors(policy.sourcing))
    return Desk(table, pool, policy)


def _told(
    ruled: list[SourcingDecision],
    needs: list[Need],
    posed: Posed,
    answer: Answer,
    stock: tuple[StockCell, ...],
) -> Iterable[SourcingDecision]:
    """The rules' decision where there was nothing to weigh, else the optimum's.

    What the rules sent without any node to weigh went to the node of last resort: it gets what the
    optimum left there.
    """
    skus = skus_of(needs)
    nodes = posed.desk.nodes
    floors = nodes.floors(posed.desk.policy.sourcing)
    grounds = Grounds(posed, answer, StockPool(stock, nodes.index, skus, floors))
    made = {need.order.code: at for at, need in enumerate(posed.needs)}
    for need, decision in zip(needs, ruled, strict=True):
        at = made.get(decision.order)
        if at is not None:
            yield grounds.decision(at)
        elif decision.shipments:
            yield grounds.fallen_back(need) or grounds.left_over(need)
        else:
            yield decision
