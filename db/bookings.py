"""Chosen carriers and export batches as they are kept."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, func, select

from app.domain.carriers import Batch, BookingFile, CarrierChoice
from db.codec import day, recall
from db.tables import batch_files, batches, booked, choices


def load_choices(
    connection: Connection, shipments: Collection[str] | None = None
) -> dict[str, CarrierChoice]:
    """The kept choice of carrier by shipment: all of them, or those named."""
    query = select(choices.c.shipment, choices.c.body)
    if shipments is not None:
        query = query.where(choices.c.shipment.in_(shipments))
    return {row.shipment: recall(row.body, CarrierChoice) for row in connection.execute(query)}


def load_batches(
    connection: Connection, on: date | None = None, carrier: str | None = None
) -> list[Batch]:
    """Export batches with their bytes, in the order they were made."""
    query = select(batches).order_by(batches.c.carrier, batches.c.serial)
    if on is not None:
        query = query.where(batches.c.on_day == day(on))
    if carrier is not None:
        query = query.where(batches.c.carrier == carrier)
    return [
        Batch(
            row.reference,
            row.carrier,
            date.fromisoformat(row.on_day),
            _shipments(connection, row.reference),
            _files(connection, row.reference),
        )
        for row in connection.execute(query).all()
    ]


def booked_shipments(connection: Connection) -> dict[str, str]:
    """The batch reference of every shipment that was sent to a carrier."""
    rows = connection.execute(select(booked.c.shipment, booked.c.reference))
    return {row.shipment: row.reference for row in rows}


def next_serial(connection: Connection, carrier: str) -> int:
    """The serial number of a carrier's next batch; numbers are never used twice."""
    last = connection.scalar(select(func.max(batches.c.serial)).where(batches.c.carrier == carrier))
    return int(last or 0) + 1


def _shipments(connection: Connection, reference: str) -> tuple[str, ...]:
    found = connection.scalars(
        select(booked.c.shipment).where(booked.c.reference == reference).order_by(booked.c.shipment)
    )
    return tuple(found)


def _files(connection: Connection, reference: str) -> tuple[BookingFile, ...]:
    rows = connection.execute(
        select(batch_files)
        .where(batch_files.c.reference == reference)
        .order_by(batch_files.c.format)
    )
    return tuple(
        BookingFile(row.reference, row.format, row.file_name, row.sha256, bytes(row.content))
        for row in rows
    )
