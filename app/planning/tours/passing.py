"""Which tours pass through a zone that is closed to their vehicle at that hour, on their way.

A stop inside such a zone is another matter: the judge refuses it anyway.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.tours import Tour
from app.domain.values import GeoPoint, Window
from app.domain.zones import AccessZone
from app.planning.tours.zone_access import ban_hours, inside

#: A way is looked at every so many metres.
EVERY_M = 50

Line = tuple[GeoPoint, ...]
Ways = Mapping[tuple[GeoPoint, GeoPoint], Line]


@dataclass(frozen=True, slots=True)
class Passing:
    """A leg that passes through a zone: `stop` is the number, from 0, of the stop it leads to."""

    tour: Tour
    stop: int
    zone: AccessZone

    @property
    def leg(self) -> Window:
        """When it is driven."""
        return Window(self.tour.stops[self.stop - 1].departure, self.tour.stops[self.stop].arrival)


@dataclass(frozen=True, slots=True)
class Passings:
    """What was found on the legs of vehicles that a zone keeps out; of `unknown` no line is known.

    `legs` counts them all.
    """

    found: tuple[Passing, ...] = ()
    legs: int = 0
    unknown: int = 0


def passings_of(
    tours: Iterable[Tour],
    fleet: Mapping[str, Vehicle],
    zones: Iterable[AccessZone],
    ways: Mapping[str, Ways],
    clock: ZoneInfo,
    country: str,
) -> Passings:
    """Hold the lines of the tours' legs, by tour, to the zones in force."""
    everywhere, found = tuple(zones), []
    legs = unknown = 0
    for tour in tours:
        vehicle = fleet.get(tour.vehicle)
        shut = [] if vehicle is None else list(_shut(tour, vehicle, everywhere, clock, country))
        for number in _driven(tour) if shut else ():
            line = ways.get(tour.code, {}).get(_ends(tour, number))
            legs += 1
            unknown += line is None
            if line is not None:
                passed = (zone for zone, hours in shut if _passes(tour, number, line, zone, hours))
                found += [Passing(tour, number, zone) for zone in passed]
    return Passings(tuple(found), legs, unknown)


def _shut(
    tour: Tour, vehicle: Vehicle, zones: Iterable[AccessZone], clock: ZoneInfo, country: str
) -> Iterator[tuple[AccessZone, tuple[Window, ...]]]:
    """The zones that are closed to the vehicle that day, with their hours."""
    for zone in zones:
        if not zone.in_force(tour.on):
            continue
        hours = tuple(
            window
            for ban in zone.bans
            if ban.keeps_out(vehicle)
            for window in ban_hours(ban, tour.on, clock, country)
        )
        if hours:
            yield zone, hours


def _driven(tour: Tour) -> Iterator[int]:
    """The stops to which a way leads."""
    for number in range(1, len(tour.stops)):
        start, end = _ends(tour, number)
        if start != end:
            yield number


def _ends(tour: Tour, number: int) -> tuple[GeoPoint, GeoPoint]:
    return tour.stops[number - 1].point, tour.stops[number].point


def _passes(tour: Tour, number: int, line: Line, zone: AccessZone, hours: Iterable[Window]) -> bool:
    """Whether a leg leads through the zone in its hours, and neither begins nor ends there."""
    start, end = tour.stops[number - 1].departure, tour.stops[number].arrival
    if not any(start < window.end and window.start < end for window in hours):
        return False
    return not inside(zone, _ends(tour, number)) and bool(inside(zone, _close_together(line)))


def _close_together(line: Line) -> list[GeoPoint]:
    """The line's points, with others between them where they lie far apart."""
    points = list(line[:1])
    for one, other in pairwise(line):
        parts = max(1, ceil(one.distance_m(other) / EVERY_M))
        points += [_between(one, other, part / parts) for part in range(1, parts + 1)]
    return points


def _between(one: GeoPoint, other: GeoPoint, share: float) -> GeoPoint:
    return GeoPoint(
        one.latitude + share * (other.latitude - one.latitude),
        one.longitude + share * (other.longitude - one.longitude),
    )
