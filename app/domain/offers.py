"""What an offer is: an order shown to several nodes at once, who may win it, and what a no says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from app.domain.orders import OrderLine
from app.domain.reasons import Reason, because
from app.domain.stock import StockCell


class OfferState(StrEnum):
    """Where a whole offer stands; all but `open` and `claimed` are its end."""

    OPEN = "open"
    CLAIMED = "claimed"
    RELEASED = "released"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    EXHAUSTED = "exhausted"


class RecipientState(StrEnum):
    """Where one node's answer stands; `lapsed` is a node that gave none while the offer stood."""

    SENT = "sent"
    SEEN = "seen"
    CLAIMED = "claimed"
    RELEASED = "released"
    DECLINED = "declined"
    LAPSED = "lapsed"


#: Recipients whose answer is still awaited.
AWAITED = frozenset({RecipientState.SENT, RecipientState.SEEN})


class DeclineReason(StrEnum):
    """Why a node says no, or gives back what it had taken."""

    ABSENT = "absent"
    FEWER = "fewer"
    DAMAGED = "damaged"
    NO_TIME = "no_time"
    OTHER = "other"


#: Reasons that say something of the shelf, and so correct the stock there.
ABOUT_STOCK = frozenset({DeclineReason.ABSENT, DeclineReason.FEWER, DeclineReason.DAMAGED})


class WorkState(StrEnum):
    """How far a node has come with a shipment."""

    CLAIMED = "claimed"
    PREPARING = "preparing"
    READY = "ready"
    HANDED_OVER = "handed_over"


WORK_ORDER = tuple(WorkState)


#: What is expected of a node that was never asked: to take and carry out so many offers.
USUAL_ANSWERS = 0.6


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A product that a node misses; `counted` is what it found, None = it did not say."""

    sku: str
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A node that was asked: until when it may claim, in which wave, and its answer."""

    node: str
    expires: datetime
    wave: int = 1
    state: RecipientState = RecipientState.SENT
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    reason: DeclineReason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Lines of an order shown to nodes until the last of their deadlines: `<order>/O<n>`.

    `lines` are what is offered, `fallback` says whether the rules decide when nobody claims.
    """

    code: str
    order: str
    lines: tuple[OrderLine, ...]
    expires: datetime
    opened_at: datetime
    recipients: tuple[Recipient, ...] = ()
    minutes: int = 0
    fallback: bool = True
    state: OfferState = OfferState.OPEN
    winner: str = ""
    ended_at: datetime | None = None
    wave: int = 1
    revision: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is OfferState.OPEN

    @property
    def awaited(self) -> tuple[Recipient, ...]:
        """Nodes that have not answered yet."""
        return tuple(one for one in self.recipients if one.state in AWAITED)

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(one.node for one in self.recipients)

    @property
    def last_at(self) -> datetime:
        """The instant of what happened last to it."""
        said = [one.answered_at for one in self.recipients if one.answered_at is not None]
        return max([self.opened_at, *said, *([self.ended_at] if self.ended_at else [])])

    def recipient(self, node: str) -> Recipient | None:
        """What was asked of a node, if it was asked."""
        return next((one for one in self.recipients if one.node == node), None)

    def at(self, now: datetime) -> "Offer":
        """The offer as it counts at an instant: past its deadline it is over, settled or not."""
        if self.is_open and self.expires <= now:
            return replace(self, state=OfferState.EXPIRED, ended_at=self.expires)
        return self


@dataclass(frozen=True, slots=True)
class Refusal:
    """A node's no to an order: it is never asked for it again."""

    order: str
    node: str
    reason: DeclineReason
    at: datetime
    note: str = ""
    released: bool = False


def claim_hindrance(
    offer: Offer,
    node: str,
    lines: Iterable[OrderLine],
    *,
    now: datetime,
    free: Mapping[str, int],
    refused: bool = False,
) -> Reason | None:
    """Why a node cannot have an offer; None when it wins. This is the whole rule of the claim.

    Whoever asks first by the judge's clock (`now`) wins: the ledger changes the offer from open to
    claimed in one statement guarded by the same two conditions, so that a second one finds it
    taken. `free` are the pieces that the node can still promise, by product.
    """
    asked, current = offer.recipient(node), offer.at(now)
    if asked is None:
        return because("not_asked", order=offer.order, node=node)
    if current.state in (OfferState.CLAIMED, OfferState.RELEASED):
        return _taken(current)
    if not current.is_open:
        return _over(current)
    if refused or asked.state is RecipientState.DECLINED:
        return because("claim_after_refusal", order=offer.order, node=node)
    if asked.expires <= now:
        return because("offer_expired", order=offer.order, expired_at=asked.expires.isoformat())
    return _missing(offer, node, tuple(lines), free)


def _taken(offer: Offer) -> Reason:
    at = "" if offer.ended_at is None else offer.ended_at.isoformat()
    return because("already_claimed", order=offer.order, winner=offer.winner, claimed_at=at)


def _over(offer: Offer) -> Reason:
    at = (offer.ended_at or offer.expires).isoformat()
    if offer.state is OfferState.EXPIRED:
        return because("offer_expired", order=offer.order, expired_at=at)
    return because(f"offer_{offer.state.value}", order=offer.order, ended_at=at)


def _missing(
    offer: Offer, node: str, lines: tuple[OrderLine, ...], free: Mapping[str, int]
) -> Reason | None:
    offered = {line.sku: line.quantity for line in offer.lines}
    if not lines:
        return because("nothing_claimed", order=offer.order)
    for line in lines:
        if line.quantity > offered.get(line.sku, 0):
            return because("line_not_offered", order=offer.order, sku=line.sku)
        if free.get(line.sku, 0) < line.quantity:
            return because(
                "no_stock",
                node=node,
                sku=line.sku,
                asked=line.quantity,
                available=max(0, free.get(line.sku, 0)),
            )
    return None


def stock_after(
    cell: StockCell, reason: DeclineReason, asked: int, counted: int | None, at: datetime
) -> StockCell:
    """What a node's no says of a product there; what is promised to others stays promised.

    Absent: nothing of it is available. Fewer: what was counted, or one less than asked where no
    count was given. Damaged: the pieces asked for are blocked. No time and other say nothing.
    """
    if reason is DeclineReason.DAMAGED:
        left = max(0, cell.on_hand - cell.reserved - cell.blocked)
        spoilt = asked if counted is None else max(0, asked - counted)
        return replace(cell, blocked=cell.blocked + min(left, spoilt))
    if reason not in ABOUT_STOCK:
        return cell
    there = 0 if reason is DeclineReason.ABSENT else counted
    if there is None:
        there = min(cell.on_hand, max(0, asked - 1))
    promised = cell.reserved if cell.reserved_here else 0
    return replace(cell, on_hand=max(there, promised), as_of=at.astimezone(UTC))


def kept_of(line: OrderLine, reason: DeclineReason, counted: int | None) -> int:
    """How many pieces of a line a node still sends when it gives a part of it back."""
    if reason is DeclineReason.ABSENT or counted is None:
        return 0
    return max(0, min(line.quantity, counted))


def shortfalls_of(lines: Iterable[OrderLine], named: Iterable[Shortfall]) -> tuple[Shortfall, ...]:
    """The products a no is about: those named, else all that were asked for."""
    wanted, told = {line.sku for line in lines}, tuple(named)
    if told:
        return tuple(one for one in told if one.sku in wanted)
    return tuple(Shortfall(sku) for sku in sorted(wanted))


def lines_left(lines: Iterable[OrderLine], sent: Iterable[OrderLine]) -> tuple[OrderLine, ...]:
    """The lines, each product once, less what is on its way already."""
    wanted: dict[str, OrderLine] = {}
    for line in lines:
        before = wanted.get(line.sku)
        more = before.quantity if before else 0
        wanted[line.sku] = replace(before or line, quantity=more + line.quantity)
    gone = Counter[str]()
    for line in sent:
        gone[line.sku] += line.quantity
    return tuple(
        replace(line, quantity=line.quantity - gone[sku])
        for sku, line in sorted(wanted.items())
        if line.quantity > gone[sku]
    )
