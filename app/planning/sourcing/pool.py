"""Which pieces are still free where, while a batch of orders takes them one after the other."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from app.domain.stock import StockCell, available_to_promise

Ints = npt.NDArray[np.int64]


@dataclass(slots=True)
class Lot:
    """Pieces that will be free at a node from a known instant on."""

    at: datetime
    node: int
    pieces: int


class StockPool:
    """The stock of the SKUs asked for, by SKU and node; `take` makes it less.

    `floors` are the pieces of each product that stay at each node, whoever asks.
    """

    def __init__(
        self,
        cells: Iterable[StockCell],
        node_index: Mapping[str, int],
        skus: Iterable[str],
        floors: Sequence[int] = (),
    ) -> None:
        self._floors = tuple(floors) or (0,) * len(node_index)
        self._nodes = len(node_index)
        self._free: dict[str, Ints] = {}
        self._none = np.zeros(self._nodes, dtype=np.int64)
        self._none.flags.writeable = False
        self._cells: dict[str, dict[int, StockCell]] = {sku: {} for sku in skus}
        self._lots: dict[str, list[Lot]] = {}
        for cell in cells:
            if cell.sku in self._cells and cell.node in node_index:
                self._cells[cell.sku][node_index[cell.node]] = cell

    def free(self, sku: str) -> Ints:
        """Pieces of a SKU that may be promised now, by node."""
        if not self._cells.get(sku):
            return self._none
        if sku not in self._free:
            free = np.zeros(self._nodes, dtype=np.int64)
            for node, cell in self._cells[sku].items():
                free[node] = self._free_of(cell, node)
            self._free[sku] = free
        return self._free[sku]

    def cell(self, sku: str, node: int) -> StockCell | None:
        """The counters of a SKU at a node as they were when the batch began."""
        return self._cells.get(sku, {}).get(node)

    def copy(self) -> "StockPool":
        """The same pieces, to be taken in another way; what waits for arrivals begins anew."""
        other = copy(self)
        vars(other).update(
            _free={sku: free.copy() for sku, free in self._free.items()},
            _cells={sku: dict(cells) for sku, cells in self._cells.items()},
            _lots={},
        )
        return other

    def add(self, sku: str, node: int, code: str, pieces: int) -> None:
        """Put more pieces of a SKU on a node's shelf, or fewer; what was given out stays so."""
        free = self.free(sku).copy()
        cell = self._known(sku, node, code)
        fresh = replace(cell, on_hand=max(0, cell.on_hand + pieces))
        taken = self._free_of(cell, node) - int(free[node])
        free[node] = max(0, self._free_of(fresh, node) - taken)
        self._free[sku] = free
        self._cells.setdefault(sku, {})[node] = fresh

    def lacking(self, sku: str, node: int, code: str, pieces: int) -> int:
        """How many more pieces on the shelf make so many free."""
        cell = self._known(sku, node, code)
        taken = self._free_of(cell, node) - int(self.free(sku)[node])
        held = cell.reserved + cell.blocked + cell.safety_stock + self._floors[node]
        return pieces + taken + held - cell.on_hand

    def _known(self, sku: str, node: int, code: str) -> StockCell:
        return self.cell(sku, node) or StockCell(code, sku)

    def _free_of(self, cell: StockCell, node: int) -> int:
        return max(0, cell.available - self._floors[node])

    def kept(self, sku: str, node: int) -> int:
        """Pieces that might be sold there, and are not sourced."""
        cell = self.cell(sku, node)
        return 0 if cell is None else min(cell.available, self._floors[node])

    def take(self, sku: str, node: int, pieces: int) -> None:
        """Give pieces to an order.

        Raises:
            ValueError: there are not so many.
        """
        free = self.free(sku)
        if pieces > free[node]:
            raise ValueError(f"{pieces} of {sku} asked at node {node}, {free[node]} free")
        free[node] -= pieces

    def lots(self, sku: str) -> list[Lot]:
        """Pieces on their way with a known date, the earliest first."""
        if sku not in self._lots:
            lots = [
                lot
                for node, cell in self._cells.get(sku, {}).items()
                for lot in _lots_of(cell, node, self._floors[node])
            ]
            self._lots[sku] = sorted(lots, key=lambda lot: (lot.at, lot.node))
        return self._lots[sku]


def _lots_of(cell: StockCell, node: int, floor: int) -> list[Lot]:
    """What each arrival adds to what may be promised; a shortage of today is made good first."""
    dates = sorted({at for at in (cell.inbound_at, cell.in_transit_at) if at is not None})
    lots, before = [], max(0, cell.available - floor)
    for at in dates:
        after = max(0, available_to_promise(cell, at) - floor)
        if after > before:
            lots.append(Lot(at, node, after - before))
        before = after
    return lots
