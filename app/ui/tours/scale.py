"""Where a second of the day lies on the timeline, and which hours its header names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import floor

from app.ui.tours.lanes import Lane

HOUR_S = 3600
_QUARTER_S = 900
_MARGIN_S = 600
_OFFICE_HOURS = (8 * HOUR_S, 18 * HOUR_S)
_NOW_NEAR_S = 2 * HOUR_S
#: What one tick may stand for, and what parts it.
_STEPS_S = (300, 900, 1800, HOUR_S, 2 * HOUR_S, 4 * HOUR_S)
_TICK_PX = 64  # no two names of hours come nearer
_CLOSEST_PX_PER_S = 1 / 3  # a minute takes 20 px at most


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the header; only full ones have a name."""

    second: int
    named: bool


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A span of seconds over so many pixels; at zoom 1 the whole span fits."""

    first_s: int
    last_s: int
    width: int
    zoom: float = 1.0

    @property
    def px_per_s(self) -> float:
        return max(1, self.width) * self.zoom / (self.last_s - self.first_s)

    @property
    def content_width(self) -> int:
        return round(max(1, self.width) * self.zoom)

    @property
    def closest(self) -> float:
        """The largest zoom."""
        return max(1.0, _CLOSEST_PX_PER_S * (self.last_s - self.first_s) / max(1, self.width))

    def x(self, second: float) -> float:
        """Pixels from the start of the span."""
        return (second - self.first_s) * self.px_per_s

    def px(self, second: float) -> int:
        """The same, to the pixel: however far it is scrolled, everything keeps its distances."""
        return floor((second - self.first_s) * self.px_per_s + 0.5)

    def second(self, x: float) -> float:
        return self.first_s + x / self.px_per_s

    def zoomed(self, factor: float) -> "TimeScale":
        """The same span nearer or farther, never farther than all of it."""
        return replace(self, zoom=min(self.closest, max(1.0, self.zoom * factor)))

    def over(self, span: tuple[int, int], width: int) -> "TimeScale":
        """Another span or width; what was zoomed stays as near as it was."""
        fresh = TimeScale(*span, width)
        return fresh if self.zoom == 1.0 else fresh.zoomed(self.px_per_s / fresh.px_per_s)

    def ticks(self, from_x: float, to_x: float) -> Iterator[Tick]:
        """The ticks between two places: named ones, and what parts them in halves."""
        step_s = self.step_s
        part_s = step_s // 2
        second = int(self.second(from_x)) // part_s * part_s
        while self.x(second) <= to_x:
            yield Tick(second, second % step_s == 0)
            second += part_s

    @property
    def step_s(self) -> int:
        """How far apart named ticks are."""
        wide = (step for step in _STEPS_S if step * self.px_per_s >= _TICK_PX)
        return next(wide, _STEPS_S[-1])


def span_of(lanes: Iterable[Lane], now_s: int | None = None) -> tuple[int, int]:
    """The seconds worth showing: all tours, and now where it is near; office hours for none."""
    shown = list(lanes)
    first = min((lane.from_s for lane in shown), default=_OFFICE_HOURS[0])
    last = max((lane.to_s for lane in shown), default=_OFFICE_HOURS[1])
    if now_s is not None and first - _NOW_NEAR_S <= now_s <= last + _NOW_NEAR_S:
        first, last = min(first, now_s), max(last, now_s)
    start = (first - _MARGIN_S) // _QUARTER_S * _QUARTER_S
    end = -(-(last + _MARGIN_S) // _QUARTER_S) * _QUARTER_S
    return start, max(end, start + HOUR_S)
