"""Tours that cannot keep every limit: no later than the roads ask for."""

from dataclasses import replace
from datetime import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.planning.tours.least_late import least_late
from app.planning.tours.problem import Problem
from app.planning.tours.timetable import Timetable, timetable
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door, between, some_days


def starts(table: Timetable) -> dict[int, int]:
    return {step.visit: step.start_s for step in table.steps if step.visit is not None}


def late_s(problem: Problem, table: Timetable) -> int:
    visits = problem.visits
    return sum(max(0, at - visits[v].spans[-1][1]) for v, at in starts(table).items())


def test_a_tour_that_keeps_every_limit_is_timed_as_ever():
    problem = Day([a_door("1", 0.02), a_door("2", 0.04)]).problem()
    day = problem.vehicles[0]

    assert least_late(problem, day, (0, 1)) == timetable(problem, day, (0, 1))


def test_a_distance_that_is_too_long_changes_no_time():
    problem = Day([a_door("1", 0.3)], (a_vehicle(max_m=1_000),)).problem()
    free = replace(problem.vehicles[0], max_m=None)

    assert least_late(problem, problem.vehicles[0], (0,)) == timetable(problem, free, (0,))


def test_the_pause_goes_last():
    noon = a_vehicle(break_s=2_700, break_from=time(12), break_to=time(12, 45))
    long_stop = a_door("1", 0.1, window=between(11, 12), service_s=7_200)
    problem = Day([long_stop], (noon,)).problem()

    table = least_late(problem, problem.vehicles[0], (0,))

    assert timetable(problem, problem.vehicles[0], (0,)) is None
    assert table is not None
    assert late_s(problem, table) > 0
    assert any(step.pause for step in table.steps)


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_stop_is_later_than_when_the_tour_left_at_once_and_never_paused(data: st.DataObject):
    day = data.draw(some_days(doors=5, vehicles=1))
    problem = day.problem()
    if not problem.visits or not problem.vehicles:
        return
    vehicle = replace(problem.vehicles[0], pause=None, rests=())
    route = tuple(data.draw(st.permutations(range(len(problem.visits)))))

    table = least_late(problem, vehicle, route)

    assert table is not None
    now_s, here = vehicle.from_s, vehicle.depot
    ways, at_once = problem.roads[vehicle.roads].duration_s, 0
    before = None
    for number in route:
        visit = problem.visits[number]
        now_s = max(now_s + int(ways[here, visit.place]), visit.opens_s)
        at_once += max(0, now_s - visit.closes_s)
        shared = before is not None and problem.visits[before].place == visit.place
        now_s += visit.service_s + (0 if shared else visit.setup_s)
        here, before = visit.place, number
    assert late_s(problem, table) <= at_once
