"""When an order is to be at its door: what was promised, else wished, else what the policy says."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.orders import Mode, Order
from app.domain.policy import Policy
from app.domain.values import Window


def window_of(order: Order, policy: Policy, zone: ZoneInfo) -> Window:
    """The promised window, else the wish, else the policy's day counted from placed_at.

    A side left open is closed by the policy's delivery day.
    """
    for start, end in (
        (order.promised_from, order.promised_to),
        (order.wish_from, order.wish_to),
    ):
        if start is not None or end is not None:
            return _closed(start, end, policy, zone, order.placed_at)
    on = _working_day(order.placed_at.astimezone(zone).date(), policy.sourcing.promise_days)
    return Window(
        datetime.combine(on, policy.touring.day_from, zone),
        datetime.combine(on, policy.touring.day_to, zone),
    )


def wanted_by(order: Order, policy: Policy, zone: ZoneInfo) -> datetime:
    """When the goods must be there: "from 14:00" to collect means that they wait there by then."""
    if order.mode is not Mode.HOME_DELIVERY:
        ends = (order.promised_to, order.promised_from, order.wish_to, order.wish_from)
        if known := next((end for end in ends if end is not None), None):
            return known
    return window_of(order, policy, zone).end


def _closed(
    start: datetime | None,
    end: datetime | None,
    policy: Policy,
    zone: ZoneInfo,
    otherwise: datetime,
) -> Window:
    on = (start or end or otherwise).astimezone(zone).date()
    first = start or datetime.combine(on, policy.touring.day_from, zone)
    last = end or datetime.combine(on, policy.touring.day_to, zone)
    return Window(min(first, last), max(first, last))


def _working_day(placed: date, days: int) -> date:
    """So many days later, Sundays not counted."""
    on = placed
    while days > 0:
        on += timedelta(days=1)
        days -= on.isoweekday() <= 6
    return on
