"""Where one more visit would fit best in a tour, exactly, and at which price."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.planning.tours.problem import Problem, VehicleDay
from app.planning.tours.settle import Driven, Exact


@dataclass(frozen=True, slots=True)
class Insertion:
    """A visit put into a vehicle's tour: the tour with it, and what that adds to the plan."""

    vehicle: int
    visit: int
    tour: Driven
    added_mc: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place between two visits: the least that putting the visit there can add."""

    least_mc: int
    position: int


def best_insertion(
    exact: Exact, vehicle: int, tour: Driven | None, visit: int, *, below_mc: int | None = None
) -> Insertion | None:
    """The cheapest place for a visit in a tour, or in an idle vehicle's (None = idle).

    Only one that adds less than `below_mc`, where that is given.
    """
    problem = exact.problem
    day, wanted = problem.vehicles[vehicle], problem.visits[visit]
    visits = tour.visits if tour is not None else ()
    if not day.may_take(wanted) or not problem.total_load((*visits, visit)).fits(day.capacity):
        return None
    before_mc = tour.worth_mc if tour is not None else 0
    best: Insertion | None = None
    limit_mc = below_mc
    for slot in sorted(_slots(problem, day, tour, visit), key=lambda s: (s.least_mc, s.position)):
        if limit_mc is not None and slot.least_mc >= limit_mc:
            break
        driven = exact.drive(vehicle, (*visits[: slot.position], visit, *visits[slot.position :]))
        if driven is None:
            continue
        added_mc = driven.worth_mc - before_mc
        if limit_mc is None or added_mc < limit_mc:
            best, limit_mc = Insertion(vehicle, visit, driven, added_mc), added_mc
    return best


def most_saved_mc(problem: Problem, vehicle: int, tour: Driven, position: int) -> int:
    """More than what leaving out one visit of a tour can save."""
    day, ways = problem.vehicles[vehicle], problem.roads[problem.vehicles[vehicle].roads]
    places = [day.depot, *(problem.visits[v].place for v in tour.visits), day.depot]
    here, door, there = places[position : position + 3]
    metres, seconds = ways.distance_m, ways.duration_s
    less_m = int(metres[here, door]) + int(metres[door, there]) - int(metres[here, there])
    less_s = int(seconds[here, door]) + int(seconds[door, there]) - int(seconds[here, there])
    work_s = less_s + problem.visits[tour.visits[position]].service_s + _waiting(problem, tour)
    return _least_mc(problem, day, less_m, max(0, work_s), idle=False) + 2 * _slack_mc(problem)


def _slots(problem: Problem, day: VehicleDay, tour: Driven | None, visit: int) -> Iterator[_Slot]:
    """The places that the windows allow when pauses are left out of account."""
    visits = tour.visits if tour is not None else ()
    wanted, ways = problem.visits[visit], problem.roads[day.roads]
    places = [day.depot, *(problem.visits[v].place for v in visits), day.depot]
    free_s, due_s = _earliest(problem, day, visits), _latest(problem, day, visits)
    waiting_s = _waiting(problem, tour)
    metres, seconds = ways.distance_m, ways.duration_s
    for position in range(len(visits) + 1):
        here, there, door = places[position], places[position + 1], wanted.place
        start_s = max(free_s[position] + int(seconds[here, door]), wanted.opens_s)
        if start_s > wanted.closes_s:
            continue
        onward_s = start_s + wanted.service_s + int(seconds[door, there])
        if onward_s > due_s[position + 1]:
            continue
        more_m = int(metres[here, door]) + int(metres[door, there]) - int(metres[here, there])
        more_s = int(seconds[here, door]) + int(seconds[door, there]) - int(seconds[here, there])
        work_s = max(0, more_s + wanted.service_s - waiting_s)
        yield _Slot(_least_mc(problem, day, more_m, work_s, idle=tour is None), position)


def _least_mc(problem: Problem, day: VehicleDay, more_m: int, work_s: int, *, idle: bool) -> int:
    """Less than what so many metres and seconds more can cost, whatever the rounding."""
    carbon = day.co2e_g_per_km * problem.carbon_cents_per_kg
    ways = int(day.km_cents * more_m) + more_m * carbon // 1000
    fixed = day.fixed_cents * 1000 if idle else 0
    return fixed + ways + work_s * day.hour_cents * 1000 // 3600 - _slack_mc(problem)


def _slack_mc(problem: Problem) -> int:
    """What rounding to whole cents and grams can amount to."""
    return 3_000 + 2 * problem.carbon_cents_per_kg


def _earliest(problem: Problem, day: VehicleDay, visits: tuple[int, ...]) -> list[int]:
    """When the vehicle can leave the depot and each visit, at the earliest."""
    ways = problem.roads[day.roads].duration_s
    now_s, here = day.from_s, day.depot
    free = [now_s]
    for index in visits:
        visit = problem.visits[index]
        now_s = max(now_s + int(ways[here, visit.place]), visit.opens_s) + visit.service_s
        here = visit.place
        free.append(now_s)
    return free


def _latest(problem: Problem, day: VehicleDay, visits: tuple[int, ...]) -> list[int]:
    """When the vehicle must be at each visit and at home, at the latest; the depot comes first."""
    ways = problem.roads[day.roads].duration_s
    due_s, there = day.to_s, day.depot
    due = [due_s]
    for index in reversed(visits):
        visit = problem.visits[index]
        due_s = min(visit.closes_s, due_s - int(ways[visit.place, there]) - visit.service_s)
        there = visit.place
        due.append(due_s)
    due.append(day.to_s)
    return due[::-1]


def _waiting(problem: Problem, tour: Driven | None) -> int:
    """Paid seconds in which nothing happens: what an insertion may use up for nothing."""
    if tour is None:
        return 0
    service_s = sum(problem.visits[v].service_s for v in tour.visits)
    return max(0, tour.table.work_s - tour.table.drive_s - service_s)
