"""What a batch of orders cannot have together, product by product, and the cheapest ways out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from app.domain.reasons import Reason, because
from app.planning.sourcing.chain import chain_for
from app.planning.sourcing.conflicts import Conflict, Sharing, Wish
from app.planning.sourcing.decide import Desk
from app.planning.sourcing.fences import fenced
from app.planning.sourcing.needs import Need
from app.planning.sourcing.survey import survey

#: So many ways out are told, and so many nodes tried for each.
TOLD, TRIED = 3, 6
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something that gives a conflict more pieces: `pieces` of those that are short are then there.

    `code` is transfer, inbound or buffer; `cost_cents` what it counts by the rules' prices.
    """

    code: str
    pieces: int
    cost_cents: int
    node: str
    from_node: str = ""
    at: datetime | None = None

    @property
    def reason(self) -> Reason:
        facts: dict[str, str | int] = {
            "pieces": self.pieces,
            "node": self.node,
            "cost_cents": self.cost_cents,
        }
        if self.from_node:
            facts["from_node"] = self.from_node
        if self.at is not None:
            facts["expected_on"] = self.at.date().isoformat()
            facts["expected_at"] = self.at.isoformat(timespec="seconds")
        return because(f"way_out_{self.code}", **facts)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A conflict about one product, with what would help, the cheapest piece first."""

    sku: str
    conflict: Conflict
    ways_out: tuple[WayOut, ...]

    @property
    def reason(self) -> Reason:
        return because(
            "orders_share_pieces" if self.conflict.available else "orders_share_nothing",
            orders=len(self.conflict.orders),
            asked=self.conflict.asked,
            sku=self.sku,
            available=self.conflict.available,
            short=self.conflict.short,
        )


def shortages(needs: Iterable[Need], desk: Desk, short: Iterable[str]) -> list[Shortage]:
    """The conflicts about some products, those that most orders share first.

    `desk` is as it was before anything was given out. An order that no node could send to shares
    nothing with anybody: it is in no conflict.
    """
    wanted = set(short)
    concerned = [need for need in needs if any(line.sku in wanted for line in need.lines)]
    able = {need.order.code: _able(need, desk) for need in concerned}
    found: list[Shortage] = []
    for sku in sorted(wanted):
        asking = [need for need in concerned if any(line.sku == sku for line in need.lines)]
        found += _Product(sku, asking, able, desk).shortages()
    return sorted(found, key=lambda one: (-len(one.conflict.orders), one.sku))


def _able(need: Need, desk: Desk) -> frozenset[str]:
    """The nodes that some rule would send the order from, had they the stock."""
    seen = survey(need, desk.nodes, desk.pool, desk.policy.sourcing)
    able = np.zeros(len(desk.nodes), dtype=np.bool_)
    for rule in chain_for(need, desk.policy):
        able |= fenced(seen, rule).fits_but_for_stock
    return frozenset(desk.nodes.codes[node] for node in np.flatnonzero(able))


class _Product:
    """One product: who asks for it, where it lies, and what more of it would give."""

    def __init__(
        self, sku: str, asking: Sequence[Need], able: Mapping[str, frozenset[str]], desk: Desk
    ) -> None:
        self._sku, self._desk = sku, desk
        self._needs = {need.order.code: need for need in asking}
        self._wishes = sorted(
            (Wish(code, self._asked(need), able[code]) for code, need in self._needs.items()),
            key=lambda wish: wish.order,
        )
        free = desk.pool.free(sku).tolist()
        self._free = Counter(dict(zip(desk.nodes.codes, free, strict=True)))

    def shortages(self) -> Iterator[Shortage]:
        shared = Sharing(self._wishes, self._free)
        for conflict in shared.conflicts():
            if len(conflict.orders) > 1:
                ways = sorted(
                    (way for way in self._ways(conflict, shared) if way.pieces > 0),
                    key=lambda way: (way.cost_cents / way.pieces, way.code, way.node),
                )
                yield Shortage(self._sku, conflict, tuple(ways[:TOLD]))

    def _asked(self, need: Need) -> int:
        return sum(line.quantity for line in need.lines if line.sku == self._sku)

    def _ways(self, conflict: Conflict, shared: Sharing) -> Iterator[WayOut]:
        yield from self._transfers(conflict, shared)
        yield from self._arrivals(conflict)
        yield from self._buffers(conflict)

    def _transfers(self, conflict: Conflict, shared: Sharing) -> Iterator[WayOut]:
        """From a node that none of these orders can be sent from, with pieces that nobody wants."""
        table, policy = self._desk.nodes, self._desk.policy.sourcing
        inside = set(conflict.nodes)
        for node, many in sorted(shared.left.items()):
            at = table.index[node]
            if node in inside or many < 1 or not (table.active[at] and table.transfers[at]):
                continue
            away_m = policy.circuity * table.straight_m(table.nodes[at].point)
            near = sorted(inside, key=lambda code: (float(away_m[table.index[code]]), code))
            best = max(near[:TRIED], key=lambda to: self._gain(conflict, to, many), default=None)
            if best is not None:
                cents = policy.shipment_cents + policy.km_cents * away_m[table.index[best]] / 1000
                gain = self._gain(conflict, best, many)
                yield WayOut("transfer", gain, round(float(cents)), best, node)

    def _arrivals(self, conflict: Conflict) -> Iterator[WayOut]:
        """What is on its way to where these orders are sent from."""
        table = self._desk.nodes
        for lot in self._desk.pool.lots(self._sku):
            node = table.codes[lot.node]
            if node in conflict.nodes:
                gain = self._gain(conflict, node, lot.pieces)
                cents = self._late_cents(conflict, lot.at, gain)
                yield WayOut("inbound", gain, cents, node, at=lot.at)

    def _buffers(self, conflict: Conflict) -> Iterator[WayOut]:
        """What lies there already, kept back as safety stock or below the rules' floor."""
        table, policy = self._desk.nodes, self._desk.policy.sourcing
        for node in conflict.nodes:
            cell = self._desk.pool.cell(self._sku, table.index[node])
            if cell is not None:
                kept = cell.on_hand - cell.reserved - cell.blocked - self._free[node]
                gain = self._gain(conflict, node, kept) if kept > 0 else 0
                yield WayOut("buffer", gain, gain * policy.last_piece_cents, node)

    def _gain(self, conflict: Conflict, node: str, more: int) -> int:
        """How many of the pieces that are short are there with so many more at a node."""
        inside = set(conflict.orders)
        wishes = [wish for wish in self._wishes if wish.order in inside]
        free = {code: self._free[code] for code in conflict.nodes}
        short = Sharing(wishes, free).short
        return short - Sharing(wishes, {**free, node: free[node] + more}).short

    def _late_cents(self, conflict: Conflict, at: datetime, pieces: int) -> int:
        """What the wait counts for the orders that can best bear it."""
        days = sorted(
            max(0, -(-(at - self._needs[order].due) // _DAY))
            for order in conflict.orders
            for _piece in range(self._asked(self._needs[order]))
        )
        return sum(days[:pieces]) * self._desk.policy.sourcing.late_day_cents
