"""PyVRP as anybody uses it: default parameters, one process, the instance as it is."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyvrp
from pyvrp import Activity, ActivityType
from pyvrp.solve import SolveParams

from tests.benchmarks.reckoning import RELOAD, Client, Reckoning, Van

#: An arc that must not be used costs so much: ten times more than any plan.
BARRED = 10**9
#: Loads in thousandths: the penalties of PyVRP are too low for large costs and small loads.
FINE = 1_000

Found = list[tuple[int, list[int]]]


def solve(
    reckoning: Reckoning,
    seconds: float,
    seed: int,
    note: Callable[[Found], None],
    clock: Callable[[], float] = time.monotonic,
) -> Found | None:
    """The best tours within so many seconds, None where none keeps the rules."""
    started = clock()
    data, vans, activities = _data(reckoning)

    class Watch(pyvrp.IteratedLocalSearchCallbacks):
        def on_best(self, best: pyvrp.Solution) -> None:
            if best.is_feasible():
                note(_tours(best, vans, activities))

    params = SolveParams(ils=pyvrp.IteratedLocalSearchParams(callbacks=Watch()))
    result = pyvrp.solve(
        data,
        lambda _best: clock() - started >= seconds,
        seed,
        collect_stats=False,
        params=params,
    )
    return _tours(result.best, vans, activities) if result.is_feasible() else None


def _data(
    reckoning: Reckoning,
) -> tuple[pyvrp.ProblemData, list[list[int]], dict[tuple[ActivityType, int], int]]:
    """PyVRP's data, the vehicles of each type, and which client an activity is."""
    clients, activities = _clients(reckoning.clients)
    shipments = []
    for number, client in enumerate(reckoning.clients):
        if client.taker is not None:
            activities[ActivityType.PICKUP, len(shipments)] = number
            activities[ActivityType.DELIVERY, len(shipments)] = client.taker
            shipments.append(_shipment(client, reckoning.clients[client.taker]))
    kinds: dict[Van, list[int]] = defaultdict(list)
    for number, van in enumerate(reckoning.vans):
        kinds[van].append(number)
    profiles = {van.clients: _matrix(reckoning, van) for van in kinds}
    depots = 1 + max(van.depot for van in reckoning.vans)
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in reckoning.distances],
        clients=clients,
        depots=[pyvrp.Depot(place) for place in range(depots)],
        vehicle_types=[
            _type(van, len(among), list(profiles).index(van.clients))
            for van, among in kinds.items()
        ],
        distance_matrices=list(profiles.values()),
        duration_matrices=[reckoning.distances for _ in profiles],
        shipments=shipments,
    )
    return data, list(kinds.values()), activities


def _clients(
    clients: Sequence[Client],
) -> tuple[list[pyvrp.Client], dict[tuple[ActivityType, int], int]]:
    alone = [n for n, c in enumerate(clients) if c.source is None and c.taker is None]
    activities = {(ActivityType.CLIENT, index): number for index, number in enumerate(alone)}
    return [_client(clients[number]) for number in alone], activities


def _client(client: Client) -> pyvrp.Client:
    return pyvrp.Client(
        client.place,
        delivery=[client.delivery * FINE],
        pickup=[client.pickup * FINE],
        service_duration=client.service,
        tw_early=client.opens,
        tw_late=client.closes,
        release_time=client.ready,
        prize=client.prize,
        required=client.required,
    )


def _shipment(source: Client, taker: Client) -> pyvrp.Shipment:
    return pyvrp.Shipment(
        source.place,
        taker.place,
        source.opens,
        source.closes,
        source.service,
        taker.opens,
        taker.closes,
        taker.service,
        [source.pickup * FINE],
    )


def _type(van: Van, count: int, profile: int) -> pyvrp.VehicleType:
    limits: dict[str, Any] = {} if van.longest is None else {"shift_duration": van.longest}
    if van.reloads:
        limits["reload_depots"] = [van.depot]
    return pyvrp.VehicleType(
        count,
        [van.capacity * FINE],
        van.depot,
        van.depot,
        van.fixed,
        van.opens,
        van.closes,
        unit_distance_cost=van.unit,
        profile=profile,
        **limits,
    )


def _matrix(reckoning: Reckoning, van: Van) -> Any:
    """The distances with very long ways where this vehicle may not go, or not in this order."""
    ways = reckoning.distances.copy()
    clients = reckoning.clients
    if van.clients is not None:
        foreign = [c.place for n, c in enumerate(clients) if n not in van.clients]
        ways[foreign, :] = ways[:, foreign] = BARRED
    if reckoning.collects_last:
        back = [client.place for client in clients if client.pickup]
        out = [client.place for client in clients if client.delivery]
        ways[np.ix_(back, out)] = BARRED
        ways[van.depot, back] = BARRED
    np.fill_diagonal(ways, 0)
    return ways


def _tours(
    solution: pyvrp.Solution,
    vans: Sequence[Sequence[int]],
    activities: dict[tuple[ActivityType, int], int],
) -> Found:
    free = [list(among) for among in vans]
    found = []
    for route in solution.routes():
        inner: list[Activity] = list(route)[1:-1]
        visits = [RELOAD if a.is_depot() else activities[a.type, a.idx] for a in inner]
        found.append((free[route.vehicle_type()].pop(0), visits))
    return found
