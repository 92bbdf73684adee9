"""Offers as the desk looks at them: those open, the latest answers, how nodes answer."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from sqlalchemy import Connection, func, select

from app.domain.offers import (
    WORK_ORDER,
    DeclineReason,
    Offer,
    OfferState,
    Recipient,
    RecipientState,
    Refusal,
    WorkState,
)
from app.domain.orders import Mode, Order, OrderState
from db.codec import instant
from db.nodes import load_nodes
from db.offers import load_offers, load_refusals
from db.orders import load_orders
from db.tables import node_work, offers, orders, refusals, shipments


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer with the order it is of, and how far its winner has come."""

    offer: Offer
    order: Order
    work: WorkState | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Something that came of an offer: who said what when, after how long.

    `node` is empty where an offer ended without anybody's word.
    """

    at: datetime
    order: Order
    node: str
    state: RecipientState | OfferState
    after_s: int | None = None
    reason: DeclineReason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NodeAnswers:
    """How a node answered: figures of a span of time."""

    node: str
    name: str = ""
    asked: int = 0
    claimed: int = 0
    declined: int = 0
    lapsed: int = 0
    outrun: int = 0
    released: int = 0
    short_picks: int = 0
    median_s: int | None = None
    reasons: tuple[tuple[DeclineReason, int], ...] = ()

    @property
    def claim_share(self) -> float:
        """Of the offers it could have claimed: those that another was quicker at left out."""
        could = self.asked - self.outrun
        return self.claimed / could if could else 0.0

    @property
    def short_pick_share(self) -> float:
        return self.short_picks / self.claimed if self.claimed else 0.0


@dataclass(frozen=True, slots=True)
class CollectRefused:
    """An order to collect that was refused: it waits until its client has been asked."""

    order: Order
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class OffersBoard:
    """All that the offers board shows, as of an instant; `since` bounds the past."""

    open: tuple[OfferRow, ...] = ()
    ended: tuple[OfferRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()
    nodes: tuple[NodeAnswers, ...] = ()
    collect_refused: tuple[CollectRefused, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    def counted(self, *states: OfferState) -> int:
        return sum(row.offer.state in states for row in self.ended)

    @property
    def median_s(self) -> int | None:
        """How long claims took in the middle."""
        taken = [
            row.after_s
            for row in self.answers
            if row.state is RecipientState.CLAIMED and row.after_s is not None
        ]
        return round(median(taken)) if taken else None

    @property
    def refusal_share(self) -> float | None:
        said = [row for row in self.answers if isinstance(row.state, RecipientState)]
        no = sum(row.state is RecipientState.DECLINED for row in said)
        return no / len(said) if said else None


def load_offers_board(connection: Connection, since: datetime) -> OffersBoard:
    """Open offers by deadline, and what came of the others since an instant."""
    recent = _recent(connection, since)
    codes = {offer.order for offer in recent}
    known = {order.code: order for order in load_orders(connection, codes)} if codes else {}
    work = _work_by_order(connection)
    rows = [
        OfferRow(offer, known[offer.order], work.get((offer.order, offer.winner)))
        for offer in recent
        if offer.order in known
    ]
    names = {node.code: node.name for node in load_nodes(connection)}
    standing = sorted(
        (row for row in rows if row.offer.is_open),
        key=lambda row: (row.offer.expires, row.order.code),
    )
    ended = tuple(row for row in rows if not row.offer.is_open)
    return OffersBoard(
        tuple(standing),
        ended,
        tuple(_answers(rows)),
        tuple(node_answers(recent, names)),
        collect_refused(connection),
        names,
    )


def unanswered(connection: Connection) -> list[Offer]:
    """Latest offers that ended without a claim, of orders that wait to be sourced."""
    waiting = select(orders.c.code).where(orders.c.state == OrderState.TO_SOURCE.value)
    ends = [OfferState.EXPIRED.value, OfferState.EXHAUSTED.value, OfferState.RELEASED.value]
    codes = set(
        connection.scalars(
            select(offers.c.order_code).where(
                offers.c.state.in_(ends), offers.c.order_code.in_(waiting)
            )
        )
    )
    latest = {offer.order: offer for offer in load_offers(connection, codes)} if codes else {}
    return [offer for offer in latest.values() if offer.state.value in ends]


def collect_refused(connection: Connection) -> tuple[CollectRefused, ...]:
    """Orders to collect that a node refused, and that nobody decided on since."""
    waiting = (
        select(refusals.c.order_code)
        .join(orders, orders.c.code == refusals.c.order_code)
        .where(
            orders.c.state.in_([OrderState.TO_SOURCE.value, OrderState.PARTIALLY_ALLOCATED.value])
        )
    )
    codes = set(connection.scalars(waiting))
    if not codes:
        return ()
    said = load_refusals(connection, codes)
    return tuple(
        CollectRefused(order, max(said[order.code].values(), key=lambda one: (one.at, one.node)))
        for order in load_orders(connection, codes)
        if order.mode is Mode.CLICK_AND_COLLECT
    )


def node_answers(past: list[Offer], names: dict[str, str]) -> list[NodeAnswers]:
    """The figures of every node that was asked, the busiest first."""
    asked: dict[str, list[tuple[Offer, Recipient]]] = defaultdict(list)
    for offer in past:
        for one in offer.recipients:
            asked[one.node].append((offer, one))
    found = [_figures(node, names.get(node, ""), said) for node, said in asked.items()]
    return sorted(found, key=lambda one: (-one.asked, one.node))


def ended_since(connection: Connection, since: datetime | None = None) -> list[Offer]:
    """Offers that came to an end, from the oldest to the newest."""
    return [offer for offer in _recent(connection, since) if not offer.is_open]


def _work_by_order(connection: Connection) -> dict[tuple[str, str], WorkState]:
    """How far nodes have come with what they took, by order and node; the least of several."""
    rows = connection.execute(
        select(shipments.c.order_code, node_work.c.node, node_work.c.state).join(
            shipments, shipments.c.code == node_work.c.shipment
        )
    )
    found: dict[tuple[str, str], WorkState] = {}
    for row in rows:
        key, state = (row.order_code, row.node), WorkState(row.state)
        found[key] = min(found.get(key, state), state, key=WORK_ORDER.index)
    return found


def _recent(connection: Connection, since: datetime | None) -> list[Offer]:
    if since is None:
        return load_offers(connection)
    recent = select(offers.c.order_code).where(
        (func.coalesce(offers.c.ended_at, offers.c.expires) >= instant(since))
        | (offers.c.state == OfferState.OPEN.value)
    )
    codes = set(connection.scalars(recent))
    found = load_offers(connection, codes) if codes else []
    return [one for one in found if one.is_open or (one.ended_at or one.expires) >= since]


def _answers(rows: list[OfferRow]) -> list[AnswerRow]:
    """What came of offers, the latest first."""
    found = []
    for row in rows:
        found += [_said(row, one) for one in row.offer.recipients if one.answered_at is not None]
        silent = row.offer.state in (OfferState.EXPIRED, OfferState.WITHDRAWN)
        if silent and row.offer.ended_at is not None:
            found.append(AnswerRow(row.offer.ended_at, row.order, "", row.offer.state))
    return sorted(found, key=lambda one: (one.at, one.order.code), reverse=True)


def _said(row: OfferRow, one: Recipient) -> AnswerRow:
    at = one.answered_at or row.offer.expires
    taken = round((at - (one.sent_at or row.offer.opened_at)).total_seconds())
    return AnswerRow(at, row.order, one.node, one.state, taken, one.reason, one.note)


def _figures(node: str, name: str, said: list[tuple[Offer, Recipient]]) -> NodeAnswers:
    def count(*states: RecipientState) -> int:
        return sum(one.state in states for _offer, one in said)

    won = (RecipientState.CLAIMED, RecipientState.RELEASED)
    after = [
        (one.answered_at - one.sent_at).total_seconds()
        for _offer, one in said
        if one.state is RecipientState.CLAIMED and one.answered_at and one.sent_at
    ]
    outrun = sum(
        one.state is RecipientState.LAPSED and offer.winner not in ("", node) for offer, one in said
    )
    reasons: dict[DeclineReason, int] = defaultdict(int)
    for _offer, one in said:
        if one.reason is not None:
            reasons[one.reason] += 1
    released = [one for _offer, one in said if one.state is RecipientState.RELEASED]
    return NodeAnswers(
        node,
        name,
        len(said),
        count(*won),
        count(RecipientState.DECLINED),
        count(RecipientState.LAPSED) - outrun,
        outrun,
        len(released),
        sum(one.reason in _SHORT for one in released),
        round(median(after)) if after else None,
        tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


_SHORT = (DeclineReason.ABSENT, DeclineReason.FEWER, DeclineReason.DAMAGED)
