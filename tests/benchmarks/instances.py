"""Public routing instances as problems of ours, with their own reckoning of what a plan costs.

Read: Solomon and Gehring-Homberger text files, and VRPLIB files with capacities, windows, several
depots, mixed fleets, route durations, allowed clients, prizes and explicit matrices.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import vrplib
from numpy.typing import NDArray

from app.domain.values import GeoPoint, Load
from app.planning.tours.problem import FAR_S, Problem, Roads, VehicleDay, Visit

#: How each convention scales and rounds what stands in the file.
SCALES = {"dimacs": 10, "exact": 1000, "round": 1, "explicit": 1}
#: Cents for a unit of cost: keeps a plan's money near that of a real day.
CENTS = {"dimacs": Decimal(1), "exact": Decimal("0.001"), "round": Decimal(1)}
UNREAD = {"backhaul", "release_time", "vehicles_reload_depot", "pickup_and_delivery"}


class NotReadable(ValueError):
    """The instance asks for something that tours do not know yet."""


@dataclass(frozen=True)
class Instance:
    """A benchmark instance: `numbers` are the clients' numbers in the file, by visit."""

    name: str
    family: str
    convention: str
    problem: Problem
    numbers: tuple[int, ...]
    distances: NDArray[np.int64]
    fixed: tuple[int, ...]
    unit: tuple[int, ...]
    prizes: tuple[int, ...]
    required: tuple[bool, ...]

    def cost(self, routes: Sequence[tuple[int, Sequence[int]]]) -> int:
        """The convention's cost of tours given as (vehicle, visits), prizes left included."""
        total, seen = 0, set()
        for vehicle, visits in routes:
            home = self.problem.vehicles[vehicle].depot
            places = [home, *(self.problem.visits[v].place for v in visits), home]
            metres = sum(int(self.distances[a, b]) for a, b in pairwise(places))
            total += metres * self.unit[vehicle] + self.fixed[vehicle]
            seen.update(visits)
        return total + sum(p for v, p in enumerate(self.prizes) if v not in seen)

    def faults(self, routes: Sequence[tuple[int, Sequence[int]]]) -> list[str]:
        """What is wrong with tours, in words: nothing of the solver's code is asked."""
        served = [visit for _, visits in routes for visit in visits]
        found = [f"client {self.numbers[v]} twice" for v in set(served) if served.count(v) > 1]
        missing = set(range(len(self.required))) - set(served)
        found += [f"client {self.numbers[v]} missing" for v in missing if self.required[v]]
        vehicles = [vehicle for vehicle, _ in routes]
        found += [f"vehicle {v + 1} twice" for v in set(vehicles) if vehicles.count(v) > 1]
        for vehicle, visits in routes:
            found += self._faults_of(vehicle, visits)
        return found

    def _faults_of(self, vehicle: int, visits: Sequence[int]) -> list[str]:
        day, wanted = self.problem.vehicles[vehicle], self.problem.visits
        found = []
        if sum(wanted[v].load.weight_g for v in visits) > day.capacity.weight_g:
            found.append(f"vehicle {vehicle + 1} overloaded")
        found += [
            f"client {self.numbers[v]} not for vehicle {vehicle + 1}"
            for v in visits
            if not wanted[v].needs <= day.skills
        ]
        now, here, length, late = day.from_s, day.depot, 0, day.to_s - day.from_s
        for visit in [wanted[v] for v in visits]:
            way = int(self.distances[here, visit.place])
            wait = max(0, visit.opens_s - now - way)
            if now + way > visit.closes_s:
                found.append(f"client {visit.shipment} late")
            late = min(late, visit.closes_s - now - way)
            saved = min(wait, max(0, late))
            length += way + wait - saved + visit.service_s
            late -= saved
            now, here = now + way + wait + visit.service_s, visit.place
        home = int(self.distances[here, day.depot])
        if now + home > day.to_s:
            found.append(f"vehicle {vehicle + 1} home late")
        if day.max_work_s is not None and length + home > day.max_work_s:
            found.append(f"vehicle {vehicle + 1} out too long")
        return found


def best_known(path: Path) -> int:
    """The best-known cost of an instance, looked up by family and name."""
    return int(listed(path)["bks"])


def listed(path: Path) -> dict[str, str]:
    """What BKS.csv says of an instance; empty where it is not listed."""
    table = path.parent.parent / "BKS.csv"
    if not table.is_file():
        return {}
    with table.open() as file:
        rows = csv.DictReader(file)
        ours = (path.stem, path.parent.name)
        return next((row for row in rows if (row["instance"], row["family"]) == ours), {})


def free_fleet(path: Path) -> bool:
    """The number of vehicles in the file does not bind."""
    return listed(path).get("vehicles") == "free"


def convention_of(path: Path) -> str:
    """The rounding that goes with a file: BKS.csv's where it is listed, else by its kind."""
    if known := listed(path).get("convention"):
        return known
    kind = _raw(path).get("type", "VRPTW")
    if "EXPLICIT" in str(_raw(path).get("edge_weight_type", "")):
        return "explicit"
    return {"CVRP": "round", "VRPB": "round", "VRPTW": "dimacs", "PCVRPTW": "dimacs"}.get(
        kind, "exact"
    )


def read_instance(path: Path) -> Instance:
    """The instance in this file.

    Raises:
        NotReadable: it has pickups, several trips or release times.
    """
    raw = _raw(path)
    if unread := UNREAD & raw.keys():
        raise NotReadable(f"{path.name}: {', '.join(sorted(unread))}")
    convention = convention_of(path)
    return _Reader(raw, convention, path).instance()


def _raw(path: Path) -> dict[str, Any]:
    solomon = "CUSTOMER" in path.read_text()[:400]
    return vrplib.read_instance(path, instance_format="solomon" if solomon else "vrplib")


class _Reader:
    def __init__(self, raw: dict[str, Any], convention: str, path: Path) -> None:
        self.raw, self.convention, self.path = raw, convention, path
        self.solomon = "type" not in raw
        self.depots = np.atleast_1d(raw.get("depot", np.array([0])))
        self.size = len(raw["edge_weight"])
        self.distances = self.scaled(raw["edge_weight"])
        clients = self.size - len(self.depots)
        self.count = clients if free_fleet(path) else int(raw.get("vehicles", clients))

    def scaled(self, values: Any) -> NDArray[np.int64]:
        """As the convention says: dimacs cuts, the others round."""
        exact = np.asarray(values, dtype=float) * SCALES[self.convention]
        whole = np.floor(exact + 1e-9) if self.convention == "dimacs" else np.rint(exact)
        return whole.astype(np.int64)

    def of_each(self, name: str, default: Any, size: int) -> list[Any]:
        return list(np.broadcast_to(np.asarray(self.raw.get(name, default)), size))

    def instance(self) -> Instance:
        cents = CENTS.get(self.convention, Decimal(1))
        unit = [int(u) for u in self.of_each("vehicles_unit_distance_cost", 1, self.count)]
        fixed = [int(f) for f in self.scaled(self.of_each("vehicles_fixed_cost", 0, self.count))]
        file_prizes = self.scaled(self.of_each("prize", 0, self.size))
        clients = range(len(self.depots), self.size)
        farthest = int(self.distances.max()) * max(unit) * 4 + max(fixed)
        dear = int(farthest * cents)
        vehicles = tuple(self._vehicle(v, unit[v], fixed[v], cents) for v in range(self.count))
        visits = tuple(self._visit(c, int(file_prizes[c]), cents, dear) for c in clients)
        metres = self.distances.astype(np.int32)
        roads = Roads(metres.copy(), metres.copy())
        problem = Problem(
            on=date(2026, 11, 24),
            reference=datetime(2026, 11, 24, tzinfo=UTC),
            zone=ZoneInfo("UTC"),
            depots=tuple(f"D{d + 1}" for d in range(len(self.depots))),
            points=self._points(),
            visits=visits,
            vehicles=vehicles,
            roads=(roads,),
            method=self.path.name,
        )
        return Instance(
            self.path.stem,
            self.path.parent.name,
            self.convention,
            problem,
            tuple(c if self.solomon else c + 1 for c in clients),
            self.distances,
            tuple(fixed),
            tuple(unit),
            tuple(int(file_prizes[c]) for c in clients),
            tuple(int(file_prizes[c]) == 0 for c in clients),
        )

    def _points(self) -> tuple[GeoPoint, ...]:
        """The plane's coordinates, shrunk to a degree round the origin."""
        plane = np.asarray(self.raw["node_coord"], dtype=float)
        middle = (plane.max(axis=0) + plane.min(axis=0)) / 2
        reach = float(np.abs(plane - middle).max()) or 1.0
        return tuple(GeoPoint(float(y), float(x)) for x, y in (plane - middle) / reach)

    def _windows(self) -> NDArray[np.int64]:
        if "time_window" not in self.raw:
            return np.array([[0, FAR_S]] * self.size)
        return self.scaled(self.raw["time_window"])

    def _vehicle(self, number: int, unit: int, fixed: int, cents: Decimal) -> VehicleDay:
        homes = self.of_each("vehicles_depot", 1, self.count)
        home = int(homes[number]) - 1
        longest = self.raw.get("vehicles_max_duration")
        opens, closes = self._windows()[home]
        room = self.of_each("capacity", 10**6, self.count)[number]
        return VehicleDay(
            f"V{number + 1:04d}",
            home,
            Load(int(room) * 1000, 0, 0),
            int(opens),
            int(closes),
            max_work_s=None
            if longest is None
            else int(self.scaled(np.broadcast_to(longest, self.count))[number]),
            fixed_cents=int(fixed * cents),
            km_cents=Decimal(unit) * 1000 * cents,
            skills=frozenset(self._allowing(number)),
        )

    def _allowing(self, vehicle: int) -> list[str]:
        if "vehicles_allowed_clients" not in self.raw:
            return []
        allowed = [set(map(int, clients)) for clients in self.raw["vehicles_allowed_clients"]]
        return [f"client {c}" for c in sorted(allowed[vehicle])]

    def _visit(self, client: int, prize: int, cents: Decimal, dear: int) -> Visit:
        opens, closes = self._windows()[client]
        demand = self.of_each("demand", 0, self.size)[client]
        service = self.scaled(self._service())[client]
        needs = "vehicles_allowed_clients" in self.raw
        return Visit(
            f"{client}",
            f"{client}",
            client,
            Load(int(demand) * 1000, 0, 0),
            int(service),
            int(opens),
            int(closes),
            prize_cents=int(prize * cents) if prize else max(dear, 50_000),
            needs=frozenset({f"client {client + 1}"}) if needs else frozenset(),
        )

    def _service(self) -> NDArray[np.float64]:
        """Service times by place; one figure in the file is for every client."""
        given = np.asarray(self.raw.get("service_time", 0), dtype=float)
        if given.ndim:
            return given
        service = np.full(self.size, float(given))
        service[: len(self.depots)] = 0
        return service
