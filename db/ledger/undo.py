"""Compensate a settled operation: rows go back if nobody touched them since, pieces in any case."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.domain.journal import EntryState
from app.errors import MovedOn, NoStock, NotUndoable, StillUsed
from db.changes import Outcome, RowChange
from db.ledger.reservations import Pieces, release, reserve
from db.tables import mirror, nodes, products, reservations, stock
from db.transaction import Pen


def undo_outcome(ledger: Connection, target: Outcome) -> Outcome:
    """The opposite of an outcome, as an outcome of its own: undoing that one is the redo.

    Raises:
        NotUndoable: the operation is compensated in another way.
        MovedOn: a subject was changed since.
        NoStock: pieces that would be reserved again are gone, or orders hold those to go.
        StillUsed: stock lies at a node, or is of a product, that would go.
    """
    if not target.undoable or target.state is not EntryState.SETTLED:
        raise NotUndoable("", "")
    pen = Pen(ledger)
    held = [change for change in target.rows if change.table == reservations.name]
    others = [change for change in target.rows if change.table != reservations.name]
    with pen.gathering():
        release(pen, [change.key[0] for change in held if change.before is None])
        _read_ahead(pen, others)
        _spare_what_is_used(pen, others)
        _spare_what_is_held(pen, others)
        for change in others:
            pen.restore(mirror.tables[change.table], change)
        reserve(pen, [_again(change) for change in held if change.before is not None])
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=target.kinds, ids=target.ids)


def _spare_what_is_used(pen: Pen, changes: Iterable[RowChange]) -> None:
    """A node or product that an import brought stays as long as stock speaks of it."""
    columns = {nodes.name: stock.c.node, products.name: stock.c.sku}
    for change in changes:
        column = columns.get(change.table)
        if column is None or change.before is not None:
            continue
        used = select(column).where(column == change.key[0]).limit(1)
        if pen.connection.scalar(used) is not None:
            raise StillUsed(change.key[0])


def _spare_what_is_held(pen: Pen, changes: Iterable[RowChange]) -> None:
    """A count is not taken back where orders hold pieces that only it has found."""
    for change in changes:
        if change.table != stock.name or not change.before or "on_hand" not in change.before:
            continue
        row = pen.row(stock, *change.key) or {}
        held = int(row.get("reserved_here") or 0) + int(row.get("reserved_elsewhere") or 0)
        on_hand = int(change.before["on_hand"] or 0)
        if row.get("reserved_here") and held > on_hand:
            node, sku = change.key
            raise NoStock(node, sku, held, on_hand)


def _read_ahead(pen: Pen, changes: Iterable[RowChange]) -> None:
    """Read the rows to be restored, table by table."""
    keys: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        if change.table != stock.name:
            keys[change.table].append(change.key[0])
    for table, wanted in keys.items():
        pen.read_ahead(mirror.tables[table], wanted)


def _again(change: RowChange) -> Pieces:
    """The pieces of a reservation that was given back."""
    row = change.before or {}
    if change.after is not None:
        raise MovedOn(change.key[0])
    return Pieces(
        str(row["shipment"]),
        str(row["node"]),
        str(row["sku"]),
        int(row["quantity"] or 0),
        into_safety=True,
    )
