"""What is asked of a carrier for one shipment, whatever the layout it is sent in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.carriers import Carrier, ServiceKind
from app.domain.reasons import Reason
from app.domain.values import Address, Load


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends or receives; `code` is set for our own nodes and the carrier's pickup points."""

    name: str
    address: Address = Address()
    phone: str = ""
    email: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """One shipment as it is handed to its carrier; `reference` is that of the batch."""

    reference: str
    shipment: str
    order: str
    carrier: Carrier
    service: str
    on: date
    created_at: datetime
    sender: Party
    consignee: Party
    load: Load
    service_label: str = ""
    service_kind: ServiceKind = ServiceKind.PARCEL
    pickup_point: Party | None = None
    value_cents: int = 0
    currency: str = "EUR"
    handling: frozenset[str] = frozenset()
    deliver_from: datetime | None = None
    deliver_to: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookingFault:
    """Why a booking cannot be sent as it is, and what would put it right."""

    shipment: str
    field: str
    reason: Reason
    advice: Reason


@dataclass(frozen=True, slots=True)
class FieldLengths:
    """How many characters a carrier's fields hold."""

    name: int = 35
    street: int = 35
    postcode: int = 9
    town: int = 35
    phone: int = 20
    email: int = 80
    note: int = 350


@dataclass(frozen=True, slots=True)
class CarrierProfile:
    """How a carrier wants its bookings: data, so that a new carrier needs no code.

    `required` names, for each kind of service, the fields that must not be empty; `file_name` may
    use {profile}, {carrier}, {site}, {stamp} and {reference}.
    """

    name: str = "generic"
    formats: tuple[str, ...] = ("generic_csv",)
    charset: str = "utf-8-sig"
    separator: str = ";"
    newline: str = "\r\n"
    file_name: str = "{profile}_{site}_{stamp}_{reference}"
    street_lines: int = 3
    lengths: FieldLengths = FieldLengths()
    required: Mapping[ServiceKind, tuple[str, ...]] = field(default_factory=dict)


Export = Callable[[Sequence[Booking], CarrierProfile], bytes]


@dataclass(frozen=True, slots=True)
class BookingFormat:
    """A layout of booking file: same bookings and profile, same bytes."""

    extension: str
    export: Export
