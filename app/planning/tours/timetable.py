"""When a vehicle makes each of its visits, and when its driver pauses.

Of all timetables that keep every limit: those with the fewest rests by law; of these the one that
costs least in work, overtime and lateness; of those the one whose pause is nearest to the middle of
its hours, then the one that leaves earliest. A vehicle's own pause is due inside the tour unless it
can be taken before leaving or after coming home; pauses stand before or after a drive, never within
a drive or a service.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.tours import StopKind
from app.planning.tours.begins import begins_of, late_cost, rested
from app.planning.tours.itinerary import Item, Itinerary, itinerary
from app.planning.tours.pauses import quickest
from app.planning.tours.problem import Problem, VehicleDay
from app.planning.tours.rests import Schedule, best_schedule


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a tour: `visit` is its index, None at the depot, in a pause and at the end."""

    visit: int | None
    place: int
    arrival_s: int
    start_s: int
    departure_s: int
    distance_m: int = 0
    drive_s: int = 0
    kind: StopKind = StopKind.DELIVERY

    @property
    def pause(self) -> bool:
        return self.kind is StopKind.BREAK


@dataclass(frozen=True, slots=True)
class Timetable:
    """A tour's steps from its begin to its end; `work_s` leaves pauses out.

    `late` is what lateness costs, in cents times seconds an hour.
    """

    steps: tuple[Step, ...]
    distance_m: int
    drive_s: int
    work_s: int
    late: int = 0

    @property
    def start_s(self) -> int:
        """When it leaves where it starts."""
        return self.steps[0].departure_s

    @property
    def end_s(self) -> int:
        return self.steps[-1].arrival_s


def timetable(problem: Problem, vehicle: VehicleDay, visits: Sequence[int]) -> Timetable | None:
    """The best timetable for these visits in this order, or None when there is none.

    `RELOAD` stands among the visits where the vehicle comes back for more goods.
    """
    plan = itinerary(problem, vehicle, visits)
    if vehicle.max_m is not None and plan.distance_m > vehicle.max_m:
        return None
    schedule = _scheduled(plan, vehicle)
    return None if schedule is None else _written(plan, schedule)


def _scheduled(plan: Itinerary, vehicle: VehicleDay) -> Schedule | None:
    """The quick way where one pause and one span a visit are all there is to it."""
    if not plan.plain:
        return best_schedule(plan.items, vehicle)
    found = quickest(plan.items, vehicle)
    for choice in found:
        if not vehicle.rests or rested(
            choice.items, begins_of(choice.items, choice.start_s), vehicle
        ):
            return Schedule(choice.items, choice.start_s)
    if not found:
        return None
    return best_schedule(plan.items, vehicle)


def _written(plan: Itinerary, schedule: Schedule) -> Timetable:
    """The steps of this schedule."""
    items = schedule.items
    begins = begins_of(items, schedule.start_s, last_s=schedule.last_s)
    steps = []
    now_s, pause_s = schedule.start_s, 0
    for item, begin_s in zip(items, begins, strict=True):
        arrival_s = now_s + item.travel_s
        now_s = begin_s + item.length_s
        steps.append(_step(item, arrival_s, begin_s))
        pause_s += item.length_s if item.pause else 0
    late = 0 if plan.plain else late_cost(plan.items, items, begins)
    work_s = now_s - schedule.start_s - pause_s
    return Timetable(tuple(steps), plan.distance_m, plan.drive_s, work_s, late)


def _step(item: Item, arrival_s: int, begin_s: int) -> Step:
    end_s = begin_s + item.length_s
    return Step(
        item.visit,
        item.place,
        arrival_s,
        begin_s,
        end_s,
        item.distance_m,
        item.travel_s,
        item.kind,
    )
