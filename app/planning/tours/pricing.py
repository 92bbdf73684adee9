"""What a tour costs and emits, and what leaving orders out costs: the solver's side of the rule.

The rule itself stands with `app.domain.tours.Tour`; the judge has its own reckoning of it.
"""

from decimal import ROUND_HALF_UP, Decimal

from app.planning.tours.problem import Problem, VehicleDay
from app.planning.tours.timetable import Timetable


def tour_cents(vehicle: VehicleDay, distance_m: int, work_s: int) -> int:
    """Fixed cost, kilometres and work hours, each of the two products rounded half up."""
    kilometres = (vehicle.km_cents * distance_m / 1000).quantize(Decimal(1), ROUND_HALF_UP)
    hours = (2 * work_s * vehicle.hour_cents + 3600) // 7200
    return vehicle.fixed_cents + int(kilometres) + hours


def tour_co2e_g(vehicle: VehicleDay, distance_m: int) -> int:
    """Emissions of the whole way, home included, rounded half up to the gram."""
    return (2 * distance_m * vehicle.co2e_g_per_km + 1000) // 2000


def worth_mc(problem: Problem, vehicle: VehicleDay, table: Timetable) -> int:
    """What the plan is judged by, in thousandths of a cent: the tour's money and its carbon."""
    carbon = tour_co2e_g(vehicle, table.distance_m) * problem.carbon_cents_per_kg
    return 1000 * tour_cents(vehicle, table.distance_m, table.work_s) + carbon
