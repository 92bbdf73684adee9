"""Does a plan keep every rule: an independent judge of any plan, whoever made it.

Knows nothing of the solver nor of its problem: it goes back to the shipments, the vehicles, the
nodes and the travel times, reckons everything anew, and names each violation with its amount and
its limit, in the unit of its code.
"""

from collections import Counter
from collections.abc import Iterator

from app.domain.tours import Tour, TourPlan, Verdict, Violation
from app.planning.tours.court import Court, Facts, seconds


def judge(plan: TourPlan, facts: Facts) -> Verdict:
    """Everything that the plan breaks, and its figures reckoned anew."""
    violations = [*_across_tours(plan)]
    distance_m = drive_s = cost_cents = co2e_g = 0
    for tour in plan.tours:
        vehicle = facts.vehicles.get(tour.vehicle)
        if vehicle is None:
            violations.append(Violation("unknown_vehicle", tour.code, None, 1, 0))
            continue
        court = Court(tour, vehicle, facts)
        violations.extend(court.violations())
        distance_m += court.distance_m
        drive_s += court.drive_s
        cost_cents += court.cost_cents
        co2e_g += court.co2e_g
    return Verdict(tuple(violations), distance_m, drive_s, cost_cents, co2e_g)


def _across_tours(plan: TourPlan) -> Iterator[Violation]:
    """What only shows when tours are laid side by side."""
    carried = [
        (stop.shipment, tour.code, position)
        for tour in plan.tours
        for position, stop in enumerate(tour.stops)
        if stop.shipment
    ]
    seen: dict[str, str] = {}
    for shipment, tour, position in carried:
        if shipment in seen:
            yield Violation("shipment_twice", tour, position, 2, 1, shipment)
        seen[shipment] = tour
    for left in plan.unplanned:
        if left.shipment in seen:
            tour = seen[left.shipment]
            yield Violation("planned_and_left_out", tour, None, 2, 1, left.shipment)
    yield from _vehicles_at_once(plan)
    for code, times in Counter(tour.code for tour in plan.tours).items():
        if times > 1:
            yield Violation("tour_twice", code, None, times, 1)


def _vehicles_at_once(plan: TourPlan) -> Iterator[Violation]:
    """A vehicle on two tours at the same time; the amount is the overlap in seconds."""
    by_vehicle: dict[str, list[Tour]] = {}
    for tour in plan.tours:
        if len(tour.stops) > 1:
            by_vehicle.setdefault(tour.vehicle, []).append(tour)
    for tours in by_vehicle.values():
        tours.sort(key=lambda tour: (tour.start, tour.code))
        latest = tours[0]
        for tour in tours[1:]:
            overlap_s = seconds(min(latest.end, tour.end) - tour.start)
            if tour.start < latest.end:
                yield Violation("vehicle_twice", tour.code, None, max(1, overlap_s), 0)
            latest = max(latest, tour, key=lambda t: t.end)
