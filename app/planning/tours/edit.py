"""What a tour becomes when a person changes it: only the touched tours are reckoned anew."""

from collections.abc import Collection
from dataclasses import replace

from app.domain.reasons import because
from app.domain.tours import Colour, Tour, TourPlan, Unplanned
from app.planning.tours.answer import tour_of
from app.planning.tours.problem import FAR_S, Problem, VehicleDay
from app.planning.tours.timetable import Timetable, timetable


def without(plan: TourPlan, shipments: Collection[str], problem: Problem) -> TourPlan:
    """The tours that carried these shipments, timed again without them, and nothing else.

    What was taken out stands among the plan's unplanned; a tour left empty has no deliveries.
    `problem` must know the vehicles and all shipments of the touched tours.
    """
    touched = [tour for tour in plan.tours if _carries(tour, shipments)]
    taken = tuple(
        Unplanned(
            stop.order,
            stop.shipment,
            Colour.GREEN,
            (because("tour_taken_out", tour=f"T{tour.number}"),),
        )
        for tour in touched
        for stop in tour.deliveries
        if stop.shipment in shipments
    )
    tours = tuple(retimed(tour, _others(tour, shipments), problem) for tour in touched)
    unplanned = tuple(left for left in plan.unplanned if left.shipment not in shipments)
    return replace(plan, tours=tours, unplanned=(*unplanned, *taken))


def retimed(tour: Tour, shipments: Collection[str], problem: Problem) -> Tour:
    """The tour over these shipments in this order; late where it cannot be otherwise."""
    vehicle = next(n for n, v in enumerate(problem.vehicles) if v.code == tour.vehicle)
    number = {visit.shipment: n for n, visit in enumerate(problem.visits)}
    visits = [number[shipment] for shipment in shipments if shipment in number]
    day = problem.vehicles[vehicle]
    table = timetable(problem, day, visits) or _late_timetable(problem, day, visits)
    again = tour_of(problem, vehicle, table, tour.number)
    return replace(
        again, code=tour.code, state=tour.state, locked=tour.locked, revision=tour.revision
    )


def _carries(tour: Tour, shipments: Collection[str]) -> bool:
    return any(stop.shipment in shipments for stop in tour.deliveries)


def _others(tour: Tour, shipments: Collection[str]) -> list[str]:
    return [stop.shipment for stop in tour.deliveries if stop.shipment not in shipments]


def _late_timetable(problem: Problem, day: VehicleDay, visits: list[int]) -> Timetable:
    """A timetable for a tour that breaks a rule already: its limits are not looked at."""
    open_ended = replace(
        problem, visits=tuple(replace(visit, closes_s=FAR_S) for visit in problem.visits)
    )
    free = replace(day, to_s=FAR_S, max_m=None, max_work_s=None, pause=None)
    table = timetable(open_ended, free, visits)
    if table is None:
        raise AssertionError("a tour without limits always has a timetable")
    return table
