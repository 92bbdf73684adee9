"""Why nothing can be suggested for an order, in the few words that fit its line."""

from datetime import date

from app.domain.orders import Queue
from app.domain.reasons import Reason, because
from app.domain.sourcing import SourcingDecision
from app.formats import day_month
from app.i18n import N_, _
from app.wording import sentence, shown
from db.queries.board import OrderRow

#: Short forms; any other reason is told in full.
_SHORT = {
    "address_to_check": N_("Address to check"),
    "no_carrier": N_("No carrier can take it"),
    "stock_nowhere": N_("No candidate: no stock anywhere"),
    "stock_out_of_reach": N_("No candidate: stock out of reach"),
    "stock_coming": N_("Stock expected at {node} on {day}"),
    "fenced_out": N_("No candidate: {out} of {out} ruled out"),
    "no_nodes": N_("No node is known yet"),
}
_TELLING = ("stock_coming", "stock_nowhere")


def trouble_of(source: OrderRow, suggestion: SourcingDecision | None) -> Reason | None:
    """The one reason to show; none when something is suggested or under way."""
    if source.queue is Queue.BLOCKED:
        return because("address_to_check")
    if source.queue is Queue.NO_CARRIER:
        return because("no_carrier")
    if suggestion is None or suggestion.shipments or not suggestion.reasons:
        return None
    telling = next((r for r in suggestion.reasons if r.code in _TELLING), None)
    out = sum(not each.fits for each in suggestion.candidates)
    out += sum(group.count for group in suggestion.others)
    if telling is None and out:
        return because("fenced_out", out=out)
    return telling or suggestion.reasons[0]


def in_short(trouble: Reason) -> str:
    """The reason as the line says it."""
    short = _SHORT.get(trouble.code)
    if short is None:
        return sentence(trouble)
    facts = {name: shown(name, value) for name, value in trouble}
    if trouble.code == "stock_coming":
        facts["day"] = day_month(date.fromisoformat(str(trouble["expected_on"])))
    return _(short).format_map(facts)
