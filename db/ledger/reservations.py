"""Reserve and release pieces: guarded statements that never let two orders have the same piece."""

from sqlalchemy import Connection, select, update

from app.errors import NoStock
from db.tables import reservations, shipments, stock
from db.transaction import Pen


def reserve(
    pen: Pen, shipment: str, node: str, sku: str, quantity: int, *, into_safety: bool = False
) -> None:
    """Reserve pieces for a shipment, if the node can still promise them.

    Raises:
        NoStock: fewer are left; a person's override may go into the safety stock, never beyond.
    """
    free = stock.c.on_hand - stock.c.reserved_elsewhere - stock.c.reserved_here - stock.c.blocked
    if not into_safety:
        free = free - stock.c.safety_stock
    cell = (stock.c.node == node) & (stock.c.sku == sku)
    done = pen.connection.execute(
        update(stock)
        .where(cell, free >= quantity)
        .values(reserved_here=stock.c.reserved_here + quantity)
    )
    if done.rowcount == 0:
        left = pen.connection.scalar(select(free).where(cell)) or 0
        raise NoStock(node, sku, quantity, max(0, left))
    pen.add(reservations, {"shipment": shipment, "sku": sku, "node": node, "quantity": quantity})


def release(pen: Pen, shipment: str) -> None:
    """Give back all that a shipment holds, whatever happened to the cells since."""
    held = pen.connection.execute(
        select(reservations).where(reservations.c.shipment == shipment)
    ).all()
    for row in held:
        _give_back(pen.connection, row.node, row.sku, row.quantity)
        pen.remove(reservations, row.shipment, row.sku)


def _give_back(ledger: Connection, node: str, sku: str, quantity: int) -> None:
    ledger.execute(
        update(stock)
        .where(stock.c.node == node, stock.c.sku == sku)
        .values(reserved_here=stock.c.reserved_here - quantity)
    )


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
