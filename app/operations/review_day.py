"""What a day's review is made from: the board, its plan, what carriers took, and the names."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.carriers import Batch, CarrierChoice, PickupPoint
from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import Mode, Order, Queue, Shipment
from app.domain.places import Precision
from app.domain.policy import Policy
from app.domain.reasons import Reason, because
from app.domain.tours import Stop, Tour, TourPlan, Unplanned
from app.domain.values import Address, Window
from app.operations.roads import Ways, road_ways
from app.planning.emissions import defaults, factor_of, shares
from app.reports.day_review import (
    Carried,
    CarrierReview,
    DayReview,
    Fates,
    HandedOver,
    Keeping,
    Left,
    LeftOut,
    Told,
    TourReview,
    Visit,
)
from app.workspace import Workspace
from db.bookings import load_batches, load_choices
from db.fleet import load_vehicles
from db.journal import entries
from db.orders import load_orders, load_shipments
from db.panel import load_pickup_points
from db.queries.board import Board, OrderRow, ShipmentRow, load_board
from db.queries.directory import Directory, load_directory

#: Points so found stand for a place, not for a door.
_NEAR_ONLY = frozenset({Precision.TOWN, Precision.POSTCODE, Precision.DEPARTMENT})
_LEFT = {
    Queue.BLOCKED: Left.ADDRESS,
    Queue.TO_SOURCE: Left.NO_NODE,
    Queue.ASK_CLIENT: Left.NO_NODE,
    Queue.OFFERED: Left.OFFERED,
    Queue.TO_PLAN: Left.NOT_PLANNED,
    Queue.NO_CARRIER: Left.NO_CARRIER,
}
#: Services for other kinds of orders, and rules that were tried before: neither explains anything.
_BESIDE_THE_POINT = frozenset({"service_mode", "rule_found_none"})


@dataclass(frozen=True)
class Ground:
    """Everything that was read of one day, and what can be looked up in it.

    `as_of` is when the journal was last written; `ways` are the known roads of each tour.
    """

    board: Board
    orders: Mapping[str, Order]
    shipments: Mapping[str, Shipment]
    vehicles: Mapping[str, Vehicle]
    choices: Mapping[str, CarrierChoice]
    batches: tuple[Batch, ...]
    names: Directory
    zone: ZoneInfo
    policy: Policy
    as_of: datetime | None
    ways: Mapping[str, Ways] = field(default_factory=dict)
    points: Mapping[str, PickupPoint] = field(default_factory=dict)

    @property
    def tight_slack_s(self) -> int:
        return self.policy.touring.tight_slack_s

    @property
    def on(self) -> date:
        return self.board.on

    @property
    def plan(self) -> TourPlan:
        return self.board.plan

    @cached_property
    def nodes(self) -> dict[str, StockNode]:
        return {node.code: node for node in self.board.nodes}

    @cached_property
    def sent(self) -> dict[str, str]:
        """The batch that holds a shipment."""
        return {code: batch.reference for batch in self.batches for code in batch.shipments}

    @cached_property
    def rows(self) -> tuple[OrderRow, ...]:
        """The day's own orders, and older ones that still wait for a decision."""
        return tuple(row for row in self.board.rows if self._is_of_the_day(row))

    @cached_property
    def with_carriers(self) -> dict[str, str]:
        """The carrier of every shipment that leaves with one for this day."""
        chosen = {
            shipment.code: shipment.carrier
            for row in self.rows
            for shipment in row.shipments
            if shipment.carrier and not shipment.tour
        }
        batched = {code: batch.carrier for batch in self.batches for code in batch.shipments}
        return {**chosen, **batched}

    def _is_of_the_day(self, row: OrderRow) -> bool:
        if row.queue in _LEFT or any(shipment.tour for shipment in row.shipments):
            return True
        return row.window.touches(_whole_day(self.on, self.zone))


def read_ground(workspace: Workspace, on: date) -> Ground:
    """One day as it stands in the workspace at one moment."""
    ground = workspace.read(_ground, workspace.policy(), workspace.zone, on)
    ways = road_ways(workspace, ground.plan.tours, ground.vehicles.values())
    return replace(ground, ways=ways)


def _ground(connection: Connection, policy: Policy, zone: ZoneInfo, on: date) -> Ground:
    board = load_board(connection, policy, zone, on)
    batches = tuple(load_batches(connection, on))
    orders = {row.code: row.order for row in board.rows}
    shipments = {s.code: s for s in load_shipments(connection, cancelled=True)}
    named = {shipments[code].order for b in batches for code in b.shipments if code in shipments}
    named |= {stop.order for tour in board.plan.tours for stop in tour.deliveries}
    if missing := sorted(named - orders.keys()):
        orders |= {order.code: order for order in load_orders(connection, missing)}
    latest = entries(connection, None, 1)
    return Ground(
        board,
        orders,
        shipments,
        {vehicle.code: vehicle for vehicle in load_vehicles(connection)},
        load_choices(connection),
        batches,
        load_directory(connection),
        zone,
        policy,
        latest[0].at if latest else None,
        points={point.code: point for point in load_pickup_points(connection)},
    )


def review_of(ground: Ground) -> DayReview:
    """The day as a supervisor looks at it."""
    plan = ground.plan
    return DayReview(
        ground.on,
        ground.zone,
        tuple(_tour(ground, tour) for tour in sorted(plan.tours, key=lambda t: t.number)),
        tuple(_carriers(ground)),
        tuple(_left_out(ground)),
        tuple(_handed_over(ground)),
        _fates(ground),
        plan.method if plan.tours else "",
        defaults().sources if any(tour.emission_level == 1 for tour in plan.tours) else (),
        ground.as_of,
        ground.tight_slack_s,
        ground.policy.currency,
    )


def _tour(ground: Ground, tour: Tour) -> TourReview:
    vehicle = ground.vehicles.get(tour.vehicle)
    parts = shares(tour)
    visits = tuple(
        _fetch(ground, number, stop)
        if tour.is_fetch(stop)
        else _visit(ground, number, stop, parts.get(stop.shipment, 0))
        for number, stop in enumerate(tour.deliveries, start=1)
    )
    basis = _named(ground, factor_of(vehicle or Vehicle(tour.vehicle, tour.depot)).basis)
    return TourReview(tour, visits, basis, vehicle, ground.nodes.get(tour.depot))


def _visit(ground: Ground, number: int, stop: Stop, co2e_g: int) -> Visit:
    keeping = _keeping(stop, ground.tight_slack_s)
    order, shipment = ground.orders.get(stop.order), ground.shipments.get(stop.shipment)
    goods = shipment.lines if shipment else ()
    if order is None:
        return Visit(number, stop, keeping, co2e_g=co2e_g, goods=goods)
    counter = _counter(ground, order, shipment)
    if counter is not None:
        name, address = counter
        kept_for = order.customer or order.code
        return Visit(
            number,
            stop,
            keeping,
            name,
            address,
            co2e_g=co2e_g,
            goods=goods,
            kept_for=kept_for,
        )
    near_only = order.place is not None and order.place.precision in _NEAR_ONLY
    return Visit(
        number,
        stop,
        keeping,
        order.customer,
        order.address,
        order.phone,
        order.note,
        co2e_g,
        approximate=near_only,
        floor=order.floor,
        lift=order.lift,
        goods=goods,
    )


def _counter(ground: Ground, order: Order, shipment: Shipment | None) -> tuple[str, Address] | None:
    """The store or the pickup point that takes a shipment in, by its name and address."""
    if shipment is None:
        return None
    if store := ground.nodes.get(shipment.to_node):
        return store.name, store.address
    if shipment.mode is not Mode.PICKUP_POINT:
        return None
    point = ground.points.get(order.pickup_point)
    return None if point is None else (point.name, point.address)


def _fetch(ground: Ground, number: int, stop: Stop) -> Visit:
    """Taking goods over at their node, which delivers nothing yet and bears no CO2e."""
    order, shipment = ground.orders.get(stop.order), ground.shipments.get(stop.shipment)
    code = shipment.node if shipment else ""
    node = ground.nodes.get(code)
    return Visit(
        number,
        stop,
        _keeping(stop, ground.tight_slack_s),
        node.name if node else code,
        node.address if node else Address(),
        goods=shipment.lines if shipment else (),
        fetched_for=order.customer if order else "",
    )


def _keeping(stop: Stop, tight_slack_s: int) -> Keeping:
    if stop.late_s:
        return Keeping.LATE
    tight = stop.slack_s is not None and stop.slack_s < tight_slack_s
    return Keeping.TIGHT if tight else Keeping.EASY


def _carriers(ground: Ground) -> Iterator[CarrierReview]:
    by_carrier: dict[str, list[Carried]] = {}
    for code, carrier in sorted(ground.with_carriers.items()):
        by_carrier.setdefault(carrier, []).append(_carried(ground, code, carrier))
    for carrier, carried in sorted(by_carrier.items()):
        yield CarrierReview(carrier, ground.names.carriers.get(carrier, carrier), tuple(carried))


def _carried(ground: Ground, code: str, carrier: str) -> Carried:
    shipment = ground.shipments[code]
    order = ground.orders.get(shipment.order)
    choice = ground.choices.get(code)
    quote = choice.best if choice else None
    return Carried(
        shipment=code,
        order=shipment.order,
        customer=order.customer if order else "",
        town=_destination(ground, shipment, order),
        service=ground.names.services.get((carrier, quote.service), "") if quote else "",
        parcels=shipment.load.parcels,
        weight_g=shipment.load.weight_g,
        cost_cents=quote.total_cents if quote else 0,
        co2e_g=quote.co2e_g if quote else 0,
        emission_level=quote.emission_level if quote else 1,
        reference=ground.sent.get(code, ""),
        delivered_on=quote.delivered_on if quote else None,
        late_days=quote.late_days if quote else 0,
    )


def _destination(ground: Ground, shipment: Shipment, order: Order | None) -> str:
    """Where the shipment goes: the store of a transfer, else the customer's town."""
    store = ground.nodes.get(shipment.to_node)
    if store is not None:
        return store.name
    return f"{order.address.postcode} {order.address.town}".strip() if order else ""


def _left_out(ground: Ground) -> Iterator[LeftOut]:
    for row in ground.rows:
        if row.queue not in _LEFT:
            continue
        told = tuple(_why(ground, row))
        unplanned = row.unplanned
        yield LeftOut(
            row.code,
            _LEFT[row.queue],
            told,
            customer=row.customer,
            town=f"{row.postcode} {row.town}".strip(),
            colour=unplanned.colour if unplanned else None,
            due_on=row.due_at.astimezone(ground.zone).date(),
        )


def _why(ground: Ground, row: OrderRow) -> Iterator[Told]:
    """The reasons kept with the decisions; never recomputed."""
    if row.queue in (Queue.BLOCKED, Queue.TO_SOURCE, Queue.ASK_CLIENT):
        reasons = row.decision.reasons if row.decision else (because("not_sourced_yet"),)
        told = (reason for reason in reasons if reason.code not in _BESIDE_THE_POINT)
        yield from (Told(_named(ground, reason)) for reason in told)
        return
    for shipment in row.shipments:
        yield from _why_stays(ground, shipment)


def _why_stays(ground: Ground, shipment: ShipmentRow) -> Iterator[Told]:
    """Why one shipment rides on no tour and with no carrier."""
    if shipment.tour or shipment.carrier:
        return
    if shipment.unplanned is not None:
        yield from (Told(_named(ground, reason)) for reason in shipment.unplanned.reasons)
    choice = ground.choices.get(shipment.code)
    if choice is None and shipment.unplanned is None:
        yield Told(because("not_planned_yet"))
    for refused in choice.refused if choice else ():
        if refused.reason.code not in _BESIDE_THE_POINT:
            carrier = ground.names.carriers.get(refused.carrier, refused.carrier)
            service = ground.names.services.get((refused.carrier, refused.service), "")
            yield Told(refused.reason, " · ".join(filter(None, (carrier, service))))


def _handed_over(ground: Ground) -> Iterator[HandedOver]:
    for left in ground.plan.unplanned:
        carrier = ground.with_carriers.get(left.shipment)
        choice = ground.choices.get(left.shipment)
        if carrier and choice is not None and choice.best is not None:
            yield _taken_instead(ground, left, carrier, choice.best.total_cents)


def _taken_instead(ground: Ground, left: Unplanned, carrier: str, cents: int) -> HandedOver:
    order = ground.orders.get(left.order)
    return HandedOver(
        left.order,
        left.shipment,
        order.customer if order else "",
        f"{order.address.postcode} {order.address.town}".strip() if order else "",
        ground.names.carriers.get(carrier, carrier),
        cents,
        tuple(Told(_named(ground, reason)) for reason in left.reasons),
        left.colour,
    )


def _fates(ground: Ground) -> Fates:
    counts = Counter(row.queue for row in ground.rows)
    return Fates(
        on_tour=counts[Queue.PLANNED],
        with_carrier=counts[Queue.WITH_CARRIER],
        to_collect=counts[Queue.TO_COLLECT],
        left_out=sum(counts[queue] for queue in _LEFT),
        closed=counts[Queue.CLOSED],
    )


def _named(ground: Ground, reason: Reason) -> Reason:
    """The reason with vehicles called by their names, as on every other page."""
    facts = tuple(
        (name, _label(ground, str(value)) if name == "vehicle" else value) for name, value in reason
    )
    return replace(reason, facts=facts)


def _label(ground: Ground, code: str) -> str:
    vehicle = ground.vehicles.get(code)
    return (vehicle.label or code) if vehicle else code


def _whole_day(on: date, zone: ZoneInfo) -> Window:
    start = datetime.combine(on, time(), zone)
    return Window(start, start + timedelta(days=1) - timedelta(microseconds=1))
