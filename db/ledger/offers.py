"""Offers opened, widened, taken back, lapsed: by statements that only an open one meets."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from app.domain.acts.offers import (
    Asked,
    LapseOffers,
    OpenOffer,
    SeeOffer,
    WidenOffer,
    WithdrawOffer,
)
from app.domain.journal import EntryState
from app.domain.offers import (
    Offer,
    OfferState,
    RecipientState,
)
from app.domain.orders import (
    OPEN_TO_SOURCING,
    OrderLine,
    OrderState,
)
from app.domain.reasons import because
from app.errors import NothingToSend, OfferRefused
from db.changes import Outcome, Row
from db.codec import instant, to_json
from db.ledger.offer_rows import (
    STILL_OPEN,
    end_offer,
    iso,
    local,
    node_of,
    open_lines,
    order_of,
    standing,
    standing_offer,
    touched,
)
from db.offers import latest_offer
from db.tables import offers, orders, recipients, refusals
from db.transaction import Pen


def open_offer(pen: Pen, wanted: OpenOffer, at: datetime) -> Outcome:
    """Show what an order still needs to nodes that did not refuse it before."""
    order, row = order_of(pen, wanted.order)
    if row["state"] == OrderState.OFFERED:
        raise OfferRefused(because("already_offered", order=order.code))
    if row["state"] not in OPEN_TO_SOURCING:
        raise NothingToSend(order.code)
    left = open_lines(pen, order)
    lines = _among(left, wanted.lines)
    if not lines:
        raise NothingToSend(order.code)
    asked = _may_be_asked(pen, order.code, wanted.asked, at)
    number = _next_number(pen, order.code)
    expires = max(one.expires for one in asked)
    offer = Offer(
        f"{order.code}/O{number}",
        order.code,
        lines,
        expires,
        at,
        minutes=wanted.minutes,
        fallback=wanted.fallback,
    )
    pen.add(
        offers,
        {
            "code": offer.code,
            "order_code": order.code,
            "number": number,
            "state": OfferState.OPEN.value,
            "wave": wanted.wave,
            "opened_at": instant(at),
            "expires": instant(expires),
            "ended_at": None,
            "winner": "",
            "body": to_json(offer),
        },
    )
    _ask(pen, offer.code, asked, wanted.wave, 0, at)
    pen.put(orders, {"code": order.code, "state": OrderState.OFFERED.value})
    return touched(pen, order.code)


def widen_offer(pen: Pen, wanted: WidenOffer, at: datetime) -> Outcome:
    """Ask further nodes; whoever has not answered yet gets as long as they."""
    offer = standing_offer(pen, wanted.order, at)
    fresh = [one for one in wanted.asked if one.node not in offer.nodes]
    asked = _may_be_asked(pen, wanted.order, fresh, at)
    expires = max(offer.expires, *(one.expires for one in asked))
    values: Row = {"code": offer.code, "expires": instant(expires), "wave": offer.wave + 1}
    if not pen.put_if(offers, values, STILL_OPEN & (offers.c.expires > instant(at))):
        raise OfferRefused(because("offer_expired", order=offer.order, expired_at=iso(at)))
    for one in offer.awaited:
        pen.put(recipients, {"offer": offer.code, "node": one.node, "expires": instant(expires)})
    _ask(pen, offer.code, asked, offer.wave + 1, len(offer.recipients), at)
    return touched(pen, offer.order)


def withdraw_offer(pen: Pen, wanted: WithdrawOffer, at: datetime) -> Outcome:
    """Take an open offer back; its order is to be sourced anew."""
    offer = standing_offer(pen, wanted.order, at)
    end_offer(pen, offer, OfferState.WITHDRAWN, at)
    pen.put(orders, {"code": offer.order, "state": standing(pen, offer.order).value})
    return touched(pen, offer.order)


def see_offer(pen: Pen, wanted: SeeOffer, at: datetime) -> Outcome:
    """Note that a node looks at an offer; whoever answered already has seen it."""
    offer = standing_offer(pen, wanted.order, at)
    one = offer.recipient(wanted.node)
    if one is None:
        raise OfferRefused(because("not_asked", order=offer.order, node=wanted.node))
    if one.state is RecipientState.SENT:
        key: Row = {"offer": offer.code, "node": one.node}
        pen.put(recipients, {**key, "state": RecipientState.SEEN.value})
    return touched(pen, offer.order)


def lapse_offers(pen: Pen, wanted: LapseOffers, at: datetime) -> Outcome:
    """End the offers whose deadline has passed by the judge's clock, and only those."""
    ended = []
    for code in wanted.offers:
        row = pen.row(offers, code)
        if row is None or row["state"] != OfferState.OPEN or str(row["expires"]) > instant(at):
            continue
        offer = latest_offer(pen.connection, str(row["order_code"]))
        if offer is not None and offer.code == code:
            end_offer(pen, offer, OfferState.EXPIRED, offer.expires)
            pen.put(orders, {"code": offer.order, "state": standing(pen, offer.order).value})
            ended.append(offer.order)
    return Outcome(
        EntryState.SETTLED,
        rows=pen.changes,
        kinds=frozenset({"order", "offer"}),
        ids=tuple(ended),
        counts=(("lapsed", len(ended)),),
        undoable=False,
    )


def _among(left: tuple[OrderLine, ...], named: Iterable[OrderLine]) -> tuple[OrderLine, ...]:
    """The lines named, as far as they are still needed; all of them when none is named."""
    wanted = {line.sku: line.quantity for line in named}
    if not wanted:
        return left
    cut = [(line, min(line.quantity, wanted.get(line.sku, 0))) for line in left]
    return tuple(OrderLine(line.sku, n, line.unit_price_cents) for line, n in cut if n)


def _may_be_asked(pen: Pen, order: str, wanted: Iterable[Asked], at: datetime) -> tuple[Asked, ...]:
    asked = tuple({one.node: one for one in wanted}.values())
    if not asked:
        raise OfferRefused(because("nobody_to_ask", order=order))
    for one in asked:
        if not node_of(pen, one.node).active:
            raise OfferRefused(because("node_switched_off", node=one.node))
        before = pen.connection.execute(
            select(refusals.c.reason, refusals.c.at).where(
                refusals.c.order_code == order, refusals.c.node == one.node
            )
        ).first()
        if before is not None:
            said = because(
                "node_refused_before",
                order=order,
                node=one.node,
                decline=before.reason,
                refused_at=before.at,
            )
            raise OfferRefused(local(pen, said, one.node))
        if one.expires <= at:
            raise OfferRefused(because("deadline_past", order=order, node=one.node))
    return asked


def _ask(pen: Pen, offer: str, asked: Iterable[Asked], wave: int, after: int, at: datetime) -> None:
    for position, one in enumerate(asked, start=after):
        pen.add(
            recipients,
            {
                "offer": offer,
                "node": one.node,
                "position": position,
                "wave": wave,
                "state": RecipientState.SENT.value,
                "sent_at": instant(at),
                "expires": instant(one.expires),
                "answered_at": None,
                "reason": "",
                "note": "",
            },
        )


def _next_number(pen: Pen, order: str) -> int:
    last = latest_offer(pen.connection, order)
    return 1 if last is None else int(last.code.rsplit("/O", 1)[1]) + 1
