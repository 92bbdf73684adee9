"""Local knowledge written down and struck out: notes that bind the tours."""

from dataclasses import replace

from sqlalchemy import Connection

from app.domain.acts.ground import StrikeNote, WriteNote
from app.domain.journal import EntryState
from app.domain.knowledge import fault_of
from app.errors import UnknownSubject, WhollyRefused
from db.changes import Outcome
from db.codec import to_json
from db.tables import notes
from db.transaction import Pen


def write_note(ledger: Connection, wanted: WriteNote) -> Outcome:
    """Keep a note under its code.

    Raises:
        WhollyRefused: it says nothing, or cannot hold.
    """
    fault = fault_of(wanted.note)
    if fault is not None:
        raise WhollyRefused(fault, ())
    pen, note = Pen(ledger), replace(wanted.note, revision=1)
    pen.put(notes, {"code": note.code, "body": to_json(note)})
    return _done(pen, note.code)


def strike_note(ledger: Connection, wanted: StrikeNote) -> Outcome:
    """Take a note out of the book.

    Raises:
        UnknownSubject: there is no such note.
    """
    pen = Pen(ledger)
    if pen.row(notes, wanted.note) is None:
        raise UnknownSubject("note", wanted.note)
    pen.remove(notes, wanted.note)
    return _done(pen, wanted.note)


def _done(pen: Pen, code: str) -> Outcome:
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=frozenset({"note"}), ids=(code,))
