"""By when something must happen with an order for its promise to hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.nodes import StockNode
from app.domain.orders import Mode, Order, Queue
from app.domain.sourcing import Candidate, SourcingDecision
from app.domain.values import Window
from app.planning.opening import UnreadableHours, open_windows
from db.queries.board import OrderRow

#: Longest journey looked back from a promise; beyond it the promise itself is the deadline.
_HORIZON = timedelta(days=21)
_WAITING = frozenset({Queue.BLOCKED, Queue.TO_SOURCE, Queue.ASK_CLIENT, Queue.OFFERED})
_LEAVING = frozenset({Queue.TO_PLAN, Queue.NO_CARRIER})


class Until(StrEnum):
    """What the time is left for."""

    SOURCE = "source"  # the latest moment to give the order to its node
    LEAVE = "leave"  # the latest moment at which the goods leave the node
    DOOR = "door"  # the end of the promise


@dataclass(frozen=True, slots=True)
class Deadline:
    """The latest moment, and what it is the latest moment for."""

    at: datetime
    until: Until

    def left_s(self, now: datetime) -> int:
        """Seconds left; negative when it has passed."""
        return int((self.at - now).total_seconds())


class Deadlines:
    """Reckons deadlines of one board; a node's opening hours are read once."""

    def __init__(self, nodes: Iterable[StockNode], now: datetime) -> None:
        self._nodes = {node.code: node for node in nodes}
        self._now = now
        self._windows: dict[str, tuple[Window, ...]] = {}

    def of(self, row: OrderRow, suggestion: SourcingDecision | None) -> Deadline | None:
        """The deadline of the next thing that happens with an order; none once it is closed."""
        if row.queue is Queue.CLOSED:
            return None
        if row.queue in _WAITING:
            return Deadline(self._to_source(row, suggestion), Until.SOURCE)
        if row.queue in _LEAVING:
            return Deadline(self._to_leave(row), Until.LEAVE)
        return Deadline(row.due_at, Until.DOOR)

    def _to_source(self, row: OrderRow, suggestion: SourcingDecision | None) -> datetime:
        """The earliest of the suggested nodes'; without one, what the best of all would allow."""
        wanted = wanted_at(row.order, row.due_at)
        if suggestion is None:
            return wanted
        chosen = [c for code in suggestion.nodes if (c := suggestion.candidate(code)) is not None]
        latest = [self._latest(each, wanted) for each in chosen or suggestion.candidates]
        known = [each for each in latest if each is not None]
        if not known:
            return wanted
        return min(known) if chosen else max(known)

    def _to_leave(self, row: OrderRow) -> datetime:
        if row.decision is None:
            return row.due_at
        travels = [
            _travel(candidate)
            for code in row.nodes
            if (candidate := row.decision.candidate(code)) is not None
        ]
        return row.due_at - max(
            (travel for travel in travels if travel is not None), default=timedelta()
        )

    def _latest(self, candidate: Candidate, wanted: datetime) -> datetime | None:
        """The last moment at which a node can still start preparing and be in time."""
        node, travel = self._nodes.get(candidate.node), _travel(candidate)
        if node is None or travel is None:
            return None
        leaves_by = wanted - travel
        preparation = timedelta(minutes=node.preparation_minutes)
        latest = leaves_by - preparation
        for window in self._open(node):
            if window.start + preparation > leaves_by:
                break
            if window.start + preparation > window.end:
                continue
            latest = min(window.end, leaves_by) - preparation
        return self._before_cutoff(node, latest, leaves_by)

    def _before_cutoff(self, node: StockNode, latest: datetime, leaves_by: datetime) -> datetime:
        """What leaves on the day it is asked for must be asked for before the cut-off."""
        if node.cutoff is None:
            return latest
        zone = ZoneInfo(node.timezone)
        day = latest.astimezone(zone).date()
        if leaves_by.astimezone(zone).date() != day:
            return latest
        return min(latest, datetime.combine(day, node.cutoff, zone).astimezone(UTC))

    def _open(self, node: StockNode) -> tuple[Window, ...]:
        if node.code not in self._windows:
            self._windows[node.code] = _windows_of(node, self._now)
        return self._windows[node.code]


def wanted_at(order: Order, due_at: datetime) -> datetime:
    """When the goods must be there: "from 14:00" alone means that they wait there by 14:00."""
    fetched = order.mode in (Mode.CLICK_AND_COLLECT, Mode.PICKUP_POINT)
    if fetched and order.promised_to is None and order.promised_from is not None:
        return order.promised_from
    return due_at


def _travel(candidate: Candidate) -> timedelta | None:
    if candidate.ready_at is None or candidate.arrives_at is None:
        return None
    return candidate.arrives_at - candidate.ready_at


def _windows_of(node: StockNode, now: datetime) -> tuple[Window, ...]:
    try:
        return open_windows(node, now, now + _HORIZON)
    except UnreadableHours:
        return (Window(now, now + _HORIZON),)
