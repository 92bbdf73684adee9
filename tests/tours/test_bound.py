"""The bound on a day's cost: below every plan there is, and not so far below as to say nothing."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.tours import TourPlan
from app.operations.touring_documents import as_document
from app.planning.tours import bound as bounding
from app.planning.tours.answer import plan_of
from app.planning.tours.bound import Bound, BoundKind, bound_of, least_cents
from app.planning.tours.kept import Keep
from app.planning.tours.problem import Problem
from app.planning.tours.settle import Driven, Exact
from app.planning.tours.solver import solve
from app.workspace import Workspace
from tests.builders import ROUBAIX, a_node, a_vehicle
from tests.tours.a_day import Day, a_door, any_days, between, some_days
from tests.tours.test_touring import fill, planned, today


def every_plan(problem: Problem) -> Iterator[dict[int, Driven]]:
    """Each way to drive some of the visits in any order on any vehicle; without further trips."""
    exact = Exact(problem)
    vehicles = range(-1, len(problem.vehicles))
    for given_to in product(vehicles, repeat=len(problem.visits)):
        loads: dict[int, list[int]] = {}
        for visit, vehicle in enumerate(given_to):
            if vehicle >= 0:
                loads.setdefault(vehicle, []).append(visit)
        best: dict[int, Driven] = {}
        for vehicle, visits in loads.items():
            driven = [d for order in permutations(visits) if (d := exact.drive(vehicle, order))]
            if not driven:
                break
            best[vehicle] = min(driven, key=lambda one: cents(problem, {vehicle: one}))
        else:
            yield best


def cents(problem: Problem, tours: dict[int, Driven]) -> int:
    return plan_of(problem, tours).cost_cents


def total(problem: Problem, tours: dict[int, Driven]) -> int:
    toured = {visit for tour in tours.values() for visit in tour.made}
    left = (v.prize_cents for n, v in enumerate(problem.visits) if n not in toured)
    return cents(problem, tours) + sum(left)


@settings(max_examples=60, deadline=None)
@given(day=some_days(doors=4, vehicles=2), assigned=st.booleans())
def test_no_plan_of_a_small_day_is_cheaper_than_its_bound(day: Day, assigned: bool):
    problem = day.problem()
    most = bounding.MOST_ASSIGNED
    bounding.MOST_ASSIGNED = most if assigned else 0
    try:
        least = least_cents(problem)
    finally:
        bounding.MOST_ASSIGNED = most

    assert least <= min(total(problem, tours) for tours in every_plan(problem))


@given(day=some_days(doors=7, vehicles=3))
def test_what_the_solver_finds_is_never_below_the_bound(day: Day):
    problem = day.problem()

    found = bound_of(problem, solve(problem, iterations=10))

    assert least_cents(problem) <= found.total_cents
    assert found.bound_cents <= found.total_cents
    assert 0 <= found.gap <= 1


@given(day=any_days(), seed=st.integers(0, 3))
def test_nor_is_it_on_days_with_reloads_overtime_ends_elsewhere_and_doors_that_share(
    day: Day, seed: int
):
    problem = day.problem()

    found = bound_of(problem, solve(problem, iterations=10, seed=seed))

    assert least_cents(problem) <= found.total_cents


def a_row(count: int, **but: object) -> Day:
    doors = [a_door(f"{n:03}", 0.01 * n) for n in range(1, count + 1)]
    return Day(doors, (a_vehicle(cost_per_hour_cents=2_000, **but),))


def test_a_bound_is_not_a_trifle_where_a_tour_goes_from_door_to_door():
    problem = a_row(20).problem()

    found = bound_of(problem, solve(problem, iterations=30))

    assert found.kind is BoundKind.PROVEN
    assert found.gap < 0.5


def test_what_carriers_take_for_less_counts_at_their_price():
    day = a_row(3)
    cheap = replace(day, prizes={door.shipment.code: 1 for door in day.doors})

    assert least_cents(cheap.problem()) <= 3
    assert bound_of(cheap.problem(), TourPlan(cheap.problem().on, ())).total_cents == 3


def test_vehicles_that_the_goods_need_cost_their_being_sent_out():
    doors = a_row(6).doors
    small = a_vehicle(fixed_cost_cents=10_000)
    full = replace(small, capacity=replace(small.capacity, parcels=2))
    three = [replace(full, code=f"V{n}") for n in range(3)]

    apart = least_cents(Day(doors, three).problem())
    together = least_cents(Day(doors, [replace(small, code=v.code) for v in three]).problem())

    assert together >= 10_000  # one at least goes out
    assert apart >= 30_000
    assert apart - together == pytest.approx(20_000, rel=0.1)


def test_of_depots_that_share_nothing_each_sends_one_out_or_leaves_all_to_carriers():
    near = [a_door(f"{n}", 0.01 * n) for n in range(1, 4)]
    far = [a_door(f"{n}", 0.01 * n, node="RBX") for n in range(4, 7)]
    fleet = [a_vehicle(f"V{node}", node, fixed_cost_cents=7_000) for node in ("LIL", "RBX")]
    day = Day([*near, *far], fleet, (a_node(), a_node("RBX", ROUBAIX)))

    both = least_cents(day.problem())
    dear = replace(day, prizes={door.shipment.code: 100 for door in far})

    assert both >= 14_000
    assert 7_000 + 300 <= least_cents(dear.problem()) < 14_000


def test_a_way_that_no_window_leaves_time_for_is_not_counted_on():
    early = [a_door(f"{n}", 0.05 * n, window=between(8, 9)) for n in range(1, 5)]
    fleet = [a_vehicle(f"V{n}", cost_per_km_cents=50.0) for n in range(4)]
    spread = [replace(d, window=between(8 + 2 * n, 9 + 2 * n)) for n, d in enumerate(early)]

    assert least_cents(Day(spread, fleet).problem()) > 0
    loose = [replace(door, window=None) for door in early]
    assert least_cents(Day(spread, fleet).problem()) >= least_cents(Day(loose, fleet).problem())


def test_tours_that_stand_count_on_both_sides():
    problem = a_row(4).problem()
    plan = solve(problem, iterations=10)
    alone, beside = bound_of(problem, plan), bound_of(problem, plan, standing_cents=5_000)

    assert beside.total_cents - alone.total_cents == 5_000
    assert beside.bound_cents - alone.bound_cents == 5_000


def test_a_day_without_vehicles_or_visits_has_a_bound():
    nobody = Day(a_row(2).doors, ()).problem()
    nothing = Day([], (a_vehicle(),)).problem()

    assert least_cents(nothing) == 0
    assert bound_of(nobody, TourPlan(nobody.on, ())).gap == 0


@pytest.mark.parametrize(("total_cents", "bound_cents", "gap"), [(0, 0, 0), (200, 150, 0.25)])
def test_the_gap_is_what_could_still_be_saved(total_cents: int, bound_cents: int, gap: float):
    assert Bound(total_cents, bound_cents).gap == gap


def test_a_run_keeps_how_it_became_good_and_what_no_plan_can_stay_below(workspace: Workspace):
    fill(workspace, *(today(str(n), 0.01 * n) for n in range(1, 6)))

    run = planned(workspace)
    summary = as_document(run)["summary"]
    curve = as_document(run)["curve"]

    assert [point["worth_cents"] for point in curve] == sorted(
        (point["worth_cents"] for point in curve), reverse=True
    )
    assert curve[-1]["cost_cents"] == run.drafts.cost_cents
    assert summary["total_cents"] == run.drafts.cost_cents
    assert 0 < summary["bound_cents"] <= summary["total_cents"]
    assert summary["gap"] == pytest.approx(
        1 - summary["bound_cents"] / summary["total_cents"], 1e-3
    )
    assert summary["bound_kind"] == "proven"


def test_where_only_a_part_was_free_nothing_is_claimed(workspace: Workspace):
    fill(workspace, *(today(str(n), 0.01 * n) for n in range(1, 4)))
    planned(workspace)

    run = planned(workspace, keep=Keep.VEHICLES)

    assert run.bound is None
    assert as_document(run)["summary"]["bound_cents"] is None


def test_two_thousand_visits_are_bounded_while_a_person_waits():
    doors = [a_door(f"{n:04}", 0.002 * (n % 50), 0.002 * (n // 50)) for n in range(2_000)]
    problem = Day(doors, [a_vehicle(f"V{n:02}") for n in range(60)]).problem()
    before_s = process_time()

    assert least_cents(problem) > 0

    assert process_time() - before_s < 5
