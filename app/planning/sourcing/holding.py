"""Which orders wait for others, so that they are sourced together: until an hour, or a number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.policy import Policy, RuleSet
from app.domain.reasons import Reason, because
from app.planning.sourcing.chain import chain_for
from app.planning.sourcing.needs import Need


def held_back(needs: Sequence[Need], policy: Policy, now: datetime) -> list[Need]:
    """The needs, those that their first rule holds back marked with what they wait for.

    What was begun goes on, and no promise is missed for the company: an order that is due before
    the hour it would wait for is not held.
    """
    if not any(rule.holds for rule in policy.sourcing.chain):
        return list(needs)
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    rules: dict[str, RuleSet] = {}
    for at, need in enumerate(needs):
        rule = next(chain_for(need, policy), None)
        if rule is not None and rule.holds and need.lines and not need.held:
            rules[rule.name] = rule
            waiting[rule.name].append(at)
    marked = list(needs)
    for name, places in waiting.items():
        rule = rules[name]
        if rule.hold_orders is not None and len(places) >= rule.hold_orders:
            continue
        for at in places:
            marked[at] = replace(needs[at], waits=_waits(needs[at], rule, policy, now, len(places)))
    return marked


def _waits(need: Need, rule: RuleSet, policy: Policy, now: datetime, count: int) -> Reason | None:
    """What an order waits for; None when its hour has come, or would come too late."""
    label = rule.label or rule.name
    if rule.hold_until is None:
        return because("held_for_number", rule=label, waiting=count, wanted=rule.hold_orders or 0)
    zone = ZoneInfo(policy.timezone)
    ends = _next(need.order.placed_at, rule, zone)
    if now >= ends or need.due <= ends:
        return None
    ends_at = ends.astimezone(zone).isoformat(timespec="seconds")
    return because("held_until", rule=label, waiting=count, ends_on=ends_at[:10], ends_at=ends_at)


def _next(placed: datetime, rule: RuleSet, zone: ZoneInfo) -> datetime:
    """The first time after an order was placed that the rule's hour strikes."""
    assert rule.hold_until is not None  # noqa: S101 - asked by the only caller
    local = placed.astimezone(zone)
    ends = datetime.combine(local.date(), rule.hold_until, zone)
    if ends <= local:
        ends = datetime.combine(local.date() + timedelta(days=1), rule.hold_until, zone)
    return ends.astimezone(UTC)
