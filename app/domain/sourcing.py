"""The decision which node serves an order, kept with everything that was weighed."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.orders import OrderLine, OrderState
from app.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class RatingPart:
    """One criterion's share of a score: `points` of 100 x weight, and the figure behind it."""

    criterion: str
    points: float
    figure: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that was looked at: ranked with its score, or fenced out with reasons.

    `score` is 0 to 100, higher is better; None when a fence keeps the node out. `available` is the
    smallest available-to-promise over the order's lines at that node.
    """

    node: str
    available: int
    distance_m: int | None
    cost_cents: int | None = None
    co2e_g: int | None = None
    load_share: float | None = None
    score: float | None = None
    parts: tuple[RatingPart, ...] = ()
    fences: tuple[Reason, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.fences


@dataclass(frozen=True, slots=True)
class SuggestedShipment:
    """Lines that one node is to send; `to_node` marks a transfer to the store of collection."""

    node: str
    lines: tuple[OrderLine, ...]
    to_node: str = ""


@dataclass(frozen=True, slots=True)
class SourcingDecision:
    """What is suggested for one order, and why.

    `status` is allocated, partially_allocated, queued or unfillable; `margin` is the score by which
    the best candidate leads the next; `rule` names the rule set and `policy_version` the policy.
    """

    order: str
    order_revision: int
    status: OrderState
    shipments: tuple[SuggestedShipment, ...]
    candidates: tuple[Candidate, ...]
    reasons: tuple[Reason, ...]
    rule: str
    policy_version: int
    decided_at: datetime
    cost_cents: int = 0
    margin: float | None = None
    override: str = ""

    @property
    def sure(self) -> bool:
        """Whole, by rule, and clearly ahead of the next candidate."""
        clear = self.margin is None or self.margin >= SURE_MARGIN
        return self.status is OrderState.ALLOCATED and len(self.shipments) == 1 and clear


#: Points (of 100) by which the best candidate must lead to be called sure.
SURE_MARGIN = 8.0
