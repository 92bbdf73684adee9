"""Ask for suggestions as tests need them: on the demonstration day, in Paris."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.nodes import StockNode
from app.domain.orders import Order
from app.domain.policy import Policy, RuleSet
from app.domain.reasons import Reason
from app.domain.sourcing import SourcingDecision
from app.domain.stock import StockCell
from app.planning.sourcing import suggest
from tests.builders import NOW

PARIS = ZoneInfo("Europe/Paris")


def suggested(
    orders: Iterable[Order],
    nodes: Iterable[StockNode],
    stock: Iterable[StockCell],
    policy: Policy = Policy(),  # noqa: B008 - a frozen value
    **but: Any,
) -> dict[str, SourcingDecision]:
    """The decision for each order by its code."""
    asked = {"products": {}, "now": NOW, "zone": PARIS} | but
    decisions = suggest(orders, nodes, stock, policy=policy, **asked)
    assert len({decision.order for decision in decisions}) == len(decisions)
    return {decision.order: decision for decision in decisions}


def with_rules(*rules: RuleSet, **but: Any) -> Policy:
    """The default policy with another chain."""
    policy = Policy()
    return replace(policy, sourcing=replace(policy.sourcing, chain=rules, **but))


def in_paris(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """An instant of November 2026 by the clock in Paris."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


def fences_of(decision: SourcingDecision, node: str) -> dict[str, Reason]:
    """What keeps a node out of an order, by code."""
    candidate = decision.candidate(node)
    assert candidate is not None, f"{node} is not told singly"
    return {reason.code: reason for reason in candidate.fences}
