"""What the rules make of a vehicle: how far it may drive on a day, and how long it loads."""

from datetime import date

from app.domain.fleet import Energy, Vehicle
from app.domain.policy import TouringPolicy


def reach_m(vehicle: Vehicle, policy: TouringPolicy, on: date) -> int | None:
    """The longest way of a day; None = no limit is known."""
    if vehicle.max_m is None or vehicle.energy is not Energy.ELECTRIC:
        return vehicle.max_m
    kept = policy.battery_margin_percent
    if _is_cold(policy, on.month):
        kept += policy.cold_margin_percent
    return vehicle.max_m * max(0, 100 - kept) // 100


def loading_of(vehicle: Vehicle, policy: TouringPolicy) -> int:
    """Seconds to load before leaving the depot: the vehicle's own, else what the rules say."""
    return vehicle.loading_s or policy.handover_s


def _is_cold(policy: TouringPolicy, month: int) -> bool:
    """Whether a month lies among the cold ones, which may go round the turn of the year."""
    first, last = policy.cold_from_month, policy.cold_to_month
    if first <= last:
        return first <= month <= last
    return month >= first or month <= last
