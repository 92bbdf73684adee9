"""How a vehicle moves: what matters to driving times."""

from enum import StrEnum

from app.domain.fleet import Energy, Vehicle

#: Payloads above this belong to lorries: a van of 3.5 t in all carries less.
_VAN_PAYLOAD_G = 1_500_000
#: A payload from here on was never told.
_UNTOLD_G = 10**9
#: Beyond this weight in all, drivers' hours are those of Regulation (EC) 561/2006.
_HEAVY_KG = 3_500


class VehicleProfile(StrEnum):
    """What the road is for a vehicle: a van's speed, a lorry's, or a bicycle's."""

    VAN = "van"
    HEAVY = "heavy"
    BIKE = "bike"


def profile_of(vehicle: Vehicle) -> VehicleProfile:
    """How this vehicle moves, by its energy and the weight that it may carry."""
    if vehicle.energy is Energy.CARGO_BIKE:
        return VehicleProfile.BIKE
    if _VAN_PAYLOAD_G < vehicle.capacity.weight_g < _UNTOLD_G:
        return VehicleProfile.HEAVY
    return VehicleProfile.VAN


def is_heavy(vehicle: Vehicle) -> bool:
    """Whether it is a heavy goods vehicle in law: over 3.5 t in all, or a lorry where not told."""
    if vehicle.gross_weight_kg is None:
        return profile_of(vehicle) is VehicleProfile.HEAVY
    return vehicle.gross_weight_kg > _HEAVY_KG
