"""What keeps vehicles from doors on a day: zones in force and local knowledge, for all who plan."""

from collections.abc import Collection
from datetime import date

from app.domain.fleet import Vehicle
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.zones import AccessZone
from app.planning.tours.facts import ShutHours
from app.planning.tours.local_notes import noted_hours, with_notes
from app.planning.tours.problem import Problem
from app.planning.tours.zone_access import shut_hours, with_access
from app.workspace import Workspace
from db.fleet import load_access_zones
from db.notes import load_notes


def with_closed_doors(
    workspace: Workspace,
    problem: Problem,
    doors: Collection[ShipmentAtDoor],
    fleet: Collection[Vehicle],
    zones: Collection[AccessZone],
    policy: Policy,
) -> Problem:
    """The day with what zones and the workspace's notes say of its visits' doors."""
    notes = workspace.read(load_notes)
    problem = with_access(problem, fleet, zones, policy.country)
    return with_notes(problem, doors, fleet, notes, policy.touring.unknown_area_cents)


def closed_hours(
    workspace: Workspace,
    on: date,
    doors: Collection[ShipmentAtDoor],
    fleet: Collection[Vehicle],
    policy: Policy,
) -> dict[str, tuple[ShutHours, ...]]:
    """The same for the judge, by shipment."""
    zones, notes = workspace.read(load_access_zones), workspace.read(load_notes)
    clock = workspace.zone
    closed = shut_hours(doors, fleet, zones, on, clock, policy.country)
    for shipment, hours in noted_hours(doors, fleet, notes, on, clock).items():
        closed[shipment] = (*closed.get(shipment, ()), *hours)
    return closed
