"""Hours shared evenly and areas parted, for no more money than the policy allows."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.policy import Policy, TouringPolicy
from app.domain.tours import TourPlan
from app.domain.values import GeoPoint, Load
from app.planning.tours.answer import plan_of
from app.planning.tours.evening import even_out, nothing_to_share
from app.planning.tours.plan_shape import shape_of
from app.planning.tours.polish import Polish
from app.planning.tours.pricing import tour_cents
from app.planning.tours.settle import Driven, Exact, settled
from app.planning.tours.solver import solve
from app.ports import never
from tests.builders import LILLE, ROUBAIX, a_node, a_vehicle
from tests.tours.a_day import Day, a_door
from tests.tours.some_tours import begun_plans

MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
VANS = tuple(
    a_vehicle(code, fixed_cost_cents=0, cost_per_hour_cents=0, capacity=Load(10**6, 10**7, 12))
    for code in ("V1", "V2")
)


def wishing(even: int = 0, compact: int = 0) -> Policy:
    return Policy(touring=TouringPolicy(even_percent=even, compact_percent=compact))


def a_town_with_two_vans(policy: Policy) -> Day:
    """Twenty doors in a row: a van that is full takes twelve of them for the least money."""
    doors = [a_door(str(480_000 + n), 0.01 * n, service_s=900) for n in range(1, 21)]
    return Day(doors, VANS, policy=policy)


def cents(exact: Exact, tours: dict[int, Driven]) -> int:
    days = exact.problem.vehicles
    return sum(tour_cents(days[v], t.table.distance_m, t.table.work_s) for v, t in tours.items())


def spread_s(tours: dict[int, Driven]) -> int:
    hours_s = [tour.table.work_s for tour in tours.values()]
    return max(hours_s) - min(hours_s)


def dealt(day: Day, first: int) -> Polish:
    """So many of the day's doors on the first van, the others on the second."""
    problem = day.problem()
    routes = ((0, tuple(range(first))), (1, tuple(range(first, len(problem.visits)))))
    exact = Exact(problem)
    return Polish(exact, settled(exact, routes))


def test_who_works_long_gives_stops_to_who_works_short_within_the_price():
    polish = dealt(a_town_with_two_vans(wishing(even=20)), 8)
    before, price = spread_s(polish.tours), cents(polish.exact, polish.tours)

    even_out(polish, never)

    assert spread_s(polish.tours) < before / 4
    assert price <= cents(polish.exact, polish.tours) <= price * 1.2


def test_a_plan_that_asks_for_nothing_stays_as_the_search_found_it():
    polish = dealt(a_town_with_two_vans(wishing()), 8)
    before = dict(polish.tours)

    even_out(polish, never)

    assert polish.tours == before


@pytest.mark.parametrize("asked", [0, 1, 2, 4])
def test_whenever_it_is_stopped_the_tours_can_be_driven_and_nobody_is_left_out(asked: int):
    polish = dealt(a_town_with_two_vans(wishing(even=20)), 8)
    before, answers = spread_s(polish.tours), count()

    even_out(polish, lambda: next(answers) >= asked)

    assert spread_s(polish.tours) <= before
    assert {v for tour in polish.tours.values() for v in tour.made} == set(range(20))
    for vehicle, tour in polish.tours.items():
        assert polish.exact.drive(vehicle, tour.visits) == tour


def test_a_solved_day_has_evener_hours_and_costs_no_more_than_allowed():
    plain = solve(a_town_with_two_vans(wishing()).problem(), seed=1, iterations=200)
    even_day = a_town_with_two_vans(wishing(even=25))
    even = solve(even_day.problem(), seed=1, iterations=200)

    assert even.stop_count == plain.stop_count == 20
    assert shape_of(even.tours).spread_s < shape_of(plain.tours).spread_s
    assert even.cost_cents <= plain.cost_cents * 1.25
    assert even_day.judged(even).feasible


def test_tours_of_different_depots_have_nothing_to_share_and_it_is_said():
    nodes = (a_node(), a_node("RBX", ROUBAIX))
    vans = (VANS[0], replace(VANS[1], depot="RBX"))
    doors = [a_door("480001"), a_door("480002", node="RBX")]
    apart = Day(doors, vans, nodes, policy=wishing(even=5)).problem()
    alike = a_town_with_two_vans(wishing(even=5)).problem()

    told = nothing_to_share(apart, solve(apart, seed=1, iterations=20))

    assert told is not None
    assert (told.code, told["count"]) == ("tours_share_nothing", 2)
    assert nothing_to_share(alike, solve(alike, seed=1, iterations=20)) is None
    plain = replace(apart, even_percent=0)
    assert nothing_to_share(plain, solve(plain, seed=1, iterations=20)) is None


def mixed(policy: Policy) -> tuple[Polish, TourPlan]:
    """Two villages to the north and to the south; each van serves half of both."""
    north = [a_door(f"48000{n}", 0.01 * n, 0.1) for n in range(6)]
    south = [a_door(f"48001{n}", 0.01 * n, -0.1) for n in range(6)]
    problem = Day([*north, *south], VANS, policy=policy).problem()
    exact = Exact(problem)
    routes = ((0, (0, 2, 4, 11, 9, 7)), (1, (1, 3, 5, 10, 8, 6)))
    polish = Polish(exact, settled(exact, routes))
    return polish, plan_of(problem, polish.tours)


def test_each_driver_gets_an_area_of_his_own():
    polish, before = mixed(wishing(compact=10))

    even_out(polish, never)

    after = plan_of(polish.problem, polish.tours)
    assert after.stop_count == before.stop_count == 12
    assert shape_of(after.tours).apart_m < shape_of(before.tours).apart_m / 3
    for tour in after.tours:
        assert len({stop.point.latitude > LILLE.latitude for stop in tour.deliveries}) == 1


@MANY
@given(
    plan=begun_plans(reloads=True),
    even=st.sampled_from((0, 5, 100)),
    compact=st.sampled_from((0, 5, 100)),
)
def test_whatever_the_day_every_stop_stays_and_the_price_is_kept(plan, even, compact):
    found, tours, _left = plan
    exact = Exact(replace(found.problem, even_percent=even, compact_percent=compact))
    polish = Polish(exact, tours)
    allowed = cents(exact, tours) * (100 + even + compact) // 100
    made = {visit for tour in tours.values() for visit in tour.made}
    left = set(polish.left)

    even_out(polish, never)

    joined = left - set(polish.left)
    assert {v for tour in polish.tours.values() for v in tour.made} == made | joined
    assert polish.tours.keys() == tours.keys()
    for vehicle, tour in polish.tours.items():
        assert exact.drive(vehicle, tour.visits) == tour
        assert exact.units.whole(tour.visits)
    if not joined:
        assert cents(exact, polish.tours) <= allowed
        if even and tours:
            assert spread_s(polish.tours) <= spread_s(tours)


@pytest.mark.parametrize(
    ("second", "crossings"),
    [
        (((0.0, 0.1), (0.1, 0.0)), 1),
        (((0.2, 0.0), (0.3, 0.1)), 0),
        (((0.1, 0.1), (0.2, 0.2)), 0),
    ],
)
def test_ways_that_cross_those_of_another_tour_are_counted(second, crossings):
    east_north = [(0.0, 0.0), (0.1, 0.1), *second]
    doors = [a_door(f"48000{n}", *where) for n, where in enumerate(east_north)]
    problem = Day(doors, VANS).problem()
    exact = Exact(problem)

    shape = shape_of(plan_of(problem, settled(exact, ((0, (0, 1)), (1, (2, 3))))).tours)

    assert shape.crossings == crossings


def test_stops_lie_apart_by_the_mean_way_to_the_middle_of_their_tour():
    doors = [a_door("480001", -0.1), a_door("480002", 0.1)]
    problem = Day(doors, VANS).problem()
    west, east = (GeoPoint(LILLE.latitude, LILLE.longitude + side) for side in (-0.1, 0.1))

    shape = shape_of(plan_of(problem, settled(Exact(problem), ((0, (0, 1)),))).tours)

    assert shape.apart_m == pytest.approx(west.distance_m(east) / 2, rel=0.001)
    assert (shape.spread_s, shape.crossings) == (0, 0)
