"""How much room a tour leaves in each of its gaps, when pauses are left out of account.

What is said here is never less than there is, and never cheaper than it can be: an exact timetable
decides, this says where it is worth asking for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from app.planning.tours.itinerary import Item, crew_s, itinerary
from app.planning.tours.problem import Problem, VehicleDay, Visit
from app.planning.tours.timetable import Timetable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A crew's share of setup and service is rounded up for each visit: two may change by so much.
ROUNDED_S = 2


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a tour: after gap n comes the n-th stop of its route, last of all its end.

    `free_s` is when the vehicle may leave what is before a gap at the earliest, `due_s` when it
    must begin what is after it at the latest. `there` is None where the tour ends at its last door.
    """

    here: tuple[int, ...]
    there: tuple[int | None, ...]
    free_s: tuple[int, ...]
    due_s: tuple[int, ...]
    lengths_s: tuple[int, ...]
    waiting_s: int
    late: int

    @classmethod
    def of(
        cls, problem: Problem, day: VehicleDay, route: Sequence[int], table: Timetable | None
    ) -> "Gaps":
        items = itinerary(problem, day, route).items
        first = len(items) - len(route) - 2
        there: list[int | None] = [item.place for item in items[first + 1 :]]
        if day.open_ended:
            there[-1] = None
        free_s, due_s = _earliest(items), _latest(problem, day, items)
        waiting_s = 0
        if table is not None:
            served_s = sum(item.length_s for item in items)
            waiting_s = max(0, table.work_s - table.drive_s - served_s)
        return cls(
            tuple(item.place for item in items[first:-1]),
            tuple(there),
            tuple(free_s[first:-1]),
            tuple(due_s[first + 1 :]),
            tuple(item.length_s for item in items[first + 1 : -1]),
            waiting_s,
            0 if table is None else table.late,
        )


def _earliest(items: Sequence[Item]) -> list[int]:
    """When each item can be over, at the earliest."""
    now_s = items[0].opens_s + items[0].length_s
    free = [now_s]
    for item in items[1:]:
        now_s = max(now_s + item.travel_s, item.opens_s) + item.length_s
        free.append(now_s)
    return free


def _latest(problem: Problem, day: VehicleDay, items: Sequence[Item]) -> list[int]:
    """When each item must begin, at the latest; its setup may fall to another visit."""
    exact_s = items[-1].closes_s
    due = [exact_s]
    for number in range(len(items) - 2, -1, -1):
        item = items[number]
        after_s = exact_s - items[number + 1].travel_s
        exact_s = min(item.closes_s, after_s - item.length_s)
        least_s = item.length_s
        if item.visit is not None and problem.visits[item.visit].setup_s:
            least_s = min(least_s, crew_s(day, problem.visits[item.visit].service_s))
        due.append(min(item.closes_s, after_s - least_s))
    return due[::-1]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a vehicle's ways and seconds cost at least, whatever the rounding."""

    km_cents: Decimal
    carbon: int
    hour_cents: int
    over_cents: int
    fixed_mc: int
    slack_mc: int
    steady: bool
    """More to do is never less work: no rest by law absorbs waiting, no lateness saves it."""

    @classmethod
    def of(cls, problem: Problem, day: VehicleDay) -> "Prices":
        return cls(
            day.km_cents,
            day.co2e_g_per_km * problem.carbon_cents_per_kg,
            day.hour_cents,
            day.overtime_hour_cents,
            day.fixed_cents * 1000,
            slack_mc(problem),
            not day.rests and not any(visit.late_s for visit in problem.visits),
        )

    def least_mc(self, more_m: int, work_s: int) -> int:
        """Less than what so many metres and seconds more can cost."""
        hour_cents = self.hour_cents
        if work_s < 0:
            work_s = 0 if self.steady else work_s
            hour_cents += self.over_cents
        ways = int(self.km_cents * more_m) + more_m * self.carbon // 1000
        return ways + work_s * hour_cents * 1000 // 3600 - self.slack_mc


def slack_mc(problem: Problem) -> int:
    """What rounding to whole cents and grams can amount to."""
    return 3_000 + 2 * problem.carbon_cents_per_kg


class Ways:
    """The ways to and from one door, by place."""

    __slots__ = ("from_m", "from_s", "to_m", "to_s")

    def __init__(self, problem: Problem, roads: int, place: int) -> None:
        metres, seconds = problem.roads[roads].distance_m, problem.roads[roads].duration_s
        self.to_m, self.to_s = _column(metres, place), _column(seconds, place)
        self.from_m, self.from_s = _row(metres, place), _row(seconds, place)


def _column(matrix: "NDArray[np.int32]", place: int) -> list[int]:
    found: list[int] = matrix[:, place].tolist()
    return found


def _row(matrix: "NDArray[np.int32]", place: int) -> list[int]:
    found: list[int] = matrix[place].tolist()
    return found


def hull_s(visit: Visit) -> tuple[int, int]:
    """The first and the last second at which service may start, late or not."""
    if not visit.also:
        return visit.opens_s, visit.closes_s + visit.late_s
    spans = visit.spans
    return spans[0][0], max(closes_s for _, closes_s in spans) + visit.late_s
