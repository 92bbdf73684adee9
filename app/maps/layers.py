"""What is drawn on the map: marks of orders, stock nodes and tours, as frozen rows."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.nodes import NodeKind
from app.domain.orders import Mode, Queue
from app.domain.tours import Colour
from app.domain.values import GeoPoint


class Slack(StrEnum):
    """How comfortably a stop keeps its window."""

    EASY = "easy"
    TIGHT = "tight"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class OrderMark:
    """One pin: an order, or one shipment of it; a stop when it has a tour and its place in it.

    `left_out` is the traffic light of a shipment that no tour took; `no_candidate` says that no
    node could serve the order; `offer_left_share` is the part of an offer's time still to run;
    `approximate` says that the point is only near the address; `details` are ready-made lines.
    """

    order: str
    point: GeoPoint
    mode: Mode = Mode.HOME_DELIVERY
    queue: Queue = Queue.TO_SOURCE
    shipment: str = ""
    node: str = ""
    tour: int = 0
    sequence: int = 0
    slack: Slack = Slack.EASY
    done: bool = False
    no_candidate: bool = False
    left_out: Colour | None = None
    offer_left_share: float = 0.0
    approximate: bool = False
    customer: str = ""
    town: str = ""
    details: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this pin from every other: the shipment where there is one."""
        return self.shipment or self.order


@dataclass(frozen=True, slots=True)
class NodeMark:
    """A stock node; `load_share` is its preparation load (1 = full), None where it has no limit."""

    code: str
    point: GeoPoint
    name: str = ""
    kind: NodeKind = NodeKind.STORE
    load_share: float | None = None
    active: bool = True
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one place of a tour to the next; straight where no road is known."""

    points: tuple[GeoPoint, ...]
    road_known: bool = False


@dataclass(frozen=True, slots=True)
class TourLine:
    """The way of one tour; `tag` is where its number stands: the stop furthest from the depot."""

    number: int
    legs: tuple[Leg, ...]
    tag: GeoPoint
    code: str = ""
    vehicle: str = ""
    details: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[GeoPoint, ...]:
        return tuple(point for leg in self.legs for point in leg.points)


@dataclass(frozen=True, slots=True)
class MapLayers:
    """Everything that is drawn above the base map."""

    orders: tuple[OrderMark, ...] = ()
    nodes: tuple[NodeMark, ...] = ()
    tours: tuple[TourLine, ...] = ()

    @property
    def points(self) -> tuple[GeoPoint, ...]:
        """Every place that the map must be able to show."""
        return (
            *(mark.point for mark in self.orders),
            *(mark.point for mark in self.nodes),
            *(point for line in self.tours for point in line.points),
        )
