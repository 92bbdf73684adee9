"""In whose place an order left out could ride: the cheapest exchange of all."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.planning.tours.displacing import Displacement, displacement
from app.planning.tours.problem import Problem
from app.planning.tours.settle import Driven, Exact, settled
from tests.tours.a_line import KM, MINUTE, a_day, a_van, a_visit
from tests.tours.test_relaxing import small_days


def asked(problem: Problem, *routes: tuple[int, ...]) -> Displacement | None:
    exact = Exact(problem)
    tours = settled(exact, tuple(enumerate(routes)))
    return displacement(exact, tours, 0, vehicles=range(len(problem.vehicles)))


def test_a_stop_gives_its_place_to_a_dearer_one_and_goes_to_a_carrier():
    visits = [a_visit("left", 10, prize_cents=9_000), a_visit("on", -10, prize_cents=1_500)]
    problem = a_day(visits, [a_van(max_m=30 * KM)])

    assert asked(problem, (1,)) == Displacement("A", "on", "", 1_500_000)


def test_what_gives_way_is_taken_by_another_vehicle_where_that_costs_less():
    soon = 10 * MINUTE
    visits = [
        a_visit("left", 10, closes_s=soon, service_s=600, only=frozenset({"A"})),
        a_visit("on", 11, closes_s=11 * MINUTE),
    ]
    problem = a_day(visits, [a_van("A"), a_van("B", fixed_cents=100)])

    found = asked(problem, (1,))

    assert found == Displacement("A", "on", "B", 2_000_000 - 2_200_000 + 100_000 + 2_200_000)


def test_what_is_alone_on_the_road_displaces_nobody():
    problem = a_day([a_visit("left", 10)], [a_van()])

    assert asked(problem) is None


def every_exchange(exact: Exact, tours: dict[int, Driven], visit: int) -> int | None:
    """The least that any exchange adds, all of them tried."""
    costs = []
    for vehicle, tour in tours.items():
        for gone in tour.made:
            rest = [v for v in tour.made if v != gone]
            for place in range(len(rest) + 1):
                taken = exact.drive(vehicle, (*rest[:place], visit, *rest[place:]))
                if taken is None:
                    continue
                after = {**tours, vehicle: taken}
                costs.append(taken.worth_mc - tour.worth_mc + again(exact, after, gone))
    return min(costs, default=None)


def again(exact: Exact, tours: dict[int, Driven], gone: int) -> int:
    """The least that a stop costs elsewhere, or its prize."""
    costs = [1000 * exact.problem.visits[gone].prize_cents]
    for vehicle in range(len(exact.problem.vehicles)):
        tour = tours.get(vehicle)
        route = () if tour is None else tour.visits
        for place in range(len(route) + 1):
            driven = exact.drive(vehicle, (*route[:place], gone, *route[place:]))
            if driven is not None:
                costs.append(driven.worth_mc - (0 if tour is None else tour.worth_mc))
    return min(costs)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=small_days(), data=st.data())
def test_no_exchange_of_one_stop_adds_less(problem: Problem, data: st.DataObject):
    where = [data.draw(st.integers(0, len(problem.vehicles) - 1)) for _ in problem.visits]
    exact = Exact(problem)
    routes = tuple(
        (vehicle, tuple(v for v, at in enumerate(where) if at == vehicle and v))
        for vehicle in range(len(problem.vehicles))
    )
    tours = settled(exact, routes)

    found = displacement(exact, tours, 0, vehicles=range(len(problem.vehicles)))

    assert (found.added_mc if found else None) == every_exchange(exact, tours, 0)
