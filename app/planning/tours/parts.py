"""Which visits and vehicles have to do with each other: a day falls into parts that do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.planning.tours.problem import Problem, VehicleDay
from app.planning.tours.timetable import timetable


@dataclass(frozen=True, slots=True)
class Part:
    """Visits that may share vehicles; planning one part never changes another."""

    visits: tuple[int, ...]
    vehicles: tuple[int, ...]


def alike(vehicle: VehicleDay) -> tuple[object, ...]:
    """Vehicles with the same answer here are interchangeable: all but their names is equal."""
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
    )


def classes_of(vehicles: Sequence[VehicleDay], among: Sequence[int]) -> list[list[int]]:
    """The vehicles `among` in classes of interchangeable ones, in order of first appearance."""
    classes: dict[tuple[object, ...], list[int]] = {}
    for index in among:
        classes.setdefault(alike(vehicles[index]), []).append(index)
    return list(classes.values())


def can_alone(problem: Problem, vehicle: VehicleDay, visit: int) -> bool:
    """The vehicle could bring this one shipment and nothing else."""
    wanted = problem.visits[visit]
    return (
        vehicle.may_take(wanted)
        and wanted.load.fits(vehicle.capacity)
        and timetable(problem, vehicle, (visit,)) is not None
    )


def parts_of(problem: Problem) -> tuple[Part, ...]:
    """The parts of a day, largest first; visits that no vehicle could bring are in none."""
    everyone = range(len(problem.vehicles))
    groups: list[tuple[set[int], list[int]]] = []
    for kind in classes_of(problem.vehicles, everyone):
        vehicle = problem.vehicles[kind[0]]
        reach = {v for v in range(len(problem.visits)) if can_alone(problem, vehicle, v)}
        if reach:
            groups = _joined(groups, reach, kind)
    parts = [Part(tuple(sorted(visits)), tuple(sorted(kinds))) for visits, kinds in groups]
    return tuple(sorted(parts, key=lambda part: (-len(part.visits), part.visits)))


def _joined(
    groups: list[tuple[set[int], list[int]]], reach: set[int], kind: list[int]
) -> list[tuple[set[int], list[int]]]:
    """The groups with one more class of vehicles; those that share a visit with it become one."""
    apart = [group for group in groups if group[0].isdisjoint(reach)]
    touched = [group for group in groups if not group[0].isdisjoint(reach)]
    visits = reach.union(*(group[0] for group in touched))
    vehicles = [*kind, *(index for group in touched for index in group[1])]
    return [*apart, (visits, vehicles)]
