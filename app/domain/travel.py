"""How a vehicle moves: what matters to driving times."""

from enum import StrEnum

from app.domain.fleet import Energy, Vehicle

#: Payloads above this belong to lorries: a van of 3.5 t in all carries less.
_VAN_PAYLOAD_G = 1_500_000
#: A payload from here on was never told.
_UNTOLD_G = 10**9


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
