"""By when each thing must happen for a promise to hold, reckoned backward from its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.nodes import StockNode
from app.domain.values import Window


class MilestoneKind(StrEnum):
    """What has to be done by then, in the order in which it is done."""

    SOURCE = "source"
    PREPARE = "prepare"
    HAND_OVER = "hand_over"
    THERE = "there"


@dataclass(frozen=True, slots=True)
class Milestone:
    """The last moment for one thing."""

    kind: MilestoneKind
    by: datetime

    def left_s(self, now: datetime) -> int:
        """Seconds left; negative once it has passed."""
        return int((self.by - now).total_seconds())


def milestones(
    node: StockNode, windows: Sequence[Window], travel: timedelta, due: datetime
) -> tuple[Milestone, ...]:
    """From a node that is `travel` away: the last moments, the first thing first."""
    leaves_by = due - travel
    prepare_by = latest_start(node, windows, leaves_by)
    return (
        Milestone(MilestoneKind.SOURCE, before_cutoff(node, prepare_by, leaves_by)),
        Milestone(MilestoneKind.PREPARE, prepare_by),
        Milestone(MilestoneKind.HAND_OVER, leaves_by),
        Milestone(MilestoneKind.THERE, due),
    )


def next_milestone(all_of_them: Sequence[Milestone], now: datetime) -> Milestone:
    """The first that has not passed; once all have, the last one."""
    return next((each for each in all_of_them if each.by >= now), all_of_them[-1])


def latest_start(node: StockNode, windows: Sequence[Window], leaves_by: datetime) -> datetime:
    """The last moment at which a preparation can start and end before the goods must leave."""
    preparation = timedelta(minutes=node.preparation_minutes)
    latest = leaves_by - preparation
    for window in windows:
        if window.start + preparation > leaves_by:
            break
        if window.start + preparation > window.end:
            continue
        latest = min(window.end, leaves_by) - preparation
    return latest


def before_cutoff(node: StockNode, latest: datetime, leaves_by: datetime) -> datetime:
    """What leaves on the day it is asked for must be asked for before the cut-off."""
    if node.cutoff is None:
        return latest
    zone = ZoneInfo(node.timezone)
    day = latest.astimezone(zone).date()
    if leaves_by.astimezone(zone).date() != day:
        return latest
    return min(latest, datetime.combine(day, node.cutoff, zone).astimezone(UTC))
