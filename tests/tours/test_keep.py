"""Planning again at three levels: everything, tours with what may join, or the order of stops."""

from typing import Any

import pytest

from app.domain.acts.tours import LockTour
from app.domain.tours import TourPlan
from app.operations import hand, touring
from app.planning.tours.kept import Keep
from app.planning.tours.moves import Reverse
from app.planning.tours.problem import Problem
from app.planning.tours.solver import solve
from app.workspace import Workspace
from db.plans import load_plan
from tests.tours.a_day import ON
from tests.tours.test_hand import T1, planned_by_hand, stops, tour

#: Orders stand in a line eastwards: these tours cross each other, and 5 waits.
MIXED = (("1", "6", "3"), ("2", "7", "4"))


def solve_here(problem: Problem, **wanted: Any) -> TourPlan:
    """The search itself, in this process and counted."""
    return solve(problem, seed=wanted["seed"], iterations=60)


def plan_again(workspace: Workspace, keep: Keep | None, **wanted: Any) -> touring.PlanRun:
    return touring.plan(workspace, ON, keep=keep, apply=True, solver=solve_here, **wanted)


def carried(workspace: Workspace) -> dict[str, set[str]]:
    plan = workspace.read(load_plan, ON)
    return {t.vehicle: {stop.order for stop in t.deliveries} for t in plan.tours}


def test_keeping_vehicles_changes_the_order_of_stops_alone(workspace: Workspace):
    planned_by_hand(workspace, *MIXED, left=("5",))
    before, cost = carried(workspace), workspace.read(load_plan, ON).cost_cents

    plan_again(workspace, Keep.VEHICLES)

    assert carried(workspace) == before
    assert sorted(stops(workspace)) == [1, 2]
    assert workspace.read(load_plan, ON).cost_cents < cost
    assert touring.check(workspace, on=ON).verdict.feasible


def test_keeping_tours_lets_what_waits_join_one_of_them(workspace: Workspace):
    planned_by_hand(workspace, *MIXED, left=("5",))
    before = carried(workspace)

    plan_again(workspace, Keep.TOURS)

    after = carried(workspace)
    assert {order for orders in after.values() for order in orders} == set("1234567")
    assert all(after[vehicle] >= orders for vehicle, orders in before.items())


@pytest.mark.parametrize("keep", list(Keep))
def test_a_tour_keeps_its_number(workspace: Workspace, keep: Keep):
    planned_by_hand(workspace, ("4",), ("2",), ("3",))
    numbers = {t.vehicle: t.number for t in workspace.read(load_plan, ON).tours}

    plan_again(workspace, keep)

    assert {t.vehicle: t.number for t in workspace.read(load_plan, ON).tours} == numbers


@pytest.mark.parametrize("keep", list(Keep))
def test_locked_tours_stay_as_they_are_at_every_level(workspace: Workspace, keep: Keep):
    planned_by_hand(workspace, *MIXED)
    hand.apply_move(workspace, ON, Reverse(T1), force=True, reason="so")
    workspace.submit(LockTour(T1, locked=True))
    locked = tour(workspace, T1)

    plan_again(workspace, keep)

    assert tour(workspace, T1) == locked


def test_what_waited_still_waits_when_only_the_order_may_change(workspace: Workspace):
    planned_by_hand(workspace, *MIXED, left=("5",))
    plan_again(workspace, None)
    touring.unplan(workspace, ["5-1"])
    waiting = {left.shipment for left in workspace.read(load_plan, ON).unplanned}

    plan_again(workspace, Keep.VEHICLES)

    assert waiting == {"5-1"}
    assert {left.shipment for left in workspace.read(load_plan, ON).unplanned} == waiting
