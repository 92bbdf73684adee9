"""The decision which node serves an order, kept with everything that was weighed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.orders import OrderLine, OrderState
from app.domain.reasons import Reason

#: Points (of 100) by which the best candidate must lead to be called sure: by distance alone, the
#: next one is half as far again.
SURE_MARGIN = 5.0


#: The same for a decision of the optimum: what the next best node would cost more, in cents.
SURE_MARGIN_CENTS = 100


class Method(StrEnum):
    """How nodes were chosen: order by order by the rules, or for all orders at once."""

    RULES = "rules"
    OPTIMAL = "optimal"


@dataclass(frozen=True, slots=True)
class RatingPart:
    """One criterion's share of a score: its points, weighted, and the figure behind them.

    The points of all parts add up to the candidate's score.
    """

    criterion: str
    points: float
    figure: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that was looked at: ranked with its score, or fenced out with reasons.

    `score` is 0 to 100, higher is better; None when the node was not ranked. A node that holds
    only a part of the order is fenced out as short of stock, and ranked among those that could
    share it. `available` is the smallest stock free over the order's lines at that node, `pieces`
    how many pieces of the order it could send; `stock_as_of` is the age of the oldest figure.
    `ready_at` is when the goods could leave, `arrives_at` when they would be there.
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
    pieces: int = 0
    ready_at: datetime | None = None
    arrives_at: datetime | None = None
    stock_as_of: datetime | None = None

    @property
    def fits(self) -> bool:
        return not self.fences


@dataclass(frozen=True, slots=True)
class OtherNodes:
    """Nodes too many to be told one by one: they share a reason.

    `nodes` empty = all nodes of that moment that are told nowhere else in the decision.
    """

    reason: Reason
    nodes: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.nodes) or int(self.reason["count"])


@dataclass(frozen=True, slots=True)
class SuggestedShipment:
    """Lines that one node is to send; `to_node` marks a transfer to the store of collection."""

    node: str
    lines: tuple[OrderLine, ...]
    to_node: str = ""


@dataclass(frozen=True, slots=True)
class SourcingDecision:
    """What is suggested for one order, and why.

    `status` is allocated, partially_allocated, queued or unfillable, or to_source while the address
    waits to be checked. `margin` is the score by which the best candidate (or the best way to
    split) leads the next; `rule` names the rule set, `policy_version` the policy. Every node is
    either among `candidates`, best first and the fenced out by distance, or among `others`.
    `margin_cents` is said by the optimum instead of `margin`: what the next best node would cost
    more, with what its stock and its room are worth to other orders. `inputs` is the code of the
    record of all that it was made from.
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
    rule_label: str = ""
    others: tuple[OtherNodes, ...] = ()
    due_at: datetime | None = None
    place_score: float | None = None
    pieces: int = 0
    parcels: int = 0
    weight_g: int = 0
    method: Method = Method.RULES
    margin_cents: int | None = None
    inputs: str = ""

    @property
    def sure(self) -> bool:
        """Whole, by rule, and clearly ahead of the next candidate."""
        clear = self.margin is None or self.margin >= SURE_MARGIN
        clear &= self.margin_cents is None or self.margin_cents >= SURE_MARGIN_CENTS
        return self.status is OrderState.ALLOCATED and len(self.shipments) == 1 and clear

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that are to send something, each once."""
        return tuple(dict.fromkeys(shipment.node for shipment in self.shipments))

    def candidate(self, node: str) -> Candidate | None:
        """What was weighed about a node, when it was told by itself."""
        return next((one for one in self.candidates if one.node == node), None)

    def group_of(self, node: str) -> OtherNodes | None:
        """The group a node was told in, when it was not told by itself."""
        if self.candidate(node) is not None:
            return None
        named = next((group for group in self.others if node in group.nodes), None)
        return named or next((group for group in self.others if not group.nodes), None)


@dataclass(frozen=True, slots=True)
class Proof:
    """What all decisions together count, and below what nothing else can be, in cents.

    They count what shipments cost with all that follows from them, and the pieces that somebody
    has and nobody sends. `rules_cents` is what the rules alone would come to.
    """

    seconds: float
    cost_cents: int
    bound_cents: int
    rules_cents: int

    @property
    def gap(self) -> float:
        """By how much of itself the cost may be too high."""
        return (self.cost_cents - self.bound_cents) / self.cost_cents if self.cost_cents else 0.0
