"""Which step of the day each view leads to, and what it says when it is empty."""

from collections.abc import Mapping
from dataclasses import dataclass

from app import formats
from app.i18n import N_, _, n_
from app.ui.icons import Icon

ACCEPT = "orders.accept_sure"
ADDRESSES = "orders.addresses"
PLAN = "tours.plan"
ALLOCATE = "carriers.allocate"
BOOK = "carriers.book"
IMPORT = "intake.import"

_STEPS = {
    "to_source": ACCEPT,
    "to_plan": PLAN,
    "unplanned": ALLOCATE,
    "to_book": BOOK,
    "anomalies": ADDRESSES,
}
#: The steps of a day, each while its view holds anything.
_IN_TURN = ("to_source", "to_plan", "to_book")


@dataclass(frozen=True, slots=True)
class Nothing:
    """What an empty view says, with the one thing to do next.

    That is an action, by its id, or another view, by its name; `link` is what its button says.
    """

    icon: Icon
    sentence: str
    action: str = ""
    view: str = ""
    link: str = ""


def step_for(view: str, counts: Mapping[str, int], sure: int) -> str:
    """The id of the blue button's action; empty when the view leads nowhere."""
    if view != "orders":
        return _STEPS.get(view, "")
    if sure:
        return ACCEPT
    waiting = (name for name in _IN_TURN[1:] if counts.get(name, 0))
    return _STEPS.get(next(waiting, ""), "")


def nothing_in(view: str, counts: Mapping[str, int]) -> Nothing:
    """The words for a view that holds no order."""
    if not counts.get("orders", 0):
        return Nothing(
            Icon.ORDER, _("No order is due on this day. Import the day's files."), action=IMPORT
        )
    if view == "to_source":
        return _all_sourced(counts)
    if view == "to_plan":
        return _nothing_to_plan(counts)
    icon, sentence = _REST.get(view, (Icon.DONE, N_("No order here.")))
    return Nothing(icon, _(sentence))


def nothing_found(search: str, elsewhere: int) -> Nothing:
    """The words for a filter that lets nothing through; `elsewhere` counts finds in other views."""
    if not search:
        return Nothing(
            Icon.FILTER,
            _("No order of this view matches the filter."),
            action="orders.clear_filter",
        )
    said = _("Nothing matches “{search}”.").format(search=search)
    if elsewhere:
        there = n_("{count} order in other views.", "{count} orders in other views.", elsewhere)
        return Nothing(
            Icon.SEARCH,
            f"{said} {there.format(count=formats.number(elsewhere))}",
            view="orders",
            link=_("Show"),
        )
    return Nothing(Icon.SEARCH, said, action="orders.clear_filter")


def _all_sourced(counts: Mapping[str, int]) -> Nothing:
    sourced = _("Everything is sourced.")
    if waiting := counts.get("to_plan", 0):
        return Nothing(Icon.DONE, f"{sourced} {_ready(waiting)}", view="to_plan", link=_("Show"))
    if waiting := counts.get("to_book", 0):
        return Nothing(Icon.DONE, f"{sourced} {_to_book(waiting)}", view="to_book", link=_("Show"))
    return Nothing(Icon.DONE, sourced)


def _ready(count: int) -> str:
    said = n_("{count} order is ready to plan.", "{count} orders are ready to plan.", count)
    return said.format(count=formats.number(count))


def _to_book(count: int) -> str:
    said = n_("{count} order is to be booked.", "{count} orders are to be booked.", count)
    return said.format(count=formats.number(count))


def _nothing_to_plan(counts: Mapping[str, int]) -> Nothing:
    if waiting := counts.get("to_source", 0):
        first = n_(
            "Nothing to plan: {count} order waits for its node first.",
            "Nothing to plan: {count} orders wait for their node first.",
            waiting,
        )
        return Nothing(
            Icon.TOUR, first.format(count=formats.number(waiting)), view="to_source", link=_("Show")
        )
    return Nothing(Icon.DONE, _("Every sourced order is on a tour or with a carrier."))


_REST = {
    "unplanned": (Icon.DONE, N_("No order was left out of the tours.")),
    "at_risk": (Icon.DONE, N_("Nothing is late, nothing is tight.")),
    "to_book": (Icon.CARRIER, N_("Nothing waits to be booked with a carrier.")),
    "to_collect": (Icon.COLLECT, N_("Nothing waits to be collected.")),
    "anomalies": (Icon.DONE, N_("No anomaly: every address is placed.")),
    "tours": (Icon.TOUR, N_("No order is on a tour yet.")),
    "with_carrier": (Icon.CARRIER, N_("No order is with a carrier yet.")),
}
