"""What every plan of the solver keeps to, whatever the day."""

from dataclasses import replace
from datetime import time
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.tours import Colour, StopKind, TourPlan
from app.domain.values import Load
from app.planning.tours.parts import parts_of
from app.planning.tours.pricing import worth_mc
from app.planning.tours.problem import Problem
from app.planning.tours.settle import Exact
from app.planning.tours.solver import solve
from tests.builders import a_vehicle
from tests.tours.a_day import (
    ROUBAIX,
    Day,
    a_door,
    a_node,
    at,
    between,
    some_days,
    without_carbon,
)

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(plan: TourPlan) -> list[str]:
    return [stop.shipment for tour in plan.tours for stop in tour.deliveries]


def worth(problem: Problem, plan: TourPlan) -> int:
    """What a plan is worth in thousandths of a cent: tours, carbon, and prizes left."""
    served = set(planned(plan))
    left = sum(v.prize_cents for v in problem.visits if v.shipment not in served)
    carbon = sum(tour.co2e_g for tour in plan.tours) * problem.carbon_cents_per_kg
    return 1_000 * (plan.cost_cents + left) + carbon


@QUICK
@given(day=some_days())
def test_every_plan_is_feasible_and_costs_what_the_judge_says(day: Day):
    plan = solve(day.problem(), iterations=25)

    verdict = day.judged(plan)

    assert verdict.violations == ()
    assert verdict.cost_cents == plan.cost_cents
    assert verdict.co2e_g == plan.co2e_g
    assert verdict.distance_m == plan.distance_m


@QUICK
@given(day=some_days())
def test_every_shipment_is_in_one_tour_or_left_out_with_reasons(day: Day):
    problem = day.problem()

    plan = solve(problem, iterations=10)

    left = [one.shipment for one in plan.unplanned]
    everything = sorted(door.shipment.code for door in day.doors)
    homes = {vehicle.depot for vehicle in day.vehicles}
    at_home = sorted(d.shipment.code for d in day.doors if d.shipment.node in homes)
    assert sorted(planned(plan) + left) == at_home
    assert plan.left_to_carriers == len(everything) - len(at_home)
    assert all(one.reasons for one in plan.unplanned)


@QUICK
@given(day=some_days())
def test_no_shipment_is_left_out_that_a_vehicle_takes_for_less_than_its_prize(day: Day):
    problem = day.problem()

    plan = solve(problem, iterations=5)

    base = worth(problem, plan)
    exact = Exact(problem)
    number = {visit.shipment: n for n, visit in enumerate(problem.visits)}
    for left in plan.unplanned:
        for vehicle, day_of in enumerate(problem.vehicles):
            tour = next((t for t in plan.tours if t.vehicle == day_of.code), None)
            visits = [number[s.shipment] for s in tour.deliveries] if tour else []
            before = exact.drive(vehicle, visits) if visits else None
            for place in range(len(visits) + 1):
                longer = [*visits[:place], number[left.shipment], *visits[place:]]
                driven = exact.drive(vehicle, longer)
                if driven is not None:
                    more = driven.worth_mc - (before.worth_mc if before else 0)
                    prize = 1_000 * problem.visits[number[left.shipment]].prize_cents
                    assert base + more - prize >= base


@QUICK
@given(day=some_days(doors=5, vehicles=2), seed=st.integers(0, 3))
def test_the_same_seed_and_iterations_give_the_same_plan(day: Day, seed: int):
    problem = day.problem()

    assert solve(problem, seed=seed, iterations=15) == solve(problem, seed=seed, iterations=15)


@QUICK
@given(day=some_days(doors=4, vehicles=1))
def test_on_a_small_day_the_plan_is_the_best_of_all_orders_and_choices(day: Day):
    problem = day.problem()
    if not problem.vehicles:
        return

    plan = solve(problem, iterations=300)

    assert worth(problem, plan) == best_by_trying_all(problem)


def best_by_trying_all(problem: Problem) -> int:
    """Every subset in every order on the one vehicle."""
    exact, all_visits = Exact(problem), range(len(problem.visits))
    prizes = sum(1_000 * visit.prize_cents for visit in problem.visits)
    best = prizes
    for size in range(1, len(problem.visits) + 1):
        for order in permutations(all_visits, size):
            driven = exact.drive(0, order)
            if driven is not None:
                brought = sum(1_000 * problem.visits[v].prize_cents for v in order)
                best = min(best, driven.worth_mc + prizes - brought)
    return best


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(day=some_days(doors=6, vehicles=2))
def test_one_more_vehicle_never_leaves_more_out(day: Day):
    dear = replace(day, prizes={door.shipment.code: 90_000 for door in day.doors})
    more = replace(dear, vehicles=[*dear.vehicles, replace(dear.vehicles[0], code="V9")])

    few = solve(dear.problem(), iterations=200)
    many = solve(more.problem(), iterations=200)

    assert len(many.unplanned) <= len(few.unplanned)


def test_the_break_stands_between_two_deliveries_within_its_hours():
    resting = a_vehicle(break_s=2_700, break_from=time(11, 30), break_to=time(14))
    doors = [
        a_door("1", 0.05, window=between(9, 10)),
        a_door("2", -0.05, window=between(15, 16)),
    ]

    (tour,) = solve(Day(doors, [resting]).problem(), iterations=20).tours

    kinds = [stop.kind for stop in tour.stops]
    assert kinds == [
        StopKind.DEPART,
        StopKind.DELIVERY,
        StopKind.BREAK,
        StopKind.DELIVERY,
        StopKind.RETURN,
    ]
    rest = tour.stops[2]
    assert rest.start >= at(11, 30)
    assert rest.departure <= at(14)
    assert (rest.departure - rest.start).total_seconds() == 2_700


def test_a_break_is_no_work_and_is_not_paid():
    doors = [a_door("1", 0.05, window=between(9, 10)), a_door("2", -0.05, window=between(15, 16))]
    tireless = a_vehicle(fixed_cost_cents=0, cost_per_km_cents=0, co2e_g_per_km=1)
    resting = replace(tireless, break_s=3_600, break_from=time(12), break_to=time(13))

    (with_break,) = solve(Day(doors, [resting]).problem(), iterations=20).tours
    (without,) = solve(Day(doors, [tireless]).problem(), iterations=20).tours

    assert with_break.end - with_break.start == without.end - without.start
    assert without.cost_cents - with_break.cost_cents == 2_400


def test_a_short_tour_before_the_break_needs_none_inside():
    resting = a_vehicle(break_s=2_700, break_from=time(12), break_to=time(14))
    morning = [a_door("1", 0.02, window=between(9, 10))]

    (tour,) = solve(Day(morning, [resting]).problem(), iterations=5).tours

    assert StopKind.BREAK not in [stop.kind for stop in tour.stops]


def test_waiting_is_paid_so_that_visits_follow_each_other():
    doors = [
        a_door("1", 0.01, window=between(9, 12)),
        a_door("2", 0.02, window=between(11, 12)),
    ]

    (tour,) = solve(Day(doors).problem(), iterations=20).tours

    assert tour.work_s - tour.drive_s == 600
    assert tour.start > at(10, 30)


def test_tours_are_numbered_by_depot_then_start_then_vehicle():
    nodes = [a_node("RBX", ROUBAIX), a_node("LIL")]
    vehicles = [a_vehicle("A", "RBX"), a_vehicle("B", "LIL"), a_vehicle("C", "LIL")]
    heavy = Load(500_000, 0, 1)
    doors = [
        a_door("1", 0.02, node="RBX"),
        a_door("2", 0.02, node="LIL", load=heavy, window=between(14, 15)),
        a_door("3", 0.03, node="LIL", load=heavy, window=between(9, 10)),
    ]

    plan = solve(Day(doors, vehicles, nodes).problem(taken={2}), iterations=20)

    assert [(t.code[-2:], t.number, t.depot) for t in plan.tours] == [
        ("T1", 1, "LIL"),
        ("T3", 3, "LIL"),
        ("T4", 4, "RBX"),
    ]
    assert plan.tours[0].start < plan.tours[1].start


def test_an_idle_vehicle_goes_out_when_orders_pay_for_it_only_together():
    far = [a_door(str(n), 0.05, 0.001 * n) for n in range(12)]
    prizes = {door.shipment.code: 900 for door in far}

    plan = solve(Day(far, prizes=prizes, policy=without_carbon()).problem(), iterations=1)

    assert len(planned(plan)) == 12


def test_improvements_are_told_and_only_get_better():
    doors = [a_door(str(n), 0.02 * (n % 5), 0.03 * (n % 7) - 0.1) for n in range(30)]
    told = []

    plan = solve(Day(doors).problem(), iterations=400, on_best=told.append)

    worths = [best.worth_cents for best in told]
    assert worths == sorted(worths, reverse=True)
    assert told[-1].cost_cents == plan.cost_cents
    assert told[-1].unplanned == len(plan.unplanned) == 0


def test_stop_ends_the_search_and_keeps_the_best():
    doors = [a_door(str(n), 0.02 * (n % 5), 0.03 * (n % 7) - 0.1) for n in range(40)]
    told = []
    day = Day(doors)

    plan = solve(day.problem(), iterations=10**9, on_best=told.append, stop=lambda: len(told) >= 2)

    assert day.judged(plan).feasible
    assert plan.cost_cents <= told[-1].cost_cents
    assert plan.iterations < 10**6


def test_a_search_without_a_limit_is_refused():
    with pytest.raises(ValueError, match="limit"):
        solve(Day([a_door("1")]).problem())


def test_a_day_falls_into_parts_that_share_no_vehicle():
    nodes = [a_node("LIL"), a_node("RBX", ROUBAIX)]
    vehicles = [a_vehicle("A", "LIL"), a_vehicle("B", "RBX"), a_vehicle("C", "LIL")]
    doors = [a_door("1", node="LIL"), a_door("2", node="RBX"), a_door("3", node="LIL")]

    parts = parts_of(Day(doors, vehicles, nodes).problem())

    assert [(part.visits, part.vehicles) for part in parts] == [((0, 2), (0, 1)), ((1,), (2,))]


def test_an_order_that_fits_nowhere_is_red_and_one_that_is_too_dear_is_green():
    doors = [
        a_door("1", 0.02, load=Load(900_000, 0, 1)),
        a_door("2", 0.02, window=between(5, 6)),
        a_door("3", 0.3),
    ]
    prizes = {"3-1": 700}

    plan = solve(Day(doors, prizes=prizes).problem(), iterations=5)

    colours = {left.order: (left.colour, left.reasons[0].code) for left in plan.unplanned}
    assert colours == {
        "1": (Colour.RED, "tour_too_heavy"),
        "2": (Colour.RED, "tour_window_closed"),
        "3": (Colour.GREEN, "tour_cheaper_carrier"),
    }


def test_worth_counts_money_and_carbon():
    problem = Day([a_door("1", 0.02)]).problem()
    driven = Exact(problem).drive(0, (0,))

    assert driven is not None
    table, vehicle = driven.table, problem.vehicles[0]
    cents = 4_000 + round(table.distance_m * 35 / 1_000) + round(table.work_s * 2_400 / 3_600)
    carbon_g = round(table.distance_m * 250 / 1_000)
    assert worth_mc(problem, vehicle, table) == 1_000 * cents + 10 * carbon_g
