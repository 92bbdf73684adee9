"""Which timetable of a tour is the best, where several spans, rests by law or lateness are in play.

Of all ways that may still be the best, the one with the fewest rests by law, and of those the one
that costs least.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.planning.tours.begins import begins_of, late_cost, rested
from app.planning.tours.itinerary import Item
from app.planning.tours.labels import Label, LabelSearch
from app.planning.tours.pauses import off_centre_s
from app.planning.tours.problem import VehicleDay
from app.planning.tours.starts import pauses_s, starts


class Schedule(NamedTuple):
    """A tour's items, each with one span, its pauses among them, and when it starts.

    With `last_s` its pauses begin as late as they can while the tour still ends by then: the law
    wants them after the waiting.
    """

    items: list[Item]
    start_s: int
    last_s: int | None = None


def best_schedule(items: Sequence[Item], vehicle: VehicleDay) -> Schedule | None:
    """The best way to drive a tour: the fewest rests by law, then the least cost, then work.

    Cost is what work, overtime and lateness amount to.
    """
    if vehicle.rests and not LabelSearch(items, replace(vehicle, rests=())).finals(0):
        return None
    for most_rests in range(_most_rests(items, vehicle) + 1):
        finals = LabelSearch(items, vehicle).finals(most_rests)
        if finals:
            break
    else:
        return None
    ranked = [_ranked(items, vehicle, final) for final in finals]
    quickest = min(ranked, key=lambda one: (one.work_s, one.late, *_rank(one)))
    if not quickest.late:
        return quickest.schedule
    return _cheapest(items, vehicle, most_rests, ranked).schedule


class _Ranked(NamedTuple):
    """A schedule and what it costs, in cents times seconds an hour."""

    cost: int
    work_s: int
    off_centre_s: int
    late: int
    end_s: int
    schedule: Schedule


def _rank(one: _Ranked) -> tuple[int, int, int, int]:
    return one.cost, one.work_s, one.off_centre_s, one.schedule.start_s


def _ranked(items: Sequence[Item], vehicle: VehicleDay, final: Label) -> _Ranked:
    """The tour that ends with this label, as early as it can."""
    made = [final.made]
    label = final.back
    while label is not None:
        made.append(label.made)
        label = label.back
    made.reverse()
    work_s = final.tour.by(final.now_s)
    rest_s = sum(item.length_s for item in made if item.pause)
    start_s = final.now_s - work_s - rest_s
    schedule = Schedule(made, start_s)
    begins = begins_of(made, start_s)
    if not rested(made, begins, vehicle):
        schedule = schedule._replace(last_s=final.now_s)
        begins = begins_of(made, start_s, last_s=final.now_s)
    late = late_cost(items, made, begins)
    off_s = off_centre_s(made, start_s, vehicle)
    cost = _work_cost(vehicle, work_s) + late
    return _Ranked(cost, work_s, off_s, late, final.now_s, schedule)


def _work_cost(vehicle: VehicleDay, work_s: int) -> int:
    most_s = vehicle.max_work_s
    over_s = 0 if most_s is None else max(0, work_s - most_s)
    return work_s * vehicle.hour_cents + over_s * vehicle.overtime_hour_cents


def _most_rests(items: Sequence[Item], vehicle: VehicleDay) -> int:
    """More rests than these are never needed: without any of them some limit is broken."""
    span_s = max(0, vehicle.to_s - vehicle.from_s)
    if vehicle.most_work_s is not None:
        span_s = min(span_s, vehicle.most_work_s)
    drive_s = sum(item.travel_s for item in items)
    most = 0
    for rest in vehicle.rests:
        if rest.work_s is not None:
            most += 1 + 2 * (span_s // max(1, rest.work_s))
        if rest.drive_s is not None:
            most += 1 + 2 * (drive_s // max(1, rest.drive_s))
    return min(most, 2 * len(items))


def _cheapest(
    items: Sequence[Item], vehicle: VehicleDay, most_rests: int, ranked: Sequence[_Ranked]
) -> _Ranked:
    """The best of all starts at which something is just on time, or just lasts as long as it may.

    Between two such starts the cost grows or falls evenly.
    """
    best = min(ranked, key=_rank)
    least_s = min(one.work_s for one in ranked)
    rests_s = max(pauses_s(vehicle, most_rests))
    end_s = min(one.end_s for one in ranked) - rests_s
    bounds = {
        start_s: _work_cost(vehicle, max(least_s, end_s - start_s))
        for start_s in starts(items, vehicle, most_rests)
    }
    near_s = best.schedule.start_s
    for start_s in sorted(bounds, key=lambda s: (bounds[s], abs(s - near_s), s)):
        if bounds[start_s] > best.cost:
            break
        for final in LabelSearch(items, vehicle, start_s=start_s).finals(most_rests):
            best = min(best, _ranked(items, vehicle, final), key=_rank)
    return best
