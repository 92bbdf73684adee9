"""Public routing instances as problems of ours, with their own reckoning of what a plan costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from app.domain.values import GeoPoint, Load
from app.planning.tours.problem import FAR_S, Problem, Roads, VehicleDay, Visit
from tests.benchmarks.instance_files import convention_of, free_fleet, raw_of, whole_numbers
from tests.benchmarks.reckoning import RELOAD, Client, Reckoning, Tours, Van

#: Cents for a unit of cost: keeps a plan's money near that of a real day.
CENTS = {"dimacs": Decimal(1), "exact": Decimal("0.001"), "round": Decimal(1)}
#: A vehicle that may reload comes back as often as it likes.
OFTEN = 50


@dataclass(frozen=True)
class Instance:
    """A benchmark instance: `numbers` are the clients' numbers in the file, by visit."""

    name: str
    family: str
    convention: str
    problem: Problem
    numbers: tuple[int, ...]
    depots: tuple[int, ...]
    reckoning: Reckoning

    def cost(self, tours: Tours) -> int:
        """The convention's cost of tours given as (vehicle, visits), prizes left included."""
        return self.reckoning.cost(tours)

    def faults(self, tours: Tours) -> list[str]:
        """What is wrong with tours, in words, by the numbers of the file."""
        return [self._named(fault) for fault in self.reckoning.faults(tours)]

    def _named(self, fault: str) -> str:
        words = fault.split()
        for place, word in enumerate(words[:-1]):
            if word == "client":
                words[place + 1] = str(self.numbers[int(words[place + 1])])
            if word == "vehicle":
                words[place + 1] = str(int(words[place + 1]) + 1)
        return " ".join(words)

    def stops(self, vehicle: int, visits: Sequence[int]) -> list[int]:
        """A tour in the numbers of the file; a reload is the number of its depot."""
        depot = self.depots[self.problem.vehicles[vehicle].depot]
        return [depot if visit == RELOAD else self.numbers[visit] for visit in visits]


def read_instance(path: Path) -> Instance:
    """The instance in this file."""
    return _Reader(path).instance()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path, self.raw = path, raw_of(path)
        self.convention = convention_of(path)
        first = 1 if "type" in self.raw else 0
        self.homes = np.atleast_1d(self.raw.get("depot", np.array([0])))
        self.size = len(self.raw["edge_weight"])
        self.distances = whole_numbers(self.raw["edge_weight"], self.convention)
        self.numbers = tuple(range(len(self.homes) + first, self.size + first))
        self.depots = tuple(range(first, len(self.homes) + first))
        clients = self.size - len(self.homes)
        free = free_fleet(path)
        self.count = clients if free else int(self.raw.get("vehicles", clients))

    def scaled(self, name: str, default: Any, size: int) -> list[int]:
        return [
            int(value)
            for value in whole_numbers(self.of_each(name, default, size), self.convention)
        ]

    def of_each(self, name: str, default: Any, size: int) -> list[Any]:
        return list(np.broadcast_to(np.asarray(self.raw.get(name, default)), size))

    def instance(self) -> Instance:
        reckoning = Reckoning(
            self.clients(), self.vans(), self.distances, collects_last="backhaul" in self.raw
        )
        return Instance(
            self.path.stem,
            self.path.parent.name,
            self.convention,
            self.problem(reckoning),
            self.numbers,
            self.depots,
            reckoning,
        )

    def clients(self) -> list[Client]:
        first, size = len(self.homes), self.size
        demands, given = self.of_each("demand", 0, size), self.of_each("backhaul", 0, size)
        windows, services = self.windows(), self.services()
        ready, prizes = self.scaled("release_time", 0, size), self.scaled("prize", 0, size)
        sources, takers = self.of_each("source", 0, size), self.of_each("taker", 0, size)
        return [
            Client(
                place,
                delivery=abs(int(demands[place])) if not takers[place] else 0,
                pickup=int(demands[place]) if takers[place] else int(given[place]),
                service=services[place],
                opens=windows[place][0],
                closes=windows[place][1],
                ready=ready[place],
                prize=prizes[place],
                source=int(sources[place]) - first if sources[place] else None,
                taker=int(takers[place]) - first if takers[place] else None,
            )
            for place in range(first, size)
        ]

    def vans(self) -> list[Van]:
        homes, windows = self.of_each("vehicles_depot", 1, self.count), self.windows()
        rooms = self.of_each("capacity", 10**6, self.count)
        fixed = self.scaled("vehicles_fixed_cost", 0, self.count)
        units = self.of_each("vehicles_unit_distance_cost", 1, self.count)
        longest: list[int | None] = [None] * self.count
        if "vehicles_max_duration" in self.raw:
            longest = list(self.scaled("vehicles_max_duration", 0, self.count))
        return [
            Van(
                int(home) - 1,
                int(rooms[van]),
                *windows[int(home) - 1],
                longest=longest[van],
                fixed=fixed[van],
                unit=int(units[van]),
                reloads="vehicles_reload_depot" in self.raw,
                clients=self.allowed(van),
            )
            for van, home in enumerate(homes)
        ]

    def allowed(self, van: int) -> frozenset[int] | None:
        if "vehicles_allowed_clients" not in self.raw:
            return None
        clients = np.atleast_1d(self.raw["vehicles_allowed_clients"][van])
        return frozenset(int(number) - 1 - len(self.homes) for number in clients)

    def windows(self) -> list[tuple[int, int]]:
        if "time_window" not in self.raw:
            return [(0, FAR_S)] * self.size
        scaled = whole_numbers(self.raw["time_window"], self.convention)
        return [(int(opens), int(closes)) for opens, closes in scaled]

    def services(self) -> list[int]:
        """Service times by place; one figure in the file is for every client."""
        services = self.scaled("service_time", 0, self.size)
        if np.ndim(self.raw.get("service_time", 0)):
            return services
        return [0] * len(self.homes) + services[len(self.homes) :]

    def problem(self, reckoning: Reckoning) -> Problem:
        cents = CENTS.get(self.convention, Decimal(1))
        vans, clients = reckoning.vans, reckoning.clients
        dearest = max(van.unit for van in vans) * 4 * int(self.distances.max())
        dear = max(50_000, int((dearest + max(van.fixed for van in vans)) * cents))
        metres = self.distances.astype(np.int32)
        return Problem(
            on=date(2026, 11, 24),
            reference=datetime(2026, 11, 24, tzinfo=UTC),
            zone=ZoneInfo("UTC"),
            depots=tuple(f"D{d + 1}" for d in range(len(self.homes))),
            points=self.points(),
            visits=tuple(_visit(n, client, cents, dear, vans) for n, client in enumerate(clients)),
            vehicles=tuple(_vehicle(n, van, cents) for n, van in enumerate(vans)),
            roads=(Roads(metres.copy(), metres.copy()),),
            method=self.path.name,
            collects_last=reckoning.collects_last,
        )

    def points(self) -> tuple[GeoPoint, ...]:
        """The plane's coordinates, shrunk to a degree round the origin."""
        plane = np.asarray(self.raw["node_coord"], dtype=float)
        middle = (plane.max(axis=0) + plane.min(axis=0)) / 2
        reach = float(np.abs(plane - middle).max()) or 1.0
        return tuple(GeoPoint(float(y), float(x)) for x, y in (plane - middle) / reach)


def _visit(number: int, client: Client, cents: Decimal, dear: int, vans: Sequence[Van]) -> Visit:
    """A client as a visit, its load in thousandths; whoever may come has its number as a skill."""
    load = client.delivery + client.pickup
    limited = any(van.clients is not None for van in vans)
    prize = int(client.prize * cents) if client.prize else dear
    return Visit(
        f"{number}",
        f"{number}",
        client.place,
        Load(load * 1000, 0, 0),
        client.service,
        client.opens,
        client.closes,
        prize_cents=0 if client.taker is not None else prize,
        needs=frozenset({f"client {number}"}) if limited else frozenset(),
        ready_s=client.ready,
        collect=client.pickup > 0 or client.taker is not None,
        source=client.source,
    )


def _vehicle(number: int, van: Van, cents: Decimal) -> VehicleDay:
    return VehicleDay(
        f"V{number + 1:04d}",
        van.depot,
        Load(van.capacity * 1000, 0, 0),
        van.opens,
        van.closes,
        max_work_s=van.longest,
        fixed_cents=int(van.fixed * cents),
        km_cents=Decimal(van.unit) * 1000 * cents,
        skills=frozenset(f"client {client}" for client in van.clients or ()),
        reloads=OFTEN if van.reloads else 0,
    )
