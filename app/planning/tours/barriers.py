"""Which kinds of vehicles may make which pieces, and how PyVRP is told so.

By arcs that are barred, each kind with other doors having matrices of its own: the faster way, as
long as they fit into memory. Else by loads: a piece brings one unit of something for which only
the vehicles that may come have room.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.planning.tours.parts import Part
from app.planning.tours.pieces import Piece, Span
from app.planning.tours.problem import Problem, VehicleDay

#: Both matrices of all profiles together hold at most so many figures of eight bytes.
MOST_FIGURES = 50_000_000
#: So many groups of vehicles, each familiar elsewhere, may be told apart by loads.
FEW_FAMILIAR = 6
#: Vehicles are told apart by the digits of their numbers where more are asked for by themselves.
FEW_ALONE = 8
#: So many sets of visits that must not ride together are minded while searching.
FEW_APART = 8

Kinds = frozenset[int]


@dataclass(frozen=True, slots=True)
class Access:
    """Which pieces a kind of vehicle may not make, and which it makes at a price in cents."""

    barred: tuple[int, ...] = ()
    unusual: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rooms:
    """Load dimensions that keep vehicles away: for each the kinds that have room in it."""

    dimensions: tuple[Kinds, ...] = ()
    needs: Mapping[Kinds, tuple[int, ...]] | None = None

    def amounts(self, kinds: Kinds | None) -> list[int]:
        """What goods for these kinds alone take up in each dimension."""
        taken = self.needs.get(kinds, ()) if self.needs and kinds is not None else ()
        return [int(number in taken) for number in range(len(self.dimensions))]

    def capacity(self, kind: int, plenty: int) -> list[int]:
        return [plenty if kind in kinds else 0 for kinds in self.dimensions]


class Fleet:
    """The kinds of vehicles of a part before its pieces."""

    def __init__(
        self,
        problem: Problem,
        kinds: Sequence[Sequence[int]],
        pieces: Sequence[Piece],
        sites: int,
    ) -> None:
        self._kinds, self._pieces = kinds, pieces
        self.days = [problem.vehicles[kind[0]] for kind in kinds]
        self._everyone = frozenset(range(len(kinds)))
        self._visits = [[problem.visits[visit] for visit in piece.made] for piece in pieces]
        self._able: dict[tuple[object, ...], Kinds] = {}
        self.kinds_for = [self._kinds_for(number) for number in range(len(pieces))]
        self._told = [n for n, wanted in enumerate(self._visits) if any(v.usual for v in wanted)]
        self._prices = [self._unusual(day) for day in self.days]
        limited = any(day.max_m is not None for day in self.days)
        few = len(self._familiar()) <= FEW_FAMILIAR
        self.prices_on_arcs = not (limited and few) and self._fit(sites, self._prices)
        self._prices_on_spans = few and not self.prices_on_arcs
        bars = [self._barred(kind) for kind in range(len(kinds))]
        self.bars_on_arcs = self._fit(sites, bars, *([self._prices] if self.prices_on_arcs else []))

    def _kinds_for(self, number: int) -> Kinds:
        """The kinds that may make a piece; most pieces ask for the same as another one."""
        fixed, visits = self._pieces[number].fixed, self._visits[number]
        if fixed is not None:
            return frozenset(k for k, kind in enumerate(self._kinds) if fixed in kind)
        asked = tuple((v.depots, v.needs, v.only, v.never) for v in visits)
        if asked not in self._able:
            able = (k for k, day in enumerate(self.days) if all(map(day.may_take, visits)))
            self._able[asked] = frozenset(able)
        return self._able[asked]

    def _barred(self, kind: int) -> tuple[int, ...]:
        return tuple(n for n, kinds in enumerate(self.kinds_for) if kind not in kinds)

    def _unusual(self, day: VehicleDay) -> tuple[tuple[int, int], ...]:
        """The pieces to which this vehicle comes at a price."""
        priced = ((number, self._unusual_cents(number, day)) for number in self._told)
        return tuple((number, cents) for number, cents in priced if cents)

    def _unusual_cents(self, number: int, day: VehicleDay) -> int:
        """What it costs more that this vehicle comes."""
        wanted = self._visits[number]
        return sum(v.unusual_cents for v in wanted if v.usual and day.code not in v.usual)

    def _familiar(self) -> set[Kinds]:
        """The groups of vehicles that one piece or another would rather not see."""
        groups: dict[int, set[int]] = {}
        for kind, prices in enumerate(self._prices):
            for number, _ in prices:
                groups.setdefault(number, set()).add(kind)
        return {frozenset(kinds) for kinds in groups.values()}

    def allowance_cents(self, kind: int) -> int:
        """What a limited tour may spend on being unusual, where that lies on its arcs."""
        if not self.prices_on_arcs:
            return 0
        whole = sum(cents for _, cents in self._prices[kind])
        return whole // sum(map(len, self._kinds))

    def _fit(self, sites: int, *told: Sequence[object]) -> bool:
        """Matrices for every kind that would then have its own take no more than there is."""
        own = {
            (day.roads, day.km_cents, day.co2e_g_per_km, day.service_percent, *rest)
            for day, *rest in zip(self.days, *told, strict=True)
        }
        return 2 * len(own) * sites * sites <= MOST_FIGURES

    def access(self, kind: int) -> Access:
        """What the arcs of a kind say."""
        return Access(
            self._barred(kind) if self.bars_on_arcs else (),
            self._prices[kind] if self.prices_on_arcs else (),
        )

    def priced(self, number: int, spans: Iterable[Span]) -> tuple[Span, ...]:
        """The spans of a piece, dearer for vehicles that are unusual there if no arc says so.

        A limit in metres is one in the money of arcs: then nothing but metres should be on them.
        """
        if not (self._prices_on_spans and any(v.usual for v in self._visits[number])):
            return tuple(spans)
        by_price: dict[int, set[int]] = {}
        for kind, day in enumerate(self.days):
            by_price.setdefault(self._unusual_cents(number, day), set()).add(kind)
        if set(by_price) == {0}:
            return tuple(spans)
        priced = tuple(
            Span(s.opens_s, s.closes_s, s.dearer_cents + cents, kinds)
            for s in spans
            for cents, among in sorted(by_price.items())
            if (kinds := frozenset(among) & (self._everyone if s.kinds is None else s.kinds))
        )
        return priced or tuple(spans)

    def room_for(self, piece: int, span: Span | None) -> Kinds | None:
        """The kinds that loads must keep a piece to, None = no need to."""
        able = self.kinds_for[piece]
        kinds = able if span is None or span.kinds is None else able & span.kinds
        if kinds == self._everyone or (self.bars_on_arcs and kinds == able):
            return None
        return kinds

    def rooms(self, spans: Sequence[Sequence[Span]]) -> Rooms:
        """The load dimensions that the pieces need with these spans; pairs have none."""
        asked: dict[Kinds, None] = {}
        for number in range(len(self._pieces)):
            options: Sequence[Span | None] = spans[number] if number < len(spans) else (None,)
            for span in options:
                kinds = self.room_for(number, span)
                if kinds is not None:
                    asked[kinds] = None
        return _rooms(list(asked), len(self._kinds))


def _rooms(asked: Sequence[Kinds], count: int) -> Rooms:
    """A dimension for each set of kinds; many single kinds are told apart by their digits."""
    alone = [kinds for kinds in asked if len(kinds) == 1]
    if len(alone) <= FEW_ALONE:
        return Rooms(tuple(asked), {kinds: (n,) for n, kinds in enumerate(asked)})
    dimensions = [kinds for kinds in asked if len(kinds) != 1]
    needs: dict[Kinds, tuple[int, ...]] = {kinds: (n,) for n, kinds in enumerate(dimensions)}
    for bit in range((count - 1).bit_length()):
        for digit in (0, 1):
            same = frozenset(k for k in range(count) if (k >> bit) & 1 == digit)
            for kinds in alone:
                if kinds <= same:
                    needs[kinds] = (*needs.get(kinds, ()), len(dimensions))
            dimensions.append(same)
    return Rooms(tuple(dimensions), needs)


def apart_of(problem: Problem, part: Part, pieces: Sequence[Piece]) -> tuple[frozenset[int], ...]:
    """Sets of pieces of which no two may ride on one vehicle, as far as there are few."""
    number = {visit: n for n, piece in enumerate(pieces) for visit in piece.made}
    inside = set(part.visits)
    sets = (frozenset(number[v] for v in visits & inside) for visits in problem.apart)
    return tuple(pieces for pieces in sets if len(pieces) > 1)[:FEW_APART]
