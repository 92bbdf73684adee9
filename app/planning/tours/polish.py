"""What is still to be gained when the search has ended, one exact step after the other.

When this is done, no order is left out that a vehicle, idle or running, could take for less than
its prize, and none is toured that costs more than it. Each step makes the plan cheaper, so it ends.
"""

from collections.abc import Callable, Iterator

from app.planning.tours.insertion import Insertion, best_insertion, most_saved_mc
from app.planning.tours.parts import classes_of
from app.planning.tours.problem import Problem
from app.planning.tours.settle import Driven, Exact

#: So many of the orders left out are tried together on an idle vehicle.
TOGETHER = 60


class Polish:
    """Tours by vehicle, and the visits left out; `run` makes them better until nothing helps."""

    def __init__(self, exact: Exact, tours: dict[int, Driven]) -> None:
        self.exact = exact
        self.tours = dict(tours)
        toured = {v for tour in tours.values() for v in tour.visits}
        self.left = [v for v in range(len(exact.problem.visits)) if v not in toured]
        self._kinds = classes_of(exact.problem, range(len(exact.problem.vehicles)))

    @property
    def problem(self) -> Problem:
        return self.exact.problem

    def run(self, enough: Callable[[], bool]) -> None:
        """Insert, open, close and drop until nothing helps any more, or it is enough."""
        while not enough():
            if not (self._insert(enough) or self._open(enough) or self._drop(enough)):
                return

    def prize_mc(self, visit: int) -> int:
        return 1000 * self.problem.visits[visit].prize_cents

    def options(self) -> Iterator[int]:
        """The vehicles that could take a visit: those under way, and one idle of each kind."""
        for kind in self._kinds:
            yield from (vehicle for vehicle in kind if vehicle in self.tours)
            yield from [vehicle for vehicle in kind if vehicle not in self.tours][:1]

    def best(self, visit: int, below_mc: int | None = None) -> Insertion | None:
        """The cheapest way to tour a visit that adds less than `below_mc`."""
        found: Insertion | None = None
        for vehicle in self.options():
            limit = below_mc if found is None else found.added_mc
            tour = self.tours.get(vehicle)
            better = best_insertion(self.exact, vehicle, tour, visit, below_mc=limit)
            found = better or found
        return found

    def _insert(self, enough: Callable[[], bool]) -> bool:
        """Bring in every visit that costs less than its prize, the dearest prize first."""
        changed = False
        for visit in sorted(self.left, key=lambda v: (-self.prize_mc(v), v)):
            if enough():
                break
            found = self.best(visit, self.prize_mc(visit))
            if found is not None:
                self._take(found)
                changed = True
        return changed

    def _take(self, found: Insertion) -> None:
        self.tours[found.vehicle] = found.tour
        self.left.remove(found.visit)

    def _open(self, enough: Callable[[], bool]) -> bool:
        """Send out an idle vehicle where orders left out pay for it only together."""
        for kind in self._kinds:
            idle = [vehicle for vehicle in kind if vehicle not in self.tours]
            if not idle or enough():
                continue
            tour = self._together(idle[0], enough)
            if tour is not None:
                self.tours[idle[0]] = tour
                self.left = [v for v in self.left if v not in tour.visits]
                return True
        return False

    def _together(self, vehicle: int, enough: Callable[[], bool]) -> Driven | None:
        """A tour for an idle vehicle that costs less than the prizes it brings, or None."""
        mine = [v for v in self.left if self.exact.drive(vehicle, (v,)) is not None]
        mine = sorted(mine, key=lambda v: (-self.prize_mc(v), v))[:TOGETHER]
        if sum(map(self.prize_mc, mine)) <= 1000 * self.problem.vehicles[vehicle].fixed_cents:
            return None
        tour: Driven | None = None
        best: tuple[int, Driven] | None = None
        while mine and not enough():
            found = self._next(vehicle, tour, mine)
            if found is None:
                break
            tour = found.tour
            mine.remove(found.visit)
            gain = sum(map(self.prize_mc, tour.visits)) - tour.worth_mc
            if gain > 0 and (best is None or gain > best[0]):
                best = gain, tour
        return None if best is None else best[1]

    def _next(self, vehicle: int, tour: Driven | None, mine: list[int]) -> Insertion | None:
        """The visit that gains most (or loses least) on this vehicle."""
        found: Insertion | None = None
        gain = 0
        for visit in mine:
            limit = None if found is None else self.prize_mc(visit) - gain
            one = best_insertion(self.exact, vehicle, tour, visit, below_mc=limit)
            if one is not None and (found is None or self.prize_mc(visit) - one.added_mc > gain):
                found, gain = one, self.prize_mc(visit) - one.added_mc
        return found

    def _drop(self, enough: Callable[[], bool]) -> bool:
        """Give up tours, then single visits, that cost more than their prizes."""
        for vehicle, tour in list(self.tours.items()):
            if enough():
                return False
            if tour.worth_mc > sum(map(self.prize_mc, tour.visits)):
                del self.tours[vehicle]
                self._leave(tour.visits)
                return True
            dropped = self._without_one(vehicle, tour)
            if dropped is not None:
                self.tours[vehicle] = dropped
                self._leave(set(tour.visits) - set(dropped.visits))
                return True
        return False

    def _without_one(self, vehicle: int, tour: Driven) -> Driven | None:
        """The tour without the visit that saves most over its prize, or None."""
        best: tuple[int, Driven] | None = None
        for position, visit in enumerate(tour.visits):
            if most_saved_mc(self.problem, vehicle, tour, position) <= self.prize_mc(visit):
                continue
            rest = (*tour.visits[:position], *tour.visits[position + 1 :])
            driven = self.exact.drive(vehicle, rest) if rest else None
            if driven is None:
                continue
            gain = tour.worth_mc - driven.worth_mc - self.prize_mc(visit)
            if gain > 0 and (best is None or gain > best[0]):
                best = gain, driven
        return None if best is None else best[1]

    def _leave(self, visits: set[int] | tuple[int, ...]) -> None:
        self.left = sorted({*self.left, *visits})
