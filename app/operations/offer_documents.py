"""What became of an offer, as the JSON of the public interface and as a line for a terminal."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.offers import OfferState, Recipient
from app.formats import clock, order_number
from app.i18n import _
from app.operations.offers import OfferStanding
from app.wording.offers import STATES


def as_document(found: OfferStanding, zone: ZoneInfo) -> dict[str, Any]:
    """The order's latest offer: its state, who won, and when that came to be."""
    offer = found.offer
    document: dict[str, Any] = {
        "order": found.order.code,
        "state": (OfferState.RELEASED if offer is None else offer.state).value,
        "winner": None if offer is None else offer.winner or None,
        "at": _iso(found.at if offer is None else offer.last_at, zone),
        "order_state": found.order.state.value,
    }
    if offer is None:
        return document
    return {
        **document,
        "offer": offer.code,
        "wave": offer.wave,
        "expires": _iso(offer.expires, zone),
        "lines": [{"sku": line.sku, "quantity": line.quantity} for line in offer.lines],
        "recipients": [_recipient(one, zone) for one in offer.recipients],
    }


def as_text(found: OfferStanding, zone: ZoneInfo) -> str:
    """The same for a person."""
    offer, number = found.offer, order_number(found.order.code)
    if offer is None:
        return _("Order {order}: {text}").format(order=number, text=_(STATES["released"]))
    if offer.is_open:
        return _("Order {order} is offered to {nodes} until {time}.").format(
            order=number,
            nodes=", ".join(one.node for one in offer.awaited),
            time=clock(offer.expires, zone),
        )
    text = _(STATES[offer.state.value])
    if offer.winner:
        text = _("{state} by {node}").format(state=text, node=offer.winner)
    return _("Order {order}: {text}").format(order=number, text=text)


def _recipient(one: Recipient, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "node": one.node,
        "state": one.state.value,
        "wave": one.wave,
        "expires": _iso(one.expires, zone),
        "answered_at": None if one.answered_at is None else _iso(one.answered_at, zone),
        "reason": None if one.reason is None else one.reason.value,
        "note": one.note,
    }


def _iso(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")
