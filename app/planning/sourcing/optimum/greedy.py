"""A first answer within moments: each order in turn takes what saves most, while there is stock."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from app.planning.sourcing.optimum.parts import Parts
from app.planning.sourcing.optimum.problem import Ints
from app.planning.sourcing.optimum.standing import Register, Standing


@dataclass(slots=True)
class _Order:
    """What an order was given so far."""

    case: int
    sent: list[int] = field(default_factory=list)
    nodes: set[int] = field(default_factory=set)


class _Counter:
    """Stock, room and open pieces as they go down."""

    def __init__(self, parts: Parts) -> None:
        problem = parts.problem
        self._stock = [*problem.cell_pieces.tolist(), 0]
        self._open = [*problem.line_asked.tolist(), 0]
        self._room = problem.node_room.tolist()
        self._most = problem.case_most.tolist()

    def gives(self, order: _Order, node: int, takes: list[tuple[int, int, int]]) -> bool:
        """Whether an order can have one more shipment with these pieces, from a new node."""
        return (
            node not in order.nodes
            and len(order.sent) < self._most[order.case]
            and self._room[node] > 0
            and all(
                many <= self._stock[cell] and many <= self._open[line] for cell, line, many in takes
            )
        )

    def take(self, order: _Order, part: int, node: int, takes: list[tuple[int, int, int]]) -> None:
        order.sent.append(part)
        order.nodes.add(node)
        self._room[node] -= 1
        for cell, line, many in takes:
            self._stock[cell] -= many
            self._open[line] -= many


def greedy(parts: Parts, register: Register) -> Standing:
    """Give each order its best parts one after the other, in the order in which they are asked."""
    net = register.saved - parts.cost
    order = parts.problem.case_order[register.case_of_part]
    turns = np.lexsort((-net, order))
    return register.standing(_given(parts, register, turns[net[turns] > 0]))


def _given(parts: Parts, register: Register, turns: Ints) -> Ints:
    """What each order is given, as rows of parts."""
    counter = _Counter(parts)
    rows = np.full((parts.problem.orders, register.width), -1, dtype=np.int64)
    cases = register.case_of_part[turns]
    orders = parts.problem.case_order[cases]
    starts = np.flatnonzero(np.diff(orders, prepend=-1))
    needs = _asked(parts)[orders[starts]]
    ends = np.append(starts[1:], len(turns))[: len(starts)]
    spans = zip(starts.tolist(), ends.tolist(), needs.tolist(), strict=True)
    for first, last, need in spans:
        mine = zip(turns[first:last].tolist(), cases[first:last].tolist(), strict=True)
        sent = _served(parts, counter, mine, need)
        rows[orders[first], : len(sent)] = sent
    rows[_not_allowed(parts, register, rows)] = -1
    return rows


def _served(
    parts: Parts, counter: _Counter, mine: Iterable[tuple[int, int]], need: int
) -> list[int]:
    """The parts that one order gets; no more are looked at than it needs."""
    given = _Order(-1)
    for part, case in mine:
        if not need:
            break
        given.case = given.case if given.sent else case
        columns = (parts.cells[part], parts.lines[part], parts.pieces[part])
        takes = [take for take in zip(*(c.tolist() for c in columns), strict=True) if take[2]]
        node = int(parts.node[part])
        if given.case == case and counter.gives(given, node, takes):
            counter.take(given, part, node, takes)
            need -= sum(take[2] for take in takes)
    return given.sent


def _asked(parts: Parts) -> Ints:
    """How many pieces each order asks for."""
    problem = parts.problem
    asked = np.bincount(problem.line_order, problem.line_asked.astype(np.float64), problem.orders)
    return asked.astype(np.int64)


def _not_allowed(parts: Parts, register: Register, rows: Ints) -> Ints:
    """Orders parted into what is worth too little, or into too much for a part of the whole."""
    problem = parts.problem
    values = np.append(problem.line_value, 0)
    value = np.append((values[parts.lines] * parts.pieces).sum(axis=1), 0)[rows]
    pieces = np.append(parts.pieces.sum(axis=1), 0)[rows].sum(axis=1)
    lines = problem.line_order
    worth = problem.line_asked * problem.line_value
    whole = np.bincount(lines, worth.astype(np.float64), problem.orders)
    left, shipments = _asked(parts) - pieces, (rows >= 0).sum(axis=1)
    small = ((value < problem.least_value) & (rows >= 0)).any(axis=1)
    most = problem.case_partly[np.append(register.case_of_part, 0)[rows[:, 0]]]
    small |= (left > 0) & (whole - value.sum(axis=1) < problem.least_value)
    small &= ~((shipments == 1) & (left == 0))
    return np.flatnonzero((shipments > 0) & (small | ((left > 0) & (shipments > most))))
