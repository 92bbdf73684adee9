"""One line of the picture of stock: a product at a node, or several of them added up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.domain.stock import StockCell, available_to_promise
from app.ui.orders.search import plain
from db.queries.stock import StockRow

#: What tells a line from others: node and product, one of them empty where they are added up.
Key = tuple[str, str]


@dataclass(frozen=True)  # no slots: what is added up is kept
class StockLine:
    """Figures in pieces; `node` or `sku` is empty where the cells are of several of them."""

    node: str
    node_name: str
    sku: str
    label: str
    cells: tuple[StockCell, ...]

    @property
    def key(self) -> Key:
        return self.node, self.sku

    @cached_property
    def on_hand(self) -> int:
        return sum(cell.on_hand for cell in self.cells)

    @cached_property
    def reserved_here(self) -> int:
        return sum(cell.reserved_here for cell in self.cells)

    @cached_property
    def reserved_elsewhere(self) -> int:
        return sum(cell.reserved_elsewhere for cell in self.cells)

    @cached_property
    def blocked(self) -> int:
        return sum(cell.blocked for cell in self.cells)

    @cached_property
    def safety_stock(self) -> int:
        return sum(cell.safety_stock for cell in self.cells)

    @cached_property
    def inbound(self) -> int:
        return sum(cell.inbound for cell in self.cells)

    @cached_property
    def in_transit(self) -> int:
        return sum(cell.in_transit for cell in self.cells)

    @cached_property
    def available(self) -> int:
        """What may be promised now: what one node lacks, another does not make good."""
        return sum(cell.available for cell in self.cells)

    @cached_property
    def short(self) -> int:
        """Pieces that are held beyond what is there."""
        return sum(max(0, -_free(cell)) for cell in self.cells)

    @cached_property
    def as_of(self) -> datetime | None:
        """When the oldest of the figures was counted; None when that is not known of one."""
        counted = [cell.as_of for cell in self.cells]
        known = [at for at in counted if at is not None]
        return min(known) if known and len(known) == len(counted) else None

    @cached_property
    def words(self) -> str:
        """What a search looks in."""
        return plain(" ".join((self.node, self.node_name, self.sku, self.label)))

    def available_by(self, by: datetime) -> int:
        """What may be promised by then."""
        return sum(available_to_promise(cell, by) for cell in self.cells)

    def next_inbound(self) -> datetime | None:
        """When the first pieces from suppliers arrive."""
        return _first(cell.inbound_at for cell in self.cells if cell.inbound)

    def next_transit(self) -> datetime | None:
        """When the first pieces from other nodes arrive."""
        return _first(cell.in_transit_at for cell in self.cells if cell.in_transit)


def line_of(row: StockRow) -> StockLine:
    """A cell as a line of its own."""
    return StockLine(row.cell.node, row.node_name, row.cell.sku, row.label, (row.cell,))


def by_product(lines: Iterable[StockLine]) -> list[StockLine]:
    """A line for each product, over all nodes."""
    groups: dict[str, list[StockLine]] = {}
    for line in lines:
        groups.setdefault(line.sku, []).append(line)
    return [StockLine("", "", sku, of[0].label, _cells(of)) for sku, of in groups.items()]


def by_node(lines: Iterable[StockLine]) -> list[StockLine]:
    """A line for each node, over all products."""
    groups: dict[str, list[StockLine]] = {}
    for line in lines:
        groups.setdefault(line.node, []).append(line)
    return [StockLine(node, of[0].node_name, "", "", _cells(of)) for node, of in groups.items()]


def _cells(lines: Sequence[StockLine]) -> tuple[StockCell, ...]:
    return tuple(cell for line in lines for cell in line.cells)


def _free(cell: StockCell) -> int:
    return cell.on_hand - cell.reserved - cell.blocked - cell.safety_stock


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
