"""How notes bind a day: who may come to a door, on which days, in which hours, who knows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.knowledge import Note, binding
from app.domain.orders import ShipmentAtDoor
from app.domain.reasons import because
from app.domain.tours import Colour, Tour, Unplanned
from app.planning.tours.facts import ShutHours
from app.planning.tours.problem import Problem, Shut, Visit
from app.planning.tours.zone_access import Access, as_hours

#: Nobody is out longer than the day and the night after it.
_DAYS = 2


def with_notes(
    problem: Problem,
    doors: Iterable[ShipmentAtDoor],
    fleet: Iterable[Vehicle],
    notes: Iterable[Note],
    unknown_area_cents: int,
) -> Problem:
    """The same day with what notes say of each visit's door, and of who knows the area."""
    notes, fleet = tuple(notes), tuple(fleet)
    if not notes:
        return problem
    by_shipment = {door.shipment.code: door for door in doors}
    hours = _Hours(problem.on, problem.zone, fleet)

    def bound(visit: Visit) -> Visit:
        door = by_shipment.get(visit.shipment)
        if door is None:
            return visit
        said = hours.access(binding(notes, door))
        never, shut = visit.never | said.never, (*visit.shut, *said.shut)
        held = replace(visit, never=never, shut=shut)
        return _known(held, door, fleet, notes, unknown_area_cents)

    sources = problem.sources  # what is said of a door is not said of the node it is fetched at
    visits = enumerate(problem.visits)
    return replace(problem, visits=tuple(v if n in sources else bound(v) for n, v in visits))


def noted_hours(
    doors: Iterable[ShipmentAtDoor],
    fleet: Iterable[Vehicle],
    notes: Iterable[Note],
    on: date,
    clock: ZoneInfo,
) -> dict[str, tuple[ShutHours, ...]]:
    """The same for the judge: when notes keep vehicles from each shipment's door."""
    notes = tuple(notes)
    if not notes:
        return {}
    hours = _Hours(on, clock, tuple(fleet))
    found = {}
    for door in doors:
        said = as_hours(hours.access(binding(notes, door)), on, clock)
        if said:
            found[door.shipment.code] = said
    return found


def off_days(
    doors: Iterable[ShipmentAtDoor], notes: Iterable[Note], on: date
) -> tuple[Unplanned, ...]:
    """The shipments that a note keeps for another day of the week, with that note."""
    notes = tuple(notes)
    left = []
    for door in doors:
        note = next((n for n in binding(notes, door) if not n.holds_on(on)), None)
        if note is not None:
            days = ",".join(map(str, sorted(note.weekdays)))
            why = because("tour_off_day", note=note.code, about=note.subject, weekdays=days)
            shipment = door.shipment
            left.append(Unplanned(shipment.order, shipment.code, Colour.RED, (why,)))
    return tuple(left)


@dataclass(frozen=True, slots=True)
class NoteUse:
    """How often tours kept to a note: stops, and the days they were on."""

    stops: int = 0
    days: tuple[date, ...] = ()


def note_uses(
    notes: Iterable[Note], tours: Iterable[Tour], doors: Mapping[str, ShipmentAtDoor]
) -> dict[str, NoteUse]:
    """For each note the stops of kept tours that it was for, since the day it was written."""
    stops = [
        (tour, door)
        for tour in tours
        for stop in tour.deliveries
        if (door := doors.get(stop.shipment)) is not None
    ]
    return {note.code: _use(note, stops) for note in notes}


def _use(note: Note, stops: Sequence[tuple[Tour, ShipmentAtDoor]]) -> NoteUse:
    days = [
        tour.on
        for tour, door in stops
        if (note.written_on is None or tour.on >= note.written_on)
        and (note.of_door or tour.vehicle == note.subject)
        and note.concerns(door)
    ]
    return NoteUse(len(days), tuple(sorted(set(days))))


def _known(
    visit: Visit,
    door: ShipmentAtDoor,
    fleet: Sequence[Vehicle],
    notes: Sequence[Note],
    unknown_area_cents: int,
) -> Visit:
    """Where a note says whose driver knows the area, all who were never said to are strangers."""
    if not unknown_area_cents:
        return visit
    noted = {n.subject for n in notes if not n.of_door and n.concerns(door)}
    knowing = noted & {vehicle.code for vehicle in fleet}
    if not knowing:
        return visit
    postcode = door.address.postcode
    told = {v.code for v in fleet if v.areas and postcode.startswith(tuple(v.areas))}
    return replace(visit, usual=frozenset(knowing | told), unusual_cents=unknown_area_cents)


class _Hours:
    """Notes as vehicles that never come and hours in which none does, on one day."""

    def __init__(self, on: date, clock: ZoneInfo, fleet: Sequence[Vehicle]) -> None:
        self._on, self._fleet = on, fleet
        self._all = frozenset(vehicle.code for vehicle in fleet)
        self._clock = clock
        self._midnight = datetime.combine(on, time(), clock).astimezone(UTC)
        after = datetime.combine(on + timedelta(days=_DAYS), time(), clock)
        self._end_s = self._seconds(after)

    def access(self, notes: Iterable[Note]) -> Access:
        never: set[str] = set()
        shut: list[Shut] = []
        for note in notes:
            never |= {vehicle.code for vehicle in self._fleet if not note.lets_in(vehicle)}
            if not note.holds_on(self._on):
                never |= self._all
            if note.not_before is not None:
                shut.append(Shut(self._all, 0, self._at(note.not_before)))
            if note.not_after is not None:
                shut.append(Shut(self._all, self._at(note.not_after), self._end_s))
        return Access(frozenset(never), tuple(shut))

    def _at(self, wall_clock: time) -> int:
        return self._seconds(datetime.combine(self._on, wall_clock, self._clock))

    def _seconds(self, moment: datetime) -> int:
        return int((moment.astimezone(UTC) - self._midnight).total_seconds())
