"""What if the day were otherwise: the changes of its input that make up a scenario."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count, islice

from app.domain.fleet import Energy, Vehicle
from app.domain.orders import ShipmentAtDoor
from app.domain.reasons import Reason, because
from app.domain.tours import Colour, Unplanned
from app.domain.values import Window
from app.domain.zones import AccessZone
from app.errors import UnknownSubject
from app.planning.tours.problem import Problem, Roads, VehicleDay

#: What drives without exhaust.
ELECTRIC = frozenset({Energy.ELECTRIC, Energy.HYDROGEN, Energy.CARGO_BIKE})
#: Stands between a vehicle's code and the number of one more like it.
LIKE = "+"


@dataclass(frozen=True, slots=True)
class Change(ABC):
    """One thing that is otherwise; what a kind of change does not speak of stays as it is."""

    @property
    @abstractmethod
    def code(self) -> str:
        """The change in any language, as the command line takes it."""

    @property
    @abstractmethod
    def reason(self) -> Reason:
        """The change, to be put into words."""

    def fleet(self, vehicles: Sequence[Vehicle]) -> tuple[Vehicle, ...]:
        """The vehicles of such a day."""
        return tuple(vehicles)

    def doors(self, doors: Sequence[ShipmentAtDoor]) -> tuple[ShipmentAtDoor, ...]:
        """What such a day's tours may take."""
        return tuple(doors)

    def set_aside(self, doors: Iterable[ShipmentAtDoor]) -> tuple[Unplanned, ...]:
        """What no tour of such a day may take, though the day as it is may."""
        del doors
        return ()

    def zones(self, zones: Sequence[AccessZone]) -> tuple[AccessZone, ...]:
        """The areas closed to vehicles on such a day."""
        return tuple(zones)

    def problem(self, problem: Problem) -> Problem:
        """The day's numbers on such a day."""
        return problem


@dataclass(frozen=True, slots=True)
class Without(Change):
    """A vehicle stays in."""

    vehicle: str

    @property
    def code(self) -> str:
        return f"without {self.vehicle}"

    @property
    def reason(self) -> Reason:
        return because("scenario_without", vehicle=self.vehicle)

    def fleet(self, vehicles: Sequence[Vehicle]) -> tuple[Vehicle, ...]:
        return tuple(replace(v, active=v.active and v.code != self.vehicle) for v in vehicles)


@dataclass(frozen=True, slots=True)
class More(Change):
    """So many further vehicles like one that there is."""

    vehicle: str
    count: int

    @property
    def code(self) -> str:
        return f"more {self.vehicle}={self.count}"

    @property
    def reason(self) -> Reason:
        return because("scenario_more", vehicle=self.vehicle, count=self.count)

    def fleet(self, vehicles: Sequence[Vehicle]) -> tuple[Vehicle, ...]:
        pattern = next(vehicle for vehicle in vehicles if vehicle.code == self.vehicle)
        taken = {vehicle.code for vehicle in vehicles}
        codes = (code for n in count(1) if (code := f"{self.vehicle}{LIKE}{n}") not in taken)
        new = (replace(pattern, code=code, active=True) for code in islice(codes, self.count))
        return (*vehicles, *new)


@dataclass(frozen=True, slots=True)
class DepotClosed(Change):
    """No tour leaves from a node, and no goods."""

    node: str

    @property
    def code(self) -> str:
        return f"closed {self.node}"

    @property
    def reason(self) -> Reason:
        return because("scenario_closed", node=self.node)

    def fleet(self, vehicles: Sequence[Vehicle]) -> tuple[Vehicle, ...]:
        return tuple(replace(v, active=v.active and v.depot != self.node) for v in vehicles)

    def doors(self, doors: Sequence[ShipmentAtDoor]) -> tuple[ShipmentAtDoor, ...]:
        return tuple(door for door in doors if door.shipment.node != self.node)

    def set_aside(self, doors: Iterable[ShipmentAtDoor]) -> tuple[Unplanned, ...]:
        why = (because("tour_depot_closed", node=self.node),)
        return tuple(
            Unplanned(door.shipment.order, door.shipment.code, Colour.RED, why)
            for door in doors
            if door.shipment.node == self.node
        )


@dataclass(frozen=True, slots=True)
class Windows(Change):
    """Every promised window is wider on both sides by so many minutes; below 0, narrower."""

    minutes: int

    @property
    def code(self) -> str:
        return f"windows {self.minutes:+d}"

    @property
    def reason(self) -> Reason:
        code = "scenario_wider" if self.minutes >= 0 else "scenario_narrower"
        return because(code, window_s=60 * abs(self.minutes))

    def doors(self, doors: Sequence[ShipmentAtDoor]) -> tuple[ShipmentAtDoor, ...]:
        return tuple(self._at(door) for door in doors)

    def _at(self, door: ShipmentAtDoor) -> ShipmentAtDoor:
        if door.window is None:
            return door
        first, *others = _parted(self._widened(each) for each in (door.window, *door.also))
        return replace(door, window=first, also=tuple(others))

    def _widened(self, window: Window) -> Window:
        """What is left of a window that closes up is its middle."""
        by = timedelta(minutes=self.minutes)
        middle = window.start + (window.end - window.start) / 2
        return Window(min(window.start - by, middle), max(window.end + by, middle))


@dataclass(frozen=True, slots=True)
class ElectricOnly(Change):
    """Whatever has an exhaust stays in."""

    @property
    def code(self) -> str:
        return "electric"

    @property
    def reason(self) -> Reason:
        return because("scenario_electric")

    def fleet(self, vehicles: Sequence[Vehicle]) -> tuple[Vehicle, ...]:
        return tuple(replace(v, active=v.active and v.energy in ELECTRIC) for v in vehicles)


@dataclass(frozen=True, slots=True)
class Speed(Change):
    """Every way is driven faster by so many per cent; below 0, slower."""

    percent: int

    @property
    def code(self) -> str:
        return f"speed {self.percent:+d}"

    @property
    def reason(self) -> Reason:
        code = "scenario_faster" if self.percent >= 0 else "scenario_slower"
        return because(code, speed_share=abs(self.percent) / 100)

    def problem(self, problem: Problem) -> Problem:
        roads = tuple(self._driven(ways) for ways in problem.roads)
        days = tuple(self._led(day) for day in problem.vehicles)
        return replace(problem, roads=roads, vehicles=days)

    def _driven(self, ways: Roads) -> Roads:
        import numpy as np  # heavy

        scaled = np.ceil(ways.duration_s * (100 / (100 + self.percent)))
        return Roads(ways.distance_m.copy(), np.ascontiguousarray(scaled, dtype=np.int32))

    def _led(self, day: VehicleDay) -> VehicleDay:
        return replace(day, lead_s=-(-day.lead_s * 100 // (100 + self.percent)))


@dataclass(frozen=True, slots=True)
class Even(Change):
    """The tours may cost so many per cent more for drivers to work about as long as each other."""

    percent: int

    @property
    def code(self) -> str:
        return f"even {self.percent}"

    @property
    def reason(self) -> Reason:
        return because("scenario_even", more_share=self.percent / 100)

    def problem(self, problem: Problem) -> Problem:
        return replace(problem, even_percent=self.percent)


@dataclass(frozen=True, slots=True)
class Compact(Change):
    """The tours may cost so many per cent more for each to keep to an area of its own."""

    percent: int

    @property
    def code(self) -> str:
        return f"compact {self.percent}"

    @property
    def reason(self) -> Reason:
        return because("scenario_compact", more_share=self.percent / 100)

    def problem(self, problem: Problem) -> Problem:
        return replace(problem, compact_percent=self.percent)


@dataclass(frozen=True, slots=True)
class ZoneSwitched(Change):
    """An access zone holds, or does not: one phase by its key, or all that share its code.

    A phase named by its key holds whatever its dates: a law to come can be tried on any day.
    """

    zone: str
    active: bool

    @property
    def code(self) -> str:
        return f"zone {self.zone}={'on' if self.active else 'off'}"

    @property
    def reason(self) -> Reason:
        name = self.zone.rstrip("/")
        return because("scenario_zone_on" if self.active else "scenario_zone_off", zone=name)

    def zones(self, zones: Sequence[AccessZone]) -> tuple[AccessZone, ...]:
        """The zones with this one switched.

        Raises:
            UnknownSubject: there is none of that key or code.
        """
        if not any(self.zone in (zone.key, zone.code) for zone in zones):
            raise UnknownSubject("access_zone", self.zone)
        return tuple(map(self._switched, zones))

    def _switched(self, zone: AccessZone) -> AccessZone:
        if self.active and zone.key == self.zone:
            return replace(zone, active=True, valid_from=None, valid_to=None)
        named = self.zone in (zone.key, zone.code)
        return replace(zone, active=self.active) if named else zone


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named day that is not, made of changes; without any it is the day planned anew."""

    name: str
    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, *changes: Change) -> "Scenario":
        """The scenario of these changes, named by them."""
        return cls(", ".join(change.code for change in changes) or "anew", changes)

    def fleet(self, vehicles: Sequence[Vehicle]) -> tuple[Vehicle, ...]:
        """The vehicles of that day."""
        found = tuple(vehicles)
        for change in self.changes:
            found = change.fleet(found)
        return found

    def doors(self, doors: Sequence[ShipmentAtDoor]) -> tuple[ShipmentAtDoor, ...]:
        """What that day's tours may take."""
        found = tuple(doors)
        for change in self.changes:
            found = change.doors(found)
        return found

    def zones(self, zones: Sequence[AccessZone]) -> tuple[AccessZone, ...]:
        """The areas closed to vehicles on that day."""
        found = tuple(zones)
        for change in self.changes:
            found = change.zones(found)
        return found

    def problem(self, problem: Problem, doors: Sequence[ShipmentAtDoor]) -> Problem:
        """The numbers of that day, with what it leaves aside of the day as it is."""
        for change in self.changes:
            problem = change.problem(problem)
        aside = [one for change in self.changes for one in change.set_aside(doors)]
        return replace(problem, set_aside=(*problem.set_aside, *aside))


def _parted(windows: Iterable[Window]) -> list[Window]:
    """The windows in order of time, those that touch as one."""
    found: list[Window] = []
    for window in sorted(windows, key=lambda each: (each.start, each.end)):
        if found and window.touches(found[-1]):
            found[-1] = Window(found[-1].start, max(found[-1].end, window.end))
        else:
            found.append(window)
    return found
