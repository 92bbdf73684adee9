"""How often the solver's plan is the best there is: `python -m tests.benchmarks.fuzz`.

Small days drawn by chance, with every feature that a day can ask, are planned by the solver and by
trying every plan. With `--times` the hours of each tour are tried one by one as well, every start,
pause and wait. A day that differs is named by its seed, to be looked at again by itself.
"""

import argparse
import json
import sys
import time
from dataclasses import replace
from random import Random

from app.planning.tours.problem import Problem
from app.planning.tours.solver import solve
from app.planning.tours.timetable import timetable
from tests.tours.any_problem import any_problem
from tests.tours.every_plan import Route, best_plan, worth_of
from tests.tours.trying_all import TryingAll


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first day's seed")
    parser.add_argument("--iterations", type=int, default=100)
    parser.add_argument("--times", action="store_true", help="try every hour of each tour too")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    found = fuzz(range(wanted.first, wanted.first + wanted.problems), wanted.iterations)
    if wanted.times:
        found["other_times"] = [
            seed
            for seed in range(wanted.first, wanted.first + wanted.problems)
            if not same_times(any_problem(Random(seed)), wanted.iterations)
        ]
    said = json.dumps(found) if wanted.json else "\n".join(f"{n}: {v}" for n, v in found.items())
    sys.stdout.write(f"{said}\n")
    return 0 if found["agree"] == wanted.problems and not found.get("other_times") else 1


def fuzz(seeds: range, iterations: int) -> dict[str, object]:
    """How many days agree, and which do not."""
    agree, dearer, cheaper, broken = 0, [], [], []
    started = time.perf_counter()
    for seed in seeds:
        problem = any_problem(Random(seed))
        best = best_plan(problem)
        plan = solve(problem, iterations=iterations)
        try:
            worth_mc = worth_of(problem, plan).worth_mc
        except AssertionError:
            broken.append(seed)
            continue
        least_mc = None if best is None else best.worth_mc
        if worth_mc == least_mc:
            agree += 1
        elif least_mc is None or worth_mc < least_mc:
            cheaper.append(seed)
        else:
            dearer.append(seed)
    return {
        "problems": len(seeds),
        "agree": agree,
        "dearer": dearer,
        "cheaper": cheaper,
        "broken": broken,
        "seconds": round(time.perf_counter() - started, 1),
    }


def same_times(problem: Problem, iterations: int) -> bool:
    """Whether no other hours of the plan's own tours cost less."""
    plan = solve(problem, iterations=iterations)
    return all(cheapest_hours(problem, *each) for each in worth_of(problem, plan).routes)


def cheapest_hours(problem: Problem, vehicle: int, route: Route) -> bool:
    """Whether trying every start, pause and wait finds nothing that costs less."""
    day = problem.vehicles[vehicle]
    table = timetable(problem, day, route)
    if table is None:
        return False
    alone = replace(
        problem, vehicles=(replace(day, roads=0),), roads=(problem.roads[day.roads],), begun=()
    )
    over_s = 0 if day.max_work_s is None else max(0, table.work_s - day.max_work_s)
    cost = table.work_s * day.hour_cents + over_s * day.overtime_hour_cents + table.late
    pauses = sum(step.pause for step in table.steps)
    best = TryingAll(alone, route, max(2, pauses)).best()
    return best is not None and best[1] == cost


if __name__ == "__main__":
    sys.exit(main())
