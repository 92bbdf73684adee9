"""In which stages a part of a day is searched: whole, and a large one by sectors afterwards."""

from dataclasses import dataclass
from random import Random

from app.planning.tours.lane import Found, Task
from app.planning.tours.parts import Part
from app.planning.tours.problem import Problem, Routes
from app.planning.tours.search import Search
from app.planning.tours.sectors import CUT_FROM, Ground, sectors_of

#: The first stage's share of the effort; the others share the rest evenly.
FIRST_SHARE = 0.1
#: From so many visits on a part is searched twice over.
#: Beyond so many two whole models of many vehicle kinds would not leave the memory to others.
TWICE_FROM, TWICE_UP_TO = 60, 600
#: What lies between the seeds of two searches of one part, and of one stage and the next.
OTHER_SEED, NEXT_SEED = 104_729, 7_919


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a course may do: so many stages, so many iterations of each search if counted.

    With `lanes` two searches run at once.
    """

    stages: int = 4
    iterations: int | None = None
    lanes: int = 2

    def twice(self, visits: int, everything: int) -> bool:
        """Whether a part of so many visits is searched twice over: it is most of the day."""
        most = 2 * visits > everything
        return most and self.lanes > 1 and TWICE_FROM <= visits <= TWICE_UP_TO

    def share(self, stage: int) -> float:
        """The share of the effort that is spent when this stage ends."""
        if self.stages == 1:
            return 1.0
        return FIRST_SHARE + (1 - FIRST_SHARE) * stage / (self.stages - 1)

    def quota(self, stage: int) -> int | None:
        """The iterations of each search in this stage."""
        if self.iterations is None:
            return None
        before = round(self.iterations * self.share(stage - 1)) if stage else 0
        return round(self.iterations * self.share(stage)) - before


def begins_strictly(part: Part, *, twice: bool) -> bool:
    """Whether the first search of a part is a strict one: beside it there is one that is not."""
    return twice and len(part.visits) < CUT_FROM


class Course:
    """The search of one part, stage by stage; `first` is how it begins."""

    def __init__(
        self,
        problem: Problem,
        part: Part,
        seed: int,
        effort: Effort,
        first: Search,
        *,
        twice: bool = False,
    ) -> None:
        self._problem, self._part, self._seed, self._effort = problem, part, seed, effort
        self._stage = 0
        self._twice = twice
        self._routes, self._cost = first.routes, first.cost
        self._ground = Ground(first.model) if len(part.visits) >= CUT_FROM else None
        self._tasks: list[Task] = []
        self._found: dict[int, Found] = {}
        self._own: dict[int, Routes] = {}
        self._done_before = 0
        self._settled = False

    @property
    def routes(self) -> Routes:
        """The tours as they stand, in the order of their vehicles."""
        if not self._tasks:
            return self._routes  # between two stages
        if self._by_sectors:
            found = (route for number in range(len(self._tasks)) for route in self._better(number))
            return tuple(sorted(found))
        return self._whole_best[0]

    @property
    def iterations(self) -> int:
        return self._done_before + sum(found.iterations for found in self._found.values())

    @property
    def finished(self) -> bool:
        """Nothing more to search: settled, or all stages done."""
        return self._settled or self._stage >= self._effort.stages

    def tasks(self) -> list[Task]:
        """What is to be done in the stage that begins now."""
        if self.finished:
            return []
        quota = self._effort.quota(self._stage)
        self._found.clear()
        self._tasks = self._sectors(quota) if self._by_sectors else self._whole(quota)
        return self._tasks

    def heard(self, number: int, found: Found) -> None:
        """A task of this stage has come so far."""
        self._found[number] = found

    def join(self) -> None:
        """End the stage with the best that was found."""
        whole = not self._by_sectors
        self._own = {number: found.routes for number, found in self._found.items()} if whole else {}
        if whole:
            self._routes, self._cost = self._whole_best
        else:
            self._routes = self.routes
        self._done_before = self.iterations
        told = len(self._found) == len(self._tasks)
        self._settled = whole and told and all(found.settled for found in self._found.values())
        self._tasks, self._found = [], {}
        self._stage += 1

    @property
    def _by_sectors(self) -> bool:
        return self._ground is not None and 0 < self._stage < self._effort.stages

    def _whole(self, quota: int | None) -> list[Task]:
        """One search of the whole, or two of different kinds, each by itself.

        From half-way on the second tries what other fleets make of the better answer of the two.
        """
        own = self._own.get(0, self._routes)
        strict = begins_strictly(self._part, twice=self._twice)
        first = Task(self._part, self._seed, own, quota, strict)
        if not self._twice:
            return [first]
        seed = self._seed + OTHER_SEED + self._stage * NEXT_SEED
        if 2 * self._stage < self._effort.stages:
            return [first, Task(self._part, seed, self._own.get(1), quota)]
        return [first, Task(self._part, seed, self._routes, quota, kicked=True)]

    def _sectors(self, quota: int | None) -> list[Task]:
        seed = self._seed + self._stage * NEXT_SEED
        chance = Random(seed)  # noqa: S311 - no secret, only where sectors begin
        ground = self._ground
        sectors = (
            []
            if ground is None
            else sectors_of(self._problem, self._part, self._routes, ground, chance)
        )
        return [Task(sector.part, seed, sector.routes, quota) for sector in sectors]

    @property
    def _whole_best(self) -> tuple[Routes, int]:
        """The best tours of the searches of the whole, and their cost; as good ones change none."""
        best = self._routes, self._cost
        for _, found in sorted(self._found.items()):
            if found.cost < best[1]:
                best = found.routes, found.cost
        return best

    def _better(self, number: int) -> Routes:
        """A sector's new tours if they keep every limit and cost less, else those it had."""
        found = self._found.get(number)
        if found is not None and found.improved:
            return found.routes
        return self._tasks[number].start or ()
