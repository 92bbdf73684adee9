"""What is stored about an order, read in one go, for saying why it goes as it goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.carriers import CarrierChoice
from app.domain.knowledge import Note, binding
from app.domain.offers import Offer, Refusal
from app.domain.orders import Mode, Order, Shipment
from app.domain.policy import CarriagePolicy, Policy
from app.domain.sourcing import SourcingDecision
from app.domain.tours import Stop, Tour, TourPlan, Unplanned
from app.domain.windows import wanted_by, window_of
from app.errors import UnknownSubject
from db.bookings import load_choices
from db.decisions import load_decision
from db.fleet import load_vehicles
from db.nodes import load_nodes
from db.notes import load_notes
from db.offers import load_offers, load_refusals
from db.orders import doors_of, load_orders, load_shipments
from db.panel import load_carriers, load_services
from db.plans import load_plan, tour_of


@dataclass(frozen=True, slots=True)
class Ride:
    """A shipment in a tour: its stop is `tour.stops[at]`."""

    shipment: Shipment
    tour: Tour
    at: int

    @property
    def stop(self) -> Stop:
        return self.tour.stops[self.at]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stored about an order, and the names of what it mentions."""

    order: Order
    due: datetime
    decision: SourcingDecision | None
    shipments: tuple[Shipment, ...]
    choices: dict[str, CarrierChoice]
    rides: tuple[Ride, ...]
    left_out: tuple[Unplanned, ...]
    node_names: dict[str, str]
    zone_of: dict[str, str]
    carrier_names: dict[str, str]
    service_names: dict[tuple[str, str], str]
    vehicle_names: dict[str, str]
    zone: ZoneInfo
    offers: tuple[Offer, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    carriage: CarriagePolicy = field(default_factory=CarriagePolicy)
    notes: tuple[Note, ...] = ()


def read_facts(connection: Connection, code: str, policy: Policy) -> Facts:
    """Read what is stored about an order.

    Raises:
        UnknownSubject: there is no such order.
    """
    orders = load_orders(connection, (code,))
    if not orders:
        raise UnknownSubject("order", code)
    shipments = tuple(load_shipments(connection, (code,)))
    nodes = load_nodes(connection)
    zone = ZoneInfo(policy.timezone)
    doors = doors_of(connection, orders[0], shipments, policy, zone)
    notes = load_notes(connection)
    bound = [note for door in doors for note in binding(notes, door)]
    return Facts(
        orders[0],
        wanted_by(orders[0], policy, zone),
        load_decision(connection, code),
        shipments,
        load_choices(connection, [shipment.code for shipment in shipments]),
        tuple(_rides(connection, shipments)),
        _left_out(_plan_of(connection, orders[0], policy, zone), code),
        {node.code: node.name for node in nodes},
        {node.code: node.timezone for node in nodes},
        {carrier.code: carrier.name for carrier in load_carriers(connection)},
        {(s.carrier, s.code): s.label for s in load_services(connection)},
        {vehicle.code: vehicle.label for vehicle in load_vehicles(connection)},
        zone,
        tuple(load_offers(connection, (code,))),
        tuple(load_refusals(connection, (code,)).get(code, {}).values()),
        policy.carriage,
        notes=tuple(dict.fromkeys(bound)),
    )


def _rides(connection: Connection, shipments: Iterable[Shipment]) -> Iterator[Ride]:
    for shipment in shipments:
        found = tour_of(connection, shipment.code)
        if found is not None:
            tour, _position = found
            at = max(n for n, stop in enumerate(tour.stops) if stop.shipment == shipment.code)
            yield Ride(shipment, tour, at)


def _plan_of(connection: Connection, order: Order, policy: Policy, zone: ZoneInfo) -> TourPlan:
    """The plan of the day on which the order is to be at its door."""
    return load_plan(connection, window_of(order, policy, zone).start.astimezone(zone).date())


def _left_out(plan: TourPlan, order: str) -> tuple[Unplanned, ...]:
    return tuple(left for left in plan.unplanned if left.order == order)


def stands(facts: Facts) -> bool:
    """Whether the stored decision is still what the order's shipments rest on."""
    if facts.decision is None:
        return False
    return set(facts.decision.nodes) <= {shipment.node for shipment in facts.shipments}


def travelling(facts: Facts) -> list[Shipment]:
    """Shipments that leave their node; what is collected on the spot does not."""
    return [
        shipment
        for shipment in facts.shipments
        if shipment.to_node or shipment.mode is not Mode.CLICK_AND_COLLECT
    ]


def iso(instant: datetime, zone: tzinfo) -> str:
    """An instant by the clock of a zone, as the interface writes it."""
    return instant.astimezone(zone).isoformat(timespec="seconds")


def iso_or_none(instant: datetime | None, zone: tzinfo) -> str | None:
    """An instant by the clock of a zone, when there is one."""
    return None if instant is None else iso(instant, zone)
