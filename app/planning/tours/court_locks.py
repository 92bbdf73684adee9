"""Does a plan keep what people laid down: vehicles, times, company, first stops."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.locks import LockKind, TourLock
from app.domain.tours import Stop, Tour, TourPlan, Violation
from app.planning.tours.case import VISITS, seconds
from app.planning.tours.facts import Facts


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a plan has a shipment: its last stop there."""

    tour: Tour
    position: int

    @property
    def stop(self) -> Stop:
        return self.tour.stops[self.position]


def violations(plan: TourPlan, facts: Facts) -> Iterator[Violation]:
    """Every lock that the plan breaks; what a plan leaves out breaks none but the first stops."""
    seats = {
        stop.shipment: _Seat(tour, position)
        for tour in plan.tours
        for position, stop in enumerate(tour.stops)
        if stop.kind in VISITS
    }
    left = {left.shipment for left in plan.unplanned if _could_ride(left.shipment, facts)}
    for lock in facts.locks_on(plan.on, *LockKind):
        yield from _broken(lock, seats, left, plan, facts)
    for group in _groups(facts):
        yield from _together("group_split", group, seats, left)


def _broken(
    lock: TourLock, seats: dict[str, _Seat], left: set[str], plan: TourPlan, facts: Facts
) -> Iterator[Violation]:
    match lock.kind:
        case LockKind.TOGETHER:
            yield from _together("lock_together", lock.shipments, seats, left)
        case LockKind.APART:
            yield from _apart(lock, seats)
        case LockKind.FIRST:
            yield from _first(lock, plan, facts)
        case _:
            for shipment in lock.shipments:
                if shipment in seats:
                    yield from _astray(lock, seats[shipment])


def _astray(lock: TourLock, seat: _Seat) -> Iterator[Violation]:
    """One shipment on another vehicle, or at another time, than was laid down."""
    code, stop = seat.tour.code, seat.stop
    elsewhere = seat.tour.vehicle != lock.vehicle
    if lock.kind is LockKind.VEHICLE and elsewhere:
        yield Violation("lock_vehicle", code, seat.position, 1, 0, stop.shipment)
    if lock.kind is LockKind.NOT_VEHICLE and not elsewhere:
        yield Violation("lock_not_vehicle", code, seat.position, 1, 0, stop.shipment)
    if lock.kind is LockKind.AT and lock.at is not None:
        off_s = abs(seconds(stop.start - lock.at))
        if off_s:
            yield Violation("lock_time", code, seat.position, off_s, 0, stop.shipment)


def _together(
    code: str, shipments: Iterable[str], seats: dict[str, _Seat], left: set[str]
) -> Iterator[Violation]:
    """Shipments that ride on one vehicle or not at all: each that leaves the first one's."""
    wanted = list(shipments)
    riding = [seats[shipment] for shipment in wanted if shipment in seats]
    if not riding:
        return
    home = riding[0].tour.vehicle
    for seat in riding[1:]:
        if seat.tour.vehicle != home:
            yield Violation(code, seat.tour.code, seat.position, 1, 0, seat.stop.shipment)
    for shipment in wanted:
        if shipment in left:
            yield Violation(code, riding[0].tour.code, None, 1, 0, shipment)


def _apart(lock: TourLock, seats: dict[str, _Seat]) -> Iterator[Violation]:
    """Shipments that must not share a vehicle: the second and each further one on it."""
    riding: dict[str, int] = {}
    for shipment in lock.shipments:
        if shipment not in seats:
            continue
        seat = seats[shipment]
        count = riding[seat.tour.vehicle] = riding.get(seat.tour.vehicle, 0) + 1
        if count > 1:
            yield Violation("lock_apart", seat.tour.code, seat.position, count, 1, shipment)


def _first(lock: TourLock, plan: TourPlan, facts: Facts) -> Iterator[Violation]:
    """The first visits of the vehicle's day, in their order; the first that is not there."""
    tours = sorted(
        (tour for tour in plan.tours if tour.vehicle == lock.vehicle and tour.stops),
        key=lambda tour: (tour.stops[0].start, tour.code),
    )
    made = [stop.shipment for tour in tours for stop in tour.stops if stop.kind in VISITS]
    due = [shipment for shipment in lock.shipments if shipment in facts.doors]
    for place, shipment in enumerate(due):
        if place >= len(made) or made[place] != shipment:
            tour = tours[0].code if tours else ""
            found = made.index(shipment) + 1 if shipment in made else 0
            yield Violation("lock_first", tour, None, found, place + 1, shipment)
            return


def _groups(facts: Facts) -> list[list[str]]:
    """Shipments of one node whose orders came as one group."""
    groups: dict[tuple[str, str], list[str]] = {}
    for door in facts.doors.values():
        if door.group:
            key = (door.group, door.shipment.node)
            groups.setdefault(key, []).append(door.shipment.code)
    return [sorted(group) for _name, group in sorted(groups.items()) if len(group) > 1]


def _could_ride(shipment: str, facts: Facts) -> bool:
    """Whether what was left out was there to be planned at all."""
    door = facts.doors.get(shipment)
    if door is None or door.place is None:
        return False
    return door.place.score >= facts.policy.min_place_score
