"""When each item of a tour begins once its pauses stand, how late that is, and if one rests."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.planning.tours.itinerary import Item
from app.planning.tours.problem import FAR_S, Rest, VehicleDay


def late_cost(items: Iterable[Item], made: Iterable[Item], begins: Iterable[int]) -> int:
    """What lateness costs, in cents times seconds an hour."""
    strict = {item.visit: item for item in items if item.spans}
    return sum(
        late_s(strict[item.visit], begin_s) * item.late_hour_cents
        for item, begin_s in zip(made, begins, strict=True)
        if item.visit is not None and item.visit in strict
    )


def late_s(item: Item, begin_s: int) -> int:
    """How late an item begins, after the best of its spans."""
    for span in item.spans:
        if span.opens_s <= begin_s <= span.closes_s:
            return max(0, begin_s - span.due_s)
    return 0


def begins_of(items: Sequence[Item], start_s: int, *, last_s: int | None = None) -> list[int]:
    """When each item begins: as soon as it can, with `last_s` its pauses as late as they can."""
    begins = [start_s]
    latest = [] if last_s is None else _latest(items, last_s)
    now_s = start_s + items[0].length_s
    for number, item in enumerate(items[1:], start=1):
        now_s = max(now_s + item.travel_s, item.opens_s)
        if latest and item.pause:
            now_s = max(now_s, latest[number])
        begins.append(now_s)
        now_s += item.length_s
    return begins


def _latest(items: Sequence[Item], last_s: int) -> list[int]:
    """When each item must begin so that the last one does by then."""
    due_s = last_s
    latest = [due_s]
    for item, after in reversed(list(pairwise(items))):
        due_s = min(item.closes_s, due_s - after.travel_s - item.length_s)
        latest.append(due_s)
    return latest[::-1]


def rested(items: Sequence[Item], begins: Sequence[int], vehicle: VehicleDay) -> bool:
    """Whether the driver rests as often as the law asks."""
    return all(_keeps(rest, items, begins) for rest in vehicle.rests)


def _keeps(rest: Rest, items: Sequence[Item], begins: Sequence[int]) -> bool:
    since_s, paused_s, drive_s = begins[0], 0, 0
    work_s = FAR_S if rest.work_s is None else rest.work_s
    most_s = FAR_S if rest.drive_s is None else rest.drive_s
    for item, begin_s in zip(items, begins, strict=True):
        drive_s += item.travel_s
        if drive_s > most_s:
            return False
        end_s = begin_s if item.pause else begin_s + item.length_s
        if end_s - since_s - paused_s > work_s:
            return False
        if not item.pause:
            continue
        if item.length_s >= rest.length_s:
            since_s, paused_s, drive_s = begin_s + item.length_s, 0, 0
        else:
            paused_s += item.length_s
    return True
