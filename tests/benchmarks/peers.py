"""One engine on one instance, each in a process of its own: `run_apart`.

`python -m tests.benchmarks.peers ENGINE INSTANCE SECONDS SEED CLOCK` prints what it found as JSON;
CLOCK is `wall`, or `processor`: the seconds that each process really had, on a busy machine.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.planning.tours.improvement import Improvement
from app.planning.tours.worker import SolverProcess
from tests.benchmarks import peer_ortools, peer_pyvrp, peer_vroom
from tests.benchmarks.instances import Instance, read_instance
from tests.benchmarks.peer_ortools import CannotSay
from tests.benchmarks.plans import document_of, routes_of
from tests.benchmarks.reckoning import Tours

OURS = "regie"
PEERS = {"pyvrp": peer_pyvrp.solve, "ortools": peer_ortools.solve, "vroom": peer_vroom.solve}
ENGINES = (OURS, *PEERS)
#: An engine that does not come back is given up after so many times its seconds, and a minute.
PATIENCE, MINUTE_S = {"wall": 3, "processor": 60}, 60
Clock = Callable[[], float]
CLOCKS: dict[str, Clock] = {"wall": time.monotonic, "processor": time.process_time}


def run_here(engine: str, path: Path, seconds: float, seed: int, clock: str) -> dict[str, Any]:
    """What an engine finds: routes, cost, faults and history, or why it cannot."""
    instance = read_instance(path)
    history: list[list[float]] = []
    now = CLOCKS[clock]
    started, began = now(), time.monotonic()

    def note(tours: Tours, at_s: float | None = None) -> None:
        passed_s = now() - started if at_s is None else at_s
        history.append([round(passed_s, 3), instance.cost(tours)])

    try:
        found = _solve(engine, instance, seconds, seed, note, now)
    except CannotSay as reason:
        return {"instance": instance.name, "engine": engine, "absent": str(reason)}
    if found is None:
        return {"instance": instance.name, "engine": engine, "absent": "nothing found in time"}
    took_s = round(time.monotonic() - began, 2)
    return {**document_of(instance, found, history), "engine": engine, "wall_seconds": took_s}


def _solve(
    engine: str, instance: Instance, seconds: float, seed: int, note: Any, clock: Clock
) -> Any:
    if engine != OURS:
        return PEERS[engine](instance.reckoning, seconds, seed, note, clock)

    def told(best: Improvement) -> None:
        note(best.routes, best.seconds)

    with SolverProcess(clock=clock) as process:
        plan = process.solve(instance.problem, seed=seed, seconds=seconds, on_best=told)
    return routes_of(instance, plan)


def run_apart(
    engine: str, path: Path, seconds: float, seed: int, clock: str = "wall"
) -> dict[str, Any]:
    """The same in a process of its own; what goes wrong there is told, not raised."""
    command = [sys.executable, "-m", "tests.benchmarks.peers"]
    try:
        done = subprocess.run(
            [*command, engine, str(path), str(seconds), str(seed), clock],
            capture_output=True,
            text=True,
            timeout=PATIENCE[clock] * seconds + MINUTE_S,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return {"instance": path.stem, "engine": engine, "absent": "did not come back"}
    except subprocess.CalledProcessError as failed:
        last = (failed.stderr.strip().splitlines() or ["failed"])[-1]
        return {"instance": path.stem, "engine": engine, "absent": last}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(arguments: Sequence[str]) -> None:
    """One engine, one instance."""
    engine, path, seconds, seed, clock = arguments
    found = run_here(engine, Path(path), float(seconds), int(seed), clock)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
