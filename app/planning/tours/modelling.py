"""How a part of a day becomes PyVRP's data: clients, shipments, vehicle types and their limits.

What PyVRP cannot say is put in as near as it goes and made exact when the tours are settled: visits
to one door share their setup, but the later ones do not wait for it; a pair is open from its first
span to its last; pauses are cut out of the clock; a set that must not ride together may do so on
two trips of one vehicle, and one that must at several doors is not heard of; where many vehicles
with a limited range are familiar with areas of their own, the limit is loosened by what that costs.
"""

from collections.abc import Sequence

import numpy as np
import pyvrp
import pyvrp.search as moves

from app.domain.values import GeoPoint, Load
from app.planning.tours.barriers import Fleet, apart_of
from app.planning.tours.model import Model
from app.planning.tours.parts import Part, classes_of
from app.planning.tours.pieces import (
    Chain,
    Clock,
    Piece,
    Span,
    chain_of,
    hull_of,
    pieces_of,
    service_s,
    spans_of,
)
from app.planning.tours.problem import FAR_S, Problem, VehicleDay
from app.planning.tours.squeezed import clock_for, pauses_of
from app.planning.tours.ways import DEAREST_CENTS, PER_CENT, Matrix, Sites, Ways

#: What PyVRP itself takes for a limit that never binds.
ALWAYS = 2**63 - 1


def model_of(problem: Problem, part: Part) -> Model:
    """The part as PyVRP's data."""
    return _Modelling(problem, part).model()


class _Modelling:
    """The parts of PyVRP's data one after the other."""

    def __init__(self, problem: Problem, part: Part) -> None:
        self._problem, self._part = problem, part
        self._kinds = tuple(tuple(kind) for kind in classes_of(problem, part.vehicles))
        self._days = [problem.vehicles[kind[0]] for kind in self._kinds]
        self._pieces = pieces_of(problem, part)
        self._single = [piece for piece in self._pieces if not piece.pair]
        self._sites = Sites(problem, part, self._pieces)
        self._ways = Ways(problem, part, self._pieces, self._sites)
        self._fleet = Fleet(problem, self._kinds, self._pieces, len(self._sites.all))
        self._clock = _clock_of(problem, part)
        self._binding = _binding(problem, part)
        self._chains = [self._chain(number) for number in range(len(self._single))]
        self._spans = [self._spans_of(n) for n in range(len(self._single))]
        self._rooms = self._fleet.rooms(self._spans)
        self._apart = apart_of(problem, part, self._pieces)

    def model(self) -> Model:
        prizes = [self._prize(piece) for piece in self._pieces]
        own = self._data()
        neighbours = moves.compute_neighbours(own)
        everything = _everything(own)
        del own  # one copy of many matrices is enough
        data = self._data(everything, self._doors(prizes))
        numbers = iter(range(data.num_clients))
        fits = (self._fleet.room_for(n, s) for n, spans in enumerate(self._spans) for s in spans)
        return Model(
            data=data,
            neighbours=neighbours,
            visits=self._part.visits,
            pieces=self._pieces,
            clients=tuple(tuple(next(numbers) for _ in spans) for spans in self._spans),
            kinds_of=tuple(fits),
            kinds=self._kinds,
            reloads=tuple(self._reload(day) for day in self._days),
            allowed=tuple(
                frozenset(n for n, able in enumerate(self._fleet.kinds_for) if kind in able)
                for kind in range(len(self._kinds))
            ),
            largest_prize=max(prizes, default=0),
        )

    def _data(
        self, everything: Sequence[int] = (), doors: Sequence[tuple[int, int]] = ()
    ) -> pyvrp.ProblemData:
        """PyVRP's data; with prices of doors also the carriers, who have room for everything."""
        types = [self._vehicle_type(kind) for kind in range(len(self._kinds))]
        groups, clients = self._clients()
        distances, durations = self._ways.distances, self._ways.durations
        if doors:
            prizes = _prizes(len(self._sites.all), doors)
            profile = len(distances)
            distances, durations = [*distances, prizes], [*durations, np.zeros_like(prizes)]
            types.append(pyvrp.VehicleType(len(doors), list(everything), profile=profile))
        pairs = range(len(self._single), len(self._pieces))
        return pyvrp.ProblemData(
            locations=[self._location(number) for number in range(len(self._sites.all))],
            clients=clients,
            depots=[pyvrp.Depot(site) for site in range(self._sites.depots)],
            vehicle_types=types,
            distance_matrices=distances,
            duration_matrices=durations,
            groups=groups,
            shipments=[self._shipment(number) for number in pairs],
        )

    def _location(self, site: int) -> pyvrp.Location:
        place = self._sites.all[site].arrive
        point: GeoPoint = self._problem.points[0 if place is None else place]
        return pyvrp.Location(point.longitude, point.latitude)

    def _chain(self, number: int) -> Chain | None:
        """When a piece of several visits may begin; None for one visit alone."""
        piece = self._single[number]
        if len(piece.made) == 1:
            return None
        first = min(self._fleet.kinds_for[number], default=0)
        return chain_of(self._problem, self._days[first], piece, self._clock)

    def _spans_of(self, number: int) -> tuple[Span, ...]:
        """The spans of one piece; a chain's are on the search's clock already."""
        piece, chain = self._single[number], self._chains[number]
        if chain is not None:
            spans: tuple[Span, ...] = (Span(chain.opens_s, chain.closes_s),)
        else:
            percent = max(day.service_percent for day in self._days)
            visit = self._problem.visits[piece.made[0]]
            longest_s = -(-percent * (visit.setup_s + visit.service_s) // 100)
            spans = spans_of(visit, self._days, longest_s)
        return self._fleet.priced(number, spans)

    def _clients(self) -> tuple[list[pyvrp.ClientGroup], list[pyvrp.Client]]:
        """A client for each span of each piece; several of one piece are a group."""
        groups: list[pyvrp.ClientGroup] = []
        clients: list[pyvrp.Client] = []
        for number, spans in enumerate(self._spans):
            group = None
            if len(spans) > 1:
                group = len(groups)
                numbers = range(len(clients), len(clients) + len(spans))
                groups.append(pyvrp.ClientGroup(list(numbers)))
            dearest = max(span.dearer_cents for span in spans)
            clients += [self._client(number, span, group, dearest) for span in spans]
        return groups, clients

    def _client(self, number: int, span: Span, group: int | None, dearest: int) -> pyvrp.Client:
        """A piece in one span; what the span costs less than the dearest one is its prize."""
        piece, chain = self._single[number], self._chains[number]
        visits = [self._problem.visits[visit] for visit in piece.made]
        if chain is None:
            opens_s, closes_s = self._clock.span(span.opens_s, span.closes_s)
        else:
            opens_s, closes_s = chain.opens_s, chain.closes_s
        ready = (v.ready_s for v in visits if not v.collect and v.source is None)
        ready_s = max(0, self._clock.at(max(ready, default=-FAR_S)))
        return pyvrp.Client(
            self._sites.first[number],
            delivery=self._loads(piece, number, span, collect=False),
            pickup=self._loads(piece, number, span, collect=True),
            service_duration=self._service_s(number),
            tw_early=opens_s,
            tw_late=closes_s if span.closes_s < FAR_S else ALWAYS,
            release_time=0 if piece.fixed is not None else min(ready_s, closes_s),
            required=group is None,
            prize=(dearest - span.dearer_cents) * PER_CENT if group is not None else 0,
            group=group,
        )

    def _service_s(self, number: int) -> int:
        piece, chain = self._single[number], self._chains[number]
        if piece.fixed is not None and chain is None:
            day = self._problem.vehicles[piece.fixed]
            return service_s(self._problem, piece.made, day.service_percent)
        if piece.fixed is not None and chain is not None:
            return chain.length_s
        return self._ways.service_s(number)

    def _loads(self, piece: Piece, number: int, span: Span, *, collect: bool) -> list[int]:
        """What comes aboard, or leaves, in each dimension; those that keep vehicles away too."""
        visits = self._problem.visits
        goods = self._problem.total_load(v for v in piece.last_trip if visits[v].collect is collect)
        kept = self._rooms.amounts(self._fleet.room_for(number, span))
        lone = self._alone(number)
        marks = [*kept, *lone]
        return _amounts(goods, self._binding) + ([0] * len(marks) if collect else marks)

    def _alone(self, number: int) -> list[int]:
        return [int(number in pieces) for pieces in self._apart]

    def _shipment(self, number: int) -> pyvrp.Shipment:
        source, taker = (self._problem.visits[visit] for visit in self._pieces[number].visits)
        site = self._sites.first[number]
        there, back = hull_of(source), hull_of(taker)
        opens_s, closes_s = self._clock.span(there.opens_s, there.closes_s)
        due_from_s, due_s = self._clock.span(back.opens_s, back.closes_s)
        due_s = max(opens_s, due_s)  # an impossible pair is for the carriers, and no fault
        kept = self._rooms.amounts(self._fleet.room_for(number, None))
        return pyvrp.Shipment(
            site,
            site + 1,
            pickup_tw_early=opens_s,
            pickup_tw_late=closes_s if there.closes_s < FAR_S else ALWAYS,
            pickup_service_duration=self._ways.service_s(number, 0),
            delivery_tw_early=due_from_s,
            delivery_tw_late=due_s if back.closes_s < FAR_S else ALWAYS,
            delivery_service_duration=self._ways.service_s(number, 1),
            amount=_amounts(taker.load, self._binding) + kept + self._alone(number),
        )

    def _prize(self, piece: Piece) -> int:
        """What leaving a piece to carriers costs."""
        prizes = sum(self._problem.visits[visit].prize_cents for visit in piece.made)
        return min(prizes, DEAREST_CENTS) * PER_CENT

    def _doors(self, prizes: Sequence[int]) -> list[tuple[int, int]]:
        """What the way to each piece costs a carrier: a tour that has begun is no carrier's.

        What a tour pays for a piece in any case, the carriers are spared.
        """
        doors = []
        for number, (piece, prize) in enumerate(zip(self._pieces, prizes, strict=True)):
            spans = self._spans[number] if not piece.pair else ()
            anyway = min((span.dearer_cents for span in spans), default=0) * PER_CENT
            way = self._ways.barred if piece.fixed is not None else max(0, prize - anyway)
            doors.append((self._sites.first[number] + piece.pair, way))
        return doors

    def _reload(self, vehicle: VehicleDay) -> tuple[int, int]:
        return (self._sites.reload(vehicle), vehicle.reloads) if vehicle.reloads else (0, 0)

    def _vehicle_type(self, kind: int) -> pyvrp.VehicleType:
        """A kind of vehicles; the way to the depot and loading there are paid and over before."""
        day, ways = self._days[kind], self._ways
        before_s = day.lead_s + day.loading_s
        work_s, over_s = ALWAYS, 0
        paid = before_s * ways.second(day)
        if day.max_work_s is not None:
            work_s = max(0, day.max_work_s - before_s)
            over_s = max(0, day.overtime_s - max(0, before_s - day.max_work_s))
            paid += max(0, before_s - day.max_work_s) * _overtime(day)
        depot, again = self._reload(day)
        allowed = self._fleet.allowance_cents(kind) * PER_CENT
        return pyvrp.VehicleType(
            num_available=len(self._kinds[kind]),
            capacity=[
                *_amounts(day.capacity, self._binding),
                *self._rooms.capacity(kind, len(self._pieces)),
                *(1 for _ in self._apart),
            ],
            start_depot=self._sites.start(day),
            end_depot=self._sites.end(day),
            fixed_cost=day.fixed_cents * PER_CENT + ways.lead(day) + paid,
            tw_early=self._clock.at(day.from_s + before_s),
            tw_late=self._clock.at(day.to_s) if day.to_s < FAR_S else ALWAYS,
            unit_distance_cost=1,
            unit_duration_cost=ways.second(day),
            shift_duration=work_s,
            max_overtime=over_s,
            unit_overtime_cost=_overtime(day) if over_s else 0,
            max_distance=ALWAYS if day.max_m is None else ways.longest(day) + allowed,
            profile=ways.profile(day, self._fleet.access(kind)),
            reload_depots=[depot] if again else [],
            max_reloads=again,
        )


def _overtime(vehicle: VehicleDay) -> int:
    """What a second of overtime costs more than another."""
    return round(vehicle.overtime_hour_cents * PER_CENT / 3600)


def _clock_of(problem: Problem, part: Part) -> Clock:
    """The clock of a part without its pauses, from the first moment that a vehicle may leave."""
    squeezed = clock_for(pause for v in part.vehicles for pause in pauses_of(problem.vehicles[v]))
    origin_s = min(squeezed.at(problem.vehicles[v].from_s) for v in part.vehicles)
    return Clock(lambda second: squeezed.at(second) - origin_s)


def _amounts(load: Load, binding: Sequence[int]) -> list[int]:
    amounts = (load.weight_g, load.volume_ml, load.parcels)
    return [amounts[dimension] for dimension in binding]


def _binding(problem: Problem, part: Part) -> tuple[int, ...]:
    """The dimensions in which some vehicle could not take everything; the others cost time."""
    total = _amounts(problem.total_load(part.visits), range(3))
    rooms = [_amounts(problem.vehicles[v].capacity, range(3)) for v in part.vehicles]
    return tuple(d for d in range(3) if total[d] > min(room[d] for room in rooms))


def _prizes(sites: int, doors: Sequence[tuple[int, int]]) -> Matrix:
    """The carriers' ways: to each piece costs its prize, and all else nothing."""
    ways: Matrix = np.zeros((sites, sites), dtype=np.int64)
    for site, prize in doors:
        ways[:, site] = prize
    np.fill_diagonal(ways, 0)
    return ways


def _everything(own: pyvrp.ProblemData) -> list[int]:
    """Room for all goods of a day at once."""
    goods = [client.delivery for client in own.clients()]
    goods += [client.pickup for client in own.clients()]
    goods += [shipment.amount for shipment in own.shipments()]
    return [sum(amounts[d] for amounts in goods) for d in range(own.num_load_dimensions)]
