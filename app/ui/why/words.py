"""Short forms that several links share: modes, windows, fences beside a node's name."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app import formats
from app.domain.orders import Mode, Order
from app.domain.reasons import Reason
from app.i18n import N_, _, n_
from app.wording import sentence
from db.queries.board import OrderRow

MODES = {
    Mode.HOME_DELIVERY: N_("home"),
    Mode.PICKUP_POINT: N_("relay"),
    Mode.CLICK_AND_COLLECT: N_("collection"),
}
#: What there is of a product and what keeps it, each said only where it is not zero.
_HELD: dict[str, Callable[[int], str]] = {
    "on_hand": lambda count: n_("{count} on hand", "{count} on hand", count),
    "reserved": lambda count: n_("{count} reserved", "{count} reserved", count),
    "safety": lambda count: n_("{count} for safety", "{count} for safety", count),
    "blocked": lambda count: n_("{count} blocked", "{count} blocked", count),
    "taken": lambda count: n_("{count} just given out", "{count} just given out", count),
}


def joined(*parts: str) -> str:
    """The parts that say something, with a middle dot between them."""
    return " · ".join(part for part in parts if part)


def when(start: datetime | None, end: datetime | None, zone: ZoneInfo, day: date) -> str:
    """A window on the day shown; with its date on any other."""
    said = formats.window(start, end, zone)
    moment = end or start
    if moment is None or moment.astimezone(zone).date() == day:
        return said
    on = formats.day_month(moment.astimezone(zone).date())
    return said if on in said else f"{on} {said}"


def asked_window(row: OrderRow, zone: ZoneInfo, day: date) -> str:
    """What was promised, else wished, else what the rules say."""
    order = row.order
    for start, end in _windows(order):
        if start is not None or end is not None:
            return when(start, end, zone, day)
    return when(row.window.start, row.window.end, zone, day)


def moment(at: datetime, zone: ZoneInfo, day: date) -> str:
    """The time alone on the day shown; with its date on any other."""
    on = at.astimezone(zone).date()
    clock = formats.clock(at, zone)
    return clock if on == day else f"{formats.day_month(on)} {clock}"


def fences(reasons: Iterable[Reason], *, one_product: bool) -> str:
    """The first fence beside a node's name, and how many more; a lone product goes unnamed."""
    said = [
        _short_of_stock(reason)
        if reason.code == "short_of_stock" and one_product
        else _capital(sentence(reason))
        for reason in reasons
    ]
    if not said:
        return ""
    more = len(said) - 1
    return said[0] if not more else f"{said[0]} (+{more})"


def whole_fences(reasons: Iterable[Reason]) -> str:
    """Every fence in full, a line each."""
    return "\n".join(_capital(sentence(reason)) for reason in reasons)


def _short_of_stock(reason: Reason) -> str:
    facts = dict(reason.facts)
    parts = [
        text(count).format(count=formats.number(count))
        for name, text in _HELD.items()
        if (count := int(facts.get(name, 0)))
    ]
    return _("ATP {available} of {asked}: {parts}").format(
        available=formats.number(int(facts["available"])),
        asked=formats.number(int(facts["asked"])),
        parts=", ".join(parts) or _("nothing on hand"),
    )


def _windows(order: Order) -> Iterable[tuple[datetime | None, datetime | None]]:
    yield order.promised_from, order.promised_to
    yield order.wish_from, order.wish_to


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
