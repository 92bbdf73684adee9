"""Nodes and products as they are kept."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, select

from app.domain.nodes import Product, StockNode
from db.codec import from_json
from db.tables import nodes, products

#: SQLite takes at most this many values in one IN list of ours.
CHUNK = 10_000


def load_nodes(connection: Connection) -> list[StockNode]:
    """Every node, by code."""
    rows = connection.execute(select(nodes).order_by(nodes.c.code))
    return [replace(from_json(row.body, StockNode), revision=row.revision) for row in rows]


def load_products(
    connection: Connection, skus: Collection[str] | None = None
) -> dict[str, Product]:
    """Products by sku: all of them, or those named."""
    query = select(products)
    if skus is not None and len(skus) <= CHUNK:
        query = query.where(products.c.sku.in_(skus))
    rows = connection.execute(query)
    wanted = None if skus is None else set(skus)
    return {
        row.sku: replace(from_json(row.body, Product), revision=row.revision)
        for row in rows
        if wanted is None or row.sku in wanted
    }
