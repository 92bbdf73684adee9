"""What sourcing decisions were made from, by the code that they bear."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.sourcing import SourcingDecision
from app.domain.sourcing_record import (
    Decider,
    Made,
    SourcingInputs,
    SourcingRecord,
    given_by,
)
from db.codec import from_json, instant, pack, sha256, to_json, unpack
from db.tables import sourcing_records


def record_of(
    inputs: SourcingInputs,
    decider: Decider,
    decisions: Iterable[SourcingDecision],
    kept: Collection[str],
) -> SourcingRecord:
    """A record of what decisions were made from; its code says all that is in it.

    `kept` are the orders whose decisions were accepted.
    """
    made = tuple(_brief(one, kept=one.order in kept) for one in decisions)
    told = f"{decider}{to_json(inputs)}{to_json(made)}"
    return SourcingRecord(sha256(told.encode()), decider, inputs, made)


def _brief(decision: SourcingDecision, *, kept: bool) -> Made:
    return Made(decision.order, digest_of(decision), given_by(decision), kept)


def digest_of(decision: SourcingDecision) -> str:
    """The same for the same decision, byte for byte; where it was recorded is left out."""
    return sha256(to_json(replace(decision, inputs="")).encode())


def keep_record(work: Connection, record: SourcingRecord, *, forget_before: datetime) -> None:
    """Keep a record, and let go of those older than what is looked back at."""
    old = sourcing_records.c.at < instant(forget_before)
    work.execute(delete(sourcing_records).where(old))
    row = {
        "code": record.code,
        "at": instant(record.inputs.now),
        "decider": record.decider.value,
        "inputs": pack(to_json(record.inputs)),
        "made": pack(to_json(record.made)),
    }
    work.execute(insert(sourcing_records).values(row).on_conflict_do_nothing())


def load_record(connection: Connection, code: str) -> SourcingRecord | None:
    """The record of that code; None when it was never kept, or is not kept any more."""
    found = select(sourcing_records).where(sourcing_records.c.code == code)
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    inputs = from_json(unpack(row.inputs), SourcingInputs)
    made = from_json(unpack(row.made), _MADE)
    return SourcingRecord(row.code, Decider(row.decider), inputs, made)


def record_codes(connection: Connection, start: datetime, end: datetime) -> list[str]:
    """The records made from one instant on and before another, the oldest first."""
    found = (
        select(sourcing_records.c.code)
        .where(sourcing_records.c.at >= instant(start), sourcing_records.c.at < instant(end))
        .order_by(sourcing_records.c.at, sourcing_records.c.code)
    )
    return list(connection.scalars(found))


_MADE = tuple[Made, ...]
