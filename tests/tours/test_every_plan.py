"""Small days in which everything may be asked: the solver's plan is the best of all plans."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.tours.displacing import displacement
from app.planning.tours.parts import Part, parts_of
from app.planning.tours.settle import Exact
from app.planning.tours.small_parts import MOST_VISITS, is_small, made_sure
from app.planning.tours.solver import solve
from tests.tours.a_line import a_day, a_van, a_visit
from tests.tours.any_problem import any_problem
from tests.tours.every_plan import best_plan, worth_of


@pytest.mark.parametrize("seed", range(40))
def test_no_other_plan_of_a_small_day_is_cheaper(seed: int):
    problem = any_problem(Random(seed))
    best = best_plan(problem)
    assert best is not None

    plan = solve(problem, iterations=30)

    assert worth_of(problem, plan).worth_mc == best.worth_mc


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(40, 10**9))
def test_whatever_the_search_found_small_parts_are_planned_for_sure(seed: int):
    """From nothing at all, and so without any search."""
    problem = replace(any_problem(Random(seed)), begun=())
    best = best_plan(problem)
    exact = Exact(problem)

    tours = made_sure(exact, {}, parts_of(problem))

    toured = {visit for tour in tours.values() for visit in tour.visits}
    left = sum(v.prize_cents for n, v in enumerate(problem.visits) if n not in toured)
    assert best is not None
    assert sum(t.worth_mc for t in tours.values()) + 1_000 * left == best.worth_mc


@pytest.mark.parametrize("seed", range(20))
def test_no_exchange_of_one_order_left_out_would_make_a_plan_cheaper(seed: int):
    problem = any_problem(Random(seed), 8, 12)
    exact = Exact(problem)

    plan = solve(problem, iterations=400)

    routes = worth_of(problem, plan).routes
    tours = {vehicle: exact.drive(vehicle, route) for vehicle, route in routes}
    toured = {visit for tour in tours.values() for visit in tour.visits}
    for number, visit in enumerate(problem.visits):
        if number not in toured and visit.source is None:
            found = displacement(exact, tours, number, vehicles=range(len(problem.vehicles)))
            assert found is None or found.added_mc >= 1_000 * visit.prize_cents


def test_a_large_part_is_left_as_the_search_made_it():
    visits = [a_visit(f"{n}", n + 1) for n in range(MOST_VISITS + 1)]
    problem = a_day(visits, [a_van()])
    exact = Exact(problem)

    assert not is_small(exact, Part(tuple(range(MOST_VISITS + 1)), (0,)))
    assert is_small(exact, Part(tuple(range(MOST_VISITS)), (0,)))
    assert made_sure(exact, {}, parts_of(problem)) == {}


def test_who_stops_keeps_what_there_was():
    problem = a_day([a_visit("1", 1), a_visit("2", 2)], [a_van()])
    exact = Exact(problem)
    one = exact.drive(0, (0,))
    assert one is not None

    assert made_sure(exact, {0: one}, parts_of(problem), lambda: True) == {0: one}


def test_of_vehicles_that_are_alike_as_many_go_out_as_it_takes():
    ways = (9, -9, 8, -8)
    visits = [a_visit(f"{n}", km, closes_s=60 * abs(km)) for n, km in enumerate(ways)]
    problem = a_day(visits, [a_van(f"V{n}", km_cents=Decimal(n == 0)) for n in range(30)])
    exact = Exact(problem)

    tours = made_sure(exact, {}, parts_of(problem))

    assert sorted(sorted(tour.made) for tour in tours.values()) == [[0, 2], [1, 3]]
    assert 0 not in tours
