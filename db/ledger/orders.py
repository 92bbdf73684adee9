"""Orders and their shipments released or cancelled; nodes switched on and off."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.domain.acts.ground import SwitchNode
from app.domain.acts.orders import CancelOrder, ReleaseOrder
from app.domain.journal import EntryState
from app.domain.nodes import StockNode
from app.domain.offers import OfferState
from app.domain.orders import OrderState, ShipmentState
from app.errors import UnknownSubject
from db.changes import Outcome
from db.codec import from_json, to_json
from db.ledger.offer_rows import end_open_offer
from db.ledger.reservations import HANDED_OVER, release
from db.tables import node_work, nodes, orders, shipments
from db.transaction import Pen


def release_order(ledger: Connection, wanted: ReleaseOrder, at: datetime) -> Outcome:
    """Give back all that an order holds, offer included; it is to be sourced anew."""
    pen = Pen(ledger)
    _order_row(pen, wanted.order)
    end_open_offer(pen, wanted.order, OfferState.WITHDRAWN, at)
    drop_shipments(pen, wanted.order)
    pen.put(orders, {"code": wanted.order, "state": OrderState.TO_SOURCE.value})
    return _touched(pen, wanted.order)


def cancel_order(ledger: Connection, wanted: CancelOrder, at: datetime) -> Outcome:
    """Close an order that nobody wants any more; its reservations go back."""
    pen = Pen(ledger)
    _order_row(pen, wanted.order)
    end_open_offer(pen, wanted.order, OfferState.WITHDRAWN, at)
    drop_shipments(pen, wanted.order)
    pen.put(orders, {"code": wanted.order, "state": OrderState.CANCELLED.value})
    return _touched(pen, wanted.order)


def switch_node(ledger: Connection, wanted: SwitchNode) -> Outcome:
    """Open or close a node for sourcing."""
    pen = Pen(ledger)
    row = pen.row(nodes, wanted.node)
    if row is None:
        raise UnknownSubject("node", wanted.node)
    node = replace(from_json(str(row["body"]), StockNode), active=wanted.active)
    pen.put(nodes, {"code": wanted.node, "body": to_json(node)})
    return Outcome(
        EntryState.SETTLED, rows=pen.changes, kinds=frozenset({"node"}), ids=(wanted.node,)
    )


def drop_shipments(pen: Pen, order: str, *, but_handed_over: bool = False) -> None:
    """Cancel an order's active shipments and give their pieces back; or all that have not left."""
    active = select(shipments.c.code).where(
        shipments.c.order_code == order, shipments.c.state != ShipmentState.CANCELLED.value
    )
    if but_handed_over:
        active = active.where(shipments.c.code.not_in(HANDED_OVER))
    cancel_shipments(pen, pen.connection.scalars(active).all())


def cancel_shipments(pen: Pen, codes: Collection[str]) -> None:
    """Cancel shipments, give their pieces back, and end their preparation."""
    release(pen, codes)
    for code in codes:
        pen.put(shipments, {"code": code, "state": ShipmentState.CANCELLED.value})
        pen.remove(node_work, code)


def _order_row(pen: Pen, order: str) -> dict[str, Any]:
    row = pen.row(orders, order)
    if row is None:
        raise UnknownSubject("order", order)
    return row


def _touched(pen: Pen, order: str) -> Outcome:
    return Outcome(
        EntryState.SETTLED,
        rows=pen.changes,
        kinds=frozenset({"order", "shipment", "stock", "offer"}),
        ids=(order,),
    )
