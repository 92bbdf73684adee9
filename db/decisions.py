"""Why orders went where they went, as it was stored when it was decided."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, select

from app.domain.sourcing import Candidate, SourcingDecision
from db.codec import from_json, recall, unpack
from db.nodes import CHUNK
from db.tables import decisions


def load_decision(connection: Connection, order: str) -> SourcingDecision | None:
    """The last decision on an order with all that was weighed, or None."""
    return load_decisions(connection, [order]).get(order)


def load_decisions(
    connection: Connection, orders: Collection[str] | None = None
) -> dict[str, SourcingDecision]:
    """The last decision by order with all that was weighed: all of them, or those named."""
    query = select(decisions)
    if orders is not None:
        query = query.where(decisions.c.order_code.in_(orders))
    return {
        row.order_code: replace(
            from_json(row.body, SourcingDecision),
            candidates=from_json(unpack(row.candidates), _CANDIDATES),
        )
        for row in connection.execute(query)
    }


def load_choices_made(
    connection: Connection, orders: Collection[str] | None = None
) -> dict[str, SourcingDecision]:
    """The last decision by order with the chosen candidates alone: a tenth of the whole."""
    query = select(decisions.c.order_code, decisions.c.body)
    if orders is not None and len(orders) <= CHUNK:
        query = query.where(decisions.c.order_code.in_(orders))
    return {
        row.order_code: recall(row.body, SourcingDecision)
        for row in connection.execute(query)
        if orders is None or row.order_code in orders
    }


_CANDIDATES = tuple[Candidate, ...]
