"""What is still to be gained when the search has ended, one exact step after the other.

When this is done, no order is left out that a vehicle, idle or running, could take for less than
its prize, and none is toured that costs more than it. Each step makes the plan cheaper, so it ends.
"""

from collections.abc import Callable, Iterable, Iterator

from app.planning.tours.displacing import exchange
from app.planning.tours.insertion import (
    Insertion,
    alone,
    best_insertion,
    most_saved_mc,
    options,
    place_among,
)
from app.planning.tours.loads import tidy
from app.planning.tours.problem import RELOAD, Problem
from app.planning.tours.relocating import Relocation, left_to_gain
from app.planning.tours.settle import Driven, Exact
from app.ports import Stop, never

#: So many of the orders left out are tried together on an idle vehicle.
TOGETHER = 60
#: On larger days the time left does more elsewhere, and the search has tried most exchanges.
EXCHANGED_UP_TO = 100


class Polish:
    """Tours by vehicle, and the visits left out; `run` makes them better until nothing helps.

    Visits are moved between tours until it is `late`; what is left out is seen to all the same.
    """

    def __init__(self, exact: Exact, tours: dict[int, Driven], late: Stop = never) -> None:
        self.exact = exact
        self.tours = dict(tours)
        toured = {v for tour in tours.values() for v in tour.visits}
        self.left = [v for v in range(len(exact.problem.visits)) if v not in toured]
        self._late = late
        self._relocation = Relocation(exact, self.tours) if left_to_gain(exact.problem) else None

    @property
    def problem(self) -> Problem:
        return self.exact.problem

    def run(self, enough: Callable[[], bool]) -> None:
        """Insert, open, close and drop until nothing helps any more, or it is enough."""
        while not enough():
            quick = (self._insert, self._open, self._drop, self._come_home_less)
            if not any(step(enough) for step in (*quick, self._exchange, self._relocate)):
                return

    def prize_mc(self, visit: int) -> int:
        return 1000 * self.problem.visits[visit].prize_cents

    def prizes_mc(self, visits: Iterable[int]) -> int:
        return sum(self.prize_mc(visit) for visit in visits if visit != RELOAD)

    def options(self) -> Iterator[int]:
        """The vehicles that could take a visit: those under way, and one idle of each kind."""
        return options(self.exact, self.tours)

    def best(self, visit: int, below_mc: int | None = None) -> Insertion | None:
        """The cheapest way to tour a visit, and what is bound to it, that adds less than that."""
        home = self._home(visit)
        if home is None:
            return place_among(self.exact, self.tours, self.options(), visit, below_mc)
        tour = self.tours[home]
        unit = tuple(v for v in self.exact.units.of(visit) if v not in tour.visits)
        return best_insertion(self.exact, home, tour, unit[0], below_mc=below_mc, unit=unit)

    def _home(self, visit: int) -> int | None:
        """The vehicle that has begun with one of the same group: only it may take the others."""
        unit = self.exact.units.of(visit)
        if len(unit) == 1 or not any(map(self.exact.units.fixed, unit)):
            return None
        carrying = (n for n, tour in self.tours.items() if not set(unit).isdisjoint(tour.visits))
        return next(carrying, None)

    def missing(self) -> list[tuple[int, ...]]:
        """What is left out: visits, those that are bound to each other together."""
        units = self.exact.units
        return list(dict.fromkeys(units.of(visit) for visit in self.left))

    def _insert(self, enough: Callable[[], bool]) -> bool:
        """Bring in every visit that costs less than its prize, the dearest prize first."""
        changed = False
        for unit in sorted(self.missing(), key=lambda u: (-self.prizes_mc(u), u)):
            if enough():
                break
            found = self.best(unit[0], self.prizes_mc(unit))
            if found is not None:
                self._take(found)
                changed = True
        return changed

    def _take(self, found: Insertion) -> None:
        self.tours[found.vehicle] = found.tour
        toured = set(found.tour.visits)
        self.left = [visit for visit in self.left if visit not in toured]

    def _open(self, enough: Callable[[], bool]) -> bool:
        """Send out an idle vehicle where orders left out pay for it only together."""
        for kind in self.exact.kinds:
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
        free = [unit for unit in self.missing() if self._home(unit[0]) is None]
        mine = [unit for unit in free if alone(self.exact, vehicle, unit) is not None]
        mine = sorted(mine, key=lambda u: (-self.prizes_mc(u), u))[:TOGETHER]
        if sum(map(self.prizes_mc, mine)) <= 1000 * self.problem.vehicles[vehicle].fixed_cents:
            return None
        tour: Driven | None = None
        best: tuple[int, Driven] | None = None
        while mine and not enough():
            found = self._next(vehicle, tour, mine)
            if found is None:
                break
            tour = found.tour
            mine = [unit for unit in mine if found.visit not in unit]
            gain = self.prizes_mc(tour.visits) - tour.worth_mc
            if gain > 0 and (best is None or gain > best[0]):
                best = gain, tour
        return None if best is None else best[1]

    def _next(
        self, vehicle: int, tour: Driven | None, mine: list[tuple[int, ...]]
    ) -> Insertion | None:
        """The visit that gains most (or loses least) on this vehicle, with those bound to it."""
        found: Insertion | None = None
        gain = 0
        for unit in mine:
            prize = self.prizes_mc(unit)
            limit = None if found is None else prize - gain
            one = best_insertion(self.exact, vehicle, tour, unit[0], below_mc=limit, unit=unit)
            if one is not None and (found is None or prize - one.added_mc > gain):
                found, gain = one, prize - one.added_mc
        return found

    def _drop(self, enough: Callable[[], bool]) -> bool:
        """Give up tours, then single visits, that cost more than their prizes."""
        for vehicle, tour in list(self.tours.items()):
            if enough():
                return False
            begun = vehicle in self.exact.units.begun
            if not begun and tour.worth_mc > self.prizes_mc(tour.visits):
                del self.tours[vehicle]
                self._leave(tour.made)
                return True
            dropped = self._without_one(vehicle, tour)
            if dropped is not None:
                self.tours[vehicle] = dropped
                self._leave(set(tour.made) - set(dropped.made))
                return True
        return False

    def _without_one(self, vehicle: int, tour: Driven) -> Driven | None:
        """The tour without the visit that saves most over its prize, or None."""
        best: tuple[int, Driven] | None = None
        tried = set()
        for position, visit in enumerate(tour.visits):
            unit = () if visit == RELOAD else self.exact.units.of(visit)
            if not unit or unit in tried or not self._may_pay(vehicle, tour, position, unit):
                continue
            tried.add(unit)
            rest = tidy([v for v in tour.visits if v not in unit])
            driven = self.exact.drive(vehicle, rest) if rest else None
            if driven is None:
                continue
            gain = tour.worth_mc - driven.worth_mc - self.prizes_mc(unit)
            if gain > 0 and (best is None or gain > best[0]):
                best = gain, driven
        return None if best is None else best[1]

    def _may_pay(self, vehicle: int, tour: Driven, position: int, unit: tuple[int, ...]) -> bool:
        """Whether leaving it out could save more than its prize; bound visits are always tried."""
        if any(map(self.exact.units.fixed, unit)):
            return False
        if len(unit) > 1 or RELOAD in tour.visits:
            return True
        return most_saved_mc(self.exact, vehicle, tour, position) > self.prizes_mc(unit)

    def _come_home_less(self, enough: Callable[[], bool]) -> bool:
        """Spare a return to the depot for more goods where that is cheaper."""
        for vehicle, tour in list(self.tours.items()):
            if enough():
                return False
            for position, visit in enumerate(tour.visits):
                if visit != RELOAD:
                    continue
                rest = (*tour.visits[:position], *tour.visits[position + 1 :])
                driven = self.exact.drive(vehicle, rest)
                if driven is not None and driven.worth_mc < tour.worth_mc:
                    self.tours[vehicle] = driven
                    return True
        return False

    def _relocate(self, enough: Callable[[], bool]) -> bool:
        """Move single visits to where they cost less."""
        if self._relocation is None:
            return False
        return self._relocation.run(lambda: enough() or self._late())

    def _exchange(self, enough: Callable[[], bool]) -> bool:
        """Bring in what was left out for a stop that costs less to leave, or rides elsewhere."""
        if len(self.problem.visits) > EXCHANGED_UP_TO:
            return False
        for visit in sorted(self.left, key=lambda v: (-self.prize_mc(v), v)):
            if enough() or self._late():
                return False
            everyone = range(len(self.problem.vehicles))
            found = exchange(self.exact, self.tours, visit, vehicles=everyone)
            if found is None or found.added_mc >= self.prize_mc(visit):
                continue
            self._take(found.taken)
            self._leave((found.gone,))
            if found.again is not None:
                self._take(found.again)
            return True
        return False

    def _leave(self, visits: Iterable[int]) -> None:
        self.left = sorted({*self.left, *visits})
