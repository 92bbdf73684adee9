"""What tours of a public instance cost and what is wrong with them, reckoned without our code.

Nothing of the solver, the timetable or the judge is asked: a tour is driven here once more.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Stands between two trips of a tour: the vehicle is back at its depot.
RELOAD = -1


class Client(NamedTuple):
    """A client in the file's units: what it gets from the depot, hands over, or gets from another.

    Of a pair `taker` is where the goods go and `source` where they come from, as indices.
    """

    place: int
    delivery: int = 0
    pickup: int = 0
    service: int = 0
    opens: int = 0
    closes: int = 10**9
    ready: int = 0
    prize: int = 0
    source: int | None = None
    taker: int | None = None

    @property
    def required(self) -> bool:
        return self.prize == 0


class Van(NamedTuple):
    """A vehicle in the file's units; `clients` are those it may serve, None = all."""

    depot: int
    capacity: int
    opens: int = 0
    closes: int = 10**9
    longest: int | None = None
    fixed: int = 0
    unit: int = 1
    reloads: bool = False
    clients: frozenset[int] | None = None


Tours = Sequence[tuple[int, Sequence[int]]]


class Reckoning(NamedTuple):
    """An instance's numbers; with `collects_last` all deliveries come before all collections."""

    clients: Sequence[Client]
    vans: Sequence[Van]
    distances: NDArray[np.int64]
    collects_last: bool = False

    def cost(self, tours: Tours) -> int:
        """Distances, vehicles, and the prizes of clients left out."""
        seen = {client for _, visits in tours for client in visits}
        driven = sum(self._price(self.vans[van], visits) for van, visits in tours)
        return driven + sum(c.prize for n, c in enumerate(self.clients) if n not in seen)

    def _price(self, van: Van, visits: Sequence[int]) -> int:
        length = sum(int(self.distances[a, b]) for a, b in pairwise(self._places(van, visits)))
        return length * van.unit + van.fixed

    def _places(self, van: Van, visits: Sequence[int]) -> list[int]:
        stops = [van.depot if v == RELOAD else self.clients[v].place for v in visits]
        return [van.depot, *stops, van.depot]

    def faults(self, tours: Tours) -> list[str]:
        """What is wrong with tours, in words; clients and vehicles by index from 0."""
        served = [visit for _, visits in tours for visit in visits if visit != RELOAD]
        found = [f"client {v} twice" for v in sorted(set(served)) if served.count(v) > 1]
        missing = sorted(set(range(len(self.clients))) - set(served))
        found += [f"client {v} missing" for v in missing if self.clients[v].required]
        used = [van for van, _ in tours]
        found += [f"vehicle {v} twice" for v in sorted(set(used)) if used.count(v) > 1]
        for van, visits in tours:
            found += self._trips_faults(van, visits)
            found += self._time_faults(van, visits)
        return found

    def _trips_faults(self, number: int, visits: Sequence[int]) -> Iterator[str]:
        van, trips = self.vans[number], list(_trips(visits))
        if len(trips) > 1 and not van.reloads:
            yield f"vehicle {number} reloads"
        for trip in trips:
            if self._peak(trip) > van.capacity:
                yield f"vehicle {number} overloaded"
            if van.clients is not None:
                for visit in set(trip) - van.clients:
                    yield f"client {visit} not for vehicle {number}"
            yield from self._order_faults(trip)

    def _order_faults(self, trip: Sequence[int]) -> Iterator[str]:
        """Pairs in their order on one trip, collections after deliveries."""
        for place, visit in enumerate(trip):
            client = self.clients[visit]
            if client.source is not None and client.source not in trip[:place]:
                yield f"client {visit} before its source"
            if client.taker is not None and client.taker not in trip[place:]:
                yield f"client {client.taker} without its source"
        if self.collects_last:
            collects = [self.clients[visit].pickup > 0 for visit in trip]
            if collects != sorted(collects) or collects[:1] == [True]:
                yield f"client {trip[0]} and others out of turn"

    def _peak(self, trip: Sequence[int]) -> int:
        """The most that is aboard at once."""
        depot = [c for c in (self.clients[v] for v in trip) if c.source is None]
        aboard = most = sum(client.delivery for client in depot)
        for visit in trip:
            aboard += self.clients[visit].pickup - self.clients[visit].delivery
            most = max(most, aboard)
        return most

    def _time_faults(self, number: int, visits: Sequence[int]) -> Iterator[str]:
        """Drive early; the length is that of the latest start with which nothing comes later."""
        van = self.vans[number]
        trips = list(_trips(visits))
        now = max([van.opens, *(self.clients[v].ready for v in trips[0])])
        here, length, slack = van.depot, 0, van.closes - now
        for place, service, opens, closes, name in self._stops(van, trips):
            way = int(self.distances[here, place])
            wait = max(0, opens - now - way)
            if now + way > closes:
                yield f"{name or f'vehicle {number}'} late"
            slack = min(slack, closes - now - way)
            saved = min(wait, max(0, slack))
            length += way + wait - saved + service
            slack -= saved
            now, here = now + way + wait + service, place
        home = int(self.distances[here, van.depot])
        if now + home > van.closes:
            yield f"vehicle {number} home late"
        if van.longest is not None and length + home > van.longest:
            yield f"vehicle {number} out too long"

    def _stops(
        self, van: Van, trips: Sequence[Sequence[int]]
    ) -> Iterator[tuple[int, int, int, int, str]]:
        for turn, trip in enumerate(trips):
            if turn:
                ready = max((self.clients[v].ready for v in trip), default=0)
                yield van.depot, 0, ready, van.closes, ""
            for visit in trip:
                client = self.clients[visit]
                name = f"client {visit}"
                yield client.place, client.service, client.opens, client.closes, name


def _trips(visits: Sequence[int]) -> Iterator[list[int]]:
    trip: list[int] = []
    for visit in visits:
        if visit == RELOAD:
            yield trip
            trip = []
        else:
            trip.append(visit)
    yield trip
