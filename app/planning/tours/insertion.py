"""Where one more visit would fit best, and at which price, exactly: in one tour, or in all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from app.planning.tours.company import united
from app.planning.tours.itinerary import crew_s
from app.planning.tours.loads import fits
from app.planning.tours.pricing import unusual_cents
from app.planning.tours.problem import FAR_S, Problem, VehicleDay
from app.planning.tours.room import Door
from app.planning.tours.settle import Driven, Exact
from app.planning.tours.slack import ROUNDED_S, Ways, hull_s, slack_mc
from app.planning.tours.trips import with_one_more_trip


@dataclass(frozen=True, slots=True)
class Insertion:
    """A visit put into a vehicle's tour: the tour with it, and what that adds to the plan."""

    vehicle: int
    visit: int
    tour: Driven
    added_mc: int


class Slot(NamedTuple):
    """A route with the visit in it: the least that it can add."""

    least_mc: int
    position: int
    vehicle: int
    more_m: int


def best_insertion(
    exact: Exact,
    vehicle: int,
    tour: Driven | None,
    visit: int,
    *,
    below_mc: int | None = None,
    unit: tuple[int, ...] = (),
) -> Insertion | None:
    """The cheapest place for a visit in a tour, or in an idle vehicle's (None = idle).

    Only one that adds less than `below_mc`, where that is given. With a visit comes the one whose
    goods it takes or brings; with `unit`, all of these.
    """
    unit = unit or exact.units.pair(visit)
    if len(unit) > 1:
        return _united(exact, vehicle, tour, visit, unit, below_mc)
    problem = exact.problem
    if not may_have_room(problem, problem.vehicles[vehicle], tour, visit):
        return None
    best = _Best(exact, {vehicle: tour}, visit, below_mc)
    ways = best.ways(problem.vehicles[vehicle].roads)
    best.try_slots(slots(exact, vehicle, tour, visit, ways))
    best.try_trips(vehicle)
    return best.found


def least_added_mc(exact: Exact, vehicle: int, tour: Driven | None, visit: int) -> int | None:
    """At most what a visit by itself adds to a tour, found without timing it; None = no room."""
    problem = exact.problem
    day = problem.vehicles[vehicle]
    if not may_have_room(problem, day, tour, visit):
        return None
    if day.reloads:
        return 0  # one more trip may make room: only its timetable tells what it adds
    ways = Ways(problem, day.roads, problem.visits[visit].place)
    return min((slot.least_mc for slot in slots(exact, vehicle, tour, visit, ways)), default=None)


def alone(exact: Exact, vehicle: int, unit: tuple[int, ...]) -> Driven | None:
    """A tour of these visits and nothing else, or None."""
    return exact.drive(vehicle, unit) if len(unit) == 1 else united(exact, vehicle, None, unit)


def cheapest_place(
    exact: Exact, tours: Mapping[int, Driven], visit: int, *, below_mc: int | None = None
) -> Insertion | None:
    """The cheapest way to tour one more visit when nothing else moves, over all vehicles.

    Of idle vehicles that are interchangeable one stands for all.
    """
    return place_among(exact, tours, options(exact, tours), visit, below_mc)


def options(exact: Exact, tours: Mapping[int, Driven]) -> Iterator[int]:
    """The vehicles under way, and one idle of each kind."""
    for kind in exact.kinds:
        yield from (vehicle for vehicle in kind if vehicle in tours)
        yield from [vehicle for vehicle in kind if vehicle not in tours][:1]


def place_among(
    exact: Exact,
    tours: Mapping[int, Driven],
    vehicles: Iterable[int],
    visit: int,
    below_mc: int | None = None,
) -> Insertion | None:
    """The cheapest of these vehicles for a visit, with all that is bound to it."""
    unit = exact.units.of(visit)
    if len(unit) > 1:
        found: Insertion | None = None
        for vehicle in vehicles:
            limit = below_mc if found is None else found.added_mc
            tour = tours.get(vehicle)
            one = best_insertion(exact, vehicle, tour, visit, below_mc=limit, unit=unit)
            found = one or found
        return found
    problem = exact.problem
    among = {vehicle: tours.get(vehicle) for vehicle in vehicles}
    best = _Best(exact, among, visit, below_mc)
    found_slots: list[Slot] = []
    able = []
    for vehicle, tour in among.items():
        day = problem.vehicles[vehicle]
        if not may_have_room(problem, day, tour, visit):
            continue
        able.append(vehicle)
        found_slots.extend(slots(exact, vehicle, tour, visit, best.ways(day.roads)))
    best.try_slots(found_slots)
    for vehicle in able:
        best.try_trips(vehicle)
    return best.found


def _united(
    exact: Exact,
    vehicle: int,
    tour: Driven | None,
    visit: int,
    unit: tuple[int, ...],
    below_mc: int | None,
) -> Insertion | None:
    """The same for several that come together."""
    driven = united(exact, vehicle, tour, unit)
    if driven is None:
        return None
    added_mc = driven.worth_mc - (tour.worth_mc if tour is not None else 0)
    if below_mc is not None and added_mc >= below_mc:
        return None
    return Insertion(vehicle, visit, driven, added_mc)


def most_saved_mc(exact: Exact, vehicle: int, tour: Driven, position: int) -> int:
    """More than what leaving out one visit of a tour can save."""
    problem = exact.problem
    day, ways = problem.vehicles[vehicle], problem.roads[problem.vehicles[vehicle].roads]
    gaps, prices = exact.gaps(vehicle, tour), exact.prices(vehicle)
    here, there = gaps.here[position], gaps.there[position + 1]
    wanted = problem.visits[tour.visits[position]]
    metres, seconds = ways.distance_m.item, ways.duration_s.item
    less_m, less_s = metres(here, wanted.place), seconds(here, wanted.place)
    if there is not None:
        less_m += metres(wanted.place, there) - metres(here, there)
        less_s += seconds(wanted.place, there) - seconds(here, there)
    work_s = max(0, less_s + gaps.lengths_s[position] + gaps.waiting_s + ROUNDED_S)
    over_s = 0 if day.max_work_s is None else min(work_s, tour.table.work_s - day.max_work_s)
    dearer_mc = max(0, over_s) * day.overtime_hour_cents * 1000 // 3600
    late_mc = -(-gaps.late * 1000 // 3600) + 1000 * unusual_cents(day, wanted)
    return prices.least_mc(less_m, work_s) + dearer_mc + late_mc + 4 * slack_mc(problem)


class _Best:
    """The cheapest insertion found so far, of those that add less than a limit."""

    def __init__(
        self,
        exact: Exact,
        tours: Mapping[int, Driven | None],
        visit: int,
        limit_mc: int | None,
    ) -> None:
        self._exact, self._tours, self._visit = exact, tours, visit
        self._rank = {vehicle: number for number, vehicle in enumerate(tours)}
        self._limit_mc = limit_mc
        self._doors: dict[int, Door] = {}
        self._ways: dict[int, Ways] = {}
        self._turns: tuple[int, ...] = ()
        self.found: Insertion | None = None

    def ways(self, roads: int) -> Ways:
        """The ways to the visit's door on these roads."""
        if roads not in self._ways:
            place = self._exact.problem.visits[self._visit].place
            self._ways[roads] = Ways(self._exact.problem, roads, place)
        return self._ways[roads]

    def try_slots(self, slots: Iterable[Slot]) -> None:
        """Time each slot, the most promising first, until none can be better.

        What a slot adds at least is reckoned more closely when its turn comes.
        """
        waiting = [(slot.least_mc, False, slot) for slot in slots]
        heapify(waiting)
        while waiting:
            least_mc, close, slot = heappop(waiting)
            if self._limit_mc is not None and least_mc >= self._limit_mc:
                return
            tour = self._tours[slot.vehicle]
            if tour is not None and not close:
                closer_mc = self._closer_mc(tour, slot)
                if closer_mc is not None:
                    heappush(waiting, (max(least_mc, closer_mc), True, slot))
                continue
            before = tour.visits if tour is not None else ()
            route = (*before[: slot.position], self._visit, *before[slot.position :])
            self._try_route(slot.vehicle, route, (slot.least_mc, slot.position))

    def _closer_mc(self, tour: Driven, slot: Slot) -> int | None:
        """What a slot adds at least, with the tour's pause; None where there is no time for it."""
        exact, problem = self._exact, self._exact.problem
        day, wanted = problem.vehicles[slot.vehicle], problem.visits[self._visit]
        if slot.vehicle not in self._doors:
            ways = self.ways(day.roads)
            length_s = crew_s(day, wanted.service_s)
            door = Door(ways.to_s, ways.from_s, wanted.place, length_s, *hull_s(wanted))
            self._doors[slot.vehicle] = door
        room = exact.room(slot.vehicle, tour)
        work_s = room.least_work_s(slot.position, self._doors[slot.vehicle])
        if work_s is None:
            return None
        more_s = work_s - tour.table.work_s - resting_s(day, work_s)
        if wanted.setup_s or day.service_percent != 100:
            more_s -= ROUNDED_S
        more_mc = exact.prices(slot.vehicle).least_mc(slot.more_m, more_s)
        return more_mc + 1000 * unusual_cents(day, wanted) - late_mc(tour)

    def try_trips(self, vehicle: int) -> None:
        """Time the routes with one more return to the depot."""
        tour = self._tours[vehicle]
        if tour is None:
            return
        for number, (least_mc, route) in enumerate(
            with_one_more_trip(self._exact, vehicle, tour, self._visit)
        ):
            if self._limit_mc is not None and least_mc >= self._limit_mc:
                return
            self._try_route(vehicle, route, (FAR_S * 1_000_000, number))

    def _try_route(self, vehicle: int, route: tuple[int, ...], turn: tuple[int, int]) -> None:
        driven = self._exact.drive(vehicle, route)
        if driven is None:
            return
        tour = self._tours[vehicle]
        added_mc = driven.worth_mc - (tour.worth_mc if tour is not None else 0)
        turns = (self._rank[vehicle], *turn)
        if self._beats(added_mc, turns):
            self.found = Insertion(vehicle, self._visit, driven, added_mc)
            self._limit_mc, self._turns = added_mc, turns

    def _beats(self, added_mc: int, turns: tuple[int, ...]) -> bool:
        """It adds less; as much, and its turn is before."""
        if self._limit_mc is None or added_mc < self._limit_mc:
            return True
        return self.found is not None and added_mc == self._limit_mc and turns < self._turns


def resting_s(day: VehicleDay, work_s: int) -> int:
    """How much waiting rests by law may turn into pauses when there is so much work to do."""
    most = 0
    for rest in day.rests:
        if rest.work_s is not None and work_s > rest.work_s:
            most += rest.length_s * 2 * (work_s // max(1, rest.work_s))
        if rest.drive_s is not None and work_s > rest.drive_s:
            most += rest.length_s * 2 * (work_s // max(1, rest.drive_s))
    return most


def late_mc(tour: Driven) -> int:
    """What a tour's lateness costs, rounded up."""
    return -(-tour.table.late * 1000 // 3600)


def may_have_room(problem: Problem, day: VehicleDay, tour: Driven | None, visit: int) -> bool:
    """The vehicle may take the visit, and where its tour is one trip of deliveries it has room."""
    wanted = problem.visits[visit]
    if not day.may_take(wanted) or not wanted.load.fits(day.capacity):
        return False
    return day.reloads > 0 or tour is None or fits_at_an_end(problem, day, tour, visit)


def fits_at_an_end(problem: Problem, day: VehicleDay, tour: Driven, visit: int) -> bool:
    """What is aboard where least else is: a delivery comes off first, what is collected, last."""
    if any(problem.visits[v].collect for v in (*tour.made, visit)):
        return True  # the place decides
    return fits(problem, (*tour.made, visit), day.capacity)


def slots(
    exact: Exact, vehicle: int, tour: Driven | None, visit: int, ways: Ways
) -> Iterator[Slot]:
    """The places that the windows allow when pauses are left out of account."""
    problem = exact.problem
    day, wanted = problem.vehicles[vehicle], problem.visits[visit]
    gaps, prices = exact.gaps(vehicle, tour), exact.prices(vehicle)
    opens_s, closes_s = hull_s(wanted)
    if wanted.from_depot:
        opens_s = max(opens_s, wanted.ready_s)
    service_s = crew_s(day, wanted.service_s)
    setup = wanted.setup_s > 0 or day.service_percent != 100
    spare_s = gaps.waiting_s + (ROUNDED_S if setup else 0) - service_s
    base_mc = (prices.fixed_mc if tour is None else 0) + 1000 * unusual_cents(day, wanted)
    base_mc -= -(-gaps.late * 1000 // 3600)
    seconds = problem.roads[day.roads].duration_s.item
    metres = problem.roads[day.roads].distance_m.item
    to_m, to_s, from_m, from_s = ways.to_m, ways.to_s, ways.from_m, ways.from_s
    together = zip(gaps.here, gaps.there, gaps.free_s, gaps.due_s, strict=True)
    for position, (here, there, free_s, due_s) in enumerate(together):
        start_s = free_s + to_s[here]
        if start_s < opens_s:
            start_s = opens_s
        if start_s > closes_s:
            continue
        more_m, more_s = to_m[here], to_s[here]
        if there is not None:
            if start_s + service_s + from_s[there] > due_s:
                continue
            more_m += from_m[there] - metres(here, there)
            more_s += from_s[there] - seconds(here, there)
        elif start_s + service_s > due_s:
            continue
        least_mc = base_mc + prices.least_mc(more_m, more_s - spare_s)
        yield Slot(least_mc, position, vehicle, more_m)
