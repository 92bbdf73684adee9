"""A full day for benchmarks: sourced orders, a hundred tours, the rest with carriers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.domain.acts.tours import SaveTours
from app.domain.orders import ShipmentAtDoor
from app.domain.tours import Stop, TourPlan
from app.operations.carriage import allocate
from app.operations.demonstration import DEFAULT_DAY, Size, opening_of
from app.operations.sourcing import source
from app.operations.whole_day import fill_with_demonstration
from app.workspace import Workspace
from db.fleet import load_vehicles
from db.orders import load_doors
from tests.ui.tours.days import many_tours

NODES, VEHICLES = 40, 100
#: One order of so many stays to be sourced.
LEFT_OPEN = 10


def make_day(folder: Path, orders: int, tours: int) -> None:
    """Fill a new workspace with the demonstration's day, as far as a dispatcher has it by ten."""
    with Workspace.open(folder, user="benchmark", clock=lambda: opening_of(DEFAULT_DAY)) as desk:
        size = Size(orders, NODES, max(VEHICLES, tours))
        fill_with_demonstration(desk, DEFAULT_DAY, 1, size)
        made = source(desk).decisions
        wanted = [one.order for number, one in enumerate(made) if number % LEFT_OPEN]
        source(desk, orders=wanted, apply=True)
        desk.submit(SaveTours(a_plan(desk, tours)))
        allocate(desk, DEFAULT_DAY, apply=True)


def a_plan(workspace: Workspace, tours: int) -> TourPlan:
    """Two thirds of the shipments dealt out to so many tours, at invented times."""
    doors = workspace.read(load_doors, workspace.policy(), workspace.zone, DEFAULT_DAY)
    vehicles = [vehicle.code for vehicle in workspace.read(load_vehicles)]
    plan, _invented = many_tours(tours, max(1, len(doors) * 2 // (3 * tours)))
    waiting = iter(doors)
    return replace(
        plan,
        tours=tuple(
            replace(
                tour,
                vehicle=vehicles[number % len(vehicles)],
                stops=tuple(_for_somebody(stop, waiting) for stop in tour.stops),
            )
            for number, tour in enumerate(plan.tours)
        ),
    )


def _for_somebody(stop: Stop, waiting: Iterator[ShipmentAtDoor]) -> Stop:
    if not stop.shipment:
        return stop
    door = next(waiting)
    point = stop.point if door.place is None else door.place.point
    return replace(stop, shipment=door.shipment.code, order=door.shipment.order, point=point)
