"""How much a tour has to work at least with one more visit in one of its gaps, its pause included.

Where one span a visit and the vehicle's own pause are all there is to it, this is exactly what a
timetable finds, without making one: the tour before and after each gap is known as a piece.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.planning.tours.itinerary import Item, itinerary
from app.planning.tours.pauses import Piece, piece_of, then
from app.planning.tours.problem import Pause, Problem, VehicleDay


class Door(NamedTuple):
    """A visit to be put in: its ways by place, its time and its hours."""

    to_s: Sequence[int]
    from_s: Sequence[int]
    place: int
    length_s: int
    opens_s: int
    closes_s: int


class Room:
    """A tour's pieces before and after each of its gaps, with and without its pause."""

    def __init__(self, problem: Problem, day: VehicleDay, route: Sequence[int]) -> None:
        self._day = day
        items = itinerary(problem, day, route).items
        self._items = items
        self._first = len(items) - len(route) - 2
        self._open = day.open_ended
        pause = day.pause
        self._before = _heads(items)
        self._after = _tails(items)
        if pause is None:
            return
        away, home = items[0], items[-1]
        rested_s = max(away.opens_s, pause.from_s + pause.length_s)
        self._rested = _heads([away._replace(opens_s=rested_s), *items[1:]])
        closes_s = min(home.closes_s, pause.to_s)
        self._early = _tails([*items[:-1], home._replace(closes_s=closes_s)])
        self._paused_before = _paused_heads(items, self._before, pause)
        self._paused_after = _paused_tails(items, self._after, pause)

    def least_work_s(self, position: int, door: Door) -> int | None:
        """The least work with the visit there; None where there is no time for it."""
        gap = self._first + position
        pause = self._day.pause
        if pause is None:
            return min(
                self._through(gap, [self._before[gap]], door, [self._after[gap]]), default=None
            )
        without = [
            *self._through(gap, [self._rested[gap]], door, [self._after[gap]]),
            *self._through(gap, [self._before[gap]], door, [self._early[gap]]),
        ]
        with_pause = [
            *self._through(gap, self._paused_before[gap], door, [self._after[gap]]),
            *self._through(gap, [self._before[gap]], door, self._paused_after[gap]),
            *self._around(gap, door, pause),
        ]
        return min((*without, *(s - pause.length_s for s in with_pause)), default=None)

    def _ways(self, gap: int, door: Door) -> tuple[int, int]:
        """The ways to the door and on from it; none on from it where the tour ends there."""
        on = self._items[gap + 1]
        ends = self._open and gap + 2 == len(self._items)
        return door.to_s[self._items[gap].place], 0 if ends else door.from_s[on.place]

    def _through(
        self,
        gap: int,
        before: Iterable[Piece | None],
        door: Door,
        after: Iterable[Piece | None],
    ) -> Iterator[int]:
        to_s, on_s = self._ways(gap, door)
        for head in before:
            done = then(head, to_s, door.length_s, door.opens_s, door.closes_s)
            for tail in after:
                whole = None if tail is None else then(done, on_s, *tail)
                if whole is not None:
                    yield whole[0]

    def _around(self, gap: int, door: Door, pause: Pause) -> Iterator[int]:
        """With the pause next to the visit: before and after the way to it, and the way on."""
        head, tail = self._before[gap], self._after[gap]
        if head is None or tail is None:
            return
        to_s, on_s = self._ways(gap, door)
        rest = pause.length_s, pause.from_s, pause.to_s
        here = door.length_s, door.opens_s, door.closes_s
        there = then(head, to_s, *here)
        last = gap + 2 == len(self._items)
        for whole in (
            then(then(then(head, 0, *rest), to_s, *here), on_s, *tail) if gap else None,
            then(then(then(head, to_s, *rest), 0, *here), on_s, *tail),
            then(then(there, 0, *rest), on_s, *tail),
            None if last else then(then(there, on_s, *rest), 0, *tail),
        ):
            if whole is not None:
                yield whole[0]


def _heads(items: Sequence[Item]) -> list[Piece | None]:
    """Everything up to each item, as one piece."""
    head = piece_of(items[0])
    heads = [head]
    for item in items[1:-1]:
        head = then(head, item.travel_s, item.length_s, item.opens_s, item.closes_s)
        heads.append(head)
    return heads


def _tails(items: Sequence[Item]) -> list[Piece | None]:
    """Everything from the item after each one on, as one piece."""
    tail = piece_of(items[-1])
    tails = [tail]
    for number in range(len(items) - 2, 0, -1):
        item = piece_of(items[number])
        tail = None if tail is None else then(item, items[number + 1].travel_s, *tail)
        tails.append(tail)
    return tails[::-1]


def _paused_heads(
    items: Sequence[Item], heads: Sequence[Piece | None], pause: Pause
) -> list[list[Piece]]:
    """The pieces up to each item with the pause somewhere on the way."""
    rest = pause.length_s, pause.from_s, pause.to_s
    paused: list[list[Piece]] = [[]]
    for number, item in enumerate(items[1:-1], start=1):
        here = item.length_s, item.opens_s, item.closes_s
        before = heads[number - 1]
        found = [then(head, item.travel_s, *here) for head in paused[-1]]
        if number > 1:
            found.append(then(then(before, 0, *rest), item.travel_s, *here))
        found.append(then(then(before, item.travel_s, *rest), 0, *here))
        paused.append(_best(found))
    return paused


def _paused_tails(
    items: Sequence[Item], tails: Sequence[Piece | None], pause: Pause
) -> list[list[Piece]]:
    """The pieces from the item after each one on, with the pause somewhere after that item."""
    rest = pause.length_s, pause.from_s, pause.to_s
    last = len(items) - 1
    paused: list[list[Piece]] = [[]]
    for number in range(last - 1, 0, -1):
        item, way_s = piece_of(items[number]), items[number + 1].travel_s
        after = tails[number]
        found = [then(item, way_s, *tail) for tail in paused[-1]]
        if after is not None:
            found.append(then(then(item, 0, *rest), way_s, *after))
            if number + 1 < last:
                found.append(then(then(item, way_s, *rest), 0, *after))
        paused.append(_best(found))
    return paused[::-1]


def _best(pieces: Iterable[Piece | None]) -> list[Piece]:
    """The pieces that no other is as good as, whatever comes before and after."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece is None or any(_as_good(other, piece) for other in kept):
            continue
        kept = [other for other in kept if not _as_good(piece, other)]
        kept.append(piece)
    return kept


def _as_good(one: Piece, other: Piece) -> bool:
    """It takes no longer, can start as late, and be over as early."""
    return one[0] <= other[0] and one[2] >= other[2] and one[0] + one[1] <= other[0] + other[1]
