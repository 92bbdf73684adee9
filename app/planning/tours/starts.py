"""At which seconds a tour may have to start to cost least, whatever pauses it has."""

from collections.abc import Sequence

from app.planning.tours.itinerary import Item, Span
from app.planning.tours.problem import Pause, VehicleDay


def pauses_s(vehicle: VehicleDay, most_rests: int) -> set[int]:
    """How long all pauses before some moment may last together."""
    lengths = {rest.length_s for rest in vehicle.rests}
    sums = {0}
    if vehicle.pause is not None:
        own_s = vehicle.pause.length_s
        sums |= {own_s, *(length_s for length_s in lengths if length_s > own_s)}
    for _ in range(most_rests):
        sums |= {before_s + length_s for before_s in sums for length_s in lengths}
    return sums


def starts(items: Sequence[Item], vehicle: VehicleDay, most_rests: int) -> set[int]:
    """Every start that may be the best."""
    first = items[0]
    length_s = sum(item.travel_s + item.length_s for item in items)
    limits = {limit for limit in (vehicle.max_work_s, vehicle.most_work_s) if limit is not None}
    marks, before_s = {first.opens_s}, 0
    if vehicle.pause is not None:
        marks.add(vehicle.pause.from_s + vehicle.pause.length_s)
    hours: set[int] = set()
    for item in items:
        before_s += item.travel_s
        spans = item.spans or (Span(item.opens_s, item.closes_s, item.closes_s),)
        hours |= {hour - before_s for span in spans for hour in span}
        after_s = length_s - before_s
        hours |= {span.opens_s + after_s - most_s for span in spans for most_s in limits}
        before_s += item.length_s
    if vehicle.pause is not None:
        hours |= _own_pause_hours(items, vehicle.pause)
    sums = pauses_s(vehicle, most_rests)
    marks |= {hour - pause_s for hour in hours for pause_s in sums}
    return {start_s for start_s in marks if first.opens_s <= start_s <= first.closes_s}


def _own_pause_hours(items: Sequence[Item], pause: Pause) -> set[int]:
    """The starts at which some drive or service ends as the pause's hours begin or end."""
    hours, before_s = set(), 0
    for item in items:
        for done_s in (item.travel_s, item.length_s):
            before_s += done_s
            hours |= {pause.from_s - before_s, pause.to_s - before_s}
    return hours
