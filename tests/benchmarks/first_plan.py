"""How soon a big day has a plan, and is stopped: `python -m tests.benchmarks.first_plan`.

Seconds by the wall, from the question to a warm process, over 500 orders by default, all of which
the first plan has to tour. The day is that of the benchmark of insertion.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass, field, replace

from app.planning.tours.improvement import Improvement
from app.planning.tours.problem import Problem
from app.planning.tours.worker import SolverProcess
from tests.benchmarks.insertion import big_day

#: Leaving an order out costs so much; the dearest ways of this day cost less.
PRIZE_CENTS = 6_000


def a_day(orders: int, vehicles: int, seed: int) -> Problem:
    """The day with something to lose for each order left out."""
    problem = big_day(orders, vehicles, 0, seed)
    visits = tuple(replace(visit, prize_cents=PRIZE_CENTS) for visit in problem.visits)
    return replace(problem, visits=visits)


@dataclass(slots=True)
class Watch:
    """What was heard of one search, and when; it is to stop after so many seconds."""

    stop_after_s: float
    started: float = field(default_factory=time.monotonic)
    improvements: list[tuple[float, Improvement]] = field(default_factory=list)
    stopped: float | None = None

    def heard(self, best: Improvement) -> None:
        self.improvements.append((time.monotonic() - self.started, best))

    def stop(self) -> bool:
        if self.stopped is None and time.monotonic() - self.started > self.stop_after_s:
            self.stopped = time.monotonic()
        return self.stopped is not None


def measured(process: SolverProcess, problem: Problem, stop_after_s: float) -> dict[str, float]:
    """One search from the question to its end."""
    watch = Watch(stop_after_s)
    process.solve(problem, seed=1, seconds=10 * stop_after_s, on_best=watch.heard, stop=watch.stop)
    ended = time.monotonic()
    first_s, first = watch.improvements[0]
    last = watch.improvements[-1][1]
    return {
        "first_plan_s": round(first_s, 2),
        "left_out_at_first": first.unplanned,
        "first_above_last_percent": round(100 * (first.worth_cents / last.worth_cents - 1), 1),
        "stop_s": round(ended - (watch.stopped or ended), 3),
    }


def main() -> None:
    """Ask some times and say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=500)
    parser.add_argument("--vehicles", type=int, default=28)
    parser.add_argument("--seconds", type=float, default=5, help="when Stop is pressed")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with SolverProcess() as process:
        process.warm()
        for number in range(options.times):
            problem = a_day(options.orders, options.vehicles, number)
            sys.stdout.write(json.dumps(measured(process, problem, options.seconds)) + "\n")


if __name__ == "__main__":
    main()
