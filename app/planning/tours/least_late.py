"""When a tour makes its visits that cannot keep all its limits: as little late as the roads allow.

The limits of distance and work give way first, for they move no visit; then windows and the end of
the shift, each by no more than leaving at once would need; the pause goes last.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.planning.tours.problem import FAR_S, Problem, VehicleDay, Visit
from app.planning.tours.timetable import Step, Timetable, timetable


def least_late(problem: Problem, vehicle: VehicleDay, visits: Sequence[int]) -> Timetable | None:
    """A timetable over these visits in this order, or None where even time without end is none."""
    day = replace(vehicle, max_m=None, max_work_s=None)
    whole = timetable(problem, day, visits)
    if whole is not None:
        return whole
    paused = _widened(problem, day, visits)
    return paused or _widened(problem, replace(day, pause=None, rests=()), visits)


def _widened(problem: Problem, day: VehicleDay, visits: Sequence[int]) -> Timetable | None:
    """The best timetable when each limit is as wide as leaving at once needs it to be."""
    endless = _with(problem, {v: replace(problem.visits[v], closes_s=FAR_S) for v in set(visits)})
    sketch = timetable(endless, replace(day, to_s=FAR_S), visits)
    if sketch is None:
        return None
    starts, home_s = _at_once(problem, day, sketch.steps)
    wider = {
        visit: replaced
        for visit, start_s in starts.items()
        if (replaced := _open_until(problem.visits[visit], start_s)) is not None
    }
    longer = replace(day, to_s=max(day.to_s, home_s))
    return timetable(_with(problem, wider), longer, visits) or sketch


def _at_once(
    problem: Problem, day: VehicleDay, steps: Sequence[Step]
) -> tuple[dict[int, int], int]:
    """When each visit starts, and when the tour ends, if nothing ever waits but for a window."""
    starts: dict[int, int] = {}
    first = steps[0]
    now_s = day.from_s + first.departure_s - first.arrival_s
    now_s = max([now_s, *(problem.visits[s.visit].ready_s for s in steps if s.visit is not None)])
    for step in steps[1:]:
        now_s += step.drive_s
        if step.visit is not None:
            now_s = starts[step.visit] = _next_start(problem.visits[step.visit], now_s)
        elif step.pause and day.pause is not None:
            now_s = max(now_s, day.pause.from_s)
        now_s += step.departure_s - step.start_s
    return starts, now_s


def _next_start(visit: Visit, arrival_s: int) -> int:
    """When service starts for who arrives then: on time if it can be, else at once."""
    for opens_s, closes_s in visit.spans:
        if arrival_s <= closes_s:
            return max(arrival_s, opens_s)
    return arrival_s


def _open_until(visit: Visit, start_s: int) -> Visit | None:
    """The visit with its last span long enough for this start, None where it is in time."""
    opens_s, closes_s = visit.spans[-1]
    if start_s <= closes_s:
        return None
    return replace(visit, opens_s=opens_s, closes_s=start_s, also=())


def _with(problem: Problem, changed: dict[int, Visit]) -> Problem:
    """The problem with some of its visits changed."""
    visits = list(problem.visits)
    for index, visit in changed.items():
        visits[index] = visit
    return replace(problem, visits=tuple(visits))
