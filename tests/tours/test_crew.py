"""Two processes at one search: the same plan as with one, and nothing lost when one dies."""

import multiprocessing
import os
import signal
from multiprocessing import Pipe

from hypothesis import given
from hypothesis import strategies as st

from app.planning.tours.crew import Crew, dealt, help_out
from app.planning.tours.lane import Found, Lane, Task
from app.planning.tours.parts import Part, parts_of
from app.planning.tours.solver import solve
from app.planning.tours.worker import SolverProcess
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door

FOREVER = 600.0


def a_busy_day(count: int = 70, vehicles: int = 3) -> Day:
    doors = [a_door(str(n), 0.013 * (n % 11) - 0.07, 0.009 * (n % 13)) for n in range(count)]
    return Day(doors, [a_vehicle(f"V{n}") for n in range(vehicles)])


PROBLEM = a_busy_day().problem()
(PART,) = parts_of(PROBLEM)


def run(crew: Crew, tasks: list[Task], seconds: float | None = None) -> list[Found]:
    found: dict[int, Found] = {}
    crew.run(tasks, seconds, found.__setitem__)
    return [found[number] for number in sorted(found)]


@given(sizes=st.lists(st.integers(1, 300), max_size=12), lanes=st.integers(1, 3))
def test_tasks_are_dealt_once_each_and_evenly(sizes: list[int], lanes: int):
    tasks = [Task(Part(tuple(range(size)), ()), seed) for seed, size in enumerate(sizes)]

    shares = dealt(tasks, lanes)

    given_out = sorted((pair for share in shares for pair in share), key=lambda pair: pair[0])
    assert given_out == list(enumerate(tasks))
    loads = [sum(task.weight for _, task in share) for share in shares]
    assert max(loads) - min(loads) <= max(sizes, default=0)


def test_a_helper_comes_to_what_one_process_comes_to():
    tasks = [Task(PART, seed, iterations=20) for seed in (1, 2, 3)]
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    helper = spawn.Process(target=help_out, args=(there,), daemon=True)
    helper.start()
    there.close()

    shared = run(Crew(PROBLEM, lambda: False, here, timed=False), tasks)
    alone = run(Crew(PROBLEM, lambda: False, timed=False), tasks)

    assert shared == alone
    assert len({found.routes for found in alone}) == 3
    here.close()
    helper.join(20)
    assert helper.exitcode == 0


def test_with_a_helper_that_is_gone_its_tasks_are_told_by_nobody_and_the_next_are_done_here():
    here, there = Pipe()
    crew = Crew(PROBLEM, lambda: False, here, timed=False)
    there.close()
    tasks = [Task(PART, seed, iterations=5) for seed in (1, 2)]

    run(crew, tasks)

    assert len(run(crew, tasks)) == 2


def test_a_search_from_given_tours_is_never_worse_than_they_are():
    lane = Lane(PROBLEM)
    first = lane.begin(PART, 1)
    start, cost = first.routes, first.cost
    told: list[Found] = []

    lane.run([Task(PART, 5, start, 60)], None, lambda: False, lambda _, found: told.append(found))

    assert [found.cost for found in told] == sorted((found.cost for found in told), reverse=True)
    assert told[-1].cost <= cost
    assert told[-1].iterations == 60


def test_out_of_time_a_task_still_has_an_answer_to_give():
    found = run(Crew(PROBLEM, lambda: False), [Task(PART, 1)], 0.0)

    assert sorted(v for _, visits in found[0].routes for v in visits) == list(PART.visits)


def test_two_processes_find_the_plan_that_one_finds():
    alone = solve(PROBLEM, seed=3, iterations=60)

    with SolverProcess(helped=True) as process:
        shared = process.solve(PROBLEM, seed=3, iterations=60)
        again = process.solve(PROBLEM, seed=3, iterations=60)
    with SolverProcess(helped=False) as process:
        unhelped = process.solve(PROBLEM, seed=3, iterations=60)

    assert shared == again == unhelped == alone


def test_a_helper_that_dies_costs_no_plan_and_is_there_again_for_the_next():
    day = a_busy_day(120)
    with SolverProcess(helped=True) as process:
        killed: list[int] = []

        def kill_the_helper(_best: object) -> None:
            if not killed and process.helper_pid is not None:
                killed.append(process.helper_pid)
                os.kill(process.helper_pid, signal.SIGKILL)

        plan = process.solve(day.problem(), iterations=200, on_best=kill_the_helper)
        process.solve(a_busy_day(5).problem(), iterations=5)

        assert killed
        assert process.helper_pid not in (None, *killed)

    assert plan.stop_count == 120
    assert day.judged(plan).feasible


def test_the_helper_does_not_outlive_a_stopped_search():
    told: list[object] = []
    day = a_busy_day(120)
    with SolverProcess(helped=True) as process:
        plan = process.solve(
            day.problem(), seconds=FOREVER, on_best=told.append, stop=lambda: len(told) > 1
        )
        again = process.solve(a_busy_day(6).problem(), iterations=5)

    assert day.judged(plan).feasible
    assert plan.stop_count == 120
    assert again.stop_count == 6


def test_a_kicked_search_begins_with_another_fleet():
    lane = Lane(PROBLEM)
    first = lane.begin(PART, 1)
    heard: list[Found] = []
    task = Task(PART, 5, first.routes, iterations=1, kicked=True)

    lane.run([task], None, lambda: False, lambda _, found: heard.append(found))

    assert heard[0].cost != first.cost
