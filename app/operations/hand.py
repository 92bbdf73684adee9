"""Change a day's tours by hand: see what a move would do, then do it, or take it back."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.acts.tours import EditTours
from app.domain.journal import Settled
from app.domain.locks import TourLock
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor, ShipmentState
from app.domain.policy import TouringPolicy
from app.domain.reasons import because
from app.domain.tours import Colour, Tour, TourPlan, Unplanned
from app.domain.values import Window
from app.errors import ReasonNeeded, UnknownSubject, WhollyRefused
from app.operations.closed_doors import with_closed_doors
from app.operations.roads import travel_times
from app.operations.tour_doors import toured_doors
from app.operations.tour_facts import agreed_times, facts_of
from app.planning.tours.consequences import Preview, Touched
from app.planning.tours.day import problem_of
from app.planning.tours.edit import taken_out
from app.planning.tours.fetching import fetch_of
from app.planning.tours.hands import Hands
from app.planning.tours.known_ways import KnownWays
from app.planning.tours.locked import with_locks
from app.planning.tours.moves import Move
from app.planning.tours.previewing import preview
from app.planning.tours.problem import Problem, VehicleDay
from app.planning.tours.transfers import rides_on_tours
from app.ports import TravelTimes
from app.wording.tours import violation_reason
from app.workspace import Workspace
from db.fleet import load_access_zones, load_vehicles
from db.nodes import load_nodes
from db.orders import load_doors, load_shipments
from db.plans import load_plan

#: A shipment in one of these states may be put on a tour by hand.
_WAITING = (ShipmentState.RESERVED, ShipmentState.CARRIER_CHOSEN)


def hands_of(
    workspace: Workspace,
    on: date,
    *,
    plan: TourPlan | None = None,
    locks: Sequence[TourLock] | None = None,
) -> Hands:
    """The day made ready for any number of previews; takes a moment, off the window's thread.

    With the plan that is kept, unless another is given; with the `locks` that say when, unless more
    are to bind.
    """
    policy, zone = workspace.policy(), workspace.zone
    plan = workspace.read(load_plan, on) if plan is None else plan
    nodes = workspace.read(load_nodes)
    doors = toured_doors(workspace, workspace.read(load_doors, policy, zone), on)
    vehicles = tuple(workspace.read(load_vehicles))
    ways = _known_ways(travel_times(workspace))
    lenient = replace(policy, touring=replace(policy.touring, min_place_score=0.0))
    zones = workspace.read(load_access_zones)
    problem = problem_of(
        _for_hands(doors, plan, nodes, zone, policy.touring),
        [replace(vehicle, active=True) for vehicle in vehicles],
        nodes,
        ways,
        lenient,
        on,
        zone,
        fetch=fetch_of(lenient.touring, vehicles, nodes, plan.tours),
    )
    problem = with_closed_doors(workspace, problem, doors, vehicles, zones, policy)
    problem = _aware_of_booked(_not_in_the_past(problem, plan, workspace.now()), doors)
    problem = with_locks(problem, agreed_times(workspace, on) if locks is None else locks)
    return Hands.of(problem, plan, facts_of(workspace, on, travel=ways))


def preview_move(workspace: Workspace, on: date, move: Move) -> Preview:
    """What a move would change on the day as it is kept."""
    return preview(hands_of(workspace, on), move)


def apply_move(
    workspace: Workspace, on: date, move: Move, *, reason: str = "", force: bool = False
) -> Settled:
    """Do a move on the day as it is kept.

    Raises:
        WhollyRefused: it cannot be, changes nothing, or breaks a rule without force.
        ReasonNeeded: it is forced without saying why.
    """
    return apply_preview(workspace, on, preview_move(workspace, on, move), reason, force=force)


def apply_preview(
    workspace: Workspace, on: date, seen: Preview, reason: str = "", *, force: bool = False
) -> Settled:
    """Do what was seen, exactly: refused where one of its tours was changed meanwhile.

    A tour that breaks a rule afterwards locks itself and bears the reason.

    Raises:
        WhollyRefused: it cannot be, changes nothing, or breaks a rule without force.
        ReasonNeeded: it is forced without saying why.
        MovedOn, AlreadyAgreed, AlreadyPlanned, AlreadyBooked: the day moved on meanwhile.
        UnknownSubject: a shipment is not wanted any more.
    """
    said = reason.strip()
    if seen.refused is not None:
        raise WhollyRefused(seen.refused, ())
    if not seen.changes:
        raise WhollyRefused(because("hand_unchanged"), ())
    if not seen.free and not force:
        raise WhollyRefused(seen.against or violation_reason(seen.broken[0]), ())
    if not seen.free and not said:
        raise ReasonNeeded(seen.shipments[0] if seen.shipments else "")
    _still_wanted(workspace, seen)
    changed = [each for each in seen.touched if each.before != each.after]
    tours = tuple(_left_by_hand(each, said) for each in changed)
    forced = not seen.free
    kept = said if forced else ""
    left = tuple(_carried_no_more(changed))
    return workspace.submit(EditTours(on, seen.what, tours, kept, forced, seen.shipments, left))


def _left_by_hand(each: Touched, reason: str) -> Tour:
    """The tour as it is kept: one that broke a rule locks itself, one that is mended is free."""
    after = each.after
    if after is None:
        return replace(each.tour, stops=())
    if each.broken:
        return replace(after, locked=True, forced=reason)
    if after.forced and not each.found:
        return replace(after, locked=False, forced="")
    return after


def _carried_no_more(changed: Sequence[Touched]) -> Iterator[Unplanned]:
    """The shipments that rode before and do not any more: they wait for a tour or a carrier."""
    afters = (each.after for each in changed if each.after is not None)
    riding = {stop.shipment for tour in afters for stop in tour.deliveries}
    for each in changed:
        for stop in () if each.before is None else each.before.doors:
            if stop.shipment not in riding and each.before is not None:
                yield taken_out(stop, each.before)


def _still_wanted(workspace: Workspace, seen: Preview) -> None:
    """Refuse what was cancelled or released since it was looked at."""
    olds = [each.before for each in seen.touched if each.before is not None]
    before = {stop.shipment for tour in olds for stop in tour.deliveries}
    new = [shipment for shipment in seen.shipments if shipment not in before]
    if not new:
        return
    orders = {shipment.rpartition("-")[0] for shipment in new}
    known = {shipment.code for shipment in workspace.read(load_shipments, orders)}
    for shipment in new:
        if shipment not in known:
            raise UnknownSubject("shipment", shipment)


def _for_hands(
    doors: Iterable[ShipmentAtDoor],
    plan: TourPlan,
    nodes: Iterable[StockNode],
    zone: ZoneInfo,
    policy: TouringPolicy,
) -> list[ShipmentAtDoor]:
    """What is on the day's tours already, and what else of the day could be."""
    riding = {stop.shipment for tour in plan.tours for stop in tour.deliveries}
    left = {left.shipment for left in plan.unplanned}
    zones = {node.code: ZoneInfo(node.timezone) for node in nodes}

    def may(door: ShipmentAtDoor) -> bool:
        shipment = door.shipment
        if shipment.code in riding:
            return True
        if not rides_on_tours(door, policy):
            return False
        if shipment.state not in _WAITING:
            return False
        return shipment.code in left or _touches(door, plan.on, zones.get(shipment.node, zone))

    return [door for door in doors if may(door)]


def _touches(door: ShipmentAtDoor, on: date, zone: ZoneInfo) -> bool:
    if door.window is None:
        return False
    start = datetime.combine(on, time(), zone)
    return door.window.touches(Window(start, start + timedelta(days=1, microseconds=-1)))


def _not_in_the_past(problem: Problem, plan: TourPlan, now: datetime) -> Problem:
    """No tour of today leaves earlier than now by a hand's doing; what had left stays so."""
    if now.astimezone(problem.zone).date() != problem.on:
        return problem
    starts = {tour.vehicle: tour.start for tour in plan.tours if tour.stops}
    now_s = int((now - problem.reference).total_seconds())

    def earliest(day: VehicleDay) -> VehicleDay:
        start = starts.get(day.code, now)
        start_s = min(now_s, int((start - problem.reference).total_seconds()))
        return replace(day, from_s=min(max(day.from_s, start_s), day.to_s))

    return replace(problem, vehicles=tuple(earliest(day) for day in problem.vehicles))


def _aware_of_booked(problem: Problem, doors: Collection[ShipmentAtDoor]) -> Problem:
    """The problem that can say of a shipment that a carrier has it."""
    booked = tuple(
        Unplanned(
            door.shipment.order,
            door.shipment.code,
            Colour.RED,
            (because("hand_booked", shipment=door.shipment.code),),
        )
        for door in doors
        if door.shipment.state is ShipmentState.BOOKED
    )
    return replace(problem, set_aside=(*problem.set_aside, *booked))


_measured: list[tuple[TravelTimes, KnownWays]] = []


def _known_ways(travel: TravelTimes) -> KnownWays:
    """The ways that were measured already with these travel times."""
    for known, ways in _measured:
        if known is travel:
            return ways
    _measured[:] = [*_measured[-1:], (travel, KnownWays(travel))]
    return _measured[-1][1]
