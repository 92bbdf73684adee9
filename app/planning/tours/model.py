"""How a part of a day is put to PyVRP, and how its answer is read back.

A visit left out is one that rides with a carrier: a vehicle kind of its own, with room and time for
everything, on which a visit costs its prize. The search then trades tours against carriers with all
its moves, where PyVRP's optional clients only know insertion and removal (on the prize-collecting
instance R1_10_2 after 8 s: 0.6 % above the best known instead of 15 %).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pyvrp
from pyvrp import Activity, ActivityType

from app.planning.tours.pieces import Piece
from app.planning.tours.problem import RELOAD, Routes

#: An activity's number is that of a PyVRP client, shipment or depot.
CLIENT, DEPOT = ActivityType.CLIENT, ActivityType.DEPOT
PICKUP, DELIVERY = ActivityType.PICKUP, ActivityType.DELIVERY


@dataclass(frozen=True, slots=True)
class Model:
    """PyVRP's data with what its numbers mean: `kinds` are the vehicles behind each type.

    `pieces` are numbered as everywhere here; those that are pairs come last and are PyVRP's
    shipments. `clients` are the PyVRP clients of every other piece, one for each span in which it
    may begin, and `kinds_of` the kinds of vehicles for which a client is, None = for all.
    `reloads` are the PyVRP depots at which a kind of vehicles loads again, and how often.
    """

    data: pyvrp.ProblemData
    neighbours: dict[Activity, list[Activity]]
    visits: tuple[int, ...]
    pieces: tuple[Piece, ...]
    clients: tuple[tuple[int, ...], ...]
    kinds_of: tuple[frozenset[int] | None, ...]
    kinds: tuple[tuple[int, ...], ...]
    reloads: tuple[tuple[int, int], ...]
    allowed: tuple[frozenset[int], ...]
    largest_prize: int
    _piece_of: dict[int, int] = field(default_factory=dict)
    _piece_with: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, clients in enumerate(self.clients):
            self._piece_of.update(dict.fromkeys(clients, number))
        for number, piece in enumerate(self.pieces):
            self._piece_with.update(dict.fromkeys(piece.made, number))

    @property
    def carriers(self) -> int:
        """The number of the carriers' kind."""
        return len(self.kinds)

    @property
    def doors(self) -> list[int]:
        """PyVRP's locations of the pieces; of a pair that where its goods come aboard."""
        data = self.data
        return [
            data.client(self.clients[number][0]).location
            if number < len(self.clients)
            else data.shipment(number - len(self.clients)).pickup.location
            for number in range(len(self.pieces))
        ]

    @property
    def loads(self) -> list[list[int]]:
        """What each piece weighs in every dimension, whichever way it goes."""
        data = self.data
        first = [data.client(clients[0]) for clients in self.clients]
        goods = [[*map(max, client.delivery, client.pickup)] for client in first]
        return goods + [list(shipment.amount) for shipment in data.shipments()]

    def routes(self, solution: pyvrp.Solution) -> Routes:
        """The tours of an answer, each with a vehicle of its kind in the order of their codes."""
        free = [list(kind) for kind in self.kinds]
        found = []
        for route in sorted(solution.routes(), key=lambda r: (r.vehicle_type(), r.start_time())):
            if route.vehicle_type() < self.carriers:
                visits = tidy(visit for step in route for visit in self._visits_at(step))
                if visits:
                    found.append((free[route.vehicle_type()].pop(0), visits))
        return tuple(found)

    def _visits_at(self, step: Activity) -> tuple[int, ...]:
        if step.is_depot():
            return (RELOAD,)
        if step.is_client():
            return self.pieces[self._piece_of[step.idx]].visits
        pair = self.pieces[len(self.clients) + step.idx].visits
        return pair[:1] if step.is_pickup() else pair[1:]

    def piece_with(self, visit: int) -> int | None:
        """The number of the piece that a visit is part of; half a pair is in none."""
        return self._piece_with.get(visit)

    def may(self, kind: int, client: int) -> bool:
        """A span is for this kind of vehicles; with carriers everything may ride."""
        kinds = self.kinds_of[client]
        return kinds is None or kind == self.carriers or kind in kinds

    def near(self, number: int) -> list[int]:
        """The numbers of the pieces whose doors are nearest to one's, itself left out."""
        near = (self._number(there) for there in self.neighbours[self._activity(number)])
        return [piece for piece in dict.fromkeys(near) if piece not in (None, number)]

    def _activity(self, number: int) -> Activity:
        if number < len(self.clients):
            return Activity(CLIENT, self.clients[number][0])
        return Activity(PICKUP, number - len(self.clients))

    def _number(self, activity: Activity) -> int:
        if activity.is_client():
            return self._piece_of[activity.idx]
        return len(self.clients) + int(activity.idx)

    def opening(self, number: int) -> tuple[int, int]:
        """When a piece opens first, to sort by."""
        if number < len(self.clients):
            return self.data.client(self.clients[number][0]).tw_early, number
        return self.data.shipment(number - len(self.clients)).pickup.tw_early, number

    def solution(self, routes: Routes) -> pyvrp.Solution:
        """An answer to start from; what it leaves out rides with carriers.

        What a tour has begun with stands at its start, whatever the routes say.
        """
        writing = Writing(self)
        kind_of = {vehicle: k for k, kind in enumerate(self.kinds) for vehicle in kind}
        begun = {p.fixed: p.visits for p in self.pieces if p.fixed is not None}
        tours = {**dict(routes), **{v: () for v in begun if v not in dict(routes)}}
        firsts = {visit for visits in begun.values() for visit in visits} - {RELOAD}
        own = []
        for vehicle, visits in tours.items():
            first = begun.get(vehicle, ())
            rest = visits[len(first) :] if visits[: len(first)] == first else visits
            after = tuple(visit for visit in rest if visit not in firsts)
            made = tuple(visit for visit in first if visit != RELOAD)
            own.append(writing.route((*made, *after), kind_of[vehicle]))
        left = [writing.route(piece.made, self.carriers) for piece in self.pieces]
        return pyvrp.Solution(self.data, [route for route in own + left if route is not None])

    def scattered(self, chance: Random) -> pyvrp.Solution:
        """Every piece on some vehicle that may take it, by chance: a start that is never empty."""
        vehicles = [(kind, number) for kind, v in enumerate(self.kinds) for number in range(len(v))]
        visits: dict[tuple[int, int], list[int]] = {vehicle: [] for vehicle in vehicles}
        order = list(range(len(self.pieces)))
        chance.shuffle(order)
        for number in order:
            able = [vehicle for vehicle in vehicles if number in self.allowed[vehicle[0]]]
            if able:
                visits[chance.choice(able)].extend(self.pieces[number].visits)
        kinds = [self.kinds[kind][number] for kind, number in visits]
        return self.solution(tuple(zip(kinds, map(tuple, visits.values()), strict=True)))


class Writing:
    """Writes tours as PyVRP routes, each piece at most once.

    A stop is twice the number of a piece, or one more for the far end of a pair, or `RELOAD`.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._done: set[int] = set()
        self._times: dict[int, Any] = {}

    def route(self, visits: Sequence[int], kind: int) -> pyvrp.Route | None:
        """The route of these visits as far as they are not on another one; None = of none.

        Of its spans each piece gets the first that the vehicle reaches when it leaves early.
        """
        stops = self._with_few_reloads(tidy(self._stops(visits)), kind)
        activities = self._activities(stops, kind)
        return pyvrp.Route(self._model.data, activities, kind) if activities else None

    def _stops(self, visits: Sequence[int]) -> Iterator[int]:
        when: dict[int, tuple[int, int]] = {}
        trip = 0
        for position, visit in enumerate(visits):
            trip += visit == RELOAD
            when[visit] = trip, position
        elsewhere = frozenset(self._done)
        for visit in visits:
            number = RELOAD if visit == RELOAD else self._model.piece_with(visit)
            if number is None or number in elsewhere:
                continue
            if number == RELOAD:
                yield RELOAD
                continue
            piece = self._model.pieces[number]
            if piece.pair and _in_turn(when, *piece.visits):
                yield 2 * number + (visit == piece.visits[1])
            elif number not in self._done:
                yield from (2 * number, 2 * number + 1)[: 1 + piece.pair]
            self._done.add(number)

    def _with_few_reloads(self, stops: Sequence[int], kind: int) -> tuple[int, ...]:
        """The stops with as many reloads as the vehicle may make."""
        again = self._model.reloads[kind][1] if kind < self._model.carriers else 0
        places = [place for place, stop in enumerate(stops) if stop == RELOAD]
        beyond = set(places[again:])
        return tuple(stop for place, stop in enumerate(stops) if place not in beyond)

    def _activities(self, stops: Sequence[int], kind: int) -> list[Activity]:
        model, data = self._model, self._model.data
        vehicle = data.vehicle_type(kind)
        now_s, here = vehicle.tw_early, data.depot(vehicle.start_depot).location
        found = []
        for stop in stops:
            number, end = divmod(stop, 2)
            if stop == RELOAD:
                activity = Activity(DEPOT, model.reloads[kind][0])
            elif model.pieces[number].pair:
                activity = Activity((PICKUP, DELIVERY)[end], number - len(model.clients))
            else:
                activity = Activity(CLIENT, self._client(number, kind, now_s, here))
            found.append(activity)
            now_s, here = self._after(activity, kind, now_s, here)
        return found

    def _client(self, number: int, kind: int, now_s: int, here: int) -> int:
        """The client for the first span of a piece that can be reached from here."""
        clients = self._model.clients[number]
        if len(clients) == 1:
            return clients[0]
        able = [client for client in clients if self._model.may(kind, client)] or list(clients)
        arrival_s = now_s + self._way_s(kind, here, self._model.data.client(clients[0]).location)
        reached = (c for c in able if self._model.data.client(c).tw_late >= arrival_s)
        return next(reached, able[-1])

    def _after(self, activity: Activity, kind: int, now_s: int, here: int) -> tuple[int, int]:
        """When and where the vehicle is free after an activity."""
        if len(self._model.kinds_of) == len(self._model.clients):
            return now_s, here  # nothing to choose anywhere
        there = _site(self._model.data, activity)
        arrival_s = now_s + self._way_s(kind, here, there.location)
        return max(arrival_s, there.tw_early) + there.service_duration, there.location

    def _way_s(self, kind: int, here: int, there: int) -> int:
        if kind not in self._times:
            profile = self._model.data.vehicle_type(kind).profile
            self._times[kind] = self._model.data.duration_matrix(profile)
        return int(self._times[kind][here, there])


def _in_turn(when: Mapping[int, tuple[int, int]], source: int, taker: int) -> bool:
    """Both ends of a pair are on one trip, the goods' way on first."""
    if source not in when or taker not in when:
        return False
    return when[source][0] == when[taker][0] and when[source][1] < when[taker][1]


def _site(data: pyvrp.ProblemData, activity: Activity) -> Any:
    """The client, depot or end of a shipment where an activity takes place."""
    if activity.is_client():
        return data.client(activity.idx)
    if activity.is_depot():
        return data.depot(activity.idx)
    shipment = data.shipment(activity.idx)
    return shipment.pickup if activity.is_pickup() else shipment.delivery


def tidy(visits: Iterable[int]) -> tuple[int, ...]:
    """A tour without reloads that nothing follows, or that nothing went before."""
    found: list[int] = []
    for visit in visits:
        if visit != RELOAD or (found and found[-1] != RELOAD):
            found.append(visit)
    return tuple(found[:-1] if found and found[-1] == RELOAD else found)
