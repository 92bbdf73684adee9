"""Where a tour changed by hand takes goods over: before their delivery, on the same trip."""

from app.planning.tours.hands import RELOADS, Hands, Stops, fetch_at
from app.planning.tours.timetable import Timetable


def with_fetches(hands: Hands, vehicle: int, stops: Stops) -> Stops:
    """The stops with a fetch for each delivery that needs one; those that stand well stay."""
    for shipment in stops:
        if not _is_fetched(hands, shipment):
            continue
        there = stops.index(shipment)
        fetch, trip = fetch_at(shipment), _trip_start(stops, there)
        if fetch not in stops[trip:there]:
            rest = tuple(stop for stop in stops if stop != fetch)
            stops = _best(hands, vehicle, rest, shipment)
    return stops


def badness(hands: Hands, vehicle: int, table: Timetable | None) -> tuple[bool, int, int]:
    """How bad a tour is whose rules may be broken: none at all, then late, then long."""
    if table is None:
        return True, 0, 0
    visits, day = hands.problem.visits, hands.problem.vehicles[vehicle]
    late_s = sum(
        max(0, step.start_s - visits[step.visit].spans[-1][1])
        for step in table.steps
        if step.visit is not None
    )
    return False, late_s + max(0, table.end_s - day.to_s), table.distance_m


def _is_fetched(hands: Hands, stop: str) -> bool:
    visit = hands.visit(stop) if stop != RELOADS else None
    return visit is not None and visit.source is not None


def _trip_start(stops: Stops, there: int) -> int:
    """The first place on the trip that a stop is on."""
    return max((n + 1 for n in range(there) if stops[n] == RELOADS), default=0)


def _best(hands: Hands, vehicle: int, rest: Stops, shipment: str) -> Stops:
    there, fetch = rest.index(shipment), fetch_at(shipment)
    options = [(*rest[:n], fetch, *rest[n:]) for n in range(_trip_start(rest, there), there + 1)]
    return min(options, key=lambda stops: badness(hands, vehicle, hands.table(vehicle, stops)))
