"""Who sends what at a moment of the search, and the same as shipments of the problem."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from app.planning.sourcing.optimum.parts import Parts
from app.planning.sourcing.optimum.problem import Ints, Sent


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """For each order the parts that are sent, in order of part, then -1; and what that costs."""

    parts: Ints
    costs: Ints

    @property
    def cost(self) -> int:
        return int(self.costs.sum())


class Register:
    """Translates between parts and the shipments of the problem."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        problem = parts.problem
        self.width = max((kind.shape.ways.shape[1] for kind in parts.kinds), default=1)
        self._kind = np.zeros(len(problem.case_order), dtype=np.int64)
        self._row = np.zeros(len(problem.case_order), dtype=np.int64)
        for number, kind in enumerate(parts.kinds):
            self._kind[kind.cases] = number
            self._row[kind.cases] = np.arange(len(kind.cases))
        self._starts = problem.line_starts()
        self.case_of_part = problem.pair_case[parts.pair]
        #: What each part saves of the price of unserved pieces.
        self.saved = (np.append(problem.line_unserved, 0)[parts.lines] * parts.pieces).sum(axis=1)
        self._least_case = self._cheapest_cases()

    def standing(self, rows: Ints) -> Standing:
        """What stands when each order's parts are those of its row."""
        ordered = np.where(rows < 0, len(self._parts.slot), rows)
        ordered = np.sort(ordered, axis=1)
        ordered[ordered == len(self._parts.slot)] = -1
        return Standing(ordered, self._costs(ordered))

    def nobody(self) -> Standing:
        """Nothing is sent to anybody."""
        rows = np.full((self._parts.problem.orders, self.width), -1, dtype=np.int64)
        return self.standing(rows)

    def known(self, shipments: Iterable[Sent]) -> Standing:
        """Shipments as parts; those not worth sending are left out."""
        rows = np.full((self._parts.problem.orders, self.width), -1, dtype=np.int64)
        problem = self._parts.problem
        by_order = groupby(
            sorted(shipments, key=lambda sent: (problem.case_order[sent.case], sent.node)),
            key=lambda sent: int(problem.case_order[sent.case]),
        )
        for order, sent in by_order:
            found = [part for one in sent if (part := self._part(one)) is not None]
            rows[order, : len(found)] = found
        return self.standing(rows)

    def shipments(self, standing: Standing) -> Iterator[Sent]:
        """The shipments, in order of their case and node."""
        rows = standing.parts
        flat = rows[rows >= 0]
        case, node = self.case_of_part[flat], self._parts.node[flat]
        for at in np.lexsort((node, case)).tolist():
            yield Sent(int(case[at]), int(node[at]), self._lines(int(flat[at])))

    def _lines(self, part: int) -> tuple[tuple[int, int], ...]:
        lines, pieces = self._parts.lines[part].tolist(), self._parts.pieces[part].tolist()
        return tuple((line, many) for line, many in zip(lines, pieces, strict=True) if many)

    def _part(self, sent: Sent) -> int | None:
        kind = self._parts.kinds[self._kind[sent.case]]
        order = int(self._parts.problem.case_order[sent.case])
        pieces = dict(sent.lines)
        number = 0
        for at, asked in enumerate(kind.shape.asked):
            number = number * (asked + 1) + pieces.get(int(self._starts[order]) + at, 0)
        slot = kind.slot + kind.width * int(self._row[sent.case]) + number - 1
        first, last = np.searchsorted(self._parts.slot, (slot, slot + 1))
        found = np.flatnonzero(self._parts.node[first:last] == sent.node)
        return int(first + found[0]) if len(found) else None

    def _cheapest_cases(self) -> Ints:
        """The case of each order in which nothing is sent at least cost."""
        problem = self._parts.problem
        by_cost = np.lexsort((problem.case_cost, problem.case_order))
        first = np.searchsorted(problem.case_order[by_cost], np.arange(problem.orders))
        return by_cost[first] if len(by_cost) else by_cost

    def _costs(self, rows: Ints) -> Ints:
        """Exactly what the parts and all that is missing cost, by order."""
        problem, parts = self._parts.problem, self._parts
        sent = np.append(problem.pair_cost[parts.pair], 0)[rows].sum(axis=1)
        saved = np.append(self.saved, 0)[rows].sum(axis=1)
        whole = np.bincount(
            problem.line_order,
            (problem.line_asked * problem.line_unserved).astype(np.float64),
            problem.orders,
        ).astype(np.int64)
        first = rows[:, 0]
        case = np.where(first >= 0, np.append(self.case_of_part, 0)[first], self._least_case)
        return np.asarray(whole - saved + sent + problem.case_cost[case])
