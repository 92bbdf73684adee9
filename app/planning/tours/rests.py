"""Which timetable of a tour is the best, where several spans, rests by law or lateness are in play.

The tour is built item after item. What can still become of it depends on few figures, a label: the
earliest time now, and for the tour and for the time since each kind of rest, how long it lasts at
least and when it starts at the latest. Every label leaves some ways open, for pauses and for the
span of a visit; of two labels the one that is no better in anything is forgotten.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, Self

from app.planning.tours.itinerary import Item, Span
from app.planning.tours.pauses import off_centre_s, rest_item
from app.planning.tours.problem import FAR_S, Pause, Rest, VehicleDay


class Schedule(NamedTuple):
    """A tour's items, each with one span, its pauses among them, and when it starts.

    With `last_s` its pauses begin as late as they can while the tour still ends by then: the law
    wants them after the waiting.
    """

    items: list[Item]
    start_s: int
    last_s: int | None = None


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


class Search:
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


def best_schedule(items: Sequence[Item], vehicle: VehicleDay) -> Schedule | None:
    """The best way to drive a tour: the fewest rests by law, then the least cost, then work.

    Cost is what work, overtime and lateness amount to.
    """
    if vehicle.rests and not Search(items, replace(vehicle, rests=())).finals(0):
        return None
    for most_rests in range(_most_rests(items, vehicle) + 1):
        finals = Search(items, vehicle).finals(most_rests)
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
    rests_s = max(_pauses_s(vehicle, most_rests))
    end_s = min(one.end_s for one in ranked) - rests_s
    bounds = {
        start_s: _work_cost(vehicle, max(least_s, end_s - start_s))
        for start_s in _starts(items, vehicle, most_rests)
    }
    near_s = best.schedule.start_s
    for start_s in sorted(bounds, key=lambda s: (bounds[s], abs(s - near_s), s)):
        if bounds[start_s] > best.cost:
            break
        for final in Search(items, vehicle, start_s=start_s).finals(most_rests):
            best = min(best, _ranked(items, vehicle, final), key=_rank)
    return best


def _pauses_s(vehicle: VehicleDay, most_rests: int) -> set[int]:
    """How long all pauses before some moment may last together."""
    lengths = {rest.length_s for rest in vehicle.rests}
    sums = {0}
    if vehicle.pause is not None:
        own_s = vehicle.pause.length_s
        sums |= {own_s, *(length_s for length_s in lengths if length_s > own_s)}
    for _ in range(most_rests):
        sums |= {before_s + length_s for before_s in sums for length_s in lengths}
    return sums


def _starts(items: Sequence[Item], vehicle: VehicleDay, most_rests: int) -> set[int]:
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
    sums = _pauses_s(vehicle, most_rests)
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
