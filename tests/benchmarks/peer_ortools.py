"""OR-Tools' routing library as its guides show it: cheapest insertion, then guided local search."""

import time
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from tests.benchmarks.peer_pyvrp import Found
from tests.benchmarks.reckoning import Client, Reckoning, Van


class CannotSay(Exception):
    """The engine has no words for a rule of this family."""


def solve(
    reckoning: Reckoning,
    seconds: float,
    _seed: int,
    note: Callable[[Found], None],
    clock: Callable[[], float] = time.monotonic,
) -> Found | None:
    """The best tours within so many seconds, None where none was found.

    Raises:
        CannotSay: vehicles make several trips.
    """
    started = clock()
    if any(van.reloads for van in reckoning.vans):
        raise CannotSay("several trips a vehicle")
    routing, manager = _model(reckoning)
    routing.AddAtSolutionCallback(lambda: note(_tours(reckoning, routing, manager, None)))
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    late = routing.solver().CustomLimit(lambda: clock() - started >= seconds)
    routing.AddSearchMonitor(late)
    answer = routing.SolveWithParameters(parameters)
    return None if answer is None else _tours(reckoning, routing, manager, answer)


def _model(reckoning: Reckoning) -> tuple[Any, Any]:
    """Nodes are the places: depots first, then a client each."""
    homes = [van.depot for van in reckoning.vans]
    manager = pywrapcp.RoutingIndexManager(
        len(reckoning.distances), len(reckoning.vans), homes, homes
    )
    routing = pywrapcp.RoutingModel(manager)
    _costs(routing, reckoning)
    _loads(routing, reckoning)
    _times(routing, manager, reckoning)
    for number, client in enumerate(reckoning.clients):
        index = manager.NodeToIndex(client.place)
        if client.prize:
            routing.AddDisjunction([index], client.prize)
        able = [n for n, van in enumerate(reckoning.vans) if _may(van, number)]
        if len(able) < len(reckoning.vans):
            routing.VehicleVar(index).SetValues([-1, *able])
        if client.taker is not None:
            taker = manager.NodeToIndex(reckoning.clients[client.taker].place)
            routing.AddPickupAndDelivery(index, taker)
            solver = routing.solver()
            solver.Add(routing.VehicleVar(index) == routing.VehicleVar(taker))
            time_of = routing.GetDimensionOrDie("time")
            solver.Add(time_of.CumulVar(index) <= time_of.CumulVar(taker))
    if reckoning.collects_last:
        _collect_last(routing, manager, reckoning)
    return routing, manager


def _may(van: Van, client: int) -> bool:
    return van.clients is None or client in van.clients


def _costs(routing: Any, reckoning: Reckoning) -> None:
    by_unit = {
        unit: routing.RegisterTransitMatrix((reckoning.distances * unit).tolist())
        for unit in {van.unit for van in reckoning.vans}
    }
    for number, van in enumerate(reckoning.vans):
        routing.SetArcCostEvaluatorOfVehicle(by_unit[van.unit], number)
        routing.SetFixedCostOfVehicle(van.fixed, number)


def _loads(routing: Any, reckoning: Reckoning) -> None:
    """What rides from the depot, what rides home, and what rides from door to door."""
    rooms = [van.capacity for van in reckoning.vans]
    clients = reckoning.clients
    paired = any(client.taker is not None for client in clients)

    def dimension(name: str, load: Callable[[Client], int]) -> None:
        amounts = [0] * len(reckoning.distances)
        for client in clients:
            amounts[client.place] = load(client)
        transit = routing.RegisterUnaryTransitVector(amounts)
        routing.AddDimensionWithVehicleCapacity(transit, 0, rooms, True, name)

    if paired:
        dimension("load", lambda c: c.pickup - c.delivery)
        return
    dimension("out", lambda c: c.delivery)
    if any(client.pickup for client in clients):
        dimension("back", lambda c: c.pickup)


def _times(routing: Any, manager: Any, reckoning: Reckoning) -> None:
    service = np.zeros(len(reckoning.distances), dtype=np.int64)
    for client in reckoning.clients:
        service[client.place] = client.service
    transit = routing.RegisterTransitMatrix((reckoning.distances + service[:, None]).tolist())
    last = max(van.closes for van in reckoning.vans)
    routing.AddDimension(transit, last, last, False, "time")
    time_of = routing.GetDimensionOrDie("time")
    for client in reckoning.clients:
        index = manager.NodeToIndex(client.place)
        time_of.CumulVar(index).SetRange(client.opens, min(client.closes, last))
    for number, van in enumerate(reckoning.vans):
        time_of.CumulVar(routing.Start(number)).SetRange(van.opens, van.closes)
        time_of.CumulVar(routing.End(number)).SetRange(van.opens, van.closes)
        if van.longest is not None:
            time_of.SetSpanUpperBoundForVehicle(van.longest, number)


def _collect_last(routing: Any, manager: Any, reckoning: Reckoning) -> None:
    back = [manager.NodeToIndex(c.place) for c in reckoning.clients if c.pickup]
    out = [manager.NodeToIndex(c.place) for c in reckoning.clients if c.delivery]
    for here, there in product(back, out):
        routing.NextVar(here).RemoveValue(there)
    for number, there in product(range(len(reckoning.vans)), back):
        routing.NextVar(routing.Start(number)).RemoveValue(there)


def _tours(reckoning: Reckoning, routing: Any, manager: Any, answer: Any) -> Found:
    """The tours of an answer, or of the one just found."""
    number_at = {client.place: number for number, client in enumerate(reckoning.clients)}

    def after(index: int) -> int:
        variable = routing.NextVar(index)
        return int(variable.Value() if answer is None else answer.Value(variable))

    found = []
    for van in range(len(reckoning.vans)):
        index = after(routing.Start(van))
        visits: list[int] = []
        while not routing.IsEnd(index):
            visits.append(number_at[manager.IndexToNode(index)])
            index = after(index)
        if visits:
            found.append((van, visits))
    return found
