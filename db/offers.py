"""Offers as they are kept, with whom was asked; and who refused what."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.domain.offers import (
    AWAITED,
    DeclineReason,
    Offer,
    OfferState,
    Recipient,
    RecipientState,
    Refusal,
    WorkState,
)
from db.codec import instant, moment, moment_or_none, recall
from db.nodes import CHUNK
from db.tables import node_work, offers, recipients, refusals

_OPEN = offers.c.state == OfferState.OPEN.value


def load_offers(
    connection: Connection,
    orders: Collection[str] | None = None,
    states: Collection[OfferState] | None = None,
) -> list[Offer]:
    """Offers from the oldest to the newest: all, or those of some orders, or in some states."""
    query = select(offers).order_by(offers.c.opened_at, offers.c.order_code, offers.c.number)
    if orders is not None and len(orders) <= CHUNK:
        query = query.where(offers.c.order_code.in_(orders))
    if states is not None:
        query = query.where(offers.c.state.in_([state.value for state in states]))
    rows = [row for row in connection.execute(query) if orders is None or row.order_code in orders]
    asked = _asked(connection, [row.code for row in rows])
    return [_offer(row, asked[row.code]) for row in rows]


def latest_offer(connection: Connection, order: str) -> Offer | None:
    """The offer of an order that counts: the newest one."""
    found = load_offers(connection, (order,))
    return max(found, key=lambda offer: _number(offer.code), default=None)


def due_offers(connection: Connection, now: datetime) -> tuple[str, ...]:
    """Open offers whose deadline has passed."""
    query = select(offers.c.code).where(_OPEN, offers.c.expires <= instant(now))
    return tuple(connection.scalars(query.order_by(offers.c.expires, offers.c.code)))


def open_per_node(connection: Connection) -> dict[str, int]:
    """How many open offers await an answer of each node."""
    rows = connection.execute(
        select(recipients.c.node, func.count())
        .join(offers, offers.c.code == recipients.c.offer)
        .where(_OPEN, recipients.c.state.in_([state.value for state in AWAITED]))
        .group_by(recipients.c.node)
    )
    return {str(node): int(count) for node, count in rows}


def load_refusals(
    connection: Connection, orders: Collection[str] | None = None
) -> dict[str, dict[str, Refusal]]:
    """Who said no to which order: by order, then by node."""
    query = select(refusals)
    if orders is not None and len(orders) <= CHUNK:
        query = query.where(refusals.c.order_code.in_(orders))
    found: dict[str, dict[str, Refusal]] = defaultdict(dict)
    for row in connection.execute(query):
        if orders is None or row.order_code in orders:
            found[row.order_code][row.node] = _refusal(row)
    return dict(found)


def load_work(connection: Connection) -> dict[str, WorkState]:
    """How far nodes have come, by shipment."""
    rows = connection.execute(select(node_work.c.shipment, node_work.c.state))
    return {row.shipment: WorkState(row.state) for row in rows}


def _asked(connection: Connection, codes: Collection[str]) -> dict[str, tuple[Recipient, ...]]:
    query = select(recipients).order_by(recipients.c.offer, recipients.c.position)
    if len(codes) <= CHUNK:
        query = query.where(recipients.c.offer.in_(codes))
    found: dict[str, list[Recipient]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.offer].append(_recipient(row))
    return defaultdict(tuple, {code: tuple(asked) for code, asked in found.items()})


def _offer(row: Row[Any], asked: tuple[Recipient, ...]) -> Offer:
    return replace(
        recall(row.body, Offer),
        recipients=asked,
        state=OfferState(row.state),
        expires=moment(row.expires),
        winner=row.winner,
        ended_at=moment_or_none(row.ended_at),
        wave=row.wave,
        revision=row.revision,
    )


def _recipient(row: Row[Any]) -> Recipient:
    return Recipient(
        row.node,
        moment(row.expires),
        row.wave,
        RecipientState(row.state),
        moment(row.sent_at),
        moment_or_none(row.answered_at),
        DeclineReason(row.reason) if row.reason else None,
        row.note,
    )


def _refusal(row: Row[Any]) -> Refusal:
    reason = DeclineReason(row.reason)
    return Refusal(row.order_code, row.node, reason, moment(row.at), row.note, bool(row.released))


def _number(code: str) -> int:
    return int(code.rsplit("/O", 1)[1])
