"""A stock count: what somebody found on the shelf is what there is."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from app.domain.acts.ground import CountStock
from app.domain.journal import EntryState, PartRefused
from app.domain.reasons import because
from app.domain.stock import StockCell
from app.errors import UnknownSubject
from db.changes import Outcome, Row
from db.codec import instant
from db.ledger.imports import release_beyond
from db.tables import nodes, products, stock
from db.transaction import Pen


def count_stock(ledger: Connection, wanted: CountStock, at: datetime) -> Outcome:
    """Set what is on hand; the latest of our reservations beyond it go back, as after an import.

    A count that moved reservations is not undone: the next count corrects it.

    Raises:
        UnknownSubject: there is no such node or product.
    """
    before = Pen(ledger)
    released = _released(before, wanted)
    moved = bool(before.changes)
    pen = Pen(ledger)
    for table, kind, name in ((nodes, "node", wanted.node), (products, "sku", wanted.sku)):
        if pen.row(table, name) is None:
            raise UnknownSubject(kind, name)
    counted: Row = {
        "node": wanted.node,
        "sku": wanted.sku,
        "on_hand": wanted.counted,
        "as_of": instant(at),
    }
    pen.put(stock, counted)
    # pieces may be reserved and given back after a count: that is no bar to taking it back
    rows = tuple(
        replace(change, rest={}) if change.table == stock.name else change for change in pen.changes
    )
    return Outcome(
        EntryState.SETTLED,
        rows=() if moved else rows,
        kinds=frozenset({"stock"} | ({"order", "shipment"} if moved else set())),
        ids=tuple(released),
        refused=tuple(PartRefused(o, because("stock_gone", order=o)) for o in released),
        undoable=not moved,
    )


def _released(pen: Pen, wanted: CountStock) -> list[str]:
    """The orders whose pieces were not found; the pen is its own, it writes to their stock."""
    row = pen.row(stock, wanted.node, wanted.sku)
    if row is None:
        return []
    elsewhere = int(row["reserved_elsewhere"] or 0)
    cell = StockCell(wanted.node, wanted.sku, wanted.counted, reserved_elsewhere=elsewhere)
    return release_beyond(pen, [cell])
