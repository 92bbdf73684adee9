"""Orders that were agreed and may still move, and what they are weighed in: nodes, stock, rules."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from app.domain.nodes import Product, StockNode
from app.domain.orders import Order, Shipment
from app.domain.policy import Policy
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.planning.sourcing.batch import skus_of
from app.planning.sourcing.decide import Desk
from app.planning.sourcing.needs import Need, Refusals, Scene
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.pool import StockPool

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreed:
    """An order that one node is to send whole, and that may still be sent by another."""

    order: Order
    shipment: Shipment

    @property
    def cells(self) -> Iterable[Cell]:
        """Where its pieces lie: node and SKU."""
        return ((self.shipment.node, line.sku) for line in self.shipment.lines)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all orders are weighed against; `given` are the orders that nodes got today.

    `stock` counts the agreed orders' pieces as reserved.
    """

    nodes: tuple[StockNode, ...]
    stock: tuple[StockCell, ...]
    products: Mapping[str, Product]
    policy: Policy
    now: datetime
    zone: ZoneInfo
    given: frozenset[Cell] = frozenset()
    pickup_points: Mapping[str, GeoPoint] = field(default_factory=dict)
    refusals: Refusals = field(default_factory=dict)

    @property
    def scene(self) -> Scene:
        known = {node.code: node for node in self.nodes}
        return Scene(
            known, self.pickup_points, self.products, self.policy, self.zone, self.refusals
        )

    def desk(self, needs: Iterable[Need], free: Sequence[Agreed]) -> Desk:
        """The nodes and the stock as if some agreed orders had not been given to anybody."""
        table = self._table(free)
        floors = table.floors(self.policy.sourcing)
        pool = StockPool(self.stock_without(free), table.index, skus_of(needs), floors)
        return Desk(table, pool, self.policy)

    def floors(self) -> dict[str, int]:
        """The pieces of each product that stay at each node."""
        policy = self.policy.sourcing
        return {node.code: policy.floor_of(node.kind) for node in self.nodes}

    def stock_without(self, free: Iterable[Agreed]) -> tuple[StockCell, ...]:
        """The stock with what these agreed orders hold given back."""
        back: Counter[Cell] = Counter()
        for one in free:
            for line in one.shipment.lines:
                back[one.shipment.node, line.sku] += line.quantity
        return tuple(_given_back(cell, back[cell.node, cell.sku]) for cell in self.stock)

    def _table(self, free: Sequence[Agreed]) -> NodeTable:
        """Nodes with what they were given today; each has room for what it sends already."""
        ours = {one.order.code for one in free}
        load = Counter(node for node, order in self.given if order not in ours)
        table = NodeTable(self.nodes, load, self.now)
        sends = Counter(one.shipment.node for one in free)
        own = np.array([sends[code] for code in table.codes], dtype=np.int64)
        table.load[:] = np.minimum(table.load, table.limits - own)
        return table


def _given_back(cell: StockCell, pieces: int) -> StockCell:
    return replace(cell, reserved_here=max(0, cell.reserved_here - pieces)) if pieces else cell
