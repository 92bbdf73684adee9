"""Why orders went where they went, as it was stored when it was decided."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, select

from app.domain.sourcing import Candidate, SourcingDecision
from db.codec import from_json, unpack
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


def load_choices_made(connection: Connection) -> dict[str, SourcingDecision]:
    """The last decision by order with the chosen candidates alone: a tenth of the whole."""
    rows = connection.execute(select(decisions.c.order_code, decisions.c.body))
    return {row.order_code: from_json(row.body, SourcingDecision) for row in rows}


_CANDIDATES = tuple[Candidate, ...]
