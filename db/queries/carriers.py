"""The carriers on one day: what each service was given, what waits, and what was sent to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from app.domain.carriers import Carrier, CarrierChoice, CarrierService
from app.domain.orders import ShipmentState
from app.domain.policy import Policy
from db.bookings import booked_shipments, load_choices
from db.codec import day, moment
from db.orders import load_doors
from db.panel import load_carriers, load_services
from db.tables import batch_files, batches, booked

_OURS = ShipmentState.PLANNED


@dataclass(frozen=True, slots=True)
class Given:
    """What a service has on a day: shipments, of which sent, their price and their CO2e."""

    shipments: int = 0
    sent: int = 0
    cents: int = 0
    co2e_g: int = 0

    def __add__(self, other: "Given") -> "Given":
        return Given(
            self.shipments + other.shipments,
            self.sent + other.sent,
            self.cents + other.cents,
            self.co2e_g + other.co2e_g,
        )


@dataclass(frozen=True, slots=True)
class BatchNote:
    """An export batch without its bytes: when and by whom it was made, and its files' names."""

    reference: str
    carrier: str
    on: date
    created_at: datetime
    created_by: str
    shipments: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarrierDay:
    """What the panel does on a day.

    `given` is by carrier and service; `waiting` shipments have no carrier yet, those counted in
    `refused` none that could take them; `batches` are the day's.
    """

    on: date
    carriers: tuple[Carrier, ...] = ()
    services: tuple[CarrierService, ...] = ()
    given: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    waiting: int = 0
    refused: int = 0
    batches: tuple[BatchNote, ...] = ()

    @property
    def total(self) -> Given:
        """What all services have together."""
        return sum(self.given.values(), Given())


def load_carrier_day(
    connection: Connection, policy: Policy, zone: ZoneInfo, on: date
) -> CarrierDay:
    """Every service of the panel with what it was given of the shipments due on a day."""
    doors = load_doors(connection, policy, zone, on)
    codes = [d.shipment.code for d in doors if d.shipment.state is not _OURS]
    choices, sent = load_choices(connection, codes), booked_shipments(connection)
    given: dict[tuple[str, str], Given] = {}
    for code, choice in choices.items():
        best = choice.best
        if best is not None:
            key = (best.carrier, best.service)
            one = Given(1, int(code in sent), best.total_cents, best.co2e_g)
            given[key] = given.get(key, Given()) + one
    return CarrierDay(
        on,
        tuple(load_carriers(connection)),
        tuple(load_services(connection)),
        given,
        waiting=sum(code not in choices for code in codes),
        refused=sum(_has_none(choice) for choice in choices.values()),
        batches=load_batch_notes(connection, on),
    )


def load_batch_notes(connection: Connection, on: date | None = None) -> tuple[BatchNote, ...]:
    """Export batches, newest first; those of a day, or all of them."""
    counts = select(booked.c.reference, func.count().label("shipments")).group_by(
        booked.c.reference
    )
    counted = {row.reference: row.shipments for row in connection.execute(counts)}
    names: dict[str, list[str]] = {}
    files = select(batch_files.c.reference, batch_files.c.file_name)
    for row in connection.execute(files.order_by(batch_files.c.file_name)):
        names.setdefault(row.reference, []).append(row.file_name)
    query = select(batches).order_by(batches.c.created_at.desc(), batches.c.reference.desc())
    if on is not None:
        query = query.where(batches.c.on_day == day(on))
    return tuple(
        BatchNote(
            row.reference,
            row.carrier,
            date.fromisoformat(row.on_day),
            moment(row.created_at),
            row.created_by,
            counted.get(row.reference, 0),
            tuple(names.get(row.reference, ())),
        )
        for row in connection.execute(query)
    )


def _has_none(choice: CarrierChoice) -> bool:
    return choice.best is None
