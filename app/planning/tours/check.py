"""Does a plan keep every rule: an independent judge of any plan, whoever made it.

Knows nothing of the solver nor of its problem: it goes back to the shipments, the vehicles, the
nodes and the travel times, reckons everything anew, and names each violation with its amount and
its limit, in the unit of its code.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from app.domain.tours import StopKind, Tour, TourPlan, Verdict, Violation
from app.planning.tours import court_locks, court_times
from app.planning.tours.court import Court, Facts, seconds


def judge(plan: TourPlan, facts: Facts) -> Verdict:
    """Everything that the plan breaks, and its figures reckoned anew."""
    violations = [*_across_tours(plan), *court_locks.violations(plan, facts)]
    distance_m = drive_s = cost_cents = co2e_g = late_s = 0
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
        late_s += court_times.lateness_s(court)
    return Verdict(tuple(violations), distance_m, drive_s, cost_cents, co2e_g, late_s)


def judge_tour(tour: Tour, beside: Sequence[Tour], facts: Facts) -> tuple[Violation, ...]:
    """What one tour breaks, while its vehicle drives the others too; locks are not looked at."""
    day = TourPlan(tour.on, (tour, *beside))
    found = [violation for violation in _across_tours(day) if violation.tour == tour.code]
    vehicle = facts.vehicles.get(tour.vehicle)
    if vehicle is None:
        return (*found, Violation("unknown_vehicle", tour.code, None, 1, 0))
    return (*found, *Court(tour, vehicle, facts).violations())


def _across_tours(plan: TourPlan) -> Iterator[Violation]:
    """What only shows when tours are laid side by side."""
    carried = [
        (stop, tour.code, position)
        for tour in plan.tours
        for position, stop in enumerate(tour.stops)
        if stop.shipment
    ]
    seen: dict[str, str] = {}
    kinds: dict[str, set[StopKind]] = {}
    for stop, tour, position in carried:
        shipment = stop.shipment
        paired = seen.get(shipment) == tour and stop.kind not in kinds[shipment]
        if shipment in seen and not paired:
            yield Violation("shipment_twice", tour, position, 2, 1, shipment)
        seen[shipment] = tour
        kinds.setdefault(shipment, set()).add(stop.kind)
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
        tours.sort(key=lambda tour: (tour.stops[0].start, tour.code))
        latest = tours[0]
        for tour in tours[1:]:
            begins = tour.stops[0].start
            overlap_s = seconds(min(latest.end, tour.end) - begins)
            if begins < latest.end:
                yield Violation("vehicle_twice", tour.code, None, max(1, overlap_s), 0)
            latest = max(latest, tour, key=lambda t: t.end)
