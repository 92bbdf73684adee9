"""What planning may not change on a day, as it is kept."""

from datetime import date

from sqlalchemy import Connection, select

from app.domain.locks import TourLock
from db.codec import day, recall
from db.tables import tour_locks


def locked_shipments(connection: Connection) -> set[str]:
    """The shipments that are locked in any way, on any day."""
    bodies = connection.scalars(select(tour_locks.c.body))
    return {name for body in bodies for name in recall(body, TourLock).shipments}


def load_locks(connection: Connection, on: date) -> list[TourLock]:
    """The locks of a day, by code."""
    query = select(tour_locks.c.body).where(tour_locks.c.on_day == day(on))
    bodies = connection.scalars(query.order_by(tour_locks.c.code))
    return [recall(body, TourLock) for body in bodies]
