"""Where shipments would stand best in a tour: exactly where it can be, least late where not."""

from collections.abc import Sequence

from app.planning.tours.fetch_places import badness, with_fetches
from app.planning.tours.hands import RELOADS, Hands, Stops, put_into
from app.planning.tours.insertion import best_insertion


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
            return hands.stops(found.tour.visits)
    return _least_bad(hands, vehicle, rest, shipment)


def _least_bad(hands: Hands, vehicle: int, rest: Stops, shipment: str) -> Stops:
    """The place where the tour comes least late, then where it is shortest."""
    doors = sum(stop != RELOADS for stop in rest)
    options = [
        with_fetches(hands, vehicle, put_into(rest, (shipment,), position))
        for position in range(doors + 1)
    ]
    return min(options, key=lambda stops: badness(hands, vehicle, hands.table(vehicle, stops)))
