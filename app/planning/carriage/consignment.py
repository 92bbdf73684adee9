"""What a carrier is asked to take: the goods, from where to where, by which day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.domain.carriers import PickupPoint
from app.domain.nodes import StockNode
from app.domain.orders import Mode, ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.values import Address, GeoPoint, Load
from app.planning.carriage.zones import Destination, destination_of

#: Finds the INSEE code of an address's commune, empty when it is not known.
InseeOf = Callable[[Address], str]
#: Road distance over great circle, in French towns and country alike.
CIRCUITY = 1.3


@dataclass(frozen=True, slots=True)
class Consignment:
    """Goods that ask for a carrier.

    `mode` None means any: the tariff tester asks so. `place_score` is 1 where the place is one of
    ours or the carrier's; `distance_m` None = not known.
    """

    shipment: str
    load: Load
    origin: Destination
    origin_zone: str
    destination: Destination
    mode: Mode | None = Mode.HOME_DELIVERY
    place_score: float = 1.0
    distance_m: int | None = None
    handling: frozenset[str] = frozenset()
    value_cents: int = 0
    longest_mm: int = 0
    girth_mm: int = 0
    pickup_point: str = ""
    has_phone: bool = False
    has_email: bool = False
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the goods really go: a door, a relay or one of our own nodes."""

    address: Address
    point: GeoPoint | None
    score: float


def no_insee(_address: Address) -> str:
    """Nothing is known of communes."""
    return ""


def consignment_of(
    door: ShipmentAtDoor,
    nodes: Mapping[str, StockNode],
    points: Mapping[str, PickupPoint],
    policy: Policy,
    insee_of: InseeOf,
) -> Consignment:
    """What a shipment asks of a carrier, its place being the door, the relay or the store."""
    node = nodes.get(door.shipment.node)
    place = _place_of(door, nodes, points)
    zone = node.timezone if node else policy.timezone
    return Consignment(
        door.shipment.code,
        door.shipment.load,
        destination_of(node.address if node else Address(country=""), home=policy.country),
        zone,
        destination_of(place.address, insee_of(place.address), policy.country),
        mode=_mode_of(door),
        place_score=place.score,
        distance_m=road_m(node.point if node else None, place.point),
        handling=door.handling,
        value_cents=door.value_cents,
        longest_mm=door.longest_mm,
        girth_mm=door.girth_mm,
        pickup_point=door.pickup_point,
        has_phone=bool(door.phone.strip()),
        has_email=bool(door.email.strip()),
        promised_on=door.promised_to.astimezone(ZoneInfo(zone)).date()
        if door.promised_to
        else None,
    )


def _mode_of(door: ShipmentAtDoor) -> Mode:
    return Mode.CLICK_AND_COLLECT if door.shipment.to_node else door.shipment.mode


def _place_of(
    door: ShipmentAtDoor, nodes: Mapping[str, StockNode], points: Mapping[str, PickupPoint]
) -> _Place:
    if store := nodes.get(door.shipment.to_node):
        return _Place(store.address, store.point, 1.0)
    relay = points.get(door.pickup_point)
    if relay and door.shipment.mode is Mode.PICKUP_POINT:
        return _Place(relay.address, relay.point, 1.0)
    if door.place is None:
        return _Place(door.address, None, 0.0)
    return _Place(door.address, door.place.point, door.place.score)


def road_m(start: GeoPoint | None, end: GeoPoint | None) -> int | None:
    """An estimate of the road between two points; None where one is not known."""
    if start is None or end is None:
        return None
    return round(start.distance_m(end) * CIRCUITY)
