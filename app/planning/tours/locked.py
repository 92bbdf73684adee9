"""How what people laid down becomes part of the problem: vehicles, times, company, first stops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.locks import LockKind, TourLock
from app.domain.values import Window
from app.planning.tours.problem import Problem, Routes, Visit

#: What no vehicle is called: a visit that only this one may make is made by none.
NOBODY = frozenset({""})


def with_locks(
    problem: Problem,
    locks: Iterable[TourLock],
    *,
    groups: Mapping[str, str] | None = None,
    riding: Mapping[str, str] | None = None,
) -> Problem:
    """The same day with the locks in it.

    `groups` are the groups of shipments that came as one order, `riding` the vehicles of shipments
    on tours that planning leaves alone: who is to ride with one of these waits for its vehicle.
    """
    held = [lock for lock in locks if lock.on == problem.on]
    seats = _seats(problem)
    laid = _Laid(list(problem.visits), seats, riding or {})
    for lock in held:
        laid.take(lock, problem)
    company = [lock.shipments for lock in held if lock.kind is LockKind.TOGETHER]
    company += _of_one_group(problem, seats, groups or {})
    apart = [lock.shipments for lock in held if lock.kind is LockKind.APART]
    for shipments in company:
        laid.follow(shipments)
    return replace(
        problem,
        visits=tuple(laid.visits),
        together=(*problem.together, *_sets(company, seats)),
        apart=(*problem.apart, *_sets(apart, seats)),
        begun=(*problem.begun, *_begun(problem, held, seats)),
    )


@dataclass(slots=True)
class _Laid:
    """Visits as the locks change them."""

    visits: list[Visit]
    seats: Mapping[str, int]
    riding: Mapping[str, str]
    agreed: dict[int, int] = field(default_factory=dict)

    def take(self, lock: TourLock, problem: Problem) -> None:
        for shipment in lock.shipments:
            if shipment not in self.seats:
                continue
            number = self.seats[shipment]
            visit = self.visits[number]
            if lock.kind in (LockKind.VEHICLE, LockKind.FIRST):
                self.visits[number] = _only(visit, lock.vehicle)
            elif lock.kind is LockKind.NOT_VEHICLE:
                self.visits[number] = replace(visit, never=visit.never | {lock.vehicle})
            elif lock.kind is LockKind.AT and lock.at is not None:
                at_s = round((lock.at - problem.reference).total_seconds())
                if self.agreed.setdefault(number, at_s) != at_s:  # two times: at neither
                    self.visits[number] = _only(visit, *NOBODY)
                    continue
                self.visits[number] = replace(
                    visit,
                    opens_s=at_s,
                    closes_s=at_s,
                    also=(),
                    late_s=0,
                    window=Window(lock.at, lock.at),
                )

    def follow(self, shipments: Iterable[str]) -> None:
        """Who is to ride with a shipment that rides already goes with its vehicle, or not."""
        wanted = list(shipments)
        homes = {self.riding[shipment] for shipment in wanted if shipment in self.riding}
        for shipment in wanted:
            if shipment in self.seats:
                number = self.seats[shipment]
                for home in homes:
                    self.visits[number] = _only(self.visits[number], home)


def _only(visit: Visit, vehicle: str) -> Visit:
    """The visit kept to one vehicle, to none where it was kept to another."""
    if visit.only and vehicle not in visit.only:
        return replace(visit, only=NOBODY)
    return replace(visit, only=frozenset({vehicle}))


def _seats(problem: Problem) -> dict[str, int]:
    """The visit that delivers, or fetches, each shipment; not one that only hands it over."""
    sources = {visit.source for visit in problem.visits if visit.source is not None}
    return {
        visit.shipment: number
        for number, visit in enumerate(problem.visits)
        if number not in sources
    }


def _of_one_group(
    problem: Problem, seats: Mapping[str, int], groups: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """Shipments of one group that leave from the same depots."""
    together: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for shipment, number in seats.items():
        if group := groups.get(shipment, ""):
            depots = tuple(sorted(problem.visits[number].depots))
            together.setdefault((group, depots), []).append(shipment)
    return [tuple(sorted(shipments)) for _group, shipments in sorted(together.items())]


def _sets(many: Iterable[Iterable[str]], seats: Mapping[str, int]) -> tuple[frozenset[int], ...]:
    """The visits of each set, where there are at least two of them."""
    sets = (frozenset(seats[name] for name in names if name in seats) for names in many)
    return tuple(dict.fromkeys(visits for visits in sets if len(visits) > 1))


def _begun(problem: Problem, locks: Iterable[TourLock], seats: Mapping[str, int]) -> Routes:
    """The longest of the first stops laid down for each vehicle that is there."""
    number = {vehicle.code: n for n, vehicle in enumerate(problem.vehicles)}
    source = {visit.shipment: visit.source for visit in problem.visits if visit.source is not None}
    longest: dict[int, tuple[int, ...]] = {}
    for lock in locks:
        if lock.kind is not LockKind.FIRST or lock.vehicle not in number:
            continue
        vehicle = number[lock.vehicle]
        wanted = [shipment for shipment in lock.shipments if shipment in seats]
        visits = tuple(  # of what is fetched the first visit is the one that fetches
            source[name] if name in source and name not in wanted[:at] else seats[name]
            for at, name in enumerate(wanted)
        )
        if len(visits) > len(longest.get(vehicle, ())):
            longest[vehicle] = visits
    return tuple(sorted(longest.items()))
