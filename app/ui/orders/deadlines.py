"""By when something must happen with an order for its promise to hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.nodes import StockNode
from app.domain.orders import Mode, Order, Queue
from app.domain.sourcing import Candidate, SourcingDecision
from app.domain.values import Window
from app.planning.opening import UnreadableHours, open_windows
from app.planning.promise.milestones import (
    Milestone,
    MilestoneKind,
    milestones,
    next_milestone,
)
from db.queries.board import OrderRow

#: Longest journey looked back from a promise; beyond it the promise itself is the deadline.
_HORIZON = timedelta(days=21)
_WAITING = frozenset({Queue.BLOCKED, Queue.TO_SOURCE, Queue.ASK_CLIENT, Queue.OFFERED})
#: Where two of the milestones stand among them.
_PREPARE, _HAND_OVER = 1, 2
_LEAVING = frozenset({Queue.TO_PLAN, Queue.NO_CARRIER})


class Until(StrEnum):
    """What the time is left for."""

    SOURCE = "source"  # the latest moment to give the order to its node
    PREPARE = "prepare"  # the latest moment to begin preparing it
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
            return self._to_leave(row)
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

    def _to_leave(self, row: OrderRow) -> Deadline:
        """The next milestone of the node that has least time: to start preparing, then to leave."""
        decision = row.decision
        chosen = [] if decision is None else [decision.candidate(code) for code in row.nodes]
        planned = [made for one in chosen if one is not None and (made := self._plan(one, row))]
        if not planned:
            return Deadline(row.due_at, Until.LEAVE)
        tightest = min(planned, key=lambda plan: plan[_HAND_OVER].by)
        coming = next_milestone(tightest[_PREPARE : _HAND_OVER + 1], self._now)
        starts = coming.kind is MilestoneKind.PREPARE and coming.by < tightest[_HAND_OVER].by
        return Deadline(coming.by, Until.PREPARE if starts else Until.LEAVE)

    def _plan(self, candidate: Candidate, row: OrderRow) -> tuple[Milestone, ...]:
        node, travel = self._nodes.get(candidate.node), _travel(candidate)
        if node is None or travel is None:
            return ()
        return milestones(node, self._open(node), travel, row.due_at)

    def _latest(self, candidate: Candidate, wanted: datetime) -> datetime | None:
        """The last moment at which an order can be given to a node and be in time."""
        node, travel = self._nodes.get(candidate.node), _travel(candidate)
        if node is None or travel is None:
            return None
        return milestones(node, self._open(node), travel, wanted)[0].by

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
