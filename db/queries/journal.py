"""The journal as people read it: each entry with what was refused in it, and whom it concerns."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.journal import Entry, PartRefused, Undo
from app.domain.reasons import Reason
from db.changes import Outcome
from db.journal import entries, outcome, revive, stored
from db.tables import booked, choices, decisions, orders, planned, shipments

#: Imports may touch a hundred thousand rows: what became of them is told by their report.
_LONG = "import"
_ORDERS = frozenset({orders.name, decisions.name})
_SHIPMENTS = frozenset({shipments.name, choices.name, planned.name, booked.name})


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
        if about and (ended is None or about not in _concerned(ended)):
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
    return () if ended is None else tuple(sorted(_concerned(ended)))


def _concerned(ended: Outcome) -> set[str]:
    """Orders whose rows, shipments, tours or bookings changed, and those that were refused."""
    found = {change.key[0] for change in ended.rows if change.table in _ORDERS}
    found |= {
        change.key[0].rpartition("-")[0] for change in ended.rows if change.table in _SHIPMENTS
    }
    return found | {part.subject for part in ended.refused}


def _taken_back(connection: Connection, entry: Entry, known: dict[str, Entry]) -> Reason | None:
    if entry.kind != "undo":
        return None
    kept = stored(connection, entry.entry)
    wanted = None if kept is None else revive(kept)
    if not isinstance(wanted, Undo):
        return None
    target = known.get(wanted.entry)
    return None if target is None else target.summary
