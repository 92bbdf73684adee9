"""Where shipments would stand best in a tour: exactly where it can be, least late where not."""

from collections.abc import Sequence

from app.planning.tours.hands import RELOADS, Hands, Stops, put_into
from app.planning.tours.insertion import best_insertion
from app.planning.tours.timetable import Timetable


def best_stops(hands: Hands, vehicle: int, rest: Stops, shipments: Sequence[str]) -> Stops:
    """The stops with these shipments among them, one after the other where each costs least."""
    stops = rest
    for shipment in shipments:
        stops = _with_one(hands, vehicle, stops, shipment)
    return stops


def _with_one(hands: Hands, vehicle: int, rest: Stops, shipment: str) -> Stops:
    exact, visit = hands.exact, hands.visits[shipment]
    driven = exact.drive(vehicle, hands.route(rest)) if rest else None
    if driven is not None or not rest:
        found = best_insertion(exact, vehicle, driven, visit)
        if found is not None:
            return _as_stops(hands, found.tour.visits)
    return _least_bad(hands, vehicle, rest, shipment)


def _as_stops(hands: Hands, route: Sequence[int]) -> Stops:
    visits = hands.problem.visits
    return tuple(RELOADS if index < 0 else visits[index].shipment for index in route)


def _least_bad(hands: Hands, vehicle: int, rest: Stops, shipment: str) -> Stops:
    """The place where the tour comes least late, then where it is shortest."""
    doors = sum(stop != RELOADS for stop in rest)
    options = [put_into(rest, (shipment,), position) for position in range(doors + 1)]
    return min(options, key=lambda stops: _badness(hands, vehicle, hands.table(vehicle, stops)))


def _badness(hands: Hands, vehicle: int, table: Timetable | None) -> tuple[bool, int, int]:
    if table is None:
        return True, 0, 0
    visits, day = hands.problem.visits, hands.problem.vehicles[vehicle]
    late_s = sum(
        max(0, step.start_s - visits[step.visit].spans[-1][1])
        for step in table.steps
        if step.visit is not None
    )
    return False, late_s + max(0, table.end_s - day.to_s), table.distance_m
