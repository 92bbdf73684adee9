"""The journal as people read it: each entry with what was refused in it, and whom it concerns."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.acts.desk import Undo
from app.domain.journal import Entry, PartRefused
from app.domain.reasons import Reason
from app.domain.tours import Tour
from db.changes import Outcome, Row
from db.codec import from_json
from db.journal import entries, outcome, revive, stored
from db.tables import (
    booked,
    choices,
    decisions,
    node_work,
    offers,
    orders,
    planned,
    recipients,
    refusals,
    shipments,
    tours,
)

#: Imports may touch a hundred thousand rows: what became of them is told by their report.
_LONG = "import"
_ORDERS = frozenset({orders.name, decisions.name, refusals.name})
_SHIPMENTS = frozenset({shipments.name, choices.name, planned.name, node_work.name})
_OFFERS = frozenset({offers.name, recipients.name})
_BOOKING = "booking"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An entry; `refused` are the parts that did not go in, `of` what an undo took back.

    `undone` is the entry that took this one back, where it is known.
    """

    entry: Entry
    refused: tuple[PartRefused, ...] = ()
    of: Reason | None = None
    undone: Entry | None = None


def load_history(
    connection: Connection, about: str = "", limit: int = 2_000
) -> tuple[HistoryLine, ...]:
    """The latest entries, newest first: all of them, or those that concern one order."""
    found = entries(connection, None, limit)
    by_id = {entry.entry: entry for entry in found}
    lines = []
    for entry in found:
        ended = None if entry.kind == _LONG and not about else outcome(connection, entry.entry)
        if about and (ended is None or about not in _concerned(connection, ended)):
            continue
        lines.append(
            HistoryLine(
                entry,
                () if ended is None else ended.refused,
                _taken_back(connection, entry, by_id),
                by_id.get(entry.undone_by),
            )
        )
    return tuple(lines)


def orders_of(connection: Connection, entry: str) -> tuple[str, ...]:
    """The orders an entry touched, by code."""
    ended = outcome(connection, entry)
    return () if ended is None else tuple(sorted(_concerned(connection, ended)))


def _concerned(connection: Connection, ended: Outcome) -> set[str]:
    """Orders whose rows, shipments, tours or bookings changed, and those that were refused."""
    found = {part.subject for part in ended.refused}
    for change in ended.rows:
        if change.table in _ORDERS:
            found.add(change.key[0])
        elif change.table in _OFFERS:
            found.add(change.key[0].rsplit("/O", 1)[0])
        elif change.table in _SHIPMENTS:
            found.add(_order_of(change.key[0]))
        elif change.table == tours.name:
            found.update(_on_tour(change.before), _on_tour(change.after))
    if _BOOKING in ended.kinds:
        sent = select(booked.c.shipment).where(booked.c.reference.in_(ended.ids))
        found.update(_order_of(shipment) for shipment in connection.scalars(sent))
    return found


def _on_tour(row: Row | None) -> set[str]:
    if row is None:
        return set()
    return {stop.order for stop in from_json(str(row["body"]), Tour).deliveries}


def _order_of(shipment: str) -> str:
    return shipment.rpartition("-")[0]


def _taken_back(connection: Connection, entry: Entry, known: dict[str, Entry]) -> Reason | None:
    if entry.kind != "undo":
        return None
    kept = stored(connection, entry.entry)
    wanted = None if kept is None else revive(kept)
    if not isinstance(wanted, Undo):
        return None
    target = known.get(wanted.entry)
    return None if target is None else target.summary
