"""One day on the desk: every order with its queue, node, tour, carrier and margins."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.carriers import CarrierChoice
from app.domain.nodes import StockNode
from app.domain.offers import Offer, OfferState
from app.domain.orders import (
    Mode,
    Order,
    Queue,
    Shipment,
    ShipmentStanding,
    ShipmentState,
    queue_of,
)
from app.domain.places import Located
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision
from app.domain.tours import PlanState, Stop, Tour, TourPlan, Unplanned
from app.domain.values import Load, Window
from db.bookings import booked_shipments, load_choices
from db.decisions import load_choices_made
from db.nodes import load_nodes
from db.offers import load_offers, load_refusals
from db.orders import load_orders, load_shipments, window_of
from db.plans import load_plan


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """One shipment of an order: where it leaves from, and on what it rides.

    `tour` is the tour's number (0 = none), `position` its stop's place in the tour; `slack_s` is
    None when it has no stop with a window; `late_s` counts from the end of the window, `late_days`
    from the promise to the day the carrier delivers. `unplanned`
    says why it waits: None once it rides on a tour or goes by a carrier.
    """

    code: str
    node: str
    to_node: str
    state: ShipmentState
    load: Load
    tour: int = 0
    tour_code: str = ""
    tour_state: PlanState | None = None
    position: int = 0
    arrival: datetime | None = None
    slack_s: int | None = None
    late_s: int = 0
    carrier: str = ""
    service: str = ""
    cost_cents: int | None = None
    reference: str = ""
    refused_by_all: bool = False
    unplanned: Unplanned | None = None
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of the orders table; every figure the table, the map and the KPI bar show.

    `due_at` is the end of the promise (else of the wish, else of the policy's day); `suggested` is
    filled by the session from the sourcing suggestions, not from the database. `offer` is the one
    that is open, or that a node has won.
    """

    code: str
    customer: str
    postcode: str
    town: str
    mode: Mode
    queue: Queue
    window: Window
    promised: bool
    due_at: datetime
    pieces: int
    load: Load
    place: Located | None
    shipments: tuple[ShipmentRow, ...]
    order: Order
    decision: SourcingDecision | None = None
    offer: Offer | None = None

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s.node for s in self.shipments))

    @property
    def tours(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(s.tour for s in self.shipments if s.tour))

    @property
    def carriers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s.carrier for s in self.shipments if s.carrier and not s.tour))

    @property
    def slack_s(self) -> int | None:
        known = [s.slack_s for s in self.shipments if s.slack_s is not None]
        return min(known, default=None)

    @property
    def late_s(self) -> int:
        return max((s.late_s for s in self.shipments), default=0)

    @property
    def way(self) -> timedelta:
        """How long its goods are on their way once they leave the nodes that were decided."""
        made = self.decision
        chosen = [] if made is None else [made.candidate(code) for code in self.nodes]
        ways = [c.arrives_at - c.ready_at for c in chosen if c and c.arrives_at and c.ready_at]
        return max(ways, default=timedelta())

    @property
    def late_days(self) -> int:
        """Days by which its carriers miss the promise."""
        return max((s.late_days for s in self.shipments), default=0)

    @property
    def unplanned(self) -> Unplanned | None:
        return next((s.unplanned for s in self.shipments if s.unplanned is not None), None)

    @property
    def approximate(self) -> bool:
        return self.place is not None and self.place.score < 1

    @property
    def unbooked(self) -> bool:
        """A carrier is chosen, and nothing was sent to it yet."""
        return any(s.carrier and not s.tour and not s.reference for s in self.shipments)


@dataclass(frozen=True, slots=True)
class Board:
    """One day as the desk shows it."""

    on: date
    rows: tuple[OrderRow, ...]
    plan: TourPlan
    nodes: tuple[StockNode, ...]
    node_loads: dict[str, int] = field(default_factory=dict)

    def in_queue(self, queue: Queue) -> tuple[OrderRow, ...]:
        return tuple(row for row in self.rows if row.queue is queue)


def load_board(connection: Connection, policy: Policy, zone: ZoneInfo, on: date) -> Board:
    """The orders due on a day, those overdue and still open, and the day's tours.

    Orders that were closed or cancelled before the day are left out.
    """
    plan = load_plan(connection, on)
    by_order: dict[str, list[Shipment]] = {}
    for shipment in load_shipments(connection):
        by_order.setdefault(shipment.order, []).append(shipment)
    choices, booked = load_choices(connection), booked_shipments(connection)
    stops = _stops(plan)
    left_out = {left.shipment: left for left in plan.unplanned}
    decisions, day = load_choices_made(connection), _day(on, zone)
    standing = load_offers(connection, states=(OfferState.OPEN, OfferState.CLAIMED))
    offers, refused = {offer.order: offer for offer in standing}, load_refusals(connection)
    rows = []
    for order in load_orders(connection):
        window = window_of(order, policy, zone)
        shipments = tuple(
            _shipment_row(s, stops.get(s.code), choices.get(s.code), booked, left_out)
            for s in by_order.get(order.code, ())
        )
        queue = _queue(order, shipments, policy, refused=order.code in refused)
        if _belongs(window, queue, day):
            made, offer = decisions.get(order.code), offers.get(order.code)
            rows.append(_row(order, window, shipments, queue, made, offer))
    return Board(on, tuple(rows), plan, tuple(load_nodes(connection)), _loads(rows))


def _row(
    order: Order,
    window: Window,
    shipments: tuple[ShipmentRow, ...],
    queue: Queue,
    decision: SourcingDecision | None,
    offer: Offer | None,
) -> OrderRow:
    total = sum((s.load for s in shipments), Load())
    promised = order.promised_from is not None or order.promised_to is not None
    return OrderRow(
        order.code,
        order.customer,
        order.address.postcode,
        order.address.town,
        order.mode,
        queue,
        window,
        promised,
        window.end,
        order.pieces,
        total,
        order.place,
        shipments,
        order,
        decision,
        offer,
    )


def _shipment_row(
    shipment: Shipment,
    riding: tuple[Tour, int, Stop] | None,
    choice: CarrierChoice | None,
    booked: dict[str, str],
    left_out: dict[str, Unplanned],
) -> ShipmentRow:
    tour, position, stop = riding or (None, 0, None)
    best = choice.best if choice is not None else None
    waits = tour is None and best is None
    return ShipmentRow(
        shipment.code,
        shipment.node,
        shipment.to_node,
        shipment.state,
        shipment.load,
        tour=tour.number if tour else 0,
        tour_code=tour.code if tour else "",
        tour_state=tour.state if tour else None,
        position=position,
        arrival=stop.arrival if stop else None,
        slack_s=stop.slack_s if stop else None,
        late_s=stop.late_s if stop else 0,
        carrier=best.carrier if best else "",
        service=best.service if best else "",
        cost_cents=best.total_cents if best else None,
        reference=booked.get(shipment.code, ""),
        refused_by_all=choice is not None and best is None,
        unplanned=left_out.get(shipment.code) if waits else None,
        late_days=best.late_days if best is not None and tour is None else 0,
    )


def _stops(plan: TourPlan) -> dict[str, tuple[Tour, int, Stop]]:
    return {
        stop.shipment: (tour, number, stop)
        for tour in plan.tours
        for number, stop in enumerate(tour.deliveries, start=1)
    }


def _queue(
    order: Order, shipments: tuple[ShipmentRow, ...], policy: Policy, *, refused: bool
) -> Queue:
    standings = tuple(
        ShipmentStanding(s.state, bool(s.to_node), s.refused_by_all and not s.tour)
        for s in shipments
    )
    least = policy.sourcing.min_place_score
    return queue_of(order, standings, min_place_score=least, refused=refused)


def _day(on: date, zone: ZoneInfo) -> Window:
    start = datetime.combine(on, time(), zone)
    return Window(start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC))


def _belongs(window: Window, queue: Queue, day: Window) -> bool:
    if window.end < day.start:
        return queue is not Queue.CLOSED
    return window.start < day.end


def _loads(rows: list[OrderRow]) -> dict[str, int]:
    loads: dict[str, int] = {}
    for row in rows:
        for node in row.nodes:
            loads[node] = loads.get(node, 0) + 1
    return loads
