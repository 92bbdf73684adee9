"""Tours to begin with, of any day, and every place where one more visit could go."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from app.planning.tours.settle import Driven, Exact, settled
from tests.tours.a_day import any_days


@st.composite
def begun_plans(
    draw: st.DrawFn, *, reloads: bool = False
) -> tuple[Exact, dict[int, Driven], list[int]]:
    """Some tours over part of a day's visits, and the visits that are in none."""
    day = draw(any_days(doors=8, vehicles=3))
    if not reloads:
        day = replace(day, vehicles=[replace(v, reloads=0) for v in day.vehicles])
    problem = day.problem()
    assume(problem.visits and problem.vehicles)
    exact = Exact(problem)
    order = draw(st.permutations(range(len(problem.visits))))
    where = [draw(st.integers(-1, len(problem.vehicles) - 1)) for _ in order]
    routes = [
        (vehicle, tuple(v for v, at in zip(order, where, strict=True) if at == vehicle))
        for vehicle in range(len(problem.vehicles))
    ]
    tours = settled(exact, tuple(route for route in routes if route[1]))
    toured = {v for tour in tours.values() for v in tour.made}
    return exact, tours, [v for v in range(len(problem.visits)) if v not in toured]


def every_place(exact: Exact, tours: dict[int, Driven], visit: int) -> Iterator[int]:
    """What each place in each tour, and each idle vehicle, would add."""
    for vehicle in range(len(exact.problem.vehicles)):
        tour = tours.get(vehicle)
        route = tour.visits if tour else ()
        for position in range(len(route) + 1):
            driven = exact.drive(vehicle, (*route[:position], visit, *route[position:]))
            if driven is not None:
                yield driven.worth_mc - (tour.worth_mc if tour else 0)
