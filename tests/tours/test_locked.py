"""What people laid down is kept by planning, and the judge knows of it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.locks import LockKind, TourLock
from app.domain.tours import PlanState
from app.errors import LocksContradict, NotThatDay, UnknownSubject
from app.operations import hand, locks, touring
from app.planning.tours.locked import NOBODY, with_locks
from app.planning.tours.moves import Place
from app.planning.tours.problem import Problem
from app.workspace import Workspace
from tests.builders import a_vehicle
from tests.tours.a_day import ON, Day, a_door, at
from tests.tours.test_touring import fill, planned, today

DAY = Day([a_door(str(n), 0.02 * n) for n in range(1, 4)], [a_vehicle(), a_vehicle("V2")])


def lock(kind: LockKind, *shipments: str, vehicle: str = "", **but: Any) -> TourLock:
    return TourLock(ON, kind, shipments, vehicle, **but)


def laid(*given: TourLock, **but: Any) -> Problem:
    return with_locks(DAY.problem(), given, **but)


def test_a_vehicle_alone_may_make_the_visit_and_no_other_where_two_are_named():
    one, other = (lock(LockKind.VEHICLE, "1-1", vehicle=name) for name in ("V1", "V2"))

    assert laid(one).visits[0].only == {"V1"}
    assert laid(one, other).visits[0].only == NOBODY
    assert not any(v.may_take(laid(one, other).visits[0]) for v in DAY.problem().vehicles)


def test_a_time_takes_the_place_of_every_window():
    problem = laid(lock(LockKind.AT, "1-1", at=at(14)))

    assert problem.visits[0].spans == ((14 * 3_600, 14 * 3_600),)
    assert problem.visits[0].window is not None
    assert problem.visits[0].window.start == at(14)


def test_agreed_for_two_times_a_visit_is_made_at_neither():
    problem = laid(lock(LockKind.AT, "1-1", at=at(14)), lock(LockKind.AT, "1-1", at=at(15)))

    assert problem.visits[0].only == NOBODY


def test_company_and_first_stops_become_the_problems_own():
    problem = laid(
        lock(LockKind.TOGETHER, "1-1", "2-1"),
        lock(LockKind.APART, "2-1", "3-1"),
        lock(LockKind.FIRST, "3-1", "1-1", vehicle="V2"),
        lock(LockKind.NOT_VEHICLE, "2-1", vehicle="V1"),
    )

    assert problem.together == (frozenset({0, 1}),)
    assert problem.apart == (frozenset({1, 2}),)
    assert problem.begun == ((1, (2, 0)),)
    assert problem.visits[1].never == {"V1"}


def test_orders_of_a_group_ride_together_and_with_what_rides_already():
    groups = {"1-1": "kitchen", "3-1": "kitchen", "2-1": ""}

    assert laid(groups=groups).together == (frozenset({0, 2}),)
    following = laid(lock(LockKind.TOGETHER, "1-1", "9-1"), riding={"9-1": "V7"})
    assert following.visits[0].only == {"V7"}


def test_locks_of_other_days_and_of_shipments_that_are_not_there_change_nothing():
    tomorrow = replace(lock(LockKind.VEHICLE, "1-1", vehicle="V1"), on=ON.replace(day=25))
    gone = lock(LockKind.FIRST, "8-1", vehicle="V1")

    problem = laid(tomorrow, gone)

    assert problem.visits == DAY.problem().visits
    assert (problem.together, problem.apart) == ((), ())


def a_day(workspace: Workspace) -> None:
    fill(
        workspace,
        *(today(str(n), 0.01 * n) for n in range(1, 5)),
        vehicles=(a_vehicle(), a_vehicle("V2")),
    )


def vehicle_of(workspace: Workspace, shipment: str) -> str:
    tours = touring.tours_of(workspace, ON)
    return next(t.vehicle for t in tours if shipment in {stop.shipment for stop in t.deliveries})


@pytest.mark.parametrize("vehicle", ["V1", "V2"])
def test_planning_keeps_a_shipment_on_its_vehicle(workspace: Workspace, vehicle: str):
    a_day(workspace)
    locks.lock_shipments(workspace, [lock(LockKind.VEHICLE, "2-1", vehicle=vehicle)])

    planned(workspace)

    assert vehicle_of(workspace, "2-1") == vehicle
    assert touring.check(workspace, on=ON).verdict.feasible


def test_planning_keeps_an_agreed_time_and_the_judge_minds_it(workspace: Workspace):
    a_day(workspace)
    locks.lock_shipments(workspace, [lock(LockKind.AT, "2-1", at=at(16))])
    with pytest.raises(LocksContradict):
        locks.lock_shipments(workspace, [lock(LockKind.AT, "2-1", at=at(6))])
    locks.lock_shipments(workspace, [lock(LockKind.AT, "2-1", at=at(11))])

    planned(workspace)

    stops = [stop for tour in touring.tours_of(workspace, ON) for stop in tour.deliveries]
    assert next(stop.start for stop in stops if stop.shipment == "2-1") == at(11)
    assert touring.check(workspace, on=ON).verdict.feasible


def test_a_lock_made_after_the_plan_speaks_against_it_until_it_is_taken_off(workspace: Workspace):
    a_day(workspace)
    planned(workspace)
    there = vehicle_of(workspace, "1-1")

    settled = locks.lock_shipments(workspace, [lock(LockKind.NOT_VEHICLE, "1-1", vehicle=there)])

    assert [v.code for v in touring.check(workspace, on=ON).verdict.violations] == [
        "lock_not_vehicle"
    ]
    workspace.undo(settled.entry)
    assert touring.check(workspace, on=ON).verdict.feasible


def test_a_lock_can_be_taken_off_put_back_and_replaced(workspace: Workspace):
    a_day(workspace)
    early, late = (lock(LockKind.AT, "1-1", at=at(hour)) for hour in (14, 15))
    locks.lock_shipments(workspace, [early])
    locks.lock_shipments(workspace, [late])
    assert locks.locks_of(workspace, ON) == (late,)

    taken = locks.unlock(workspace, late.code)
    assert locks.locks_of(workspace, ON) == ()
    workspace.undo(taken.entry)

    assert locks.locks_of(workspace, ON) == (late,)


def test_what_contradicts_the_locks_that_are_there_is_refused_by_name(workspace: Workspace):
    a_day(workspace)
    locks.lock_shipments(workspace, [lock(LockKind.VEHICLE, "1-1", vehicle="V1")])
    locks.lock_shipments(workspace, [lock(LockKind.VEHICLE, "3-1", vehicle="V2")])

    with pytest.raises(LocksContradict) as refused:
        locks.lock_shipments(workspace, [lock(LockKind.NOT_VEHICLE, "1-1", vehicle="V1")])

    assert refused.value.reason["locks"] == (
        "2026-11-24/not_vehicle/V1/1-1, 2026-11-24/vehicle/V1/1-1"
    )
    assert len(locks.locks_of(workspace, ON)) == 2


def test_what_is_not_there_that_day_is_not_locked(workspace: Workspace):
    a_day(workspace)
    tomorrow = replace(lock(LockKind.VEHICLE, "1-1", vehicle="V1"), on=ON.replace(day=25))

    with pytest.raises(NotThatDay):
        locks.lock_shipments(workspace, [tomorrow])
    with pytest.raises(UnknownSubject):
        locks.lock_shipments(workspace, [lock(LockKind.VEHICLE, "9-1", vehicle="V1")])
    with pytest.raises(UnknownSubject):
        locks.lock_shipments(workspace, [lock(LockKind.VEHICLE, "1-1", vehicle="V9")])
    with pytest.raises(UnknownSubject):
        locks.unlock(workspace, "2026-11-24/vehicle/V1/1-1")


def test_a_contradiction_that_came_later_is_noted_and_the_rest_is_planned(workspace: Workspace):
    a_day(workspace)
    locks.lock_shipments(workspace, [lock(LockKind.VEHICLE, "1-1", vehicle="V2")])
    fill(workspace, vehicles=(a_vehicle(), a_vehicle("V2", active=False)))

    run = planned(workspace)

    assert [note.code for note in run.notes] == ["locks_contradict"]
    assert sorted(stop.shipment for tour in run.plan.tours for stop in tour.deliveries) == [
        "2-1",
        "3-1",
        "4-1",
    ]


def test_company_of_an_agreed_tour_waits_for_its_vehicle(workspace: Workspace):
    a_day(workspace)
    run = planned(workspace)
    touring.set_state(workspace, ON, PlanState.VALIDATED)
    there = vehicle_of(workspace, "1-1")
    fill(workspace, today("5", 0.03), vehicles=(a_vehicle(), a_vehicle("V2")))
    locks.lock_shipments(workspace, [lock(LockKind.TOGETHER, "1-1", "5-1")])

    again = planned(workspace)

    assert len(run.plan.tours) == 1
    assert there == "V1" or there == "V2"
    assert [left.shipment for left in again.plan.unplanned] == ["5-1"]


def test_who_is_taken_out_leaves_the_agreed_times_of_others(workspace: Workspace):
    fill(workspace, *(today(str(n), 0.01 * n) for n in range(1, 5)), vehicles=(a_vehicle(),))
    locks.lock_shipments(workspace, [lock(LockKind.AT, "2-1", at=at(11))])
    planned(workspace)

    touring.unplan(workspace, ["1-1"])

    stops = [stop for tour in touring.tours_of(workspace, ON) for stop in tour.deliveries]
    assert {s.shipment: s.start for s in stops}["2-1"] == at(11)
    assert touring.check(workspace, on=ON).verdict.feasible


def test_a_hand_that_moves_a_locked_shipment_hears_of_the_lock(workspace: Workspace):
    a_day(workspace)
    planned(workspace)
    there = vehicle_of(workspace, "1-1")
    locks.lock_shipments(workspace, [lock(LockKind.VEHICLE, "1-1", vehicle=there)])
    other = {"V1": "V2", "V2": "V1"}[there]

    seen = hand.preview_move(workspace, ON, Place(("1-1",), vehicle=other))

    assert [violation.code for violation in seen.broken] == ["lock_vehicle"]
