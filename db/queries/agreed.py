"""Which agreed orders may still be sent by another node: nobody has begun with them, nor chosen."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from app.domain.orders import Mode, Order, OrderState, Shipment, ShipmentState
from db.bookings import load_choices
from db.decisions import load_choices_made
from db.locks import locked_shipments
from db.nodes import CHUNK
from db.orders import load_orders, load_shipments
from db.tables import node_work, orders, reservations, shipments

#: How goods travel that another node could as well send.
_SENT = (Mode.HOME_DELIVERY, Mode.PICKUP_POINT)


def load_movable(
    connection: Connection,
    states: Collection[ShipmentState],
    skus: Collection[str] | None = None,
) -> list[tuple[Order, Shipment]]:
    """Orders that one node is to send whole, in one of these states, with their shipment.

    With `skus`, those that hold some of these. Left out is what a person decided: a node or a
    carrier chosen by hand, a shipment locked; and what a node has begun to prepare.
    """
    agreed = {
        order.code: order for order in load_orders(connection, states=(OrderState.ALLOCATED,))
    }
    named = set(agreed) if skus is None else agreed.keys() & _holders(connection, skus)
    held: dict[str, list[Shipment]] = {}
    for shipment in load_shipments(connection, named):
        if shipment.order in named:
            held.setdefault(shipment.order, []).append(shipment)
    chosen = _by_hand(connection, named)
    begun = set(connection.scalars(select(node_work.c.shipment)))
    return [
        (agreed[code], one)
        for code, (one, *others) in sorted(held.items())
        if not others
        and one.state in states
        and one.mode in _SENT
        and not one.to_node
        and one.code not in begun
        and code not in chosen
    ]


def next_shipments(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """The code that the next shipment of each order will have."""
    wanted, found = list(codes), dict[str, str]()
    for start in range(0, len(wanted), CHUNK):
        query = select(orders.c.code, orders.c.last_shipment).where(
            orders.c.code.in_(wanted[start : start + CHUNK])
        )
        found.update(
            (row.code, f"{row.code}-{row.last_shipment + 1}") for row in connection.execute(query)
        )
    return found


def _holders(connection: Connection, skus: Collection[str]) -> set[str]:
    """The orders that hold pieces of these."""
    wanted, found = list(skus), set[str]()
    for start in range(0, len(wanted), CHUNK):
        query = (
            select(shipments.c.order_code)
            .join(reservations, reservations.c.shipment == shipments.c.code)
            .where(reservations.c.sku.in_(wanted[start : start + CHUNK]))
        )
        found.update(connection.scalars(query))
    return found


def _by_hand(connection: Connection, named: Collection[str]) -> set[str]:
    """Orders of which a person said where they go, by whom, or how they ride."""
    nodes = load_choices_made(connection, named)
    found = {code for code, decision in nodes.items() if decision.override}
    choices = load_choices(connection)
    found |= {name.rpartition("-")[0] for name, choice in choices.items() if choice.override}
    return found | {name.rpartition("-")[0] for name in locked_shipments(connection)}
