"""Which rules of a chain can never decide, since an earlier one finds all that they would."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from app.domain.policy import Fence, RuleCondition, RuleSet

_NO_END = float("inf")


def idle_rules(chain: Sequence[RuleSet]) -> Iterator[tuple[RuleSet, RuleSet]]:
    """Each rule that never decides, with the earlier one that always decides before it."""
    for place, rule in enumerate(chain):
        earlier = next((other for other in chain[:place] if covers(other, rule)), None)
        if earlier is not None:
            yield rule, earlier


def covers(first: RuleSet, second: RuleSet) -> bool:
    """Whether the first rule takes every order and every node that the second would."""
    return (
        _asks_no_more(first.condition, second.condition)
        and set(first.fences) | {Fence.HAS_STOCK} <= set(second.fences) | {Fence.HAS_STOCK}
        and _wider(first.node_kinds, second.node_kinds)
        and _wider(first.nodes, second.nodes)
        and _range_m(first) >= _range_m(second)
        and _end(first.max_late_days) >= _end(second.max_late_days)
        and _end(first.max_stock_age_h) >= _end(second.max_stock_age_h)
        and _end(first.max_shipments) >= _end(second.max_shipments)
    )


def _asks_no_more(first: RuleCondition, second: RuleCondition) -> bool:
    """Whether each thing the first asks of an order is asked by the second just so, or more."""
    return all(
        _wider(getattr(first, each.name), getattr(second, each.name))
        for each in fields(RuleCondition)
        if each.name not in _BOUNDS
    ) and all(_bound_holds(first, second, name) for name in _BOUNDS)


#: Whether a figure is a least one; the others are the most.
_BOUNDS = {
    "min_value_cents": True,
    "min_weight_g": True,
    "max_value_cents": False,
    "max_weight_g": False,
}


def _bound_holds(first: RuleCondition, second: RuleCondition, name: str) -> bool:
    least = _BOUNDS[name]
    asked, given = getattr(first, name), getattr(second, name)
    if asked is None:
        return True
    if given is None:
        return False
    return bool(asked <= given if least else asked >= given)


def _wider(first: object, second: object) -> bool:
    """Whether what one allows includes what the other does; nothing said = everything."""
    if not first:
        return True
    if isinstance(first, frozenset) and isinstance(second, frozenset):
        return bool(second) and second <= first
    return first == second


def _range_m(rule: RuleSet) -> float:
    return _end(rule.max_range_m) if Fence.WITHIN_RANGE in rule.fences else _NO_END


def _end(figure: int | None) -> float:
    return _NO_END if figure is None else figure
