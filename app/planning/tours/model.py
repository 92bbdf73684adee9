"""How a part of a day is put to PyVRP, and how its answer is read back.

Money is counted in hundredths of a cent. An arc that a vehicle may not use is a very long one, not
the solver's own MAX_VALUE: with that one `solve` never ends (PyVRP FAQ, "missing edges").

A visit left out is one that rides with a carrier: a vehicle kind of its own, with room and time for
everything, on which a visit costs its prize. The search then trades tours against carriers with all
its moves, where PyVRP's optional clients only know insertion and removal (on the prize-collecting
instance R1_10_2 after 8 s: 0.6 % above the best known instead of 15 %).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyvrp
import pyvrp.search as moves

from app.domain.values import Load
from app.planning.tours.parts import Part, classes_of
from app.planning.tours.problem import FAR_S, Problem, Routes, VehicleDay
from app.planning.tours.squeezed import SqueezedClock, clock_for

PER_CENT = 100
#: What PyVRP itself takes for a limit that never binds.
ALWAYS = 2**63 - 1
#: PyVRP's stubs name an array type that numpy does not know.
Matrix = Any
#: Prizes above this are as good as it: the penalties must stay larger than any prize.
DEAREST_CENTS = 1_000_000
#: What a kilometre costs at least while searching, so that a free vehicle still goes straight.
LEAST_KM_CENTS = Decimal(1)


@dataclass(frozen=True, slots=True)
class Model:
    """PyVRP's data with what its numbers mean: `kinds` are the vehicles behind each type."""

    data: pyvrp.ProblemData
    neighbours: dict[pyvrp.Activity, list[pyvrp.Activity]]
    visits: tuple[int, ...]
    kinds: tuple[tuple[int, ...], ...]
    allowed: tuple[frozenset[int], ...]
    largest_prize: int

    def routes(self, solution: pyvrp.Solution) -> Routes:
        """The tours of an answer, each with a vehicle of its kind in the order of their codes."""
        free = [list(kind) for kind in self.kinds]
        found = []
        for route in sorted(solution.routes(), key=lambda r: (r.vehicle_type(), r.start_time())):
            visits = tuple(self.visits[step.idx] for step in route if step.is_client())
            if visits and route.vehicle_type() < self.carriers:
                found.append((free[route.vehicle_type()].pop(0), visits))
        return tuple(found)

    def near(self, number: int) -> list[int]:
        """The numbers of the visits whose doors are nearest to one's, itself left out."""
        here = pyvrp.Activity(pyvrp.ActivityType.CLIENT, number)
        return [there.idx for there in self.neighbours[here] if there.is_client()]

    def opening(self, visit: int) -> tuple[int, int]:
        """When a visit's window opens, to sort by."""
        return self.data.client(self.visits.index(visit)).tw_early, visit

    @property
    def carriers(self) -> int:
        """The number of the carriers' kind."""
        return len(self.kinds)

    def solution(self, routes: Routes) -> pyvrp.Solution:
        """An answer to start from; what it leaves out rides with carriers."""
        kind_of = {vehicle: k for k, kind in enumerate(self.kinds) for vehicle in kind}
        number = {visit: n for n, visit in enumerate(self.visits)}
        own = [([number[v] for v in visits], kind_of[vehicle]) for vehicle, visits in routes]
        toured = {n for visits, _ in own for n in visits}
        left = [([n], self.carriers) for n in range(len(self.visits)) if n not in toured]
        return pyvrp.Solution(
            self.data, [pyvrp.Route(self.data, visits, kind) for visits, kind in own + left]
        )


def model_of(problem: Problem, part: Part) -> Model:
    """The part as PyVRP's data."""
    places = _places(problem, part)
    kinds = tuple(tuple(kind) for kind in classes_of(problem, part.vehicles))
    clock = clock_for(
        pause for v in part.vehicles if (pause := problem.vehicles[v].pause) is not None
    )
    origin_s = min(clock.at(problem.vehicles[v].from_s) for v in part.vehicles)
    binding = _binding(problem, part)
    pricing = _Pricing(problem, part, places)
    types = [
        _vehicle_type(problem, kind, places, binding, clock, origin_s, pricing) for kind in kinds
    ]
    own = pyvrp.ProblemData(
        locations=[_location(problem, place) for place in places],
        clients=[_client(problem, v, places, binding, clock, origin_s) for v in part.visits],
        depots=[pyvrp.Depot(places[d]) for d in places if d < len(problem.depots)],
        vehicle_types=types,
        distance_matrices=pricing.distances,
        duration_matrices=pricing.durations,
    )
    prizes = [min(problem.visits[v].prize_cents, DEAREST_CENTS) * PER_CENT for v in part.visits]
    doors = [places[problem.visits[v].place] for v in part.visits]
    allowed = tuple(
        frozenset(n for n, v in enumerate(part.visits) if _may(problem, kind[0], v))
        for kind in kinds
    )
    return Model(
        data=_with_carriers(own, doors, prizes),
        neighbours=moves.compute_neighbours(own),
        visits=part.visits,
        kinds=kinds,
        allowed=allowed,
        largest_prize=max(prizes, default=0),
    )


def _with_carriers(
    own: pyvrp.ProblemData, doors: Sequence[int], prizes: Sequence[int]
) -> pyvrp.ProblemData:
    """The same with one more kind of vehicle, on which every visit costs its prize and no time."""
    prize_of_way: Matrix = np.zeros((own.num_locations, own.num_locations), dtype=np.int64)
    prize_of_way[:, doors] = prizes
    np.fill_diagonal(prize_of_way, 0)
    carriers = pyvrp.VehicleType(
        num_available=len(doors),
        capacity=[
            sum(c.delivery[d] for c in own.clients()) for d in range(own.num_load_dimensions)
        ],
        profile=own.num_profiles,
    )
    return own.replace(
        vehicle_types=[*own.vehicle_types(), carriers],
        distance_matrices=[*own.distance_matrices(), prize_of_way],
        duration_matrices=[*own.duration_matrices(), np.zeros_like(prize_of_way)],
    )


def _may(problem: Problem, vehicle: int, visit: int) -> bool:
    return problem.vehicles[vehicle].may_take(problem.visits[visit])


def _places(problem: Problem, part: Part) -> dict[int, int]:
    """The places that matter here, depots first, with their numbers for PyVRP."""
    depots = sorted({problem.vehicles[v].depot for v in part.vehicles})
    doors = [problem.visits[v].place for v in part.visits]
    return {place: number for number, place in enumerate([*depots, *dict.fromkeys(doors)])}


def _location(problem: Problem, place: int) -> pyvrp.Location:
    point = problem.points[place]
    return pyvrp.Location(point.longitude, point.latitude)


def _client(
    problem: Problem,
    index: int,
    places: dict[int, int],
    binding: Sequence[int],
    clock: SqueezedClock,
    origin_s: int,
) -> pyvrp.Client:
    visit = problem.visits[index]
    opens_s = max(0, clock.at(visit.opens_s) - origin_s)
    closes_s = max(opens_s, clock.at(visit.closes_s) - origin_s)
    return pyvrp.Client(
        places[visit.place],
        delivery=_amounts(visit.load, binding),
        service_duration=visit.service_s,
        tw_early=opens_s,
        tw_late=closes_s if visit.closes_s < FAR_S else ALWAYS,
    )


def _amounts(load: Load, binding: Sequence[int]) -> list[int]:
    amounts = (load.weight_g, load.volume_ml, load.parcels)
    return [amounts[dimension] for dimension in binding]


def _binding(problem: Problem, part: Part) -> tuple[int, ...]:
    """The dimensions in which some vehicle could not take everything; the others cost time."""
    total = _amounts(problem.total_load(part.visits), range(3))
    rooms = [_amounts(problem.vehicles[v].capacity, range(3)) for v in part.vehicles]
    return tuple(d for d in range(3) if total[d] > min(room[d] for room in rooms))


def _vehicle_type(
    problem: Problem,
    kind: Sequence[int],
    places: dict[int, int],
    binding: Sequence[int],
    clock: SqueezedClock,
    origin_s: int,
    pricing: "_Pricing",
) -> pyvrp.VehicleType:
    vehicle = problem.vehicles[kind[0]]
    number = list(places).index(vehicle.depot)
    return pyvrp.VehicleType(
        num_available=len(kind),
        capacity=_amounts(vehicle.capacity, binding),
        start_depot=number,
        end_depot=number,
        fixed_cost=vehicle.fixed_cents * PER_CENT,
        tw_early=clock.at(vehicle.from_s) - origin_s,
        tw_late=clock.at(vehicle.to_s) - origin_s if vehicle.to_s < FAR_S else ALWAYS,
        unit_distance_cost=1,
        unit_duration_cost=pricing.second(vehicle),
        shift_duration=ALWAYS if vehicle.max_work_s is None else vehicle.max_work_s,
        max_distance=ALWAYS if vehicle.max_m is None else pricing.longest(vehicle),
        profile=pricing.profile(vehicle),
    )


class _Pricing:
    """The matrices of each kind of vehicle: its ways in money, and its driving times.

    A way's price is rounded up, so that a limit in money, rounded down, never lets a vehicle drive
    farther than its limit in metres.
    """

    def __init__(self, problem: Problem, part: Part, places: dict[int, int]) -> None:
        self._problem, self._part, self._places = problem, part, places
        self._numbers: dict[tuple[object, ...], int] = {}
        self.distances: list[Matrix] = []
        self.durations: list[Matrix] = []
        self.barred = 10 * PER_CENT * max(DEAREST_CENTS // 10, self._dearest_cents())

    def _dearest_cents(self) -> int:
        prizes = (self._problem.visits[v].prize_cents for v in self._part.visits)
        return min(DEAREST_CENTS, max(prizes, default=0))

    def metre(self, vehicle: VehicleDay) -> Decimal:
        """A metre's price, carbon included."""
        carbon = Decimal(vehicle.co2e_g_per_km * self._problem.carbon_cents_per_kg) / 1000
        return max(LEAST_KM_CENTS, vehicle.km_cents + carbon) * PER_CENT / 1000

    def longest(self, vehicle: VehicleDay) -> int:
        return int(self.metre(vehicle) * (vehicle.max_m or 0))

    def second(self, vehicle: VehicleDay) -> int:
        """A second's price, waiting included.

        Time priced within the ways is searched four times faster, but forgets that drivers are paid
        while they wait: plans 20 % dearer on days with two-hour windows.
        """
        return round(vehicle.hour_cents * PER_CENT / 3600)

    def profile(self, vehicle: VehicleDay) -> int:
        """The number of the matrices for vehicles like this one."""
        barred = tuple(v for v in self._part.visits if not self._may(vehicle, v))
        key = (vehicle.roads, self.metre(vehicle), barred)
        if key not in self._numbers:
            self._numbers[key] = len(self.distances)
            self._add(vehicle, barred)
        return self._numbers[key]

    def _may(self, vehicle: VehicleDay, visit: int) -> bool:
        return vehicle.may_take(self._problem.visits[visit])

    def _add(self, vehicle: VehicleDay, barred: Sequence[int]) -> None:
        where = np.ix_(list(self._places), list(self._places))
        ways = self._problem.roads[vehicle.roads]
        seconds = ways.duration_s[where].astype(np.int64)
        price = np.ceil(ways.distance_m[where] * float(self.metre(vehicle)) - 1e-6)
        price = price.astype(np.int64)
        for visit in barred:
            number = self._places[self._problem.visits[visit].place]
            price[number, :] = price[:, number] = self.barred
        np.fill_diagonal(price, 0)
        np.fill_diagonal(seconds, 0)
        self.distances.append(price)
        self.durations.append(seconds)
