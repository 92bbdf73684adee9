"""What a day of tours is, in whole numbers: the frozen question that the solver answers.

Metres, seconds since `reference`, grams, millilitres, cents. Places are numbered: depots first,
then one for each door: visits to one door have the same place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.domain.tours import Unplanned
from app.domain.values import GeoPoint, Load, Window

if TYPE_CHECKING:  # who only knows a problem needs no numpy
    import numpy as np
    from numpy.typing import NDArray

#: What a visit or a vehicle without limit may take: far beyond any day, far below any overflow.
FAR_S = 10_000_000

RELOAD = -1
"""Stands among a tour's visits where the vehicle comes back to its depot for more goods."""

Routes = tuple[tuple[int, tuple[int, ...]], ...]
"""For each tour its vehicle's index and its visits' indices in order, `RELOAD` between trips."""


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Distance and driving time between any two places, for one kind of vehicle."""

    distance_m: "NDArray[np.int32]"
    duration_s: "NDArray[np.int32]"

    def __post_init__(self) -> None:
        self.distance_m.setflags(write=False)
        self.duration_s.setflags(write=False)


@dataclass(frozen=True, slots=True)
class Shut:
    """Hours in which some vehicles, by code, may not be at a door: no service overlaps them.

    A service may end when they begin, and begin when they end.
    """

    vehicles: frozenset[str]
    from_s: int
    to_s: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A shipment to be brought to its door; service starts from `opens_s` to `closes_s`.

    `prize_cents` is what leaving it out costs; `depots` are the places it may leave from, empty =
    any; `needs` are the skills that its vehicle must have.

    Times: `also` are further spans (opens, closes) that are as good as the first. Service may start
    up to `late_s` after any span at `late_hour_cents` for each hour. `ready_s` is when the goods
    can leave the depot: the trip that carries them leaves no earlier (goods that come aboard at a
    door, of a `collect` or from a `source`, are ready there). `setup_s` is spent once for
    visits to one place that follow each other, before the first one's service and as part of it:
    of several the longest. A pause does not part them, a reload does.

    Vehicles, by code: `only` are those that may come, empty = any; `never` those that may not;
    on others than the `usual` ones (empty = all are) it costs `unusual_cents` more.

    Goods: with `collect` they come aboard at this door and end where the tour ends. Where
    `source` names another visit they come aboard there, on the same trip and before; such a
    source has the same load, is a `collect`, has no prize and is made exactly when this one is.
    """

    shipment: str
    order: str
    place: int
    load: Load = Load()
    service_s: int = 0
    opens_s: int = -FAR_S
    closes_s: int = FAR_S
    window: Window | None = None
    prize_cents: int = 0
    depots: frozenset[int] = frozenset()
    needs: frozenset[str] = frozenset()
    also: tuple[tuple[int, int], ...] = ()
    late_s: int = 0
    late_hour_cents: int = 0
    ready_s: int = -FAR_S
    setup_s: int = 0
    shut: tuple[Shut, ...] = ()
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    unusual_cents: int = 0
    collect: bool = False
    source: int | None = None

    @property
    def from_depot(self) -> bool:
        """Its goods are aboard when its trip leaves the depot."""
        return not self.collect and self.source is None

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Every span in which service may start on time, in order of time."""
        return tuple(sorted(((self.opens_s, self.closes_s), *self.also)))


@dataclass(frozen=True, slots=True)
class Pause:
    """A break of `length_s` that starts from `from_s` to `to_s`."""

    length_s: int
    from_s: int
    to_s: int


@dataclass(frozen=True, slots=True)
class Rest:
    """What the law asks: a pause of `length_s` before more than so much driving, or work, is done.

    Counted from the start of the tour and anew from the end of each pause that is long enough.
    None = that measure does not matter. Any pause counts, waiting does not. Work is all time but
    pauses, waiting and loading too. As any pause, it stands before or after a drive, never before
    the first nor after the last.
    """

    length_s: int
    drive_s: int | None = None
    work_s: int | None = None


@dataclass(frozen=True, slots=True)
class VehicleDay:
    """One vehicle's day: where it lives, what it holds, when it drives and what that costs.

    The tour starts and loads at `depot`, after a way of `lead_m` and `lead_s` from place `starts`
    where the driver starts there; it ends at place `ends`, None = its depot, or at the last door
    with `open_ended`. Loading takes `loading_s` before leaving, each of at most `reloads` returns
    to the depot for more goods `reload_s`; both are work. Work beyond `max_work_s` is possible up
    to `overtime_s`, and an hour of it costs `overtime_hour_cents` more than any other hour.
    `service_percent` of a visit's setup and service is what this vehicle's crew needs. `max_m`
    bounds the whole way, the lead way with it; `kept_back_m` less than its battery is good for.
    """

    code: str
    depot: int
    capacity: Load
    from_s: int
    to_s: int
    max_m: int | None = None
    max_work_s: int | None = None
    pause: Pause | None = None
    fixed_cents: int = 0
    km_cents: Decimal = Decimal(0)
    hour_cents: int = 0
    co2e_g_per_km: int = 0
    emission_level: int = 1
    roads: int = 0
    skills: frozenset[str] = frozenset()
    rests: tuple[Rest, ...] = ()
    lead_m: int = 0
    lead_s: int = 0
    starts: int | None = None
    ends: int | None = None
    open_ended: bool = False
    loading_s: int = 0
    reloads: int = 0
    reload_s: int = 0
    overtime_s: int = 0
    overtime_hour_cents: int = 0
    service_percent: int = 100
    kept_back_m: int = 0

    @property
    def starts_elsewhere(self) -> bool:
        """The day begins with a way to the depot."""
        return self.starts is not None or self.lead_s > 0 or self.lead_m > 0

    @property
    def most_work_s(self) -> int | None:
        """All the work that is possible, overtime included; None = as the shift allows."""
        return None if self.max_work_s is None else self.max_work_s + self.overtime_s

    def may_take(self, visit: Visit) -> bool:
        """It starts where the goods lie, has the skills, and is not kept from the door."""
        at_hand = not visit.depots or self.depot in visit.depots
        wanted = self.code not in visit.never and (not visit.only or self.code in visit.only)
        return at_hand and wanted and visit.needs <= self.skills


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A day to be planned; `set_aside` are shipments that no tour may take, with their reasons.

    `taken` are tour numbers already used that day; `method` names how distances were measured.
    Visits of one set in `together` ride on one vehicle or not at all; of one set in `apart`, no two
    ride on the same. `begun` are the first visits of vehicles' tours, in their order: they stay.
    Where `collects_last`, each trip delivers something first and collects only after its last
    delivery. The tours may cost so many per cent more for evenly shared hours (`even_percent`), and
    for stops that lie near together (`compact_percent`).
    """

    on: date
    reference: datetime
    zone: ZoneInfo
    depots: tuple[str, ...]
    points: tuple[GeoPoint, ...]
    visits: tuple[Visit, ...]
    vehicles: tuple[VehicleDay, ...]
    roads: tuple[Roads, ...]
    carbon_cents_per_kg: int = 0
    method: str = ""
    set_aside: tuple[Unplanned, ...] = ()
    left_to_carriers: int = 0
    taken: frozenset[int] = frozenset()
    together: tuple[frozenset[int], ...] = ()
    apart: tuple[frozenset[int], ...] = ()
    begun: Routes = ()
    collects_last: bool = False
    even_percent: int = 0
    compact_percent: int = 0

    @property
    def sources(self) -> frozenset[int]:
        """The visits that only take goods over for another one."""
        return frozenset(visit.source for visit in self.visits if visit.source is not None)

    def instant(self, second: int) -> datetime:
        return (self.reference + timedelta(seconds=second)).astimezone(UTC)

    def total_load(self, visits: Iterable[int]) -> Load:
        total = Load()
        for visit in visits:
            total += self.visits[visit].load
        return total

    def collects_in_turn(self, visits: Iterable[int]) -> bool:
        """Whether a tour keeps to `collects_last`."""
        if not self.collects_last:
            return True
        before = RELOAD
        for visit in visits:
            collects = visit != RELOAD and self.visits[visit].collect
            collected = before != RELOAD and self.visits[before].collect
            if (before == RELOAD and collects) or (collected and visit != RELOAD and not collects):
                return False
            before = visit
        return True
