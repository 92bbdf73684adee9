"""Vehicles, and the areas closed to some of them, as they are kept."""

from dataclasses import replace

from sqlalchemy import Connection, select

from app.domain.fleet import Vehicle
from app.domain.zones import AccessZone
from db.codec import from_json
from db.tables import access_zones, vehicles


def load_vehicles(connection: Connection) -> list[Vehicle]:
    """Every vehicle, by code."""
    rows = connection.execute(select(vehicles).order_by(vehicles.c.code))
    return [replace(from_json(row.body, Vehicle), revision=row.revision) for row in rows]


def load_access_zones(connection: Connection) -> list[AccessZone]:
    """Every zone that some vehicles may not enter, by key."""
    rows = connection.execute(select(access_zones).order_by(access_zones.c.code))
    return [replace(from_json(row.body, AccessZone), revision=row.revision) for row in rows]
