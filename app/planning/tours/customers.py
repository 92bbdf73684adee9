"""What is visited, as PyVRP's clients and shipments: when, for how long, with which goods."""

from collections.abc import Sequence

import pyvrp

from app.domain.values import Load
from app.planning.tours.barriers import Fleet, apart_of
from app.planning.tours.parts import Part
from app.planning.tours.pieces import (
    Chain,
    Clock,
    Piece,
    Span,
    chain_of,
    hull_of,
    service_s,
    spans_of,
)
from app.planning.tours.problem import FAR_S, Problem, VehicleDay
from app.planning.tours.ways import PER_CENT, Sites, Ways

#: What PyVRP itself takes for a limit that never binds.
ALWAYS = 2**63 - 1


class Customers:
    """The pieces of a part before PyVRP; those that are no pairs come first."""

    def __init__(
        self,
        problem: Problem,
        part: Part,
        pieces: Sequence[Piece],
        fleet: Fleet,
        sites: Sites,
        ways: Ways,
        clock: Clock,
    ) -> None:
        self._problem, self._fleet, self._sites, self._ways = problem, fleet, sites, ways
        self._pieces, self._clock = pieces, clock
        self._single = [piece for piece in pieces if not piece.pair]
        self._binding = _binding(problem, part)
        self._chains = [self._chain(number) for number in range(len(self._single))]
        self.spans = [self._spans_of(number) for number in range(len(self._single))]
        self._rooms = fleet.rooms(self.spans)
        self._apart = apart_of(problem, part, pieces)

    def capacity(self, kind: int, vehicle: VehicleDay) -> list[int]:
        """What a kind of vehicles has room for in every dimension."""
        goods = amounts_of(vehicle.capacity, self._binding)
        kept = self._rooms.capacity(kind, len(self._pieces))
        return [*goods, *kept, *(1 for _ in self._apart)]

    def shipments(self) -> list[pyvrp.Shipment]:
        return [self._shipment(n) for n in range(len(self._single), len(self._pieces))]

    def _chain(self, number: int) -> Chain | None:
        """When a piece of several visits may begin; None for one visit alone."""
        piece = self._single[number]
        if len(piece.made) == 1:
            return None
        first = min(self._fleet.kinds_for[number], default=0)
        return chain_of(self._problem, self._fleet.days[first], piece, self._clock)

    def _spans_of(self, number: int) -> tuple[Span, ...]:
        """The spans of one piece; a chain's are on the search's clock already."""
        piece, chain = self._single[number], self._chains[number]
        if chain is not None:
            spans: tuple[Span, ...] = (Span(chain.opens_s, chain.closes_s),)
        else:
            percent = max(day.service_percent for day in self._fleet.days)
            visit = self._problem.visits[piece.made[0]]
            longest_s = -(-percent * (visit.setup_s + visit.service_s) // 100)
            spans = spans_of(visit, self._fleet.days, longest_s)
        return self._fleet.priced(number, spans)

    def clients(self) -> tuple[list[pyvrp.ClientGroup], list[pyvrp.Client]]:
        """A client for each span of each piece; several of one piece are a group."""
        groups: list[pyvrp.ClientGroup] = []
        clients: list[pyvrp.Client] = []
        for number, spans in enumerate(self.spans):
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
        return amounts_of(goods, self._binding) + ([0] * len(marks) if collect else marks)

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
            amount=amounts_of(taker.load, self._binding) + kept + self._alone(number),
        )


def amounts_of(load: Load, binding: Sequence[int]) -> list[int]:
    """A load in those of the three dimensions that bind."""
    amounts = (load.weight_g, load.volume_ml, load.parcels)
    return [amounts[dimension] for dimension in binding]


def _binding(problem: Problem, part: Part) -> tuple[int, ...]:
    """The dimensions in which some vehicle could not take everything; the others cost time."""
    total = amounts_of(problem.total_load(part.visits), range(3))
    rooms = [amounts_of(problem.vehicles[v].capacity, range(3)) for v in part.vehicles]
    return tuple(d for d in range(3) if total[d] > min(room[d] for room in rooms))
