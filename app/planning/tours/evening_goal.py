"""What a day is to be evener or clearer in, as one number to be made less."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.planning.tours.plan_shape import Spot, scattered_m
from app.planning.tours.problem import Problem
from app.planning.tours.settle import Driven


class Cluster(NamedTuple):
    """Some stops: how many, their sums east and north, and the sum of their squares."""

    stops: int = 0
    east: float = 0.0
    north: float = 0.0
    squares: float = 0.0

    def plus(self, other: "Cluster") -> "Cluster":
        """These stops and the others."""
        return Cluster(
            self.stops + other.stops,
            self.east + other.east,
            self.north + other.north,
            self.squares + other.squares,
        )

    def less(self, part: "Cluster") -> "Cluster":
        """These stops without some of them."""
        return Cluster(
            self.stops - part.stops,
            self.east - part.east,
            self.north - part.north,
            self.squares - part.squares,
        )

    @property
    def spread(self) -> float:
        """The squares of how far they lie from their middle, together."""
        if self.stops < 2:
            return 0.0
        return self.squares - (self.east**2 + self.north**2) / self.stops


def cluster_of(spots: Iterable[Spot]) -> Cluster:
    """These spots as a cluster."""
    found = Cluster()
    for x, y in spots:
        found = found.plus(Cluster(1, x, y, x * x + y * y))
    return found


@dataclass(frozen=True, slots=True)
class Goal:
    """How far tours' hours are from even, and their stops apart, in shares of what they are now.

    Hours are squared differences to `mean_s`, that of each depot's tours. `spots` are the places
    on a plane; `per_square_m` is for a rough reckoning of `per_m`.
    """

    per_square_s: float
    mean_s: Mapping[int, float]
    per_m: float
    per_square_m: float
    spots: Sequence[Spot]

    @classmethod
    def of(cls, problem: Problem, tours: Mapping[int, Driven], spots: Sequence[Spot]) -> "Goal":
        """Hours and areas weigh as much as the day may cost more for each."""
        even, compact = problem.even_percent, problem.compact_percent
        wished = max(1, even + compact)
        lines = [[spots[problem.visits[v].place] for v in tour.made] for tour in tours.values()]
        mean_s = dict(_means(problem, tours))
        uneven = sum(_squared(problem, vehicle, t, mean_s) for vehicle, t in tours.items())
        return cls(
            even / wished / max(1.0, uneven),
            mean_s,
            compact / wished / max(1.0, sum(map(scattered_m, lines))),
            compact / wished / max(1.0, sum(cluster_of(line).spread for line in lines)),
            spots,
        )

    def badness(self, problem: Problem, vehicle: int, tour: Driven) -> float:
        """What this tour adds to the number."""
        found = 0.0
        if self.per_square_s:
            found += self.per_square_s * _squared(problem, vehicle, tour, self.mean_s)
        if self.per_m:
            line = [self.spots[problem.visits[visit].place] for visit in tour.made]
            found += self.per_m * scattered_m(line)
        return found


def _squared(problem: Problem, vehicle: int, tour: Driven, mean_s: Mapping[int, float]) -> float:
    return (tour.table.work_s - mean_s[problem.vehicles[vehicle].depot]) ** 2


def _means(problem: Problem, tours: Mapping[int, Driven]) -> Iterator[tuple[int, float]]:
    """The mean work of each depot's tours: only these can give stops to each other."""
    for depot in range(len(problem.depots)):
        work_s = [t.table.work_s for v, t in tours.items() if problem.vehicles[v].depot == depot]
        yield depot, sum(work_s) / max(1, len(work_s))
