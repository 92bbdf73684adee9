"""Vehicles as they are kept."""

from dataclasses import replace

from sqlalchemy import Connection, select

from app.domain.fleet import Vehicle
from db.codec import from_json
from db.tables import vehicles


def load_vehicles(connection: Connection) -> list[Vehicle]:
    """Every vehicle, by code."""
    rows = connection.execute(select(vehicles).order_by(vehicles.c.code))
    return [replace(from_json(row.body, Vehicle), revision=row.revision) for row in rows]
