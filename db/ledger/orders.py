"""Orders and their shipments: sourced, released, cancelled; nodes switched on and off."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

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
from db.nodes import load_products
from db.tables import nodes, orders, shipments
from db.transaction import Pen


def apply_sourcing(ledger: Connection, wanted: ApplySourcing, at: datetime) -> Outcome:
    """Reserve what was decided, order by order; an order that cannot be had is refused alone."""
    pen, tally = Pen(ledger), Tally()
    pen.read_ahead(orders, (decision.order for decision in wanted.decisions))
    catalogue = _catalogue(ledger, wanted)
    done: list[str] = []
    refused: list[PartRefused] = []
    for decision in wanted.decisions:
        try:
            _apply_one(pen, decision, catalogue, at)
        except Refused as refusal:
            refused.append(PartRefused(decision.order, refusal.reason))
            continue
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


def _apply_one(
    pen: Pen, decision: SourcingDecision, catalogue: dict[str, Product], at: datetime
) -> None:
    """Reserve every piece of an order or none, then write its shipments."""
    row = _order_row(pen, decision.order)
    if row["state"] not in OPEN_TO_SOURCING or row["revision"] != decision.order_revision:
        raise MovedOn(decision.order)
    first = int(row["last_shipment"] or 0) + 1
    made = [
        (f"{decision.order}-{number}", suggested)
        for number, suggested in enumerate(decision.shipments, start=first)
    ]
    _reserve_all(pen, made, into_safety=bool(decision.override))
    if made:
        order = from_json(str(row["body"]), Order)
        for code, suggested in made:
            pen.add(shipments, _shipment_values(order, code, suggested, catalogue, at))
    pen.put(
        orders,
        {
            "code": decision.order,
            "state": decision.status.value,
            "last_shipment": first - 1 + len(made),
        },
    )


def _reserve_all(pen: Pen, made: list[tuple[str, SuggestedShipment]], *, into_safety: bool) -> None:
    try:
        for code, suggested in made:
            for line in suggested.lines:
                reserve(pen, code, suggested.node, line.sku, line.quantity, into_safety=into_safety)
    except Refused:
        for code, _suggested in made:
            release(pen, code)
        raise


def _shipment_values(
    order: Order,
    code: str,
    suggested: SuggestedShipment,
    catalogue: dict[str, Product],
    at: datetime,
) -> dict[str, str | int | None]:
    shipment = Shipment(
        code,
        order.code,
        suggested.node,
        suggested.lines,
        order.mode,
        suggested.to_node,
        packed(suggested.lines, catalogue),
    )
    return {
        "code": code,
        "order_code": order.code,
        "node": suggested.node,
        "state": ShipmentState.RESERVED.value,
        "reserved_at": instant(at),
        "body": to_json(shipment),
    }


def _catalogue(ledger: Connection, wanted: ApplySourcing) -> dict[str, Product]:
    """The products that the shipments carry, for what they weigh and fill."""
    lines = [line for d in wanted.decisions for s in d.shipments for line in s.lines]
    return load_products(ledger, {line.sku for line in lines})


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
