"""Which orders a view or a figure counts: one predicate a name, for tables, KPI bar and map."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.orders import Mode, Queue
from app.domain.policy import TouringPolicy
from app.i18n import N_
from db.queries.board import OrderRow


@dataclass(frozen=True, slots=True)
class Moment:
    """What a predicate may ask besides the row: the time, and what the policy calls too little.

    `tight_slack_s` is slack so short that it may become lateness; `min_place_score` the trust in
    an address below which neither tour nor carrier takes it.
    """

    now: datetime
    tight_slack_s: int
    min_place_score: float = TouringPolicy().min_place_score


Predicate = Callable[[OrderRow, Moment], bool]


@dataclass(frozen=True, slots=True)
class View:
    """A named part of the day's orders; `label` is translated when shown."""

    name: str
    label: str
    holds: Predicate


_WAITING = frozenset(
    {
        Queue.BLOCKED,
        Queue.TO_SOURCE,
        Queue.ASK_CLIENT,
        Queue.OFFERED,
        Queue.TO_PLAN,
        Queue.NO_CARRIER,
    }
)

_LEAVING = frozenset({Queue.TO_PLAN, Queue.NO_CARRIER})


def is_late(row: OrderRow, moment: Moment) -> bool:
    """Planned too late, with a carrier that comes too late, or still waiting when it must leave."""
    if row.tours:
        return row.late_s > 0
    if row.late_days and row.queue is not Queue.CLOSED:
        return True
    leaves_by = row.due_at - row.way if row.queue in _LEAVING else row.due_at
    return row.queue in _WAITING and leaves_by < moment.now


def is_tight(row: OrderRow, moment: Moment) -> bool:
    """Planned with little slack, but in time."""
    slack_s = row.slack_s
    return slack_s is not None and 0 <= slack_s < moment.tight_slack_s and row.late_s == 0


def is_at_risk(row: OrderRow, moment: Moment) -> bool:
    """Late, or with so little slack that it may become so."""
    return is_late(row, moment) or is_tight(row, moment)


def is_to_book(row: OrderRow, _moment: Moment) -> bool:
    """A carrier is chosen, nothing was sent to it yet."""
    return row.queue is Queue.WITH_CARRIER and row.unbooked


def is_ill_placed(row: OrderRow, moment: Moment) -> bool:
    """Its door is not known well enough to drive there; a store or relay is its own place."""
    order, place = row.order, row.place
    if row.queue in (Queue.CLOSED, Queue.WITH_CARRIER) or row.tours:
        return False
    if order.mode is Mode.CLICK_AND_COLLECT or order.pickup_point:
        return False
    return place is None or place.score < moment.min_place_score


def is_left_out(row: OrderRow, _moment: Moment) -> bool:
    """The plan has no room for it, and no carrier has it yet."""
    return row.queue in (Queue.TO_PLAN, Queue.NO_CARRIER) and row.unplanned is not None


def is_anomaly(row: OrderRow, moment: Moment) -> bool:
    """What waits for a person: an address, a client to ask, a carrier that the panel lacks."""
    waits = (Queue.BLOCKED, Queue.ASK_CLIENT, Queue.NO_CARRIER)
    return row.queue in waits or is_ill_placed(row, moment)


def _in(*queues: Queue) -> Predicate:
    return lambda row, _moment: row.queue in queues


#: The views every desk has, in the order of the day's work.
VIEWS = (
    View("to_source", N_("To source"), _in(Queue.TO_SOURCE)),
    View("offers", N_("Offers"), _in(Queue.OFFERED)),
    View("to_plan", N_("To plan"), _in(Queue.TO_PLAN)),
    View("unplanned", N_("Unplanned"), is_left_out),
    View("at_risk", N_("At risk"), is_at_risk),
    View("to_book", N_("To book"), is_to_book),
    View("to_collect", N_("To collect"), _in(Queue.TO_COLLECT)),
    View("ask_client", N_("Clients to ask"), _in(Queue.ASK_CLIENT)),
    View("anomalies", N_("Anomalies"), is_anomaly),
    View("tours", N_("On tours"), lambda row, _moment: bool(row.tours)),
    View("with_carrier", N_("With carriers"), _in(Queue.WITH_CARRIER)),
    View("orders", N_("All"), lambda _row, _moment: True),
)
BY_NAME = {view.name: view for view in VIEWS}
