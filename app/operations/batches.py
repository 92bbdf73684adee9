"""How a batch is made: bookings of one carrier at one node, and the bytes of every file."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.connectors.carriers.file_names import file_names, file_stem
from app.connectors.carriers.profiles import profile_for
from app.domain.bookings import Booking, BookingFormat, CarrierProfile, Party
from app.domain.carriers import Batch, BookingFile, Carrier, CarrierService, Panel, Quote
from app.domain.nodes import StockNode
from app.domain.orders import Mode, ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.values import Address
from app.plugins import plugin
from app.workspace import Workspace

#: The entry-point group in which booking formats are registered.
FORMATS = "regie.booking_formats"


@dataclass(frozen=True, slots=True)
class Ground:
    """What bookings are made from, besides the shipments: who sends, who carries, when."""

    panel: Panel
    nodes: Mapping[str, StockNode]
    policy: Policy
    on: date
    now: datetime


def booking_of(door: ShipmentAtDoor, quote: Quote, ground: Ground) -> Booking:
    """What is asked of the carrier for one shipment; its batch has no reference yet."""
    node = ground.nodes.get(door.shipment.node)
    service = _service(ground.panel, quote)
    zone = ZoneInfo(node.timezone if node else ground.policy.timezone)
    return Booking(
        reference="",
        shipment=door.shipment.code,
        order=door.shipment.order,
        carrier=_carrier(ground.panel, quote.carrier),
        service=quote.service,
        on=ground.on,
        created_at=ground.now.astimezone(zone),
        sender=_node_party(node, door.shipment.node),
        consignee=_consignee(door, ground.nodes),
        load=door.shipment.load,
        service_label=service.label,
        service_kind=service.kind,
        pickup_point=_pickup_point(door, ground.panel),
        value_cents=door.value_cents,
        currency=ground.policy.currency,
        handling=door.handling,
        deliver_from=door.window.start if door.window else None,
        deliver_to=door.window.end if door.window else None,
        note=door.note,
    )


def batch_of(
    bookings: Sequence[Booking], reference: str, profile: CarrierProfile, formats: Iterable[str]
) -> Batch:
    """Bookings of one carrier and one node under their reference, in every format asked for.

    Raises:
        UnknownSubject, EnvironmentProblem: a format is not installed, or is broken.
    """
    named = [replace(booking, reference=reference) for booking in bookings]
    first = named[0]
    writers = {name: plugin(FORMATS, name, BookingFormat) for name in dict.fromkeys(formats)}
    stem = file_stem(
        profile,
        carrier=first.carrier.code,
        site=first.sender.code,
        created_at=first.created_at,
        reference=reference,
    )
    names = file_names(stem, {name: writer.extension for name, writer in writers.items()})
    files = tuple(
        _file(reference, name, names[name], writer.export(named, profile))
        for name, writer in writers.items()
    )
    shipments = tuple(booking.shipment for booking in named)
    return Batch(reference, first.carrier.code, first.on, shipments, files)


def profile_of(workspace: Workspace, carrier: str) -> CarrierProfile:
    """The carrier's profile: the workspace's own if it has one."""
    return profile_for(carrier, workspace.folder / "carriers")


def _file(reference: str, name: str, file_name: str, content: bytes) -> BookingFile:
    return BookingFile(reference, name, file_name, hashlib.sha256(content).hexdigest(), content)


def _carrier(panel: Panel, code: str) -> Carrier:
    known = (carrier for carrier in panel.carriers if carrier.code == code)
    return next(known, Carrier(code, code))


def _service(panel: Panel, quote: Quote) -> CarrierService:
    known = (s for s in panel.services if (s.carrier, s.code) == (quote.carrier, quote.service))
    return next(known, CarrierService(quote.carrier, quote.service))


def _node_party(node: StockNode | None, code: str) -> Party:
    if node is None:
        return Party(code, Address(country=""), code=code)
    return Party(node.name, node.address, code=node.code)


def _consignee(door: ShipmentAtDoor, nodes: Mapping[str, StockNode]) -> Party:
    """The customer, or the store that a transfer goes to."""
    store = nodes.get(door.shipment.to_node)
    if store is not None:
        return Party(store.name, store.address, door.phone, door.email, code=store.code)
    return Party(door.customer, door.address, door.phone, door.email)


def _pickup_point(door: ShipmentAtDoor, panel: Panel) -> Party | None:
    if door.shipment.mode is not Mode.PICKUP_POINT or door.shipment.to_node:
        return None
    code = door.pickup_point
    known = (point for point in panel.pickup_points if point.code == code)
    point = next(known, None)
    if point is not None:
        return Party(point.name, point.address, code=code)
    return Party(code, door.address, code=code) if code else None
