"""How much CO2e a tour emits, by which method and level, and each order's share of it.

The French method counts the energy from well to wheel, in four levels of exactness: 1 = the law's
default for the kind of vehicle, 2 = the retailer's own figure for the vehicle.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.domain.fleet import Energy, Vehicle
from app.domain.reasons import Reason, because
from app.domain.tours import Stop, Tour
from resources import resource

#: A payload from here on was never told; the vehicle counts as a van.
_UNTOLD_G = 10**9


@dataclass(frozen=True, slots=True)
class Factor:
    """Grams of CO2e a kilometre, the level of the method, and where the figure comes from."""

    g_per_km: int
    level: int
    basis: Reason


@dataclass(frozen=True, slots=True)
class DefaultClass:
    """A line of the law's defaults: vehicles up to a payload, and what they emit."""

    name: str
    up_to_g: int | None
    g_per_km: int


@dataclass(frozen=True, slots=True)
class Defaults:
    """The law's defaults by size, and the energies that have a figure of their own."""

    classes: tuple[DefaultClass, ...]
    by_energy: Mapping[str, int]
    sources: tuple[str, ...]


@cache
def defaults() -> Defaults:
    """The factors that ship with the program."""
    given = json.loads(resource("emissions", "factors_fr.json").read_text(encoding="utf-8"))
    energies = given["energies"]
    classes = []
    for row in given["level_1"]:
        energy = energies[row["energy"]]
        whole_g = energy["upstream_g"] + energy["running_g"]
        limit = row["payload_up_to_kg"]
        classes.append(
            DefaultClass(
                row["name"],
                None if limit is None else limit * 1000,
                (whole_g * row["per_1000_km"] + 500) // 1000,
            )
        )
    return Defaults(tuple(classes), given["use_g_per_km"], tuple(given["sources"]))


def factor_of(vehicle: Vehicle) -> Factor:
    """The vehicle's own figure, else the law's default for its energy and size.

    An energy without a default of its own counts as diesel: never less than it may emit.
    """
    if vehicle.co2e_g_per_km > 0:
        basis = because("emissions_own", vehicle=vehicle.code, per_km_co2e_g=vehicle.co2e_g_per_km)
        return Factor(vehicle.co2e_g_per_km, 2, basis)
    known = defaults()
    if vehicle.energy.value in known.by_energy:
        return _default("emissions_default", vehicle, known.by_energy[vehicle.energy.value], "")
    size = _class_of(vehicle, known)
    code = "emissions_default" if vehicle.energy is Energy.DIESEL else "emissions_as_diesel"
    return _default(code, vehicle, size.g_per_km, size.name)


def _default(code: str, vehicle: Vehicle, g_per_km: int, size: str) -> Factor:
    kind = size or vehicle.label or vehicle.code
    return Factor(
        g_per_km, 1, because(code, vehicle=vehicle.code, kind=kind, per_km_co2e_g=g_per_km)
    )


def _class_of(vehicle: Vehicle, known: Defaults) -> DefaultClass:
    payload_g = vehicle.capacity.weight_g
    if payload_g >= _UNTOLD_G:
        return known.classes[0]
    return next(c for c in known.classes if c.up_to_g is None or payload_g <= c.up_to_g)


def tour_co2e_g(vehicle: Vehicle, distance_m: int) -> int:
    """What this distance emits, the way home included, rounded half up to the gram."""
    return (2 * distance_m * factor_of(vehicle).g_per_km + 1000) // 2000


def shares(tour: Tour) -> dict[str, int]:
    """Each shipment's part of the tour's CO2e, by tonne-kilometres as the crow flies.

    The parts add up to the tour's emissions to the gram (largest remainder).
    """
    stops = tour.doors
    weights = [_moved(tour.stops[0], stop) for stop in stops]
    parts = _by_largest_remainder(tour.co2e_g, weights)
    totals: dict[str, int] = {}
    for stop, part in zip(stops, parts, strict=True):
        totals[stop.shipment] = totals.get(stop.shipment, 0) + part
    return totals


def _moved(depot: Stop, stop: Stop) -> int:
    """Gram-metres from the depot to the door; what has no weight or way still counts a little."""
    metres = round(depot.point.distance_m(stop.point))
    return max(1, stop.load.weight_g) * max(1, metres)


def _by_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    if whole == 0:
        return []
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in by_remainder[:left]:
        parts[n] += 1
    return parts
