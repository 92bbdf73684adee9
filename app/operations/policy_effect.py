"""What other rules would change: the orders that wait, sourced by both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.domain.orders import OPEN_TO_SOURCING, OrderState
from app.domain.policy import Policy
from app.domain.reasons import Reason
from app.domain.sourcing import Candidate, SourcingDecision
from app.domain.sourcing_record import Given, given_by
from app.operations.sourcing_ground import load_ground
from app.ports import Stop, never
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of rules makes of an order, and what it says of it."""

    status: OrderState
    given: tuple[Given, ...]
    cost_cents: int = 0
    reasons: tuple[Reason, ...] = ()
    rule: str = ""

    @property
    def nodes(self) -> tuple[str, ...]:
        """Who sends, each once; none = it could not be placed."""
        return tuple(dict.fromkeys(piece.node for piece in self.given))

    def like(self, other: "Outcome") -> bool:
        """Whether the same nodes send the same pieces."""
        return (self.status, set(self.given)) == (other.status, set(other.given))


@dataclass(frozen=True, slots=True)
class Moved:
    """An order that would go otherwise; `at` is when it was decided."""

    order: str
    before: Outcome
    after: Outcome
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What decisions come to; `in_time` counts the orders that are there whole when due."""

    orders: int = 0
    placed: int = 0
    shipments: int = 0
    split: int = 0
    in_time: int = 0
    cost_cents: int = 0
    distance_m: int = 0
    co2e_g: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """Which orders would go otherwise, and what all come to by the rules of then and by these."""

    moved: tuple[Moved, ...]
    before: Figures
    after: Figures

    @property
    def orders(self) -> int:
        return self.before.orders


def effect_of(workspace: Workspace, policy: Policy, *, stop: Stop = never) -> Effect:
    """Source what is open by the rules in force and by these; nothing is written.

    Raises:
        Stopped: a person went on to other rules.
    """
    at = workspace.now()
    before = _decided(workspace, workspace.policy(), at, stop)
    after = _decided(workspace, policy, at, stop)
    return Effect(
        tuple(moved_between(before.values(), after)),
        figures_of(before.values()),
        figures_of(after.values()),
    )


def moved_between(
    before: Iterable[SourcingDecision],
    after: dict[str, SourcingDecision],
    at: datetime | None = None,
) -> Iterable[Moved]:
    """The orders of which the decisions differ in what is sent from where."""
    for made in before:
        old, new = outcome_of(made), outcome_of(after[made.order])
        if not old.like(new):
            yield Moved(made.order, old, new, at)


def outcome_of(made: SourcingDecision) -> Outcome:
    """A decision, as far as rules are compared by it."""
    label = made.rule_label or made.rule
    return Outcome(made.status, given_by(made), made.cost_cents, made.reasons, label)


def figures_of(decisions: Iterable[SourcingDecision]) -> Figures:
    """What decisions come to."""
    made = list(decisions)
    senders = [chosen for one in made for chosen in _senders(one)]
    return Figures(
        orders=len(made),
        placed=sum(one.status is OrderState.ALLOCATED for one in made),
        shipments=sum(len(one.shipments) for one in made),
        split=sum(len(one.shipments) > 1 for one in made),
        in_time=sum(_is_in_time(one) for one in made),
        cost_cents=sum(one.cost_cents for one in made),
        distance_m=sum(one.distance_m or 0 for one in senders),
        co2e_g=sum(one.co2e_g or 0 for one in senders),
    )


def _senders(made: SourcingDecision) -> list[Candidate]:
    return [one for node in made.nodes if (one := made.candidate(node)) is not None]


def _is_in_time(made: SourcingDecision) -> bool:
    if made.status is not OrderState.ALLOCATED or made.due_at is None:
        return False
    arrivals = [one.arrives_at for one in _senders(made)]
    return all(at is not None and at <= made.due_at for at in arrivals)


def _decided(
    workspace: Workspace, policy: Policy, at: datetime, stop: Stop
) -> dict[str, SourcingDecision]:
    ground = workspace.read(load_ground, policy, at, states=OPEN_TO_SOURCING)
    return {made.order: made for made in ground.suggestions(stop=stop)}
