"""What ways cost on PyVRP's map: its sites, and for each kind of vehicle the prices and times.

Money is counted in hundredths of a cent. An arc that a vehicle may not use is a very long one, not
the solver's own MAX_VALUE: with that one `solve` never ends (PyVRP FAQ, "missing edges").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from math import gcd, lcm
from typing import Any

import numpy as np

from app.planning.tours.barriers import Access
from app.planning.tours.parts import Part
from app.planning.tours.pieces import Piece, service_s
from app.planning.tours.problem import RELOAD, Problem, VehicleDay

PER_CENT = 100
#: PyVRP's stubs name an array type that numpy does not know.
Matrix = Any
#: Prizes above this are as good as it: the penalties must stay larger than any prize.
DEAREST_CENTS = 1_000_000
#: Vehicles share their matrices where a middle way is so many steps of price long: each way is
#: rounded up to whole steps.
SHARED_STEPS = 1_000
#: What a kilometre costs at least while searching, so that a free vehicle still goes straight.
LEAST_KM_CENTS = Decimal(1)


@dataclass(frozen=True, slots=True)
class Site:
    """A point of PyVRP's map: `arrive` is the place that ways lead to, `leave` where they start.

    At a depot for reloading `reload_s` passes before it is reached; `piece` is the number of what
    is visited here. Where a tour may end without coming home there is no place at all.
    """

    arrive: int | None
    leave: int | None
    piece: int | None = None
    reload_s: int | None = None


class Sites:
    """The map of a part: depots and ends, where tours end anywhere, reloads, then the pieces."""

    def __init__(self, problem: Problem, part: Part, pieces: Sequence[Piece]) -> None:
        fleet = [problem.vehicles[v] for v in part.vehicles]
        ends = {v.ends for v in fleet if v.ends is not None and not v.open_ended}
        depots = sorted({v.depot for v in fleet} | ends)
        self.all = [Site(place, place) for place in depots]
        self._depot = {place: number for number, place in enumerate(depots)}
        if any(vehicle.open_ended for vehicle in fleet):
            self.all.append(Site(None, None))
        self._reload: dict[tuple[int, int], int] = {}
        for vehicle in fleet:
            key = vehicle.depot, vehicle.reload_s
            if vehicle.reloads and key not in self._reload:
                self._reload[key] = len(self.all)
                self.all.append(Site(vehicle.depot, vehicle.depot, reload_s=vehicle.reload_s))
        self.depots = len(self.all)
        self.first: list[int] = []
        for number, piece in enumerate(pieces):
            self.first.append(len(self.all))
            places = [problem.visits[v].place for v in piece.made]
            stops = places if piece.pair else [(places[0], places[-1])]
            for stop in stops:
                arrive, leave = stop if isinstance(stop, tuple) else (stop, stop)
                self.all.append(Site(arrive, leave, number))

    def start(self, vehicle: VehicleDay) -> int:
        """The site where this vehicle's tour starts; sites of depots are PyVRP's depots."""
        return self._depot[vehicle.depot]

    def end(self, vehicle: VehicleDay) -> int:
        if vehicle.open_ended:
            return len(self._depot)
        return self._depot[vehicle.depot if vehicle.ends is None else vehicle.ends]

    def reload(self, vehicle: VehicleDay) -> int:
        return self._reload[vehicle.depot, vehicle.reload_s]


class Ways:
    """The matrices of each kind of vehicle: its ways in money, and its driving times.

    A way's price is rounded up, so that a limit in money, rounded down, never lets a vehicle drive
    farther than its limit in metres.

    A setup and what a slow crew needs more lie on the arcs that lead away from a door.
    """

    def __init__(self, problem: Problem, part: Part, pieces: Sequence[Piece], sites: Sites) -> None:
        self._problem, self._pieces, self._sites = problem, pieces, sites
        self._numbers: dict[tuple[object, ...], int] = {}
        self._least_percent = min(problem.vehicles[v].service_percent for v in part.vehicles)
        self.distances: list[Matrix] = []
        self.durations: list[Matrix] = []
        prizes = (problem.visits[v].prize_cents for v in part.visits)
        dearest = min(DEAREST_CENTS, max(prizes, default=0))
        self.barred = 10 * PER_CENT * max(DEAREST_CENTS // 10, dearest)
        self._step = self._step_of([problem.vehicles[v] for v in part.vehicles], part)

    def _step_of(self, vehicles: Sequence[VehicleDay], part: Part) -> Decimal | None:
        """The price of a metre of which every vehicle's is a few times over, where they may share.

        They may where nothing but ways is in the matrices. A matrix for each price is slow: on a
        fleet of five kinds the search makes a third more steps with one.
        """
        more = any(vehicle.max_m is not None for vehicle in vehicles)
        more |= any(self._problem.visits[visit].usual for visit in part.visits)
        more |= any(len(piece.visits) > 1 and not piece.pair for piece in self._pieces)
        prices = {self.metre(vehicle) for vehicle in vehicles}
        numbers = [price.as_integer_ratio() for price in prices]
        whole = lcm(*(below for _, below in numbers))
        step = Decimal(gcd(*(above * whole // below for above, below in numbers))) / whole
        roads = {vehicle.roads for vehicle in vehicles}
        middle_m = min(float(self._problem.roads[n].distance_m.mean()) for n in roads)
        alone = len(prices) == 1 or more or middle_m * float(step) < SHARED_STEPS
        return None if alone else step

    def unit(self, vehicle: VehicleDay) -> int:
        """How often the price in the matrices is paid."""
        return 1 if self._step is None else int(self.metre(vehicle) / self._step)

    def metre(self, vehicle: VehicleDay) -> Decimal:
        """A metre's price, carbon included."""
        carbon = Decimal(vehicle.co2e_g_per_km * self._problem.carbon_cents_per_kg) / 1000
        return max(LEAST_KM_CENTS, vehicle.km_cents + carbon) * PER_CENT / 1000

    def longest(self, vehicle: VehicleDay) -> int:
        """The limit of a tour in money."""
        return int(self.metre(vehicle) * max(0, (vehicle.max_m or 0) - vehicle.lead_m))

    def lead(self, vehicle: VehicleDay) -> int:
        """What the way to the depot costs."""
        return int((self.metre(vehicle) * vehicle.lead_m).to_integral_value(ROUND_CEILING))

    def second(self, vehicle: VehicleDay) -> int:
        """A second's price, waiting included.

        Time priced within the ways is searched four times faster, but forgets that drivers are paid
        while they wait: plans 20 % dearer on days with two-hour windows.
        """
        return round(vehicle.hour_cents * PER_CENT / 3600)

    def service_s(self, number: int, end: int = 0) -> int:
        """What is spent at a piece, or at one end of a pair, whoever comes: the rest is on arcs."""
        piece = self._pieces[number]
        if piece.fixed is not None:
            return 0  # its chain knows
        made = piece.made[end : end + 1] if piece.pair else piece.made
        return _without_setup(self._problem, made, self._least_percent)

    def profile(self, vehicle: VehicleDay, access: Access) -> int:
        """The number of the matrices for vehicles like this one."""
        key = (vehicle.roads, self._priced(vehicle), vehicle.service_percent, access)
        if key not in self._numbers:
            self._numbers[key] = len(self.distances)
            self._add(vehicle, access)
        return self._numbers[key]

    def _priced(self, vehicle: VehicleDay) -> Decimal:
        """A metre's price in the matrices."""
        return self.metre(vehicle) if self._step is None else self._step

    def _add(self, vehicle: VehicleDay, access: Access) -> None:
        ways, sites = self._problem.roads[vehicle.roads], self._sites.all
        to = [vehicle.depot if site.arrive is None else site.arrive for site in sites]
        out = [vehicle.depot if site.leave is None else site.leave for site in sites]
        nowhere = [number for number, site in enumerate(sites) if site.arrive is None]
        where = np.ix_(out, to)
        seconds = ways.duration_s[where].astype(np.int64)
        price = np.ceil(ways.distance_m[where] * float(self._priced(vehicle)) - 1e-6)
        price = price.astype(np.int64)
        price[:, nowhere] = seconds[:, nowhere] = 0
        self._spend(seconds, vehicle, np.not_equal.outer(out, to))
        self._charge(price, vehicle, access)
        price[nowhere, :] = self.barred
        np.fill_diagonal(price, 0)
        np.fill_diagonal(seconds, 0)
        self.distances.append(price)
        self.durations.append(seconds)

    def _spend(self, seconds: Matrix, vehicle: VehicleDay, elsewhere: Matrix) -> None:
        """Time at doors beyond what everyone needs there, and time for loading again."""
        ends = np.array([site.piece is None for site in self._sites.all])
        for number, piece in enumerate(self._pieces):
            if piece.fixed is not None:
                continue
            for end in range(2 if piece.pair else 1):
                site = self._sites.first[number] + end
                made = piece.made[end : end + 1] if piece.pair else piece.made
                known_s = self.service_s(number, end)
                whole_s = service_s(self._problem, made, vehicle.service_percent)
                here_s = _without_setup(self._problem, made, vehicle.service_percent)
                if whole_s > known_s:
                    away = elsewhere[site] | ends
                    seconds[site] += np.where(away, whole_s - known_s, here_s - known_s)
        for site, what in enumerate(self._sites.all):
            seconds[:, site] += what.reload_s or 0

    def _charge(self, price: Matrix, vehicle: VehicleDay, access: Access) -> None:
        """What is on the way inside a piece, what is dearer, and what is barred."""
        for number, piece in enumerate(self._pieces):
            if len(piece.visits) > 1 and not piece.pair:
                price[:, self._sites.first[number]] += self._inside(vehicle, piece)
        for number, cents in access.unusual:
            price[:, self._sites.first[number]] += cents * PER_CENT
        for number in access.barred:
            ends = 2 if self._pieces[number].pair else 1
            for site in range(self._sites.first[number], self._sites.first[number] + ends):
                price[site, :] = price[:, site] = self.barred
        self._keep_first(price)
        if self._problem.collects_last:
            self._keep_last(price)

    def _inside(self, vehicle: VehicleDay, piece: Piece) -> int:
        """The price of the ways within a piece."""
        metres = self._problem.roads[vehicle.roads].distance_m
        places = [
            vehicle.depot if v == RELOAD else self._problem.visits[v].place for v in piece.visits
        ]
        way_m = sum(int(metres[a, b]) for a, b in pairwise(places))
        return int((self.metre(vehicle) * way_m).to_integral_value(ROUND_CEILING))

    def _keep_first(self, price: Matrix) -> None:
        """What a tour has begun with is reached from the depot where it starts alone."""
        for number, piece in enumerate(self._pieces):
            if piece.fixed is None:
                continue
            site = self._sites.first[number]
            start = self._sites.start(self._problem.vehicles[piece.fixed])
            from_start = int(price[start, site])
            price[:, site] = self.barred
            price[start, site] = from_start

    def _keep_last(self, price: Matrix) -> None:
        """Where collections come last none leads to a delivery, and no tour begins with one."""
        visits, first = self._problem.visits, self._sites.first
        pieces = [(first[n], piece.made) for n, piece in enumerate(self._pieces) if not piece.pair]
        back = [site for site, made in pieces if visits[made[0]].collect]
        out = [site for site, made in pieces if not visits[made[-1]].collect]
        price[np.ix_(back, out)] = self.barred
        price[np.ix_(range(self._sites.depots), back)] = self.barred


def _without_setup(problem: Problem, visits: Sequence[int], percent: int) -> int:
    """What the service of these visits takes where somebody is already at the door."""
    return sum(-(-percent * problem.visits[visit].service_s // 100) for visit in visits)
