"""The panel of carriers as it is kept."""

from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select

from app.domain.carriers import (
    Carrier,
    CarrierService,
    Panel,
    PickupPoint,
    Surcharge,
    TariffLine,
    ZoneRule,
)
from db.codec import from_json
from db.tables import carriers, pickup_points, services, surcharges, tariffs, zones

T = TypeVar("T")


def load_panel(connection: Connection) -> Panel:
    """Carriers, services, zones, tariffs, surcharges and pickup points, each by its key."""
    return Panel(
        load_carriers(connection),
        load_services(connection),
        _all(connection, zones, ZoneRule),
        _all(connection, tariffs, TariffLine),
        _all(connection, surcharges, Surcharge),
        load_pickup_points(connection),
    )


def load_carriers(connection: Connection) -> tuple[Carrier, ...]:
    """Carriers alone, by code."""
    return _all(connection, carriers, Carrier)


def load_services(connection: Connection) -> tuple[CarrierService, ...]:
    """Carriers' services alone, by carrier."""
    return _all(connection, services, CarrierService)


def load_pickup_points(connection: Connection) -> tuple[PickupPoint, ...]:
    """Pickup points alone, by code."""
    return _all(connection, pickup_points, PickupPoint)


def _all(connection: Connection, table: Table, kind: type[T]) -> tuple[T, ...]:
    key: Any = table.primary_key.columns[0]
    return tuple(
        from_json(body, kind) for body in connection.scalars(select(table.c.body).order_by(key))
    )
