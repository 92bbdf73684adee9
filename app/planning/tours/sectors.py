"""How a large part of a day is cut into sectors that are searched by themselves.

A sector grows from one tour by those that have most neighbours in it: doors near each other in way
and in time. Each round grows them from elsewhere, so that what was a border lies inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from app.planning.tours.model import Model
from app.planning.tours.parts import Part, classes_of
from app.planning.tours.problem import RELOAD, Problem, Routes

#: From so many visits on a part is cut.
CUT_FROM = 350
#: About so many visits make a sector, and at least so many tours.
SECTOR, SECTOR_TOURS = 160, 5
#: The doors that count as a door's neighbours.
NEIGHBOURS = 20


@dataclass(frozen=True, slots=True)
class Sector:
    """Some visits with the vehicles that may serve them, and the tours they have now."""

    part: Part
    routes: Routes


class Ground:
    """Which visits of a part lie near each other; the model of the whole part knows."""

    def __init__(self, model: Model) -> None:
        self.pieces = [piece.made for piece in model.pieces]
        self._piece = {visit: n for n, piece in enumerate(self.pieces) for visit in piece}
        self._near = [model.near(n)[:NEIGHBOURS] for n in range(len(self.pieces))]

    def ties(self, routes: Routes) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
        """How many neighbours any two tours have in each other."""
        tour_of = self.tours_of(routes)
        ties = np.zeros((len(routes), len(routes)), dtype=np.int64)
        for piece, tour in tour_of.items():
            for other in self._near[piece]:
                if tour_of.get(other, tour) != tour:
                    ties[tour, tour_of[other]] += 1
        return ties + ties.T

    def tours_of(self, routes: Routes) -> dict[int, int]:
        """The tour, by its place among these, of each piece that has one."""
        return {
            self._piece[visit]: number
            for number, (_, visits) in enumerate(routes)
            for visit in visits
            if visit != RELOAD
        }

    def nearest(self, piece: int, sector_of: dict[int, int], sectors: int) -> int:
        """The sector in which a piece has most neighbours."""
        counts = [0] * sectors
        for other in self._near[piece]:
            if other in sector_of:
                counts[sector_of[other]] += 1
        return counts.index(max(counts))


def sectors_of(
    problem: Problem, part: Part, routes: Routes, ground: Ground, chance: Random
) -> list[Sector]:
    """The sectors of a part with these tours, an even number of like size."""
    routes = (*routes, *_begun(problem, part, routes))
    groups = _grown(routes, ground.ties(routes), _wanted(part, routes), chance)
    dealt = _dealt(problem, part, routes, len(groups))
    strays = _strays(routes, ground, groups)
    return [
        _sector([routes[tour] for tour in sorted(tours)], idle, left)
        for tours, idle, left in zip(groups, dealt, strays, strict=True)
    ]


def _begun(problem: Problem, part: Part, routes: Routes) -> Routes:
    """Tours under way that are not among these: vehicle and visits must stay together."""
    busy = {vehicle for vehicle, _ in routes}
    return tuple(
        (vehicle, visits)
        for vehicle, visits in problem.begun
        if vehicle in part.vehicles and vehicle not in busy and set(visits) - {RELOAD}
    )


def _wanted(part: Part, routes: Routes) -> int:
    """So many sectors, an even number so that two processes share them; each has a tour."""
    if len(routes) < 2:
        return 1
    by_visits = round(len(part.visits) / (2 * SECTOR))
    by_tours = len(routes) // (2 * SECTOR_TOURS)
    return 2 * max(1, min(by_visits, by_tours))


def _sector(
    tours: Sequence[tuple[int, tuple[int, ...]]], idle: list[int], left: list[int]
) -> Sector:
    toured = (visit for _, visits in tours for visit in visits if visit != RELOAD)
    vehicles = (*idle, *(vehicle for vehicle, _ in tours))
    return Sector(Part(tuple(sorted((*left, *toured))), tuple(sorted(vehicles))), tuple(tours))


def _grown(
    routes: Routes,
    ties: "np.ndarray[tuple[int, int], np.dtype[np.int64]]",
    wanted: int,
    chance: Random,
) -> list[list[int]]:
    """Tours in groups of like size, each of tours that lie near each other."""
    sizes = np.array([max(1, len(visits)) for _, visits in routes])
    free = list(range(len(routes)))
    groups: list[list[int]] = []
    while len(groups) < wanted:
        room = sizes[free].sum() / (wanted - len(groups))
        group: list[int] = []
        filled = 0.0
        while free and (filled < room or len(groups) == wanted - 1):
            tour = _next(group, free, ties, sizes, chance, first=not groups)
            if group and len(groups) < wanted - 1 and filled + sizes[tour] / 2 > room:
                break
            free.remove(tour)
            group.append(tour)
            filled += sizes[tour]
        groups.append(group)
    return groups


def _next(
    group: list[int],
    free: list[int],
    ties: "np.ndarray[tuple[int, int], np.dtype[np.int64]]",
    sizes: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    chance: Random,
    *,
    first: bool,
) -> int:
    """The free tour most tied to the group; a new group begins where least is tied to the rest."""
    if group:
        tied = ties[np.ix_(free, group)].sum(axis=1) / sizes[free]
        return free[int(tied.argmax())]
    if first:
        return chance.choice(free)
    rest = ties[np.ix_(free, free)].sum(axis=1) / sizes[free]
    return free[int(rest.argmin())]


def _dealt(problem: Problem, part: Part, routes: Routes, sectors: int) -> list[list[int]]:
    """The idle vehicles of each kind, dealt out to the sectors in turn."""
    busy = {vehicle for vehicle, _ in routes}
    dealt: list[list[int]] = [[] for _ in range(sectors)]
    for kind in classes_of(problem, [v for v in part.vehicles if v not in busy]):
        for number, vehicle in enumerate(kind):
            dealt[number % sectors].append(vehicle)
    return dealt


def _strays(routes: Routes, ground: Ground, groups: list[list[int]]) -> list[list[int]]:
    """The visits that nobody tours, each with the sector where it has most neighbours."""
    group_of = {tour: number for number, tours in enumerate(groups) for tour in tours}
    sector_of = {piece: group_of[tour] for piece, tour in ground.tours_of(routes).items()}
    strays: list[list[int]] = [[] for _ in groups]
    for number, visits in enumerate(ground.pieces):
        if number not in sector_of:
            strays[ground.nearest(number, sector_of, len(groups))].extend(visits)
    return strays
