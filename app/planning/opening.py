"""When a place is open: OpenStreetMap hours, with the public holidays of its country."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import (  # type: ignore[attr-defined]  # the stub lacks the error
    OpeningHours,
    State,
    UnknownCountryError,
    validate,
)

from app.domain.nodes import StockNode
from app.domain.values import Address, Window

#: Departments with two more public holidays than the rest of France: 26 December, Good Friday.
_ALSACE_MOSELLE = ("57", "67", "68")
_REGIONAL_HOLIDAYS = ("Dec 26", "easter -2 days")
#: The hour that clocks show twice in autumn: the library only knows its second pass, so it is asked
#: from before the first.
_TWICE = timedelta(hours=1)
_HOLIDAY_RULE = re.compile(r"^(?:[A-Z][a-z](?:-[A-Z][a-z])?,\s*)*PH\b(?:,[A-Za-z,-]+)?\s*(.*)$")


class UnreadableHours(ValueError):
    """The text is not opening hours as OpenStreetMap writes them."""


def open_windows(node: StockNode, start: datetime, end: datetime) -> tuple[Window, ...]:
    """The spans in which a node is open between two instants, in UTC; no hours = always open.

    Raises:
        UnreadableHours: the node's opening hours cannot be read.
    """
    if not node.opening_hours.strip():
        return (Window(start, end),)
    zone = ZoneInfo(node.timezone)
    return hours_between(node.opening_hours, zone, node.address, start, end)


def hours_between(
    hours: str, zone: ZoneInfo, address: Address, start: datetime, end: datetime
) -> tuple[Window, ...]:
    """The spans in which hours hold between two instants, in UTC; `address` tells the holidays.

    Raises:
        UnreadableHours: they cannot be read.
    """
    found: list[Window] = []
    parsed = _parsed(hours, zone.key, address)
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    asked_from = (first - _TWICE).astimezone(zone)
    for since, until, state, _comment in parsed.intervals(asked_from, end.astimezone(zone)):
        opens, closes = max(since.astimezone(UTC), first), min(until.astimezone(UTC), last)
        if state is State.OPEN and opens < closes:
            _append(found, opens, closes)
    return tuple(found)


def first_ready(windows: tuple[Window, ...], preparation: timedelta) -> datetime | None:
    """The end of a preparation: in the first span long enough, or over several if none is."""
    for window in windows:
        if window.start + preparation <= window.end:
            return window.start + preparation
    for window in windows:
        if window.start + preparation <= window.end:
            return window.start + preparation
        preparation -= window.end - window.start
    return None


def departure(
    node: StockNode, windows: tuple[Window, ...], ready: datetime, now: datetime
) -> datetime | None:
    """When goods leave that are ready then: an order past the cut-off waits for the next day."""
    zone = ZoneInfo(node.timezone)
    local = now.astimezone(zone)
    if node.cutoff is None or local.time() <= node.cutoff:
        return ready
    midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), zone)
    tomorrow = midnight.astimezone(UTC)
    if ready >= tomorrow:
        return ready
    return next((max(w.start, tomorrow) for w in windows if w.end > tomorrow), None)


def _append(windows: list[Window], start: datetime, end: datetime) -> None:
    """Add a span, joined to the one before when they touch (a mere change of comment)."""
    if windows and windows[-1].end >= start:
        start = windows.pop().start
    windows.append(Window(start, end))


@lru_cache(maxsize=4096)
def _parsed(hours: str, timezone: str, address: Address) -> OpeningHours:
    if not validate(hours):
        raise UnreadableHours(hours)
    zone = ZoneInfo(timezone)
    try:
        return OpeningHours(
            _with_regional_holidays(hours, address), timezone=zone, country=address.country
        )
    except UnknownCountryError:
        return OpeningHours(hours, timezone=zone)


def _with_regional_holidays(hours: str, address: Address) -> str:
    """What is said of public holidays is said of Alsace's and Moselle's own ones too."""
    if address.country != "FR" or address.postcode[:2] not in _ALSACE_MOSELLE:
        return hours
    rules = [found[1] for rule in hours.split(";") if (found := _HOLIDAY_RULE.match(rule.strip()))]
    extra = [f"{day} {rule or 'open'}" for rule in rules for day in _REGIONAL_HOLIDAYS]
    return "; ".join([hours, *extra])
