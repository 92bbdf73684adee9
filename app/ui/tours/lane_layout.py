"""Where lanes lie from top to bottom; the one that is open is higher than the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LaneLayout:
    """So many lanes of one height, in pixels from the top of the first."""

    count: int
    lane: int
    opened: int | None = None
    opened_height: int = 0

    @property
    def total(self) -> int:
        return self.top(self.count)

    def top(self, place: int) -> int:
        below = self.opened is not None and place > self.opened
        return place * self.lane + (self._extra if below else 0)

    def height(self, place: int) -> int:
        return self.lane + (self._extra if place == self.opened else 0)

    def at(self, y: int) -> int | None:
        """The lane at this height, or None below the last."""
        if not 0 <= y < self.total:
            return None
        place = y // self.lane
        if self.opened is not None and y >= self.top(self.opened):
            past = y - self.top(self.opened) - self.height(self.opened)
            place = self.opened if past < 0 else self.opened + 1 + past // self.lane
        return place

    def between(self, from_y: int, to_y: int) -> range:
        """The lanes of which anything lies between two heights."""
        first, last = self.at(max(0, from_y)), self.at(min(self.total - 1, to_y))
        if first is None or last is None:
            return range(0)
        return range(first, last + 1)

    @property
    def _extra(self) -> int:
        return max(0, self.opened_height - self.lane) if self.opened is not None else 0


def layout_of(
    count: int, opened: int | None, room: int, *, lane: int, low: int, opened_height: int
) -> LaneLayout:
    """Full lanes where nine have room or all fit, else low ones, of which none opens."""
    full = LaneLayout(count, lane, opened, opened_height)
    roomy = room >= 9 * lane or count * lane + opened_height - lane <= room
    return full if roomy else LaneLayout(count, low)
