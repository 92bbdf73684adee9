"""The five links of an order as cards, and the detail of the one that is open."""

from dataclasses import replace

from app.i18n import N_, _
from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.why import carrier_link, node_link, order_link, time_link, tour_link
from app.ui.why.fact_lines import FACTS
from app.ui.why.facts import Facts
from app.ui.why.lines import Card, Detail, Note

NAMES = {
    Link.ORDER: N_("Order"),
    Link.NODE: N_("Stock node"),
    Link.CARRIER: N_("Carrier"),
    Link.TOUR: N_("Tour"),
    Link.TIME: N_("Hour"),
}


def cards(facts: Facts) -> tuple[Card, ...]:
    """The chain from the order to its hour."""
    unread = _unread(facts)
    node = node_link.card(facts)
    return (
        order_link.card(facts),
        replace(node, beside="") if Link.NODE in unread else node,
        _wait(Link.CARRIER) if Link.CARRIER in unread else carrier_link.card(facts),
        _wait(Link.TOUR) if Link.TOUR in unread else tour_link.card(facts),
        _wait(Link.TIME) if Link.TIME in unread else time_link.card(facts),
    )


def detail(facts: Facts, link: Link, unfolded: frozenset[str]) -> Detail:
    """What one link says in full."""
    if link in _unread(facts):
        wait = Note(Icon.PROVISIONAL, _("One moment…"))
        return Detail(_(NAMES[link]), FACTS, (), (wait,))
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


def _unread(facts: Facts) -> frozenset[Link]:
    """The links of which the board alone does not know enough."""
    if facts.whole:
        return frozenset()
    unread = {Link.CARRIER} if facts.live else {Link.CARRIER, Link.NODE}
    if not any(one.tour is not None for one in facts.travelling):
        unread |= {Link.TOUR, Link.TIME}
    return frozenset(unread)


def _wait(link: Link) -> Card:
    """What stands on the thread until the answer is there."""
    if link is Link.CARRIER:
        return Card(link, Icon.CARRIER, _("Asking the carriers…"), tone="text2")
    icon = Icon.TOUR if link is Link.TOUR else Icon.TIME
    return Card(link, icon, _("One moment…"), tone="text2")
