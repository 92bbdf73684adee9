"""Stock cells as they are kept, and what holds a reservation."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from app.domain.stock import StockCell
from db.codec import moment_or_none
from db.nodes import CHUNK
from db.tables import reservations, stock

_COLUMNS = (
    stock.c.node,
    stock.c.sku,
    stock.c.on_hand,
    stock.c.reserved_elsewhere,
    stock.c.reserved_here,
    stock.c.blocked,
    stock.c.safety_stock,
    stock.c.inbound,
    stock.c.inbound_at,
    stock.c.in_transit,
    stock.c.in_transit_at,
    stock.c.as_of,
)


def load_stock(
    connection: Connection,
    skus: Collection[str] | None = None,
    nodes: Collection[str] | None = None,
) -> list[StockCell]:
    """Stock cells by node and sku: all of them, or those of the skus and nodes named."""
    query = select(*_COLUMNS).order_by(stock.c.node, stock.c.sku)
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


def _cell(row: Sequence[Any]) -> StockCell:
    """A cell from a row of `_COLUMNS`; a snapshot's instants repeat, so each is read once."""
    node, sku, on_hand, elsewhere, here, blocked, safety, inbound, at, transit, then, as_of = row
    return StockCell(
        node,
        sku,
        on_hand,
        elsewhere,
        here,
        blocked,
        safety,
        inbound,
        _moment(at),
        transit,
        _moment(then),
        _moment(as_of),
    )


_moment = lru_cache(maxsize=10_000)(moment_or_none)
