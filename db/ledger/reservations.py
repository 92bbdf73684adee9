"""Reserve and release pieces: guarded statements that never let two orders have the same piece."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from app.domain.offers import WorkState
from app.errors import NoStock
from db.changes import Row
from db.tables import node_work, reservations, shipments, stock
from db.transaction import Pen

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a shipment is to hold of a cell; an override goes into the safety stock, not beyond."""

    shipment: str
    node: str
    sku: str
    quantity: int
    into_safety: bool = False


def reserve_together(pen: Pen, wanted: Sequence[Pieces]) -> bool:
    """Reserve all pieces if the nodes can still promise every one, else none; says which it was."""
    if not wanted:
        return True
    savepoint = pen.connection.begin_nested()
    done = pen.connection.execute(_RESERVE, [_asked(pieces) for pieces in wanted])
    if done.rowcount != len(wanted):
        savepoint.rollback()
        return False
    savepoint.commit()
    for pieces in wanted:
        pen.add(
            reservations,
            {
                "shipment": pieces.shipment,
                "sku": pieces.sku,
                "node": pieces.node,
                "quantity": pieces.quantity,
            },
        )
    return True


def reserve(pen: Pen, wanted: Sequence[Pieces]) -> None:
    """Reserve all pieces or none.

    Raises:
        NoStock: of the first pieces that their node cannot promise any more.
    """
    if not reserve_together(pen, wanted):
        raise shortage(pen.connection, wanted)


def shortage(ledger: Connection, wanted: Sequence[Pieces]) -> NoStock:
    """Which pieces are short, each asked for after those before it."""
    taken: Counter[tuple[str, str]] = Counter()
    short = NoStock("", "", 0, 0)
    for pieces in wanted:
        cell = (pieces.node, pieces.sku)
        left = (ledger.scalar(_LEFT, _asked(pieces)) or 0) - taken[cell]
        short = NoStock(pieces.node, pieces.sku, pieces.quantity, max(0, left))
        if left < pieces.quantity:
            break
        taken[cell] += pieces.quantity
    return short


def release(pen: Pen, of: Collection[str]) -> None:
    """Give back all that shipments hold, whatever happened to the cells since."""
    named = list(of)
    for start in range(0, len(named), _AT_ONCE):
        held = pen.find(reservations, reservations.c.shipment.in_(named[start : start + _AT_ONCE]))
        if held:
            _give_back(pen, held)


def _give_back(pen: Pen, held: Sequence[Row]) -> None:
    """Give the pieces of some reservations back to their cells."""
    cells = [
        {"at_node": row["node"], "of_sku": row["sku"], "pieces": row["quantity"]} for row in held
    ]
    pen.connection.execute(_GIVE_BACK, cells)
    for row in held:
        pen.remove(reservations, str(row["shipment"]), str(row["sku"]))


#: Shipments that have left their node.
HANDED_OVER = select(node_work.c.shipment).where(node_work.c.state == WorkState.HANDED_OVER.value)


def let_go_what_left(pen: Pen, node: str, sku: str, room: int) -> None:
    """Hold nothing more for what a node handed over, where more than `room` pieces are reserved.

    Its stock says that they are gone, as they should be: nobody else loses pieces for them.
    """
    held = pen.find(reservations, (reservations.c.node == node) & (reservations.c.sku == sku))
    over = sum(int(row["quantity"] or 0) for row in held) - room
    if over <= 0:
        return
    left = set(pen.connection.scalars(HANDED_OVER.where(node_work.c.node == node)))
    for row in held:
        if over > 0 and row["shipment"] in left:
            _give_back(pen, (row,))
            over -= int(row["quantity"] or 0)


def newest_beyond(ledger: Connection, node: str, sku: str, room: int) -> list[str]:
    """Shipments to release so that at most `room` pieces stay reserved: the latest go first."""
    held = ledger.execute(
        select(reservations.c.shipment, reservations.c.quantity)
        .join(shipments, shipments.c.code == reservations.c.shipment)
        .where(reservations.c.node == node, reservations.c.sku == sku)
        .order_by(shipments.c.reserved_at.desc(), reservations.c.shipment.desc())
    ).all()
    over = sum(row.quantity for row in held) - room
    out: list[str] = []
    for row in held:
        if over <= 0:
            break
        out.append(row.shipment)
        over -= row.quantity
    return out


def _asked(pieces: Pieces) -> dict[str, str | int]:
    return {
        "at_node": pieces.node,
        "of_sku": pieces.sku,
        "pieces": pieces.quantity,
        "safety": int(not pieces.into_safety),
    }


_CELL = (stock.c.node == bindparam("at_node")) & (stock.c.sku == bindparam("of_sku"))
_FREE = (
    stock.c.on_hand
    - stock.c.reserved_elsewhere
    - stock.c.reserved_here
    - stock.c.blocked
    - stock.c.safety_stock * bindparam("safety")
)
_LEFT = select(_FREE).where(_CELL)
_RESERVE = (
    update(stock)
    .where(_CELL, bindparam("pieces") <= _FREE)
    .values(reserved_here=stock.c.reserved_here + bindparam("pieces"))
)
_GIVE_BACK = (
    update(stock).where(_CELL).values(reserved_here=stock.c.reserved_here - bindparam("pieces"))
)
