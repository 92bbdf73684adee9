"""How an order stands in the worklist: one sign, one tone and one word for each."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.orders import OrderState, Queue
from app.domain.sourcing import SourcingDecision
from app.domain.tours import Colour, PlanState
from app.i18n import N_
from app.ui.icons import Icon
from db.queries.board import OrderRow


class Standing(StrEnum):
    """What waits, what is suggested, and how far the rest has come."""

    CHECK_ADDRESS = "check_address"
    RECKONING = "reckoning"
    SURE = "sure"
    CLOSE_CALL = "close_call"
    SPLIT = "split"
    PART = "part"
    COMING = "coming"
    NO_CANDIDATE = "no_candidate"
    ASK_CLIENT = "ask_client"
    OFFERED = "offered"
    TO_PLAN = "to_plan"
    LEFT_OUT = "left_out"
    IMPOSSIBLE = "impossible"
    DRAFT = "draft"
    VALIDATED = "validated"
    PUBLISHED = "published"
    LATE = "late"
    TIGHT = "tight"
    CHOSEN = "chosen"
    BOOKED = "booked"
    NO_CARRIER = "no_carrier"
    TO_COLLECT = "to_collect"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a standing is shown; the word is translated when shown."""

    icon: Icon
    tone: str
    word: str


SIGNS = {
    Standing.CHECK_ADDRESS: Sign(Icon.CHECK_ADDRESS, "warn", N_("Address to check")),
    Standing.RECKONING: Sign(Icon.PROVISIONAL, "text3", N_("Looking for a node")),
    Standing.SURE: Sign(Icon.SURE, "text2", N_("Sure suggestion")),
    Standing.CLOSE_CALL: Sign(Icon.CLOSE_CALL, "warn", N_("Close call")),
    Standing.SPLIT: Sign(Icon.SPLIT, "info", N_("To be split")),
    Standing.PART: Sign(Icon.SPLIT, "warn", N_("Only a part can be served")),
    Standing.COMING: Sign(Icon.DEADLINE, "info", N_("Waits for stock on its way")),
    Standing.NO_CANDIDATE: Sign(Icon.NO_CANDIDATE, "danger", N_("No candidate")),
    Standing.ASK_CLIENT: Sign(Icon.PERSON, "warn", N_("Refused: ask the client")),
    Standing.OFFERED: Sign(Icon.SENT, "info", N_("Offered")),
    Standing.TO_PLAN: Sign(Icon.TOUR, "text2", N_("Sourced, to plan")),
    Standing.LEFT_OUT: Sign(Icon.WARNING, "warn", N_("Left out of the tours")),
    Standing.IMPOSSIBLE: Sign(Icon.NO_CANDIDATE, "danger", N_("Impossible on a tour")),
    Standing.DRAFT: Sign(Icon.DRAFT, "text2", N_("On a draft tour")),
    Standing.VALIDATED: Sign(Icon.VALIDATED, "text2", N_("On a validated tour")),
    Standing.PUBLISHED: Sign(Icon.PUBLISHED, "text2", N_("On a published tour")),
    Standing.LATE: Sign(Icon.LATE, "danger", N_("Late")),
    Standing.TIGHT: Sign(Icon.LATE, "warn", N_("Tight")),
    Standing.CHOSEN: Sign(Icon.CARRIER, "text2", N_("Carrier chosen, to book")),
    Standing.BOOKED: Sign(Icon.EXPORT, "success", N_("Booked with the carrier")),
    Standing.NO_CARRIER: Sign(Icon.REFUSED, "danger", N_("No carrier can take it")),
    Standing.TO_COLLECT: Sign(Icon.COLLECT, "text2", N_("Waits to be collected")),
    Standing.CLOSED: Sign(Icon.DONE, "success", N_("Closed")),
}

_OF_TOUR = {
    PlanState.DRAFT: Standing.DRAFT,
    PlanState.VALIDATED: Standing.VALIDATED,
    PlanState.PUBLISHED: Standing.PUBLISHED,
    PlanState.CLOSED: Standing.CLOSED,
}
_OF_QUEUE = {
    Queue.BLOCKED: Standing.CHECK_ADDRESS,
    Queue.ASK_CLIENT: Standing.ASK_CLIENT,
    Queue.OFFERED: Standing.OFFERED,
    Queue.NO_CARRIER: Standing.NO_CARRIER,
    Queue.TO_COLLECT: Standing.TO_COLLECT,
    Queue.CLOSED: Standing.CLOSED,
}


def standing_of(row: OrderRow, suggestion: SourcingDecision | None, tight_slack_s: int) -> Standing:
    """How an order stands, by its queue and what is suggested for it."""
    match row.queue:
        case Queue.TO_SOURCE:
            return _of_suggestion(suggestion)
        case Queue.TO_PLAN:
            return _left_out(row)
        case Queue.PLANNED:
            return _on_tour(row, tight_slack_s)
        case Queue.WITH_CARRIER:
            return Standing.CHOSEN if row.unbooked else Standing.BOOKED
        case queue:
            return _OF_QUEUE[queue]


def _of_suggestion(suggestion: SourcingDecision | None) -> Standing:
    if suggestion is None:
        return Standing.RECKONING
    if not suggestion.shipments:
        coming = any(reason.code == "stock_coming" for reason in suggestion.reasons)
        return Standing.COMING if coming else Standing.NO_CANDIDATE
    if suggestion.status is OrderState.PARTIALLY_ALLOCATED:
        return Standing.PART
    if len(suggestion.shipments) > 1:
        return Standing.SPLIT
    return Standing.SURE if suggestion.sure else Standing.CLOSE_CALL


def _left_out(row: OrderRow) -> Standing:
    if row.unplanned is None:
        return Standing.TO_PLAN
    red = row.unplanned.colour is Colour.RED
    return Standing.IMPOSSIBLE if red else Standing.LEFT_OUT


def _on_tour(row: OrderRow, tight_slack_s: int) -> Standing:
    if row.late_s > 0:
        return Standing.LATE
    if row.slack_s is not None and row.slack_s < tight_slack_s:
        return Standing.TIGHT
    states = [s.tour_state for s in row.shipments if s.tour_state is not None]
    return _OF_TOUR[min(states, key=tuple(PlanState).index)] if states else Standing.DRAFT
