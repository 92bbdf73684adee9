"""A day's tours as VROOM writes a solution: for whoever compares or shows plans of that form."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.domain.tours import Stop, StopKind, Tour, TourPlan
from app.domain.values import GeoPoint, Load

#: VROOM knows no return to the depot within a route: loading stands there as a job.
_TYPES = {
    StopKind.DEPART: "start",
    StopKind.RETURN: "end",
    StopKind.BREAK: "break",
    StopKind.PICKUP: "job",
    StopKind.DELIVERY: "job",
    StopKind.LOAD: "job",
    StopKind.RELOAD: "job",
}
_LOADING = frozenset({StopKind.LOAD, StopKind.RELOAD})


def solution(
    plan: TourPlan, jobs: Mapping[str, int], vehicles: Mapping[str, int]
) -> dict[str, Any]:
    """The plan; `jobs` and `vehicles` are their numbers in the problem, by shipment and code.

    Times are seconds since 1970 in UTC, amounts grams, millilitres and parcels, cost is in cents.
    """
    routes = [_route(tour, jobs, vehicles) for tour in plan.tours]
    left = [
        {"id": jobs[one.shipment], "type": "job", "description": one.shipment}
        for one in plan.unplanned
        if one.shipment in jobs
    ]
    return {
        "code": 0,
        "summary": {
            "cost": plan.cost_cents,
            "routes": len(routes),
            "unassigned": len(left),
            **_totals(routes),
            "distance": plan.distance_m,
            "violations": [],
        },
        "unassigned": left,
        "routes": routes,
    }


def _totals(routes: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("setup", "service", "duration", "waiting_time", "priority")
    totals: dict[str, Any] = {name: sum(route[name] for route in routes) for name in names}
    for name in ("delivery", "pickup"):
        columns = zip(*(route[name] for route in routes), strict=True)
        totals[name] = [sum(column) for column in columns] or [0, 0, 0]
    return totals


def _route(tour: Tour, jobs: Mapping[str, int], vehicles: Mapping[str, int]) -> dict[str, Any]:
    steps = list(_steps(tour, jobs))
    return {
        "vehicle": vehicles[tour.vehicle],
        "description": f"{tour.code} {tour.vehicle}",
        "cost": tour.cost_cents,
        "setup": 0,
        "service": sum(step["service"] for step in steps),
        "duration": tour.drive_s,
        "waiting_time": sum(step["waiting_time"] for step in steps),
        "priority": 0,
        "distance": tour.distance_m,
        "delivery": _amounts(_sum(tour, StopKind.DELIVERY)),
        "pickup": _amounts(_sum(tour, StopKind.PICKUP)),
        "steps": steps,
        "violations": [],
    }


def _steps(tour: Tour, jobs: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The stops; duration and distance count from the start of the tour."""
    driven_s = driven_m = 0
    for stop in tour.stops:
        driven_s += stop.drive_s
        driven_m += stop.distance_m
        kind = stop.kind.value if stop.shipment in tour.fetched else _TYPES[stop.kind]
        step: dict[str, Any] = {"type": kind}
        if stop.shipment in jobs:
            step |= {"id": jobs[stop.shipment], "description": stop.shipment}
        elif stop.kind in _LOADING:
            step["description"] = f"{stop.kind.value} {tour.depot}"
        yield step | {
            "location": _location(stop.point),
            "arrival": _second(stop.arrival),
            "setup": 0,
            "service": _served_s(stop),
            "waiting_time": stop.waiting_s,
            "duration": driven_s,
            "distance": driven_m,
            "violations": [],
        }


def _served_s(stop: Stop) -> int:
    """Time of service, of loading, or of a break."""
    return _second(stop.departure) - _second(stop.start)


def _sum(tour: Tour, kind: StopKind) -> Load:
    total = Load()
    for stop in tour.stops:
        if stop.kind is kind:
            total += stop.load
    return total


def _amounts(load: Load) -> list[int]:
    return [load.weight_g, load.volume_ml, load.parcels]


def _location(point: GeoPoint) -> list[float]:
    return [round(point.longitude, 6), round(point.latitude, 6)]


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
