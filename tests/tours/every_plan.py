"""The best plan of a small day by trying everything: each subset, order and reload on each vehicle.

Slow and simple on purpose. What may ride where, loads and money are reckoned here anew; the hours
of one route are those of `timetable`, which is tried against every start and pause elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, permutations

from app.domain.tours import StopKind, Tour, TourPlan
from app.domain.values import Load
from app.planning.tours.problem import RELOAD, Problem, VehicleDay
from app.planning.tours.timetable import Timetable, timetable

Route = tuple[int, ...]


@dataclass(frozen=True)
class Best:
    """What the best plan is worth in thousandths of a cent, and its routes by vehicle."""

    worth_mc: int
    routes: tuple[tuple[int, Route], ...]


def best_plan(problem: Problem) -> Best | None:
    """The cheapest plan that keeps every rule, None where what was begun allows none."""
    count = len(problem.visits)
    plans: dict[int, Best] = {0: Best(0, ())}
    for vehicle in range(len(problem.vehicles)):
        tours = best_tours(problem, vehicle)
        more: dict[int, Best] = {}
        for served, plan in plans.items():
            for mask, (worth_mc, route) in tours.items():
                if served & mask:
                    continue
                routes = (*plan.routes, (vehicle, route)) if route else plan.routes
                found = Best(plan.worth_mc + worth_mc, routes)
                known = more.get(served | mask)
                if known is None or found.worth_mc < known.worth_mc:
                    more[served | mask] = found
        plans = more
    prized = [
        Best(plan.worth_mc + left_mc(problem, served, count), plan.routes)
        for served, plan in plans.items()
    ]
    return min(prized, key=lambda best: best.worth_mc, default=None)


def worth_of(problem: Problem, plan: TourPlan) -> Best:
    """What a plan is worth by the reckoning here; a plan that breaks a rule fails."""
    worth_mc, served, routes = 0, 0, []
    number = {day.code: n for n, day in enumerate(problem.vehicles)}
    for tour in plan.tours:
        vehicle, route = number[tour.vehicle], route_of(problem, tour)
        day, made = problem.vehicles[vehicle], {stop for stop in route if stop != RELOAD}
        begun = dict(problem.begun).get(vehicle, ())
        assert all(may_come(problem, day, visit) for visit in made)
        assert whole(problem, made)
        assert carries(problem, day, route)
        assert route[: len(begun)] == begun
        assert route.count(RELOAD) <= day.reloads
        assert not any(served >> visit & 1 for visit in made)
        table = timetable(problem, day, route)
        assert table is not None
        worth_mc += tour_mc(problem, day, table)
        served += sum(1 << visit for visit in made)
        routes.append((vehicle, route))
    return Best(worth_mc + left_mc(problem, served, len(problem.visits)), tuple(routes))


def route_of(problem: Problem, tour: Tour) -> Route:
    """A tour's visits in their order, with its returns for goods."""
    number = {visit.shipment: n for n, visit in enumerate(problem.visits)}
    kept = (StopKind.DELIVERY, StopKind.PICKUP, StopKind.RELOAD)
    stops = (stop for stop in tour.stops if stop.kind in kept)
    return tuple(RELOAD if s.kind is StopKind.RELOAD else number[s.shipment] for s in stops)


def left_mc(problem: Problem, served: int, count: int) -> int:
    return sum(1_000 * problem.visits[v].prize_cents for v in range(count) if not served >> v & 1)


def best_tours(problem: Problem, vehicle: int) -> dict[int, tuple[int, Route]]:
    """For each set of visits that one vehicle can make the cheapest way to make it."""
    day, begun = problem.vehicles[vehicle], dict(problem.begun).get(vehicle, ())
    found: dict[int, tuple[int, Route]] = {} if begun else {0: (0, ())}
    able = [v for v in range(len(problem.visits)) if may_come(problem, day, v)]
    for size in range(1, len(able) + 1):
        for chosen in combinations(able, size):
            if not whole(problem, set(chosen)):
                continue
            mask = sum(1 << visit for visit in chosen)
            for route in routes_of(chosen, day.reloads):
                if route[: len(begun)] != begun or not carries(problem, day, route):
                    continue
                table = timetable(problem, day, route)
                if table is None:
                    continue
                worth_mc = tour_mc(problem, day, table)
                if mask not in found or worth_mc < found[mask][0]:
                    found[mask] = (worth_mc, route)
    return found


def may_come(problem: Problem, day: VehicleDay, number: int) -> bool:
    visit = problem.visits[number]
    if visit.depots and day.depot not in visit.depots:
        return False
    if day.code in visit.never or (visit.only and day.code not in visit.only):
        return False
    return not visit.needs - day.skills


def whole(problem: Problem, chosen: set[int]) -> bool:
    """What belongs together is there as a whole, and no two that are kept apart."""
    for number, visit in enumerate(problem.visits):
        if visit.source is not None and (number in chosen) != (visit.source in chosen):
            return False
    if any(group & chosen and not group <= chosen for group in problem.together):
        return False
    if any(len(foes & chosen) > 1 for foes in problem.apart):
        return False
    others = [set(route) for _, route in problem.begun]
    return all(not route & chosen or route <= chosen for route in others)


def routes_of(chosen: Route, reloads: int) -> Iterator[Route]:
    for order in permutations(chosen):
        for count in range(min(reloads, len(order) - 1) + 1):
            for gaps in combinations(range(1, len(order)), count):
                route: list[int] = []
                for place, visit in enumerate(order):
                    if place in gaps:
                        route.append(RELOAD)
                    route.append(visit)
                yield tuple(route)


def carries(problem: Problem, day: VehicleDay, route: Route) -> bool:
    """Each trip has room for its goods all along, and gets each of them before it brings it."""
    trips: list[list[int]] = [[]]
    for stop in route:
        if stop == RELOAD:
            trips.append([])
        else:
            trips[-1].append(stop)
    return all(trip_carries(problem, day.capacity, trip) for trip in trips)


def trip_carries(problem: Problem, room: Load, trip: list[int]) -> bool:
    visits = problem.visits
    aboard = Load()
    for number in trip:
        if not visits[number].collect and visits[number].source is None:
            aboard += visits[number].load
    if not within(aboard, room) or (problem.collects_last and not in_turn(problem, trip)):
        return False
    fetched: set[int] = set()
    for number in trip:
        visit = visits[number]
        if visit.collect:
            aboard += visit.load
            fetched.add(number)
            if not within(aboard, room):
                return False
        else:
            if visit.source is not None and visit.source not in fetched:
                return False
            aboard = aboard - visit.load
    return all(visit.source in fetched for n in trip if (visit := visits[n]).source is not None)


def within(load: Load, room: Load) -> bool:
    return (
        load.weight_g <= room.weight_g
        and load.volume_ml <= room.volume_ml
        and load.parcels <= room.parcels
    )


def in_turn(problem: Problem, trip: list[int]) -> bool:
    kinds = [problem.visits[number].collect for number in trip]
    return not kinds or (not kinds[0] and kinds == sorted(kinds))


def tour_mc(problem: Problem, day: VehicleDay, table: Timetable) -> int:
    """Money, carbon, lateness and strangers, each product rounded half up."""
    over_s = 0 if day.max_work_s is None else max(0, table.work_s - day.max_work_s)
    cents = day.fixed_cents + whole_of(day.km_cents * table.distance_m / 1_000)
    cents += whole_of(Decimal(day.hour_cents * table.work_s) / 3_600)
    cents += whole_of(Decimal(day.overtime_hour_cents * over_s) / 3_600)
    grams = whole_of(Decimal(day.co2e_g_per_km * table.distance_m) / 1_000)
    made = [problem.visits[step.visit] for step in table.steps if step.visit is not None]
    strangers = [v.unusual_cents for v in made if v.usual and day.code not in v.usual]
    late_mc = whole_of(Decimal(1_000 * table.late) / 3_600)
    return 1_000 * (cents + sum(strangers)) + grams * problem.carbon_cents_per_kg + late_mc


def whole_of(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
