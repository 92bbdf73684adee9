"""What promises look at, read from the workspace in one go and made ready once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.orders import Mode, ShipmentAtDoor, ShipmentState
from app.domain.policy import Policy
from app.domain.tours import Colour, PlanState, TourPlan
from app.domain.values import Load
from app.planning.carriage.prices import ServiceKey
from app.planning.promise.ground import GivenAlready, PromiseGround
from app.workspace import Workspace
from db.bookings import load_batches, load_choices
from db.fleet import load_vehicles
from db.nodes import load_nodes
from db.orders import load_doors, node_load
from db.panel import load_panel
from db.plans import load_plan, planned_days

#: Shipments that our tours are still to take.
_OURS = frozenset({ShipmentState.RESERVED, ShipmentState.PLANNED})
_COLLECTED = frozenset({ShipmentState.DELIVERED, ShipmentState.FAILED, ShipmentState.CANCELLED})


def promise_ground(workspace: Workspace) -> PromiseGround:
    """Everything but stock as it is now; good until something changes or the day ends."""
    policy = workspace.policy()
    today = workspace.now().astimezone(ZoneInfo(policy.timezone)).date()
    ground = workspace.read(_load, policy, today)
    ground.warm_up()
    return ground


def _load(connection: Connection, policy: Policy, today: date) -> PromiseGround:
    zone = ZoneInfo(policy.timezone)
    return PromiseGround(
        load_nodes(connection),
        policy,
        on=today,
        vehicles=load_vehicles(connection),
        panel=load_panel(connection),
        given=_given(connection, policy, today, zone),
    )


def _given(connection: Connection, policy: Policy, today: date, zone: ZoneInfo) -> GivenAlready:
    doors = load_doors(connection, policy, zone)
    plans = [load_plan(connection, day) for day in planned_days(connection) if day >= today]
    by_shipment = {door.shipment.code: door for door in doors}
    return GivenAlready(
        orders=node_load(connection, today, zone),
        loads=_loads(doors, plans, today, zone),
        left_out=frozenset(
            (by_shipment[one.shipment].shipment.node, plan.on)
            for plan in plans
            for one in plan.unplanned
            if one.colour is not Colour.RED and one.shipment in by_shipment
        ),
        agreed=frozenset(
            (tour.vehicle, plan.on)
            for plan in plans
            for tour in plan.tours
            if tour.state is not PlanState.DRAFT
        ),
        services=_services(connection, by_shipment, zone),
        relays=_relays(doors),
    )


def _loads(
    doors: Iterable[ShipmentAtDoor], plans: Iterable[TourPlan], today: date, zone: ZoneInfo
) -> dict[tuple[str, date], Load]:
    """What drafts carry, and what no tour has yet on the day of its window."""
    days: dict[str, date | None] = {}
    for plan in plans:
        for tour in plan.tours:
            for stop in tour.deliveries:
                days[stop.shipment] = plan.on if tour.state is PlanState.DRAFT else None
    loads: dict[tuple[str, date], Load] = defaultdict(Load)
    for door in doors:
        shipment = door.shipment
        if shipment.state not in _OURS or shipment.mode is not Mode.HOME_DELIVERY:
            continue
        day = days.get(shipment.code, _day_of(door, today, zone))
        if day is not None:
            loads[shipment.node, day] += shipment.load
    return dict(loads)


def _day_of(door: ShipmentAtDoor, today: date, zone: ZoneInfo) -> date:
    start: datetime | None = door.window.start if door.window else None
    return max(today, start.astimezone(zone).date()) if start else today


def _services(
    connection: Connection, doors: Mapping[str, ShipmentAtDoor], zone: ZoneInfo
) -> dict[date, Counter[ServiceKey]]:
    """How many shipments each service has for each day: sent, or chosen and not sent yet."""
    days = {
        shipment: batch.on for batch in load_batches(connection) for shipment in batch.shipments
    }
    used: dict[date, Counter[ServiceKey]] = defaultdict(Counter)
    for shipment, choice in load_choices(connection).items():
        door = doors.get(shipment)
        if choice.best is None or door is None:
            continue
        day = days.get(shipment)
        if day is None and door.window is not None:
            day = door.window.start.astimezone(zone).date()
        if day is not None:
            used[day][choice.best.carrier, choice.best.service] += 1
    return dict(used)


def _relays(doors: Iterable[ShipmentAtDoor]) -> Counter[str]:
    """Parcels on their way to each pickup point, or waiting there."""
    held: Counter[str] = Counter()
    for door in doors:
        if door.pickup_point and door.shipment.state not in _COLLECTED:
            held[door.pickup_point] += door.shipment.load.parcels
    return held
