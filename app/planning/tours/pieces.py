"""What visits are to PyVRP: pieces that one vehicle makes at one go, each open in some spans.

A piece is one visit; or the visits that a tour has begun with; or those at one door that must ride
together; or the two ends of a pair. PyVRP chooses among the spans of a piece as it does among the
clients of a group of which exactly one is served.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.planning.tours.parts import Part, pairs_of
from app.planning.tours.problem import RELOAD, Problem, Shut, VehicleDay, Visit

#: Lateness is priced by steps of so many seconds, at most so many.
LATE_STEP_S, LATE_STEPS = 1_800, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Visits in order; `fixed` is the vehicle that has begun with them, `pair` two ends of one."""

    visits: tuple[int, ...]
    fixed: int | None = None
    pair: bool = False

    @property
    def made(self) -> tuple[int, ...]:
        """The visits alone, without the reloads between them."""
        return tuple(visit for visit in self.visits if visit != RELOAD)

    @property
    def last_trip(self) -> tuple[int, ...]:
        """The visits after the last reload."""
        turned = self.visits[::-1]
        until = turned.index(RELOAD) if RELOAD in turned else len(turned)
        return turned[:until][::-1]


@dataclass(frozen=True, slots=True)
class Span:
    """When a piece may begin, what that costs in cents, and the kinds of vehicles for which."""

    opens_s: int
    closes_s: int
    dearer_cents: int = 0
    kinds: frozenset[int] | None = None


def pieces_of(problem: Problem, part: Part) -> tuple[Piece, ...]:
    """The pieces of a part: those of one or more visits in the order of the visits, then pairs."""
    pieces = [
        Piece(visits, fixed=vehicle)
        for vehicle, visits in problem.begun
        if vehicle in part.vehicles and any(visit != RELOAD for visit in visits)
    ]
    done = {visit for piece in pieces for visit in piece.made}
    inside = set(part.visits)
    pairs = [
        Piece(pair, pair=True)
        for pair in sorted(pairs_of(problem).items())
        if inside.issuperset(pair) and done.isdisjoint(pair)
    ]
    done |= {visit for pair in pairs for visit in pair.visits}
    done |= _halves(problem, inside - done)
    for wanted in _at_one_door(problem, inside - done):
        pieces.append(Piece(wanted))
        done.update(wanted)
    pieces += [Piece((visit,)) for visit in part.visits if visit not in done]
    return (*sorted(pieces, key=lambda piece: piece.made), *pairs)


def _halves(problem: Problem, free: set[int]) -> set[int]:
    """Ends of pairs of which the other end is not here: nobody can make those."""
    both = pairs_of(problem)
    begun = {visit for _, visits in problem.begun for visit in visits}
    lonely = {source for source, taker in both.items() if taker not in free}
    lonely |= {taker for source, taker in both.items() if source not in free | begun}
    return lonely & free


def _at_one_door(problem: Problem, free: set[int]) -> Iterator[tuple[int, ...]]:
    """Sets of visits that must ride together, where they are all at one door."""
    for together in problem.together:
        wanted = sorted(together & free, key=lambda v: (problem.visits[v].opens_s, v))
        alike = {(problem.visits[v].place, problem.visits[v].collect) for v in wanted}
        if len(wanted) > 1 and len(alike) == 1:
            yield tuple(wanted)
            free = free - set(wanted)


def service_s(problem: Problem, visits: Sequence[int], percent: int) -> int:
    """What visits at one door in a row take: the longest setup, then the service of each."""
    wanted = [problem.visits[visit] for visit in visits]
    setup_s = max(visit.setup_s for visit in wanted)
    first, *others = wanted
    times = [setup_s + first.service_s, *(visit.service_s for visit in others)]
    return sum(-(-percent * seconds // 100) for seconds in times)


@dataclass(frozen=True, slots=True)
class Clock:
    """Turns the day's seconds into those of the search."""

    at: Callable[[int], int]

    def span(self, opens_s: int, closes_s: int) -> tuple[int, int]:
        start_s = max(0, self.at(opens_s))
        return start_s, max(start_s, self.at(closes_s))


@dataclass(frozen=True, slots=True)
class Chain:
    """Visits one after the other: how long, and from when until when they may begin."""

    length_s: int
    opens_s: int
    closes_s: int


def chain_of(problem: Problem, vehicle: VehicleDay, piece: Piece, clock: Clock) -> Chain:
    """The visits of a piece made back to back; unavoidable waiting inside counts as theirs."""
    steps = list(_steps(problem, vehicle, piece.visits))
    for late in (False, True):
        found = _linked(problem, steps, clock, late=late)
        if found is not None:
            return found
    total_s = sum(travel + length for _, travel, length in steps)
    return Chain(total_s, *clock.span(*_hull(problem.visits[piece.made[0]])))


def _steps(
    problem: Problem, vehicle: VehicleDay, visits: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Each visit with the way to it (none to the first) and its own time."""
    ways = problem.roads[vehicle.roads].duration_s
    travel_s, here = 0, None
    run: list[int] = []
    for visit in visits:
        if visit == RELOAD:
            travel_s += int(ways[here, vehicle.depot]) + vehicle.reload_s if run else 0
            here, run = vehicle.depot, []
            continue
        place = problem.visits[visit].place
        if here is not None and here != place:
            travel_s, run = travel_s + int(ways[here, place]), []
        before_s = service_s(problem, run, vehicle.service_percent) if run else 0
        run = [*run, visit]
        yield visit, travel_s, service_s(problem, run, vehicle.service_percent) - before_s
        travel_s, here = 0, place


def _linked(
    problem: Problem, steps: Sequence[tuple[int, int, int]], clock: Clock, *, late: bool
) -> Chain | None:
    """Duration, earliest and latest start of visits back to back, or None where it cannot be."""
    length_s, early_s, due_s = 0, 0, 0
    for number, (visit, travel_s, own_s) in enumerate(steps):
        before_s = length_s + travel_s if number else 0
        wanted = problem.visits[visit]
        spans = [_stretched(wanted, span, late=late) for span in wanted.spans]
        open_to = [s for s in (clock.span(*span) for span in spans) if early_s + before_s <= s[1]]
        if not open_to:
            return None
        opens_s, closes_s = open_to[0]
        if not number:
            early_s, due_s = opens_s, closes_s
        waiting_s = max(0, opens_s - (due_s + before_s))
        early_s = due_s if waiting_s else max(early_s, opens_s - before_s)
        due_s = due_s if waiting_s else min(due_s, closes_s - before_s)
        length_s = before_s + waiting_s + own_s
    return Chain(length_s, early_s, due_s)


def _stretched(visit: Visit, span: tuple[int, int], *, late: bool) -> tuple[int, int]:
    return span[0], span[1] + (visit.late_s if late else 0)


def _hull(visit: Visit) -> tuple[int, int]:
    """From the first moment of a visit's spans to the last, late ones included."""
    return visit.spans[0][0], max(closes for _, closes in visit.spans) + visit.late_s


def hull_of(visit: Visit) -> Span:
    """The one span in which all of a visit's lie."""
    return Span(*_hull(visit))


def spans_of(visit: Visit, kinds: Sequence[VehicleDay], longest_s: int) -> tuple[Span, ...]:
    """The spans of one visit, on time and late, cut where it is shut to some kinds of vehicles."""
    found: list[Span] = []
    for opens_s, closes_s, cents in _by_lateness(visit):
        found += _cut(opens_s, closes_s, cents, _shut_starts(visit.shut, longest_s), kinds)
    return tuple(found) or (replace(hull_of(visit), kinds=frozenset()),)


def _by_lateness(visit: Visit) -> Iterator[tuple[int, int, int]]:
    """Each span, then the time after it in which lateness is borne, with its middle price."""
    spans = visit.spans
    if not visit.collect:
        spans = tuple(s for s in spans if s[1] + visit.late_s >= visit.ready_s) or spans[-1:]
    for number, (opens_s, closes_s) in enumerate(spans):
        yield opens_s, closes_s, 0
        if not visit.late_s:
            continue
        last_s = closes_s + visit.late_s
        if number + 1 < len(spans):
            last_s = min(last_s, spans[number + 1][0] - 1)
        steps = min(LATE_STEPS, -(-visit.late_s // LATE_STEP_S))
        edges = (closes_s + visit.late_s * step // steps for step in range(steps + 1))
        for early_s, due_s in pairwise(edges):
            if early_s + 1 <= min(due_s, last_s):
                middle_s = (early_s + due_s) // 2 - closes_s
                cents = visit.late_hour_cents * middle_s // 3600
                yield early_s + 1, min(due_s, last_s), cents


def _shut_starts(shut: Iterable[Shut], longest_s: int) -> list[tuple[frozenset[str], int, int]]:
    """The vehicles and the moments at which a service would touch hours that are shut to them."""
    return [(hours.vehicles, hours.from_s - longest_s + 1, hours.to_s - 1) for hours in shut]


def _cut(
    opens_s: int,
    closes_s: int,
    cents: int,
    shut: Sequence[tuple[frozenset[str], int, int]],
    kinds: Sequence[VehicleDay],
) -> Iterator[Span]:
    """The span in pieces in each of which the same kinds of vehicles may begin."""
    if not shut:
        yield Span(opens_s, closes_s, cents)
        return
    edges = {opens_s, closes_s + 1}
    for _, from_s, to_s in shut:
        edges |= {edge for edge in (from_s, to_s + 1) if opens_s < edge <= closes_s}
    everyone = frozenset(range(len(kinds)))
    for start_s, after_s in pairwise(sorted(edges)):
        barred = [codes for codes, from_s, to_s in shut if from_s <= start_s <= to_s]
        may = frozenset(k for k in everyone if not any(kinds[k].code in codes for codes in barred))
        if may:
            yield Span(start_s, after_s - 1, cents, None if may == everyone else may)
