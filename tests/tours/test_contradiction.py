"""When locks cannot all hold, the smallest set that cannot is named, and no other."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fleet import Vehicle
from app.domain.locks import LockKind, TourLock
from app.domain.orders import ShipmentAtDoor
from app.domain.values import Load
from app.planning.tours.contradiction import Day, can_hold, smallest_contradiction
from app.planning.tours.hindrance import hindrance
from app.wording import sentence
from app.wording.tours import contradiction_reason
from tests.builders import a_vehicle
from tests.tours.a_day import ON, PARIS, TRAVEL, a_door, at

DOORS = [a_door(str(n), 0.02 * n, load=Load(250_000, 1_000, 1)) for n in range(1, 5)]
VANS = (a_vehicle("V1"), a_vehicle("V2"))


def lock(kind: LockKind, *shipments: str, vehicle: str = "", **but: Any) -> TourLock:
    return TourLock(ON, kind, tuple(f"{name}-1" for name in shipments), vehicle, **but)


def on(vehicle: str, *shipments: str) -> TourLock:
    return lock(LockKind.VEHICLE, *shipments, vehicle=vehicle)


def not_on(vehicle: str, shipment: str) -> TourLock:
    return lock(LockKind.NOT_VEHICLE, shipment, vehicle=vehicle)


def together(*shipments: str) -> TourLock:
    return lock(LockKind.TOGETHER, *shipments)


def apart(*shipments: str) -> TourLock:
    return lock(LockKind.APART, *shipments)


def timed(shipment: str, hour: int, minute: int = 0) -> TourLock:
    return lock(LockKind.AT, shipment, at=at(hour, minute))


def first(vehicle: str, *shipments: str) -> TourLock:
    return lock(LockKind.FIRST, *shipments, vehicle=vehicle)


def a_ground(
    doors: list[ShipmentAtDoor] | None = None, vehicles: tuple[Vehicle, ...] = VANS
) -> Day:
    known = {door.shipment.code: door for door in doors or DOORS}
    return Day(ON, known, vehicles, {"LIL": PARIS}, TRAVEL)


@pytest.mark.parametrize(
    "locks",
    [
        [on("V1", "1"), not_on("V1", "1")],
        [on("V1", "1"), on("V2", "1")],
        [together("1", "2"), on("V1", "1"), on("V2", "2")],
        [together("1", "2"), together("2", "3"), apart("1", "3")],
        [together("1", "2"), apart("1", "2")],
        [together("1", "2", "3", "4")],
        [on("V1", "1"), on("V1", "2"), on("V1", "3"), on("V1", "4")],
        [timed("1", 7)],
        [timed("1", 17, 58)],
        [on("V1", "1"), on("V1", "2"), timed("1", 10), timed("2", 10, 1)],
        [first("V1", "1", "2"), first("V1", "2")],
        [first("V1", "1", "2"), on("V2", "2")],
        [first("V1", "1", "2"), timed("1", 12), timed("2", 10)],
        [together("1", "2"), not_on("V1", "1"), not_on("V2", "2")],
        [apart("1", "2", "3"), timed("1", 9), timed("2", 11), timed("3", 13)],
        [on("V9", "1")],
    ],
)
def test_what_cannot_hold_is_found_whatever_stands_round_it(locks: list[TourLock]):
    free = [timed("4", 12), not_on("V2", "4")]
    ground = a_ground()

    found = smallest_contradiction([free[0], *locks, free[1]], ground)

    assert set(found) == set(locks)
    assert all(
        can_hold([other for other in locks if other is not spared], ground) for spared in locks
    )


@pytest.mark.parametrize(
    "locks",
    [
        [],
        [on("V1", "1"), not_on("V2", "1")],
        [on("V1", "1"), on("V1", "2")],
        [together("1", "2"), apart("1", "3")],
        [not_on("V1", "1"), not_on("V2", "1")],
        [timed("1", 8, 30), timed("2", 8, 30)],
        [first("V1", "1"), first("V1", "1", "2"), timed("1", 10), timed("2", 12)],
        [apart("1", "2"), timed("1", 10), timed("2", 10)],
    ],
)
def test_what_can_hold_is_left_alone(locks: list[TourLock]):
    assert smallest_contradiction(locks, a_ground()) == ()


def test_two_are_named_where_three_contradict_too():
    few, many = [on("V1", "4"), not_on("V1", "4")], [together("1", "2"), on("V1", "1")]

    assert set(smallest_contradiction([*many, on("V2", "2"), *few], a_ground())) == set(few)


@pytest.mark.parametrize(
    "vehicle",
    [
        a_vehicle("V1", active=False),
        a_vehicle("V1", "RBX"),
        a_vehicle("V1", capacity=Load(249_999, 10**6, 10)),
    ],
)
def test_a_vehicle_that_cannot_take_it_contradicts_alone(vehicle: Vehicle):
    asked = on("V1", "1")

    assert smallest_contradiction([asked], a_ground(vehicles=(vehicle, VANS[1]))) == (asked,)


def test_goods_that_need_equipment_are_not_locked_to_a_vehicle_without():
    cold = replace(DOORS[0], handling=frozenset({"cold", "fragile"}))

    assert smallest_contradiction([on("V1", "1")], a_ground([cold])) == (on("V1", "1"),)


def test_reloading_carries_what_one_trip_cannot():
    twice = replace(VANS[0], reloads=1)

    everything = [together("1", "2", "3", "4")]

    assert not can_hold(everything, a_ground())
    assert can_hold(everything, a_ground(vehicles=(twice,)))


def test_a_night_shift_has_its_morning():
    night = a_vehicle("V1", shift_from=time(20), shift_to=time(6))
    morning = lock(LockKind.AT, "1", at=at(5) + timedelta(days=1))

    assert can_hold([morning], a_ground(vehicles=(night,)))
    assert not can_hold([timed("1", 12)], a_ground(vehicles=(night,)))


@st.composite
def some_locks(draw: st.DrawFn) -> list[TourLock]:
    names = st.sampled_from(["1", "2", "3", "4"])
    pairs = st.lists(names, min_size=2, max_size=3, unique=True)
    vehicles = st.sampled_from(["V1", "V2"])
    kinds = {
        LockKind.VEHICLE: st.builds(on, vehicles, names),
        LockKind.NOT_VEHICLE: st.builds(not_on, vehicles, names),
        LockKind.AT: st.builds(timed, names, st.integers(7, 12)),
        LockKind.TOGETHER: pairs.map(lambda some: together(*some)),
        LockKind.APART: pairs.map(lambda some: apart(*some)),
        LockKind.FIRST: st.builds(lambda v, some: first(v, *some), vehicles, pairs),
    }
    made = draw(st.lists(st.sampled_from(LockKind).flatmap(kinds.__getitem__), max_size=6))
    return list({one.code: one for one in made}.values())


@settings(deadline=None)
@given(some_locks())
def test_no_smaller_set_contradicts(locks: list[TourLock]):
    ground = a_ground()
    bad = [
        few
        for size in range(1, len(locks) + 1)
        for few in combinations(locks, size)
        if not can_hold(few, ground)
    ]

    found = smallest_contradiction(locks, ground)

    assert len(found) == (len(bad[0]) if bad else 0)
    assert not found or not can_hold(found, ground)


def test_the_refusal_names_them_in_words(french: None):
    said = sentence(contradiction_reason([on("FE01", "1"), timed("1", 14, 30)], PARIS))

    assert said == "Cela ne peut pas tenir ensemble\u00a0: 1-1 sur FE01; 1-1 à 14:30."


@pytest.mark.parametrize(
    ("asked", "doors", "vehicles", "code"),
    [
        (on("V9", "1"), DOORS, VANS, "laid_vehicle_away"),
        (on("V1", "1"), DOORS, (a_vehicle("V1", active=False), VANS[1]), "laid_vehicle_away"),
        (on("V1", "1"), [replace(DOORS[0], handling=frozenset({"cold"}))], VANS, "tour_no_skill"),
        (on("V1", "1"), DOORS, (a_vehicle("V1", capacity=Load(1, 1, 1)),), "tour_too_heavy"),
        (timed("1", 5), DOORS, VANS, "laid_out_of_hours"),
        (timed("1", 12), DOORS, (a_vehicle("V1", capacity=Load(1, 1, 1)),), "tour_too_heavy"),
        (together("1", "2", "3", "4"), DOORS, VANS, "laid_too_much"),
        (
            together("1", "9"),
            [DOORS[0], a_door("9", node="RBX")],
            VANS,
            "laid_several_nodes",
        ),
        (on("V1", "9"), [a_door("9", node="RBX")], VANS, "laid_other_depot"),
        (timed("9", 12), [a_door("9", node="RBX")], VANS, "no_vehicles_at"),
    ],
)
def test_a_lock_that_cannot_hold_alone_says_what_is_in_its_way(
    asked: TourLock, doors: list[ShipmentAtDoor], vehicles: tuple[Vehicle, ...], code: str
):
    ground = a_ground(doors, vehicles)

    why = hindrance(asked, ground)

    assert why is not None
    assert why.code == code
    said = sentence(contradiction_reason([asked], PARIS, why))
    assert said.startswith("This cannot hold: ")
    assert said.endswith(sentence(why))


def test_what_can_hold_has_nothing_in_its_way():
    assert hindrance(on("V1", "1"), a_ground()) is None


def test_thousands_of_locks_are_looked_through_at_once():
    doors = [a_door(str(n), 0.0001 * n) for n in range(2_000)]
    vans = tuple(a_vehicle(f"V{n}") for n in range(100))
    many = [on(f"V{n % 100}", str(n)) for n in range(2_000)]
    clash = not_on("V7", "1207")
    ground = a_ground(doors, vans)

    assert smallest_contradiction(many, ground) == ()
    assert set(smallest_contradiction([*many, clash], ground)) == {clash, many[1_207]}
