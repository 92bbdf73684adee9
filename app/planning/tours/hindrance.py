"""Why one thing laid down cannot hold by itself: the vehicle, the goods or the hours."""

from collections.abc import Iterable

from app.domain.fleet import Vehicle
from app.domain.locks import LockKind, TourLock
from app.domain.orders import ShipmentAtDoor
from app.domain.reasons import Reason, because
from app.domain.values import Load
from app.planning.tours.contradiction import Day, can_hold
from app.planning.tours.day import UNSKILLED

_ROOMS = (
    ("tour_too_heavy", "weight_g"),
    ("tour_too_bulky", "volume_ml"),
    ("tour_too_many_parcels", "parcels"),
)


def hindrance(lock: TourLock, day: Day) -> Reason | None:
    """The first thing that is in the way of a lock, None when nothing is known to be."""
    doors = [day.doors[name] for name in lock.shipments if name in day.doors]
    if can_hold([lock], day) or not doors:
        return None
    if lock.kind in (LockKind.VEHICLE, LockKind.FIRST):
        vehicle = next((v for v in day.fleet if v.code == lock.vehicle), None)
        if vehicle is None:
            return because("laid_vehicle_away", vehicle=lock.vehicle)
        return next((why for door in doors if (why := _unfit(vehicle, door, day))), None)
    nodes = sorted({door.shipment.node for door in doors})
    if len(nodes) > 1:
        return because("laid_several_nodes", nodes=", ".join(nodes))
    there = [vehicle for vehicle in day.fleet if day.may_bring(vehicle, doors[0].shipment)]
    if not there:
        return because("no_vehicles_at", node=nodes[0])
    return _of_all(lock, doors, there, day)


def _of_all(
    lock: TourLock, doors: Iterable[ShipmentAtDoor], there: Iterable[Vehicle], day: Day
) -> Reason | None:
    """What keeps every vehicle of the node from it, told of the one that comes nearest."""
    able = [v for v in there if not any(_unfit(v, door, day) for door in doors)]
    if not able:
        roomiest = max(there, key=lambda v: (v.capacity.weight_g, v.capacity.volume_ml, v.code))
        return next((why for door in doors if (why := _unfit(roomiest, door, day))), None)
    if lock.kind is LockKind.AT:
        return because("laid_out_of_hours", node=able[0].depot)
    load = Load()
    for door in doors:
        load += door.shipment.load
    return because("laid_too_much", weight_g=load.weight_g, parcels=load.parcels)


def _unfit(vehicle: Vehicle, door: ShipmentAtDoor, day: Day) -> Reason | None:
    """Why a vehicle can never take a shipment."""
    if not day.may_bring(vehicle, door.shipment):
        return because(
            "laid_other_depot",
            vehicle=vehicle.code,
            depot=vehicle.depot,
            shipment=door.shipment.code,
            node=door.shipment.node,
        )
    lacking = sorted(door.handling - UNSKILLED - vehicle.skills)
    if lacking:
        return because("tour_no_skill", vehicle=vehicle.code, skill=lacking[0])
    for code, measure in _ROOMS:
        amount = getattr(door.shipment.load, measure)
        limit = getattr(vehicle.capacity, measure)
        if amount > limit:
            facts = {"vehicle": vehicle.code, measure: amount, f"room_{measure}": limit}
            return because(code, **facts)
    return None
