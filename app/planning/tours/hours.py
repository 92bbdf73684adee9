"""The judge's own reading of a vehicle's hours: its shift and its break, as instants of a day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle


class Hours:
    """When a vehicle may be out on a day, and when its driver may rest."""

    def __init__(self, vehicle: Vehicle, on: date, zone: ZoneInfo) -> None:
        self._vehicle, self._zone = vehicle, zone
        self._overnight = vehicle.shift_to <= vehicle.shift_from
        self.opens = self._on_wall(on, vehicle.shift_from)
        last = on + timedelta(days=1) if self._overnight else on
        self.closes = self._on_wall(last, vehicle.shift_to)

    def break_starts(self) -> tuple[datetime, datetime]:
        """The first and the last moment at which the break may begin."""
        first, end = self._break_hours()
        return first, max(first, end - timedelta(seconds=self._vehicle.break_s))

    def _break_hours(self) -> tuple[datetime, datetime]:
        """As given; the middle third of the shift when neither end is, its ends when one is."""
        since, until = self._vehicle.break_from, self._vehicle.break_to
        if since is None and until is None:
            third = (self.closes - self.opens) / 3
            return self.opens + third, self.closes - third
        first = self.opens if since is None else self._next_on_wall(since, self.opens)
        return first, self.closes if until is None else self._next_on_wall(until, first)

    def _next_on_wall(self, clock: time, since: datetime) -> datetime:
        """When the wall shows this time; only a night shift's may be tomorrow's."""
        today = self._on_wall(since.astimezone(self._zone).date(), clock)
        if today >= since or not self._overnight:
            return today
        return self._on_wall(since.astimezone(self._zone).date() + timedelta(days=1), clock)

    def _on_wall(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._zone).astimezone(UTC)
