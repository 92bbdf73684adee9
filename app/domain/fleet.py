"""The vehicles a dispatcher sends out."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from app.domain.values import GeoPoint, Load


class Energy(StrEnum):
    """What drives a vehicle."""

    DIESEL = "diesel"
    PETROL = "petrol"
    CNG = "cng"
    HYBRID = "hybrid"
    ELECTRIC = "electric"
    HYDROGEN = "hydrogen"
    CARGO_BIKE = "cargo_bike"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle with its depot, room, hours and prices.

    Times are wall-clock times in the depot's time zone; a shift that ends before it starts runs
    past midnight. `max_m` None = no limit. `critair` is "E" or "1" to "5", empty = none.
    The break lies whole within `break_from` to `break_to`, the middle third of the shift where
    they are not given; it is due on tour unless it fits before leaving or after coming home.
    Goods are loaded at the depot; the day starts at `starts_at` and ends at `ends_at`, None = the
    depot, or at the last door where the vehicle does not come home. Work beyond `max_work_s` (None
    = the shift) is overtime: at most `overtime_s`, an hour of it dearer by
    `overtime_cost_per_hour_cents`. `service_percent` of the usual time at a door is what its crew
    needs. `areas` are postcode prefixes its driver knows. `gross_weight_kg` is the vehicle's own
    with all it may carry, None = not told.
    """

    code: str
    depot: str
    label: str = ""
    energy: Energy = Energy.DIESEL
    critair: str = ""
    capacity: Load = Load(10**9, 10**9, 10**6)
    shift_from: time = time(8)
    shift_to: time = time(18)
    max_m: int | None = None
    break_s: int = 0
    break_from: time | None = None
    break_to: time | None = None
    fixed_cost_cents: int = 0
    cost_per_km_cents: float = 0.0
    cost_per_hour_cents: int = 0
    co2e_g_per_km: int = 0
    skills: frozenset[str] = frozenset()
    reloads: int = 0
    loading_s: int = 0
    reload_s: int = 0
    max_work_s: int | None = None
    overtime_s: int = 0
    overtime_cost_per_hour_cents: int = 0
    starts_at: GeoPoint | None = None
    ends_at: GeoPoint | None = None
    comes_home: bool = True
    service_percent: int = 100
    areas: frozenset[str] = frozenset()
    gross_weight_kg: int | None = None
    driver: str = ""
    active: bool = True
    revision: int = 1
