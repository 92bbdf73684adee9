"""Day plans and tours as they are kept."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.tours import PlanState, Tour, TourPlan
from db.codec import day, from_json, recall
from db.tables import day_plans, planned, tours


def load_plan(connection: Connection, on: date) -> TourPlan:
    """A day's tours by number, with what was left out; empty when nothing was planned."""
    body = connection.scalar(select(day_plans.c.body).where(day_plans.c.on_day == day(on)))
    plan = TourPlan(on, ()) if body is None else from_json(body, TourPlan)
    rows = connection.execute(
        select(tours).where(tours.c.on_day == day(on)).order_by(tours.c.number)
    )
    return replace(plan, tours=tuple(_tour(row) for row in rows))


def tour_of(connection: Connection, shipment: str) -> tuple[Tour, int] | None:
    """The tour that carries a shipment and its stop's position in it, or None."""
    row = connection.execute(
        select(tours, planned.c.position)
        .join(planned, planned.c.tour == tours.c.code)
        .where(planned.c.shipment == shipment)
    ).first()
    return None if row is None else (_tour(row), row.position)


def planned_tours(connection: Connection) -> dict[str, str]:
    """The tour of every planned shipment."""
    rows = connection.execute(select(planned.c.shipment, planned.c.tour))
    return {row.shipment: row.tour for row in rows}


def planned_days(connection: Connection) -> list[date]:
    """The days that have tours, oldest first."""
    found = connection.scalars(select(tours.c.on_day).distinct().order_by(tours.c.on_day))
    return [date.fromisoformat(text) for text in found]


def _tour(row: Row[Any]) -> Tour:
    state, locked = PlanState(row.state), bool(row.locked)
    return recall(row.body, Tour, state=state, locked=locked, revision=row.revision)
