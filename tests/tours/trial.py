"""A tour written out by hand for the judge: every ride timed as late or as early as it must."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from app.domain.fleet import Vehicle
from app.domain.locks import TourLock
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import TouringPolicy
from app.domain.tours import Stop, StopKind, Tour, TourPlan, Violation
from app.domain.travel import profile_of
from app.domain.values import GeoPoint, Load
from app.planning.tours.check import judge
from app.planning.tours.court import Facts, ShutHours
from tests.tours.a_day import LILLE, ON, PARIS, TRAVEL, a_node

NO_RESTS = TouringPolicy(rests=())


@dataclass(frozen=True)
class Step:
    """What a tour does next: so long, not before `not_before`; `door` for a delivery or pickup."""

    kind: StopKind
    point: GeoPoint
    for_s: int = 0
    not_before: datetime | None = None
    door: ShipmentAtDoor | None = None


def to(door: ShipmentAtDoor, for_s: int | None = None, **but: object) -> Step:
    """A delivery; with its whole time unless said otherwise."""
    assert door.place is not None
    length_s = door.service_s + door.setup_s if for_s is None else for_s
    step = Step(StopKind.DELIVERY, door.place.point, length_s, door=door)
    return replace(step, **but)  # type: ignore[arg-type]


def depart(for_s: int = 0, point: GeoPoint = LILLE) -> Step:
    return Step(StopKind.DEPART, point, for_s)


def home(point: GeoPoint = LILLE) -> Step:
    return Step(StopKind.RETURN, point)


def pause(for_s: int, point: GeoPoint, not_before: datetime | None = None) -> Step:
    """A pause taken where the step before or after it happens."""
    return Step(StopKind.BREAK, point, for_s, not_before)


def driven(vehicle: Vehicle, starts: datetime, *steps: Step, number: int = 1) -> Tour:
    """The tour of these steps, each as early as can be; its figures are those that come out."""
    stops: list[Stop] = []
    now, distance_m, drive_s = starts, 0, 0
    here: Step | None = None
    for step in steps:
        leg_m, leg_s = (0, 0) if here is None else way(vehicle, here, step)
        distance_m, drive_s = distance_m + leg_m, drive_s + leg_s
        arrival = now + timedelta(seconds=leg_s)
        start = max(arrival, step.not_before or arrival)
        now = start + timedelta(seconds=step.for_s)
        shipment = step.door.shipment if step.door else None
        stops.append(
            Stop(
                step.kind,
                step.point,
                arrival,
                start,
                now,
                shipment.order if shipment else "",
                shipment.code if shipment else "",
                step.door.window if step.door else None,
                shipment.load if shipment else Load(),
                leg_m,
                leg_s,
            )
        )
        here = step
    tour = Tour(
        f"{ON.isoformat()}-T{number}",
        number,
        ON,
        vehicle.code,
        vehicle.depot,
        tuple(stops),
        leaving(stops),
        distance_m,
        drive_s,
        0,
        _half_up(Decimal(distance_m * vehicle.co2e_g_per_km) / 1000),
    )
    return replace(tour, cost_cents=cost_cents(vehicle, distance_m, tour.work_s))


def way(vehicle: Vehicle, here: Step, there: Step) -> tuple[int, int]:
    """Metres and seconds between two steps; none within one place."""
    if here.point == there.point:
        return 0, 0
    matrix = TRAVEL.matrix([here.point, there.point], profile_of(vehicle))
    return int(matrix.distance_m[0, 1]), int(matrix.duration_s[0, 1])


def leaving(stops: Sequence[Stop]) -> Load:
    """What is loaded at the depot: all that is delivered and not collected on the way."""
    collected = {stop.shipment for stop in stops if stop.kind is StopKind.PICKUP}
    total = Load()
    for stop in stops:
        if stop.kind is StopKind.DELIVERY and stop.shipment not in collected:
            total += stop.load
    return total


def cost_cents(vehicle: Vehicle, distance_m: int, work_s: int) -> int:
    kilometres = Decimal(str(vehicle.cost_per_km_cents)) * distance_m / 1000
    hours = Decimal(vehicle.cost_per_hour_cents * work_s) / 3600
    most_s = work_s if vehicle.max_work_s is None else vehicle.max_work_s
    dearer = Decimal(vehicle.overtime_cost_per_hour_cents * max(0, work_s - most_s)) / 3600
    return vehicle.fixed_cost_cents + sum(map(_half_up, (kilometres, hours, dearer)))


def _half_up(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Trial:
    """What plans are judged by."""

    doors: Sequence[ShipmentAtDoor]
    vehicles: Sequence[Vehicle]
    policy: TouringPolicy = NO_RESTS
    locks: Sequence[TourLock] = ()
    shut: dict[str, tuple[ShutHours, ...]] = field(default_factory=dict)
    nodes: tuple[object, ...] = (a_node(),)

    def against(self, *tours: Tour, **but: object) -> list[Violation]:
        plan = replace(TourPlan(ON, tours), **but)  # type: ignore[arg-type]
        facts = Facts.of(
            self.doors,
            self.vehicles,
            self.nodes,  # type: ignore[arg-type]
            TRAVEL,
            PARIS,
            self.policy,
            self.locks,
            self.shut,
        )
        return list(judge(plan, facts).violations)

    def found(self, *tours: Tour, **but: object) -> list[tuple[str, int | None, int, int]]:
        return [(v.code, v.stop, v.amount, v.limit) for v in self.against(*tours, **but)]
