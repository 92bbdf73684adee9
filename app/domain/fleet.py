"""The vehicles a dispatcher sends out."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from app.domain.values import Load


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
    driver: str = ""
    active: bool = True
    revision: int = 1
