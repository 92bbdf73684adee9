"""A small part of a day planned for sure: every set and order of its visits on every vehicle.

The search finds good plans of large days; of a handful of visits, where one exchange is much,
everything can be tried in less time than it takes to notice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, permutations
from math import perm

from app.planning.tours.parts import Part, classes_of
from app.planning.tours.problem import RELOAD
from app.planning.tours.settle import Driven, Exact
from app.ports import never

#: A part is small that has no more visits, and no more routes on all kinds of its vehicles.
MOST_VISITS, MOST_ROUTES = 6, 12_000

_Route = tuple[int, ...]
_Tours = dict[int, Driven]


def made_sure(
    exact: Exact,
    tours: Mapping[int, Driven],
    parts: Iterable[Part],
    enough: Callable[[], bool] = never,
) -> _Tours:
    """The tours, with the best that there is in the place of those of each small part."""
    made = dict(tours)
    for part in parts:
        if not is_small(exact, part):
            continue
        mine = {vehicle: made[vehicle] for vehicle in part.vehicles if vehicle in made}
        best = _Everything(exact, part, enough).best()
        if best is not None and _worth_mc(exact, part, best) < _worth_mc(exact, part, mine):
            for vehicle in mine:
                del made[vehicle]
            made |= best
    return made


def is_small(exact: Exact, part: Part) -> bool:
    """Whether everything can be tried."""
    count = len(part.visits)
    if count > MOST_VISITS:
        return False
    kinds = classes_of(exact.problem, part.vehicles)
    reloads = [exact.problem.vehicles[kind[0]].reloads for kind in kinds]
    return sum(_routes_with(count, most) for most in reloads) <= MOST_ROUTES


def _routes_with(count: int, reloads: int) -> int:
    """How many routes there are over some of so many visits; each gap may hold a reload."""
    gaps = 2 if reloads else 1
    return sum(perm(count, size) * gaps ** (size - 1) for size in range(1, count + 1))


def _worth_mc(exact: Exact, part: Part, tours: Mapping[int, Driven]) -> int:
    """What the part costs: its tours, and the prizes of what they leave."""
    toured = {visit for tour in tours.values() for visit in tour.visits}
    left = (exact.problem.visits[v].prize_cents for v in part.visits if v not in toured)
    return sum(tour.worth_mc for tour in tours.values()) + 1000 * sum(left)


class _Everything:
    """All plans of one part; sets of visits are numbers, one bit for each."""

    def __init__(self, exact: Exact, part: Part, enough: Callable[[], bool]) -> None:
        self._exact, self._part, self._enough = exact, part, enough
        self._bits = {visit: 1 << place for place, visit in enumerate(part.visits)}

    def best(self) -> _Tours | None:
        """The cheapest plan; None where there was no time, or what was begun allows none."""
        plans: dict[int, tuple[int, _Tours]] = {0: (0, {})}
        for kind in classes_of(self._exact.problem, self._part.vehicles):
            tours = self._tours_of(kind[0])
            if self._enough():
                return None
            for vehicle in kind[: len(self._part.visits)]:
                plans = _with_one_more(plans, tours, vehicle)
        ranked = [(cost + self._left_mc(served), served) for served, (cost, _) in plans.items()]
        return plans[min(ranked)[1]][1] if ranked else None

    def _left_mc(self, served: int) -> int:
        visits = self._exact.problem.visits
        left = (v for v, bit in self._bits.items() if not served & bit)
        return 1000 * sum(visits[v].prize_cents for v in left)

    def _tours_of(self, vehicle: int) -> dict[int, Driven | None]:
        """For each set of visits the cheapest tour of the vehicle; 0 = it stays at home."""
        found: dict[int, Driven | None] = {}
        if vehicle not in self._exact.units.begun:
            found[0] = None
        for route in self._routes(vehicle):
            driven = self._exact.drive(vehicle, route)
            if driven is None:
                continue
            served = sum(self._bits[visit] for visit in driven.made)
            known = found.get(served)
            if known is None or driven.worth_mc < known.worth_mc:
                found[served] = driven
        return found

    def _routes(self, vehicle: int) -> Iterator[_Route]:
        day, visits = self._exact.problem.vehicles[vehicle], self._exact.problem.visits
        able = [visit for visit in self._part.visits if day.may_take(visits[visit])]
        for size in range(1, len(able) + 1):
            for chosen in combinations(able, size):
                if self._enough():
                    return
                if self._exact.units.whole(chosen):
                    for order in permutations(chosen):
                        yield from _trips(order, day.reloads)


def _trips(order: _Route, reloads: int) -> Iterator[_Route]:
    """The visits in this order, with every choice of returns for goods between them."""
    for count in range(min(reloads, len(order) - 1) + 1):
        for gaps in combinations(range(1, len(order)), count):
            route: list[int] = []
            for start, end in zip((0, *gaps), (*gaps, len(order)), strict=True):
                route += [RELOAD] * bool(start) + list(order[start:end])
            yield tuple(route)


def _with_one_more(
    plans: Mapping[int, tuple[int, _Tours]], tours: Mapping[int, Driven | None], vehicle: int
) -> dict[int, tuple[int, _Tours]]:
    """The cheapest plan for each set of visits when this vehicle may drive too."""
    more: dict[int, tuple[int, _Tours]] = {}
    for served, (cost_mc, plan) in plans.items():
        for taken, tour in tours.items():
            if served & taken:
                continue
            added_mc = 0 if tour is None else tour.worth_mc
            known = more.get(served | taken)
            if known is None or cost_mc + added_mc < known[0]:
                with_it = plan if tour is None else {**plan, vehicle: tour}
                more[served | taken] = (cost_mc + added_mc, with_it)
    return more
