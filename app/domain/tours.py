"""A day's delivery tours: stops in order, with times, loads, money and carbon."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.reasons import Reason
from app.domain.values import GeoPoint, Load, Window


class StopKind(StrEnum):
    """What happens at a stop."""

    DEPART = "depart"
    LOAD = "load"
    DELIVERY = "delivery"
    PICKUP = "pickup"
    BREAK = "break"
    RELOAD = "reload"
    RETURN = "return"


class PlanState(StrEnum):
    """How far a tour or a day has been agreed."""

    DRAFT = "draft"
    VALIDATED = "validated"
    PUBLISHED = "published"
    CLOSED = "closed"


class Colour(StrEnum):
    """The traffic light of an order left out: red = impossible alone, yellow = displaces others."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of a tour; `distance_m` and `drive_s` are the leg that leads to it.

    `order` and `shipment` are set on deliveries and pickups only.
    """

    kind: StopKind
    point: GeoPoint
    arrival: datetime
    start: datetime
    departure: datetime
    order: str = ""
    shipment: str = ""
    window: Window | None = None
    load: Load = Load()
    distance_m: int = 0
    drive_s: int = 0

    @property
    def waiting_s(self) -> int:
        return int((self.start - self.arrival).total_seconds())

    @property
    def late_s(self) -> int:
        """Seconds by which service starts after the window closed."""
        if self.window is None:
            return 0
        return max(0, int((self.start - self.window.end).total_seconds()))

    @property
    def slack_s(self) -> int | None:
        """Seconds by which service could start later and still be in its window."""
        if self.window is None:
            return None
        return int((self.window.end - self.start).total_seconds())


@dataclass(frozen=True, slots=True)
class Tour:
    """One vehicle's day: `code` is date + T<n>; `load` is what leaves the depot.

    `cost_cents` and `co2e_g` are those of the whole tour, way home included. The cost is the
    vehicle's fixed cost, its kilometres, its work hours and what overtime hours cost more, each of
    the three products rounded half up to the cent. CO2e is kilometres times the vehicle's grams,
    rounded half up to the gram; `emission_level` says how exact those grams are. A pause is no work
    time; loading is.

    Where the driver starts away from the depot a `load` stop stands there after the departure; the
    tour may end elsewhere, or at its last door: then the `return` stop has that door's place.

    `forced` is why a person broke a rule on it by hand; empty while it keeps them all.
    """

    code: str
    number: int
    on: date
    vehicle: str
    depot: str
    stops: tuple[Stop, ...]
    load: Load
    distance_m: int
    drive_s: int
    cost_cents: int
    co2e_g: int
    state: PlanState = PlanState.DRAFT
    locked: bool = False
    revision: int = 1
    emission_level: int = 1
    forced: str = ""

    @property
    def start(self) -> datetime:
        return self.stops[0].departure

    @property
    def end(self) -> datetime:
        return self.stops[-1].arrival

    @property
    def pause_s(self) -> int:
        """Seconds of break."""
        pauses = (stop for stop in self.stops if stop.kind is StopKind.BREAK)
        return sum(int((stop.departure - stop.start).total_seconds()) for stop in pauses)

    @property
    def work_s(self) -> int:
        """Seconds from the first hand on the goods to coming home, the breaks left out."""
        return int((self.end - self.stops[0].start).total_seconds()) - self.pause_s

    @property
    def deliveries(self) -> tuple[Stop, ...]:
        return tuple(s for s in self.stops if s.kind in (StopKind.DELIVERY, StopKind.PICKUP))

    @property
    def fetched(self) -> frozenset[str]:
        """The shipments that come aboard at another node and are delivered on this tour."""
        pickups = (stop for stop in self.stops if stop.kind is StopKind.PICKUP)
        taken = {stop.shipment for stop in pickups if stop.shipment}
        return frozenset(
            stop.shipment
            for stop in self.stops
            if stop.kind is StopKind.DELIVERY and stop.shipment in taken
        )

    def is_fetch(self, stop: Stop) -> bool:
        """Whether a stop only takes over goods that this tour delivers."""
        return stop.kind is StopKind.PICKUP and stop.shipment in self.fetched

    @property
    def doors(self) -> tuple[Stop, ...]:
        """The visits to doors: each shipment once, without the places where it is fetched."""
        fetched = self.fetched
        return tuple(
            stop
            for stop in self.deliveries
            if stop.kind is StopKind.DELIVERY or stop.shipment not in fetched
        )

    @property
    def late_s(self) -> int:
        return sum(stop.late_s for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A shipment left out of the tours, with the reason for each vehicle or for the plan."""

    order: str
    shipment: str
    colour: Colour
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class TourPlan:
    """A day's suggestion: tours, what was left out, and how distances were measured."""

    on: date
    tours: tuple[Tour, ...]
    unplanned: tuple[Unplanned, ...] = ()
    left_to_carriers: int = 0
    method: str = ""
    seed: int = 0
    iterations: int = 0

    @property
    def cost_cents(self) -> int:
        return sum(tour.cost_cents for tour in self.tours)

    @property
    def distance_m(self) -> int:
        return sum(tour.distance_m for tour in self.tours)

    @property
    def co2e_g(self) -> int:
        return sum(tour.co2e_g for tour in self.tours)

    @property
    def emission_level(self) -> int:
        """The level of the least exact tour's emissions."""
        return min((tour.emission_level for tour in self.tours), default=1)

    @property
    def drive_s(self) -> int:
        return sum(tour.drive_s for tour in self.tours)

    @property
    def work_s(self) -> int:
        return sum(tour.work_s for tour in self.tours)

    @property
    def late_s(self) -> int:
        return sum(tour.late_s for tour in self.tours)

    @property
    def stop_count(self) -> int:
        return sum(len(tour.deliveries) for tour in self.tours)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks, with the amount and the limit in the unit of its code."""

    code: str
    tour: str
    stop: int | None
    amount: int
    limit: int
    shipment: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an independent judge finds in a plan; `late_s` counts lateness that is borne too."""

    violations: tuple[Violation, ...]
    distance_m: int
    drive_s: int
    cost_cents: int
    co2e_g: int
    late_s: int = 0

    @property
    def feasible(self) -> bool:
        return not self.violations
