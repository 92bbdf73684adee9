"""Compensate a settled operation: rows go back if nobody touched them since, pieces in any case."""

from sqlalchemy import Connection

from app.domain.journal import EntryState
from app.errors import MovedOn, NotUndoable
from db.changes import Outcome, RowChange
from db.ledger.reservations import release, reserve
from db.tables import mirror, reservations
from db.transaction import Pen


def undo_outcome(ledger: Connection, target: Outcome) -> Outcome:
    """The opposite of an outcome, as an outcome of its own: undoing that one is the redo.

    Raises:
        NotUndoable: the operation is compensated in another way.
        MovedOn: a subject was changed since.
        NoStock: pieces that would be reserved again are gone.
    """
    if not target.undoable or target.state is not EntryState.SETTLED:
        raise NotUndoable("", "")
    pen = Pen(ledger)
    held = [change for change in target.rows if change.table == reservations.name]
    others = [change for change in target.rows if change.table != reservations.name]
    for change in held:
        if change.before is None:
            release(pen, change.key[0])
    for change in others:
        pen.restore(mirror.tables[change.table], change)
    for change in held:
        if change.before is not None:
            _reserve_again(pen, change)
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=target.kinds, ids=target.ids)


def _reserve_again(pen: Pen, change: RowChange) -> None:
    row = change.before or {}
    if change.after is not None:
        raise MovedOn(change.key[0])
    reserve(
        pen,
        str(row["shipment"]),
        str(row["node"]),
        str(row["sku"]),
        int(row["quantity"] or 0),
        into_safety=True,
    )
