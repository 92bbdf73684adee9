"""What a plan is judged by, whoever made it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from app.domain.fleet import Vehicle
from app.domain.locks import LockKind, TourLock
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import TouringPolicy
from app.domain.values import Window
from app.ports import TravelTimes


@dataclass(frozen=True, slots=True)
class ShutHours:
    """Hours in which some vehicles, by code, may not be at a door."""

    vehicles: frozenset[str]
    hours: Window


@dataclass(frozen=True, slots=True)
class Facts:
    """What a plan is judged by; `shut` are the hours that some doors have, by shipment."""

    doors: Mapping[str, ShipmentAtDoor]
    vehicles: Mapping[str, Vehicle]
    nodes: Mapping[str, StockNode]
    travel: TravelTimes
    zone: ZoneInfo
    policy: TouringPolicy = field(default_factory=lambda: TouringPolicy(rests=(), fetch_s=0))
    locks: tuple[TourLock, ...] = ()
    shut: Mapping[str, tuple[ShutHours, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        doors: Iterable[ShipmentAtDoor],
        vehicles: Iterable[Vehicle],
        nodes: Iterable[StockNode],
        travel: TravelTimes,
        zone: ZoneInfo,
        policy: TouringPolicy | None = None,
        locks: Iterable[TourLock] = (),
        shut: Mapping[str, tuple[ShutHours, ...]] | None = None,
    ) -> "Facts":
        """Without a policy no pauses are due beyond the vehicles' own, and no lateness is borne.

        Nor does taking goods over take any time then.
        """
        return cls(
            {door.shipment.code: door for door in doors},
            {vehicle.code: vehicle for vehicle in vehicles},
            {node.code: node for node in nodes},
            travel,
            zone,
            TouringPolicy(rests=(), fetch_s=0) if policy is None else policy,
            tuple(locks),
            shut or {},
        )

    def locks_on(self, on: date, *kinds: LockKind) -> Iterator[TourLock]:
        """The locks of a day."""
        return (lock for lock in self.locks if lock.on == on and lock.kind in kinds)
