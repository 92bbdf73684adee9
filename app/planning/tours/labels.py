"""Every way to drive a tour that may still be the best, where pauses and spans are to be chosen.

The tour is built item after item. What can still become of it depends on few figures, a label: the
earliest time now, and for the tour and for the time since each kind of rest, how long it lasts at
least and when it starts at the latest. Every label leaves some ways open, for pauses and for the
span of a visit; of two labels the one that is no better in anything is forgotten.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from app.planning.tours.itinerary import Item
from app.planning.tours.pauses import rest_item
from app.planning.tours.problem import FAR_S, VehicleDay


class Since(NamedTuple):
    """What has passed since some moment: work at least, and when that moment is at the latest.

    The moment is reckoned on a clock that stands still in pauses.
    """

    work_s: int
    latest_s: int

    def by(self, now_s: int) -> int:
        """The least work since then if it is that late now."""
        return max(self.work_s, now_s - self.latest_s)

    def not_after(self, closes_s: int) -> Self:
        """What happens now must begin by then."""
        return self._replace(latest_s=min(self.latest_s, closes_s - self.work_s))


class Label(NamedTuple):
    """How a tour stands after some items; `made` is the item that was added to `back`."""

    now_s: int
    tour: Since
    worked: tuple[Since, ...]
    driven: tuple[int, ...]
    paused: bool
    rests: int
    late: int
    back: "Label | None"
    made: Item

    def beats(self, other: "Label") -> bool:
        """It is as good in everything."""
        return (
            self.now_s <= other.now_s
            and self.rests <= other.rests
            and self.late <= other.late
            and self.paused >= other.paused
            and self.tour.work_s <= other.tour.work_s
            and self.tour.latest_s >= other.tour.latest_s
            and all(a <= b for a, b in zip(self.driven, other.driven, strict=True))
            and all(
                a.work_s <= b.work_s and a.latest_s >= b.latest_s
                for a, b in zip(self.worked, other.worked, strict=True)
            )
        )


class LabelSearch:
    """The search for the best timetable of one tour.

    With `start_s` the tour starts then, and lateness counts with its price; without, any lateness
    that is allowed is as good as none.
    """

    def __init__(
        self, items: Sequence[Item], vehicle: VehicleDay, *, start_s: int | None = None
    ) -> None:
        self._items, self._vehicle, self._start_s = items, vehicle, start_s
        rests = vehicle.rests
        self._work = [(r.length_s, r.work_s) for r in rests if r.work_s is not None]
        self._drive = [(r.length_s, r.drive_s) for r in rests if r.drive_s is not None]
        self._lengths = sorted({rest.length_s for rest in rests})

    def finals(self, most_rests: int) -> list[Label]:
        """The ends of the tour worth having with so many rests beside the vehicle's own pause."""
        labels = _best(self._begun())
        last = len(self._items) - 1
        for number, item in enumerate(self._items[1:], start=1):
            here = self._items[number - 1].place
            if number > 1:
                labels = _best([*labels, *self._paused(labels, most_rests, here)])
            there = _best(self._driven(labels, item))
            labels = list(self._served(there, item, end=number == last))
            if number < last:
                rested = self._paused(there, most_rests, item.place, item)
                arrived = item._replace(travel_s=0, distance_m=0)
                labels += self._served(rested, arrived, end=False)
            labels = _best(labels)
            if not labels:
                return []
        return labels

    def _begun(self) -> Iterator[Label]:
        """The tour's begin: with its pause to come, or after it."""
        item, pause = self._items[0], self._vehicle.pause
        if self._start_s is not None:
            opens_s = closes_s = self._start_s
            if not item.opens_s <= opens_s <= item.closes_s:
                return
        else:
            opens_s, closes_s = item.opens_s, item.closes_s
        if opens_s <= closes_s:
            yield self._first(item, opens_s, closes_s, paused=pause is None)
        if pause is not None:
            rested_s = max(opens_s, pause.from_s + pause.length_s)
            if rested_s <= closes_s:
                yield self._first(item, rested_s, closes_s, paused=True)

    def _first(self, item: Item, opens_s: int, closes_s: int, *, paused: bool) -> Label:
        since = Since(item.length_s, closes_s)
        return Label(
            opens_s + item.length_s,
            since,
            (since,) * len(self._work),
            (0,) * len(self._drive),
            paused,
            0,
            0,
            None,
            item._replace(opens_s=opens_s, closes_s=closes_s),
        )

    def _paused(
        self, labels: Iterable[Label], most_rests: int, place: int, way: Item | None = None
    ) -> list[Label]:
        """Each label with each pause that may be taken here, after this way where one led here."""
        found = []
        for label in labels:
            for item, own in self._pauses(label, most_rests, place, way):
                taken = self._resting(label, item, own=own)
                if taken is not None:
                    found.append(taken)
        return found

    def _pauses(
        self, label: Label, most_rests: int, place: int, way: Item | None
    ) -> Iterator[tuple[Item, bool]]:
        """The pauses that may begin now: the vehicle's own, longer where a rest asks it; rests."""
        travel_s, metres = (way.travel_s, way.distance_m) if way is not None else (0, 0)
        pause = self._vehicle.pause
        if pause is not None and not label.paused and label.now_s <= pause.to_s:
            longer = [length_s for length_s in self._lengths if length_s > pause.length_s]
            for length_s in (pause.length_s, *longer):
                hours = pause.from_s, pause.to_s
                yield rest_item(travel_s, *hours, length_s, place, metres), True
        if label.rests < most_rests:
            for length_s in self._lengths:
                hours = -FAR_S, self._vehicle.to_s
                yield rest_item(travel_s, *hours, length_s, place, metres), False

    def _resting(self, label: Label, item: Item, *, own: bool) -> Label | None:
        """The label after a pause: what it ends begins anew, on all else the clock stands still."""
        begin_s = max(label.now_s, item.opens_s)
        closes_s = item.closes_s
        for (length_s, limit_s), since in zip(self._work, label.worked, strict=True):
            if length_s <= item.length_s:
                if since.by(begin_s) > limit_s:
                    return None
                closes_s = min(closes_s, since.latest_s + limit_s)
        if begin_s > closes_s:
            return None

        def after(since: Since) -> Since:
            held = since.not_after(closes_s)
            return Since(held.work_s, held.latest_s + item.length_s)

        anew = Since(0, closes_s + item.length_s)
        worked = tuple(
            anew if length_s <= item.length_s else after(since)
            for (length_s, _), since in zip(self._work, label.worked, strict=True)
        )
        driven = tuple(
            0 if length_s <= item.length_s else drive_s
            for (length_s, _), drive_s in zip(self._drive, label.driven, strict=True)
        )
        return Label(
            begin_s + item.length_s,
            after(label.tour),
            worked,
            driven,
            label.paused or own,
            label.rests + (not own),
            label.late,
            label,
            item._replace(closes_s=closes_s),
        )

    def _driven(self, labels: Iterable[Label], item: Item) -> Iterator[Label]:
        """The labels after the way to an item; `made` stays what it was."""
        way_s = item.travel_s
        for label in labels:
            driven = tuple(drive_s + way_s for drive_s in label.driven)
            if any(d > limit for d, (_, limit) in zip(driven, self._drive, strict=True)):
                continue
            yield label._replace(
                now_s=label.now_s + way_s,
                tour=Since(label.tour.work_s + way_s, label.tour.latest_s),
                worked=tuple(Since(s.work_s + way_s, s.latest_s) for s in label.worked),
                driven=driven,
            )

    def _served(self, labels: Iterable[Label], item: Item, *, end: bool) -> Iterator[Label]:
        """The labels after an item, in each of its spans that is not over."""
        for label in labels:
            for span in item.spans or ((item.opens_s, item.closes_s, FAR_S),):
                opens_s, closes_s, due_s = span
                if end and not label.paused and self._vehicle.pause is not None:
                    closes_s = min(closes_s, self._vehicle.pause.to_s)
                begin_s = max(label.now_s, opens_s)
                if begin_s > closes_s:
                    continue
                late = label.late
                if self._start_s is not None and begin_s > due_s:
                    late += (begin_s - due_s) * item.late_hour_cents
                one = self._begin_within(label, item, (begin_s, opens_s, closes_s), late)
                if one is not None:
                    yield one

    def _begin_within(
        self, label: Label, item: Item, hours: tuple[int, int, int], late: int
    ) -> Label | None:
        """The label after an item that begins then, and could from opens to closes."""
        begin_s, opens_s, closes_s = hours
        now_s = begin_s + item.length_s

        def after(since: Since) -> Since:
            held = since.not_after(closes_s)
            return Since(held.work_s + item.length_s, held.latest_s)

        tour = after(label.tour)
        most_s = self._vehicle.most_work_s
        if most_s is not None and tour.by(now_s) > most_s:
            return None
        worked = tuple(map(after, label.worked))
        for since, (_, limit_s) in zip(worked, self._work, strict=True):
            if since.by(now_s) > limit_s:
                return None
        made = item._replace(opens_s=opens_s, closes_s=closes_s, spans=())
        return Label(
            now_s, tour, worked, label.driven, label.paused, label.rests, late, label, made
        )


def _best(labels: Iterable[Label]) -> list[Label]:
    """The labels that none of the others beats."""
    kept: list[Label] = []
    for label in labels:
        if any(other.beats(label) for other in kept):
            continue
        kept = [other for other in kept if not label.beats(other)]
        kept.append(label)
    return kept
