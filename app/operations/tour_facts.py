"""What tours are judged by, as the workspace has it: one reading for every judge of a day."""

from collections.abc import Sequence
from datetime import date

from app.domain.locks import LockKind, TourLock
from app.operations.closed_doors import closed_hours
from app.operations.roads import travel_times
from app.operations.tour_doors import toured_doors
from app.planning.tours.facts import Facts
from app.ports import TravelTimes
from app.workspace import Workspace
from db.fleet import load_vehicles
from db.locks import load_locks
from db.nodes import load_nodes
from db.orders import load_doors


def facts_of(workspace: Workspace, on: date, *, travel: TravelTimes | None = None) -> Facts:
    """Everything that speaks for or against tours of a day; `travel` where ways are known."""
    policy, zone = workspace.policy(), workspace.zone
    nodes, fleet = workspace.read(load_nodes), workspace.read(load_vehicles)
    doors = toured_doors(workspace, workspace.read(load_doors, policy, zone), on)
    return Facts.of(
        doors,
        fleet,
        nodes,
        travel_times(workspace) if travel is None else travel,
        zone,
        policy.touring,
        locks=workspace.read(load_locks, on),
        shut=closed_hours(workspace, on, doors, fleet, policy),
    )


def agreed_times(workspace: Workspace, on: date) -> Sequence[TourLock]:
    """The locks that say when: whoever times a tour anew keeps them."""
    return [lock for lock in workspace.read(load_locks, on) if lock.kind is LockKind.AT]
