"""VROOM as its guide shows it, at its deepest level; not a dependency: `CannotSay` without it."""

import importlib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.benchmarks.peer_ortools import CannotSay
from tests.benchmarks.peer_pyvrp import Found
from tests.benchmarks.reckoning import Reckoning, Van

#: The deepest of its levels, and a thread for each core of the machine that all are measured on.
LEVEL, THREADS = 5, 2
#: It counts in 32 bits.
LARGEST = 2**31


def solve(
    reckoning: Reckoning,
    seconds: float,
    _seed: int,
    _note: Callable[[Found], None],
    clock: Callable[[], float] = time.monotonic,
) -> Found | None:
    """The best tours within so many seconds; it tells nothing on the way.

    Raises:
        CannotSay: it is not installed, has no words for a rule of this family, or is to be measured
            by another clock than the wall's.
    """
    vroom = _engine()
    if clock is not time.monotonic:
        raise CannotSay("seconds of the processor")
    _refuse(reckoning)
    answer = _problem(vroom, reckoning).solve(LEVEL, THREADS, timedelta(seconds=seconds))
    found: dict[int, list[int]] = {}
    for row in answer.routes.itertuples():
        if row.type not in ("start", "end"):
            found.setdefault(int(row.vehicle_id), []).append(int(row.id))
    return sorted(found.items())


def _engine() -> Any:
    try:
        return importlib.import_module("vroom")
    except ImportError as absent:
        raise CannotSay("not installed: see packaging/requirements-benchmarks.in") from absent


def _refuse(reckoning: Reckoning) -> None:
    """It has priorities but no prizes, no order of kinds, and no limit of a tour's whole length."""
    if any(client.prize for client in reckoning.clients):
        raise CannotSay("prizes")
    if reckoning.collects_last:
        raise CannotSay("collections after deliveries")
    if any(van.reloads for van in reckoning.vans):
        raise CannotSay("several trips a vehicle")
    if any(van.longest is not None for van in reckoning.vans):
        raise CannotSay("a tour's length, waiting included")


def _problem(vroom: Any, reckoning: Reckoning) -> Any:
    """Costs in so fine a unit that they fit its numbers; profiles by what a kilometre costs."""
    units = {van.unit for van in reckoning.vans}
    dearest = int(reckoning.distances.max()) * max(units) * len(reckoning.distances)
    scale = max(1, dearest // LARGEST + 1)
    problem = vroom.Input()
    for unit in units:
        problem.set_durations_matrix(f"{unit}", reckoning.distances.astype("uint32"))
        costs = (reckoning.distances * unit // scale).astype("uint32")
        problem.set_costs_matrix(f"{unit}", costs)
    limited = any(van.clients is not None for van in reckoning.vans)
    for number, van in enumerate(reckoning.vans):
        problem.add_vehicle(_vehicle(vroom, number, van, scale))
    for number, client in enumerate(reckoning.clients):
        skills = {number} if limited else set()
        if client.taker is not None:
            steps = [_step(vroom, reckoning, n) for n in (number, client.taker)]
            problem.add_shipment(*steps, vroom.Amount([client.pickup]), skills)
        elif client.source is None:
            problem.add_job(
                vroom.Job(
                    number,
                    client.place,
                    default_service=client.service,
                    delivery=[client.delivery],
                    pickup=[client.pickup],
                    skills=skills,
                    time_windows=[vroom.TimeWindow(client.opens, client.closes)],
                )
            )
    return problem


def _step(vroom: Any, reckoning: Reckoning, number: int) -> Any:
    client = reckoning.clients[number]
    windows = [vroom.TimeWindow(client.opens, client.closes)]
    return vroom.ShipmentStep(
        number, client.place, default_service=client.service, time_windows=windows
    )


def _vehicle(vroom: Any, number: int, van: Van, scale: int) -> Any:
    return vroom.Vehicle(
        number,
        start=van.depot,
        end=van.depot,
        profile=f"{van.unit}",
        capacity=[van.capacity],
        skills=set(van.clients or ()),
        time_window=vroom.TimeWindow(van.opens, van.closes),
        costs=vroom.VehicleCosts(fixed=van.fixed // scale),
    )
