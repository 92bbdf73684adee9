"""The five links of an order as cards, and the detail of the one that is open."""

from app.operations.why_chain import Link
from app.ui.why import carrier_link, node_link, order_link, time_link, tour_link
from app.ui.why.facts import Facts
from app.ui.why.lines import Card, Detail


def cards(facts: Facts) -> tuple[Card, ...]:
    """The chain from the order to its hour."""
    return (
        order_link.card(facts),
        node_link.card(facts),
        carrier_link.card(facts),
        tour_link.card(facts),
        time_link.card(facts),
    )


def detail(facts: Facts, link: Link, unfolded: frozenset[str]) -> Detail:
    """What one link says in full."""
    match link:
        case Link.ORDER:
            return order_link.detail(facts)
        case Link.NODE:
            return node_link.detail(facts)
        case Link.CARRIER:
            return carrier_link.detail(facts, unfolded)
        case Link.TOUR:
            return tour_link.detail(facts)
        case Link.TIME:
            return time_link.detail(facts)
