"""What a day of tours is, in whole numbers: the frozen question that the solver answers.

Metres, seconds since `reference`, grams, millilitres, cents. Places are numbered: depots first,
then one for each visit.
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

Routes = tuple[tuple[int, tuple[int, ...]], ...]
"""For each tour its vehicle's index and its visits' indices in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Distance and driving time between any two places, for one kind of vehicle."""

    distance_m: "NDArray[np.int32]"
    duration_s: "NDArray[np.int32]"

    def __post_init__(self) -> None:
        self.distance_m.setflags(write=False)
        self.duration_s.setflags(write=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """A shipment to be brought to its door; service starts from `opens_s` to `closes_s`.

    `prize_cents` is what leaving it out costs; `depots` are the places it may leave from, empty =
    any; `needs` are the skills that its vehicle must have.
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


@dataclass(frozen=True, slots=True)
class Pause:
    """A break of `length_s` that starts from `from_s` to `to_s`."""

    length_s: int
    from_s: int
    to_s: int


@dataclass(frozen=True, slots=True)
class VehicleDay:
    """One vehicle's day: where it lives, what it holds, when it drives and what that costs."""

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

    def may_take(self, visit: Visit) -> bool:
        """The vehicle starts where the goods lie, and has the skills they need."""
        at_hand = not visit.depots or self.depot in visit.depots
        return at_hand and visit.needs <= self.skills


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A day to be planned; `set_aside` are shipments that no tour may take, with their reasons.

    `taken` are tour numbers already used that day; `method` names how distances were measured.
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

    def instant(self, second: int) -> datetime:
        return (self.reference + timedelta(seconds=second)).astimezone(UTC)

    def total_load(self, visits: Iterable[int]) -> Load:
        total = Load()
        for visit in visits:
            total += self.visits[visit].load
        return total
