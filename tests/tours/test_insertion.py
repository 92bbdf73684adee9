"""The cheapest place for an order is the cheapest of all, whatever bounds say beforehand."""

from dataclasses import replace
from itertools import permutations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.values import Load
from app.planning.tours.insertion import cheapest_place
from app.planning.tours.polish import Polish
from app.planning.tours.problem import RELOAD, Problem
from app.planning.tours.settle import Exact, settled
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door, any_days, between
from tests.tours.some_tours import begun_plans, every_place

MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(plan=begun_plans())
def test_no_place_in_any_tour_adds_less_than_the_one_found(plan):
    exact, tours, left = plan
    for visit in left:
        found = cheapest_place(exact, tours, visit)

        added = None if found is None else found.added_mc
        assert added == min(every_place(exact, tours, visit), default=None)


@MANY
@given(plan=begun_plans(reloads=True))
def test_one_more_trip_is_driven_only_where_it_adds_less(plan):
    exact, tours, left = plan
    for visit in left:
        found = cheapest_place(exact, tours, visit)

        plain = min(every_place(exact, tours, visit), default=None)
        if plain is not None:
            assert found is not None
            assert found.added_mc <= plain
        if found is not None:
            before = tours.get(found.vehicle)
            kept = [v for v in found.tour.made if v != visit]
            assert kept == (list(before.made) if before else [])


def test_a_full_vehicle_comes_back_for_more():
    big = Load(500_000, 0, 1)
    doors = [a_door("1", 0.02, load=big), a_door("2", 0.03, load=big)]
    problem = Day(doors, [a_vehicle(reloads=1, reload_s=600)]).problem()
    exact = Exact(problem)
    tours = settled(exact, ((0, (0,)),))

    found = cheapest_place(exact, tours, 1)

    assert found is not None
    assert found.tour.visits in [(0, RELOAD, 1), (1, RELOAD, 0)]


def test_a_return_that_nothing_needs_is_spared():
    doors = [a_door("1", 0.02), a_door("2", 0.03)]
    problem = Day(doors, [a_vehicle(reloads=1, reload_s=600)]).problem()
    exact = Exact(problem)

    polish = Polish(exact, settled(exact, ((0, (0, RELOAD, 1)),)))
    polish.run(lambda: False)

    assert RELOAD not in polish.tours[0].visits


def with_pair(problem: Problem, source: int, delivery: int) -> Problem:
    """The same day where one visit's goods come aboard at another one."""
    visits = list(problem.visits)
    visits[source] = replace(
        visits[source],
        collect=True,
        prize_cents=0,
        load=visits[delivery].load,
        shipment=visits[delivery].shipment,
        order=visits[delivery].order,
    )
    visits[delivery] = replace(visits[delivery], source=source)
    return replace(problem, visits=tuple(visits))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(day=any_days(doors=4, vehicles=1), data=st.data())
def test_a_pair_finds_the_best_two_places_of_a_tour(day: Day, data: st.DataObject):
    problem = day.problem()
    assume(len(problem.visits) > 1 and problem.vehicles)
    source, delivery = data.draw(st.permutations(range(len(problem.visits))))[:2]
    exact = Exact(with_pair(problem, source, delivery))
    others = tuple(v for v in range(len(problem.visits)) if v not in (source, delivery))
    tours = settled(exact, ((0, others),)) if others else {}
    route = tours[0].visits if tours else ()

    found = cheapest_place(exact, tours, delivery)

    every = [
        exact.drive(0, order)
        for order in permutations((*route, source, delivery))
        if [v for v in order if v in route] == list(route)
    ]
    worths = [driven.worth_mc for driven in every if driven is not None]
    assert (found.tour.worth_mc if found else None) == min(worths, default=None)


def test_visits_bound_to_each_other_ride_together_or_not_at_all():
    doors = [
        a_door("1", 0.02, window=between(9, 10)),
        a_door("2", 0.03, window=between(14, 15)),
        a_door("3", 0.04, load=Load(900_000, 0, 1)),
    ]
    problem = Day(doors).problem()
    couple = Exact(replace(problem, together=(frozenset({0, 1}),)))
    hopeless = Exact(replace(problem, together=(frozenset({0, 2}),)))

    together, alone = Polish(couple, {}), Polish(hopeless, {})
    together.run(lambda: False)
    alone.run(lambda: False)

    assert together.tours[0].visits == (0, 1)
    assert alone.left == [0, 2]


def test_visits_kept_apart_never_meet_and_begun_tours_stay_begun():
    doors = [a_door(str(n), 0.02 * n) for n in range(1, 5)]
    problem = Day(doors, [a_vehicle("A"), a_vehicle("B")]).problem()
    problem = replace(problem, apart=(frozenset({0, 1}),), begun=((1, (3, 0)),))
    exact = Exact(problem)

    polish = Polish(exact, settled(exact, ((0, (0, 1, 2, 3)),)))
    polish.run(lambda: False)

    assert polish.left == []
    assert polish.tours[1].visits[:2] == (3, 0)
    assert 1 in polish.tours[0].visits


def test_who_rides_with_what_has_begun_joins_its_tour():
    doors = [a_door(str(n), 0.02 * n) for n in range(1, 4)]
    problem = Day(doors, [a_vehicle("A"), a_vehicle("B")]).problem()
    problem = replace(problem, together=(frozenset({0, 2}),), begun=((1, (2,)),))
    exact = Exact(problem)

    polish = Polish(exact, settled(exact, ((0, (0, 1)),)))
    polish.run(lambda: False)

    assert polish.left == []
    assert polish.tours[1].visits[0] == 2
    assert 0 in polish.tours[1].visits
