"""Which stops two tours could exchange to make a day evener or clearer, and at which price.

All exchanges are reckoned roughly; only what is promising need be timed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

from app.planning.tours.evening_goal import Goal
from app.planning.tours.evening_rough import Line
from app.planning.tours.insertion import best_insertion
from app.planning.tours.loads import tidy
from app.planning.tours.pricing import tour_cents
from app.planning.tours.problem import RELOAD
from app.planning.tours.settle import Driven, Exact

#: Stops move in rows of at most so many.
LONGEST_ROW = 3
#: Shorter detours count as long: else the smallest gain would do that comes for nothing.
LEAST_DETOUR_S = 60

_Two = tuple[Driven, Driven]


@dataclass(frozen=True, slots=True)
class Step:
    """Two tours after an exchange, what is gained by it, and what the day costs more."""

    tours: tuple[tuple[int, Driven], tuple[int, Driven]]
    gain: float
    added_mc: int
    added_cents: int


@dataclass(frozen=True, slots=True)
class Idea:
    """An exchange as it seems: what it gains for each second of detour, and how to time it."""

    promise: float
    timed: Callable[[], Step | None]


class Exchanges:
    """What two tours can do for each other."""

    def __init__(self, exact: Exact, goal: Goal) -> None:
        self._exact, self._goal = exact, goal
        self._problem, self._units = exact.problem, exact.units

    def ideas(self, one: tuple[int, Driven], other: tuple[int, Driven]) -> Iterator[Idea]:
        """The exchanges of two tours that seem to gain something."""
        a, b = (Line.of(self._exact, self._goal, *each) for each in (one, other))
        for first, second, kind in (
            (a, b, self._moves),
            (b, a, self._moves),
            (a, b, self._swaps),
            (a, b, self._tails),
        ):
            yield from (idea for idea in kind(first, second) if idea.promise > 0)

    def step_of(self, vehicle: int, before: Driven, after: Driven) -> tuple[float, int, int]:
        """What another order of one tour's stops gains, and costs more in worth and in cents."""
        badness, cents = self._goal.badness, self._cents(vehicle, after)
        return (
            badness(self._problem, vehicle, before) - badness(self._problem, vehicle, after),
            after.worth_mc - before.worth_mc,
            cents - self._cents(vehicle, before),
        )

    def _step(self, a: Line, b: Line, found: _Two) -> Step:
        one = self.step_of(a.vehicle, a.tour, found[0])
        other = self.step_of(b.vehicle, b.tour, found[1])
        gain, added_mc, added_cents = (x + y for x, y in zip(one, other, strict=True))
        tours = ((a.vehicle, found[0]), (b.vehicle, found[1]))
        return Step(tours, gain, int(added_mc), int(added_cents))

    def _cents(self, vehicle: int, tour: Driven) -> int:
        day = self._problem.vehicles[vehicle]
        return tour_cents(day, tour.table.distance_m, tour.table.work_s)

    def _promise(self, a: Line, b: Line, more_s: tuple[int, int], clearer: float) -> float:
        """What an exchange gains for each second of detour, roughly."""
        gain = self._goal.per_square_m * clearer
        if self._goal.per_square_s:
            mean_s = self._goal.mean_s[self._problem.vehicles[a.vehicle].depot]
            off_s = (line.tour.table.work_s - mean_s for line in (a, b))
            evener = sum(s**2 - (s + by_s) ** 2 for s, by_s in zip(off_s, more_s, strict=True))
            gain += self._goal.per_square_s * evener
        return gain / max(LEAST_DETOUR_S, sum(more_s))

    def _moves(self, a: Line, b: Line) -> Iterator[Idea]:
        """A visit with all that is bound to it, or a row, goes to the other tour."""
        apart = a.everything.spread + b.everything.spread
        for first, end, unit in self._rows(a):
            part = a.part(first, end)
            if part.stops == a.everything.stops:
                continue  # who goes out, goes out
            detour = b.detour_s(a, first, end)
            if detour is None:
                continue
            more_s, gap = a.inner_s(first, end) + detour[0], detour[1]
            left, joined = a.everything.less(part), b.everything.plus(part)
            clearer = apart - left.spread - joined.spread
            promise = self._promise(a, b, (-a.saved_s(first, end), more_s), clearer)
            yield Idea(promise, partial(self._moved, a, b, unit, gap))

    def _rows(self, line: Line) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Rows of free visits by their positions; what is bound comes along with its first."""
        units, route = self._units, line.route
        for first, visit in enumerate(route):
            if visit == RELOAD or any(map(units.fixed, units.of(visit))):
                continue
            unit = units.of(visit)
            if len(unit) > 1:
                yield from [(first, first + 1, unit)] if visit == unit[0] else []
                continue
            for end in range(first + 1, min(first + LONGEST_ROW, len(route)) + 1):
                if not self._is_free(route[end - 1]):
                    break
                yield first, end, route[first:end]

    def _is_free(self, visit: int) -> bool:
        """A visit that nothing is bound to, and that no vehicle has begun with."""
        bound = visit == RELOAD or len(self._units.of(visit)) > 1
        return not bound and not self._units.fixed(visit)

    def _moved(self, a: Line, b: Line, unit: tuple[int, ...], gap: int) -> Step | None:
        """Into this gap; what is bound to others, where it adds least."""
        rest = tidy([visit for visit in a.route if visit not in unit])
        left = self._exact.drive(a.vehicle, rest) if rest else None
        if left is None:
            return None
        if all(map(self._is_free, unit)):
            joined = self._exact.drive(b.vehicle, (*b.route[:gap], *unit, *b.route[gap:]))
            return None if joined is None else self._step(a, b, (left, joined))
        found = best_insertion(self._exact, b.vehicle, b.tour, unit[0], unit=unit)
        return None if found is None else self._step(a, b, (left, found.tour))

    def _swaps(self, a: Line, b: Line) -> Iterator[Idea]:
        """Two visits take each other's place."""
        apart = a.everything.spread + b.everything.spread
        free_a, free_b = (
            [n for n, visit in enumerate(line.route) if self._is_free(visit)] for line in (a, b)
        )
        for n, m in product(free_a, free_b):
            more_s = a.instead_s(n, b, m), b.instead_s(m, a, n)
            if more_s[0] is None or more_s[1] is None:
                continue
            one, other = a.part(n, n + 1), b.part(m, m + 1)
            clearer = apart - a.everything.less(one).plus(other).spread
            clearer -= b.everything.less(other).plus(one).spread
            yield Idea(
                self._promise(a, b, (more_s[0], more_s[1]), clearer),
                partial(
                    self._driven,
                    (a, (*a.route[:n], b.route[m], *a.route[n + 1 :])),
                    (b, (*b.route[:m], a.route[n], *b.route[m + 1 :])),
                ),
            )

    def _tails(self, a: Line, b: Line) -> Iterator[Idea]:
        """Each goes on as the other would have."""
        if RELOAD in a.route or RELOAD in b.route:
            return
        apart = a.everything.spread + b.everything.spread
        begun = self._units.begun
        gaps = (range(len(begun.get(x.vehicle, ())), len(x.route) + 1) for x in (a, b))
        for n, m in product(*gaps):
            one, other = a.part(n, len(a.route)), b.part(m, len(b.route))
            mine, theirs = a.heads[n].plus(other), b.heads[m].plus(one)
            if not (mine.stops and theirs.stops and (n or m) and (one.stops or other.stops)):
                continue  # nobody stays in, nor do two drivers merely change vans
            more_s = a.crossed_s(n, b, m), b.crossed_s(m, a, n)
            if more_s[0] is None or more_s[1] is None:
                continue
            clearer = apart - mine.spread - theirs.spread
            routes = (*a.route[:n], *b.route[m:]), (*b.route[:m], *a.route[n:])
            yield Idea(
                self._promise(a, b, (more_s[0], more_s[1]), clearer),
                partial(self._driven, (a, routes[0]), (b, routes[1])),
            )

    def _driven(
        self, one: tuple[Line, tuple[int, ...]], other: tuple[Line, tuple[int, ...]]
    ) -> Step | None:
        """Both as they can be driven, nothing parted that is bound."""
        found = []
        for line, route in (one, other):
            if not self._units.whole(route):
                return None
            driven = self._exact.drive(line.vehicle, route)
            if driven is None:
                return None
            found.append(driven)
        return self._step(one[0], other[0], (found[0], found[1]))
