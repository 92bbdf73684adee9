"""Does one tour keep every rule: the judge's questions to it, each answered by violations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import Mode, ShipmentAtDoor, ShipmentState
from app.domain.tours import Stop, StopKind, Tour, Violation
from app.domain.travel import profile_of
from app.domain.values import GeoPoint, Load
from app.planning.emissions import factor_of
from app.planning.tours.hours import Hours
from app.ports import TravelTimes

#: A stop's point and its door's may differ by the rounding of coordinates in a file.
SAME_PLACE_M = 25
NO_SKILL_NEEDED = frozenset({"fragile"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What a plan is judged by."""

    doors: Mapping[str, ShipmentAtDoor]
    vehicles: Mapping[str, Vehicle]
    nodes: Mapping[str, StockNode]
    travel: TravelTimes
    zone: ZoneInfo

    @classmethod
    def of(
        cls,
        doors: Iterable[ShipmentAtDoor],
        vehicles: Iterable[Vehicle],
        nodes: Iterable[StockNode],
        travel: TravelTimes,
        zone: ZoneInfo,
    ) -> "Facts":
        return cls(
            {door.shipment.code: door for door in doors},
            {vehicle.code: vehicle for vehicle in vehicles},
            {node.code: node for node in nodes},
            travel,
            zone,
        )


@dataclass(frozen=True, slots=True)
class _Leg:
    """The way between two places of a tour that are not pauses, by position in the tour."""

    start: int
    end: int
    distance_m: int
    drive_s: int


class Court:
    """One tour before the judge."""

    def __init__(self, tour: Tour, vehicle: Vehicle, facts: Facts) -> None:
        self.tour, self.vehicle, self.facts = tour, vehicle, facts
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

    def violations(self) -> Iterator[Violation]:
        yield from self._shape()
        if len(self.tour.stops) < 2:
            return
        yield from self._home()
        yield from self._shipments()
        yield from self._times()
        yield from self._windows()
        yield from self._shift()
        yield from self._pause()
        yield from self._loads()
        yield from self._claims()

    def _found(
        self, code: str, stop: int | None, amount: int, limit: int, shipment: str = ""
    ) -> Violation:
        return Violation(code, self.tour.code, stop, amount, limit, shipment)

    def _legs(self) -> list[_Leg]:
        """Every way driven; a pause happens at one end of its leg, and is no place of its own."""
        places = [n for n, stop in enumerate(self.tour.stops) if stop.kind is not StopKind.BREAK]
        if len(places) < 2:
            return []
        points = [self.tour.stops[n].point for n in places]
        matrix = self.facts.travel.matrix(points, profile_of(self.vehicle))
        return [
            _Leg(
                here,
                there,
                int(matrix.distance_m[number, number + 1]),
                int(matrix.duration_s[number, number + 1]),
            )
            for number, (here, there) in enumerate(pairwise(places))
        ]

    def _cost(self) -> int:
        if len(self.tour.stops) < 2:
            return 0
        per_km = Decimal(str(self.vehicle.cost_per_km_cents))
        kilometres = _half_up(per_km * self.distance_m / Decimal(1000))
        hours = _half_up(Decimal(self.vehicle.cost_per_hour_cents) * self._work_s() / Decimal(3600))
        return self.vehicle.fixed_cost_cents + kilometres + hours

    def _work_s(self) -> int:
        stops = self.tour.stops
        pauses = [s for s in stops if s.kind is StopKind.BREAK]
        away_s = seconds(stops[-1].arrival - stops[0].departure)
        return away_s - sum(seconds(pause.departure - pause.start) for pause in pauses)

    def _shape(self) -> Iterator[Violation]:
        """A tour leaves once, comes home once, and does something in between."""
        stops = self.tour.stops
        if not self.vehicle.active:
            yield self._found("vehicle_off", None, 1, 0)
        if len(stops) < 2 or stops[0].kind is not StopKind.DEPART:
            yield self._found("no_departure", 0, 0, 1)
        if len(stops) < 2 or stops[-1].kind is not StopKind.RETURN:
            yield self._found("no_return", max(0, len(stops) - 1), 0, 1)
        for number, stop in enumerate(stops[1:-1], start=1):
            if stop.kind in (StopKind.DEPART, StopKind.RETURN):
                yield self._found("no_return", number, 0, 1)
        reloads = sum(stop.kind is StopKind.RELOAD for stop in stops)
        if reloads > self.vehicle.reloads:
            yield self._found("too_many_reloads", None, reloads, self.vehicle.reloads)

    def _home(self) -> Iterator[Violation]:
        """It starts and ends where the vehicle lives; reloads happen there too."""
        if self.depot is None:
            yield self._found("unknown_depot", None, 1, 0)
            return
        if self.tour.depot != self.vehicle.depot:
            yield self._found("foreign_depot", None, 1, 0)
        for number, stop in enumerate(self.tour.stops):
            if stop.kind in (StopKind.DEPART, StopKind.RETURN, StopKind.RELOAD):
                yield from self._away_from(number, self.depot.point, "wrong_depot")

    def _away_from(self, number: int, point: GeoPoint, code: str) -> Iterator[Violation]:
        metres = round(point.distance_m(self.tour.stops[number].point))
        if metres > SAME_PLACE_M:
            yield self._found(code, number, metres, SAME_PLACE_M, self.tour.stops[number].shipment)

    def _shipments(self) -> Iterator[Violation]:
        """Each delivery is one that we know, from this depot, at its door, within our skills."""
        for number, stop in enumerate(self.tour.stops):
            if stop.kind not in (StopKind.DELIVERY, StopKind.PICKUP):
                continue
            door = self.facts.doors.get(stop.shipment)
            if door is None:
                yield self._found("unknown_shipment", number, 1, 0, stop.shipment)
                continue
            yield from self._misplaced(number, stop, door)
            if door.place is not None:
                yield from self._away_from(number, door.place.point, "wrong_place")
            lacking = door.handling - NO_SKILL_NEEDED - self.vehicle.skills
            if lacking:
                yield self._found("no_skill", number, len(lacking), 0, stop.shipment)

    def _misplaced(self, number: int, stop: Stop, door: ShipmentAtDoor) -> Iterator[Violation]:
        """Whether a shipment belongs on this tour at all."""
        shipment = door.shipment
        if shipment.node != self.vehicle.depot:
            yield self._found("other_node", number, 1, 0, stop.shipment)
        if stop.order and stop.order != shipment.order:
            yield self._found("other_order", number, 1, 0, stop.shipment)
        if shipment.mode is not Mode.HOME_DELIVERY or shipment.to_node:
            yield self._found("no_home_delivery", number, 1, 0, stop.shipment)
        if shipment.state is ShipmentState.BOOKED:
            yield self._found("with_carrier", number, 1, 0, stop.shipment)

    def _times(self) -> Iterator[Violation]:
        """Nobody starts before arriving, leaves before starting, or drives faster than the road."""
        stops = self.tour.stops
        last = len(stops) - 1
        for number, stop in enumerate(stops):
            back_s = 0 if number == 0 else seconds(stop.arrival - stop.start)
            if number not in (0, last):
                back_s = max(back_s, seconds(stop.start - stop.departure))
            if number:
                back_s = max(back_s, seconds(stops[number - 1].departure - stop.arrival))
            if back_s > 0:
                yield self._found("time_runs_back", number, back_s, 0, stop.shipment)
        for leg in self.legs:
            given_s = max(self._free_between(leg))
            if given_s < leg.drive_s:
                stop = stops[leg.end]
                yield self._found("too_fast", leg.end, given_s, leg.drive_s, stop.shipment)

    def _free_between(self, leg: _Leg) -> Iterator[int]:
        """The spans of time in which a leg could be driven: before, between or after its pauses."""
        stops = self.tour.stops
        since = stops[leg.start].departure
        for pause in stops[leg.start + 1 : leg.end]:
            yield seconds(pause.start - since)
            since = pause.departure
        yield seconds(stops[leg.end].arrival - since)

    def _windows(self) -> Iterator[Violation]:
        """Service starts within the window and lasts as long as it must."""
        for number, stop in enumerate(self.tour.stops):
            door = self.facts.doors.get(stop.shipment) if stop.shipment else None
            if door is None:
                continue
            if door.window is not None:
                late_s = seconds(stop.start - door.window.end)
                early_s = seconds(door.window.start - stop.start)
                if late_s > 0:
                    yield self._found("late", number, late_s, 0, stop.shipment)
                if early_s > 0:
                    yield self._found("early", number, early_s, 0, stop.shipment)
            given_s = seconds(stop.departure - stop.start)
            if given_s < door.service_s:
                yield self._found("service_short", number, given_s, door.service_s, stop.shipment)

    def _shift(self) -> Iterator[Violation]:
        """The vehicle is out within its hours and goes no farther than it may."""
        early_s = seconds(self.hours.opens - self.tour.stops[0].departure)
        late_s = seconds(self.tour.stops[-1].arrival - self.hours.closes)
        if early_s > 0:
            yield self._found("before_shift", 0, early_s, 0)
        if late_s > 0:
            yield self._found("after_shift", len(self.tour.stops) - 1, late_s, 0)
        longest_m = self.vehicle.max_m
        if longest_m is not None and self.distance_m > longest_m:
            yield self._found("too_far", None, self.distance_m, longest_m)

    def _pause(self) -> Iterator[Violation]:
        """A break stands in the tour, long enough and in its hours, unless it fits round it."""
        needed_s = self.vehicle.break_s
        if needed_s <= 0:
            return
        first, last = self.hours.break_starts()
        pauses = [(n, s) for n, s in enumerate(self.tour.stops) if s.kind is StopKind.BREAK]
        rested_before = self.tour.stops[0].departure >= first + timedelta(seconds=needed_s)
        home_in_time = self.tour.stops[-1].arrival <= last
        if not pauses and not rested_before and not home_in_time:
            yield self._found("break_missing", None, 0, needed_s)
            return
        if rested_before or home_in_time:
            return
        good = [p for p in pauses if self._long_enough(p[1]) and first <= p[1].start <= last]
        if good:
            return
        number, pause = max(pauses, key=lambda p: (p[1].departure - p[1].start, -p[0]))
        if not self._long_enough(pause):
            given_s = seconds(pause.departure - pause.start)
            yield self._found("break_short", number, given_s, needed_s)
        else:
            off_s = max(seconds(first - pause.start), seconds(pause.start - last))
            yield self._found("break_outside", number, off_s, 0)

    def _long_enough(self, pause: Stop) -> bool:
        return seconds(pause.departure - pause.start) >= self.vehicle.break_s

    def _loads(self) -> Iterator[Violation]:
        """What is aboard never exceeds the room, from each departure or reload to the next."""
        stops = self.tour.stops
        starts = [n for n, s in enumerate(stops) if s.kind in (StopKind.DEPART, StopKind.RELOAD)]
        for start, end in pairwise([*starts, len(stops)]):
            yield from self._trip_loads(start, end)

    def _trip_loads(self, start: int, end: int) -> Iterator[Violation]:
        stops = self.tour.stops[start:end]
        aboard = _sum(self._load(stop) for stop in stops if stop.kind is StopKind.DELIVERY)
        most = [(start, aboard)]
        for number, stop in enumerate(stops, start=start):
            if stop.kind is StopKind.DELIVERY:
                aboard = _less(aboard, self._load(stop))
            elif stop.kind is StopKind.PICKUP:
                aboard += self._load(stop)
                most.append((number, aboard))
        room = self.vehicle.capacity
        for code, dimension in (
            ("too_heavy", "weight_g"),
            ("too_bulky", "volume_ml"),
            ("too_many_parcels", "parcels"),
        ):
            number, load = max(most, key=lambda m: (getattr(m[1], dimension), -m[0]))
            if getattr(load, dimension) > getattr(room, dimension):
                yield self._found(code, number, getattr(load, dimension), getattr(room, dimension))

    def _load(self, stop: Stop) -> Load:
        door = self.facts.doors.get(stop.shipment)
        return stop.load if door is None else door.shipment.load

    def _claims(self) -> Iterator[Violation]:
        """The figures written in the plan are those that come out."""
        tour, leaving = self.tour, self._leaving()
        for code, claimed, found in (
            ("distance_differs", tour.distance_m, self.distance_m),
            ("drive_time_differs", tour.drive_s, self.drive_s),
            ("cost_differs", tour.cost_cents, self.cost_cents),
            ("co2e_differs", tour.co2e_g, self.co2e_g),
            ("weight_differs", tour.load.weight_g, leaving.weight_g),
            ("volume_differs", tour.load.volume_ml, leaving.volume_ml),
            ("parcels_differ", tour.load.parcels, leaving.parcels),
        ):
            if claimed != found:
                yield self._found(code, None, claimed, found)

    def _leaving(self) -> Load:
        """What the vehicle is loaded with at its depot, over all its trips."""
        deliveries = (s for s in self.tour.stops if s.kind is StopKind.DELIVERY)
        return _sum(self._load(stop) for stop in deliveries)


def _sum(loads: Iterable[Load]) -> Load:
    total = Load()
    for load in loads:
        total += load
    return total


def _less(load: Load, other: Load) -> Load:
    return Load(
        load.weight_g - other.weight_g,
        load.volume_ml - other.volume_ml,
        load.parcels - other.parcels,
    )


def seconds(span: timedelta) -> int:
    """Whole seconds."""
    return round(span.total_seconds())


def _half_up(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
