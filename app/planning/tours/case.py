"""What the judge knows of one tour: its ways, places and trips, its figures reckoned anew."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.orders import ShipmentAtDoor
from app.domain.tours import StopKind, Tour, Violation
from app.domain.travel import profile_of
from app.domain.values import GeoPoint, Load
from app.planning.emissions import factor_of
from app.planning.tours.facts import Facts
from app.planning.tours.hours import Hours

#: A stop's point and its door's may differ by the rounding of coordinates in a file.
SAME_PLACE_M = 25
#: Where goods come aboard, and a trip begins.
LOADING = (StopKind.DEPART, StopKind.LOAD, StopKind.RELOAD)
#: What stands at a door, or at another node on the way.
VISITS = (StopKind.DELIVERY, StopKind.PICKUP)


@dataclass(frozen=True, slots=True)
class Leg:
    """The way between two places of a tour that are not pauses, by position in the tour."""

    start: int
    end: int
    distance_m: int
    drive_s: int


class Case:
    """One tour before the judge."""

    def __init__(self, tour: Tour, vehicle: Vehicle, facts: Facts) -> None:
        self.tour, self.vehicle, self.facts = tour, vehicle, facts
        self.stops = tour.stops
        self.depot = facts.nodes.get(vehicle.depot)
        zone = facts.zone if self.depot is None else ZoneInfo(self.depot.timezone)
        self.hours = Hours(vehicle, tour.on, zone)
        self.legs = self._legs()
        self.distance_m = sum(leg.distance_m for leg in self.legs)
        self.drive_s = sum(leg.drive_s for leg in self.legs)
        self.cost_cents = self._cost()
        self.co2e_g = _half_up(
            Decimal(self.distance_m) * factor_of(vehicle).g_per_km / Decimal(1000)
        )

    def found(
        self, code: str, stop: int | None, amount: int, limit: int, shipment: str = ""
    ) -> Violation:
        return Violation(code, self.tour.code, stop, amount, limit, shipment)

    def door(self, number: int) -> ShipmentAtDoor | None:
        """The shipment of a stop, None where there is none that we know."""
        shipment = self.stops[number].shipment
        return self.facts.doors.get(shipment) if shipment else None

    def load(self, number: int) -> Load:
        door = self.door(number)
        return self.stops[number].load if door is None else door.shipment.load

    @cached_property
    def trips(self) -> list[range]:
        """The stops from each loading to the next, the loading first."""
        starts = [n for n, stop in enumerate(self.stops) if stop.kind in LOADING]
        return [range(start, end) for start, end in pairwise([*starts, len(self.stops)])]

    @cached_property
    def visits(self) -> list[int]:
        return [n for n, stop in enumerate(self.stops) if stop.kind in VISITS]

    @cached_property
    def collected(self) -> frozenset[str]:
        """The shipments that come aboard on the way."""
        visits = (self.stops[n] for n in self.visits)
        return frozenset(stop.shipment for stop in visits if stop.kind is StopKind.PICKUP)

    @cached_property
    def pauses(self) -> list[int]:
        return [n for n, stop in enumerate(self.stops) if stop.kind is StopKind.BREAK]

    @cached_property
    def work_s(self) -> int:
        """From the first hand on the goods, or the way to them, to the end; pauses left out."""
        stops = self.stops
        resting_s = sum(seconds(stops[n].departure - stops[n].start) for n in self.pauses)
        return seconds(stops[-1].arrival - stops[0].start) - resting_s

    def at_source(self, number: int) -> bool:
        """Whether a pickup takes over goods that are delivered later, where they are in stock."""
        stop, door = self.stops[number], self.door(number)
        if stop.kind is not StopKind.PICKUP or door is None:
            return False
        if any(self.is_delivered(other, stop.shipment) for other in self.visits):
            return True
        node = self.facts.nodes.get(door.shipment.node)
        return node is not None and near(node.point, stop.point)

    def is_delivered(self, number: int, shipment: str) -> bool:
        stop = self.stops[number]
        return stop.kind is StopKind.DELIVERY and stop.shipment == shipment

    def point_due(self, number: int) -> GeoPoint | None:
        """Where a visit belongs: its door, or the node where it takes over goods."""
        door = self.door(number)
        if door is None:
            return None
        if self.at_source(number):
            node = self.facts.nodes.get(door.shipment.node)
            return None if node is None else node.point
        return None if door.place is None else door.place.point

    @property
    def end_point(self) -> GeoPoint | None:
        """Where the tour ends: elsewhere, at its last door, or at home."""
        if self.vehicle.ends_at is not None:
            return self.vehicle.ends_at
        if self.ends_at_door:
            return self.stops[self.visits[-1]].point
        return None if self.depot is None else self.depot.point

    @property
    def ends_at_door(self) -> bool:
        """Whether the tour is over at its last door."""
        elsewhere = self.vehicle.ends_at is not None
        return bool(self.visits) and not elsewhere and not self.vehicle.comes_home

    def spot(self, number: int) -> object:
        """Which place a stop is at: between two stops at the same one there is no way."""
        stop = self.stops[number]
        if stop.kind in VISITS:
            return self._spot_of_visit(number)
        if stop.kind is StopKind.RETURN and self.ends_at_door:
            last = self.visits[-1]
            if near(stop.point, self.stops[last].point):
                return self._spot_of_visit(last)
        if self.depot is not None and near(stop.point, self.depot.point):
            return self.depot.code
        return number

    def _spot_of_visit(self, number: int) -> object:
        door, due = self.door(number), self.point_due(number)
        if door is None or due is None or not near(due, self.stops[number].point):
            return number
        return door.shipment.node if self.at_source(number) else door.door

    def _legs(self) -> list[Leg]:
        """Every way driven; a pause happens at one end of its leg, and is no place of its own."""
        places = [n for n, stop in enumerate(self.stops) if stop.kind is not StopKind.BREAK]
        if len(places) < 2:
            return []
        spots = [self.spot(n) for n in places]
        points = {spot: self.stops[n].point for spot, n in zip(spots, places, strict=True)}
        number = {spot: at for at, spot in enumerate(points)}
        matrix = self.facts.travel.matrix(list(points.values()), profile_of(self.vehicle))
        return [
            Leg(
                here,
                there,
                int(matrix.distance_m[number[spot], number[next_spot]]),
                int(matrix.duration_s[number[spot], number[next_spot]]),
            )
            for (here, there), (spot, next_spot) in zip(
                pairwise(places), pairwise(spots), strict=True
            )
        ]

    def _cost(self) -> int:
        """Fixed cost, kilometres, work hours and overtime, each product rounded half up."""
        if len(self.stops) < 2:
            return 0
        vehicle = self.vehicle
        kilometres = Decimal(str(vehicle.cost_per_km_cents)) * self.distance_m / Decimal(1000)
        hours = Decimal(vehicle.cost_per_hour_cents) * self.work_s / Decimal(3600)
        usual_s = self.work_s if vehicle.max_work_s is None else vehicle.max_work_s
        overtime_s = max(0, self.work_s - usual_s)
        dearer = Decimal(vehicle.overtime_cost_per_hour_cents) * overtime_s / Decimal(3600)
        return vehicle.fixed_cost_cents + sum(map(_half_up, (kilometres, hours, dearer)))


def near(point: GeoPoint, other: GeoPoint) -> bool:
    """Whether two points are one place, but for rounding."""
    return round(point.distance_m(other)) <= SAME_PLACE_M


def seconds(span: timedelta) -> int:
    """Whole seconds."""
    return round(span.total_seconds())


def _half_up(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
