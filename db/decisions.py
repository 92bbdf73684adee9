"""Why orders went where they went, as it was stored when it was decided."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from app.domain.sourcing import SourcingDecision
from db.codec import from_json
from db.tables import decisions


def load_decision(connection: Connection, order: str) -> SourcingDecision | None:
    """The last decision on an order, or None."""
    body = connection.scalar(select(decisions.c.body).where(decisions.c.order_code == order))
    return None if body is None else from_json(body, SourcingDecision)


def load_decisions(
    connection: Connection, orders: Collection[str] | None = None
) -> dict[str, SourcingDecision]:
    """The last decision by order: all of them, or those named."""
    query = select(decisions.c.order_code, decisions.c.body)
    if orders is not None:
        query = query.where(decisions.c.order_code.in_(orders))
    rows = connection.execute(query)
    return {row.order_code: from_json(row.body, SourcingDecision) for row in rows}
