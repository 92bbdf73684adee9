"""Which fewest limits would have to give way for a shipment left out, by how much, at what price.

Every vehicle that starts where the goods lie is asked, with each limit given way by itself, then
with two. Of the limits of a set the first gives way as little as it can, then the second; the price
is that of the cheapest place then. Nothing else moves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from app.domain.reasons import Fact, Reason, because
from app.planning.tours.insertion import options
from app.planning.tours.leeway import Leeway
from app.planning.tours.loosening import WHOLE, Limit, most_of, step_of, surely, unit_of
from app.planning.tours.problem import FAR_S, RELOAD, Problem
from app.planning.tours.settle import Driven, Exact
from app.planning.tours.slack import Ways

#: So many limits give way together at most.
MOST_LIMITS = 2
#: So many vehicles are asked, those first that need least and have the shortest way.
MOST_VEHICLES = 6


@dataclass(frozen=True, slots=True)
class Remedy:
    """Limits that give way so that a vehicle can take a shipment, each by the least it needs.

    Without any limit the shipment fits as things are. `added_mc` is what the plan costs more then,
    in thousandths of a cent; `position` is its place among the tour's visits. `skills` are those
    that the vehicle lacks.
    """

    vehicle: str
    amounts: tuple[tuple[Limit, int], ...]
    added_mc: int
    position: int = 0
    idle: bool = False
    skills: tuple[str, ...] = ()

    @property
    def limits(self) -> frozenset[Limit]:
        return frozenset(limit for limit, _ in self.amounts)

    @property
    def added_cents(self) -> int:
        """Rounded half up."""
        return (self.added_mc + 500) // 1000

    @property
    def reason(self) -> Reason:
        """The remedy in figures, for whoever puts it into words."""
        said: dict[str, Fact] = {_fact_name(limit): amount for limit, amount in self.amounts}
        if self.skills:
            said["skill"] = self.skills[0]
        return because("tour_remedy", vehicle=self.vehicle, added_cents=self.added_cents, **said)

    def no_better_than(self, other: "Remedy") -> bool:
        """The other one asks as little of the same limits, for as little."""
        if self.limits != other.limits or self.added_mc < other.added_mc:
            return False
        theirs = dict(other.amounts)
        return all(theirs[limit] <= amount for limit, amount in self.amounts)


def _fact_name(limit: Limit) -> str:
    """Its name ends in its unit, unless it is counted."""
    unit = "" if limit is Limit.PARCELS else unit_of(limit)
    return f"give_{limit.value}_{unit}" if unit else f"give_{limit.value}"


def remedies(
    exact: Exact,
    tours: Mapping[int, Driven],
    visit: int,
    *,
    vehicles: Iterable[int] | None = None,
    now_s: int = -FAR_S,
) -> tuple[Remedy, ...]:
    """The smallest sets of limits for one visit left out, the cheapest first.

    Of `vehicles` (all, unless said) those that are interchangeable and idle are asked once. What is
    asked for less, of the same limits, elsewhere is left away.
    """
    cases = _cases(exact, tours, visit, vehicles, now_s)
    for size in range(MOST_LIMITS + 1):
        found = [remedy for case in cases for remedy in case.remedies(size)]
        if found:
            return tuple(_worth_telling(found))
    return ()


def _worth_telling(found: Sequence[Remedy]) -> Iterator[Remedy]:
    told: list[Remedy] = []
    ordered = sorted(found, key=lambda r: (r.added_mc, [a for _, a in r.amounts], r.vehicle))
    for remedy in ordered:
        if not any(remedy.no_better_than(other) for other in told):
            told.append(remedy)
            yield remedy


def _cases(
    exact: Exact,
    tours: Mapping[int, Driven],
    visit: int,
    vehicles: Iterable[int] | None,
    now_s: int,
) -> list["_Case"]:
    """The vehicles worth asking: those that could do with few limits less, the nearest first."""
    wanted, unit = exact.problem.visits[visit], exact.units.of(visit)
    toured = {v for tour in tours.values() for v in tour.visits}
    if toured.intersection(unit):
        unit = exact.units.pair(visit)  # the others ride already
    allowed = None if vehicles is None else set(vehicles)
    near = Nearness(exact, visit)
    ranked = []
    for vehicle in options(exact, tours):
        day, tour = exact.problem.vehicles[vehicle], tours.get(vehicle)
        if allowed is not None and vehicle not in allowed:
            continue
        if wanted.depots and day.depot not in wanted.depots:
            continue
        route = () if tour is None else tour.visits
        made = [stop for stop in route if stop != RELOAD]
        needed = surely(exact.problem, vehicle, made, unit)
        if len(needed) <= MOST_LIMITS:
            ranked.append((len(needed), near.least_mc(vehicle, tour), vehicle))
    ranked.sort()
    chosen = [vehicle for *_, vehicle in ranked[:MOST_VEHICLES]]
    return [_Case(exact.problem, v, tours.get(v), unit, visit, now_s) for v in chosen]


class Nearness:
    """Less than what a visit's way can add to a tour, whatever the hours."""

    def __init__(self, exact: Exact, visit: int) -> None:
        self._exact, self._place = exact, exact.problem.visits[visit].place
        self._ways: dict[int, Ways] = {}

    def least_mc(self, vehicle: int, tour: Driven | None) -> int:
        exact, day = self._exact, self._exact.problem.vehicles[vehicle]
        if day.roads not in self._ways:
            self._ways[day.roads] = Ways(exact.problem, day.roads, self._place)
        ways, prices = self._ways[day.roads], exact.prices(vehicle)
        metres = exact.problem.roads[day.roads].distance_m.item
        seconds = exact.problem.roads[day.roads].duration_s.item
        gaps = exact.gaps(vehicle, tour)
        least = []
        for here, there in zip(gaps.here, gaps.there, strict=True):
            more_m, more_s = ways.to_m[here], ways.to_s[here]
            if there is not None:
                more_m += ways.from_m[there] - metres(here, there)
                more_s += ways.from_s[there] - seconds(here, there)
            least.append(prices.least_mc(more_m, more_s))
        return min(least) + (prices.fixed_mc if tour is None else 0)


class _Case:
    """One vehicle's day by itself, with its tour and the visits that want to ride along."""

    def __init__(
        self,
        problem: Problem,
        vehicle: int,
        tour: Driven | None,
        unit: tuple[int, ...],
        visit: int,
        now_s: int,
    ) -> None:
        self._route = () if tour is None else tour.visits
        self._worth_mc = 0 if tour is None else tour.worth_mc
        self._code = problem.vehicles[vehicle].code
        numbers = {v: n for n, v in enumerate((*[v for v in self._route if v != RELOAD], *unit))}
        self._problem = _alone(problem, vehicle, numbers, unit)
        self._unit = tuple(numbers[v] for v in unit)
        self._visit = numbers[visit]
        self._before = tuple(v if v == RELOAD else numbers[v] for v in self._route)
        made = [v for v in self._before if v != RELOAD]
        self._needed = surely(self._problem, 0, made, self._unit)
        most = {n: most_of(n, self._problem, 0, self._unit, now_s) for n in Limit}
        self._most = {limit: amount for limit, amount in most.items() if amount > 0}
        self._looked = False
        self._room = Leeway(self._problem, self._before, tour, self._unit, self._visit)

    def remedies(self, size: int) -> Iterator[Remedy]:
        """What so many limits that give way would make possible; none of them is needless."""
        if size > len(self._needed):
            self._look_closer()
        if size < len(self._needed) or not self._needed <= self._most.keys():
            return
        others = [limit for limit in self._most if limit not in self._needed]
        for more in combinations(others, size - len(self._needed)):
            limits = self._needed.union(more)
            chosen = {limit: self._most[limit] for limit in Limit if limit in limits}
            route = self._room.route(chosen)
            if route is not None:
                yield self._least(chosen, route)

    def _look_closer(self) -> None:
        """Find every limit that no others make up for, once: then few sets are left to try."""
        if self._looked:
            return
        self._looked = True
        route = self._room.route(self._most)
        for limit in [limit for limit in self._most if limit not in self._needed]:
            without = {other: most for other, most in self._most.items() if other != limit}
            if route is not None and self._room.drives(route, without):
                continue
            if route is None or self._room.route(without) is None:
                self._needed.add(limit)
            if len(self._needed) > MOST_LIMITS:
                return

    def _least(self, amounts: dict[Limit, int], route: tuple[int, ...]) -> Remedy:
        """As little of each limit as can be, one after the other."""
        for limit in [limit for limit in amounts if limit not in WHOLE]:
            step = step_of(limit)
            better: tuple[int, ...] | None = route
            while better is not None:
                route = better
                amounts[limit] = self._room.least(route, amounts, limit)
                less = {**amounts, limit: amounts[limit] - step}
                better = self._room.route(less) if amounts[limit] else None
        driven = self._room.cheapest(amounts)
        position = 1 + driven.made.index(self._visit)
        added_mc = driven.worth_mc - self._worth_mc
        day, visits = self._problem.vehicles[0], self._problem.visits
        lacking = {skill for v in self._unit for skill in visits[v].needs - day.skills}
        return Remedy(
            self._code,
            tuple(amounts.items()),
            added_mc,
            position,
            not self._before,
            tuple(sorted(lacking)),
        )


def _alone(
    problem: Problem, vehicle: int, numbers: Mapping[int, int], unit: Iterable[int]
) -> Problem:
    """The problem of one vehicle and these visits, as they are numbered there."""
    visits = []
    for visit in numbers:
        given = problem.visits[visit]
        source = None if given.source is None else numbers.get(given.source)
        visits.append(replace(given, source=source))
    return replace(
        problem,
        visits=tuple(visits),
        vehicles=(problem.vehicles[vehicle],),
        together=_among(problem.together, {v: numbers[v] for v in unit}),
        apart=_among(problem.apart, numbers),
        begun=tuple(
            (0, tuple(numbers[v] for v in route))
            for begun, route in problem.begun
            if begun == vehicle and numbers.keys() >= set(route)
        ),
        set_aside=(),
    )


def _among(
    sets: Iterable[frozenset[int]], numbers: Mapping[int, int]
) -> tuple[frozenset[int], ...]:
    inside = (frozenset(numbers[v] for v in one if v in numbers) for one in sets)
    return tuple(one for one in inside if len(one) > 1)
