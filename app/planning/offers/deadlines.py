"""Until when a node may answer: by the clock on the wall, or while it is open."""

from datetime import UTC, datetime, timedelta

from app.domain.nodes import StockNode
from app.planning.opening import UnreadableHours, open_windows

#: How far ahead opening hours are looked at: over the longest row of holidays.
_HORIZON = timedelta(days=21)


def deadline(
    node: StockNode, now: datetime, answer_s: float, *, by_opening_hours: bool
) -> datetime | None:
    """When a node asked now has had its time; None when it is not open for so long."""
    if not by_opening_hours:
        return (now + timedelta(seconds=answer_s)).astimezone(UTC)
    left = timedelta(seconds=answer_s)
    for start, end in _open(node, now, now + _HORIZON):
        if end - start >= left:
            return start + left
        left -= end - start
    return None


def open_s(node: StockNode, now: datetime, until: datetime) -> float:
    """Seconds for which a node is open between now and then."""
    return sum((end - start).total_seconds() for start, end in _open(node, now, until))


def opens_at(node: StockNode, now: datetime) -> datetime | None:
    """When a closed node opens next; now for an open one, None for one that does not."""
    return next((start for start, _end in _open(node, now, now + _HORIZON)), None)


def _open(node: StockNode, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The spans in which it is open, in UTC; hours that cannot be read count as always."""
    if start >= end:
        return []
    try:
        windows = open_windows(node, start, end)
    except UnreadableHours:
        return [(start.astimezone(UTC), end.astimezone(UTC))]
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    return [(max(w.start, first), min(w.end, last)) for w in windows]
