"""Does the clock of a tour come out: ways, windows, time at doors, loading, shift, work."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.locks import LockKind
from app.domain.orders import ShipmentAtDoor
from app.domain.reach import loading_of, reach_m
from app.domain.tours import StopKind, Violation
from app.planning.tours.case import LOADING, Case, Leg, seconds
from app.planning.tours.fetching import fetch_times_s, opening_on


def violations(case: Case) -> Iterator[Violation]:
    """Everything that happens too early, too late, too fast or for too long."""
    yield from _clock(case)
    yield from _windows(case)
    yield from _taking_over(case)
    yield from _service(case)
    yield from _loading(case)
    yield from _shut(case)
    yield from _shift(case)


def lateness_s(case: Case) -> int:
    """Seconds of lateness over all stops, whether they are borne or not."""
    return sum(
        max(0, off_s)
        for n in case.visits
        if (door := case.door(n)) is not None
        for off_s in [_off_window_s(case, n, door)]
    )


def _clock(case: Case) -> Iterator[Violation]:
    """Nobody starts before arriving, leaves before starting, or drives faster than the road."""
    last = len(case.stops) - 1
    for number, stop in enumerate(case.stops):
        back_s = 0 if number == 0 else seconds(stop.arrival - stop.start)
        if number != last:
            back_s = max(back_s, seconds(stop.start - stop.departure))
        if number:
            back_s = max(back_s, seconds(case.stops[number - 1].departure - stop.arrival))
        if back_s > 0:
            yield case.found("time_runs_back", number, back_s, 0, stop.shipment)
    for leg in case.legs:
        given_s = max(free_between(case, leg))
        if given_s < leg.drive_s:
            stop = case.stops[leg.end]
            yield case.found("too_fast", leg.end, given_s, leg.drive_s, stop.shipment)


def free_between(case: Case, leg: Leg) -> list[int]:
    """The spans of time in which a leg could be driven: before, between or after its pauses."""
    since, free = case.stops[leg.start].departure, []
    for pause in case.stops[leg.start + 1 : leg.end]:
        free.append(seconds(pause.start - since))
        since = pause.departure
    return [*free, seconds(case.stops[leg.end].arrival - since)]


def _windows(case: Case) -> Iterator[Violation]:
    """Service starts within a window, or so little after one as the policy bears."""
    borne_s = case.facts.policy.late_tolerance_s
    for number in case.visits:
        door, stop = case.door(number), case.stops[number]
        if door is None:
            continue
        off_s = _off_window_s(case, number, door)
        if off_s > borne_s:
            yield case.found("late", number, off_s, borne_s, stop.shipment)
        elif off_s < 0:
            yield case.found("early", number, -off_s, 0, stop.shipment)


def _taking_over(case: Case) -> Iterator[Violation]:
    """Goods are taken over at their node while it is open; the amount is the way to its hours."""
    for number in case.visits:
        door, stop = case.door(number), case.stops[number]
        node = None if door is None else case.facts.nodes.get(door.shipment.node)
        if node is None or not case.at_source(number):
            continue
        hours = opening_on(node, case.tour.on)
        if hours is None or any(span.start <= stop.start <= span.end for span in hours):
            continue
        off_s = [
            abs(seconds(stop.start - edge)) for span in hours for edge in (span.start, span.end)
        ]
        yield case.found("source_shut", number, min(off_s, default=1), 0, stop.shipment)


def _off_window_s(case: Case, number: int, door: ShipmentAtDoor) -> int:
    """Seconds late, negative when early: off the nearest of the windows, that was not borne.

    A time that was agreed for the stop stands in for its windows.
    """
    if door.window is None or case.at_source(number) or _agreed(case, number) is not None:
        return 0
    start, borne_s = case.stops[number].start, case.facts.policy.late_tolerance_s
    late = [seconds(start - window.end) for window in (door.window, *door.also)]
    early = [seconds(window.start - start) for window in (door.window, *door.also)]
    if any(before <= 0 and after <= 0 for before, after in zip(early, late, strict=True)):
        return 0
    late_s = min((s for s in late if s > 0), default=None)
    early_s = min((s for s in early if s > 0), default=None)
    if late_s is not None and (late_s <= borne_s or early_s is None or late_s <= early_s):
        return late_s
    return 0 if early_s is None else -early_s


def _agreed(case: Case, number: int) -> datetime | None:
    """The time that a lock gives a visit."""
    shipment = case.stops[number].shipment
    locks = case.facts.locks_on(case.tour.on, LockKind.AT)
    return next((lock.at for lock in locks if shipment in lock.shipments), None)


def _service(case: Case) -> Iterator[Violation]:
    """Service lasts as long as it must; what precedes it at a door is done once."""
    for run in _runs(case):
        times = {n: _needed_at(case, n, door) for n in run if (door := case.door(n)) is not None}
        setup_s = max((setup for setup, _ in times.values()), default=0)
        for number, (_, own_s) in times.items():
            stop = case.stops[number]
            usual_s = own_s + (setup_s if number == run[0] else 0)
            needed_s = -(-usual_s * case.vehicle.service_percent // 100)
            given_s = seconds(stop.departure - stop.start)
            if given_s < needed_s:
                yield case.found("service_short", number, given_s, needed_s, stop.shipment)


def _needed_at(case: Case, number: int, door: ShipmentAtDoor) -> tuple[int, int]:
    """What precedes all service at a visit's place, and its own service."""
    if case.at_source(number):
        return fetch_times_s(case.facts.policy, door.shipment)
    return door.setup_s, door.service_s


def _runs(case: Case) -> list[list[int]]:
    """Visits to one door that follow each other, pauses aside."""
    runs: list[list[int]] = []
    door_before: object = None
    for number, stop in enumerate(case.stops):
        if stop.kind is StopKind.BREAK:
            continue
        here = case.spot(number) if number in case.visits else None
        if here is not None and here == door_before:
            runs[-1].append(number)
        elif here is not None:
            runs.append([number])
        door_before = here
    return runs


def _loading(case: Case) -> Iterator[Violation]:
    """Loading takes its time, and no trip leaves before its goods are there."""
    yield from _at_the_depot(case)
    for trip in case.trips:
        for number in trip:
            door, stop = case.door(number), case.stops[number]
            if door is None or door.ready_at is None or stop.kind is not StopKind.DELIVERY:
                continue
            taken_over = [n for n in trip if n < number and _takes_over(case, n, stop.shipment)]
            leaves = case.stops[taken_over[-1] if taken_over else trip.start].departure
            missing_s = seconds(door.ready_at - leaves)
            if missing_s > 0:
                yield case.found("goods_not_ready", number, missing_s, 0, stop.shipment)


def _takes_over(case: Case, number: int, shipment: str) -> bool:
    stop = case.stops[number]
    return stop.kind is StopKind.PICKUP and stop.shipment == shipment


def _at_the_depot(case: Case) -> Iterator[Violation]:
    vehicle, loading_s = case.vehicle, loading_of(case.vehicle, case.facts.policy)
    loads = [n for n, stop in enumerate(case.stops) if stop.kind in LOADING]
    first = next((n for n in loads if case.stops[n].kind is StopKind.LOAD), 0)
    for number in loads:
        stop = case.stops[number]
        reload = stop.kind is StopKind.RELOAD
        needed_s = vehicle.reload_s if reload else loading_s if number == first else 0
        given_s = seconds(stop.departure - stop.start)
        if given_s < needed_s:
            yield case.found("loading_short", number, given_s, needed_s)


def _shut(case: Case) -> Iterator[Violation]:
    """No service while the door is shut for this vehicle."""
    for number in case.visits:
        stop = case.stops[number]
        for closed in case.facts.shut.get(stop.shipment, ()):
            if case.vehicle.code not in closed.vehicles or case.at_source(number):
                continue
            hours = closed.hours
            inside = hours.start < stop.start < hours.end
            overlap_s = seconds(min(hours.end, stop.departure) - max(hours.start, stop.start))
            if overlap_s > 0 or inside:
                yield case.found("shut", number, max(1, overlap_s), 0, stop.shipment)


def _shift(case: Case) -> Iterator[Violation]:
    """The vehicle is out within its hours, goes no farther and works no longer than it may."""
    vehicle, last = case.vehicle, len(case.stops) - 1
    early_s = seconds(case.hours.opens - case.stops[0].start)
    late_s = seconds(case.stops[-1].arrival - case.hours.closes)
    if early_s > 0:
        yield case.found("before_shift", 0, early_s, 0)
    if late_s > 0:
        yield case.found("after_shift", last, late_s, 0)
    most_m = reach_m(vehicle, case.facts.policy, case.tour.on)
    if most_m is not None and case.distance_m > most_m:
        code = "too_far" if most_m == vehicle.max_m else "battery_margin"
        yield case.found(code, None, case.distance_m, most_m)
    if vehicle.max_work_s is not None:
        most_s = vehicle.max_work_s + vehicle.overtime_s
        if case.work_s > most_s:
            yield case.found("too_much_work", None, case.work_s, most_s)
