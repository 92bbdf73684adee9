"""Whatever a tour that keeps every rule is made of: break one rule, and just that one is named."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fleet import Vehicle
from app.domain.locks import LockKind, TourLock
from app.domain.policy import RestRule
from app.domain.tours import Stop, StopKind, Tour
from app.domain.values import Load, Window
from app.planning.tours.court import ShutHours
from tests.builders import a_vehicle
from tests.tours.a_day import LILLE, ON, ROUBAIX, a_door, a_node, at
from tests.tours.trial import NO_RESTS, Step, Trial, depart, driven, home, pause, to

PAUSE_S = 1_800


@dataclass(frozen=True)
class Kept:
    """A tour that nothing speaks against, its vehicle, and what it is judged by."""

    tour: Tour
    vehicle: Vehicle
    trial: Trial

    @property
    def visits(self) -> list[int]:
        return self.kinds(StopKind.DELIVERY)

    def kinds(self, *kinds: StopKind) -> list[int]:
        return [n for n, stop in enumerate(self.tour.stops) if stop.kind in kinds]

    def with_vehicle(self, **but: Any) -> list[Any]:
        fleet = [replace(self.vehicle, **but)]
        return replace(self.trial, vehicles=fleet).found(self.tour)

    def with_door(self, number: int, **but: Any) -> list[Any]:
        shipment = self.tour.stops[number].shipment
        doors = [
            replace(door, **but) if door.shipment.code == shipment else door
            for door in self.trial.doors
        ]
        return replace(self.trial, doors=doors).found(self.tour)

    def with_stop(self, number: int, **but: Any) -> list[Any]:
        stops = list(self.tour.stops)
        stops[number] = replace(stops[number], **but)
        return self.trial.found(replace(self.tour, stops=tuple(stops)))

    def with_lock(self, kind: LockKind, *shipments: str, **but: Any) -> list[Any]:
        locks = (*self.trial.locks, TourLock(ON, kind, shipments, **but))
        return replace(self.trial, locks=locks).found(self.tour)


@st.composite
def some_vehicles(draw: st.DrawFn) -> Vehicle:
    return a_vehicle(
        loading_s=draw(st.sampled_from((0, 900))),
        starts_at=draw(st.sampled_from((None, ROUBAIX))),
        ends_at=draw(st.sampled_from((None, None, ROUBAIX))),
        comes_home=draw(st.booleans()),
        reload_s=draw(st.sampled_from((0, 600))),
        reloads=4,
        service_percent=draw(st.sampled_from((80, 100, 133))),
        overtime_cost_per_hour_cents=draw(st.sampled_from((0, 1_234))),
        gross_weight_kg=draw(st.sampled_from((None, 3_500, 12_000))),
    )


@st.composite
def kept_tours(draw: st.DrawFn) -> Kept:
    vehicle = draw(some_vehicles())
    doors = []
    steps = [depart(0 if vehicle.starts_at else vehicle.loading_s, vehicle.starts_at or LILLE)]
    if vehicle.starts_at is not None:
        steps.append(Step(StopKind.LOAD, LILLE, vehicle.loading_s))
    for number in range(1, draw(st.integers(2, 5))):
        foreign = draw(st.booleans())
        door = a_door(
            str(number),
            0.01 * draw(st.integers(1, 9)) + number / 1_000,
            node="RBX" if foreign else "LIL",
            service_s=draw(st.sampled_from((60, 301))),
            setup_s=draw(st.sampled_from((0, 120))),
            load=Load(draw(st.sampled_from((1_000, 90_000))), 1_000, 1),
        )
        doors.append(door)
        if foreign:
            taking_s = -(-300 * vehicle.service_percent // 100)
            steps.append(Step(StopKind.PICKUP, ROUBAIX, taking_s, door=door))
        usual_s = door.service_s + door.setup_s
        steps.append(to(door, -(-usual_s * vehicle.service_percent // 100)))
        if draw(st.booleans()):
            steps.append(pause(PAUSE_S, steps[-1].point))
        if draw(st.booleans()):
            steps.append(Step(StopKind.RELOAD, LILLE, vehicle.reload_s))
    last = next(step for step in reversed(steps) if step.kind is StopKind.DELIVERY)
    end = vehicle.ends_at or (LILLE if vehicle.comes_home else last.point)
    tour = driven(vehicle, at(8, draw(st.integers(0, 59))), *steps, home(end))
    nodes = (a_node(), a_node("RBX", ROUBAIX))
    vehicle = replace(vehicle, max_work_s=tour.work_s)
    return Kept(tour, vehicle, Trial(doors, [vehicle], nodes=nodes))


Breaking = Callable[[Kept, int], tuple[list[Any], list[Any]]]


def late(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    start = kept.tour.stops[number].start
    window = Window(start - timedelta(hours=2), start - timedelta(seconds=77))
    return kept.with_door(number, window=window), [("late", number, 77, 0)]


def early(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    start = kept.tour.stops[number].start
    window = Window(start + timedelta(seconds=77), start + timedelta(hours=2))
    also = (Window(start - timedelta(hours=2), start - timedelta(seconds=78)),)
    return kept.with_door(number, window=window, also=also), [("early", number, 77, 0)]


def short(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    stop = kept.tour.stops[number]
    given_s = seconds_at(stop)
    found = kept.with_stop(number, departure=stop.departure - timedelta(seconds=1))
    return found, [("service_short", number, given_s - 1, given_s)]


def too_fast(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    stop = kept.tour.stops[number]
    found = kept.with_stop(number, arrival=stop.arrival - timedelta(seconds=1))
    return found, [("too_fast", number, stop.drive_s - 1, stop.drive_s)]


def not_ready(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    shipment, stops = kept.tour.stops[number].shipment, kept.tour.stops
    kinds = (StopKind.DEPART, StopKind.LOAD, StopKind.RELOAD)
    leaving = [n for n in range(number) if stops[n].kind in kinds or stops[n].shipment == shipment]
    ready_at = stops[leaving[-1]].departure + timedelta(seconds=13)
    return kept.with_door(number, ready_at=ready_at), [("goods_not_ready", number, 13, 0)]


def shut(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    stop = kept.tour.stops[number]
    hours = Window(stop.departure - timedelta(seconds=9), stop.departure + timedelta(hours=1))
    closed = {stop.shipment: (ShutHours(frozenset({"V1"}), hours),)}
    return replace(kept.trial, shut=closed).found(kept.tour), [("shut", number, 9, 0)]


def off_time(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    stop = kept.tour.stops[number]
    found = kept.with_lock(LockKind.AT, stop.shipment, at=stop.start + timedelta(seconds=5))
    return found, [("lock_time", number, 5, 0)]


def wrong_vehicle(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    shipment = kept.tour.stops[number].shipment
    found = kept.with_lock(LockKind.VEHICLE, shipment, vehicle="V2")
    return found, [("lock_vehicle", number, 1, 0)]


def too_much_work(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    work_s = kept.tour.work_s
    found = kept.with_vehicle(max_work_s=work_s - 60, overtime_s=59)
    paid = [f for f in found if f[0] != "cost_differs"]
    return paid, [("too_much_work", None, work_s, work_s - 1)]


def no_rest(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    rule = RestRule("own", PAUSE_S + 1, work_s=kept.tour.work_s - 1)
    found = replace(kept.trial, policy=replace(NO_RESTS, rests=(rule,))).found(kept.tour)
    last = len(kept.tour.stops) - 1
    return found, [("rest_missing", last, kept.tour.work_s, kept.tour.work_s - 1)]


def before_shift(kept: Kept, number: int) -> tuple[list[Any], list[Any]]:
    begins = kept.tour.stops[0].start + timedelta(seconds=60)
    found = kept.with_vehicle(shift_from=wall(begins))
    return found, [("before_shift", 0, 60, 0)]


def wall(moment: datetime) -> Any:
    return moment.astimezone(at(0).tzinfo).time()


def seconds_at(stop: Stop) -> int:
    return int((stop.departure - stop.start).total_seconds())


BREAKINGS: list[Breaking] = [
    late,
    early,
    short,
    too_fast,
    not_ready,
    shut,
    off_time,
    wrong_vehicle,
    too_much_work,
    no_rest,
    before_shift,
]


@settings(deadline=None, max_examples=150)
@given(kept_tours(), st.sampled_from(BREAKINGS), st.integers(0, 9))
def test_one_rule_broken_is_the_one_that_is_named(kept: Kept, breaking: Breaking, pick: int):
    assert kept.trial.found(kept.tour) == []
    number = kept.visits[pick % len(kept.visits)]

    found, expected = breaking(kept, number)

    assert found == expected


@settings(deadline=None, max_examples=60)
@given(kept_tours())
def test_a_pair_in_the_wrong_order_is_named(kept: Kept):
    for number in kept.kinds(StopKind.PICKUP):
        shipment = kept.tour.stops[number].shipment
        without = tuple(s for n, s in enumerate(kept.tour.stops) if n != number)

        codes = {code for code, *_ in kept.trial.found(replace(kept.tour, stops=without))}

        assert "other_node" in codes
        assert shipment


@settings(deadline=None, max_examples=60)
@given(kept_tours(), st.integers(1, 200_000))
def test_more_aboard_than_there_is_room_for_is_named_with_the_amount(kept: Kept, room_g: int):
    """The fullest moment by a count that starts from the stops alone."""
    fullest = aboard = 0
    for trip in trips(kept.tour):
        collected = {s.shipment for s in trip if s.kind is StopKind.PICKUP}
        aboard = sum(
            s.load.weight_g
            for s in trip
            if s.kind is StopKind.DELIVERY and s.shipment not in collected
        )
        fullest = max(fullest, aboard)
        for stop in trip:
            sign = {StopKind.PICKUP: 1, StopKind.DELIVERY: -1}.get(stop.kind, 0)
            aboard += sign * stop.load.weight_g
            fullest = max(fullest, aboard)

    found = kept.with_vehicle(capacity=Load(room_g, 10**9, 10**6))

    heaviest = max((amount for code, _, amount, _ in found if code == "too_heavy"), default=None)
    assert heaviest == (fullest if fullest > room_g else None)


def trips(tour: Tour) -> list[list[Stop]]:
    parts: list[list[Stop]] = [[]]
    for stop in tour.stops:
        if stop.kind is StopKind.RELOAD:
            parts.append([])
        parts[-1].append(stop)
    return parts
