"""Which of the things laid down cannot all hold: the smallest set, however many there are.

A set of locks can hold when everything that it wants on tours finds a vehicle: its own depot,
skills, room and hours, the company that is asked for, and the agreed times one after the other.
Shipments that a lock only keeps away from something need not ride at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.locks import LockKind, TourLock
from app.domain.orders import Shipment, ShipmentAtDoor
from app.domain.travel import profile_of
from app.domain.values import Load
from app.planning.tours.day import UNSKILLED
from app.planning.tours.fetching import Fetch
from app.planning.tours.vehicle_day import shift_of
from app.ports import TravelTimes

#: Beyond so many attempts nothing is proven, and nothing is said.
MOST_TRIED = 20_000
#: Of more locks not all pairs are looked at.
MOST_PAIRED = 100
_NOBODY: frozenset[str] = frozenset()
#: What makes a shipment ride at all.
_WANTS = (LockKind.VEHICLE, LockKind.AT, LockKind.TOGETHER, LockKind.FIRST)


@dataclass(frozen=True)
class Day:
    """What locks are laid down for; `zones` are the clocks of the vehicles' depots.

    `fetch` says which goods a vehicle of another depot takes over at their node.
    """

    on: date
    doors: Mapping[str, ShipmentAtDoor]
    vehicles: tuple[Vehicle, ...]
    zones: Mapping[str, ZoneInfo]
    travel: TravelTimes
    fetch: Fetch = field(default_factory=Fetch)
    _ways: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @cached_property
    def fleet(self) -> tuple[Vehicle, ...]:
        """Vehicles that can leave that day, by code."""
        there = (v for v in self.vehicles if v.active and v.depot in self.zones)
        return tuple(sorted(there, key=lambda vehicle: vehicle.code))

    def may_bring(self, vehicle: Vehicle, shipment: Shipment) -> bool:
        """Whether its goods lie where the vehicle starts, or are fetched by it."""
        if shipment.node == vehicle.depot:
            return True
        return vehicle.depot in self.fetch.may_start_from(shipment, (vehicle.depot,))

    def drive_s(self, vehicle: Vehicle, origin: str, target: str) -> int:
        """The way between two doors."""
        profile = profile_of(vehicle)
        key = (profile.value, origin, target)
        if key not in self._ways:
            here, there = self.doors[origin], self.doors[target]
            points = [door.place.point for door in (here, there) if door.place is not None]
            near = len(points) < 2 or here.door == there.door
            matrix = None if near else self.travel.matrix(points, profile)
            self._ways[key] = 0 if matrix is None else int(matrix.duration_s[0, 1])
        return self._ways[key]


def smallest_contradiction(locks: Sequence[TourLock], day: Day) -> tuple[TourLock, ...]:
    """The fewest locks that cannot all hold, empty when all can."""
    if can_hold(locks, day):
        return ()
    found = _explained((), locks, day, tried=False)
    for size in range(1, min(len(found), 3)):
        for few in _few(locks, size):
            if not can_hold(few, day):
                return few
    return found


def _few(locks: Sequence[TourLock], size: int) -> Iterator[tuple[TourLock, ...]]:
    """Sets of so many; of many locks only those with a shipment or a vehicle in common."""
    for few in combinations(locks, size):
        if size == 1 or len(locks) <= MOST_PAIRED or _meet(*few):
            yield few


def _meet(lock: TourLock, other: TourLock) -> bool:
    same_vehicle = bool(lock.vehicle) and lock.vehicle == other.vehicle
    return same_vehicle or not set(lock.shipments).isdisjoint(other.shipments)


def _explained(
    given: Sequence[TourLock], locks: Sequence[TourLock], day: Day, *, tried: bool
) -> tuple[TourLock, ...]:
    """Locks that contradict beside those given, and of which none can be spared.

    By halves (Junker's QuickXplain), so that few of a thousand are found in few attempts. `tried` =
    those given may contradict already.
    """
    if tried and not can_hold(given, day):
        return ()
    if len(locks) <= 1:
        return tuple(locks)
    half = len(locks) // 2
    first, second = locks[:half], locks[half:]
    late = _explained((*given, *first), second, day, tried=bool(first))
    early = _explained((*given, *late), first, day, tried=bool(late))
    return (*early, *late)


def can_hold(locks: Iterable[TourLock], day: Day) -> bool:
    """Whether everything that the locks want on tours finds its vehicle."""
    held = [lock for lock in locks if lock.on == day.on]
    return _Seating(held, day).works()


@dataclass(frozen=True)
class _Party:
    """Shipments that ride together, with the vehicles that may take them all."""

    shipments: tuple[str, ...]
    vehicles: tuple[str, ...]
    load: Load


class _Seating:
    """Tries to seat every party; first stops and agreed times of a vehicle must fit together."""

    def __init__(self, locks: Sequence[TourLock], day: Day) -> None:
        self._day = day
        self._locks = [
            (lock, tuple(name for name in lock.shipments if name in day.doors)) for lock in locks
        ]
        self._at = {
            name: lock.at
            for lock, names in self._locks
            if lock.kind is LockKind.AT and lock.at is not None
            for name in names
        }
        self._by_code = {vehicle.code: vehicle for vehicle in day.fleet}
        self._of: dict[str, list[TourLock]] = {}
        self._apart: dict[str, set[str]] = {}
        for lock, names in self._locks:
            for name in names:
                self._of.setdefault(name, []).append(lock)
                if lock.kind is LockKind.APART:
                    self._apart.setdefault(name, set()).update(set(names) - {name})

    def works(self) -> bool:
        if not self._firsts_agree():
            return False
        parties = [self._party(shipments) for shipments in self._companies()]
        if any(not party.vehicles for party in parties):
            return False
        if any(self._quarrels(party, party) for party in parties):
            return False
        parties.sort(key=lambda party: (len(party.vehicles), party.shipments))
        return self._seated(parties)

    def _companies(self) -> list[tuple[str, ...]]:
        """Who rides with whom; shipments that nothing wants on a tour are left out."""
        head: dict[str, str] = {}

        def top(name: str) -> str:
            head.setdefault(name, name)
            while head[name] != name:
                head[name] = name = head[head[name]]
            return name

        for lock, names in self._locks:
            if lock.kind not in _WANTS:
                continue
            for name in names:
                top(name)
                if lock.kind is LockKind.TOGETHER:
                    head[top(name)] = top(names[0])
        companies: dict[str, list[str]] = {}
        for name in head:
            companies.setdefault(top(name), []).append(name)
        return [tuple(sorted(names)) for names in companies.values()]

    def _party(self, shipments: tuple[str, ...]) -> _Party:
        load = Load()
        for name in shipments:
            load += self._day.doors[name].shipment.load
        may = set(self._by_code)
        for lock in dict.fromkeys(lock for name in shipments for lock in self._of[name]):
            may &= _allowed(lock, may)
        able = (v for v in sorted(may) if self._able(self._by_code[v], shipments, load))
        return _Party(shipments, tuple(able), load)

    def _able(self, vehicle: Vehicle, shipments: tuple[str, ...], load: Load) -> bool:
        """Depot, skills, room and shift."""
        for name in shipments:
            door = self._day.doors[name]
            lacking = door.handling - UNSKILLED - vehicle.skills
            if lacking or not self._day.may_bring(vehicle, door.shipment):
                return False
            if not door.shipment.load.fits(vehicle.capacity):
                return False
        return load.fits(_room(vehicle)) and self._in_time(vehicle, shipments)

    def _seated(self, parties: Sequence[_Party]) -> bool:
        """Whether all find a seat: tried one after the other, and back where one finds none."""
        seats: dict[str, list[_Party]] = {}
        choices = [iter(party.vehicles) for party in parties]
        taken: list[str] = []
        tried = 0
        while len(taken) < len(parties):
            tried += 1
            if tried > MOST_TRIED + len(parties):
                return True
            party = parties[len(taken)]
            vehicle = next(
                (v for v in choices[len(taken)] if self._fits(v, [*seats.get(v, ()), party])), None
            )
            if vehicle is not None:
                seats.setdefault(vehicle, []).append(party)
                taken.append(vehicle)
            elif taken:
                choices[len(taken)] = iter(party.vehicles)
                seats[taken.pop()].pop()
            else:
                return False
        return True

    def _fits(self, vehicle: str, aboard: Sequence[_Party]) -> bool:
        """Whether the last party can ride with those that are there."""
        last, load = aboard[-1], Load()
        for party in aboard:
            load += party.load
        if any(self._quarrels(last, party) for party in aboard[:-1]):
            return False
        shipments = tuple(name for party in aboard for name in party.shipments)
        known = self._by_code[vehicle]
        return load.fits(_room(known)) and self._in_time(known, shipments)

    def _quarrels(self, party: _Party, other: _Party) -> bool:
        """Whether two of these shipments are to ride apart."""
        theirs = set(other.shipments)
        return any(not self._apart.get(n, _NOBODY).isdisjoint(theirs) for n in party.shipments)

    def _in_time(self, vehicle: Vehicle, shipments: Iterable[str]) -> bool:
        """Whether the agreed times fit the shift, the first stops and each other."""
        timed = sorted((self._at[name], name) for name in shipments if name in self._at)
        if not timed:
            return True
        shift = shift_of(vehicle, self._day.on, self._day.zones[vehicle.depot])
        last = timed[-1][0] + self._service(vehicle, timed[-1][1])
        if timed[0][0] < shift.start or last > shift.end:
            return False
        for (at, name), (next_at, next_name) in pairwise(timed):
            way_s = self._day.drive_s(vehicle, name, next_name)
            if at + self._service(vehicle, name) + timedelta(seconds=way_s) > next_at:
                return False
        return self._firsts_come_first(vehicle, [name for _at, name in timed])

    def _service(self, vehicle: Vehicle, shipment: str) -> timedelta:
        """The least time at a door: what precedes the service may be shared."""
        usual_s = self._day.doors[shipment].service_s
        return timedelta(seconds=-(-usual_s * vehicle.service_percent // 100))

    def _firsts_come_first(self, vehicle: Vehicle, timed: Sequence[str]) -> bool:
        """Whether the order of agreed times is that of the first stops."""
        for names in self._firsts(vehicle.code):
            firsts = [name for name in names if name in timed]
            if firsts != [name for name in timed if name in firsts] or (
                firsts != list(timed[: len(firsts)])
            ):
                return False
        return True

    def _firsts(self, vehicle: str) -> Iterator[tuple[str, ...]]:
        for lock, names in self._locks:
            if lock.kind is LockKind.FIRST and lock.vehicle == vehicle:
                yield names

    def _firsts_agree(self) -> bool:
        """Whether one list of a vehicle's first stops is the start of each other."""
        for vehicle in self._by_code:
            for names, others in combinations(self._firsts(vehicle), 2):
                if any(a != b for a, b in zip(names, others, strict=False)):
                    return False
        return True


def _allowed(lock: TourLock, vehicles: set[str]) -> set[str]:
    """The vehicles that a lock leaves to its shipments."""
    if lock.kind in (LockKind.VEHICLE, LockKind.FIRST):
        return {lock.vehicle}
    return vehicles - {lock.vehicle} if lock.kind is LockKind.NOT_VEHICLE else vehicles


def _room(vehicle: Vehicle) -> Load:
    """What a vehicle can carry on all its trips."""
    room, trips = vehicle.capacity, vehicle.reloads + 1
    return Load(room.weight_g * trips, room.volume_ml * trips, room.parcels * trips)
