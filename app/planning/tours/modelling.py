"""How a part of a day becomes PyVRP's data: its vehicle types with their limits, and all the rest.

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

from app.planning.tours.barriers import Fleet
from app.planning.tours.customers import ALWAYS, Customers
from app.planning.tours.model import Model
from app.planning.tours.parts import Part, classes_of
from app.planning.tours.pieces import Clock, Piece, pieces_of
from app.planning.tours.problem import FAR_S, Problem, VehicleDay
from app.planning.tours.squeezed import clock_for, pauses_of
from app.planning.tours.ways import DEAREST_CENTS, PER_CENT, Matrix, Sites, Ways


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
        self._sites = Sites(problem, part, self._pieces)
        self._ways = Ways(problem, part, self._pieces, self._sites)
        self._fleet = Fleet(problem, self._kinds, self._pieces, len(self._sites.all))
        self._clock = _clock_of(problem, part)
        self._customers = Customers(
            problem, part, self._pieces, self._fleet, self._sites, self._ways, self._clock
        )

    def model(self) -> Model:
        prizes = [self._prize(piece) for piece in self._pieces]
        own = self._data()
        neighbours = moves.compute_neighbours(own)
        everything = _everything(own)
        del own  # one copy of many matrices is enough
        data = self._data(everything, self._doors(prizes))
        numbers = iter(range(data.num_clients))
        fits = (
            self._fleet.room_for(n, s)
            for n, spans in enumerate(self._customers.spans)
            for s in spans
        )
        return Model(
            data=data,
            neighbours=neighbours,
            visits=self._part.visits,
            pieces=self._pieces,
            clients=tuple(tuple(next(numbers) for _ in spans) for spans in self._customers.spans),
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
        groups, clients = self._customers.clients()
        distances, durations = self._ways.distances, self._ways.durations
        if doors:
            prizes = _prizes(len(self._sites.all), doors)
            profile = len(distances)
            distances, durations = [*distances, prizes], [*durations, np.zeros_like(prizes)]
            types.append(pyvrp.VehicleType(len(doors), list(everything), profile=profile))
        return pyvrp.ProblemData(
            locations=[self._location(number) for number in range(len(self._sites.all))],
            clients=clients,
            depots=[pyvrp.Depot(site) for site in range(self._sites.depots)],
            vehicle_types=types,
            distance_matrices=distances,
            duration_matrices=durations,
            groups=groups,
            shipments=self._customers.shipments(),
        )

    def _location(self, site: int) -> pyvrp.Location:
        place = self._sites.all[site].arrive
        point = self._problem.points[0 if place is None else place]
        return pyvrp.Location(point.longitude, point.latitude)

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
            spans = self._customers.spans[number] if not piece.pair else ()
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
        leaves_s = self._clock.at(day.from_s + before_s)
        depot, again = self._reload(day)
        allowed = self._fleet.allowance_cents(kind) * PER_CENT
        return pyvrp.VehicleType(
            num_available=len(self._kinds[kind]),
            capacity=self._customers.capacity(kind, day),
            start_depot=self._sites.start(day),
            end_depot=self._sites.end(day),
            fixed_cost=day.fixed_cents * PER_CENT + ways.lead(day) + paid,
            tw_early=leaves_s,
            tw_late=max(leaves_s, self._clock.at(day.to_s)) if day.to_s < FAR_S else ALWAYS,
            unit_distance_cost=ways.unit(day),
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
