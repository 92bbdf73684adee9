"""Orders and their shipments: sourced, released, cancelled; nodes switched on and off."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from app.domain.journal import (
    ApplySourcing,
    CancelOrder,
    EntryState,
    PartRefused,
    ReleaseOrder,
    SwitchNode,
)
from app.domain.nodes import Product, StockNode
from app.domain.orders import (
    OPEN_TO_SOURCING,
    Order,
    OrderLine,
    OrderState,
    Shipment,
    ShipmentState,
)
from app.domain.packing import packed
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.errors import MovedOn, Refused, UnknownSubject
from db.changes import Outcome, Tally
from db.codec import from_json, instant, to_json
from db.ledger.reservations import release, reserve
from db.tables import nodes, orders, products, shipments
from db.transaction import Pen


def apply_sourcing(ledger: Connection, wanted: ApplySourcing, at: datetime) -> Outcome:
    """Reserve what was decided, order by order; an order that cannot be had is refused alone."""
    pen, tally = Pen(ledger), Tally()
    done: list[str] = []
    refused: list[PartRefused] = []
    for decision in wanted.decisions:
        kept = Pen(ledger)
        savepoint = ledger.begin_nested()
        try:
            _apply_one(kept, decision, at)
        except Refused as refusal:
            savepoint.rollback()
            refused.append(PartRefused(decision.order, refusal.reason))
            continue
        savepoint.commit()
        pen.adopt(kept)
        tally.add(decision.status.value)
        done.append(decision.order)
    state = EntryState.REFUSED if refused and not done else EntryState.SETTLED
    return Outcome(
        state,
        rows=pen.changes,
        kinds=frozenset({"order", "shipment", "stock"}),
        ids=tuple(done),
        refused=tuple(refused),
        counts=tally.pairs,
    )


def release_order(ledger: Connection, wanted: ReleaseOrder) -> Outcome:
    """Give back all that an order holds; it is to be sourced anew."""
    pen = Pen(ledger)
    _order_row(pen, wanted.order)
    drop_shipments(pen, wanted.order)
    pen.put(orders, {"code": wanted.order, "state": OrderState.TO_SOURCE.value})
    return _touched(pen, wanted.order)


def cancel_order(ledger: Connection, wanted: CancelOrder) -> Outcome:
    """Close an order that nobody wants any more; its reservations go back."""
    pen = Pen(ledger)
    _order_row(pen, wanted.order)
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


def drop_shipments(pen: Pen, order: str) -> None:
    """Cancel an order's active shipments and give their pieces back."""
    active = pen.connection.scalars(
        select(shipments.c.code).where(
            shipments.c.order_code == order, shipments.c.state != ShipmentState.CANCELLED.value
        )
    ).all()
    for code in active:
        release(pen, code)
        pen.put(shipments, {"code": code, "state": ShipmentState.CANCELLED.value})


def _apply_one(pen: Pen, decision: SourcingDecision, at: datetime) -> None:
    row = _order_row(pen, decision.order)
    if row["state"] not in OPEN_TO_SOURCING or row["revision"] != decision.order_revision:
        raise MovedOn(decision.order)
    order = from_json(str(row["body"]), Order)
    number = int(row["last_shipment"] or 0)
    for suggested in decision.shipments:
        number += 1
        _create(pen, order, f"{order.code}-{number}", suggested, decision, at)
    pen.connection.execute(
        update(orders).where(orders.c.code == order.code).values(last_shipment=number)
    )
    pen.put(orders, {"code": order.code, "state": decision.status.value})


def _create(
    pen: Pen,
    order: Order,
    code: str,
    suggested: SuggestedShipment,
    decision: SourcingDecision,
    at: datetime,
) -> None:
    for line in suggested.lines:
        reserve(
            pen,
            code,
            suggested.node,
            line.sku,
            line.quantity,
            into_safety=bool(decision.override),
        )
    shipment = Shipment(
        code,
        order.code,
        suggested.node,
        suggested.lines,
        order.mode,
        suggested.to_node,
        packed(suggested.lines, _products(pen.connection, suggested.lines)),
    )
    pen.put(
        shipments,
        {
            "code": code,
            "order_code": order.code,
            "node": suggested.node,
            "state": ShipmentState.RESERVED.value,
            "reserved_at": instant(at),
            "body": to_json(shipment),
        },
    )


def _products(ledger: Connection, lines: tuple[OrderLine, ...]) -> dict[str, Product]:
    found = ledger.execute(
        select(products.c.sku, products.c.body).where(
            products.c.sku.in_([line.sku for line in lines])
        )
    )
    return {sku: from_json(body, Product) for sku, body in found}


def _order_row(pen: Pen, order: str) -> dict[str, Any]:
    row = pen.row(orders, order)
    if row is None:
        raise UnknownSubject("order", order)
    return row


def _touched(pen: Pen, order: str) -> Outcome:
    return Outcome(
        EntryState.SETTLED,
        rows=pen.changes,
        kinds=frozenset({"order", "shipment", "stock"}),
        ids=(order,),
    )
