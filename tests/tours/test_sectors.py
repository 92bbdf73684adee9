"""A large part of a day, cut into sectors: nothing lost, nothing twice, and a better plan."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.values import Load
from app.planning.tours.course import Course, Effort
from app.planning.tours.lane import Lane
from app.planning.tours.modelling import model_of
from app.planning.tours.parts import Part, parts_of
from app.planning.tours.problem import RELOAD, Routes
from app.planning.tours.sectors import CUT_FROM, Ground, sectors_of
from app.planning.tours.solver import solve
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door


def a_large_day(count: int, vehicles: int = 14) -> Day:
    doors = [
        a_door(str(n), 0.011 * (n % 23) - 0.12, 0.007 * (n % 29) - 0.1, load=Load(2_000, 4_000, 1))
        for n in range(count)
    ]
    fleet = [a_vehicle(f"V{n:02d}", fixed_cost_cents=1_000) for n in range(vehicles)]
    return Day(doors, fleet)


LARGE = a_large_day(CUT_FROM + 10).problem()
(PART,) = parts_of(LARGE)
GROUND = Ground(model_of(LARGE, PART))


def round_robin(part: Part, tours: int, left: int) -> Routes:
    """Tours that take every so-many-th visit, the last ones left out."""
    toured = part.visits[: len(part.visits) - left]
    return tuple((part.vehicles[n], toured[n::tours]) for n in range(tours))


@settings(max_examples=40, deadline=None)
@given(tours=st.integers(0, 14), left=st.integers(0, 60), seed=st.integers(0, 9))
def test_sectors_share_out_all_visits_and_vehicles(tours: int, left: int, seed: int):
    routes = round_robin(PART, tours, left)

    sectors = sectors_of(LARGE, PART, routes, GROUND, Random(seed))

    visits = sorted(v for sector in sectors for v in sector.part.visits)
    vehicles = sorted(v for sector in sectors for v in sector.part.vehicles)
    assert visits == list(PART.visits)
    assert vehicles == list(PART.vehicles)
    assert sorted(route for sector in sectors for route in sector.routes) == sorted(routes)
    for sector in sectors:
        assert {v for v, _ in sector.routes} <= set(sector.part.vehicles)
        assert {v for _, visits in sector.routes for v in visits} <= set(sector.part.visits)


def test_what_belongs_together_stays_in_one_sector():
    _, source, taker, begun = PART.visits[:4]
    visits = list(LARGE.visits)
    visits[source] = replace(visits[source], collect=True, prize_cents=0)
    visits[taker] = replace(visits[taker], source=source)
    under_way = ((PART.vehicles[0], (begun, RELOAD)),)
    day = replace(LARGE, visits=tuple(visits), begun=under_way)
    ground = Ground(model_of(day, PART))
    routes = tuple(
        (PART.vehicles[n], (*PART.visits[4 + n :: 14][:10], RELOAD, *PART.visits[4 + n :: 14][10:]))
        for n in range(1, 14)
    )

    sectors = sectors_of(day, PART, routes, ground, Random(1))

    assert len(sectors) == 2
    home = {v: n for n, sector in enumerate(sectors) for v in sector.part.visits}
    assert sorted(home) == list(PART.visits)
    assert home[source] == home[taker]
    assert PART.vehicles[0] in sectors[home[begun]].part.vehicles


def test_a_large_day_is_planned_whole_and_feasible_and_repeats_itself():
    day = a_large_day(CUT_FROM + 20)
    problem = day.problem()
    worths: list[int] = []

    plan = solve(
        problem, seed=2, iterations=24, on_best=lambda best: worths.append(best.worth_cents)
    )

    assert plan.stop_count + len(plan.unplanned) == CUT_FROM + 20
    assert day.judged(plan).violations == ()
    assert worths[-1] < worths[0]
    assert solve(problem, seed=2, iterations=24) == plan


def test_out_of_time_at_once_there_still_is_a_plan():
    day = a_large_day(30, vehicles=2)

    plan = solve(day.problem(), seconds=0.0)

    assert day.judged(plan).feasible
    assert plan.stop_count == 30


def test_a_day_without_visits_needs_no_search():
    assert solve(Day([]).problem(), seconds=600).tours == ()


@settings(max_examples=10, deadline=None)
@given(tours=st.integers(0, 3), seed=st.integers(0, 9))
def test_no_sector_is_without_visits(tours: int, seed: int):
    sectors = sectors_of(LARGE, PART, round_robin(PART, tours, 0), GROUND, Random(seed))

    assert all(sector.part.visits for sector in sectors)


def test_a_large_day_on_which_nothing_pays_has_no_tour_and_an_end():
    worthless = tuple(replace(visit, prize_cents=0) for visit in LARGE.visits)

    plan = solve(replace(LARGE, visits=worthless), iterations=40)

    assert not plan.tours
    assert len(plan.unplanned) == len(LARGE.visits)


def test_between_two_stages_the_tours_are_those_of_the_last_one():
    first = Lane(LARGE).begin(PART, 0)
    course = Course(LARGE, PART, 0, Effort(4, iterations=40), first)
    standing = []
    for _ in range(4):
        course.tasks()
        course.join()
        standing.append(course.routes)

    assert standing == [first.routes] * 4


def test_stop_in_the_middle_of_a_large_day_keeps_all_that_was_told():
    told: list[int] = []
    looked: list[None] = []

    def stop() -> bool:
        looked.append(None)
        return bool(told) and len(looked) > 60

    restless = tuple(replace(day, rests=(), pause=None) for day in LARGE.vehicles)
    problem = replace(LARGE, vehicles=restless)
    plan = solve(problem, seconds=60, stop=stop, on_best=lambda best: told.append(best.unplanned))

    assert len(plan.unplanned) <= told[-1]
    assert sum(len(list(tour.deliveries)) for tour in plan.tours) >= len(LARGE.visits) - told[-1]
