"""How much longer or shorter a tour gets by an exchange of stops, roughly.

Waiting and pauses are left out of account; whether there is time in the windows is not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from app.planning.tours.evening_goal import Cluster, Goal, cluster_of
from app.planning.tours.problem import RELOAD
from app.planning.tours.settle import Driven, Exact
from app.planning.tours.slack import hull_s


@dataclass(frozen=True, slots=True)
class Line:
    """A tour by the positions of its stops.

    `here` and `there` are the places before and after each gap, None after an open end; `until_s`
    is what is driven and served before each gap, `heads` are the stops before it. `free_s` is when
    the vehicle may leave before a gap at the earliest, `due_s` when it must be beyond it.
    """

    vehicle: int
    tour: Driven
    here: tuple[int, ...]
    there: tuple[int | None, ...]
    lengths_s: tuple[int, ...]
    free_s: tuple[int, ...]
    due_s: tuple[int, ...]
    hours_s: tuple[tuple[int, int], ...]
    until_s: tuple[int, ...]
    heads: tuple[Cluster, ...]
    seconds: Callable[[int, int], int]

    @classmethod
    def of(cls, exact: Exact, goal: Goal, vehicle: int, tour: Driven) -> "Line":
        """A tour made ready."""
        gaps, problem = exact.gaps(vehicle, tour), exact.problem
        seconds = problem.roads[problem.vehicles[vehicle].roads].duration_s.item
        here, lengths_s = gaps.here, gaps.lengths_s
        ways_s = (seconds(here[n], here[n + 1]) + lengths_s[n] for n in range(len(lengths_s)))
        stops = (
            cluster_of([] if visit == RELOAD else [goal.spots[problem.visits[visit].place]])
            for visit in tour.visits
        )
        return cls(
            vehicle,
            tour,
            here,
            gaps.there,
            lengths_s,
            gaps.free_s,
            gaps.due_s,
            tuple((0, 0) if v == RELOAD else hull_s(problem.visits[v]) for v in tour.visits),
            tuple(accumulate(ways_s, initial=0)),
            tuple(accumulate(stops, Cluster.plus, initial=Cluster())),
            seconds,
        )

    @property
    def route(self) -> tuple[int, ...]:
        return self.tour.visits

    @property
    def everything(self) -> Cluster:
        """All its stops."""
        return self.heads[-1]

    def part(self, first: int, end: int) -> Cluster:
        """The stops from one position to before another."""
        return self.heads[end].less(self.heads[first])

    def way_s(self, here: int, there: int | None) -> int:
        """Nothing where the tour ends at its last door."""
        return 0 if there is None else self.seconds(here, there)

    def inner_s(self, first: int, end: int) -> int:
        """What a row of stops takes wherever it stands: service, and the ways between them."""
        return self.until_s[end] - self.until_s[first + 1] + self.lengths_s[first]

    def saved_s(self, first: int, end: int) -> int:
        """What the tour saves without a row of stops."""
        before, last, after = self.here[first], self.here[end], self.there[end]
        gone_s = self.until_s[end] - self.until_s[first] + self.way_s(last, after)
        return gone_s - self.way_s(before, after)

    def detour_s(self, other: "Line", first: int, end: int) -> tuple[int, int] | None:
        """The shortest detour by way of a row of another tour, and in which gap; None = no time."""
        door, last = other.here[first + 1], other.here[end]
        inner_s, hours_s = other.inner_s(first, end), other.hours_s[first]
        found: tuple[int, int] | None = None
        for gap, (here, there) in enumerate(zip(self.here, self.there, strict=True)):
            to_s, on_s = self.seconds(here, door), self.way_s(last, there)
            more_s = to_s + on_s - self.way_s(here, there)
            if (found is None or more_s < found[0]) and self._in_time(
                gap, gap, to_s, inner_s, on_s, hours_s
            ):
                found = more_s, gap
        return found

    def instead_s(self, at: int, other: "Line", there_at: int) -> int | None:
        """What it works more with a stop of another tour in place of its own; None = no time."""
        before, after = self.here[at], self.there[at + 1]
        own, door = self.here[at + 1], other.here[there_at + 1]
        to_s, length_s, on_s = (
            self.seconds(before, door),
            other.lengths_s[there_at],
            self.way_s(door, after),
        )
        if not self._in_time(at, at + 1, to_s, length_s, on_s, other.hours_s[there_at]):
            return None
        shorter_s = self.seconds(before, own) + self.way_s(own, after) + self.lengths_s[at]
        return to_s + length_s + on_s - shorter_s

    def _in_time(
        self, gap: int, on: int, to_s: int, inner_s: int, on_s: int, hours_s: tuple[int, int]
    ) -> bool:
        """Whether a stop after one gap is in its hours, and what comes after another in its own."""
        opens_s, closes_s = hours_s
        start_s = max(self.free_s[gap] + to_s, opens_s)
        return start_s <= closes_s and start_s + inner_s + on_s <= self.due_s[on]

    def crossed_s(self, at: int, other: "Line", there_at: int) -> int | None:
        """What it works more when it goes on from a gap as another tour does from its own."""
        own_s = self.until_s[-1] - self.until_s[at] + self.way_s(self.here[-1], self.there[-1])
        if there_at == len(other.route):
            return self.way_s(self.here[at], self.there[-1]) - own_s
        on_s = self.seconds(self.here[at], other.here[there_at + 1])
        if self.free_s[at] + on_s > other.due_s[there_at]:
            return None
        tail_s = other.until_s[-1] - other.until_s[there_at + 1] + other.lengths_s[there_at]
        return on_s + tail_s + other.way_s(other.here[-1], other.there[-1]) - own_s
