"""What a tour does, one thing after the other, before any clock: ways, doors, and when each may be.

Loading, reloads and the way home are such things too; pauses are not: they find their place later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.tours import StopKind
from app.planning.tours.problem import FAR_S, RELOAD, Problem, VehicleDay, Visit


class Span(NamedTuple):
    """Service may start from `opens_s` to `closes_s`; after `due_s` it is late."""

    opens_s: int
    closes_s: int
    due_s: int


class Item(NamedTuple):
    """Something that takes time: `travel_s` leads to it; it may begin from opens to closes.

    `spans` say it more exactly where one span is not all, or being late has a price.
    """

    travel_s: int
    opens_s: int
    closes_s: int
    length_s: int
    visit: int | None = None
    kind: StopKind = StopKind.DELIVERY
    place: int = 0
    distance_m: int = 0
    spans: tuple[Span, ...] = ()
    late_hour_cents: int = 0

    @property
    def pause(self) -> bool:
        return self.kind is StopKind.BREAK


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A tour's items from its begin to its end."""

    items: list[Item]
    distance_m: int
    drive_s: int

    @property
    def plain(self) -> bool:
        """One span says all about each visit, and none may be late."""
        return not any(item.spans for item in self.items)


def itinerary(problem: Problem, vehicle: VehicleDay, route: Sequence[int]) -> Itinerary:
    """The items of a tour over these visits, with `RELOAD` between trips."""
    return _Writer(problem, vehicle, route).itinerary()


def ends_at(problem: Problem, vehicle: VehicleDay, route: Sequence[int]) -> int:
    """The place where a tour over these visits ends."""
    if vehicle.open_ended and route:
        last = route[-1]
        return vehicle.depot if last == RELOAD else problem.visits[last].place
    return vehicle.depot if vehicle.ends is None else vehicle.ends


def crew_s(vehicle: VehicleDay, usual_s: int) -> int:
    """What this vehicle's crew needs for work that usually takes so long."""
    if vehicle.service_percent == 100:
        return usual_s
    return -(-usual_s * vehicle.service_percent // 100)


class _Writer:
    """Writes the items of one tour down."""

    def __init__(self, problem: Problem, vehicle: VehicleDay, route: Sequence[int]) -> None:
        self._problem, self._vehicle, self._route = problem, vehicle, route
        roads = problem.roads[vehicle.roads]
        self._metres, self._seconds = roads.distance_m.item, roads.duration_s.item
        self._items: list[Item] = []
        self._distance_m = self._drive_s = 0

    def itinerary(self) -> Itinerary:
        self._begin()
        for number, visit in enumerate(self._route):
            if visit == RELOAD:
                self._reload(number + 1)
            else:
                self._visit(number, self._problem.visits[visit])
        day = self._vehicle
        home = ends_at(self._problem, day, self._route)
        self._add(StopKind.RETURN, home, -FAR_S, day.to_s, 0)
        return Itinerary(self._items, self._distance_m, self._drive_s)

    def _begin(self) -> None:
        day = self._vehicle
        loaded_s = self._ready_s(0) - day.loading_s
        if not day.starts_elsewhere:
            opens_s = max(day.from_s, loaded_s)
            begin = Item(0, opens_s, day.to_s, day.loading_s, None, StopKind.DEPART, day.depot)
            self._items.append(begin)
            return
        start = day.depot if day.starts is None else day.starts
        self._items.append(Item(0, day.from_s, day.to_s, 0, None, StopKind.DEPART, start))
        load = Item(
            day.lead_s,
            loaded_s,
            day.to_s,
            day.loading_s,
            None,
            StopKind.LOAD,
            day.depot,
            day.lead_m,
        )
        self._items.append(load)
        self._distance_m += day.lead_m
        self._drive_s += day.lead_s

    def _ready_s(self, start: int) -> int:
        """When the goods of the trip that starts there are all ready."""
        ready_s = -FAR_S
        for visit in self._route[start:]:
            if visit == RELOAD:
                break
            wanted = self._problem.visits[visit]
            if wanted.ready_s > ready_s and wanted.from_depot:
                ready_s = wanted.ready_s
        return ready_s

    def _reload(self, start: int) -> None:
        day = self._vehicle
        opens_s = self._ready_s(start) - day.reload_s
        self._add(StopKind.RELOAD, day.depot, opens_s, day.to_s, day.reload_s)

    def _visit(self, number: int, visit: Visit) -> None:
        kind = StopKind.PICKUP if visit.collect else StopKind.DELIVERY
        length_s = crew_s(self._vehicle, self._setup_s(number, visit) + visit.service_s)
        index = self._route[number]
        if not (visit.also or visit.shut or visit.late_s):
            opens_s, closes_s = visit.opens_s, visit.closes_s
            self._add(kind, visit.place, opens_s, closes_s, length_s, index)
            return
        spans = spans_of(visit, self._vehicle.code, length_s)
        if not spans:
            self._add(kind, visit.place, FAR_S, -FAR_S, length_s, index)  # never
            return
        opens_s, closes_s = spans[0].opens_s, max(span.closes_s for span in spans)
        if len(spans) == 1 and spans[0].due_s >= closes_s:
            spans = ()
        late = visit.late_hour_cents
        self._add(kind, visit.place, opens_s, closes_s, length_s, index, spans, late)

    def _setup_s(self, number: int, visit: Visit) -> int:
        """The longest setup of those visits at one place that begin with this one."""
        route, visits = self._route, self._problem.visits
        before = route[number - 1] if number else RELOAD
        if before != RELOAD and visits[before].place == visit.place:
            return 0
        longest_s = visit.setup_s
        for other in route[number + 1 :]:
            if other == RELOAD or visits[other].place != visit.place:
                break
            longest_s = max(longest_s, visits[other].setup_s)
        return longest_s

    def _add(
        self,
        kind: StopKind,
        place: int,
        opens_s: int,
        closes_s: int,
        length_s: int,
        visit: int | None = None,
        spans: tuple[Span, ...] = (),
        late_hour_cents: int = 0,
    ) -> None:
        here = self._items[-1].place
        travel_s, metres = self._seconds(here, place), self._metres(here, place)
        self._items.append(
            Item(
                travel_s,
                opens_s,
                closes_s,
                length_s,
                visit,
                kind,
                place,
                metres,
                spans,
                late_hour_cents,
            )
        )
        self._distance_m += metres
        self._drive_s += travel_s


def spans_of(visit: Visit, vehicle: str, length_s: int) -> tuple[Span, ...]:
    """When service of this length may start for this vehicle, in order of time."""
    on_time = _united(visit.spans)
    found = []
    for number, (opens_s, due_s) in enumerate(on_time):
        closes_s = due_s + visit.late_s
        if number + 1 < len(on_time):  # from there on it is on time again
            closes_s = min(closes_s, on_time[number + 1][0] - 1)
        found.append(Span(opens_s, closes_s, due_s))
    for shut in visit.shut:
        if vehicle in shut.vehicles:
            hours = shut.from_s - length_s, shut.to_s
            found = [left for span in found for left in _outside(span, *hours)]
    return tuple(found)


def _united(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same seconds in spans that neither meet nor overlap."""
    united: list[tuple[int, int]] = []
    for opens_s, closes_s in spans:
        if opens_s > closes_s:
            continue
        if united and opens_s <= united[-1][1] + 1:
            united[-1] = united[-1][0], max(united[-1][1], closes_s)
        else:
            united.append((opens_s, closes_s))
    return united


def _outside(span: Span, last_s: int, first_s: int) -> list[Span]:
    """What is left of a span up to `last_s` and from `first_s` on."""
    before = span._replace(closes_s=min(span.closes_s, last_s))
    after = span._replace(opens_s=max(span.opens_s, first_s))
    return [left for left in (before, after) if left.opens_s <= left.closes_s]
