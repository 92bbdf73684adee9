"""In which stages a part of a day is searched: whole, and a large one by sectors afterwards."""

from dataclasses import dataclass

from app.planning.tours.modelling import model_of
from app.planning.tours.parts import Part
from app.planning.tours.problem import Problem, Routes
from app.planning.tours.search import Search
from app.planning.tours.sectors import CUT_FROM, Sector, sectors_of

#: A large part is searched whole for this share of the effort.
WHOLE_SHARE = 0.25
#: Where each round's cuts lie, as shares of a sector: never twice at the same place.
GOLDEN = 0.618034


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a course may do: so many rounds of sectors, so many iterations if counted."""

    rounds: int = 3
    iterations: int | None = None


class Course:
    """The search of one part; `active` are the searches that want time now."""

    def __init__(self, problem: Problem, part: Part, seed: int, effort: Effort) -> None:
        self._problem, self._part, self._seed, self._effort = problem, part, seed, effort
        self._large = len(part.visits) >= CUT_FROM
        self._stage = 0
        self._done_before = 0
        self._kept: list[Search] = []
        self._sectors: list[Sector] = []
        self.active = [Search(model_of(problem, part), seed)]

    @property
    def routes(self) -> Routes:
        """The tours as they stand, in the order of their vehicles."""
        if not self._sectors:
            return self.active[0].routes
        pairs = zip(self.active, self._sectors, strict=True)
        found = [route for search, sector in pairs for route in _better(search, sector)]
        return tuple(sorted(found))

    @property
    def iterations(self) -> int:
        return self._done_before + sum(search.iterations for search in self.active)

    @property
    def size(self) -> int:
        return len(self._part.visits)

    @property
    def finished(self) -> bool:
        """Nothing more to search: settled, or out of iterations, in the last stage."""
        last = not self._large or self._stage == self._effort.rounds
        return last and all(self.idle(search) for search in self.active)

    @property
    def quota(self) -> int | None:
        """Iterations that each active search may do in this stage."""
        if self._effort.iterations is None:
            return None
        if not self._large:
            return self._effort.iterations
        rounds_share = (1 - WHOLE_SHARE) / self._effort.rounds
        share = WHOLE_SHARE if self._stage == 0 else rounds_share
        return max(1, round(self._effort.iterations * share))

    def idle(self, search: Search) -> bool:
        """The search has nothing to do in this stage any more."""
        return search.settled or (self.quota is not None and search.iterations >= self.quota)

    def advance(self, elapsed_share: float) -> None:
        """Go to the next stage when it is time, or when this one has nothing left to do."""
        if not self._large or self._stage == self._effort.rounds:
            return
        if self.quota is None:
            share_each = (1 - WHOLE_SHARE) / self._effort.rounds
            due = elapsed_share >= WHOLE_SHARE + self._stage * share_each
        else:
            due = False
        if due or all(self.idle(search) for search in self.active):
            self._cut()

    def _cut(self) -> None:
        routes = self.routes
        self._done_before = self.iterations
        self._stage += 1
        turn = (self._stage * GOLDEN) % 1
        self._sectors = sectors_of(self._problem, self._part, routes, turn)
        self.active = [
            Search(model_of(self._problem, sector.part), self._seed + self._stage, sector.routes)
            for sector in self._sectors
        ]


def _better(search: Search, sector: Sector) -> Routes:
    """A sector's new tours if they keep every limit and cost less, else those it had."""
    return search.routes if search.improved else sector.routes
