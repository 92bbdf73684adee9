"""Orders that can be parted in more ways than can be weighed: they keep what they were given.

The bound holds for them too: each of their lines is taken by itself, with its share of what the
shipments cost, which is never dearer than the order as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.planning.sourcing.optimum.problem import Flags, Ints, Problem, Sent
from app.planning.sourcing.optimum.shapes import shape_of

#: Room that never runs out.
PLENTY = 2**40


def too_large(problem: Problem) -> Ints:
    """The orders with a case that has too many ways."""
    bounds, asked = problem.line_starts().tolist(), problem.line_asked.tolist()
    cases = zip(problem.case_order.tolist(), problem.case_most.tolist(), strict=True)
    found = {
        order
        for order, most in cases
        if shape_of(tuple(asked[bounds[order] : bounds[order + 1]]), most) is None
    }
    return np.array(sorted(found), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some orders of a problem as a problem of its own; `lines` and `cases` are the whole's."""

    problem: Problem
    lines: Ints
    cases: Ints

    def whole(self, shipments: Iterable[Sent]) -> Iterator[Sent]:
        """Shipments of the part as those of the whole."""
        for sent in shipments:
            lines = tuple((int(self.lines[line]), many) for line, many in sent.lines)
            yield Sent(int(self.cases[sent.case]), sent.node, lines)

    def own(self, shipments: Iterable[Sent]) -> Iterator[Sent]:
        """Those shipments of the whole that are for orders of the part."""
        case_at = {case: at for at, case in enumerate(self.cases.tolist())}
        line_at = {line: at for at, line in enumerate(self.lines.tolist())}
        for sent in shipments:
            if sent.case in case_at:
                lines = tuple((line_at[line], many) for line, many in sent.lines)
                yield Sent(case_at[sent.case], sent.node, lines)


def without(problem: Problem, orders: Ints, kept: Iterable[Sent]) -> Part:
    """The other orders, with the stock and the room that `kept` shipments leave them."""
    stays = np.ones(problem.orders, dtype=np.bool_)
    stays[orders] = False
    part = _only(problem, stays)
    cells, room = problem.cell_pieces.copy(), problem.node_room.copy()
    taken = _cells_taken(problem, kept)
    for cell, many in taken[0].items():
        cells[cell] -= many
    for node, many in taken[1].items():
        room[node] -= many
    return replace(part, problem=replace(part.problem, cell_pieces=cells, node_room=room))


def _only(problem: Problem, stays: Flags) -> Part:
    number = np.cumsum(stays) - 1
    lines = np.flatnonzero(stays[problem.line_order])
    cases = np.flatnonzero(stays[problem.case_order])
    pairs = np.flatnonzero(stays[problem.case_order[problem.pair_case]])
    pair_at = _places(pairs, len(problem.pair_case))
    options = np.flatnonzero(pair_at[problem.option_pair] >= 0)
    made = replace(
        problem,
        orders=int(stays.sum()),
        line_order=number[problem.line_order[lines]],
        line_asked=problem.line_asked[lines],
        line_unserved=problem.line_unserved[lines],
        line_value=problem.line_value[lines],
        case_order=number[problem.case_order[cases]],
        case_most=problem.case_most[cases],
        case_partly=problem.case_partly[cases],
        case_cost=problem.case_cost[cases],
        pair_case=_places(cases, len(problem.case_order))[problem.pair_case[pairs]],
        pair_node=problem.pair_node[pairs],
        pair_cost=problem.pair_cost[pairs],
        option_pair=pair_at[problem.option_pair[options]],
        option_line=_places(lines, len(problem.line_order))[problem.option_line[options]],
        option_cell=problem.option_cell[options],
    )
    return Part(made, lines, cases)


def _places(kept: Ints, count: int) -> Ints:
    places = np.full(count, -1, dtype=np.int64)
    places[kept] = np.arange(len(kept))
    return places


def _cells_taken(problem: Problem, kept: Iterable[Sent]) -> tuple[Counter[int], Counter[int]]:
    pairs = zip(problem.pair_case.tolist(), problem.pair_node.tolist(), strict=True)
    pair_at = {pair: at for at, pair in enumerate(pairs)}
    options = zip(problem.option_pair.tolist(), problem.option_line.tolist(), strict=True)
    cell_at = dict(zip(options, problem.option_cell.tolist(), strict=True))
    cells, nodes = Counter[int](), Counter[int]()
    for sent in kept:
        nodes[sent.node] += 1
        for line, many in sent.lines:
            cells[cell_at[pair_at[sent.case, sent.node], line]] += many
    return cells, nodes


def line_by_line(problem: Problem, orders: Ints) -> Problem:
    """The same problem with each line of some orders as an order: cheaper, never dearer.

    Their shipments are no longer counted at the nodes, where one would be counted line by line.
    """
    starts = problem.line_starts()
    large = np.zeros(problem.orders, dtype=np.bool_)
    large[orders] = True
    count = np.where(large, np.diff(starts), 1)
    first = np.cumsum(count) - count
    nth = np.where(large[problem.line_order], _nth_of(problem.line_order), 0)
    copies = count[problem.case_order]
    case = np.repeat(np.arange(len(copies)), copies)
    case_order = first[problem.case_order[case]] + _nth_of(case)
    by_order = np.argsort(case_order, kind="stable")
    place = np.empty_like(by_order)
    place[by_order] = np.arange(len(by_order))
    option_case = problem.pair_case[problem.option_pair]
    copy = (np.cumsum(copies) - copies)[option_case] + nth[problem.option_line]
    key = place[copy] * (len(problem.pair_case) + 1) + problem.option_pair
    pairs, option_pair = np.unique(key, return_inverse=True)
    new_case, pair = np.divmod(pairs, len(problem.pair_case) + 1)
    apart = large[problem.case_order[problem.pair_case[pair]]]
    turns = np.argsort(option_pair, kind="stable")
    return replace(
        problem,
        orders=int(count.sum()),
        line_order=first[problem.line_order] + nth,
        line_value=problem.line_value + problem.least_value * large[problem.line_order],
        case_order=case_order[by_order],
        case_most=problem.case_most[case][by_order],
        case_partly=problem.case_most[case][by_order],
        case_cost=(problem.case_cost // copies)[case][by_order],
        pair_case=new_case,
        pair_node=problem.pair_node[pair] + problem.nodes * apart,
        pair_cost=problem.pair_cost[pair] // copies[problem.pair_case[pair]],
        option_pair=option_pair[turns],
        option_line=problem.option_line[turns],
        option_cell=problem.option_cell[turns],
        node_room=np.concatenate([problem.node_room, np.full(problem.nodes, PLENTY)]),
    )


def _nth_of(sorted_keys: Ints) -> Ints:
    """The place of each among those of the same key."""
    first = np.flatnonzero(np.diff(sorted_keys, prepend=-1))
    many = np.diff(np.append(first, len(sorted_keys)))
    return np.arange(len(sorted_keys)) - np.repeat(first, many)


def given(problem: Problem, orders: Ints) -> list[Sent]:
    """Each of some orders in turn takes from the nodes that save most, while there is stock."""
    shelf = _Shelf(problem)
    return [sent for order in orders.tolist() for sent in shelf.serve(order)]


class _Shelf:
    """Stock and room as they go down."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._stock, self._room = problem.cell_pieces.tolist(), problem.node_room.tolist()
        self._left = problem.line_asked.tolist()

    def serve(self, order: int) -> list[Sent]:
        """What an order gets; nothing where a part would be worth too little for a shipment."""
        problem = self._problem
        case = int(np.searchsorted(problem.case_order, order))
        first, last = np.searchsorted(problem.pair_case, [case, case + 1]).tolist()
        made: list[Sent] = []
        free = set(range(first, last)) if not problem.least_value else set()
        while free and len(made) < problem.case_partly[case]:
            pair = max(free, key=lambda one: (self._saves(one), -one))
            if self._saves(pair) <= 0:
                break
            free.remove(pair)
            made.append(Sent(case, int(problem.pair_node[pair]), self._take(pair)))
        return made

    def _offers(self, pair: int) -> list[tuple[int, int, int]]:
        """(line, cell, pieces) that a pair could send of what is still open."""
        problem = self._problem
        first, last = np.searchsorted(problem.option_pair, [pair, pair + 1]).tolist()
        found = []
        for option in range(first, last):
            line, cell = int(problem.option_line[option]), int(problem.option_cell[option])
            found.append((line, cell, min(self._left[line], self._stock[cell])))
        return [offer for offer in found if offer[2]]

    def _saves(self, pair: int) -> int:
        problem = self._problem
        if self._room[int(problem.pair_node[pair])] < 1:
            return 0
        saved = sum(many * int(problem.line_unserved[line]) for line, _, many in self._offers(pair))
        return saved - int(problem.pair_cost[pair])

    def _take(self, pair: int) -> tuple[tuple[int, int], ...]:
        offers = self._offers(pair)
        self._room[int(self._problem.pair_node[pair])] -= 1
        for line, cell, many in offers:
            self._left[line] -= many
            self._stock[cell] -= many
        return tuple((line, many) for line, _cell, many in offers)
