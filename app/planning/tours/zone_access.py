"""Which vehicles may not come to a door, and in which hours: the zones in force on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.orders import ShipmentAtDoor
from app.domain.values import Address, GeoPoint, Window
from app.domain.zones import ALWAYS, AccessZone, Ban
from app.planning.opening import hours_between
from app.planning.tours.facts import ShutHours
from app.planning.tours.problem import Problem, Shut

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Access:
    """What zones say of one door: the vehicles that may never come, and the hours of others."""

    never: frozenset[str] = frozenset()
    shut: tuple[Shut, ...] = ()


def with_access(
    problem: Problem, fleet: Iterable[Vehicle], zones: Iterable[AccessZone], country: str
) -> Problem:
    """The same day with what the zones in force say of each visit's door."""
    zones = [zone for zone in zones if zone.in_force(problem.on)]
    if not zones:
        return problem
    points = [problem.points[visit.place] for visit in problem.visits]
    said = access_of(points, fleet, zones, problem.on, problem.zone, country)
    visits = tuple(
        replace(visit, never=visit.never | one.never, shut=(*visit.shut, *one.shut))
        for visit, one in zip(problem.visits, said, strict=True)
    )
    return replace(problem, visits=visits)


def shut_hours(
    doors: Iterable[ShipmentAtDoor],
    fleet: Iterable[Vehicle],
    zones: Iterable[AccessZone],
    on: date,
    clock: ZoneInfo,
    country: str,
) -> dict[str, tuple[ShutHours, ...]]:
    """The same for the judge: when each shipment's door is shut, and to which vehicles."""
    placed = [(door.shipment.code, door.place.point) for door in doors if door.place is not None]
    said = access_of([point for _, point in placed], fleet, zones, on, clock, country)
    found = {}
    for (shipment, _), one in zip(placed, said, strict=True):
        if hours := as_hours(one, on, clock):
            found[shipment] = hours
    return found


def as_hours(access: Access, on: date, clock: ZoneInfo) -> tuple[ShutHours, ...]:
    """What is said of a door as the judge takes it."""
    midnight = datetime.combine(on, time(), clock)
    whole = Window(midnight, midnight + timedelta(days=2))
    hours = [ShutHours(access.never, whole)] if access.never else []
    for shut in access.shut:
        start, end = (
            midnight.astimezone(UTC) + timedelta(seconds=s) for s in (shut.from_s, shut.to_s)
        )
        hours.append(ShutHours(shut.vehicles, Window(start, end)))
    return tuple(hours)


def access_of(
    points: Sequence[GeoPoint],
    fleet: Iterable[Vehicle],
    zones: Iterable[AccessZone],
    on: date,
    clock: ZoneInfo,
    country: str,
) -> list[Access]:
    """For each point what the zones in force say of it; seconds count from midnight of the day."""
    vehicles = tuple(fleet)
    never: list[set[str]] = [set() for _ in points]
    shut: list[list[Shut]] = [[] for _ in points]
    for zone in zones:
        if not zone.in_force(on):
            continue
        bans = [(kept, ban) for ban in zone.bans if (kept := kept_out(ban, vehicles))]
        within = inside(zone, points) if bans else []
        for kept, ban in bans:
            spans = [] if ban.hours == ALWAYS else _spans(ban, on, clock, country)
            for number in within:
                if ban.hours == ALWAYS:
                    never[number] |= kept
                shut[number] += [Shut(kept, from_s, to_s) for from_s, to_s in spans]
    return [Access(frozenset(n), tuple(s)) for n, s in zip(never, shut, strict=True)]


def kept_out(ban: Ban, vehicles: Iterable[Vehicle]) -> frozenset[str]:
    """The vehicles, by code, that a ban is for."""
    return frozenset(vehicle.code for vehicle in vehicles if ban.keeps_out(vehicle))


def ban_hours(ban: Ban, on: date, clock: ZoneInfo, country: str) -> tuple[Window, ...]:
    """When a ban holds on a day, to its midnight."""
    midnight = datetime.combine(on, time(), clock)
    after = datetime.combine(on + timedelta(days=1), time(), clock)
    return hours_between(ban.hours, clock, Address(country=country), midnight, after)


def _spans(ban: Ban, on: date, clock: ZoneInfo, country: str) -> list[tuple[int, int]]:
    """The hours of a ban on this day and the night after, whole seconds from midnight."""
    midnight = datetime.combine(on, time(), clock)
    windows = hours_between(
        ban.hours, clock, Address(country=country), midnight, midnight + timedelta(days=2)
    )
    return [
        (
            floor((window.start - midnight).total_seconds()),
            ceil((window.end - midnight).total_seconds()),
        )
        for window in windows
    ]


def inside(zone: AccessZone, points: Sequence[GeoPoint]) -> list[int]:
    """The numbers of the points that lie in the zone."""
    import numpy as np  # heavy

    latitude = np.array([point.latitude for point in points])
    longitude = np.array([point.longitude for point in points])
    odd = np.zeros(len(points), dtype=np.bool_)
    for ring in zone.rings:
        north = np.array([corner.latitude for corner in ring])
        east = np.array([corner.longitude for corner in ring])
        near = np.flatnonzero(
            (latitude >= north.min())
            & (latitude <= north.max())
            & (longitude >= east.min())
            & (longitude <= east.max())
        )
        odd[near] ^= _crossings(north, east, latitude[near], longitude[near])
    return [int(number) for number in np.flatnonzero(odd)]


def _crossings(
    north: "NDArray[np.float64]",
    east: "NDArray[np.float64]",
    latitude: "NDArray[np.float64]",
    longitude: "NDArray[np.float64]",
) -> "NDArray[np.bool_]":
    """Whether a way due east from each point crosses the ring an odd number of times."""
    import numpy as np

    end_north, end_east = np.roll(north, -1), np.roll(east, -1)
    y, x = latitude[:, None], longitude[:, None]
    spans = (north > y) != (end_north > y)
    slope = (end_east - east) / np.where(end_north == north, 1.0, end_north - north)
    meets = x < east + (y - north) * slope
    odd: NDArray[np.bool_] = ((spans & meets).sum(axis=1) % 2).astype(np.bool_)
    return odd
