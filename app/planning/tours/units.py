"""What rides together or not at all: pairs of a source and its delivery, and groups of visits."""

from collections.abc import Collection, Iterable, Sequence

from app.planning.tours.problem import RELOAD, Problem


class Units:
    """For each visit all those that are made exactly when it is, in an order that may be driven."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._of: dict[int, tuple[int, ...]] = {v: (v,) for v in range(len(problem.visits))}
        self.pairs = {v.source: n for n, v in enumerate(problem.visits) if v.source is not None}
        for source, taker in self.pairs.items():
            self._join((source, taker))
        for group in problem.together:
            self._join(group)
        self._kept_apart: dict[int, set[int]] = {}
        for apart in problem.apart:
            for visit in apart:
                self._kept_apart.setdefault(visit, set()).update(apart - {visit})
        self.begun = {vehicle: route for vehicle, route in problem.begun if route}
        self._beginner = {v: vehicle for vehicle, route in self.begun.items() for v in route}

    def of(self, visit: int) -> tuple[int, ...]:
        """The visit itself where nothing is bound to it."""
        return self._of[visit]

    def pair(self, visit: int) -> tuple[int, ...]:
        """The visit, with its source or with the delivery that it is the source of."""
        source = self._problem.visits[visit].source
        if source is not None:
            return source, visit
        return (visit, self.pairs[visit]) if visit in self.pairs else (visit,)

    def atoms(self, unit: Sequence[int]) -> list[tuple[int, ...]]:
        """A unit's visits as they can be put in one after the other: pairs, and single ones."""
        inside = set(unit)
        sources = [v for v in unit if v in self.pairs]
        pairs = [(source, self.pairs[source]) for source in sources]
        paired = {v for pair in pairs for v in pair}
        return [*pairs, *((v,) for v in unit if v in inside - paired)]

    def first(self) -> list[int]:
        """One visit of each unit."""
        return [visit for visit, unit in self._of.items() if unit[0] == visit]

    def whole(self, route: Iterable[int]) -> bool:
        """No visit is there without those bound to it."""
        inside = set(route) - {RELOAD}
        return all(inside.issuperset(self._of[v]) for v in inside)

    def allow(self, vehicle: int, route: Sequence[int]) -> bool:
        """What is bound or kept apart, and what this vehicle has begun with, is so on the route.

        Groups may still be in the making; pairs may not.
        """
        if self._kept_apart and not self._apart(route):
            return False
        if self.pairs and not self._paired(route):
            return False
        return not self.begun or self._goes_on(vehicle, route)

    def _goes_on(self, vehicle: int, route: Sequence[int]) -> bool:
        """The route begins with what this vehicle has begun, and with nobody else's."""
        begun = self.begun.get(vehicle, ())
        mine = all(self._beginner.get(v, vehicle) == vehicle for v in route if v != RELOAD)
        return mine and tuple(route[: len(begun)]) == begun

    def fixed(self, visit: int) -> bool:
        """A vehicle has begun with it."""
        return visit in self._beginner

    def kept_apart(self, visit: int, others: Collection[int]) -> int | None:
        """One of these visits that may not ride with this one."""
        foes = self._kept_apart.get(visit, set())
        return min((other for other in others if other in foes), default=None)

    def _apart(self, route: Sequence[int]) -> bool:
        inside = set(route)
        return not any(foes & inside for visit, foes in self._kept_apart.items() if visit in inside)

    def _paired(self, route: Sequence[int]) -> bool:
        """Each source stands before its delivery, on the same trip."""
        waiting: set[int] = set()
        for visit in route:
            if visit == RELOAD:
                if waiting:
                    return False
            elif visit in self.pairs:
                waiting.add(self.pairs[visit])
            elif self._problem.visits[visit].source is not None:
                if visit not in waiting:
                    return False
                waiting.remove(visit)
        return not waiting

    def _join(self, visits: Iterable[int]) -> None:
        joined = {v for visit in visits for v in self._of[visit]}
        unit = tuple(sorted(joined, key=lambda v: (self._problem.visits[v].opens_s, v)))
        for visit in unit:
            self._of[visit] = unit
