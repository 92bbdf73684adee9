"""Which goods vehicles fetch at another node on their way: where, whose vehicles, and when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import Shipment, ShipmentAtDoor
from app.domain.policy import TouringPolicy
from app.domain.tours import Tour
from app.domain.values import Address, Window
from app.planning.opening import UnreadableHours, hours_between

#: Nobody is out longer than the day and the night after it.
_DAYS = 2


@dataclass(frozen=True, slots=True)
class Fetch:
    """For each node where goods are fetched the depots whose vehicles may come, by code.

    `riding` are shipments that tours fetch already, whatever the policy says now: at their nodes
    any vehicle may come.
    """

    depots: Mapping[str, frozenset[str]] = field(default_factory=dict)
    riding: frozenset[str] = frozenset()

    def takes(self, shipment: Shipment) -> bool:
        """Whether a shipment comes aboard at its node, on the way."""
        return shipment.code in self.riding or shipment.node in self.depots

    def may_start_from(self, shipment: Shipment, depots: Collection[str]) -> frozenset[str]:
        """Those of these depots whose vehicles may fetch it."""
        if shipment.code in self.riding:
            return frozenset(depots)
        return self.depots.get(shipment.node, frozenset()) & frozenset(depots)


def fetch_of(
    policy: TouringPolicy,
    fleet: Iterable[Vehicle],
    nodes: Iterable[StockNode],
    tours: Iterable[Tour] = (),
) -> Fetch:
    """Where goods are fetched by the policy: at nodes that have no vehicle in service.

    `tours` are those whose fetches stay possible in any case.
    """
    known = {node.code: node for node in nodes}
    homes = {vehicle.depot for vehicle in fleet if vehicle.active} & known.keys()
    riding = frozenset().union(*(tour.fetched for tour in tours))
    places = {
        code: near
        for code, node in known.items()
        if code not in homes and (near := _near(policy, node, [known[home] for home in homes]))
    }
    return Fetch(places, riding)


def _near(policy: TouringPolicy, node: StockNode, depots: Iterable[StockNode]) -> frozenset[str]:
    """The depots from which this node may be called at."""
    listed = node.code in policy.fetch_nodes
    return frozenset(
        depot.code
        for depot in depots
        if listed or 0 < policy.fetch_within_m >= node.point.distance_m(depot.point)
    )


def fetch_times_s(policy: TouringPolicy, shipment: Shipment) -> tuple[int, int]:
    """What comes before all taking over at a node, and the time for this shipment's parcels."""
    further = max(0, shipment.load.parcels - 1)
    return policy.fetch_s, policy.service_s_per_parcel * further


def fetch_windows(node: StockNode, on: date, door: ShipmentAtDoor) -> tuple[Window, ...] | None:
    """When the goods can be taken over that day: in opening hours, once they are ready.

    None = at any time. Hours that cannot be read keep nobody out.
    """
    open_to = opening_on(node, on)
    if door.ready_at is None:
        return open_to
    ready = door.ready_at
    spans = (Window(*_around(node, on)),) if open_to is None else open_to
    return tuple(Window(max(span.start, ready), span.end) for span in spans if ready <= span.end)


def opening_on(node: StockNode, on: date) -> tuple[Window, ...] | None:
    """When a node takes in and hands over goods on a day; None = at any time."""
    return hours_on(node.opening_hours, ZoneInfo(node.timezone), node.address, on)


def hours_on(hours: str, zone: ZoneInfo, address: Address, on: date) -> tuple[Window, ...] | None:
    """Opening hours that begin on a day; None = at any time, or they cannot be read."""
    if not hours.strip():
        return None
    start = datetime.combine(on, time(), zone)
    tomorrow = start + timedelta(days=1)
    try:
        found = hours_between(hours, zone, address, start, start + timedelta(days=_DAYS))
    except UnreadableHours:
        return None
    return tuple(span for span in found if span.start < tomorrow)


def _around(node: StockNode, on: date) -> tuple[datetime, datetime]:
    start = datetime.combine(on, time(), ZoneInfo(node.timezone))
    return start.astimezone(UTC), (start + timedelta(days=_DAYS)).astimezone(UTC)
