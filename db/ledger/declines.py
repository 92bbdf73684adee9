"""A node's no settled: it is not asked again, its stock says what it found, the rest goes on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from app.domain.acts.offers import DeclineOffer, GiveBack
from app.domain.offers import (
    AWAITED,
    WORK_ORDER,
    OfferState,
    RecipientState,
    WorkState,
    kept_of,
    lines_left,
    shortfalls_of,
    stock_after,
)
from app.domain.orders import (
    OrderLine,
    Shipment,
    ShipmentState,
)
from app.domain.reasons import because
from app.domain.stock import StockCell
from app.errors import OfferRefused
from db.changes import Outcome
from db.codec import from_json, instant
from db.ledger.claims import hand_over, refuse_hindered, work_of
from db.ledger.offer_rows import (
    answer,
    end_offer,
    node_of,
    order_of,
    standing,
    standing_offer,
    touched,
)
from db.ledger.orders import cancel_shipments
from db.offers import latest_offer
from db.stock import load_stock
from db.tables import offers, orders, refusals, shipments, stock
from db.transaction import Pen


def decline(pen: Pen, wanted: DeclineOffer, at: datetime) -> Outcome:
    """Note a node's no: it is not asked again, and its stock says what it found.

    Raises:
        OfferRefused: the offer is over, the node was not asked or has answered, or misses something
            that was not offered.
    """
    node_of(pen, wanted.node)
    offer = latest_offer(pen.connection, wanted.order)
    asked = None if offer is None else offer.recipient(wanted.node)
    if offer is not None and asked is not None and not offer.at(at).is_open:
        refuse_hindered(pen, offer, wanted.node, offer.lines, at)
    offer = standing_offer(pen, wanted.order, at)
    if asked is None:
        raise OfferRefused(because("not_asked", order=wanted.order, node=wanted.node))
    if asked.state not in AWAITED:
        said = because("claim_after_refusal", order=wanted.order, node=wanted.node)
        raise OfferRefused(said)
    _refuse_strange(wanted, offer.lines)
    answer(pen, offer, wanted.node, RecipientState.DECLINED, at, wanted.reason, wanted.note)
    _refuse_for_ever(pen, wanted, at, released=False)
    moved = _tell_stock(pen, wanted, offer.lines, at)
    if len(offer.awaited) == 1:
        end_offer(pen, replace(offer, recipients=()), OfferState.EXHAUSTED, at)
        pen.put(orders, {"code": offer.order, "state": standing(pen, offer.order).value})
    return touched(pen, offer.order, undoable=not moved)


def give_back(pen: Pen, wanted: GiveBack, at: datetime) -> Outcome:
    """Take back from a node what it was to send, whole or in part; the rest stays with it.

    Raises:
        OfferRefused: it holds nothing of the order, misses what it was not to send, or has handed
            it over.
    """
    order, row = order_of(pen, wanted.order)
    node_of(pen, wanted.node)
    held = _held_by(pen, wanted.order, wanted.node)
    if not _concerns(wanted, held):
        raise OfferRefused(because("nothing_held", order=wanted.order, node=wanted.node))
    for shipment in held:
        if work_of(pen, shipment.code) is WorkState.HANDED_OVER:
            raise OfferRefused(because("already_handed_over", order=wanted.order, node=wanted.node))
    lines = tuple(line for shipment in held for line in shipment.lines)
    _refuse_strange(wanted, lines)
    works = [work_of(pen, shipment.code) for shipment in held]
    cancel_shipments(pen, [shipment.code for shipment in held])
    _refuse_for_ever(pen, wanted, at, released=True)
    moved = _tell_stock(pen, wanted, lines, at)
    kept = _kept(pen, wanted, lines)
    if kept:
        furthest = max((work for work in works if work), key=WORK_ORDER.index, default=None)
        hand_over(pen, order, row, wanted.node, kept, at, furthest or WorkState.CLAIMED)
    else:
        _offer_given_back(pen, wanted, at)
    pen.put(orders, {"code": order.code, "state": standing(pen, order.code).value})
    return touched(pen, order.code, undoable=not moved)


def _refuse_strange(wanted: DeclineOffer | GiveBack, lines: Iterable[OrderLine]) -> None:
    """A slip of the finger would else be a refusal for ever whose stock stays wrong."""
    known = {line.sku for line in lines}
    for missed in wanted.missing:
        if missed.sku not in known:
            said = because("missing_strange", order=wanted.order, node=wanted.node, sku=missed.sku)
            raise OfferRefused(said)


def _refuse_for_ever(
    pen: Pen, wanted: DeclineOffer | GiveBack, at: datetime, *, released: bool
) -> None:
    pen.put(
        refusals,
        {
            "order_code": wanted.order,
            "node": wanted.node,
            "reason": wanted.reason.value,
            "at": instant(at),
            "note": wanted.note,
            "released": int(released),
        },
    )


def _tell_stock(
    pen: Pen, wanted: DeclineOffer | GiveBack, lines: Iterable[OrderLine], at: datetime
) -> bool:
    """Correct the counters of what a node misses; says whether any changed."""
    asked = {line.sku: line.quantity for line in lines}
    moved = False
    for missed in shortfalls_of(lines, wanted.missing):
        for cell in load_stock(pen.connection, (missed.sku,), (wanted.node,)):
            after = stock_after(cell, wanted.reason, asked[missed.sku], missed.counted, at)
            if after != cell:
                _put_cell(pen, after)
                moved = True
    return moved


def _put_cell(pen: Pen, cell: StockCell) -> None:
    pen.connection.execute(
        update(stock)
        .where(stock.c.node == cell.node, stock.c.sku == cell.sku)
        .values(
            on_hand=cell.on_hand,
            blocked=cell.blocked,
            as_of=None if cell.as_of is None else instant(cell.as_of),
        )
    )


def _kept(pen: Pen, wanted: GiveBack, lines: tuple[OrderLine, ...]) -> tuple[OrderLine, ...]:
    """What a node still sends of lines it gives back in part: never more than it can promise."""
    named = {one.sku: one for one in wanted.missing}
    if not named:
        return ()
    cells = load_stock(pen.connection, [line.sku for line in lines], [wanted.node])
    free = {cell.sku: cell.available for cell in cells}
    kept = []
    for line in lines:
        one = named.get(line.sku)
        left = line.quantity if one is None else kept_of(line, wanted.reason, one.counted)
        pieces = min(left, free.get(line.sku, 0))
        if pieces:
            kept.append(OrderLine(line.sku, pieces, line.unit_price_cents))
    return lines_left(kept, ())


def _offer_given_back(pen: Pen, wanted: GiveBack, at: datetime) -> None:
    """An offer that the node had won shows that it gave the order back."""
    offer = latest_offer(pen.connection, wanted.order)
    if offer is None or offer.state is not OfferState.CLAIMED or offer.winner != wanted.node:
        return
    pen.put(offers, {"code": offer.code, "state": OfferState.RELEASED.value})
    answer(pen, offer, wanted.node, RecipientState.RELEASED, at, wanted.reason, wanted.note)


def _concerns(wanted: GiveBack, held: list[Shipment]) -> bool:
    """Whether the node holds what it gives back."""
    products = {line.sku for shipment in held for line in shipment.lines}
    named = {one.sku for one in wanted.missing}
    return bool(named & products) if named else bool(products)


def _held_by(pen: Pen, order: str, node: str) -> list[Shipment]:
    rows = pen.connection.scalars(
        select(shipments.c.body)
        .where(
            shipments.c.order_code == order,
            shipments.c.node == node,
            shipments.c.state != ShipmentState.CANCELLED.value,
        )
        .order_by(shipments.c.code)
    ).all()
    return [from_json(body, Shipment) for body in rows]
