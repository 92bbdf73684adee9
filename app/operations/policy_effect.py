"""What other rules would change: the orders that wait, sourced by both."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.orders import OPEN_TO_SOURCING, OrderState
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision
from app.operations.sourcing_ground import load_ground
from app.ports import Stop, never
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Moved:
    """An order that other nodes would send; none = it could not be placed."""

    order: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Of how many orders, which would move, how many could be placed whole, at what cost."""

    orders: int
    moved: tuple[Moved, ...]
    placed_before: int
    placed_after: int
    cost_before_cents: int
    cost_after_cents: int


def effect_of(workspace: Workspace, policy: Policy, *, stop: Stop = never) -> Effect:
    """Source what is open by the rules in force and by these; nothing is written.

    Raises:
        Stopped: a person went on to other rules.
    """
    at = workspace.now()
    before = _decided(workspace, workspace.policy(), at, stop)
    after = _decided(workspace, policy, at, stop)
    moved = tuple(
        Moved(order, made.nodes, after[order].nodes)
        for order, made in before.items()
        if set(made.nodes) != set(after[order].nodes)
    )
    return Effect(
        len(before),
        moved,
        _placed(before),
        _placed(after),
        sum(made.cost_cents for made in before.values()),
        sum(made.cost_cents for made in after.values()),
    )


def _decided(
    workspace: Workspace, policy: Policy, at: datetime, stop: Stop
) -> dict[str, SourcingDecision]:
    ground = workspace.read(load_ground, policy, at, states=OPEN_TO_SOURCING)
    decisions = ground.suggestions(stop=stop)
    return {made.order: made for made in decisions}


def _placed(decisions: dict[str, SourcingDecision]) -> int:
    return sum(made.status is OrderState.ALLOCATED for made in decisions.values())
