"""A plan of ours as tours of a public instance, and tours as the benchmark's document."""

from typing import Any

from app.domain.tours import StopKind, TourPlan
from tests.benchmarks.instances import Instance
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
