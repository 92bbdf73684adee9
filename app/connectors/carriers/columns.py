"""Which columns the generic booking files have, and what stands in each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.connectors.carriers.street_lines import split_street
from app.domain.bookings import Booking, CarrierProfile

Cell = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading, its width in a spreadsheet and its value for a booking."""

    name: str
    width: int
    value: Callable[[Booking], Cell]


def columns_for(profile: CarrierProfile) -> tuple[Column, ...]:
    """The columns, with as many street lines as the profile allows."""
    streets = tuple(
        Column(f"street{line + 1}", 34, _street_line(line, profile))
        for line in range(profile.street_lines)
    )
    return (*_BEFORE_STREET, *streets, *_AFTER_STREET)


def _street_line(line: int, profile: CarrierProfile) -> Callable[[Booking], Cell]:
    def value(booking: Booking) -> Cell:
        laid = split_street(_delivery_street(booking), profile.street_lines, profile.lengths.street)
        return laid[line] if laid and line < len(laid) else ""

    return value


def _delivery_street(booking: Booking) -> str:
    place = booking.pickup_point or booking.consignee
    return place.address.street


def _place(name: str) -> Callable[[Booking], Cell]:
    def value(booking: Booking) -> Cell:
        text: str = getattr((booking.pickup_point or booking.consignee).address, name)
        return text

    return value


def _wall(moment: datetime | None, booking: Booking) -> str:
    """An instant with the offset of the sender's zone, as `created_at` carries it."""
    if moment is None:
        return ""
    return moment.astimezone(booking.created_at.tzinfo or ZoneInfo("UTC")).isoformat(
        timespec="minutes"
    )


_BEFORE_STREET = (
    Column("reference", 16, lambda b: b.reference),
    Column("carrier", 12, lambda b: b.carrier.code),
    Column("account", 14, lambda b: b.carrier.account),
    Column("service", 12, lambda b: b.service),
    Column("shipment", 16, lambda b: b.shipment),
    Column("order", 14, lambda b: b.order),
    Column("collected_on", 13, lambda b: b.on),
    Column("sender_code", 12, lambda b: b.sender.code),
    Column("sender_name", 28, lambda b: b.sender.name),
    Column("sender_street", 34, lambda b: " ".join(b.sender.address.street.split())),
    Column("sender_postcode", 15, lambda b: b.sender.address.postcode),
    Column("sender_town", 22, lambda b: b.sender.address.town),
    Column("sender_country", 14, lambda b: b.sender.address.country),
    Column("name", 30, lambda b: b.consignee.name),
)
_AFTER_STREET = (
    Column("postcode", 10, _place("postcode")),
    Column("town", 24, _place("town")),
    Column("country", 9, _place("country")),
    Column("phone", 16, lambda b: b.consignee.phone),
    Column("email", 28, lambda b: b.consignee.email),
    Column("pickup_point", 14, lambda b: b.pickup_point.code if b.pickup_point else ""),
    Column("parcels", 9, lambda b: b.load.parcels),
    Column("weight_g", 10, lambda b: b.load.weight_g),
    Column("volume_ml", 10, lambda b: b.load.volume_ml),
    Column("value_cents", 12, lambda b: b.value_cents),
    Column("currency", 9, lambda b: b.currency),
    Column("handling", 16, lambda b: " ".join(sorted(b.handling))),
    Column("deliver_from", 24, lambda b: _wall(b.deliver_from, b)),
    Column("deliver_to", 24, lambda b: _wall(b.deliver_to, b)),
    Column("note", 40, lambda b: b.note),
)
