"""How the tours of a day run side by side: a lane each of driving, waiting, doors and breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.tours import Stop, StopKind
from app.drawing import Anchor, Box, Line, Measure, Picture, Shape, Stroke, Words
from app.formats import clock, duration
from app.i18n import _
from app.reports.day_review import Keeping, TourReview, Visit
from app.tokens import Tokens

HEIGHT = 24.0
HEADER = 16.0
_HATCH = 4.0


@dataclass(frozen=True, slots=True)
class Span:
    """The hours that all lanes show, whole hours at both ends."""

    start: datetime
    end: datetime
    zone: ZoneInfo

    def at(self, moment: datetime, width: float) -> float:
        """How far from the left a moment stands."""
        return width * ((moment - self.start) / (self.end - self.start))

    def hours(self) -> Iterator[datetime]:
        """Every whole hour, both ends included; every second one of a long day."""
        step = timedelta(hours=1 if self.end - self.start <= timedelta(hours=14) else 2)
        at = self.start
        while at <= self.end:
            yield at
            at += step


def span_of(tours: Sequence[TourReview], zone: ZoneInfo) -> Span:
    """From the hour before the first departure to the hour after the last return."""
    first = min(one.tour.start for one in tours).astimezone(zone)
    last = max(one.tour.end for one in tours).astimezone(zone)
    start = first.replace(minute=0, second=0, microsecond=0)
    end = last.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return Span(start.astimezone(UTC), end.astimezone(UTC), zone)


def hours_picture(span: Span, width: float, look: Tokens, *, scale: float = 1.0) -> Picture:
    """The hours over the lanes."""
    size, high = 10.5 * scale, HEADER * scale
    every = list(span.hours())
    shapes: list[Shape] = []
    for n, hour in enumerate(every):
        anchor: Anchor = "start" if n == 0 else "end" if hour == span.end else "middle"
        text, x = clock(hour, span.zone), span.at(hour, width)
        shapes.append(Words(x, high / 2, text, size, look.colours.text3, anchor=anchor))
    return Picture(width, high, tuple(shapes), _("Hours"))


def lane_picture(
    one: TourReview, span: Span, width: float, look: Tokens, measure: Measure, *, scale: float = 1.0
) -> Picture:
    """One tour's day as a lane."""
    lane = _Lane(span, width, look, measure, scale, one)
    title = _("Course of tour T{number}").format(number=one.number)
    return Picture(width, HEIGHT * scale, tuple(lane.shapes()), title)


@dataclass(frozen=True, slots=True)
class _Lane:
    """One lane while it is drawn."""

    span: Span
    width: float
    look: Tokens
    measure: Measure
    scale: float
    one: TourReview

    def shapes(self) -> Iterator[Shape]:
        yield from self._grid()
        yield from self._way()
        stops = self.one.tour.stops
        yield from (shape for stop in stops for shape in self._waiting(stop))
        yield from (shape for stop in stops for shape in self._pause(stop))
        for visit in self.one.visits:
            yield from self._visit(visit)

    def _grid(self) -> Iterator[Shape]:
        lines = tuple(
            ((x, 0.0), (x, HEIGHT * self.scale))
            for x in (self.span.at(hour, self.width) for hour in self.span.hours())
        )
        yield Stroke(lines, self.look.colours.border_subtle, 0.8 * self.scale)

    def _way(self) -> Iterator[Shape]:
        """The line of the whole tour, and a post at either end."""
        colour = self.look.tour_style(self.one.number).colour
        left, right = self._x(self.one.tour.start), self._x(self.one.tour.end)
        middle = self._middle
        yield Stroke((((left, middle), (right, middle)),), colour, self._px(2))
        for x in (left, right):
            yield Box(x - self._px(1.5), middle - self._px(6), self._px(3), self._px(12), colour)

    def _visit(self, visit: Visit) -> Iterator[Shape]:
        stop, style = visit.stop, self.look.tour_style(self.one.number)
        left, long = self._bar(stop.start, stop.departure)
        top, high = self._middle - self._px(6), self._px(12)
        edge = self._px(0.6)
        casing = self.look.colours.surface0
        yield Box(
            left - edge, top - edge, long + 2 * edge, high + 2 * edge, casing, radius=self._px(2)
        )
        yield Box(left, top, long, high, style.colour, radius=self._px(1.5))
        text, size = str(visit.number), self._px(9)
        if long >= self.measure(text, size, True) + self._px(1.5):
            middle = left + long / 2
            yield Words(middle, self._middle, text, size, style.label_colour, strong=True)
        yield from self._trouble(visit, left, long)

    def _trouble(self, visit: Visit, left: float, long: float) -> Iterator[Shape]:
        colours = self.look.colours
        below = self._middle + self._px(7.2)
        if visit.keeping is Keeping.TIGHT:
            yield Box(left, below, long, self._px(3), colours.warn_solid)
        elif visit.keeping is Keeping.LATE:
            edge = self._px(1.4)
            yield Box(
                left - edge,
                self._middle - self._px(6) - edge,
                long + 2 * edge,
                self._px(12) + 2 * edge,
                stroke=colours.danger,
                line=self._px(1.6),
                radius=self._px(2),
            )
            yield Box(left, below + edge, long, self._px(2.4), colours.danger)
            text = f"+{duration(visit.stop.late_s)}"
            yield from self._lateness(left + long + self._px(3), text)

    def _lateness(self, x: float, text: str) -> Iterator[Shape]:
        """The minutes late, over the driving line."""
        colours, size = self.look.colours, self._px(9)
        wide = self.measure(text, size, True) + self._px(2)
        yield Box(x, self._middle - self._px(5), wide, self._px(10), colours.surface0)
        yield Words(
            x + self._px(1), self._middle, text, size, colours.danger, strong=True, anchor="start"
        )

    def _waiting(self, stop: Stop) -> Iterator[Shape]:
        """Hatched: the van stands before a door that does not open yet."""
        if stop.waiting_s < 60 or stop.kind is StopKind.BREAK:
            return
        left, long = self._bar(stop.arrival, stop.start)
        top, high = self._middle - self._px(5), self._px(10)
        colours = self.look.colours
        yield Box(left, top, long, high, colours.surface0, colours.border_strong, self._px(0.7))
        yield Stroke(
            tuple(_hatching(left, top, long, high, self._px(_HATCH))),
            colours.border_strong,
            self._px(0.7),
        )

    def _pause(self, stop: Stop) -> Iterator[Shape]:
        if stop.kind not in (StopKind.BREAK, StopKind.RELOAD):
            return
        colours = self.look.colours
        left, long = self._bar(stop.start, stop.departure)
        top, high = self._middle - self._px(6), self._px(12)
        yield Box(
            left,
            top,
            long,
            high,
            colours.surface2,
            colours.border_strong,
            self._px(0.8),
            self._px(1.5),
        )
        text, size = _("break") if stop.kind is StopKind.BREAK else _("reload"), self._px(9)
        if self.measure(text, size, False) + self._px(4) < long:
            yield Words(left + long / 2, self._middle, text, size, colours.text2)

    @property
    def _middle(self) -> float:
        return HEIGHT * self.scale / 2

    def _px(self, pixels: float) -> float:
        return pixels * self.scale

    def _x(self, moment: datetime) -> float:
        return round(self.span.at(moment, self.width), 2)

    def _bar(self, start: datetime, end: datetime) -> tuple[float, float]:
        left = self._x(start)
        return left, max(self._px(2.5), self._x(end) - left)


def _hatching(left: float, top: float, long: float, high: float, step: float) -> Iterator[Line]:
    """Slanting lines inside a box."""
    x = left - high + step
    while x < left + long:
        start = max(x, left)
        end = min(x + high, left + long)
        yield (start, top + high - (start - x)), (end, top + high - (end - x))
        x += step
