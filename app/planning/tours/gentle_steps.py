"""Which one step gains most for each stop it moves: tried exactly, the likeliest first.

Tried are: a stop, or up to three in a row, at its best place in another tour or its own; two stops
of two tours that change places; a stop that takes the room of another, which goes to a third tour;
and a short tour whose stops all go elsewhere. What rides together moves together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.planning.tours.gentle_places import Held, Places
from app.planning.tours.settle import Driven, Exact
from app.ports import Stop, never


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
        self._places = Places(exact, tours, held)
        self._enough = enough
        self._least_mc = max(1, least_mc)
        self._steps: dict[_Key, Step | None] = {}
        self._good: dict[int, tuple[Step, list[tuple[int, tuple[int, ...]]]]] = {}
        self._best: Step | None = None

    def take(self, step: Step) -> None:
        """The tours are now as this step leaves them."""
        self._places.moved.update(step.moved)
        for vehicle, driven in step.tours.items():
            if driven is None:
                self._places.tours.pop(vehicle, None)
            else:
                self._places.tours[vehicle] = driven

    def best(self, most: int) -> Step | None:
        """The step that gains most for each of at most so many stops; None = none gains enough."""
        self._best, self._places.most = None, most
        for step in self._tried():
            self._consider(step)
            if self._enough():
                return self._best_known()
        return self._best

    def _tried(self) -> Iterator[Step | None]:
        """Everything, the quickest first; what takes long only where nothing else gains."""
        yield from self._relocated(self._places.single)
        yield from self._emptied()
        yield from self._exchanged()
        yield from self._relocated(self._places.rows)
        if self._best is None and self._places.most > 1:
            yield from self._pushed()

    def _best_known(self) -> Step | None:
        """The best of what was tried, now or before, and still fits: no time is left for more."""
        for step, routes in list(self._good.values()):
            fresh = not any(visit in self._places.moved for visit in step.moved)
            if fresh and all(self._places.route(vehicle) == route for vehicle, route in routes):
                self._consider(step)
        return self._best

    def _consider(self, step: Step | None) -> None:
        if step is None or len(step.moved) > self._places.most:
            return
        if step.gain_mc < self._least_mc * len(step.moved):
            return
        if not all(
            driven is None or self._places.held.allows(driven) for driven in step.tours.values()
        ):
            return
        before = [(vehicle, self._places.route(vehicle)) for vehicle in step.tours]
        self._good.setdefault(id(step), (step, before))
        if self._best is None or step.rank > self._best.rank:
            self._best = step

    # What is tried

    def _relocated(
        self, blocks: Callable[[int], Iterator[tuple[int, ...]]]
    ) -> Iterator[Step | None]:
        """Each of these blocks of stops at its best place, those that save most first."""
        found = []
        for vehicle in list(self._places.tours):
            for block in blocks(vehicle):
                saved_mc = self._places.saved_mc(vehicle, block)
                if saved_mc >= self._least_mc * len(block):
                    found.append((saved_mc / len(block), vehicle, block))
                yield None  # a moment to ask whether it is enough
        for _saved, vehicle, block in sorted(found, key=lambda each: (-each[0], each[1:])):
            for target in self._places.targets(vehicle, block):
                yield self._known_step(
                    (
                        "to",
                        vehicle,
                        self._places.route(vehicle),
                        block,
                        target,
                        self._places.route(target),
                    ),
                    partial(self._moved_to, vehicle, block, target),
                )

    def _moved_to(self, vehicle: int, block: tuple[int, ...], target: int) -> Step | None:
        rest = self._places.without(vehicle, block)
        saved_mc = self._places.worth_mc(self._places.tours[vehicle]) - self._places.worth_mc(rest)
        own = target == vehicle
        if own and rest is None:
            return None
        there = rest if own else self._places.tours.get(target)
        done = self._places.with_block(
            target, there, block, saved_mc - self._least_mc * len(block) + 1
        )
        if done is None:
            return None
        gain_mc = saved_mc + self._places.worth_mc(there) - done.worth_mc
        tours = {target: done} if own else {vehicle: rest, target: done}
        if own and done.visits == self._places.tours[vehicle].visits:
            return None
        return Step(block, tours, gain_mc)

    def _emptied(self) -> Iterator[Step | None]:
        """Each short tour, its stops one after the other at the best place elsewhere."""
        for vehicle, tour in list(self._places.tours.items()):
            units = self._places.units(vehicle)
            loose = all(self._places.loose(vehicle, unit) for unit in units)
            if loose and 1 < len(tour.made) <= self._places.most:
                yield self._spread(vehicle, tour, units)

    def _spread(self, vehicle: int, tour: Driven, units: Sequence[tuple[int, ...]]) -> Step | None:
        tours: dict[int, Driven | None] = {vehicle: None}
        changed = dict(self._places.tours)
        del changed[vehicle]
        left_mc = tour.worth_mc
        for unit in units:
            best = (
                None if self._enough() else self._places.cheapest(changed, unit, {vehicle}, left_mc)
            )
            if best is None:
                return None
            target, done, added_mc = best
            left_mc -= added_mc
            tours[target] = changed[target] = done
        return Step(tour.made, tours, left_mc)

    def _exchanged(self) -> Iterator[Step | None]:
        """Two near stops of two tours, each at its best place in the other's."""
        if self._places.most < 2:
            return
        for vehicle, unit, other, there in self._places.neighbours():
            if vehicle < other:
                yield self._known_step(
                    (
                        "swap",
                        vehicle,
                        self._places.route(vehicle),
                        unit,
                        other,
                        self._places.route(other),
                        there,
                    ),
                    partial(self._swapped, vehicle, unit, other, there),
                )

    def _swapped(
        self, vehicle: int, unit: tuple[int, ...], other: int, there: tuple[int, ...]
    ) -> Step | None:
        mine, theirs = self._places.without(vehicle, unit), self._places.without(other, there)
        before_mc = self._places.tours[vehicle].worth_mc + self._places.tours[other].worth_mc
        limit_mc = before_mc - self._places.worth_mc(mine) - self._places.worth_mc(theirs)
        one = self._places.with_block(vehicle, mine, there, limit_mc)
        if one is None:
            return None
        limit_mc -= one.worth_mc - self._places.worth_mc(mine)
        two = self._places.with_block(other, theirs, unit, limit_mc)
        if two is None:
            return None
        gain_mc = before_mc - one.worth_mc - two.worth_mc
        return Step((*unit, *there), {vehicle: one, other: two}, gain_mc)

    def _pushed(self) -> Iterator[Step | None]:
        """A stop in the room of another one, which goes where it costs least."""
        for vehicle, unit, other, there in self._places.neighbours():
            yield self._pushed_on(vehicle, unit, other, there)

    def _pushed_on(
        self, vehicle: int, unit: tuple[int, ...], other: int, there: tuple[int, ...]
    ) -> Step | None:
        mine, theirs = self._places.without(vehicle, unit), self._places.without(other, there)
        saved_mc = self._places.tours[vehicle].worth_mc - self._places.worth_mc(mine)
        freed_mc = self._places.tours[other].worth_mc - self._places.worth_mc(theirs)
        if saved_mc <= 0:
            return None
        done = self._places.with_block(other, theirs, unit, saved_mc + freed_mc)
        if done is None:
            return None
        left_mc = saved_mc + self._places.tours[other].worth_mc - done.worth_mc
        best = self._places.cheapest(self._places.tours, there, {vehicle, other}, left_mc)
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
