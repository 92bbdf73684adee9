"""Claims settled: the first one wins by one guarded update, and has its pieces with it."""

from collections.abc import Iterable
from datetime import datetime

from app.domain.acts.offers import AdvanceWork, ClaimOffer
from app.domain.offers import (
    WORK_ORDER,
    Offer,
    OfferState,
    RecipientState,
    WorkState,
    claim_hindrance,
)
from app.domain.orders import (
    Mode,
    Order,
    OrderLine,
    Shipment,
    ShipmentState,
)
from app.domain.packing import packed
from app.domain.reasons import because
from app.errors import OfferRefused, UnknownSubject
from db.changes import Outcome, Row
from db.codec import instant, to_json
from db.ledger.offer_rows import (
    answer,
    end_offer,
    local,
    node_of,
    order_of,
    standing,
    touched,
)
from db.ledger.reservations import Pieces, reserve
from db.nodes import load_products
from db.offers import latest_offer, load_refusals
from db.stock import load_stock
from db.tables import node_work, orders, shipments
from db.transaction import Pen


def claim(pen: Pen, wanted: ClaimOffer, at: datetime) -> Outcome:
    """Give an offered order, or some of its lines, to the first node that asks.

    Raises:
        OfferRefused: by the claim's rule, with the winner's name where there is one.
        NoStock: the pieces went at this very moment.
    """
    order, row = order_of(pen, wanted.order)
    node_of(pen, wanted.node)
    offer = latest_offer(pen.connection, wanted.order)
    if offer is None:
        raise OfferRefused(because("not_offered", order=wanted.order))
    lines = wanted.lines or offer.lines
    refuse_hindered(pen, offer, wanted.node, lines, at)
    try:
        end_offer(pen, offer, OfferState.CLAIMED, at, wanted.node)
    except OfferRefused:
        found = latest_offer(pen.connection, wanted.order)  # another one was first
        refuse_hindered(pen, found or offer, wanted.node, lines, at)
        raise
    answer(pen, offer, wanted.node, RecipientState.CLAIMED, at)
    hand_over(pen, order, row, wanted.node, lines, at)
    pen.put(orders, {"code": order.code, "state": standing(pen, order.code).value})
    return touched(pen, order.code)


def advance(pen: Pen, wanted: AdvanceWork, at: datetime) -> Outcome:
    """Note that a node has come further with a shipment; never back.

    Raises:
        UnknownSubject: there is no such active shipment.
        OfferRefused: it is as far as that already.
    """
    row = pen.row(shipments, wanted.shipment)
    if row is None or row["state"] == ShipmentState.CANCELLED:
        raise UnknownSubject("shipment", wanted.shipment)
    now = work_of(pen, wanted.shipment) or WorkState.CLAIMED
    if WORK_ORDER.index(wanted.state) <= WORK_ORDER.index(now):
        raise OfferRefused(because("work_further", shipment=wanted.shipment, work=now.value))
    _put_work(pen, wanted.shipment, str(row["node"]), wanted.state, at)
    return touched(pen, str(row["order_code"]))


def refuse_hindered(
    pen: Pen, offer: Offer, node: str, lines: Iterable[OrderLine], at: datetime
) -> None:
    """Hold the claim's rule against what is stored.

    Raises:
        OfferRefused: the node cannot have it; the reason names the winner where there is one.
    """
    ledger = pen.connection
    cells = load_stock(ledger, [line.sku for line in offer.lines], [node])
    reason = claim_hindrance(
        offer,
        node,
        lines,
        now=at,
        free={cell.sku: cell.available for cell in cells},
        refused=node in load_refusals(ledger, (offer.order,)).get(offer.order, {}),
    )
    if reason is not None:
        raise OfferRefused(local(pen, reason, node))


def hand_over(
    pen: Pen,
    order: Order,
    row: Row,
    node: str,
    lines: Iterable[OrderLine],
    at: datetime,
    work: WorkState = WorkState.CLAIMED,
) -> None:
    """Make the shipment of lines that a node sends, and reserve their pieces there."""
    prices = {line.sku: line.unit_price_cents for line in order.lines}
    sent = tuple(OrderLine(one.sku, one.quantity, prices.get(one.sku, 0)) for one in lines)
    number = int((pen.row(orders, order.code) or row)["last_shipment"] or 0) + 1
    code = f"{order.code}-{number}"
    away = order.mode is Mode.CLICK_AND_COLLECT and node != order.collect_node
    load = packed(sent, load_products(pen.connection, {line.sku for line in sent}))
    to_node = order.collect_node if away else ""
    shipment = Shipment(code, order.code, node, sent, order.mode, to_node, load)
    reserve(pen, [Pieces(code, node, line.sku, line.quantity) for line in sent])
    pen.add(
        shipments,
        {
            "code": code,
            "order_code": order.code,
            "node": node,
            "state": ShipmentState.RESERVED.value,
            "reserved_at": instant(at),
            "body": to_json(shipment),
        },
    )
    pen.put(orders, {"code": order.code, "last_shipment": number})
    _put_work(pen, code, node, work, at)


def work_of(pen: Pen, shipment: str) -> WorkState | None:
    """How far a node has come with a shipment; None where it was never said."""
    row = pen.row(node_work, shipment)
    return None if row is None else WorkState(str(row["state"]))


def _put_work(pen: Pen, shipment: str, node: str, state: WorkState, at: datetime) -> None:
    values: Row = {"shipment": shipment, "node": node, "state": state.value, "at": instant(at)}
    pen.put(node_work, values)
