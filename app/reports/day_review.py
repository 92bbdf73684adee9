"""What a supervisor looks at when a day is told: its tours, carriers, and what was left out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import OrderLine
from app.domain.reasons import Reason
from app.domain.tours import Colour, PlanState, Stop, StopKind, Tour
from app.domain.values import Address, Load

#: A capacity from here on was never told.
UNTOLD = Load(10**9, 10**9, 10**6)


class Keeping(StrEnum):
    """How comfortably a stop keeps its window."""

    EASY = "easy"
    TIGHT = "tight"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Visit:
    """A delivery of a tour: its number, who waits there, and its share of the tour's CO2e.

    `approximate` says that the point is only near the address; `lift` counts above the ground.
    `fetched_for` is the client of goods that are only taken over there, None at a door; who waits
    there then is their node. `kept_for` is the client who collects there, at a store or a pickup
    point, empty at all other doors.
    """

    number: int
    stop: Stop
    keeping: Keeping = Keeping.EASY
    customer: str = ""
    address: Address = Address()
    phone: str = ""
    note: str = ""
    co2e_g: int = 0
    approximate: bool = False
    floor: int = 0
    lift: bool = True
    goods: tuple[OrderLine, ...] = ()
    fetched_for: str | None = None
    kept_for: str = ""


@dataclass(frozen=True, slots=True)
class TourReview:
    """One tour with its vehicle and depot; `basis` says where the CO2e per kilometre is from."""

    tour: Tour
    visits: tuple[Visit, ...]
    basis: Reason
    vehicle: Vehicle | None = None
    depot: StockNode | None = None

    @property
    def number(self) -> int:
        return self.tour.number

    @property
    def title(self) -> str:
        """What the vehicle is called."""
        vehicle = self.vehicle
        return (vehicle.label or vehicle.code) if vehicle else self.tour.vehicle

    @property
    def driver(self) -> str:
        return self.vehicle.driver if self.vehicle else ""

    @property
    def depot_name(self) -> str:
        return self.depot.name if self.depot else self.tour.depot

    def zone(self, otherwise: ZoneInfo) -> ZoneInfo:
        """The time zone that the tour is driven in: its depot's."""
        return ZoneInfo(self.depot.timezone) if self.depot else otherwise

    @property
    def late(self) -> int:
        return sum(1 for visit in self.visits if visit.keeping is Keeping.LATE)

    @property
    def tight(self) -> int:
        return sum(1 for visit in self.visits if visit.keeping is Keeping.TIGHT)

    @property
    def waiting_s(self) -> int:
        return sum(s.waiting_s for s in self.tour.stops if s.kind is not StopKind.BREAK)

    @property
    def fill_share(self) -> float | None:
        """How full the vehicle leaves: the largest of weight, volume and parcels."""
        return max(self.fills.values(), default=None)

    @property
    def fills(self) -> dict[str, float]:
        """How full it leaves by each capacity that was told."""
        if self.vehicle is None:
            return {}
        load, room = self.tour.load, self.vehicle.capacity
        told = {
            "weight": (load.weight_g, room.weight_g, UNTOLD.weight_g),
            "volume": (load.volume_ml, room.volume_ml, UNTOLD.volume_ml),
            "parcels": (load.parcels, room.parcels, UNTOLD.parcels),
        }
        return {
            name: part / whole for name, (part, whole, most) in told.items() if 0 < whole < most
        }


@dataclass(frozen=True, slots=True)
class Carried:
    """A shipment with a carrier; without `reference` nothing was sent to the carrier yet."""

    shipment: str
    order: str
    customer: str
    town: str
    service: str
    parcels: int
    weight_g: int
    cost_cents: int
    co2e_g: int
    emission_level: int = 1
    reference: str = ""
    delivered_on: date | None = None
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class CarrierReview:
    """What one carrier takes that day."""

    code: str
    name: str
    carried: tuple[Carried, ...]

    @property
    def cost_cents(self) -> int:
        return sum(one.cost_cents for one in self.carried)

    @property
    def co2e_g(self) -> int:
        return sum(one.co2e_g for one in self.carried)

    @property
    def emission_level(self) -> int:
        return min((one.emission_level for one in self.carried), default=1)

    @property
    def parcels(self) -> int:
        return sum(one.parcels for one in self.carried)

    @property
    def weight_g(self) -> int:
        return sum(one.weight_g for one in self.carried)

    @property
    def references(self) -> tuple[str, ...]:
        """The batches that were sent, in order."""
        return tuple(sorted({one.reference for one in self.carried if one.reference}))

    @property
    def unsent(self) -> int:
        """Shipments that no batch holds yet."""
        return sum(1 for one in self.carried if not one.reference)


class Left(StrEnum):
    """Why an order leaves neither by tour nor by carrier, nor waits for its customer."""

    ADDRESS = "address"
    NO_NODE = "no_node"
    OFFERED = "offered"
    NOT_PLANNED = "not_planned"
    NO_CARRIER = "no_carrier"


@dataclass(frozen=True, slots=True)
class Told:
    """A reason, and about whom it is when it does not say so itself."""

    reason: Reason
    about: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An order, or one shipment of it, that nobody delivers that day, and why."""

    order: str
    cause: Left
    reasons: tuple[Told, ...]
    shipment: str = ""
    customer: str = ""
    town: str = ""
    colour: Colour | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A shipment that the tours left out and that a carrier took instead."""

    order: str
    shipment: str
    customer: str
    town: str
    carrier: str
    cost_cents: int
    reasons: tuple[Told, ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Fates:
    """How the day's orders leave; every order counts once."""

    on_tour: int = 0
    with_carrier: int = 0
    to_collect: int = 0
    left_out: int = 0
    closed: int = 0

    @property
    def orders(self) -> int:
        return self.on_tour + self.with_carrier + self.to_collect + self.left_out + self.closed


@dataclass(frozen=True, slots=True)
class DayReview:
    """One day as it stands in the workspace at `as_of`, the time of the latest journal entry.

    `method` says how distances were measured, `sources` whence default emission factors are.
    """

    on: date
    zone: ZoneInfo
    tours: tuple[TourReview, ...] = ()
    carriers: tuple[CarrierReview, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    handed_over: tuple[HandedOver, ...] = ()
    fates: Fates = Fates()
    method: str = ""
    sources: tuple[str, ...] = ()
    as_of: datetime | None = None
    tight_slack_s: int = 600
    currency: str = "EUR"

    @property
    def states(self) -> dict[PlanState, int]:
        """How many tours are agreed how far, from draft to closed."""
        counts = dict.fromkeys(PlanState, 0)
        for one in self.tours:
            counts[one.tour.state] += 1
        return {state: count for state, count in counts.items() if count}
