"""Whether a tour's goods have room on every leg: aboard from the depot or a door, off at a door."""

from collections.abc import Iterator, Sequence

from app.domain.values import Load
from app.planning.tours.problem import RELOAD, Problem


def trips_of(route: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The visits of each trip."""
    trip: list[int] = []
    for visit in route:
        if visit == RELOAD:
            yield tuple(trip)
            trip = []
        else:
            trip.append(visit)
    yield tuple(trip)


def tidy(route: Sequence[int]) -> tuple[int, ...]:
    """The route without trips that do nothing."""
    done: list[int] = []
    for trip in trips_of(route):
        if trip and done:
            done.append(RELOAD)
        done.extend(trip)
    return tuple(done)


def fits(problem: Problem, route: Sequence[int], room: Load) -> bool:
    """Every trip keeps within this room all along."""
    if RELOAD not in route:
        return _trip_fits(problem, route, room)
    return all(_trip_fits(problem, trip, room) for trip in trips_of(route))


def _trip_fits(problem: Problem, trip: Sequence[int], room: Load) -> bool:
    visits = problem.visits
    weight_g = volume_ml = parcels = 0
    changing = False
    for index in trip:
        visit = visits[index]
        if visit.collect or visit.source is not None:
            changing = True
            continue
        weight_g += visit.load.weight_g
        volume_ml += visit.load.volume_ml
        parcels += visit.load.parcels
    aboard = Load(weight_g, volume_ml, parcels)
    return aboard.fits(room) and (not changing or _fits_on_the_way(problem, trip, aboard, room))


def _fits_on_the_way(problem: Problem, trip: Sequence[int], aboard: Load, room: Load) -> bool:
    for index in trip:
        visit = problem.visits[index]
        if visit.collect:
            aboard += visit.load
            if not aboard.fits(room):
                return False
        else:
            aboard = aboard - visit.load
    return True


def most_aboard(problem: Problem, trip: Sequence[int]) -> Load:
    """The most there is aboard on a trip, in each dimension by itself."""
    aboard = problem.total_load(v for v in trip if problem.visits[v].from_depot)
    most = aboard
    for index in trip:
        visit = problem.visits[index]
        aboard = aboard + visit.load if visit.collect else aboard - visit.load
        most = Load(
            max(most.weight_g, aboard.weight_g),
            max(most.volume_ml, aboard.volume_ml),
            max(most.parcels, aboard.parcels),
        )
    return most
