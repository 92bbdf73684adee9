"""How an entry's rows in work.db are brought back to what they were."""

from sqlalchemy import Connection, Table

from app.domain.journal import EntryState
from app.errors import NotUndoable
from db.changes import Outcome, RowChange
from db.tables import MIRROR_TABLES, work
from db.transaction import Pen


def rows_here(target: Outcome) -> tuple[RowChange, ...]:
    """The rows of an outcome that lie in work.db."""
    return tuple(change for change in target.rows if change.table not in MIRROR_TABLES)


def undo_on_desk(desk: Connection, target: Outcome) -> Outcome:
    """Bring work.db's rows back to what they were before an operation.

    Raises:
        NotUndoable, MovedOn: the entry is compensated otherwise, or its subject was changed since.
    """
    if not target.undoable:
        raise NotUndoable("", "")
    pen = Pen(desk)
    removals_first = sorted(target.rows, key=lambda change: change.before is not None)
    with pen.gathering():
        for change in removals_first:
            pen.restore(table_of(change), change)
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=target.kinds, ids=target.ids)


def table_of(change: RowChange) -> Table:
    """The table of work.db that a kept change is of."""
    return work.tables[f"work.{change.table}"]
