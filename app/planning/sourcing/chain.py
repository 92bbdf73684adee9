"""Which rule sets of the retailer's chain are for an order."""

from collections.abc import Iterator

from app.domain.policy import Policy, RuleCondition, RuleSet
from app.places.names import department_of
from app.planning.sourcing.needs import Need


def chain_for(need: Need, policy: Policy) -> Iterator[RuleSet]:
    """The rule sets whose condition fits the order, in the order of the chain."""
    return (rule for rule in policy.sourcing.chain if applies(rule.condition, need))


def applies(condition: RuleCondition, need: Need) -> bool:
    """Whether an order is one that a rule set is for."""
    order = need.order
    return (
        (not condition.modes or order.mode in condition.modes)
        and (not condition.countries or order.address.country in condition.countries)
        and (
            not condition.departments
            or department_of(order.address.postcode) in condition.departments
        )
        and _between(order.value_cents, condition.min_value_cents, condition.max_value_cents)
        and _between(need.load.weight_g, condition.min_weight_g, condition.max_weight_g)
    )


def _between(figure: int, least: int | None, most: int | None) -> bool:
    return (least is None or figure >= least) and (most is None or figure <= most)
