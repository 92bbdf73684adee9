"""The rows that speak of an offer: read, ended, answered; and the state of its order."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.domain.journal import EntryState
from app.domain.nodes import StockNode
from app.domain.offers import DeclineReason, Offer, OfferState, RecipientState, lines_left
from app.domain.orders import Order, OrderLine, OrderState, Shipment, ShipmentState
from app.domain.reasons import Reason, because
from app.errors import OfferRefused, UnknownSubject
from db.changes import Outcome, Row
from db.codec import from_json, instant
from db.offers import latest_offer
from db.tables import nodes, offers, orders, recipients, shipments
from db.transaction import Pen

STILL_OPEN = offers.c.state == OfferState.OPEN.value


def end_open_offer(pen: Pen, order: str, state: OfferState, at: datetime) -> None:
    """End the offer of an order, if one is open."""
    offer = latest_offer(pen.connection, order)
    if offer is not None and offer.is_open:
        end_offer(pen, offer, state, at)


def end_offer(pen: Pen, offer: Offer, state: OfferState, at: datetime, winner: str = "") -> None:
    """Bring an open offer to its end; nodes that have not answered hear no more of it.

    Raises:
        OfferRefused: somebody else was first.
    """
    values: Row = {
        "code": offer.code,
        "state": state.value,
        "ended_at": instant(at),
        "winner": winner,
    }
    guard = STILL_OPEN
    if state is OfferState.CLAIMED:
        guard = guard & (offers.c.expires > instant(at))
    if not pen.put_if(offers, values, guard):
        raise OfferRefused(because("moved_on", subject=offer.order, by=""))
    for one in offer.awaited:
        if one.node != winner:
            key: Row = {"offer": offer.code, "node": one.node}
            pen.put(recipients, {**key, "state": RecipientState.LAPSED.value})


def answer(
    pen: Pen,
    offer: Offer,
    node: str,
    state: RecipientState,
    at: datetime,
    reason: DeclineReason | None = None,
    note: str = "",
) -> None:
    """Write down what a node said to an offer."""
    pen.put(
        recipients,
        {
            "offer": offer.code,
            "node": node,
            "state": state.value,
            "answered_at": instant(at),
            "reason": "" if reason is None else reason.value,
            "note": note,
        },
    )


def standing(pen: Pen, order: str) -> OrderState:
    """What an order's state is, by its open offer and its active shipments."""
    ledger = pen.connection
    is_open = select(offers.c.code).where(offers.c.order_code == order, STILL_OPEN)
    if ledger.scalar(is_open) is not None:
        return OrderState.OFFERED
    asked, _row = order_of(pen, order)
    if not sent_lines(pen, order):
        return OrderState.TO_SOURCE
    return OrderState.PARTIALLY_ALLOCATED if open_lines(pen, asked) else OrderState.ALLOCATED


def standing_offer(pen: Pen, order: str, at: datetime) -> Offer:
    """The open offer of an order.

    Raises:
        UnknownSubject: there is no such order.
        OfferRefused: it is not offered, or not any more.
    """
    order_of(pen, order)
    offer = latest_offer(pen.connection, order)
    if offer is None:
        raise OfferRefused(because("not_offered", order=order))
    current = offer.at(at)
    if current.state is OfferState.EXPIRED:
        raise OfferRefused(because("offer_expired", order=order, expired_at=iso(offer.expires)))
    if not current.is_open:
        raise OfferRefused(because("not_offered", order=order))
    return offer


def order_of(pen: Pen, code: str) -> tuple[Order, Row]:
    """An order and its row.

    Raises:
        UnknownSubject: there is none.
    """
    row = pen.row(orders, code)
    if row is None:
        raise UnknownSubject("order", code)
    return from_json(str(row["body"]), Order), row


def node_of(pen: Pen, code: str) -> StockNode:
    """A node by its code.

    Raises:
        UnknownSubject: there is none.
    """
    row = pen.row(nodes, code)
    if row is None:
        raise UnknownSubject("node", code)
    return from_json(str(row["body"]), StockNode)


def open_lines(pen: Pen, order: Order) -> tuple[OrderLine, ...]:
    """What no active shipment answers yet."""
    return lines_left(order.lines, sent_lines(pen, order.code))


def sent_lines(pen: Pen, order: str) -> list[OrderLine]:
    """The lines of an order's active shipments."""
    active = select(shipments.c.body).where(
        shipments.c.order_code == order, shipments.c.state != ShipmentState.CANCELLED.value
    )
    bodies = pen.connection.scalars(active).all()
    return [line for body in bodies for line in from_json(body, Shipment).lines]


def local(pen: Pen, reason: Reason, node: str) -> Reason:
    """A refusal with the winner's name, its instants by the clock of a node."""
    row = pen.row(nodes, node)
    zone = ZoneInfo("UTC" if row is None else from_json(str(row["body"]), StockNode).timezone)
    facts = {name: _by(zone, value) if name.endswith("_at") else value for name, value in reason}
    if winner := str(facts.get("winner", "")):
        known = pen.row(nodes, winner)
        name = winner if known is None else from_json(str(known["body"]), StockNode).name
        facts = {**facts, "winner_name": name or winner}
    return because(reason.code, **facts)


def touched(pen: Pen, order: str, *, undoable: bool = True) -> Outcome:
    """The outcome of an operation on one order."""
    kinds = frozenset({"order", "offer", "shipment", "stock"})
    return Outcome(
        EntryState.SETTLED, rows=pen.changes, kinds=kinds, ids=(order,), undoable=undoable
    )


def iso(at: datetime) -> str:
    """An instant as a fact has it."""
    return at.isoformat(timespec="seconds")


def _by(zone: ZoneInfo, value: object) -> str:
    return str(value) and iso(datetime.fromisoformat(str(value)).astimezone(zone))
