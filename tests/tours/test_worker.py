"""Solving in a process of its own: warm, stoppable at once, and no loss when it dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import Stopped
from app.planning.tours.solver import solve
from app.planning.tours.worker import SolverCrashed, SolverProcess, solve_elsewhere
from tests.tours.a_day import Day, a_door

FOREVER = 600.0


def a_busy_day(count: int = 60) -> Day:
    return Day([a_door(str(n), 0.013 * (n % 11) - 0.07, 0.009 * (n % 13)) for n in range(count)])


def test_the_plan_is_the_same_as_without_a_process():
    problem = a_busy_day(20).problem()

    assert solve_elsewhere(problem, seed=3, iterations=30) == solve(problem, seed=3, iterations=30)


def test_one_process_serves_one_problem_after_the_other():
    with SolverProcess() as process:
        first = process.solve(a_busy_day(10).problem(), iterations=10)
        at_first = process.pid
        second = process.solve(a_busy_day(12).problem(), iterations=10)

        assert (first.stop_count, second.stop_count) == (10, 12)
        assert process.pid == at_first


def test_stop_keeps_the_best_at_once_and_the_process():
    told = []
    day = a_busy_day()
    with SolverProcess() as process:
        plan = process.solve(
            day.problem(), seconds=FOREVER, on_best=told.append, stop=lambda: bool(told)
        )
        again = process.solve(a_busy_day(5).problem(), iterations=5)

    assert day.judged(plan).feasible
    assert plan.stop_count == 60 - told[-1].unplanned
    assert again.stop_count == 5


def test_stop_before_there_is_a_plan_is_said_so():
    with SolverProcess() as process:
        process.warm()
        pid = process.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)  # a process that never answers

        with pytest.raises(Stopped):
            process.solve(a_busy_day(5).problem(), seconds=FOREVER, stop=lambda: True)

        assert process.solve(a_busy_day(5).problem(), iterations=5).stop_count == 5


def test_a_process_that_dies_leaves_the_best_it_had_found():
    day = a_busy_day()
    with SolverProcess() as process:

        def kill_it(_best: object) -> None:
            if process.pid is not None:
                os.kill(process.pid, signal.SIGKILL)

        with pytest.raises(SolverCrashed) as crash:
            process.solve(day.problem(), seconds=FOREVER, on_best=kill_it)

        assert crash.value.best is not None
        assert day.judged(crash.value.best).feasible
        assert crash.value.best.stop_count > 0
        assert process.solve(a_busy_day(5).problem(), iterations=5).stop_count == 5


def test_a_fault_in_the_search_is_told_with_its_place():
    problem = a_busy_day(5).problem()

    with pytest.raises(SolverCrashed) as crash:
        solve_elsewhere(problem)  # no limit given: the search refuses

    assert "ValueError" in str(crash.value.reason["detail"])
    assert crash.value.best is None


def test_no_process_is_left_behind():
    process = SolverProcess()
    process.warm()
    pid = process.pid
    assert pid is not None

    process.close()

    assert not alive(pid)


def test_the_processes_end_with_whoever_started_them():
    code = (
        "import time\n"
        "from app.planning.tours.worker import SolverProcess\n"
        "if __name__ == '__main__':\n"
        "    p = SolverProcess(helped=True); p.warm()\n"
        "    print(p.pid, p.helper_pid, flush=True); time.sleep(600)\n"
    )

    assert all(ended for ended in ended_with_their_parent(code))


def test_the_processes_end_with_whoever_started_them_in_the_middle_of_a_search():
    code = (
        "from app.planning.tours.worker import SolverProcess\n"
        "from tests.tours.test_worker import a_busy_day\n"
        "if __name__ == '__main__':\n"
        "    p = SolverProcess(helped=True)\n"
        "    p.solve(a_busy_day(300).problem(), seconds=600, on_best=lambda _:\n"
        "        print(p.pid, p.helper_pid, flush=True))\n"
    )

    assert all(ended for ended in ended_with_their_parent(code))


def ended_with_their_parent(code: str) -> list[bool]:
    """Whether each process of whose numbers this code tells ends once it is killed."""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [int(number) for number in parent.stdout.readline().split()]
    assert len(children) == 2
    assert all(alive(child) for child in children)

    parent.kill()
    parent.wait()
    parent.stdout.close()

    return [eventually(lambda child=child: not alive(child)) for child in children]


def test_asking_for_a_process_imports_no_solver():
    code = (
        "import sys, app.planning.tours.worker\n"
        "print(sorted({'pyvrp', 'ortools', 'PySide6', 'sqlalchemy'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def eventually(condition: Callable[[], bool], within_s: float = 20.0) -> bool:
    until = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
