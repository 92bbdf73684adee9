"""Stock cells as they are kept, and what holds a reservation."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.stock import StockCell
from db.codec import moment_or_none
from db.nodes import CHUNK
from db.tables import reservations, stock


def load_stock(
    connection: Connection,
    skus: Collection[str] | None = None,
    nodes: Collection[str] | None = None,
) -> list[StockCell]:
    """Stock cells by node and sku: all of them, or those of the skus and nodes named."""
    query = select(stock).order_by(stock.c.node, stock.c.sku)
    if skus is not None and len(skus) <= CHUNK:
        query = query.where(stock.c.sku.in_(skus))
    if nodes is not None:
        query = query.where(stock.c.node.in_(nodes))
    return [_cell(row) for row in connection.execute(query)]


def holders(connection: Connection, node: str, sku: str) -> list[tuple[str, int]]:
    """The shipments that hold pieces of a cell, and how many."""
    rows = connection.execute(
        select(reservations.c.shipment, reservations.c.quantity)
        .where(reservations.c.node == node, reservations.c.sku == sku)
        .order_by(reservations.c.shipment)
    )
    return [(row.shipment, row.quantity) for row in rows]


def _cell(row: Row[Any]) -> StockCell:
    return StockCell(
        row.node,
        row.sku,
        row.on_hand,
        row.reserved_elsewhere,
        row.reserved_here,
        row.blocked,
        row.safety_stock,
        row.inbound,
        moment_or_none(row.inbound_at),
        row.in_transit,
        moment_or_none(row.in_transit_at),
        moment_or_none(row.as_of),
    )
