"""How good our tours are on public instances: `python -m tests.benchmarks.tours INSTANCE`.

Solves with exactly the code that the window uses, in a process of its own.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from app.domain.tours import StopKind, TourPlan
from app.planning.tours.improvement import Improvement
from app.planning.tours.worker import solve_elsewhere
from tests.benchmarks.instance_files import listed
from tests.benchmarks.instances import Instance, read_instance
from tests.benchmarks.reckoning import RELOAD, Tours


def routes_of(instance: Instance, plan: TourPlan) -> list[tuple[int, list[int]]]:
    """A plan's tours as (vehicle, visits), both as indices of the problem."""
    vehicles = {vehicle.code: n for n, vehicle in enumerate(instance.problem.vehicles)}
    visits = {visit.shipment: n for n, visit in enumerate(instance.problem.visits)}
    return [
        (
            vehicles[tour.vehicle],
            [
                RELOAD if stop.kind is StopKind.RELOAD else visits[stop.shipment]
                for stop in tour.stops
                if stop.shipment or stop.kind is StopKind.RELOAD
            ],
        )
        for tour in plan.tours
    ]


def document_of(instance: Instance, routes: Tours, history: list[list[float]]) -> dict[str, Any]:
    """The answer in the file's own numbering."""
    return {
        "instance": instance.name,
        "routes": [
            {
                "vehicle": vehicle + 1,
                "depot": instance.depots[instance.problem.vehicles[vehicle].depot],
                "stops": instance.stops(vehicle, visits),
            }
            for vehicle, visits in routes
        ],
        "cost": instance.cost(routes),
        "faults": instance.faults(routes),
        "history": history,
    }


def run(path: Path, seconds: float, seed: int) -> dict[str, Any]:
    """Solve the instance in this file."""
    instance = read_instance(path)
    history: list[list[float]] = []
    started = time.monotonic()

    def note(best: Improvement) -> None:
        seconds_passed = round(time.monotonic() - started, 3)
        history.append([seconds_passed, instance.cost(best.routes)])

    plan = solve_elsewhere(instance.problem, seed=seed, seconds=seconds, on_best=note)
    return document_of(instance, routes_of(instance, plan), history)


def main() -> None:
    """Solve and say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = run(options.instance, options.seconds, options.seed)
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    known = listed(options.instance).get("bks")
    gap = f", {100 * (found['cost'] / int(known) - 1):.2f} % above {known}" if known else ""
    sys.stdout.write(f"{found['instance']}: {found['cost']} in {len(found['routes'])} tours{gap}\n")
    for fault in found["faults"]:
        sys.stdout.write(f"  {fault}\n")


if __name__ == "__main__":
    main()
