"""What a tour costs and emits, and what leaving orders out costs: the solver's side of the rule.

The rule itself stands with `app.domain.tours.Tour`; the judge has its own reckoning of it.
"""

from decimal import ROUND_HALF_UP, Decimal

from app.planning.tours.problem import Problem, VehicleDay, Visit
from app.planning.tours.timetable import Timetable


def tour_cents(vehicle: VehicleDay, distance_m: int, work_s: int) -> int:
    """Fixed cost, kilometres, work hours and overtime, each product rounded half up."""
    kilometres = (vehicle.km_cents * distance_m / 1000).quantize(Decimal(1), ROUND_HALF_UP)
    hours = _for_hours(work_s, vehicle.hour_cents)
    most_s = vehicle.max_work_s
    if most_s is not None and work_s > most_s:
        hours += _for_hours(work_s - most_s, vehicle.overtime_hour_cents)
    return vehicle.fixed_cents + int(kilometres) + hours


def _for_hours(seconds: int, hour_cents: int) -> int:
    return (2 * seconds * hour_cents + 3600) // 7200


def tour_co2e_g(vehicle: VehicleDay, distance_m: int) -> int:
    """Emissions of the whole way, home included, rounded half up to the gram."""
    return (2 * distance_m * vehicle.co2e_g_per_km + 1000) // 2000


def worth_mc(problem: Problem, vehicle: VehicleDay, table: Timetable) -> int:
    """What the plan is judged by, in thousandths of a cent: money, carbon, lateness, strangers."""
    carbon = tour_co2e_g(vehicle, table.distance_m) * problem.carbon_cents_per_kg
    own = 1000 * tour_cents(vehicle, table.distance_m, table.work_s) + carbon
    late = (1000 * table.late + 1800) // 3600
    visits = (problem.visits[step.visit] for step in table.steps if step.visit is not None)
    return own + late + 1000 * sum(unusual_cents(vehicle, visit) for visit in visits)


def unusual_cents(vehicle: VehicleDay, visit: Visit) -> int:
    """What it counts for when the driver does not know where a visit is."""
    return visit.unusual_cents if visit.usual and vehicle.code not in visit.usual else 0
