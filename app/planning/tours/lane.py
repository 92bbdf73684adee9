"""What one process does of a search: tasks one after the other, each for its share of the time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from app.planning.tours.kicks import kicked
from app.planning.tours.modelling import model_of
from app.planning.tours.parts import Part
from app.planning.tours.problem import Problem, Routes
from app.planning.tours.search import Search

Clock = Callable[[], float]
"""Tells the seconds; all that share one measure alike: by the wall, or by the processor's work."""

#: A lane looks up from a search so often, to say what it has found.
LOOKS_UP_EVERY_S = 0.2
#: Counted iterations are done so many at a time.
LOOKS_UP_EVERY = 50


@dataclass(frozen=True, slots=True)
class Task:
    """A search to be done on a part, from these tours or, with None, from anything.

    A `kicked` one begins with another fleet than these tours have.
    """

    part: Part
    seed: int
    start: Routes | None = None
    iterations: int | None = None
    strict: bool = False
    kicked: bool = False

    @property
    def weight(self) -> int:
        """The share of time that it should have, beside others."""
        return len(self.part.visits)


@dataclass(frozen=True, slots=True)
class Found:
    """What a task has come to: `cost` compares searches of one part, `improved` with its start."""

    routes: Routes
    cost: int
    improved: bool
    settled: bool
    iterations: int


Heard = Callable[[int, Found], None]
"""Hears of a task, by its place in the list, how far it has come."""


class Lane:
    """Does tasks; a search that is asked to go on from where it is keeps all it knows."""

    def __init__(self, problem: Problem, clock: Clock = time.monotonic) -> None:
        self._problem, self._clock = problem, clock
        self._kept: dict[Part, Search] = {}

    def begin(self, part: Part, seed: int, *, strict: bool = False) -> Search:
        """A search of a part that the next task on it goes on with."""
        self._kept[part] = Search(model_of(self._problem, part), seed, strict=strict)
        return self._kept[part]

    def run(
        self,
        tasks: Sequence[Task],
        seconds: float | None,
        enough: Callable[[], bool],
        heard: Heard,
    ) -> None:
        """Do these tasks; each one's last word is heard when it is done."""
        known = {task.part: self._kept[task.part] for task in tasks if task.part in self._kept}
        self._kept = {}  # what is not asked for again is forgotten before anything new is begun
        until = None if seconds is None else self._clock() + seconds
        left = sum(task.weight for task in tasks)
        for number, task in enumerate(tasks):
            if enough():
                return
            share = task.weight / left
            left -= task.weight
            now = self._clock()
            end = None if until is None else now + (until - now) * share
            self._do(number, task, known, end, enough, heard)

    def _do(
        self,
        number: int,
        task: Task,
        known: dict[Part, Search],
        end: float | None,
        enough: Callable[[], bool],
        heard: Heard,
    ) -> None:
        search = self._search(task, known.get(task.part))
        self._kept[task.part] = search
        before = search.iterations
        last = None if task.iterations is None else before + task.iterations

        def over() -> bool:
            return enough() or (end is not None and self._clock() >= end)

        heard(number, _found(search, before))
        while not over() and not search.settled and search.iterations != last:
            if self._turn(search, last, over):
                heard(number, _found(search, before))
        heard(number, _found(search, before))

    def _turn(self, search: Search, last: int | None, over: Callable[[], bool]) -> bool:
        """A short time of a search; whether there is something new to say."""
        if last is not None:
            return search.run(over, min(LOOKS_UP_EVERY, last - search.iterations))
        pause = self._clock() + LOOKS_UP_EVERY_S
        return search.run(lambda: over() or self._clock() >= pause)

    def _search(self, task: Task, known: Search | None) -> Search:
        if known is not None and task.start == known.routes and not task.kicked:
            return known
        model = model_of(self._problem, task.part) if known is None else known.model
        start = task.start
        if task.kicked and start is not None:
            chance = Random(task.seed)  # noqa: S311 - no secret, only another fleet to try
            start = kicked(model, start, chance)
        return Search(model, task.seed, start, strict=task.strict)


def _found(search: Search, before: int) -> Found:
    return Found(
        search.routes, search.cost, search.improved, search.settled, search.iterations - before
    )
