"""A day as its tours are planned from: what is kept of it, and the problem that this makes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import Shipment, ShipmentAtDoor, ShipmentState
from app.domain.policy import Policy, TouringPolicy
from app.domain.tours import PlanState, Tour, TourPlan, Unplanned
from app.domain.zones import AccessZone
from app.operations.closed_doors import with_closed_doors
from app.operations.communes import insee_finder
from app.operations.roads import travel_times
from app.operations.tour_doors import toured_doors
from app.operations.tour_facts import agreed_times
from app.operations.touring_documents import as_document as as_document
from app.operations.touring_documents import verdict_document as verdict_document
from app.operations.touring_run import Judged as Judged
from app.operations.touring_run import PlanRun as PlanRun
from app.planning.carriage.choice import cheapest_quotes
from app.planning.tours.day import problem_of
from app.planning.tours.fetching import Fetch, fetch_of
from app.planning.tours.kept import Keep, kept_to_vehicles
from app.planning.tours.local_notes import off_days
from app.planning.tours.locked import with_locks
from app.planning.tours.problem import Problem
from app.planning.tours.scenarios import Scenario
from app.planning.tours.transfers import rides_on_tours
from app.workspace import Workspace
from db.bookings import load_choices
from db.fleet import load_access_zones, load_vehicles
from db.locks import load_locks
from db.nodes import load_nodes
from db.notes import load_notes
from db.orders import load_doors
from db.panel import load_panel
from db.plans import load_plan, planned_tours


@dataclass(frozen=True, slots=True)
class TouringDay:
    """A day as it is kept: its plan, its fleet, and the shipments that want a tour."""

    on: date
    policy: Policy
    plan: TourPlan
    vehicles: tuple[Vehicle, ...]
    nodes: tuple[StockNode, ...]
    doors: tuple[ShipmentAtDoor, ...]
    zones: tuple[AccessZone, ...]

    @property
    def kept(self) -> tuple[Tour, ...]:
        """Tours that planning leaves alone: agreed or locked."""
        return tuple(t for t in self.plan.tours if t.locked or t.state is not PlanState.DRAFT)

    @property
    def fetch(self) -> Fetch:
        """Which goods come aboard on the way."""
        return fetch_of(self.policy.touring, self.vehicles, self.nodes)

    @property
    def drafts(self) -> tuple[Tour, ...]:
        """Tours that planning replaces."""
        return tuple(t for t in self.plan.tours if not t.locked and t.state is PlanState.DRAFT)


def load_day(workspace: Workspace, on: date, *, everything: bool = False) -> TouringDay:
    """The day; with `everything` all doors of its tours, whatever their windows say."""
    policy = workspace.policy()
    kept = workspace.read(load_plan, on)
    doors = workspace.read(load_doors, policy, workspace.zone, None if everything else on)
    doors = toured_doors(workspace, doors, on)
    if everything:
        inside = {stop.shipment for tour in kept.tours for stop in tour.deliveries}
        doors = [door for door in doors if door.shipment.code in inside]
    else:
        doors = _wanting(workspace, doors, kept, policy.touring)
    return TouringDay(
        on,
        policy,
        kept,
        tuple(workspace.read(load_vehicles)),
        tuple(workspace.read(load_nodes)),
        tuple(doors),
        tuple(workspace.read(load_access_zones)),
    )


def _wanting(
    workspace: Workspace, doors: Iterable[ShipmentAtDoor], kept: TourPlan, policy: TouringPolicy
) -> list[ShipmentAtDoor]:
    """What a tour of this day may take: not booked, not agreed elsewhere."""
    replaced = {t.code for t in kept.tours if not t.locked and t.state is PlanState.DRAFT}
    tour_by_shipment = workspace.read(planned_tours)
    by_hand = {code for code, choice in workspace.read(load_choices).items() if choice.override}

    def may(door: ShipmentAtDoor) -> bool:
        shipment = door.shipment
        if not rides_on_tours(door, policy):
            return False
        match shipment.state:
            case ShipmentState.RESERVED:
                return True
            case ShipmentState.PLANNED:
                return tour_by_shipment.get(shipment.code) in replaced
            case ShipmentState.CARRIER_CHOSEN:
                return shipment.code not in by_hand
        return False

    return [door for door in doors if may(door)]


def problem_on(
    workspace: Workspace, day: TouringDay, depot: str | None, standing: Collection[Tour]
) -> Problem:
    """The day as the solver sees it, with the carriers' prices as prizes."""
    carried = {stop.shipment for tour in standing for stop in tour.deliveries}
    fetch = day.fetch
    doors = [
        door
        for door in day.doors
        if door.shipment.code not in carried and _of_depot(door.shipment, depot, fetch)
    ]
    off = off_days(doors, workspace.read(load_notes), day.on)
    waiting = {left.shipment for left in off}
    problem = problem_of(
        [door for door in doors if door.shipment.code not in waiting],
        [vehicle for vehicle in day.vehicles if depot in (None, vehicle.depot)],
        day.nodes,
        travel_times(workspace),
        day.policy,
        day.on,
        workspace.zone,
        prizes=prizes_on(workspace, day, doors),
        busy={tour.vehicle for tour in standing},
        taken={tour.number for tour in standing},
        not_before=_under_way(workspace, day.on),
        fetch=fetch,
    )
    problem = replace(problem, set_aside=(*problem.set_aside, *off))
    return with_locks(
        with_closed_doors(workspace, problem, doors, day.vehicles, day.zones, day.policy),
        workspace.read(load_locks, day.on),
        groups={door.shipment.code: door.group for door in day.doors},
        riding={stop.shipment: tour.vehicle for tour in standing for stop in tour.deliveries},
    )


def _of_depot(shipment: Shipment, depot: str | None, fetch: Fetch) -> bool:
    """Whether vehicles of this depot may bring it; without a depot all may."""
    if depot is None or shipment.node == depot:
        return True
    return depot in fetch.may_start_from(shipment, (depot,))


def _kept_problem(
    workspace: Workspace,
    day: TouringDay,
    keep: Keep | None,
    depot: str | None,
    standing: Collection[Tour],
) -> Problem:
    """The same with the stops of drafts kept to their vehicles, where that is wanted."""
    if keep is None:
        return problem_on(workspace, day, depot, standing)
    if keep is Keep.VEHICLES:
        riding = {stop.shipment for tour in day.drafts for stop in tour.deliveries}
        doors = tuple(door for door in day.doors if door.shipment.code in riding)
        day = replace(day, doors=doors)
    return kept_to_vehicles(problem_on(workspace, day, depot, standing), day.drafts)


def supposed_problem(
    workspace: Workspace,
    day: TouringDay,
    keep: Keep | None,
    depot: str | None,
    standing: Collection[Tour],
    supposing: Scenario | None,
) -> Problem:
    """The same on a day that is otherwise, where one is supposed."""
    if supposing is None:
        return _kept_problem(workspace, day, keep, depot, standing)
    otherwise = replace(
        day,
        vehicles=supposing.fleet(day.vehicles),
        doors=supposing.doors(day.doors),
        zones=supposing.zones(day.zones),
    )
    problem = _kept_problem(workspace, otherwise, keep, depot, standing)
    return supposing.problem(problem, day.doors)


def wishing(problem: Problem, even: int | None, compact: int | None) -> Problem:
    """The problem with what a person wishes this once, in per cent, in the policy's place."""
    return replace(
        problem,
        even_percent=problem.even_percent if even is None else even,
        compact_percent=problem.compact_percent if compact is None else compact,
    )


def waiting_on(day: TouringDay, depot: str | None) -> tuple[Unplanned, ...]:
    """What was left out of the day's tours where they were planned now."""
    nodes = {door.shipment.code: door.shipment.node for door in day.doors}
    left = day.plan.unplanned
    return tuple(one for one in left if depot is None or nodes.get(one.shipment, depot) == depot)


def _under_way(workspace: Workspace, on: date) -> datetime | None:
    """The present moment when that day is today; other days are planned, or replayed, whole."""
    now = workspace.now()
    return now if now.astimezone(workspace.zone).date() == on else None


def prizes_on(
    workspace: Workspace, day: TouringDay, doors: Collection[ShipmentAtDoor]
) -> dict[str, int]:
    """What the cheapest carrier asks for each shipment, in cents; none where nobody takes it."""
    panel = workspace.read(load_panel)
    with insee_finder(panel) as insee_of:
        quotes = cheapest_quotes(
            doors,
            panel,
            day.policy,
            day.on,
            now=workspace.now(),
            nodes=day.nodes,
            insee_of=insee_of,
        )
    return {shipment: quote.total_cents for shipment, quote in quotes.items()}


def as_planned(workspace: Workspace, day: TouringDay) -> Problem:
    """The day's planned shipments and their vehicles, whatever has changed about them since."""
    lenient = replace(day.policy, touring=replace(day.policy.touring, min_place_score=0.0))
    problem = problem_of(
        day.doors,
        [replace(vehicle, active=True) for vehicle in day.vehicles],
        day.nodes,
        travel_times(workspace),
        lenient,
        day.on,
        workspace.zone,
        fetch=fetch_of(lenient.touring, day.vehicles, day.nodes, day.plan.tours),
    )
    return with_locks(problem, agreed_times(workspace, day.on))
