"""Areas that some vehicles may not enter: low-emission zones, pedestrian streets, weight limits."""

from dataclasses import dataclass
from datetime import date

from app.domain.fleet import Energy, Vehicle
from app.domain.travel import VehicleProfile, profile_of
from app.domain.values import GeoPoint

#: Crit'Air classes from the cleanest to none at all (Code de la route, R318-2).
CRITAIR = ("E", "1", "2", "3", "4", "5", "")
#: Above this a vehicle is a heavy one (Code de la route, R311-1: categories N1 and N2).
LIGHT_MOST_KG = 3_500
ALWAYS = "24/7"

Ring = tuple[GeoPoint, ...]


@dataclass(frozen=True, slots=True)
class Ban:
    """Who may not enter, and in which hours (OpenStreetMap's syntax).

    `critair_from` names a class that is kept out with all worse ones, empty = vehicles without
    any, None = whatever their class. `heavy` None = light and heavy vehicles alike. With `above_kg`
    only vehicles that weigh more.
    """

    hours: str = ALWAYS
    heavy: bool | None = None
    critair_from: str | None = None
    above_kg: int | None = None

    def keeps_out(self, vehicle: Vehicle) -> bool:
        """Whether this ban is for that vehicle; a bicycle is no motor vehicle."""
        if vehicle.energy is Energy.CARGO_BIKE:
            return False
        weight_kg = gross_weight_kg(vehicle)
        if self.heavy is not None and self.heavy is not (weight_kg > LIGHT_MOST_KG):
            return False
        if self.above_kg is not None and weight_kg <= self.above_kg:
            return False
        if self.critair_from is None:
            return True
        return CRITAIR.index(critair_of(vehicle)) >= CRITAIR.index(self.critair_from)


@dataclass(frozen=True, slots=True)
class AccessZone:
    """An area with its bans, in force from day to day; `active` switches it without deleting.

    A place is inside when an odd number of `rings` lie round it: holes are rings too.
    """

    code: str
    rings: tuple[Ring, ...]
    bans: tuple[Ban, ...]
    label: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    active: bool = True
    revision: int = 1

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or self.code

    @property
    def key(self) -> str:
        """One zone has several phases: what it is called, and since when."""
        since = "" if self.valid_from is None else self.valid_from.isoformat()
        return f"{self.code}/{since}"

    def in_force(self, on: date) -> bool:
        """Whether its bans hold on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return self.active and begun and (self.valid_to is None or on <= self.valid_to)


def critair_of(vehicle: Vehicle) -> str:
    """The vehicle's class; an electric one needs no telling."""
    electric = vehicle.energy in (Energy.ELECTRIC, Energy.HYDROGEN)
    return "E" if electric and not vehicle.critair else vehicle.critair


def gross_weight_kg(vehicle: Vehicle) -> int:
    """What the vehicle weighs with all it may carry; guessed from its payload where not told."""
    if vehicle.gross_weight_kg is not None:
        return vehicle.gross_weight_kg
    return 12_000 if profile_of(vehicle) is VehicleProfile.HEAVY else LIGHT_MOST_KG
