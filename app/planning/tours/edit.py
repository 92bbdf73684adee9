"""What a tour becomes when a person changes it: only the touched tours are reckoned anew."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.domain.reasons import because
from app.domain.tours import Colour, Stop, StopKind, Tour, TourPlan, Unplanned
from app.planning.tours.answer import tour_of
from app.planning.tours.least_late import least_late
from app.planning.tours.loads import tidy
from app.planning.tours.problem import RELOAD, Problem


def without(plan: TourPlan, shipments: Collection[str], problem: Problem) -> TourPlan:
    """The tours that carried these shipments, timed again without them, and nothing else.

    What was taken out stands among the plan's unplanned; a tour left empty has no deliveries.
    `problem` must know the vehicles and all shipments of the touched tours.
    """
    touched = [tour for tour in plan.tours if _carries(tour, shipments)]
    out = {  # what is fetched and then brought stands there twice
        stop.shipment: taken_out(stop, tour)
        for tour in touched
        for stop in tour.deliveries
        if stop.shipment in shipments
    }
    tours = tuple(_retimed(tour, shipments, problem) for tour in touched)
    unplanned = tuple(left for left in plan.unplanned if left.shipment not in shipments)
    return replace(plan, tours=tours, unplanned=(*unplanned, *out.values()))


def taken_out(stop: Stop, tour: Tour) -> Unplanned:
    """What is said of a stop that a person took out of its tour."""
    why = because("tour_taken_out", tour=f"T{tour.number}")
    return Unplanned(stop.order, stop.shipment, Colour.GREEN, (why,))


def _carries(tour: Tour, shipments: Collection[str]) -> bool:
    return any(stop.shipment in shipments for stop in tour.deliveries)


def _retimed(tour: Tour, out: Collection[str], problem: Problem) -> Tour:
    """The tour without these shipments, its trips as they were; late if it cannot be otherwise."""
    vehicle = next(n for n, v in enumerate(problem.vehicles) if v.code == tour.vehicle)
    number = {(v.shipment, v.collect): n for n, v in enumerate(problem.visits)}
    stops = [stop for stop in tour.stops if stop.shipment not in out]
    route = tidy([n for stop in stops if (n := _visited(stop, number)) is not None])
    table = least_late(problem, problem.vehicles[vehicle], route)
    if table is None:
        raise AssertionError("a tour without limits always has a timetable")
    again = tour_of(problem, vehicle, table, tour.number)
    return replace(
        again,
        code=tour.code,
        state=tour.state,
        locked=tour.locked,
        revision=tour.revision,
        forced=tour.forced,
    )


def _visited(stop: Stop, number: Mapping[tuple[str, bool], int]) -> int | None:
    """The visit of a stop, `RELOAD` for a return to the depot, None for all else."""
    if stop.kind is StopKind.RELOAD:
        return RELOAD
    return number.get((stop.shipment, stop.kind is StopKind.PICKUP))
