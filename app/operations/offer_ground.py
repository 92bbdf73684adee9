"""What offering an order looks at, read in one go: the order, the nodes, how they answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection

from app.domain.nodes import StockNode
from app.domain.offers import Offer, OfferState, Recipient, RecipientState
from app.domain.orders import Order
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision
from app.errors import UnknownSubject
from app.operations.sourcing_ground import Ground, load_ground
from app.planning.offers.habits import Answer, Habits, Said, learn
from app.planning.offers.whom import Town
from db.offers import load_offers, open_per_node
from db.queries.offers import ended_since

#: How far back answers are looked at.
_MEMORY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class OfferGround:
    """The state of the workspace as offering one order sees it."""

    sourcing: Ground
    offers: tuple[Offer, ...]
    past: tuple[Offer, ...]
    busy: dict[str, int] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        return self.sourcing.policy

    @property
    def now(self) -> datetime:
        return self.sourcing.now

    @property
    def order(self) -> Order:
        return self.sourcing.orders[0]

    @property
    def offer(self) -> Offer | None:
        """The latest offer of the order."""
        return self.offers[-1] if self.offers else None

    @property
    def asked_before(self) -> frozenset[str]:
        """Nodes that were asked for this order already."""
        return frozenset(node for offer in self.offers for node in offer.nodes)

    @property
    def nodes(self) -> dict[str, StockNode]:
        return {node.code: node for node in self.sourcing.nodes}

    def decision(self) -> SourcingDecision:
        """What the rules make of the order now."""
        return self.sourcing.suggestions(at_once=True)[0]

    def town(self) -> Town:
        """Who can be asked, and how they answer."""
        return Town(self.nodes, habits_of(self.past), self.busy)


def load_offer_ground(
    connection: Connection, policy: Policy, now: datetime, order: str
) -> OfferGround:
    """Read all that offering an order needs.

    Raises:
        UnknownSubject: there is no such order.
    """
    ground = load_ground(connection, policy, now, codes=(order,))
    if not ground.orders:
        raise UnknownSubject("order", order)
    return OfferGround(
        ground,
        tuple(load_offers(connection, (order,))),
        tuple(ended_since(connection, now - _MEMORY)),
        open_per_node(connection),
    )


@lru_cache(maxsize=2)
def habits_of(past: tuple[Offer, ...]) -> Habits:
    """How nodes answered offers that are over; learnt anew when there are others."""
    return learn(answer for offer in past for answer in _answers(offer))


def _answers(offer: Offer) -> Iterator[Answer]:
    """What a person took back early tells as little as what another node was quicker at."""
    for one in offer.recipients:
        end = _said_at(offer, one)
        after_s = (end - (one.sent_at or offer.opened_at)).total_seconds()
        yield Answer(one.node, _SAID.get(one.state, Said.NOTHING), max(0.0, after_s))


def _said_at(offer: Offer, one: Recipient) -> datetime:
    if one.answered_at is not None and one.state is not RecipientState.RELEASED:
        return one.answered_at
    released = one.state is RecipientState.RELEASED or offer.state is OfferState.CLAIMED
    return offer.ended_at if offer.ended_at and released else min(one.expires, _end(offer))


def _end(offer: Offer) -> datetime:
    return offer.ended_at or offer.expires


_SAID = {
    RecipientState.CLAIMED: Said.CLAIMED,
    RecipientState.RELEASED: Said.CLAIMED,
    RecipientState.DECLINED: Said.REFUSED,
}
