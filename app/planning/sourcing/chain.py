"""Which rule sets of the retailer's chain are for an order."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from app.domain.policy import Policy, RuleCondition, RuleSet, Weekday
from app.places.names import department_of
from app.planning.sourcing.needs import Need

_WEEK = tuple(Weekday)


def chain_for(need: Need, policy: Policy) -> Iterator[RuleSet]:
    """The rule sets whose condition fits the order, in the order of the chain."""
    placed = need.order.placed_at.astimezone(ZoneInfo(policy.timezone))
    return (rule for rule in policy.sourcing.chain if applies(rule.condition, need, placed))


def applies(condition: RuleCondition, need: Need, placed: datetime) -> bool:
    """Whether an order, placed then by the policy's clock, is one that a rule set is for."""
    order = need.order
    return (
        (not condition.modes or order.mode in condition.modes)
        and _is_there(condition, need)
        and _holds(condition, need)
        and (not condition.customers or _begins(order.customer, condition.customers))
        and _is_then(condition, placed)
        and _between(order.value_cents, condition.min_value_cents, condition.max_value_cents)
        and _between(need.load.weight_g, condition.min_weight_g, condition.max_weight_g)
    )


def _is_there(condition: RuleCondition, need: Need) -> bool:
    address = need.order.address
    prefixes = tuple(condition.postcode_prefixes)
    return (
        (not condition.countries or address.country in condition.countries)
        and (not condition.departments or department_of(address.postcode) in condition.departments)
        and (not prefixes or address.postcode.startswith(prefixes))
    )


def _holds(condition: RuleCondition, need: Need) -> bool:
    """Whether one of the lines is of the products, and one of the handling, that are meant."""
    if condition.handling and not condition.handling & need.handling:
        return False
    return not condition.skus or any(_begins(line.sku, condition.skus) for line in need.lines)


def _begins(text: str, patterns: Iterable[str]) -> bool:
    """Whether a text is one of these, or begins like one that ends with a star."""
    return any(
        text.casefold().startswith(pattern[:-1].casefold())
        if pattern.endswith("*")
        else text == pattern
        for pattern in patterns
    )


def _is_then(condition: RuleCondition, placed: datetime) -> bool:
    if condition.weekdays and _WEEK[placed.weekday()] not in condition.weekdays:
        return False
    start, end = condition.placed_from, condition.placed_before
    at = placed.time()
    if start is not None and end is not None and end < start:
        return at >= start or at < end
    return at >= (start or time.min) and (end is None or at < end)


def _between(figure: int, least: int | None, most: int | None) -> bool:
    return (least is None or figure >= least) and (most is None or figure <= most)
