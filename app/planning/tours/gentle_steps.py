"""Which one step gains most for each stop it moves: tried exactly, the likeliest first.

Tried are: a stop, or up to three in a row, at its best place in another tour or its own; two stops
of two tours that change places; a stop that takes the room of another, which goes to a third tour;
and a short tour whose stops all go elsewhere. What rides together moves together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.planning.tours.company import least_mc
from app.planning.tours.insertion import best_insertion, options
from app.planning.tours.loads import tidy
from app.planning.tours.problem import RELOAD
from app.planning.tours.settle import Driven, Exact
from app.ports import Stop, never

#: Stops in a row that move as one; tours, and stops of other tours, that are near enough to try.
LONGEST, NEAR_TOURS, NEAR_STOPS = 3, 6, 5


@dataclass(frozen=True, slots=True)
class Held:
    """Vehicles that are not to be used, and how far a start may go from where it was."""

    away: frozenset[int] = frozenset()
    within_s: int | None = None
    starts: Mapping[int, int] = field(default_factory=dict)

    def allows(self, driven: Driven | None) -> bool:
        """No visit starts too far from where it did."""
        if driven is None or self.within_s is None:
            return driven is not None
        starts, within_s = self.starts, self.within_s
        return all(
            abs(step.start_s - starts[step.visit]) <= within_s
            for step in driven.table.steps
            if step.visit is not None and step.visit in starts
        )


@dataclass(frozen=True, slots=True)
class Step:
    """Stops that move together and the tours that this makes; None = the tour is gone."""

    moved: tuple[int, ...]
    tours: Mapping[int, Driven | None]
    gain_mc: int

    @property
    def rank(self) -> tuple[float, int]:
        """The gain for each stop moved, then the fewest stops."""
        return self.gain_mc / len(self.moved), -len(self.moved)


_Key = tuple[object, ...]
_Apart: TypeAlias = NDArray[np.int64]


class Steps:
    """Finds one step after the other; what was tried is tried again only where a tour changed."""

    def __init__(
        self,
        exact: Exact,
        tours: Mapping[int, Driven],
        held: Held,
        least_mc: int,
        enough: Stop = never,
    ) -> None:
        self._exact, self._held, self._enough = exact, held, enough
        self._tours = dict(tours)
        self._least_mc = max(1, least_mc)
        self._moved: set[int] = set()
        self._steps: dict[_Key, Step | None] = {}
        self._near = _near_places(exact)
        self._good: dict[int, tuple[Step, list[tuple[int, tuple[int, ...]]]]] = {}
        self._best: Step | None = None
        self._most = 0

    def take(self, step: Step) -> None:
        """The tours are now as this step leaves them."""
        self._moved.update(step.moved)
        for vehicle, driven in step.tours.items():
            if driven is None:
                self._tours.pop(vehicle, None)
            else:
                self._tours[vehicle] = driven

    def best(self, most: int) -> Step | None:
        """The step that gains most for each of at most so many stops; None = none gains enough."""
        self._best, self._most = None, most
        for step in self._tried():
            self._consider(step)
            if self._enough():
                return self._best_known()
        return self._best

    def _tried(self) -> Iterator[Step | None]:
        """Everything, the quickest first; what takes long only where nothing else gains."""
        yield from self._relocated(self._single)
        yield from self._emptied()
        yield from self._exchanged()
        yield from self._relocated(self._rows)
        if self._best is None and self._most > 1:
            yield from self._pushed()

    def _best_known(self) -> Step | None:
        """The best of what was tried, now or before, and still fits: no time is left for more."""
        for step, routes in list(self._good.values()):
            fresh = not any(visit in self._moved for visit in step.moved)
            if fresh and all(self._route(vehicle) == route for vehicle, route in routes):
                self._consider(step)
        return self._best

    def _consider(self, step: Step | None) -> None:
        if step is None or len(step.moved) > self._most:
            return
        if step.gain_mc < self._least_mc * len(step.moved):
            return
        if not all(driven is None or self._held.allows(driven) for driven in step.tours.values()):
            return
        before = [(vehicle, self._route(vehicle)) for vehicle in step.tours]
        self._good.setdefault(id(step), (step, before))
        if self._best is None or step.rank > self._best.rank:
            self._best = step

    # What is tried

    def _relocated(
        self, blocks: Callable[[int], Iterator[tuple[int, ...]]]
    ) -> Iterator[Step | None]:
        """Each of these blocks of stops at its best place, those that save most first."""
        found = []
        for vehicle in list(self._tours):
            for block in blocks(vehicle):
                saved_mc = self._saved_mc(vehicle, block)
                if saved_mc >= self._least_mc * len(block):
                    found.append((saved_mc / len(block), vehicle, block))
                yield None  # a moment to ask whether it is enough
        for _saved, vehicle, block in sorted(found, key=lambda each: (-each[0], each[1:])):
            for target in self._targets(vehicle, block):
                yield self._known_step(
                    ("to", vehicle, self._route(vehicle), block, target, self._route(target)),
                    partial(self._moved_to, vehicle, block, target),
                )

    def _moved_to(self, vehicle: int, block: tuple[int, ...], target: int) -> Step | None:
        rest = self._without(vehicle, block)
        saved_mc = self._worth_mc(self._tours[vehicle]) - self._worth_mc(rest)
        own = target == vehicle
        if own and rest is None:
            return None
        there = rest if own else self._tours.get(target)
        done = self._with(target, there, block, saved_mc - self._least_mc * len(block) + 1)
        if done is None:
            return None
        gain_mc = saved_mc + self._worth_mc(there) - done.worth_mc
        tours = {target: done} if own else {vehicle: rest, target: done}
        if own and done.visits == self._tours[vehicle].visits:
            return None
        return Step(block, tours, gain_mc)

    def _emptied(self) -> Iterator[Step | None]:
        """Each short tour, its stops one after the other at the best place elsewhere."""
        for vehicle, tour in list(self._tours.items()):
            units = self._units(vehicle)
            loose = all(self._loose(vehicle, unit) for unit in units)
            if loose and 1 < len(tour.made) <= self._most:
                yield self._spread(vehicle, tour, units)

    def _spread(self, vehicle: int, tour: Driven, units: Sequence[tuple[int, ...]]) -> Step | None:
        tours: dict[int, Driven | None] = {vehicle: None}
        changed = dict(self._tours)
        del changed[vehicle]
        left_mc = tour.worth_mc
        for unit in units:
            best = None if self._enough() else self._cheapest(changed, unit, {vehicle}, left_mc)
            if best is None:
                return None
            target, done, added_mc = best
            left_mc -= added_mc
            tours[target] = changed[target] = done
        return Step(tour.made, tours, left_mc)

    def _exchanged(self) -> Iterator[Step | None]:
        """Two near stops of two tours, each at its best place in the other's."""
        if self._most < 2:
            return
        for vehicle, unit, other, there in self._neighbours():
            if vehicle < other:
                yield self._known_step(
                    ("swap", vehicle, self._route(vehicle), unit, other, self._route(other), there),
                    partial(self._swapped, vehicle, unit, other, there),
                )

    def _swapped(
        self, vehicle: int, unit: tuple[int, ...], other: int, there: tuple[int, ...]
    ) -> Step | None:
        mine, theirs = self._without(vehicle, unit), self._without(other, there)
        before_mc = self._tours[vehicle].worth_mc + self._tours[other].worth_mc
        limit_mc = before_mc - self._worth_mc(mine) - self._worth_mc(theirs)
        one = self._with(vehicle, mine, there, limit_mc)
        if one is None:
            return None
        limit_mc -= one.worth_mc - self._worth_mc(mine)
        two = self._with(other, theirs, unit, limit_mc)
        if two is None:
            return None
        gain_mc = before_mc - one.worth_mc - two.worth_mc
        return Step((*unit, *there), {vehicle: one, other: two}, gain_mc)

    def _pushed(self) -> Iterator[Step | None]:
        """A stop in the room of another one, which goes where it costs least."""
        for vehicle, unit, other, there in self._neighbours():
            yield self._pushed_on(vehicle, unit, other, there)

    def _pushed_on(
        self, vehicle: int, unit: tuple[int, ...], other: int, there: tuple[int, ...]
    ) -> Step | None:
        mine, theirs = self._without(vehicle, unit), self._without(other, there)
        saved_mc = self._tours[vehicle].worth_mc - self._worth_mc(mine)
        freed_mc = self._tours[other].worth_mc - self._worth_mc(theirs)
        if saved_mc <= 0:
            return None
        done = self._with(other, theirs, unit, saved_mc + freed_mc)
        if done is None:
            return None
        left_mc = saved_mc + self._tours[other].worth_mc - done.worth_mc
        best = self._cheapest(self._tours, there, {vehicle, other}, left_mc)
        if best is None:
            return None
        target, last, added_mc = best
        tours = {vehicle: mine, other: done, target: last}
        return Step((*unit, *there), tours, left_mc - added_mc)

    # What it is made of

    def _known_step(self, key: _Key, make: Callable[[], Step | None]) -> Step | None:
        if key not in self._steps:
            self._steps[key] = make()
        return self._steps[key]

    def _route(self, vehicle: int) -> tuple[int, ...]:
        tour = self._tours.get(vehicle)
        return () if tour is None else tour.visits

    def _worth_mc(self, tour: Driven | None) -> int:
        return 0 if tour is None else tour.worth_mc

    def _units(self, vehicle: int) -> list[tuple[int, ...]]:
        """What rides together on a tour, in order."""
        of = self._exact.units.of
        return list(dict.fromkeys(of(visit) for visit in self._tours[vehicle].made))

    def _loose(self, vehicle: int, unit: tuple[int, ...]) -> bool:
        """It may move: it is whole, not begun, and has not moved yet."""
        here = set(self._route(vehicle))
        fixed = self._exact.units.fixed
        return here.issuperset(unit) and not any(v in self._moved or fixed(v) for v in unit)

    def _single(self, vehicle: int) -> Iterator[tuple[int, ...]]:
        """What rides together, mostly single stops."""
        for unit in self._units(vehicle):
            if len(unit) <= self._most and self._loose(vehicle, unit):
                yield unit

    def _rows(self, vehicle: int) -> Iterator[tuple[int, ...]]:
        """Single stops in a row."""
        route, of = self._route(vehicle), self._exact.units.of
        for length in range(2, min(LONGEST, self._most) + 1):
            for start in range(len(route) - length + 1):
                block = route[start : start + length]
                if RELOAD in block or any(len(of(visit)) > 1 for visit in block):
                    continue
                if all(self._loose(vehicle, (visit,)) for visit in block):
                    yield block

    def _without(self, vehicle: int, block: Sequence[int]) -> Driven | None:
        """The tour without a block; None = nothing is left of it."""
        rest = tidy([visit for visit in self._route(vehicle) if visit not in block])
        return self._exact.drive(vehicle, rest) if rest else None

    def _saved_mc(self, vehicle: int, block: Sequence[int]) -> int:
        """What the tour costs less without it; nothing where the rest cannot be driven."""
        rest = self._without(vehicle, block)
        if rest is None and len(block) < len(self._tours[vehicle].made):
            return 0
        return self._tours[vehicle].worth_mc - self._worth_mc(rest)

    def _targets(self, vehicle: int, block: Sequence[int]) -> list[int]:
        """The tours nearest to a block, its own, and one idle vehicle of each kind."""
        visits = self._exact.problem.visits
        near = np.min(self._near[[visits[v].place for v in block]], axis=0)
        apart = {
            other: float(np.min(near[[visits[v].place for v in tour.made]]))
            for other, tour in self._tours.items()
            if other != vehicle
        }
        nearest = sorted(apart, key=lambda other: (apart[other], other))[:NEAR_TOURS]
        idle = [v for v in self._options(self._tours) if v not in self._tours]
        return [vehicle, *nearest, *idle]

    def _options(self, tours: Mapping[int, Driven]) -> Iterable[int]:
        return (v for v in options(self._exact, tours) if v not in self._held.away)

    def _neighbours(self) -> Iterator[tuple[int, tuple[int, ...], int, tuple[int, ...]]]:
        """Each movable stop with those of other tours that are nearest to it."""
        visits, of = self._exact.problem.visits, self._exact.units.of
        home = {visit: vehicle for vehicle, tour in self._tours.items() for visit in tour.made}
        every = list(home)
        places = np.array([visits[visit].place for visit in every], dtype=np.int64)
        for visit in every:
            vehicle, unit = home[visit], of(visit)
            if unit[0] != visit or len(unit) > self._most or not self._loose(vehicle, unit):
                continue
            apart = self._near[visits[visit].place, places]
            order = (every[n] for n in np.argsort(apart, kind="stable"))
            found = [v for v in order if home[v] != vehicle and of(v)[0] == v][:NEAR_STOPS]
            for other in found:
                there = of(other)
                if len(unit) + len(there) > self._most or not self._loose(home[other], there):
                    continue
                if self._saved_mc(vehicle, unit) > 0 and self._saved_mc(home[other], there) > 0:
                    yield vehicle, unit, home[other], there

    def _cheapest(
        self,
        tours: Mapping[int, Driven],
        unit: tuple[int, ...],
        but: set[int],
        below_mc: int,
    ) -> tuple[int, Driven, int] | None:
        """The best of all other tours for a unit: vehicle, tour with it, what that adds."""
        best: tuple[int, Driven, int] | None = None
        for vehicle in self._options(tours):
            if vehicle in but:
                continue
            there = tours.get(vehicle)
            done = self._with(vehicle, there, unit, below_mc)
            if done is not None:
                below_mc = done.worth_mc - self._worth_mc(there)
                best = vehicle, done, below_mc
        return best

    def _with(
        self, vehicle: int, tour: Driven | None, block: tuple[int, ...], below_mc: int
    ) -> Driven | None:
        """The tour with a block where it costs least, if that adds less than so much."""
        if below_mc <= 0:
            return None
        unit = self._exact.units.of(block[0])
        if set(block) != set(unit):
            return self._with_row(vehicle, tour, block, below_mc)
        found = best_insertion(self._exact, vehicle, tour, block[0], below_mc=below_mc, unit=unit)
        if found is None or not self._held.allows(found.tour):
            return None
        return found.tour

    def _with_row(
        self, vehicle: int, tour: Driven | None, block: tuple[int, ...], below_mc: int
    ) -> Driven | None:
        """The tour with stops in a row, either way round, where they cost least."""
        route = () if tour is None else tour.visits
        begun = len(self._exact.units.begun.get(vehicle, ()))
        limit_mc = self._worth_mc(tour) + below_mc
        longer = [
            (*route[:start], *row, *route[start:])
            for start in range(begun, len(route) + 1)
            for row in (block, block[::-1])
        ]
        best: Driven | None = None
        for least, candidate in sorted((least_mc(self._exact, vehicle, r), r) for r in longer):
            if least >= limit_mc:
                break
            driven = self._exact.drive(vehicle, candidate)
            if driven is None or driven.worth_mc >= limit_mc or not self._held.allows(driven):
                continue
            best, limit_mc = driven, driven.worth_mc
        return best


def _near_places(exact: Exact) -> _Apart:
    """How far every place is from every other, there and back, on the first roads."""
    if not exact.problem.roads:
        return np.zeros((0, 0), dtype=np.int64)
    metres = exact.problem.roads[0].distance_m.astype(np.int64)
    return metres + metres.T
