"""What happened to a stock cell: each counter that moved, by whom, when, and in which operation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.reasons import Reason
from db.codec import from_json, moment
from db.tables import operations, stock_movements


@dataclass(frozen=True, slots=True)
class Movement:
    """One counter of a cell before and after an operation of the journal."""

    at: datetime
    actor: str
    counter: str
    before: int
    after: int
    kind: str
    summary: Reason
    entry: str


def movements_of(connection: Connection, node: str, sku: str, limit: int = 200) -> list[Movement]:
    """The latest first."""
    rows = connection.execute(
        select(
            stock_movements.c.counter,
            stock_movements.c.before,
            stock_movements.c.after,
            operations.c.id,
            operations.c.at,
            operations.c.actor,
            operations.c.kind,
            operations.c.summary,
        )
        .join(operations, operations.c.id == stock_movements.c.operation)
        .where(stock_movements.c.node == node, stock_movements.c.sku == sku)
        .order_by(stock_movements.c.number.desc())
        .limit(limit)
    )
    return [
        Movement(
            moment(row.at),
            row.actor,
            row.counter,
            row.before,
            row.after,
            row.kind,
            from_json(row.summary, Reason),
            row.id,
        )
        for row in rows
    ]
