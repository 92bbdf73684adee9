"""Where the shipments of a day are handed over, as tours see it."""

from collections.abc import Iterable
from datetime import date

from app.domain.orders import ShipmentAtDoor
from app.planning.tours.transfers import Counters
from app.workspace import Workspace
from db.nodes import load_nodes
from db.panel import load_pickup_points


def toured_doors(
    workspace: Workspace, doors: Iterable[ShipmentAtDoor], on: date
) -> list[ShipmentAtDoor]:
    """The doors of a day with the hours and places of stores and pickup points."""
    nodes, points = workspace.read(load_nodes), workspace.read(load_pickup_points)
    return Counters.of(nodes, points, workspace.zone).doors(doors, on)
