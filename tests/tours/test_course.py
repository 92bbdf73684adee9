"""How two searches of one part share their findings, stage by stage."""

from dataclasses import replace

from app.planning.tours.course import Course, Effort
from app.planning.tours.lane import Found, Lane
from app.planning.tours.parts import parts_of
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door

PROBLEM = Day(
    [a_door(str(n), 0.013 * (n % 11) - 0.07, 0.009 * (n % 13)) for n in range(64)],
    [a_vehicle(f"V{n}") for n in range(3)],
).problem()
(PART,) = parts_of(PROBLEM)
FIRST = Lane(PROBLEM).begin(PART, 0, strict=True)
START = Found(FIRST.routes, FIRST.cost, improved=True, settled=False, iterations=10)
OTHER = tuple((vehicle, visits[::-1]) for vehicle, visits in FIRST.routes)


def a_course(stages: int = 4) -> Course:
    effort = Effort(stages, iterations=40)
    return Course(PROBLEM, PART, 0, effort, FIRST, twice=effort.twice(64, 64))


def test_the_two_are_of_different_kinds_and_only_the_first_has_the_start():
    first, second = a_course().tasks()

    assert (first.strict, second.strict) == (True, False)
    assert (first.start, second.start) == (FIRST.routes, None)
    assert first.seed != second.seed


def test_each_goes_on_by_itself_and_from_half_way_the_second_tries_other_fleets():
    course = a_course()
    better = replace(START, routes=OTHER, cost=START.cost - 1)
    starts, kicked = [], []
    for _ in range(4):
        tasks = course.tasks()
        starts.append(tuple(task.start for task in tasks))
        kicked.append(tuple(task.kicked for task in tasks))
        course.heard(0, better)
        course.heard(1, START)
        course.join()

    assert starts[0] == (FIRST.routes, None)
    assert starts[1] == (OTHER, FIRST.routes)
    assert starts[2] == starts[3] == (OTHER, OTHER)
    assert kicked == [(False, False), (False, False), (False, True), (False, True)]
    assert course.finished
    assert course.routes == OTHER


def test_what_was_found_stays_though_nobody_is_heard_afterwards():
    course = a_course()
    course.tasks()
    course.heard(1, replace(START, routes=OTHER, cost=START.cost - 1))
    course.join()
    course.tasks()
    course.heard(0, START)

    assert course.routes == OTHER
    course.join()
    assert course.routes == OTHER


def test_a_part_that_is_not_most_of_the_day_is_searched_once():
    assert not Effort().twice(64, 200)
    assert not Effort(lanes=1).twice(64, 64)
    assert not Effort().twice(20, 20)
