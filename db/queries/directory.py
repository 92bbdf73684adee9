"""Names that screens show beside codes: carriers, their services, nodes with vehicles."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from db.fleet import load_vehicles
from db.panel import load_panel


@dataclass(frozen=True, slots=True)
class Directory:
    """Carriers by code, services by carrier and code, and the nodes that have vehicles."""

    carriers: dict[str, str] = field(default_factory=dict)
    services: dict[tuple[str, str], str] = field(default_factory=dict)
    depots: frozenset[str] = frozenset()


def load_directory(connection: Connection) -> Directory:
    """The names in force; what has no name of its own is called by its code."""
    panel = load_panel(connection)
    return Directory(
        {carrier.code: carrier.name or carrier.code for carrier in panel.carriers},
        {
            (service.carrier, service.code): service.label or service.code
            for service in panel.services
        },
        frozenset(vehicle.depot for vehicle in load_vehicles(connection)),
    )
