"""The unified picture of stock: every cell with what may be promised, and how old the figure is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.domain.nodes import NodeKind
from app.domain.offers import WorkState
from app.domain.stock import StockCell
from db.codec import moment
from db.nodes import load_nodes, load_products
from db.orders import load_orders
from db.stock import load_stock
from db.tables import node_work, reservations, shipments


@dataclass(frozen=True, slots=True)
class StockRow:
    """One cell with the names of its node and product, the zone of the node and its kind.

    `handed_over` are pieces among those reserved here that left the node, and that its stock file
    still counts.
    """

    cell: StockCell
    node_name: str
    label: str
    timezone: str = "UTC"
    kind: NodeKind = NodeKind.STORE
    handed_over: int = 0

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
    gone = _handed_over(connection)
    return [
        StockRow(
            cell,
            nodes[cell.node].name if cell.node in nodes else cell.node,
            labels[cell.sku].label if cell.sku in labels else "",
            nodes[cell.node].timezone if cell.node in nodes else "UTC",
            nodes[cell.node].kind if cell.node in nodes else NodeKind.STORE,
            gone.get((cell.node, cell.sku), 0),
        )
        for cell in cells
    ]


def _handed_over(connection: Connection) -> dict[tuple[str, str], int]:
    """Reserved pieces that left their node, by node and product."""
    rows = connection.execute(
        select(reservations.c.node, reservations.c.sku, func.sum(reservations.c.quantity))
        .join(node_work, node_work.c.shipment == reservations.c.shipment)
        .where(node_work.c.state == WorkState.HANDED_OVER.value)
        .group_by(reservations.c.node, reservations.c.sku)
    )
    return {(node, sku): pieces for node, sku, pieces in rows}


@dataclass(frozen=True, slots=True)
class Holder:
    """A shipment that holds pieces of a cell, and for whom; `work` is how far the node has come."""

    shipment: str
    order: str
    customer: str
    town: str
    quantity: int
    since: datetime
    work: WorkState | None = None


def holders_of(connection: Connection, node: str, sku: str) -> list[Holder]:
    """What holds pieces of a product at a node, the latest reservation first."""
    rows = connection.execute(
        select(
            reservations.c.shipment,
            reservations.c.quantity,
            shipments.c.order_code,
            shipments.c.reserved_at,
            node_work.c.state,
        )
        .join(shipments, shipments.c.code == reservations.c.shipment)
        .outerjoin(node_work, node_work.c.shipment == reservations.c.shipment)
        .where(reservations.c.node == node, reservations.c.sku == sku)
        .order_by(shipments.c.reserved_at.desc(), reservations.c.shipment)
    ).all()
    orders = {
        order.code: order for order in load_orders(connection, {row.order_code for row in rows})
    }
    return [
        Holder(
            row.shipment,
            row.order_code,
            orders[row.order_code].customer,
            orders[row.order_code].address.town,
            row.quantity,
            moment(row.reserved_at),
            None if row.state is None else WorkState(row.state),
        )
        for row in rows
    ]
