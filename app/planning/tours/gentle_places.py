"""Where stops that may move could go in tours that stand, and what each place costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.planning.tours.company import least_mc
from app.planning.tours.insertion import best_insertion, options
from app.planning.tours.loads import tidy
from app.planning.tours.problem import RELOAD
from app.planning.tours.settle import Driven, Exact

#: Stops in a row that move as one; tours, and stops of other tours, that are near enough to try.
LONGEST, NEAR_TOURS, NEAR_STOPS = 3, 6, 5

_Apart: TypeAlias = NDArray[np.int64]


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


class Places:
    """Tours as they stand: what of them may move, where it may go, and what that costs."""

    def __init__(self, exact: Exact, tours: Mapping[int, Driven], held: Held) -> None:
        self.exact, self.held = exact, held
        self.tours = dict(tours)
        self.moved: set[int] = set()
        self.most = 0  # stops that one step may move
        self._near = _near_places(exact)

    def route(self, vehicle: int) -> tuple[int, ...]:
        tour = self.tours.get(vehicle)
        return () if tour is None else tour.visits

    def worth_mc(self, tour: Driven | None) -> int:
        return 0 if tour is None else tour.worth_mc

    def units(self, vehicle: int) -> list[tuple[int, ...]]:
        """What rides together on a tour, in order."""
        of = self.exact.units.of
        return list(dict.fromkeys(of(visit) for visit in self.tours[vehicle].made))

    def loose(self, vehicle: int, unit: tuple[int, ...]) -> bool:
        """It may move: it is whole, not begun, and has not moved yet."""
        here = set(self.route(vehicle))
        fixed = self.exact.units.fixed
        return here.issuperset(unit) and not any(v in self.moved or fixed(v) for v in unit)

    def single(self, vehicle: int) -> Iterator[tuple[int, ...]]:
        """What rides together, mostly single stops."""
        for unit in self.units(vehicle):
            if len(unit) <= self.most and self.loose(vehicle, unit):
                yield unit

    def rows(self, vehicle: int) -> Iterator[tuple[int, ...]]:
        """Single stops in a row."""
        route, of = self.route(vehicle), self.exact.units.of
        for length in range(2, min(LONGEST, self.most) + 1):
            for start in range(len(route) - length + 1):
                block = route[start : start + length]
                if RELOAD in block or any(len(of(visit)) > 1 for visit in block):
                    continue
                if all(self.loose(vehicle, (visit,)) for visit in block):
                    yield block

    def without(self, vehicle: int, block: Sequence[int]) -> Driven | None:
        """The tour without a block; None = nothing is left of it."""
        rest = tidy([visit for visit in self.route(vehicle) if visit not in block])
        return self.exact.drive(vehicle, rest) if rest else None

    def saved_mc(self, vehicle: int, block: Sequence[int]) -> int:
        """What the tour costs less without it; nothing where the rest cannot be driven."""
        rest = self.without(vehicle, block)
        if rest is None and len(block) < len(self.tours[vehicle].made):
            return 0
        return self.tours[vehicle].worth_mc - self.worth_mc(rest)

    def targets(self, vehicle: int, block: Sequence[int]) -> list[int]:
        """The tours nearest to a block, its own, and one idle vehicle of each kind."""
        visits = self.exact.problem.visits
        near = np.min(self._near[[visits[v].place for v in block]], axis=0)
        apart = {
            other: float(np.min(near[[visits[v].place for v in tour.made]]))
            for other, tour in self.tours.items()
            if other != vehicle
        }
        nearest = sorted(apart, key=lambda other: (apart[other], other))[:NEAR_TOURS]
        idle = [v for v in self._options(self.tours) if v not in self.tours]
        return [vehicle, *nearest, *idle]

    def _options(self, tours: Mapping[int, Driven]) -> Iterable[int]:
        return (v for v in options(self.exact, tours) if v not in self.held.away)

    def neighbours(self) -> Iterator[tuple[int, tuple[int, ...], int, tuple[int, ...]]]:
        """Each movable stop with those of other tours that are nearest to it."""
        visits, of = self.exact.problem.visits, self.exact.units.of
        home = {visit: vehicle for vehicle, tour in self.tours.items() for visit in tour.made}
        every = list(home)
        places = np.array([visits[visit].place for visit in every], dtype=np.int64)
        for visit in every:
            vehicle, unit = home[visit], of(visit)
            if unit[0] != visit or len(unit) > self.most or not self.loose(vehicle, unit):
                continue
            apart = self._near[visits[visit].place, places]
            order = (every[n] for n in np.argsort(apart, kind="stable"))
            found = [v for v in order if home[v] != vehicle and of(v)[0] == v][:NEAR_STOPS]
            for other in found:
                there = of(other)
                if len(unit) + len(there) > self.most or not self.loose(home[other], there):
                    continue
                if self.saved_mc(vehicle, unit) > 0 and self.saved_mc(home[other], there) > 0:
                    yield vehicle, unit, home[other], there

    def cheapest(
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
            done = self.with_block(vehicle, there, unit, below_mc)
            if done is not None:
                below_mc = done.worth_mc - self.worth_mc(there)
                best = vehicle, done, below_mc
        return best

    def with_block(
        self, vehicle: int, tour: Driven | None, block: tuple[int, ...], below_mc: int
    ) -> Driven | None:
        """The tour with a block where it costs least, if that adds less than so much."""
        if below_mc <= 0:
            return None
        unit = self.exact.units.of(block[0])
        if set(block) != set(unit):
            return self._with_row(vehicle, tour, block, below_mc)
        found = best_insertion(self.exact, vehicle, tour, block[0], below_mc=below_mc, unit=unit)
        if found is None or not self.held.allows(found.tour):
            return None
        return found.tour

    def _with_row(
        self, vehicle: int, tour: Driven | None, block: tuple[int, ...], below_mc: int
    ) -> Driven | None:
        """The tour with stops in a row, either way round, where they cost least."""
        route = () if tour is None else tour.visits
        begun = len(self.exact.units.begun.get(vehicle, ()))
        limit_mc = self.worth_mc(tour) + below_mc
        longer = [
            (*route[:start], *row, *route[start:])
            for start in range(begun, len(route) + 1)
            for row in (block, block[::-1])
        ]
        best: Driven | None = None
        for least, candidate in sorted((least_mc(self.exact, vehicle, r), r) for r in longer):
            if least >= limit_mc:
                break
            driven = self.exact.drive(vehicle, candidate)
            if driven is None or driven.worth_mc >= limit_mc or not self.held.allows(driven):
                continue
            best, limit_mc = driven, driven.worth_mc
        return best


def _near_places(exact: Exact) -> _Apart:
    """How far every place is from every other, there and back, on the first roads."""
    if not exact.problem.roads:
        return np.zeros((0, 0), dtype=np.int64)
    metres = exact.problem.roads[0].distance_m.astype(np.int64)
    return metres + metres.T
