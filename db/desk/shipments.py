"""Which carrier and which batch a shipment is in, and whether it is bound to them or a tour."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.acts.desk import BookBatches
from app.domain.carriers import CarrierChoice
from app.domain.journal import EntryState
from app.errors import AlreadyBooked, AlreadyPlanned
from db.changes import Outcome
from db.codec import day, instant, to_json
from db.tables import batch_files, batches, booked, choices, planned
from db.transaction import Pen


def book(pen: Pen, wanted: BookBatches, actor: str, at: datetime) -> Outcome:
    """Keep new batches for ever; they are compensated by a message to the carrier, never undone."""
    pen.read_ahead(booked, (shipment for batch in wanted.batches for shipment in batch.shipments))
    for batch in wanted.batches:
        serial = int(batch.reference.rsplit("-", 1)[-1])
        pen.connection.execute(
            insert(batches).values(
                reference=batch.reference,
                carrier=batch.carrier,
                serial=serial,
                on_day=day(batch.on),
                created_at=instant(at),
                created_by=actor,
            )
        )
        with pen.gathering():
            for shipment in batch.shipments:
                refuse_booked(pen, shipment)
                pen.add(booked, {"shipment": shipment, "reference": batch.reference})
        for file in batch.files:
            pen.connection.execute(
                insert(batch_files).values(
                    reference=batch.reference,
                    format=file.format,
                    file_name=file.file_name,
                    sha256=file.sha256,
                    content=file.content,
                )
            )
    return Outcome(
        EntryState.SETTLED,
        kinds=frozenset({"booking"}),
        ids=tuple(batch.reference for batch in wanted.batches),
        undoable=False,
    )


def choose(pen: Pen, made: tuple[CarrierChoice, ...]) -> None:
    """Keep what was chosen for each shipment, unless one is with its carrier already."""
    for table in (booked, choices):
        pen.read_ahead(table, (choice.shipment for choice in made))
    with pen.gathering():
        for choice in made:
            refuse_booked(pen, choice.shipment)
            carrier = choice.best.carrier if choice.best is not None else ""
            pen.put(
                choices,
                {"shipment": choice.shipment, "carrier": carrier, "body": to_json(choice)},
            )


def refuse_booked(pen: Pen, shipment: str) -> None:
    """Refuse a shipment that a batch has told its carrier of."""
    row = pen.row(booked, shipment)
    if row is not None:
        raise AlreadyBooked(shipment, str(row["reference"]))


def refuse_bound_order(desk: Connection, order: str, rewritten: Collection[str] = ()) -> None:
    """Refuse an order with a shipment that is booked, or in a tour that is not rewritten anyway."""
    for table in (planned, booked):
        prefix = f"{order}-"
        found = select(table.c.shipment).where(table.c.shipment.startswith(prefix, autoescape=True))
        for shipment in desk.scalars(found).all():
            if shipment[len(prefix) :].isdigit():
                refuse_bound(desk, shipment, rewritten)


def refuse_bound(desk: Connection, shipment: str, rewritten: Collection[str] = ()) -> None:
    """Refuse a shipment that is booked, or in a tour that is not rewritten anyway."""
    pen = Pen(desk)
    refuse_booked(pen, shipment)
    row = pen.row(planned, shipment)
    if row is not None and row["tour"] not in rewritten:
        raise AlreadyPlanned(shipment, str(row["tour"]))
