"""Which visits and vehicles have to do with each other: a day falls into parts that do not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.planning.tours.problem import RELOAD, Problem, VehicleDay, Visit
from app.planning.tours.timetable import timetable


@dataclass(frozen=True, slots=True)
class Part:
    """Visits that may share vehicles; planning one part never changes another."""

    visits: tuple[int, ...]
    vehicles: tuple[int, ...]


def alike(vehicle: VehicleDay) -> tuple[object, ...]:
    """Vehicles with the same answer here do the same work at the same price, whatever their names.

    Visits that ask for one of them by name still tell them apart: see `classes_of`.
    """
    return (
        vehicle.depot,
        vehicle.capacity,
        vehicle.from_s,
        vehicle.to_s,
        vehicle.max_m,
        vehicle.max_work_s,
        vehicle.pause,
        vehicle.fixed_cents,
        vehicle.km_cents,
        vehicle.hour_cents,
        vehicle.co2e_g_per_km,
        vehicle.roads,
        vehicle.skills,
        vehicle.rests,
        (vehicle.lead_m, vehicle.lead_s),
        (vehicle.ends, vehicle.open_ended),
        vehicle.loading_s,
        (vehicle.reloads, vehicle.reload_s),
        (vehicle.overtime_s, vehicle.overtime_hour_cents),
        vehicle.service_percent,
    )


def classes_of(problem: Problem, among: Iterable[int]) -> list[list[int]]:
    """The vehicles `among` in classes of interchangeable ones, in order of first appearance.

    Two of a class are alike, and every visit that names one of them names the other.
    """
    named = _named(problem)
    begun = {vehicle for vehicle, _ in problem.begun}
    classes: dict[tuple[object, ...], list[int]] = {}
    for index in among:
        vehicle = problem.vehicles[index]
        names = tuple(vehicle.code in codes for codes in named)
        own = index if index in begun else None
        classes.setdefault((alike(vehicle), names, own), []).append(index)
    return list(classes.values())


def _named(problem: Problem) -> tuple[frozenset[str], ...]:
    """Every set of vehicles that a visit asks for, refuses, or is shut to."""
    sets: dict[frozenset[str], None] = {}
    for visit in problem.visits:
        for codes in (
            visit.only,
            visit.never,
            visit.usual,
            *(shut.vehicles for shut in visit.shut),
        ):
            if codes:
                sets[codes] = None
    return tuple(sets)


def pairs_of(problem: Problem) -> dict[int, int]:
    """For each visit where another one's goods come aboard, that other one."""
    return {v.source: n for n, v in enumerate(problem.visits) if v.source is not None}


def parts_of(problem: Problem) -> tuple[Part, ...]:
    """The parts of a day, largest first; visits that no vehicle could bring are in none."""
    everyone = range(len(problem.vehicles))
    reach = _Reach(problem)
    groups: list[tuple[set[int], list[int]]] = []
    for kind in classes_of(problem, everyone):
        mine = reach.of(kind[0])
        if mine:
            groups = _joined(groups, mine, kind)
    for wanted in problem.together:
        groups = _joined(groups, set(wanted), []) if _known(groups, wanted) else groups
    parts = [Part(tuple(sorted(visits)), tuple(sorted(kinds))) for visits, kinds in groups]
    return tuple(sorted(parts, key=lambda part: (-len(part.visits), part.visits)))


class _Reach:
    """Who could bring what alone; vehicles that differ by their names only are tried once.

    Where several go to one door the setup there may have been made for another one before.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem = _set_up_already(problem)
        self._nameless = replace(problem, visits=tuple(map(_without_names, problem.visits)))
        pairs = pairs_of(problem)
        self._trips = {source: (source, taker) for source, taker in pairs.items()}
        self._trips |= {taker: (source, taker) for source, taker in pairs.items()}
        self._known: dict[tuple[object, ...], set[int]] = {}

    def of(self, index: int) -> set[int]:
        """The visits that this vehicle could make, and those that it has begun with."""
        vehicle = self._problem.vehicles[index]
        mine = {v for v in self._drivable(vehicle) if self._may(vehicle, v)}
        for other, begun in self._problem.begun:
            visits = set(begun) - {RELOAD}
            mine = mine | visits if other == index else mine - visits
        return mine

    def _may(self, vehicle: VehicleDay, visit: int) -> bool:
        """Nothing that names this vehicle keeps it from the visit."""
        trip = [self._problem.visits[v] for v in self._trip(visit)]
        if not all(vehicle.may_take(wanted) for wanted in trip):
            return False
        shut = any(vehicle.code in hours.vehicles for wanted in trip for hours in wanted.shut)
        return not shut or can_alone(self._problem, vehicle, self._trip(visit))

    def _drivable(self, vehicle: VehicleDay) -> set[int]:
        key = alike(vehicle)
        if key not in self._known:
            everything = range(len(self._nameless.visits))
            self._known[key] = {
                v for v in everything if can_alone(self._nameless, vehicle, self._trip(v))
            }
        return self._known[key]

    def _trip(self, visit: int) -> tuple[int, ...]:
        return self._trips.get(visit, (visit,))


def can_alone(problem: Problem, vehicle: VehicleDay, trip: Sequence[int]) -> bool:
    """The vehicle could make these visits, one or a pair, and nothing else."""
    wanted = [problem.visits[visit] for visit in trip]
    return (
        all(vehicle.may_take(one) and one.load.fits(vehicle.capacity) for one in wanted)
        and timetable(problem, vehicle, trip) is not None
    )


def _set_up_already(problem: Problem) -> Problem:
    """The same day without setup at doors that several visits go to."""
    at_door = Counter(visit.place for visit in problem.visits)
    return replace(
        problem,
        visits=tuple(
            replace(visit, setup_s=0) if visit.setup_s and at_door[visit.place] > 1 else visit
            for visit in problem.visits
        ),
    )


def _without_names(visit: Visit) -> Visit:
    if visit.only or visit.never or visit.shut:
        return replace(visit, only=frozenset(), never=frozenset(), shut=())
    return visit


def _known(groups: Iterable[tuple[set[int], list[int]]], visits: frozenset[int]) -> bool:
    """Every one of these visits is within somebody's reach."""
    return visits <= set().union(*(group[0] for group in groups))


def _joined(
    groups: list[tuple[set[int], list[int]]], reach: set[int], kind: list[int]
) -> list[tuple[set[int], list[int]]]:
    """The groups with one more class of vehicles; those that share a visit with it become one."""
    apart = [group for group in groups if group[0].isdisjoint(reach)]
    touched = [group for group in groups if not group[0].isdisjoint(reach)]
    visits = reach.union(*(group[0] for group in touched))
    vehicles = [*kind, *(index for group in touched for index in group[1])]
    return [*apart, (visits, vehicles)]
