"""Does everything fit aboard on each leg, and is what is collected on the way delivered after."""

from collections.abc import Iterable, Iterator

from app.domain.tours import StopKind, Violation
from app.domain.values import Load
from app.planning.tours.case import Case

_ROOMS = (
    ("too_heavy", "weight_g"),
    ("too_bulky", "volume_ml"),
    ("too_many_parcels", "parcels"),
)


def violations(case: Case) -> Iterator[Violation]:
    """What is aboard never exceeds the room, and pairs are made in their order."""
    yield from _pairs(case)
    for trip in case.trips:
        yield from _trip_loads(case, trip)


def leaving(case: Case) -> Load:
    """What the vehicle is loaded with at its depot, over all its trips."""
    return _sum(case.load(n) for n in case.visits if _from_depot(case, n))


def is_collected(case: Case, number: int) -> bool:
    """Whether the goods of a delivery come aboard on the way, somewhere on this tour."""
    return case.stops[number].shipment in case.collected


def _pairs(case: Case) -> Iterator[Violation]:
    """Goods taken over at another node are delivered later on the same trip, and not before."""
    for number in case.visits:
        shipment = case.stops[number].shipment
        if case.stops[number].kind is StopKind.DELIVERY:
            trip = next((trip for trip in case.trips if number in trip), range(number))
            before = range(trip.start, number)
            if is_collected(case, number) and not any(
                _collects(case, other, shipment) for other in before
            ):
                yield case.found("not_collected", number, 0, 1, shipment)
        elif case.at_source(number) and not any(
            case.is_delivered(other, shipment) for other in case.visits
        ):
            yield case.found("not_delivered", number, 0, 1, shipment)


def _trip_loads(case: Case, trip: range) -> Iterator[Violation]:
    """The fullest moment of a trip in each measure: at its start, or after a pickup."""
    aboard = _sum(case.load(n) for n in trip if _from_depot(case, n))
    most = [(trip.start, aboard)]
    for number in trip:
        kind = case.stops[number].kind
        if kind is StopKind.DELIVERY:
            aboard = _less(aboard, case.load(number))
        elif kind is StopKind.PICKUP:
            aboard += case.load(number)
            most.append((number, aboard))
    room = case.vehicle.capacity
    for code, measure in _ROOMS:
        number, load = max(most, key=lambda m: (getattr(m[1], measure), -m[0]))
        if getattr(load, measure) > getattr(room, measure):
            yield case.found(code, number, getattr(load, measure), getattr(room, measure))


def _from_depot(case: Case, number: int) -> bool:
    """Whether a stop delivers what was loaded at the depot."""
    return case.stops[number].kind is StopKind.DELIVERY and not is_collected(case, number)


def _collects(case: Case, number: int, shipment: str) -> bool:
    stop = case.stops[number]
    return stop.kind is StopKind.PICKUP and stop.shipment == shipment


def _sum(loads: Iterable[Load]) -> Load:
    total = Load()
    for load in loads:
        total += load
    return total


def _less(load: Load, other: Load) -> Load:
    return Load(
        load.weight_g - other.weight_g,
        load.volume_ml - other.volume_ml,
        load.parcels - other.parcels,
    )
