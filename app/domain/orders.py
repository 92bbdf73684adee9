"""What a customer ordered, and the shipments that answer it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.places import Located, Precision, address_key
from app.domain.values import Address, GeoPoint, Load, Window


class Mode(StrEnum):
    """How the goods reach the customer."""

    HOME_DELIVERY = "home_delivery"
    CLICK_AND_COLLECT = "click_and_collect"
    PICKUP_POINT = "pickup_point"


class OrderState(StrEnum):
    """Where the whole order stands."""

    TO_SOURCE = "to_source"
    QUEUED = "queued"
    OFFERED = "offered"
    PARTIALLY_ALLOCATED = "partially_allocated"
    ALLOCATED = "allocated"
    UNFILLABLE = "unfillable"
    CLOSED = "closed"
    CANCELLED = "cancelled"


#: States whose orders a new sourcing run looks at.
OPEN_TO_SOURCING = frozenset(
    {
        OrderState.TO_SOURCE,
        OrderState.QUEUED,
        OrderState.PARTIALLY_ALLOCATED,
        OrderState.UNFILLABLE,
    }
)


class Queue(StrEnum):
    """The one list an order waits in; the counts add up to all orders."""

    BLOCKED = "blocked"
    TO_SOURCE = "to_source"
    ASK_CLIENT = "ask_client"
    OFFERED = "offered"
    TO_PLAN = "to_plan"
    PLANNED = "planned"
    WITH_CARRIER = "with_carrier"
    NO_CARRIER = "no_carrier"
    TO_COLLECT = "to_collect"
    CLOSED = "closed"


class ShipmentState(StrEnum):
    """Where one shipment stands."""

    RESERVED = "reserved"
    PLANNED = "planned"
    CARRIER_CHOSEN = "carrier_chosen"
    BOOKED = "booked"
    PREPARING = "preparing"
    READY = "ready"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many pieces of one product; a line is known by (order, sku)."""

    sku: str
    quantity: int
    unit_price_cents: int = 0

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise ValueError(f"a line needs at least one piece, not {self.quantity}")


@dataclass(frozen=True, slots=True)
class Order:
    """A customer's order as it came in; wish, promise and plan are three different things.

    `place` is None while the address could not be placed; `service_s` is the time at the door.
    `also` are further windows as good as the promised one; `ready_at` is when the goods can leave;
    `floor` is climbed on foot unless there is a `lift`; orders of one `group` ride together.
    """

    code: str
    placed_at: datetime
    mode: Mode
    lines: tuple[OrderLine, ...]
    customer: str = ""
    address: Address = Address()
    place: Located | None = None
    phone: str = ""
    email: str = ""
    promised_from: datetime | None = None
    promised_to: datetime | None = None
    wish_from: datetime | None = None
    wish_to: datetime | None = None
    pickup_point: str = ""
    collect_node: str = ""
    service_s: int | None = None
    note: str = ""
    state: OrderState = OrderState.TO_SOURCE
    revision: int = 1
    also: tuple[Window, ...] = ()
    ready_at: datetime | None = None
    floor: int = 0
    lift: bool = True
    group: str = ""

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def value_cents(self) -> int:
        return sum(line.quantity * line.unit_price_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class Shipment:
    """What one node sends for one order: `<order>-<n>`; `to_node` marks a transfer to a store.

    `window` is the promised window, else the wish, else the policy's day, at planning time.
    """

    code: str
    order: str
    node: str
    lines: tuple[OrderLine, ...]
    mode: Mode = Mode.HOME_DELIVERY
    to_node: str = ""
    load: Load = field(default_factory=Load)
    state: ShipmentState = ShipmentState.RESERVED
    revision: int = 1


@dataclass(frozen=True, slots=True)
class ShipmentAtDoor:
    """A shipment together with what planning and carriers need of its order.

    `service_s` is the time for the goods, `setup_s` what comes before the first of several at one
    door, both in seconds; `also` are further windows as good as `window`.
    """

    shipment: Shipment
    customer: str
    address: Address
    place: Located | None
    window: Window | None
    service_s: int
    handling: frozenset[str] = frozenset()
    value_cents: int = 0
    longest_mm: int = 0
    girth_mm: int = 0
    phone: str = ""
    email: str = ""
    pickup_point: str = ""
    note: str = ""
    promised_to: datetime | None = None
    also: tuple[Window, ...] = ()
    ready_at: datetime | None = None
    setup_s: int = 0
    group: str = ""

    @property
    def door(self) -> tuple[GeoPoint, str] | None:
        """Which door it is: two shipments with the same one are at one place, with one setup.

        The same address at the same point; an address known by its town alone is nobody else's.
        """
        if self.place is None:
            return None
        sure = bool(self.address.street) or self.place.precision in _EXACT
        return self.place.point, address_key(self.address) if sure else self.shipment.code


_EXACT = frozenset({Precision.GIVEN, Precision.PIN, Precision.HOUSE})


@dataclass(frozen=True, slots=True)
class ShipmentStanding:
    """How far one active shipment has come on this desk; `refused` = no carrier can take it."""

    state: ShipmentState
    transfer: bool = False
    refused: bool = False


def queue_of(
    order: Order,
    standings: tuple[ShipmentStanding, ...],
    *,
    min_place_score: float,
    refused: bool = False,
) -> Queue:
    """The one queue an order waits in; the least advanced of its shipments decides.

    `refused` marks an order that a node said no to: its client is asked first, if it is to be
    collected.
    """
    if order.state in (OrderState.CLOSED, OrderState.CANCELLED):
        return Queue.CLOSED
    if not is_placed(order, min_place_score):
        return Queue.BLOCKED
    if order.state is OrderState.OFFERED:
        return Queue.OFFERED
    if order.state is not OrderState.ALLOCATED:
        collected = order.mode is Mode.CLICK_AND_COLLECT
        return Queue.ASK_CLIENT if refused and collected else Queue.TO_SOURCE
    travelling = [s for s in standings if s.transfer or order.mode is not Mode.CLICK_AND_COLLECT]
    if not travelling:
        return Queue.TO_COLLECT
    return min((_standing_queue(s) for s in travelling), key=_LEAST_ADVANCED.index)


def is_placed(order: Order, min_place_score: float) -> bool:
    """Whether we know well enough where the goods go; a store or relay is its own place."""
    if order.mode is Mode.CLICK_AND_COLLECT or order.pickup_point:
        return True
    return order.place is not None and order.place.score >= min_place_score


_LEAST_ADVANCED = (Queue.NO_CARRIER, Queue.TO_PLAN, Queue.PLANNED, Queue.WITH_CARRIER, Queue.CLOSED)
_ADVANCED = {
    ShipmentState.RESERVED: Queue.TO_PLAN,
    ShipmentState.PLANNED: Queue.PLANNED,
    ShipmentState.DELIVERED: Queue.CLOSED,
}


def _standing_queue(standing: ShipmentStanding) -> Queue:
    if standing.refused and standing.state is ShipmentState.RESERVED:
        return Queue.NO_CARRIER
    return _ADVANCED.get(standing.state, Queue.WITH_CARRIER)
