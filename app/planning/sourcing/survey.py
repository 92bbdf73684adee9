"""What every node could do for one order: stock, way, cost, time; before any rule is asked."""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from app.domain.orders import Mode
from app.domain.policy import Fence, Rating, RuleSet, SourcingPolicy
from app.planning.sourcing.needs import Need
from app.planning.sourcing.nodes import NodeTable, Timing
from app.planning.sourcing.pool import StockPool

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

#: Getting away and to the door, whatever the distance; then 60 km/h from door to door.
HANDOVER_S = 600.0
METRES_PER_S = 60_000 / 3600


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Columns over the nodes; `free` and `offered` have a row for each line of the order.

    `offered` are the pieces that each node could send, `whole` marks the nodes with everything.
    `collect` is the store of collection's place in the table, None for other modes: nothing
    travels from there. `points` are those that no rule changes, with their figures, once reckoned.
    """

    need: Need
    nodes: NodeTable
    pool: StockPool
    policy: SourcingPolicy
    collect: int | None
    asked: Ints
    free: Ints
    offered: Ints
    whole: Flags
    distance_m: Floats
    travel_s: Floats
    cost_cents: Floats
    co2e_g: Floats
    points: dict[Rating, tuple[Floats, Floats]] = field(default_factory=dict)

    def counted_at(self, node: int) -> datetime | None:
        """When the oldest of the stock figures of a node was counted."""
        oldest = None
        for line in self.need.lines:
            cell = self.pool.cell(line.sku, node)
            if cell is not None and cell.as_of is not None:
                oldest = cell.as_of if oldest is None else min(oldest, cell.as_of)
        return oldest

    def limit_s(self, rule: RuleSet) -> float:
        """Seconds from now within which the rule wants the goods there."""
        if rule.max_late_days is None:
            return float("inf")
        due_s = (self.need.due - self.nodes.now).total_seconds()
        return due_s + 86_400.0 * rule.max_late_days

    def timing(self, rule: RuleSet) -> Timing:
        """When goods could leave each node, minding what the rule's fences mind."""
        return self.timing_of(self.nodes, rule)

    def timing_of(self, nodes: NodeTable, rule: RuleSet) -> Timing:
        """The same, if the nodes were these."""
        timing = nodes.timing(
            by_hours=Fence.OPEN in rule.fences, by_cutoff=Fence.BEFORE_CUTOFF in rule.fences
        )
        if self.collect is None:
            return timing
        leaves_s = timing.leaves_s.copy()
        leaves_s[self.collect] = timing.ready_s[self.collect]
        return Timing(timing.ready_s, leaves_s)

    def arrives_s(self, rule: RuleSet) -> Floats:
        """Seconds from now until the goods could be where they are wanted."""
        return self.timing(rule).leaves_s + self.travel_s


def survey(need: Need, nodes: NodeTable, pool: StockPool, policy: SourcingPolicy) -> Survey:
    """Look at every node for one order, with the stock as it is at this moment."""
    collect = None
    if need.order.mode is Mode.CLICK_AND_COLLECT:
        collect = nodes.index[need.order.collect_node]
    distance_m = _distance_m(need, nodes, policy)
    travel_s = HANDOVER_S + distance_m / METRES_PER_S
    cost_cents = policy.shipment_cents + policy.km_cents * distance_m / 1000
    if collect is not None:
        distance_m[collect] = travel_s[collect] = cost_cents[collect] = 0.0
    asked = np.array([line.quantity for line in need.lines], dtype=np.int64)
    free = np.array([pool.free(line.sku) for line in need.lines], dtype=np.int64)
    return Survey(
        need,
        nodes,
        pool,
        policy,
        collect,
        asked=asked,
        free=free,
        offered=np.minimum(free, asked[:, None]),
        whole=np.asarray((free >= asked[:, None]).all(axis=0)),
        distance_m=distance_m,
        travel_s=travel_s,
        cost_cents=cost_cents,
        co2e_g=policy.co2e_g_per_km * distance_m / 1000,
    )


def _distance_m(need: Need, nodes: NodeTable, policy: SourcingPolicy) -> Floats:
    if need.goal is None:
        return np.zeros(len(nodes))
    return policy.circuity * nodes.straight_m(need.goal)
