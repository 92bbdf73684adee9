"""A rule as people would say it: for which orders, from where, how late, what ranks, who waits."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import time

from app import formats
from app.domain.policy import Fence, RuleCondition, RuleSet, SourcingPolicy
from app.i18n import N_, _, n_
from app.wording.policy import RATINGS

_MODES = {
    "home_delivery": N_("delivered at home"),
    "click_and_collect": N_("collected in a store"),
    "pickup_point": N_("sent to a pickup point"),
}
_KINDS = {
    "store": N_("stores"),
    "warehouse": N_("warehouses"),
    "supplier": N_("suppliers"),
    "hub": N_("hubs"),
}
_DAYS = {
    "mo": N_("Monday"),
    "tu": N_("Tuesday"),
    "we": N_("Wednesday"),
    "th": N_("Thursday"),
    "fr": N_("Friday"),
    "sa": N_("Saturday"),
    "su": N_("Sunday"),
}
#: What is said where a fence is not held; those held go without saying.
_WITHOUT = {
    Fence.OPEN: N_("whatever their opening hours"),
    Fence.SERVES_MODE: N_("whatever kind of order they serve"),
    Fence.BELOW_CAPACITY: N_("even beyond their daily capacity"),
    Fence.BEFORE_CUTOFF: N_("even past their cut-off"),
}


def rule_in_words(rule: RuleSet, policy: SourcingPolicy) -> str:
    """The whole rule in a few sentences, in the language in use."""
    whom, what = ", ".join(_orders(rule.condition)), ", ".join(_nodes(rule, policy))
    if whom:
        head = _("For orders {orders}: {nodes}.").format(orders=whom, nodes=what)
    else:
        head = _("For all orders: {nodes}.").format(nodes=what)
    return " ".join((head, *_ranked(rule), *_held(rule)))


def idle_in_words(rule: RuleSet, earlier: RuleSet) -> str:
    """That a rule never decides, and because of which."""
    return _("Rule “{rule}” never decides: “{earlier}” finds all that it would.").format(
        rule=_(rule.label) or rule.name, earlier=_(earlier.label) or earlier.name
    )


def _orders(only: RuleCondition) -> Iterator[str]:
    """What is asked of an order, part by part."""
    if only.modes:
        yield _either(_(_MODES[mode]) for mode in _in_order(only.modes, _MODES))
    yield from _places(only)
    if only.skus:
        yield _("with {products}").format(products=_either(sorted(only.skus)))
    if only.handling:
        told = _either(sorted(only.handling))
        yield _("with goods of handling {handling}").format(handling=told)
    if only.customers:
        yield _("of client {clients}").format(clients=_either(sorted(only.customers)))
    yield from _times(only)
    yield from _bounds(only)


def _places(only: RuleCondition) -> Iterator[str]:
    if only.departments:
        text = n_("in department {some}", "in departments {some}", len(only.departments))
        yield text.format(some=_both(sorted(only.departments)))
    if only.postcode_prefixes:
        told = _either(sorted(only.postcode_prefixes))
        yield _("with a postcode beginning with {some}").format(some=told)
    if only.countries:
        yield _("in country {some}").format(some=_either(sorted(only.countries)))


def _times(only: RuleCondition) -> Iterator[str]:
    if only.weekdays:
        days = _either(_(_DAYS[day]) for day in _in_order(only.weekdays, _DAYS))
        yield _("placed on {days}").format(days=days)
    start, end = only.placed_from, only.placed_before
    if start is not None and end is not None:
        yield _("placed between {start} and {end}").format(start=_clock(start), end=_clock(end))
    elif start is not None:
        yield _("placed from {start} on").format(start=_clock(start))
    elif end is not None:
        yield _("placed before {end}").format(end=_clock(end))


def _bounds(only: RuleCondition) -> Iterator[str]:
    if only.min_value_cents is not None:
        yield _("worth at least {value}").format(value=formats.money(only.min_value_cents))
    if only.max_value_cents is not None:
        yield _("worth at most {value}").format(value=formats.money(only.max_value_cents))
    if only.min_weight_g is not None:
        yield _("weighing at least {weight}").format(weight=formats.weight(only.min_weight_g))
    if only.max_weight_g is not None:
        yield _("weighing at most {weight}").format(weight=formats.weight(only.max_weight_g))


def _nodes(rule: RuleSet, policy: SourcingPolicy) -> Iterator[str]:
    """Who may send, how late, in how many shipments."""
    kinds = _either(_(_KINDS[kind]) for kind in _in_order(rule.node_kinds, _KINDS))
    named = _either(sorted(rule.nodes))
    if kinds or named:
        both = f"{named} ({kinds})" if kinds and named else kinds or named
        yield _("from {nodes}").format(nodes=both)
    else:
        yield _("from any node")
    if rule.max_range_m is not None and Fence.WITHIN_RANGE in rule.fences:
        yield _("within {distance}").format(distance=_reach(rule.max_range_m))
    yield from (_(text) for fence, text in _WITHOUT.items() if fence not in rule.fences)
    if rule.max_stock_age_h is not None:
        hours = n_("{count} hour", "{count} hours", rule.max_stock_age_h)
        told = hours.format(count=formats.number(rule.max_stock_age_h))
        yield _("by stock counted within {hours}").format(hours=told)
    yield _lateness(rule.max_late_days)
    yield _shipments(rule, policy)


def _reach(limit_m: int) -> str:
    """Whole kilometres without decimals, as people set them."""
    if limit_m % 1_000:
        return formats.distance(limit_m)
    return formats.number(limit_m // 1_000) + f"{formats.NO_BREAK_SPACE}km"


def _lateness(days: int | None) -> str:
    if days is None:
        return _("however late")
    if not days:
        return _("in time")
    late = n_("up to {count} day late", "up to {count} days late", days)
    return late.format(count=formats.number(days))


def _shipments(rule: RuleSet, policy: SourcingPolicy) -> str:
    most = policy.max_shipments if policy.split_allowed else 1
    most = most if rule.max_shipments is None else min(most, rule.max_shipments)
    if most == 1:
        return _("in one shipment")
    return _("in at most {count} shipments").format(count=formats.number(most))


def _ranked(rule: RuleSet) -> Iterator[str]:
    total = sum(weight for _rating, weight in rule.ratings)
    ranked = sorted(rule.ratings, key=lambda pair: -pair[1])
    told = [
        _("{rating} ({share})").format(
            rating=_(RATINGS[rating]), share=formats.whole_share(weight / total)
        )
        for rating, weight in ranked
        if weight > 0
    ]
    if told:
        yield _("Ranked by {ratings}.").format(ratings=_both(told))


def _held(rule: RuleSet) -> Iterator[str]:
    if rule.hold_until is not None and rule.hold_orders is not None:
        yield _("They wait until {time} or until there are {count}, then go together.").format(
            time=_clock(rule.hold_until), count=formats.number(rule.hold_orders)
        )
    elif rule.hold_until is not None:
        told = _("They wait until {time}, then go together.")
        yield told.format(time=_clock(rule.hold_until))
    elif rule.hold_orders is not None:
        told = _("They wait until there are {count}, then go together.")
        yield told.format(count=formats.number(rule.hold_orders))


def _in_order(some: Iterable[str], known: Mapping[str, str]) -> list[str]:
    wanted = set(some)
    return [name for name in known if name in wanted]


def _both(texts: Iterable[str]) -> str:
    return _joined(list(texts), _("{some} and {last}"))


def _either(texts: Iterable[str]) -> str:
    return _joined(list(texts), _("{some} or {last}"))


def _joined(texts: list[str], last: str) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return last.format(some=", ".join(texts[:-1]), last=texts[-1])


def _clock(at: time) -> str:
    return at.strftime("%H:%M")
