"""What may be promised of a cell now, in two hours and tomorrow, and how sure its next piece is."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.nodes import NodeKind
from app.domain.stock import StockCell, available_to_promise
from app.planning.promise.trust import chance_there


class When(StrEnum):
    """The moments that people ask about; tomorrow is to its end."""

    NOW = "now"
    IN_2_H = "in_2_h"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class Available:
    """Pieces that may be promised by a moment, arrivals with a date included."""

    when: When
    by: datetime
    pieces: int


def available_dates(cell: StockCell, now: datetime, zone: ZoneInfo) -> tuple[Available, ...]:
    """The pieces by each moment."""
    day_after = now.astimezone(zone).date() + timedelta(days=2)
    moments = {
        When.NOW: now,
        When.IN_2_H: now + timedelta(hours=2),
        When.TOMORROW: datetime.combine(day_after, time(), zone).astimezone(UTC),
    }
    return tuple(
        Available(when, by, available_to_promise(cell, by)) for when, by in moments.items()
    )


def next_piece_chance(cell: StockCell, kind: NodeKind, now: datetime) -> float | None:
    """How sure the next piece promised is on the shelf; None where there is none to promise."""
    return chance_there(cell, 1, kind, now) if cell.available else None
