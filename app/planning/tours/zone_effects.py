"""What each access zone means on a day: when it is closed, to which vehicles, for which stops."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.orders import ShipmentAtDoor
from app.domain.values import Window
from app.domain.zones import AccessZone, Ban
from app.planning.tours.zone_access import ban_hours, inside, kept_out


@dataclass(frozen=True, slots=True)
class BanDay:
    """A ban on one day: its hours, and our vehicles that it is for."""

    ban: Ban
    windows: tuple[Window, ...]
    vehicles: frozenset[str]
    whole_day: bool


@dataclass(frozen=True, slots=True)
class ZoneEffect:
    """What a zone does on a day, or would do if it held (`in_force` tells which).

    `vehicles` are kept out for some of that day. `stops` counts the doors inside; `unreachable`
    are the shipments to them that none of the vehicles at their node may bring all day long.
    """

    zone: AccessZone
    in_force: bool
    bans: tuple[BanDay, ...]
    vehicles: tuple[str, ...]
    stops: int
    unreachable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZonesDay:
    """All zones on one day; `vehicles` and `unreachable` are those of zones in force together."""

    on: date
    effects: tuple[ZoneEffect, ...]
    vehicles: tuple[str, ...]
    stops: int
    unreachable: tuple[str, ...]


def zones_on(
    zones: Iterable[AccessZone],
    on: date,
    fleet: Iterable[Vehicle],
    doors: Iterable[ShipmentAtDoor],
    clock: ZoneInfo,
    country: str,
) -> ZonesDay:
    """Weigh every zone against that day's vehicles and doors."""
    vehicles = [vehicle for vehicle in fleet if vehicle.active]
    placed = [door for door in doors if door.place is not None]
    held = _Held(on, vehicles, placed, clock, country)
    effects = tuple(map(held.effect, sorted(zones, key=lambda zone: zone.key)))
    closed = [effect for effect in effects if effect.in_force]
    return ZonesDay(
        on,
        effects,
        tuple(sorted({code for effect in closed for code in effect.vehicles})),
        len({door for effect in closed for door in held.doors_in(effect.zone)}),
        held.unreachable(closed),
    )


class _Held:
    """A day's vehicles and doors, held against one zone after the other."""

    def __init__(
        self,
        on: date,
        fleet: Sequence[Vehicle],
        doors: Sequence[ShipmentAtDoor],
        clock: ZoneInfo,
        country: str,
    ) -> None:
        self._on, self._fleet, self._doors = on, fleet, doors
        self._clock, self._country = clock, country
        self._points = [door.place.point for door in doors if door.place is not None]
        self._within: dict[str, list[int]] = {}
        self._at: dict[str, set[str]] = {}
        for vehicle in fleet:
            self._at.setdefault(vehicle.depot, set()).add(vehicle.code)

    def effect(self, zone: AccessZone) -> ZoneEffect:
        bans = tuple(map(self._ban_day, zone.bans))
        some_time = {code for ban in bans if ban.windows for code in ban.vehicles}
        out = self._never(bans)
        return ZoneEffect(
            zone,
            zone.in_force(self._on),
            bans,
            tuple(sorted(some_time)),
            len(self.doors_in(zone)),
            self._left(dict.fromkeys(self._inside(zone), out)),
        )

    def doors_in(self, zone: AccessZone) -> frozenset[object]:
        """The doors inside a zone, each once however many shipments go there."""
        return frozenset(self._doors[number].door for number in self._inside(zone))

    def unreachable(self, effects: Iterable[ZoneEffect]) -> tuple[str, ...]:
        """The shipments that these zones together leave without a vehicle."""
        out: dict[int, frozenset[str]] = {}
        for effect in effects:
            never = self._never(effect.bans)
            for number in self._inside(effect.zone):
                out[number] = out.get(number, frozenset()) | never
        return self._left(out)

    def _left(self, out: Mapping[int, frozenset[str]]) -> tuple[str, ...]:
        """Of doors and the vehicles that may never come there: those with no other at their node.

        A shipment whose node has no vehicle at all is a carrier's anyhow.
        """
        left = []
        for number, never in out.items():
            shipment = self._doors[number].shipment
            own = self._at.get(shipment.node, set())
            if own and own <= never:
                left.append(shipment.code)
        return tuple(sorted(left))

    def _never(self, bans: Iterable[BanDay]) -> frozenset[str]:
        return frozenset(code for ban in bans if ban.whole_day for code in ban.vehicles)

    def _inside(self, zone: AccessZone) -> list[int]:
        if zone.key not in self._within:
            self._within[zone.key] = inside(zone, self._points)
        return self._within[zone.key]

    def _ban_day(self, ban: Ban) -> BanDay:
        windows = ban_hours(ban, self._on, self._clock, self._country)
        start = datetime.combine(self._on, time(), self._clock)
        end = datetime.combine(self._on + timedelta(days=1), time(), self._clock)
        whole = any(window.start <= start and window.end >= end for window in windows)
        return BanDay(ban, windows, kept_out(ban, self._fleet), whole)
