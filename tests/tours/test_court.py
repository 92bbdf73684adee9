"""The judge knows trips, loading, pauses, overtime and locks: break one rule, it names that one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.locks import LockKind, TourLock
from app.domain.policy import LEGAL_RESTS, RestRule, TouringPolicy
from app.domain.tours import Colour, StopKind, Tour, Unplanned, Violation
from app.domain.values import GeoPoint, Load, Window
from app.planning.tours.court import ShutHours
from app.wording import sentence
from app.wording.tours import violation_reason
from tests.builders import a_vehicle
from tests.tours.a_day import LILLE, ON, ROUBAIX, a_door, a_node, at, between
from tests.tours.trial import NO_RESTS, Step, Trial, depart, driven, home, pause, to

EAST = a_door("1", 0.05, load=Load(30_000, 50_000, 2))
WEST = a_door("2", -0.05, load=Load(20_000, 40_000, 1))
VAN = a_vehicle()
TRIAL = Trial([EAST, WEST], [VAN, a_vehicle("V2")])


def point_of(door: Any) -> GeoPoint:
    return door.place.point


def trial(*doors: Any, vehicle: Any = VAN, **but: Any) -> Trial:
    return replace(TRIAL, doors=doors or TRIAL.doors, vehicles=[vehicle, a_vehicle("V2")], **but)


def east_and_west(vehicle: Any = VAN) -> Tour:
    return driven(vehicle, at(9), depart(), to(EAST), to(WEST), home())


def test_a_tour_written_out_by_hand_has_nothing_against_it():
    assert TRIAL.found(east_and_west()) == []


# windows


@pytest.mark.parametrize("hour", [10, 15])
def test_each_of_several_windows_is_as_good_as_the_first(hour: int):
    door = replace(EAST, window=between(10, 11), also=(between(15, 16),))
    tour = driven(VAN, at(9), depart(), to(door, not_before=at(hour)), home())

    assert trial(door).found(tour) == []


@pytest.mark.parametrize(
    ("hour", "minute", "code", "amount"),
    [(9, 30, "early", 1_800), (12, 0, "late", 3_600), (14, 0, "early", 3_600), (17, 0, "late", 60)],
)
def test_off_all_windows_the_nearest_one_counts(hour: int, minute: int, code: str, amount: int):
    door = replace(EAST, window=between(10, 11), also=(Window(at(15), at(16, 59)),))
    tour = driven(VAN, at(9), depart(), to(door, not_before=at(hour, minute)), home())

    assert trial(door).found(tour) == [(code, 1, amount, 0)]


def test_lateness_that_the_policy_bears_is_no_violation_but_counted():
    door = replace(EAST, window=between(10, 11))
    tour = driven(VAN, at(9), depart(), to(door, not_before=at(11, 20)), home())
    bearing = replace(TRIAL.policy, late_tolerance_s=1_200)

    assert trial(door, policy=bearing).found(tour) == []
    assert trial(door, policy=replace(bearing, late_tolerance_s=1_199)).found(tour) == [
        ("late", 1, 1_200, 1_199)
    ]


# doors


def test_what_precedes_the_service_at_a_door_is_done_once_for_all_that_is_left_there():
    first = replace(EAST, setup_s=240, service_s=60)
    second = replace(a_door("3", 0.05), setup_s=300, service_s=80)
    good = driven(VAN, at(9), depart(), to(first, 360), to(second, 80), home())
    short = driven(VAN, at(9), depart(), to(first, 300), to(second, 80), home())

    assert trial(first, second).found(good) == []
    assert trial(first, second).found(short) == [("service_short", 1, 300, 360)]


def test_another_address_is_another_door_even_at_the_same_point():
    first = replace(EAST, setup_s=240, service_s=60)
    address = replace(EAST.address, street="14 rue de la Carnoy")
    second = replace(a_door("3", 0.05), setup_s=240, service_s=60, address=address)
    tour = driven(VAN, at(9), depart(), to(first), to(second, 60), home())

    codes = [code for code, *_ in trial(first, second).found(tour)]

    assert codes == ["too_fast", "service_short", "drive_time_differs"]


def test_a_pause_at_a_door_does_not_part_its_visits_but_a_way_does():
    first = replace(EAST, setup_s=240, service_s=60)
    second = replace(a_door("3", 0.05), setup_s=240, service_s=60)
    paused = driven(
        VAN, at(9), depart(), to(first), pause(900, point_of(EAST)), to(second, 60), home()
    )
    parted = driven(VAN, at(9), depart(), to(first), to(WEST), to(second, 60), home())

    assert trial(first, second).found(paused) == []
    assert trial(first, WEST, second).found(parted) == [("service_short", 3, 60, 300)]


def test_a_crew_takes_its_share_of_the_usual_time_rounded_up():
    door = replace(EAST, setup_s=240, service_s=61)
    quick = a_vehicle(service_percent=50)
    good = driven(quick, at(9), depart(), to(door, 151), home())
    short = driven(quick, at(9), depart(), to(door, 150), home())

    assert trial(door, vehicle=quick).found(good) == []
    assert trial(door, vehicle=quick).found(short) == [("service_short", 1, 150, 151)]


def test_a_door_that_is_shut_for_a_vehicle_sees_no_service_in_those_hours():
    hours = ShutHours(frozenset({"V1"}), between(10, 12))
    shut = {"1-1": (hours,)}
    overlapping = driven(VAN, at(9), depart(), to(EAST, not_before=at(9, 58)), home())
    after = driven(VAN, at(9), depart(), to(EAST, not_before=at(12)), home())
    others = {"1-1": (replace(hours, vehicles=frozenset({"V2"})),)}

    assert trial(shut=shut).found(overlapping) == [("shut", 1, 180, 0)]
    assert trial(shut=shut).found(after) == []
    assert trial(shut=others).found(overlapping) == []


# loading, trips, pairs


def test_loading_is_work_and_takes_its_time():
    loading = a_vehicle(loading_s=900)
    good = driven(loading, at(9), depart(900), to(EAST), home())
    short = driven(loading, at(9), depart(600), to(EAST), home())
    early = driven(loading, at(7, 50), depart(900), to(EAST), home())

    assert trial(vehicle=loading).found(good) == []
    assert trial(vehicle=loading).found(short) == [("loading_short", 0, 600, 900)]
    assert trial(vehicle=loading).found(early) == [("before_shift", 0, 600, 0)]
    ruled = replace(NO_RESTS, handover_s=900)
    assert trial(policy=ruled).found(short) == [("loading_short", 0, 600, 900)]


def test_who_starts_elsewhere_loads_at_the_depot_first():
    away = a_vehicle(starts_at=ROUBAIX, loading_s=900)
    load = Step(StopKind.LOAD, LILLE, 900)
    good = driven(away, at(9), depart(0, ROUBAIX), load, to(EAST), home())
    unloaded = driven(away, at(9), depart(0, ROUBAIX), to(EAST), home())
    at_depot = driven(away, at(9), depart(0), load, to(EAST), home())
    hasty = driven(away, at(9), depart(0, ROUBAIX), replace(load, for_s=60), to(EAST), home())
    metres = round(ROUBAIX.distance_m(LILLE))

    assert trial(vehicle=away).found(good) == []
    assert ("not_loaded", 1, 0, 1) in trial(vehicle=away).found(unloaded)
    assert trial(vehicle=away).found(at_depot) == [("wrong_start", 0, metres, 25)]
    assert trial(vehicle=away).found(hasty) == [("loading_short", 1, 60, 900)]
    assert ("load_out_of_place", 1, 1, 0) in TRIAL.found(
        driven(VAN, at(9), depart(), load, to(EAST), home())
    )


def test_a_tour_ends_where_its_vehicle_does():
    elsewhere = a_vehicle(ends_at=ROUBAIX)
    metres = round(ROUBAIX.distance_m(LILLE))
    good = driven(elsewhere, at(9), depart(), to(EAST), home(ROUBAIX))

    assert trial(vehicle=elsewhere).found(good) == []
    assert trial(vehicle=elsewhere).found(driven(elsewhere, at(9), depart(), to(EAST), home())) == [
        ("wrong_end", 2, metres, 25)
    ]
    assert ("wrong_depot", 2, metres, 25) in TRIAL.found(
        driven(VAN, at(9), depart(), to(EAST), home(ROUBAIX))
    )


def test_a_tour_that_does_not_come_home_ends_at_its_last_door():
    rented = a_vehicle(comes_home=False)
    good = driven(rented, at(9), depart(), to(EAST), home(point_of(EAST)))
    back = driven(rented, at(9), depart(), to(EAST), home())

    assert trial(vehicle=rented).found(good) == []
    assert [code for code, *_ in trial(vehicle=rented).found(back)] == ["wrong_end"]


def reload(for_s: int = 600) -> Step:
    return Step(StopKind.RELOAD, LILLE, for_s)


def test_each_trip_has_its_own_load():
    small = a_vehicle(capacity=Load(30_000, 6_000_000, 60), reloads=1, reload_s=600)
    good = driven(small, at(9), depart(), to(EAST), reload(), to(WEST), home())
    at_once = driven(small, at(9), depart(), to(EAST), to(WEST), home())
    hasty = driven(small, at(9), depart(), to(EAST), reload(599), to(WEST), home())
    once = replace(small, reloads=0)

    assert trial(vehicle=small).found(good) == []
    assert trial(vehicle=small).found(at_once) == [("too_heavy", 0, 50_000, 30_000)]
    assert trial(vehicle=small).found(hasty) == [("loading_short", 2, 599, 600)]
    assert trial(vehicle=once).found(good) == [("too_many_reloads", None, 1, 0)]


def test_no_trip_leaves_before_its_goods_are_ready():
    late = replace(WEST, ready_at=at(9, 30))
    small = a_vehicle(reloads=1)
    together = driven(VAN, at(9), depart(), to(EAST), to(late), home())
    later = driven(
        small, at(9), depart(), to(EAST), replace(reload(0), not_before=at(9, 30)), to(late), home()
    )

    assert trial(EAST, late).found(together) == [("goods_not_ready", 2, 1_800, 0)]
    assert trial(EAST, late, vehicle=small).found(later) == []


FOREIGN = a_door("3", 0.08, node="RBX", load=Load(700_000, 50_000, 2))
AT_ROUBAIX = Step(StopKind.PICKUP, ROUBAIX, 320, door=FOREIGN)
TWO_NODES = (a_node(), a_node("RBX", ROUBAIX))


def test_goods_of_another_node_are_collected_before_they_are_delivered():
    both = replace(trial(EAST, FOREIGN), nodes=TWO_NODES)
    good = driven(VAN, at(9), depart(), AT_ROUBAIX, to(FOREIGN), home())
    reverse = driven(VAN, at(9), depart(), to(FOREIGN), AT_ROUBAIX, home())
    forgotten = driven(VAN, at(9), depart(), to(FOREIGN), home())
    kept = driven(VAN, at(9), depart(), AT_ROUBAIX, to(EAST), home())

    assert both.found(good) == []
    assert both.found(reverse) == [("not_collected", 1, 0, 1)]
    assert [code for code, *_ in both.found(forgotten)] == ["other_node"]
    assert both.found(kept) == [("not_delivered", 1, 0, 1)]


def test_goods_are_taken_over_in_their_node_s_hours_and_in_their_time():
    early = replace(
        trial(FOREIGN), nodes=(a_node(), a_node("RBX", ROUBAIX, opening_hours="Mo-Sa 10:00-19:00"))
    )
    good = driven(VAN, at(9, 50), depart(), AT_ROUBAIX, to(FOREIGN), home())
    soon = driven(VAN, at(9), depart(), AT_ROUBAIX, to(FOREIGN), home())
    hurried = replace(AT_ROUBAIX, for_s=100)
    hasty = driven(VAN, at(9, 50), depart(), hurried, to(FOREIGN), home())

    assert early.found(good) == []
    ((code, place, before_s, limit_s),) = early.found(soon)
    assert (code, place, limit_s) == ("source_shut", 1, 0)
    assert before_s == (at(10) - soon.stops[1].start).total_seconds()
    assert early.found(hasty) == [("service_short", 1, 100, 320)]


def test_a_pair_is_made_on_one_trip():
    twice = a_vehicle(reloads=1)
    parted = driven(twice, at(9), depart(), AT_ROUBAIX, reload(0), to(FOREIGN), home())

    found = replace(trial(FOREIGN, vehicle=twice), nodes=TWO_NODES).found(parted)

    assert found == [("not_collected", 3, 0, 1)]


def test_what_is_collected_counts_from_there_to_its_door():
    heavy = replace(EAST, shipment=replace(EAST.shipment, load=Load(200_000, 0, 1)))
    both = replace(trial(heavy, FOREIGN), nodes=TWO_NODES)
    after = driven(VAN, at(9), depart(), to(heavy), AT_ROUBAIX, to(FOREIGN), home())
    aboard = driven(VAN, at(9), depart(), AT_ROUBAIX, to(FOREIGN), to(heavy), home())

    assert both.found(after) == []
    assert both.found(aboard) == [("too_heavy", 1, 900_000, 800_000)]


def test_a_return_stays_aboard_to_the_end_of_its_trip():
    back = replace(WEST, shipment=replace(WEST.shipment, load=Load(780_000, 0, 1)))
    pick_up = Step(StopKind.PICKUP, point_of(WEST), back.service_s, door=back)
    twice = a_vehicle(reloads=1)
    full = driven(VAN, at(9), depart(), pick_up, to(EAST), home())
    unloaded = driven(twice, at(9), depart(), pick_up, reload(0), to(EAST), home())

    assert trial(EAST, back).found(full) == [("too_heavy", 1, 810_000, 800_000)]
    assert trial(EAST, back, vehicle=twice).found(unloaded) == []


# work and rests


def test_work_beyond_the_usual_is_dearer_and_ends_somewhere():
    tour = east_and_west()
    work_s = tour.work_s
    dear = a_vehicle(
        max_work_s=work_s - 1_000, overtime_s=1_000, overtime_cost_per_hour_cents=1_800
    )
    paid = east_and_west(dear)

    assert paid.cost_cents == tour.cost_cents + 500
    assert trial(vehicle=dear).found(paid) == []
    assert trial(vehicle=dear).found(tour) == [
        ("cost_differs", None, tour.cost_cents, paid.cost_cents)
    ]
    assert trial(vehicle=replace(dear, overtime_s=999)).found(paid) == [
        ("too_much_work", None, work_s, work_s - 1)
    ]


WORKING = replace(TRIAL.policy, rests=(RestRule("working", 1_200, work_s=10_800),))
DRIVING = TouringPolicy(rests=(RestRule("driving", 2_700, drive_s=2_000, heavy_only=True),))


def long_day(*between_doors: Step) -> Tour:
    """Leaves at nine, is at the first door until eleven, at the second from one on."""
    return driven(
        VAN,
        at(9),
        depart(),
        to(EAST, not_before=at(10, 55)),
        *between_doors,
        to(WEST, not_before=at(13)),
        home(),
    )


def test_a_pause_is_due_before_so_much_work_is_done_waiting_included():
    straight = long_day()
    paused = long_day(pause(1_200, point_of(EAST)))
    short = long_day(pause(1_199, point_of(EAST)))

    assert trial(policy=WORKING).found(straight) == [("rest_missing", 3, straight.work_s, 10_800)]
    assert trial(policy=WORKING).found(paused) == []
    assert trial(policy=WORKING).found(short) == [("rest_missing", 4, short.work_s, 10_800)]


def test_work_is_counted_anew_from_the_end_of_a_pause():
    early = driven(
        VAN,
        at(9),
        depart(),
        to(EAST),
        pause(1_200, point_of(EAST)),
        to(WEST, not_before=at(13)),
        home(),
    )
    rested = early.stops[2].departure

    assert trial(policy=WORKING).found(early) == [
        ("rest_missing", 4, int((early.end - rested).total_seconds()), 10_800)
    ]


@pytest.mark.parametrize(
    ("gross_weight_kg", "payload_g", "due"),
    [
        (3_500, 800_000, False),
        (3_501, 800_000, True),
        (None, 800_000, False),
        (12_000, 10**6, True),
    ],
)
def test_driving_is_counted_for_heavy_vehicles(
    gross_weight_kg: int | None, payload_g: int, due: bool
):
    lorry = a_vehicle(gross_weight_kg=gross_weight_kg, capacity=Load(payload_g, 6_000_000, 60))
    far = a_door("3", 0.35)
    tour = driven(lorry, at(9), depart(), to(far), home())
    assert tour.drive_s > 2_000

    found = trial(far, vehicle=lorry, policy=DRIVING).found(tour)

    assert found == ([("rest_missing", 2, tour.drive_s, 2_000)] if due else [])


def test_the_way_to_a_pause_counts_before_it_and_the_way_from_it_after():
    lorry = a_vehicle(gross_weight_kg=7_500)
    far = a_door("3", 0.35)
    out_s = driven(lorry, at(9), depart(), to(far), home()).stops[1].drive_s
    rule = replace(DRIVING, rests=(RestRule("driving", 2_700, drive_s=out_s),))
    there = driven(lorry, at(9), depart(), to(far), pause(2_700, point_of(far)), home())
    at_home = driven(lorry, at(9), depart(), pause(2_700, LILLE), to(far), home())

    assert trial(far, vehicle=lorry, policy=rule).found(there) == []
    assert trial(far, vehicle=lorry, policy=rule).found(at_home) == [
        ("rest_missing", 3, 2 * out_s, out_s)
    ]


def test_the_break_of_the_contract_is_a_pause_in_law_and_the_other_way_round():
    resting = a_vehicle(break_s=1_800, break_from=at(11).time(), break_to=at(14).time())
    tour = driven(
        resting,
        at(9),
        depart(),
        to(EAST, not_before=at(10, 55)),
        pause(1_800, point_of(EAST)),
        to(WEST, not_before=at(13)),
        home(),
    )

    assert trial(vehicle=resting, policy=WORKING).found(tour) == []


def test_the_law_asks_twenty_minutes_after_six_hours_of_everyone():
    assert [(rest.length_s, rest.work_s) for rest in LEGAL_RESTS if not rest.heavy_only] == [
        (1_200, 21_600)
    ]


# locks


def lock(kind: LockKind, *shipments: str, vehicle: str = "", **but: Any) -> TourLock:
    return TourLock(ON, kind, shipments, vehicle, **but)


def two_tours() -> tuple[Tour, Tour]:
    second = a_vehicle("V2")
    return (
        driven(VAN, at(9), depart(), to(EAST), home()),
        driven(second, at(9), depart(), to(WEST), home(), number=2),
    )


@pytest.mark.parametrize(
    ("kept", "broken", "code"),
    [
        (
            lock(LockKind.VEHICLE, "2-1", vehicle="V1"),
            lock(LockKind.VEHICLE, "2-1", vehicle="V2"),
            "lock_vehicle",
        ),
        (
            lock(LockKind.NOT_VEHICLE, "2-1", vehicle="V2"),
            lock(LockKind.NOT_VEHICLE, "2-1", vehicle="V1"),
            "lock_not_vehicle",
        ),
    ],
)
def test_a_shipment_rides_on_the_vehicle_that_was_laid_down(
    kept: TourLock, broken: TourLock, code: str
):
    assert trial(locks=[kept]).found(east_and_west()) == []
    assert trial(locks=[broken]).found(east_and_west()) == [(code, 2, 1, 0)]


def test_an_agreed_time_is_kept_to_the_second_and_stands_in_for_the_window():
    door = replace(EAST, window=between(15, 16))
    tour = driven(VAN, at(9), depart(), to(door, not_before=at(10)), home())

    on_time = trial(door, locks=[lock(LockKind.AT, "1-1", at=at(10))])
    too_early = trial(door, locks=[lock(LockKind.AT, "1-1", at=at(10, 1))])

    assert on_time.found(tour) == []
    assert too_early.found(tour) == [("lock_time", 1, 60, 0)]


def test_some_ride_together_or_not_at_all():
    together = trial(locks=[lock(LockKind.TOGETHER, "1-1", "2-1")])
    alone = driven(VAN, at(9), depart(), to(EAST), home())
    left = Unplanned("2", "2-1", Colour.YELLOW, ())

    assert together.found(east_and_west()) == []
    assert together.found(*two_tours()) == [("lock_together", 1, 1, 0)]
    assert together.found(alone, unplanned=(left,)) == [("lock_together", None, 1, 0)]


def test_orders_of_a_group_ride_together():
    grouped = trial(*(replace(door, group="kitchen") for door in (EAST, WEST)))

    assert grouped.found(east_and_west()) == []
    assert grouped.found(*two_tours()) == [("group_split", 1, 1, 0)]


def test_some_never_ride_together():
    apart = trial(locks=[lock(LockKind.APART, "1-1", "2-1")])

    assert apart.found(*two_tours()) == []
    assert apart.found(east_and_west()) == [("lock_apart", 2, 2, 1)]


def test_the_first_visits_stay_where_they_are():
    first = trial(locks=[lock(LockKind.FIRST, "1-1", "2-1", vehicle="V1")])
    swapped = driven(VAN, at(9), depart(), to(WEST), to(EAST), home())

    assert first.found(east_and_west()) == []
    assert first.found(swapped) == [("lock_first", None, 2, 1)]
    assert first.found(driven(VAN, at(9), depart(), to(EAST), home())) == [
        ("lock_first", None, 0, 2)
    ]


def test_a_lock_is_for_its_day_alone():
    tomorrow = replace(lock(LockKind.VEHICLE, "2-1", vehicle="V2"), on=ON + timedelta(days=1))

    assert trial(locks=[tomorrow]).found(east_and_west()) == []


CODES = [
    "wrong_start",
    "wrong_end",
    "not_loaded",
    "load_out_of_place",
    "loading_short",
    "goods_not_ready",
    "not_collected",
    "not_delivered",
    "source_shut",
    "shut",
    "too_much_work",
    "rest_missing",
    "lock_vehicle",
    "lock_not_vehicle",
    "lock_time",
    "lock_together",
    "lock_apart",
    "lock_first",
    "group_split",
]


@pytest.mark.parametrize("code", CODES)
def test_every_violation_is_a_sentence(french: None, code: str):
    said = sentence(violation_reason(Violation(code, "T1", 2, 1_500, 1_200, "480213-1")))

    assert "check_" not in said
    assert "{" not in said
