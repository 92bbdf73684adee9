"""The unified picture of stock: every cell with what may be promised, and how old the figure is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.stock import StockCell
from db.nodes import load_nodes, load_products
from db.stock import load_stock


@dataclass(frozen=True, slots=True)
class StockRow:
    """One cell with the names of its node and product, and the zone of the node."""

    cell: StockCell
    node_name: str
    label: str
    timezone: str = "UTC"

    @property
    def available(self) -> int:
        return self.cell.available

    @property
    def as_of(self) -> datetime | None:
        return self.cell.as_of


def stock_rows(
    connection: Connection, node: str | None = None, sku: str | None = None
) -> list[StockRow]:
    """Cells by node and sku, of one node or one product or all."""
    nodes = {known.code: known for known in load_nodes(connection)}
    cells = load_stock(connection, None if sku is None else {sku}, None if node is None else {node})
    labels = load_products(connection, None if sku is None else {sku})
    return [
        StockRow(
            cell,
            nodes[cell.node].name if cell.node in nodes else cell.node,
            labels[cell.sku].label if cell.sku in labels else "",
            nodes[cell.node].timezone if cell.node in nodes else "UTC",
        )
        for cell in cells
    ]
