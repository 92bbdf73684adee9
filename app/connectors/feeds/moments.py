"""What a cell says of time: instants, days, hours of the clock, days of the week."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.domain.reasons import Reason, because

FIRST_YEAR, LAST_YEAR = 1990, 2100
END_OF_DAY = time(23, 59, 59)

_DAY = re.compile(r"\d{4}-?\d\d-?\d\d")
_CLOCK = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d\d)?(?::(\d\d)(?:\.\d+)?)?")
_WEEKDAYS = {
    **{name: day for day, name in enumerate(("mo", "tu", "we", "th", "fr", "sa", "su"), 1)},
    **{name: day for day, name in enumerate(("lu", "ma", "me", "je", "ve", "sa", "di"), 1)},
}


def moment(whole_day: time = time()) -> Callable[[str, Ground], datetime]:
    """ISO 8601, with or without offset; a day alone stands for this time of it.

    What is read without offset stays naive: its zone is known only with the rest of the row.
    """

    def parse(cell: str, _ground: Ground) -> datetime:
        return _moment(cell, whole_day)

    return parse


def moments(whole_day: time = time()) -> Callable[[str, Ground], tuple[datetime, ...]]:
    """Several moments, with | between them."""

    def parse(cell: str, _ground: Ground) -> tuple[datetime, ...]:
        return tuple(_moment(part.strip(), whole_day) for part in cell.split("|"))

    return parse


def day(cell: str, _ground: Ground) -> date:
    """A day, as ISO 8601 writes it; the time of day is left out."""
    return _moment(cell, time()).date()


def clock(*, midnight_ends: bool = False) -> Callable[[str, Ground], time]:
    """HH:MM, `9h30` too; 24:00 only where a span may end with the day."""

    def parse(cell: str, _ground: Ground) -> time:
        if midnight_ends and cell in ("24:00", "24:00:00", "24h", "24h00"):
            return time()
        found = _CLOCK.fullmatch(cell)
        if found is None or not (found[2] or cell[-1] in "hH"):
            raise Misfit("bad_time")
        hours, minutes = int(found[1]), int(found[2] or 0)
        if hours > 23 or minutes > 59:
            raise Misfit("bad_time")
        return time(hours, minutes)

    return parse


def weekdays(cell: str, _ground: Ground) -> frozenset[int]:
    """`Mo-Fr,Su` as ISO weekdays, 1 = Monday; French short names too."""
    days: set[int] = set()
    for part in re.split(r"[\s,;]+", cell.casefold().strip(" ,;")):
        first, dash, last = part.partition("-")
        start, end = _WEEKDAYS.get(first), _WEEKDAYS.get(last if dash else first)
        if start is None or end is None:
            raise Misfit("bad_weekdays")
        days |= {(start - 1 + step) % 7 + 1 for step in range((end - start) % 7 + 1)}
    return frozenset(days)


def in_utc(wall_clock: datetime, zone: ZoneInfo) -> tuple[datetime, Reason | None]:
    """A time on the wall as UTC; one that the clock skipped or doubled is the later of the two."""
    both = {wall_clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    exact = max(both)
    if len(both) == 1:
        return exact, None
    came_twice = exact.astimezone(zone).replace(tzinfo=None) == wall_clock
    code = "clock_doubled" if came_twice else "clock_skipped"
    return exact, because(code, taken_as=exact.astimezone(zone).isoformat(), zone=zone.key)


@lru_cache(maxsize=16_384)
def _moment(cell: str, whole_day: time) -> datetime:
    try:
        if _DAY.fullmatch(cell):
            read = datetime.combine(date.fromisoformat(cell), whole_day)
        else:
            read = datetime.fromisoformat(cell)
    except (ValueError, OverflowError) as error:
        raise Misfit("bad_date") from error
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise Misfit("date_out_of_range", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return read
