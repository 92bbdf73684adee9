"""When a vehicle makes each of its visits, and when its driver pauses.

Of all timetables that keep every window, the one with the least work time; of those, the one that
leaves earliest. A pause is due inside the tour unless it can be taken before leaving or after
coming home; it stands between two visits, never within a drive or a service.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.planning.tours.problem import FAR_S, Problem, VehicleDay


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a tour: `visit` is its index, None at the depot and in the pause."""

    visit: int | None
    place: int
    arrival_s: int
    start_s: int
    departure_s: int
    distance_m: int = 0
    drive_s: int = 0
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """A tour's steps from leaving the depot to coming home; `work_s` leaves the pause out."""

    steps: tuple[Step, ...]
    distance_m: int
    drive_s: int
    work_s: int

    @property
    def start_s(self) -> int:
        return self.steps[0].departure_s

    @property
    def end_s(self) -> int:
        return self.steps[-1].arrival_s


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that takes time: `travel_s` leads to it; it may begin from opens to closes."""

    travel_s: int
    opens_s: int
    closes_s: int
    length_s: int
    visit: int | None = None
    pause: bool = False


def timetable(problem: Problem, vehicle: VehicleDay, visits: Sequence[int]) -> Timetable | None:
    """The best timetable for these visits in this order, or None when there is none."""
    metres = _metres(problem, vehicle, visits)
    if vehicle.max_m is not None and metres > vehicle.max_m:
        return None
    items = _items(problem, vehicle, visits)
    best: tuple[tuple[int, int, int], Sequence[_Item], int] | None = None
    for option in _options(items, vehicle):
        span = _span(option)
        if span is None:
            continue
        length_s, start_s = span
        work_s = length_s - sum(item.length_s for item in option if item.pause)
        if vehicle.max_work_s is not None and work_s > vehicle.max_work_s:
            continue
        rank = (work_s, _off_centre(option, start_s, vehicle), start_s)
        if best is None or rank < best[0]:
            best = rank, option, start_s
    if best is None:
        return None
    return _written(problem, vehicle, best[1], best[2], metres)


def _metres(problem: Problem, vehicle: VehicleDay, visits: Sequence[int]) -> int:
    ways = problem.roads[vehicle.roads].distance_m
    places = [vehicle.depot, *(problem.visits[v].place for v in visits), vehicle.depot]
    return sum(int(ways[a, b]) for a, b in pairwise(places))


def _items(problem: Problem, vehicle: VehicleDay, visits: Sequence[int]) -> list[_Item]:
    ways = problem.roads[vehicle.roads].duration_s
    items = [_Item(0, vehicle.from_s, vehicle.to_s, 0)]
    here = vehicle.depot
    for index in visits:
        visit = problem.visits[index]
        travel_s = int(ways[here, visit.place])
        items.append(_Item(travel_s, visit.opens_s, visit.closes_s, visit.service_s, index))
        here = visit.place
    items.append(_Item(int(ways[here, vehicle.depot]), -FAR_S, vehicle.to_s, 0))
    return items


def _options(items: list[_Item], vehicle: VehicleDay) -> Iterator[list[_Item]]:
    """The tour without a pause where none is due, then with it in each gap that time allows."""
    pause = vehicle.pause
    if pause is None:
        yield items
        return
    away, home = items[0], items[-1]
    rested_s = max(away.opens_s, pause.from_s + pause.length_s)
    if rested_s <= away.closes_s:
        yield [_Item(0, rested_s, away.closes_s, 0), *items[1:]]
    yield [*items[:-1], _Item(home.travel_s, -FAR_S, min(home.closes_s, pause.to_s), 0)]
    earliest_s = away.opens_s
    for gap in range(len(items) - 1):
        if earliest_s > pause.to_s:
            return
        yield from _paused_in(gap, items, earliest_s, vehicle)
        after = items[gap + 1]
        earliest_s = max(earliest_s + after.travel_s, after.opens_s) + after.length_s


def _paused_in(
    gap: int, items: list[_Item], earliest_s: int, vehicle: VehicleDay
) -> Iterator[list[_Item]]:
    """The pause before the drive of this gap, and after it; the depot's ends need neither."""
    pause = vehicle.pause
    if pause is None:
        return
    after = items[gap + 1]
    if gap > 0:
        rest = _Item(0, pause.from_s, pause.to_s, pause.length_s, pause=True)
        yield [*items[: gap + 1], rest, *items[gap + 1 :]]
    if gap + 2 < len(items) and earliest_s + after.travel_s <= pause.to_s:
        rest = _Item(after.travel_s, pause.from_s, pause.to_s, pause.length_s, pause=True)
        there = _Item(0, after.opens_s, after.closes_s, after.length_s, after.visit)
        yield [*items[: gap + 1], rest, there, *items[gap + 2 :]]


def _span(items: Sequence[_Item]) -> tuple[int, int] | None:
    """The shortest time from first to last item, and the earliest start that achieves it."""
    first = items[0]
    length_s, early_s, late_s = first.length_s, first.opens_s, first.closes_s
    if early_s > late_s:
        return None
    for item in items[1:]:
        before_s = length_s + item.travel_s
        if early_s + before_s > item.closes_s or item.opens_s > item.closes_s:
            return None
        waiting_s = item.opens_s - (late_s + before_s)
        if waiting_s > 0:
            early_s = late_s
        else:
            waiting_s = 0
            early_s = max(early_s, item.opens_s - before_s)
            late_s = min(late_s, item.closes_s - before_s)
        length_s = before_s + waiting_s + item.length_s
    return length_s, early_s


def _off_centre(items: Sequence[_Item], start_s: int, vehicle: VehicleDay) -> int:
    """How far the pause starts from the middle of its hours: the nearest one is the nicest."""
    if vehicle.pause is None:
        return 0
    now_s = start_s
    for item in items[1:]:
        now_s = max(now_s + item.travel_s, item.opens_s)
        if item.pause:
            return abs(2 * now_s - vehicle.pause.from_s - vehicle.pause.to_s)
        now_s += item.length_s
    return 0


def _written(
    problem: Problem, vehicle: VehicleDay, items: Sequence[_Item], start_s: int, metres: int
) -> Timetable:
    """The steps of these items when the tour leaves at `start_s`."""
    ways = problem.roads[vehicle.roads]
    here = vehicle.depot
    steps = [Step(None, here, start_s, start_s, start_s)]
    now_s, drive_s, pause_s = start_s, 0, 0
    for number, item in enumerate(items[1:], start=1):
        there = _place(problem, vehicle, items, number, here)
        arrival_s = now_s + item.travel_s
        begin_s = max(arrival_s, item.opens_s)
        now_s = begin_s + item.length_s
        leg_m = int(ways.distance_m[here, there]) if here != there else 0
        steps.append(
            Step(item.visit, there, arrival_s, begin_s, now_s, leg_m, item.travel_s, item.pause)
        )
        drive_s += item.travel_s
        pause_s += item.length_s if item.pause else 0
        here = there
    return Timetable(tuple(steps), metres, drive_s, now_s - start_s - pause_s)


def _place(
    problem: Problem, vehicle: VehicleDay, items: Sequence[_Item], number: int, here: int
) -> int:
    """Where an item happens; a pause is where the drive before it ended."""
    item = items[number]
    if item.visit is not None:
        return problem.visits[item.visit].place
    if not item.pause:
        return vehicle.depot
    following = items[number + 1].visit
    drove_first = item.travel_s > 0 and following is not None
    return problem.visits[following].place if drove_first and following is not None else here
