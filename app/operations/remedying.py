"""What would have to give way for shipments that the tours left out, and what that would cost."""

from collections.abc import Collection, Iterable
from datetime import date

from app.domain.tours import Colour, PlanState, TourPlan, Unplanned
from app.operations.hand import hands_of
from app.planning.tours.displacing import Displacement, displacement
from app.planning.tours.hands import Hands, stops_of
from app.planning.tours.problem import FAR_S
from app.planning.tours.relaxing import Remedy, remedies
from app.planning.tours.settle import Driven
from app.workspace import Workspace
from db.fleet import load_vehicles
from db.locks import load_locks

#: Nothing that gives way on a tour helps these: they want a better address, or a vehicle.
_NOT_BY_TOURS = frozenset({"tour_no_address", "tour_vague_address", "tour_vehicles_busy"})
#: Remedies are told for so many shipments of a plan; whoever asks for one more gets it.
MOST_TOLD = 40


def remedies_for(
    workspace: Workspace,
    on: date,
    shipments: Iterable[str],
    *,
    plan: TourPlan | None = None,
    hands: Hands | None = None,
) -> dict[str, tuple[Remedy, ...]]:
    """For each shipment left out the smallest sets of limits that would let a vehicle take it.

    Of the plan that is kept, unless another is given. Agreed and locked tours and vehicles out of
    service are not asked. `hands` is the day where it is ready already, by `ground_for`.
    """
    shipments = tuple(shipments)
    if not shipments:
        return {}
    ready = ground_for(workspace, on, plan=plan) if hands is None else hands
    left = {one.shipment: one for one in ready.plan.unplanned}
    helped = [left[code] for code in shipments if code in left and _helped(left[code])]
    free = vehicles_at_hand(workspace, ready)
    tours = tours_at_hand(ready, free)
    now_s = now_second(workspace, ready)
    return {
        shipment: remedies(ready.exact, tours, visit, vehicles=free, now_s=now_s)
        for shipment, visit in _visits(ready, helped)
    }


def displacements_for(
    workspace: Workspace,
    on: date,
    shipments: Iterable[str],
    *,
    plan: TourPlan | None = None,
    hands: Hands | None = None,
) -> dict[str, Displacement]:
    """For each shipment that would displace others whom it would displace for the least.

    Asked as for remedies; nobody is named where no exchange of one stop helps.
    """
    shipments = tuple(shipments)
    if not shipments:
        return {}
    ready = ground_for(workspace, on, plan=plan) if hands is None else hands
    left = {one.shipment: one for one in ready.plan.unplanned if one.colour is Colour.YELLOW}
    free = vehicles_at_hand(workspace, ready)
    tours = tours_at_hand(ready, free)
    found = {
        shipment: displacement(ready.exact, tours, visit, vehicles=free)
        for shipment, visit in _visits(ready, [left[code] for code in shipments if code in left])
    }
    return {shipment: one for shipment, one in found.items() if one is not None}


def _visits(ready: Hands, wanted: Iterable[Unplanned]) -> list[tuple[str, int]]:
    """These shipments with their visits, where the day knows them."""
    known = ready.visits
    return [(one.shipment, known[one.shipment]) for one in wanted if one.shipment in known]


def ground_for(workspace: Workspace, on: date, *, plan: TourPlan | None = None) -> Hands:
    """The day made ready with all its locks; takes a moment, off the window's thread."""
    return hands_of(workspace, on, plan=plan, locks=workspace.read(load_locks, on))


def to_be_told(plan: TourPlan) -> tuple[str, ...]:
    """The shipments of a plan whose remedies are told with it: those that no vehicle takes."""
    stuck = [one.shipment for one in plan.unplanned if one.colour is not Colour.GREEN]
    return tuple(stuck[:MOST_TOLD])


def told_with(
    workspace: Workspace, plan: TourPlan
) -> tuple[dict[str, tuple[Remedy, ...]], dict[str, Displacement]]:
    """What is told with a plan, kept or not: remedies, and whom shipments would displace."""
    stuck = to_be_told(plan)
    if not stuck:
        return {}, {}
    ready = ground_for(workspace, plan.on, plan=plan)
    return (
        remedies_for(workspace, plan.on, stuck, hands=ready),
        displacements_for(workspace, plan.on, stuck, hands=ready),
    )


def _helped(left: Unplanned) -> bool:
    return not any(reason.code in _NOT_BY_TOURS for reason in left.reasons)


def vehicles_at_hand(workspace: Workspace, ready: Hands) -> Collection[int]:
    """Vehicles in service that are idle, or on a draft that nobody locked."""
    bound = {
        tour.vehicle
        for tour in ready.plan.tours
        if tour.locked or tour.state is not PlanState.DRAFT
    }
    out = {vehicle.code for vehicle in workspace.read(load_vehicles) if not vehicle.active}
    return [n for code, n in ready.vehicles.items() if code not in bound | out]


def tours_at_hand(ready: Hands, free: Collection[int]) -> dict[int, Driven]:
    """The tours of these vehicles; one that keeps not all its rules is left as it is."""
    tours = {}
    for tour in ready.plan.tours:
        vehicle = ready.vehicles.get(tour.vehicle)
        if vehicle in free and vehicle is not None and tour.deliveries:
            driven = ready.exact.drive(vehicle, ready.route(stops_of(tour)))
            if driven is not None:
                tours[vehicle] = driven
    return tours


def now_second(workspace: Workspace, ready: Hands) -> int:
    """The present moment where that day is today."""
    problem, now = ready.problem, workspace.now()
    if now.astimezone(problem.zone).date() != problem.on:
        return -FAR_S
    return int((now - problem.reference).total_seconds())
