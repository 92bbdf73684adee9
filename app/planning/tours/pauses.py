"""Where one pause fits best in a tour whose visits have one span each, tried in every gap.

A pause stands before or after a drive, never within one, nor within a service.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.tours import StopKind
from app.planning.tours.itinerary import Item
from app.planning.tours.problem import Pause, VehicleDay


class Choice(NamedTuple):
    """One way to drive a tour: how good it is, and the items with their pause."""

    work_s: int
    off_centre_s: int
    start_s: int
    items: list[Item]


Piece = tuple[int, int, int]
"""Some items together: how long they take at least, and the first and last start that do it."""


class _Way(NamedTuple):
    """A way to drive a tour, with its pause before or after a drive, or none inside."""

    whole: Piece
    items: list[Item]
    gap: int | None = None
    after: bool = False


def quickest(items: list[Item], vehicle: VehicleDay) -> list[Choice]:
    """The ways to drive a tour that take the least work, the nicest first.

    With the vehicle's own pause, or without where none is due.
    """
    pause = vehicle.pause
    length_s = 0 if pause is None else pause.length_s
    ways = [
        (way.whole[0] - (0 if way.gap is None else length_s), way) for way in _ways(items, vehicle)
    ]
    if not ways:
        return []
    least_s = min(work_s for work_s, _ in ways)
    if vehicle.most_work_s is not None and least_s > vehicle.most_work_s:
        return []
    found = [_chosen(least_s, way, vehicle) for work_s, way in ways if work_s == least_s]
    return sorted(found, key=lambda choice: choice[:3])


def _chosen(work_s: int, way: _Way, vehicle: VehicleDay) -> Choice:
    items, start_s = way.items, way.whole[1]
    if way.gap is None or vehicle.pause is None:
        return Choice(work_s, 0, start_s, items)
    items = _with_pause(items, vehicle.pause, way.gap, after=way.after)
    return Choice(work_s, off_centre_s(items, start_s, vehicle), start_s, items)


def _ways(items: list[Item], vehicle: VehicleDay) -> Iterator[_Way]:
    """The tour without a pause where none is due, then with it in each gap that time allows."""
    pause = vehicle.pause
    if pause is None:
        yield from _whole(items)
        return
    away, home = items[0], items[-1]
    rested_s = max(away.opens_s, pause.from_s + pause.length_s)
    if rested_s <= away.closes_s:
        yield from _whole([away._replace(opens_s=rested_s), *items[1:]])
    yield from _whole([*items[:-1], home._replace(closes_s=min(home.closes_s, pause.to_s))])
    yield from _with_pauses(items, pause)


def _whole(items: list[Item]) -> Iterator[_Way]:
    """All of these items as they are, if their hours allow it."""
    length_s, early_s, late_s = items[0].length_s, items[0].opens_s, items[0].closes_s
    if early_s > late_s:
        return
    for travel_s, opens_s, closes_s, takes_s, *_ in items[1:]:
        length_s += travel_s
        if early_s + length_s > closes_s or opens_s > closes_s:
            return
        waiting_s = opens_s - (late_s + length_s)
        if waiting_s > 0:
            early_s = late_s
            length_s += waiting_s + takes_s
            continue
        early_s = max(early_s, opens_s - length_s)
        late_s = min(late_s, closes_s - length_s)
        length_s += takes_s
    yield _Way((length_s, early_s, late_s), items)


def _with_pauses(items: list[Item], pause: Pause) -> Iterator[_Way]:
    """The pause before the drive of each gap, and after it; the depot's ends need neither."""
    rests = _tails(items)
    first_s, last_s, length_s = pause.from_s, pause.to_s, pause.length_s
    before = piece_of(items[0])
    last = len(items) - 1
    for gap, rest in enumerate(rests):
        after = items[gap + 1]
        if before is None or before[0] + before[1] > last_s:
            return
        for late in (False, True) if gap else (True,):
            if rest is None or (late and gap + 1 == last):
                continue
            way_s = after.travel_s if late else 0
            paused = then(before, way_s, length_s, first_s, last_s)
            if paused is not None:
                whole = then(paused, after.travel_s - way_s, *rest)
                if whole is not None:
                    yield _Way(whole, items, gap, after=late)
        before = then(before, after.travel_s, after[3], after[1], after[2])


def _tails(items: list[Item]) -> list[Piece | None]:
    """For each gap the items after it as one piece, None where they cannot be."""
    tail = piece_of(items[-1])
    tails = [tail]
    for number in range(len(items) - 2, 0, -1):
        item = piece_of(items[number])
        if item is not None and tail is not None:
            tail = then(item, items[number + 1].travel_s, *tail)
        else:
            tail = None
        tails.append(tail)
    return tails[::-1]


def piece_of(item: Item) -> Piece | None:
    """An item by itself; None where its hours leave it no time."""
    if item.opens_s > item.closes_s:
        return None
    return item.length_s, item.opens_s, item.closes_s


def then(
    piece: Piece | None, travel_s: int, length_s: int, opens_s: int, closes_s: int
) -> Piece | None:
    """The piece, and after a drive something more that may begin from opens to closes.

    None where there is no time for it, or no piece to begin with.
    """
    if piece is None:
        return None
    done_s, early_s, late_s = piece
    done_s += travel_s
    if early_s + done_s > closes_s or opens_s > closes_s:
        return None
    waiting_s = opens_s - (late_s + done_s)
    if waiting_s > 0:
        return done_s + waiting_s + length_s, late_s, late_s
    return done_s + length_s, max(early_s, opens_s - done_s), min(late_s, closes_s - done_s)


def _with_pause(items: list[Item], pause: Pause, gap: int, *, after: bool) -> list[Item]:
    before, following = items[gap], items[gap + 1]
    hours = pause.from_s, pause.to_s, pause.length_s
    if not after:
        return [*items[: gap + 1], rest_item(0, *hours, before.place), *items[gap + 1 :]]
    rest = rest_item(following.travel_s, *hours, following.place, following.distance_m)
    there = following._replace(travel_s=0, distance_m=0)
    return [*items[: gap + 1], rest, there, *items[gap + 2 :]]


def rest_item(
    travel_s: int, opens_s: int, closes_s: int, length_s: int, place: int, distance_m: int = 0
) -> Item:
    """A pause where the drive before it ended."""
    return Item(travel_s, opens_s, closes_s, length_s, None, StopKind.BREAK, place, distance_m)


def off_centre_s(items: Sequence[Item], start_s: int, vehicle: VehicleDay) -> int:
    """How far the pause starts from the middle of its hours: the nearest one is the nicest."""
    if vehicle.pause is None:
        return 0
    now_s = start_s + items[0].length_s
    for item in items[1:]:
        now_s = max(now_s + item.travel_s, item.opens_s)
        if item.kind is StopKind.BREAK and item.closes_s <= vehicle.pause.to_s:
            return abs(2 * now_s - vehicle.pause.from_s - vehicle.pause.to_s)
        now_s += item.length_s
    return 0
