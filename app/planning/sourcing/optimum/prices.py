"""What the whole batch costs at least, when stock and shipments have a price.

With a price on each piece of contested stock and on each shipment of a full node, orders no longer
stand in each other's way: each takes its cheapest way, found exactly. What they pay, less what the
stock and the shipments at hand are worth at those prices, is a true bound whatever the prices are.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise, product

import numpy as np

from app.planning.sourcing.optimum.parts import NEVER, Kind, Parts
from app.planning.sourcing.optimum.problem import Flags, Floats, Ints

#: A way of so many parts at most is weighed with distinct nodes; one of more might name a node
#: twice, which makes the bound lower, never wrong.
DISTINCT = 3


@dataclass(frozen=True, slots=True, eq=False)
class Reckoned:
    """What prices lead to: the bound, and each order's cheapest way.

    `part_price` is by part, `slot_price` by slot, `order_price` by order; `chosen` are parts, those
    of all orders together. `over` is what they take beyond what there is, by price.
    """

    bound: float
    part_price: Floats
    slot_price: Floats
    order_price: Floats
    chosen: Ints
    over: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """How the ways of a kind are looked up: `slots` by case, way and shipment.

    `ranks` lists, from `first` on and so `many` for each way, the choices among the cheapest of a
    slot that a way may need when its nodes must differ; empty where no way can want one twice.
    """

    orders: Ints
    slots: Ints
    left_cost: Floats
    ranks: Ints
    first: Ints
    many: Ints


class Market:
    """The prices that there can be, and what orders would do at them.

    Only what could be asked for too often has a price: first the cells, then the nodes.
    """

    def __init__(self, parts: Parts) -> None:
        problem = parts.problem
        self.parts = parts
        wanted, shipments = _could_be_wanted(parts)
        self.cells = np.flatnonzero(wanted > problem.cell_pieces)
        self.nodes = np.flatnonzero(shipments > problem.node_room)
        self.at_hand = np.concatenate(
            [problem.cell_pieces[self.cells], problem.node_room[self.nodes]]
        ).astype(np.float64)
        self._node_price = np.full(problem.nodes, self.count)
        self._node_price[self.nodes] = len(self.cells) + np.arange(len(self.nodes))
        self._taken = self._priced_columns()
        self._tables = [_table(problem.case_order, kind) for kind in parts.kinds]
        self._tail = _first_shared(parts)

    @property
    def count(self) -> int:
        return len(self.at_hand)

    def spread(self, prices: Floats, of_cell: Floats, of_node: Floats) -> None:
        """Write the prices where they belong, among all cells and nodes."""
        of_cell[self.cells] = prices[: len(self.cells)]
        of_node[self.nodes] = prices[len(self.cells) :]

    def part_prices(self, prices: Floats) -> Floats:
        """What each part costs with the prices of what it takes."""
        known = np.append(prices, 0.0)
        price = self.parts.cost.copy()
        for rows, which, pieces in self._taken:
            price[rows] += known[which] * pieces
        return price

    def reckon(self, prices: Floats) -> Reckoned:
        """What all orders would do at these prices, none below nothing."""
        part_price = self.part_prices(prices)
        price, part = self._ranked(part_price)
        order_price = np.full(self.parts.problem.orders, NEVER)
        found = []
        for table in self._tables:
            value, ways = self._best(table, price, part)
            np.minimum.at(order_price, table.orders, value)
            found.append((table.orders, value, ways))
        chosen = _chosen(found, order_price)
        over = self._used(chosen) - self.at_hand
        bound = float(order_price.sum() - prices @ self.at_hand)
        return Reckoned(bound, part_price, price[::DISTINCT].copy(), order_price, chosen, over)

    def _priced_columns(self) -> list[tuple[Ints, Ints, Floats]]:
        """(parts, price, pieces) for each column of cells, and for the nodes."""
        parts, places = self.parts, np.full(len(self.parts.problem.cell_pieces) + 1, -1)
        places[self.cells] = np.arange(len(self.cells))
        taken = []
        for column in range(parts.cells.shape[1]):
            rows = np.flatnonzero(
                (parts.pieces[:, column] > 0) & (places[parts.cells[:, column]] >= 0)
            )
            pieces = parts.pieces[rows, column].astype(np.float64)
            taken.append((rows, places[parts.cells[rows, column]], pieces))
        rows = np.flatnonzero(self._node_price[parts.node] < self.count)
        taken.append((rows, self._node_price[parts.node[rows]], np.ones(len(rows))))
        return taken

    def _ranked(self, part_price: Floats) -> tuple[Floats, Ints]:
        """The cheapest parts of each slot, three where nodes must differ; none costs nothing."""
        parts = self.parts
        price = np.full(parts.slots * DISTINCT, NEVER)
        part = np.full(parts.slots * DISTINCT, -1)
        rest = part_price
        for rank in range(DISTINCT):
            at = 0 if rank == 0 else self._tail
            first = parts.first[at:]
            if not len(first):
                break
            offset = first[0]
            some = rest[offset:]
            least = np.minimum.reduceat(some, first - offset)
            place = parts.place[offset:] - at
            hits = np.flatnonzero(some == least[place])
            owner = place[hits]
            firsts = np.flatnonzero(np.diff(owner, prepend=-1))
            best = hits[firsts] + offset
            slots = parts.filled[at:] * DISTINCT + rank
            price[slots], part[slots] = least, best
            if rank == 0:
                rest = part_price.copy()
            rest[best] = NEVER
        for kind in parts.kinds:
            none = kind.slot + kind.width * np.arange(1, len(kind.cases) + 1) - 1
            price[none * DISTINCT] = 0.0
        return price, part

    def _best(self, table: _Table, price: Floats, part: Ints) -> tuple[Floats, Ints]:
        """The least that each case costs, and the parts with which it does."""
        value = price[table.slots * DISTINCT].sum(axis=2) + table.left_cost
        rows = np.arange(len(value))
        way = value.argmin(axis=1)
        least, parts = value[rows, way], part[table.slots[rows, way] * DISTINCT]
        if len(table.ranks):
            twice = np.flatnonzero(self._names_twice(parts))
            if len(twice):
                self._apart(table, twice, value[twice], (price, part), (least, parts))
        return least, parts

    def _apart(
        self,
        table: _Table,
        cases: Ints,
        value: Floats,
        ranked: tuple[Floats, Ints],
        best: tuple[Floats, Ints],
    ) -> None:
        """Find what is best for cases whose cheapest way names a node twice.

        Only ways that seem cheaper than the best way with distinct nodes are looked at closely.
        """
        price, part = ranked
        twice = self._names_twice(part[table.slots[cases] * DISTINCT])
        sound = np.where(twice, NEVER, value)
        way, rows = sound.argmin(axis=1), np.arange(len(cases))
        least = sound[rows, way]
        parts = part[table.slots[cases, way] * DISTINCT]
        row, seems = np.nonzero(twice & (value < least[:, None]))
        count = table.many[seems]
        nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        ranks = table.ranks[np.repeat(table.first[seems], count) + nth]
        row, seems = np.repeat(row, count), np.repeat(seems, count)
        places = table.slots[cases[row], seems] * DISTINCT + ranks
        exact = price[places].sum(axis=1) + table.left_cost[cases[row], seems]
        exact[self._names_twice(part[places])] = NEVER
        by_row = np.lexsort((exact, row))
        first = by_row[np.flatnonzero(np.diff(row[by_row], prepend=-1))]
        first = first[exact[first] < least[row[first]]]
        least[row[first]], parts[row[first]] = exact[first], part[places[first]]
        best[0][cases], best[1][cases] = least, parts

    def _names_twice(self, parts: Ints) -> Flags:
        """Which sets of parts would leave one node in two shipments."""
        node = np.append(self.parts.node, -1)[parts]
        twice = np.zeros(parts.shape[:-1], dtype=np.bool_)
        for one, other in combinations(range(parts.shape[-1]), 2):
            twice |= (node[..., one] == node[..., other]) & (node[..., one] >= 0)
        return twice

    def _used(self, chosen: Ints) -> Floats:
        mark = np.bincount(chosen, minlength=len(self.parts.slot))
        used = np.zeros(self.count + 1)
        for rows, which, pieces in self._taken:
            weight = mark[rows]
            on = np.flatnonzero(weight)
            used += np.bincount(which[on], weight[on] * pieces[on], len(used))
        return used[:-1]


def _chosen(found: list[tuple[Ints, Floats, Ints]], order_price: Floats) -> Ints:
    """The parts of the cheapest case of each order, of the first where several are."""
    free = np.ones(len(order_price), dtype=np.bool_)
    chosen = [np.empty(0, dtype=np.int64)]
    for orders, value, ways in found:
        rows = np.flatnonzero((value == order_price[orders]) & free[orders])
        rows = rows[np.unique(orders[rows], return_index=True)[1]]
        free[orders[rows]] = False
        chosen.append(ways[rows].ravel())
    parts = np.concatenate(chosen)
    return parts[parts >= 0]


def _table(case_order: Ints, kind: Kind) -> _Table:
    width = kind.shape.ways.shape[1]
    listed = _ranked_ways(kind) if shares_lines(kind) else []
    many = np.array([len(ranks) for ranks in listed], dtype=np.int64)
    flat = [ranks for one in listed for ranks in one]
    return _Table(
        case_order[kind.cases],
        kind.slots(),
        kind.left_cost,
        np.array(flat, dtype=np.int64).reshape(len(flat), width),
        np.cumsum(many) - many,
        many,
    )


def _ranked_ways(kind: Kind) -> list[tuple[tuple[int, ...], ...]]:
    """Of each way, the ranks that its parts may need when their nodes must differ."""
    none, width = len(kind.shape.parts), kind.shape.ways.shape[1]
    found = []
    for way in kind.shape.ways.tolist():
        sent = tuple(part for part in way if part != none)
        same = tuple(one == other for one, other in pairwise(sent))
        found.append(_ranks(len(sent), same, width))
    return found


@lru_cache(maxsize=64)
def _ranks(sent: int, same: tuple[bool, ...], width: int) -> tuple[tuple[int, ...], ...]:
    """Some order of the parts gives each at most as many better nodes as parts went before it."""
    return tuple(
        ranks + (0,) * (width - sent)
        for ranks in product(range(sent), repeat=sent)
        if all(rank <= at for at, rank in enumerate(sorted(ranks)))
        and all(not twin or ranks[at] < ranks[at + 1] for at, twin in enumerate(same))
    )


def shares_lines(kind: Kind) -> bool:
    """Whether two shipments may carry pieces of the same line."""
    return max(kind.shape.asked, default=0) > 1 and 1 < kind.shape.ways.shape[1] <= DISTINCT


def _first_shared(parts: Parts) -> int:
    """From which of the filled slots on nodes may have to differ: their kinds come last."""
    starts = [kind.slot for kind in parts.kinds if shares_lines(kind)]
    return int(np.searchsorted(parts.filled, min(starts, default=parts.slots)))


def _could_be_wanted(parts: Parts) -> tuple[Ints, Ints]:
    """The most pieces of each cell, and shipments of each node, that all orders could ask for."""
    problem = parts.problem
    cells = len(problem.cell_pieces)
    order = problem.case_order[problem.pair_case[parts.pair]]
    rows, columns = np.nonzero(parts.pieces)
    key = order[rows] * cells + parts.cells[rows, columns]
    wanted = _most_by(key, parts.pieces[rows, columns])
    pieces = np.bincount(wanted[0] % max(cells, 1), wanted[1], cells)
    pairs = np.unique(order * problem.nodes + parts.node)
    shipments = np.bincount(pairs % max(problem.nodes, 1), minlength=problem.nodes)
    return pieces.astype(np.int64), shipments.astype(np.int64)


def _most_by(key: Ints, figure: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort((figure, key))
    key, figure = key[order], figure[order]
    last = np.flatnonzero(np.diff(key, append=-1))
    return key[last], figure[last]
