"""Lay down what planning may not change on a day, and take it off again."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.acts.tours import LockShipments, Unlock
from app.domain.journal import Settled
from app.domain.locks import LockKind, TourLock
from app.domain.reasons import Reason
from app.errors import LocksContradict, NotThatDay, UnknownSubject
from app.operations.roads import travel_times
from app.planning.tours.contradiction import Day, smallest_contradiction
from app.planning.tours.fetching import fetch_of
from app.planning.tours.hindrance import hindrance
from app.wording import sentence
from app.wording.tours import contradiction_reason, lock_reason
from app.workspace import Workspace
from db.fleet import load_vehicles
from db.locks import load_locks
from db.nodes import load_nodes
from db.orders import load_doors
from db.plans import load_plan

#: Kinds that name a vehicle.
_OF_VEHICLES = (LockKind.VEHICLE, LockKind.NOT_VEHICLE, LockKind.FIRST)


def lock_shipments(workspace: Workspace, locks: Sequence[TourLock]) -> Settled:
    """Keep these locks beside those that the day has, if all can hold.

    Raises:
        UnknownSubject: there is no such vehicle.
        NotThatDay: a shipment is not for our own tours of that day.
        LocksContradict: they cannot all hold; the smallest set that cannot is named.
    """
    for on in sorted({lock.on for lock in locks}):
        new = [lock for lock in locks if lock.on == on]
        ground = _ground(workspace, on)
        _check_known(workspace, on, new, ground)
        codes = {lock.code for lock in new}
        old = [lock for lock in workspace.read(load_locks, on) if lock.code not in codes]
        if found := smallest_contradiction([*new, *old], ground):
            raise LocksContradict(_told(found, ground, workspace.zone))
    return workspace.submit(LockShipments(tuple(locks)))


def unlock(workspace: Workspace, code: str) -> Settled:
    """Take one lock off.

    Raises:
        UnknownSubject: there is no such lock.
    """
    return workspace.submit(Unlock(code))


def locks_of(workspace: Workspace, on: date) -> tuple[TourLock, ...]:
    """The locks of a day, by code."""
    return tuple(workspace.read(load_locks, on))


def contradiction(workspace: Workspace, on: date) -> Reason | None:
    """What was laid down for a day and cannot hold any more, since other things have changed."""
    locks = workspace.read(load_locks, on)
    if not locks:
        return None
    ground = _ground(workspace, on)
    found = smallest_contradiction(locks, ground)
    return _told(found, ground, workspace.zone) if found else None


def _told(found: Sequence[TourLock], ground: Day, zone: ZoneInfo) -> Reason:
    """The contradiction as a reason; where one lock is alone, with what is in its way."""
    why = hindrance(found[0], ground) if len(found) == 1 else None
    return contradiction_reason(found, zone, why)


def as_document(workspace: Workspace, on: date, settled: Settled | None = None) -> dict[str, Any]:
    """The locks of a day as the JSON of the public interface, with the entry that made them so."""
    return {
        "entry": settled.entry if settled else None,
        "locks": [_lock_document(lock, workspace.zone) for lock in locks_of(workspace, on)],
    }


def _lock_document(lock: TourLock, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "code": lock.code,
        "text": sentence(lock_reason(lock, zone)),
        "kind": lock.kind.value,
        "shipments": list(lock.shipments),
        "vehicle": lock.vehicle or None,
        "at": None if lock.at is None else lock.at.astimezone(zone).isoformat(),
        "reason": lock.reason,
    }


def _ground(workspace: Workspace, on: date) -> Day:
    policy, zone = workspace.policy(), workspace.zone
    vehicles, nodes = tuple(workspace.read(load_vehicles)), workspace.read(load_nodes)
    return Day(
        on,
        {door.shipment.code: door for door in workspace.read(load_doors, policy, zone)},
        vehicles,
        {node.code: ZoneInfo(node.timezone) for node in nodes},
        travel_times(workspace),
        fetch_of(policy.touring, vehicles, nodes, workspace.read(load_plan, on).tours),
    )


def _check_known(workspace: Workspace, on: date, locks: Collection[TourLock], ground: Day) -> None:
    """Refuse a lock of what is not there that day: it would never do anything."""
    vehicles = {vehicle.code for vehicle in ground.vehicles}
    for lock in locks:
        if lock.kind in _OF_VEHICLES and lock.vehicle not in vehicles:
            raise UnknownSubject("vehicle", lock.vehicle)
    doors = workspace.read(load_doors, workspace.policy(), workspace.zone, on)
    there = {door.shipment.code for door in doors}
    for tour in workspace.read(load_plan, on).tours:
        there |= {stop.shipment for stop in tour.deliveries}
    for lock in locks:
        for shipment in lock.shipments:
            if shipment not in ground.doors:
                raise UnknownSubject("shipment", shipment)
            if shipment not in there:
                raise NotThatDay(shipment, on.isoformat())
