"""Small problems of sourcing all orders at once, and exhaustive search to judge answers by."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from app.planning.sourcing.optimum import Problem

Vector = tuple[int, ...]


def a_problem(
    lines: list[list[int]],
    stock: list[list[int]],
    costs: list[list[int | None]],
    *,
    unserved: int = 100,
    most: int = 3,
    room: int | list[int] = 9,
    cases: list[int] | None = None,
    values: list[list[int]] | None = None,
    least: int = 0,
    case_costs: list[int] | None = None,
    partly: int | None = None,
) -> Problem:
    """Orders by the pieces they ask of each SKU, nodes by their pieces, cases by their costs.

    `costs[case][node]` is None where the node is not allowed; `cases` names the order of each case.
    """
    skus = len(stock[0])
    cases = list(range(len(lines))) if cases is None else cases
    asked = [(o, s, q) for o, row in enumerate(lines) for s, q in enumerate(row) if q]
    line_at = {(o, s): at for at, (o, s, _q) in enumerate(asked)}
    pairs = [
        (c, n) for c, row in enumerate(costs) for n, cost in enumerate(row) if cost is not None
    ]
    options = [
        (at, line_at[cases[c], s], n * skus + s)
        for at, (c, n) in enumerate(pairs)
        for s in range(skus)
        if (cases[c], s) in line_at and stock[n][s]
    ]
    value = (
        dict.fromkeys(line_at, 0) if values is None else {(o, s): values[o][s] for o, s in line_at}
    )
    return Problem(
        orders=len(lines),
        line_order=_ints([o for o, _s, _q in asked]),
        line_asked=_ints([q for _o, _s, q in asked]),
        line_unserved=_ints([unserved] * len(asked)),
        line_value=_ints([value[o, s] for o, s, _q in asked]),
        case_order=_ints(cases),
        case_most=_ints([most] * len(cases)),
        case_partly=_ints([most if partly is None else partly] * len(cases)),
        case_cost=_ints(case_costs or [0] * len(cases)),
        pair_case=_ints([c for c, _n in pairs]),
        pair_node=_ints([n for _c, n in pairs]),
        pair_cost=_ints([costs[c][n] for c, n in pairs]),
        option_pair=_ints([p for p, _l, _c in options]),
        option_line=_ints([line for _p, line, _c in options]),
        option_cell=_ints([cell for _p, _l, cell in options]),
        cell_pieces=_ints([pieces for row in stock for pieces in row]),
        node_room=_ints([room] * len(stock) if isinstance(room, int) else room),
        least_value=least,
    )


def _ints(values: list[Any]) -> Any:
    return np.array(values, dtype=np.int64)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Few orders, nodes and SKUs, with every feature that a problem has."""
    skus, nodes = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    orders = draw(st.integers(1, 3))
    pieces = st.integers(0, 2)
    lines = [
        draw(st.lists(pieces, min_size=skus, max_size=skus).filter(any)) for _ in range(orders)
    ]
    cases = sorted([*draw(st.lists(st.integers(0, orders - 1), max_size=1)), *range(orders)])
    cost = st.one_of(st.none(), st.integers(1, 150))
    return a_problem(
        lines,
        [draw(st.lists(pieces, min_size=skus, max_size=skus)) for _ in range(nodes)],
        [draw(st.lists(cost, min_size=nodes, max_size=nodes)) for _ in cases],
        unserved=draw(st.sampled_from([30, 100])),
        most=draw(st.integers(1, 3)),
        room=draw(st.lists(st.integers(0, 3), min_size=nodes, max_size=nodes)),
        cases=cases,
        values=[draw(st.lists(st.integers(0, 9), min_size=skus, max_size=skus)) for _ in lines],
        least=draw(st.sampled_from([0, 0, 6])),
        partly=draw(st.sampled_from([None, None, 0, 1])),
        case_costs=[draw(st.sampled_from([0, 0, 7])) for _ in cases],
    )


def least_cost(problem: Problem) -> int:
    """The cost of the best answer, found by trying all of them."""
    ways = [list(_ways(problem, order)) for order in range(problem.orders)]

    @cache
    def best(order: int, cells: Vector, rooms: Vector) -> int:
        if order == problem.orders:
            return 0
        found = []
        for cost, takes, nodes in ways[order]:
            left = _less(cells, takes)
            space = _less(rooms, tuple((node, 1) for node in nodes))
            if left is not None and space is not None:
                found.append(cost + best(order + 1, left, space))
        return min(found)

    return best(0, tuple(problem.cell_pieces.tolist()), tuple(problem.node_room.tolist()))


def _less(counts: Vector, takes: tuple[tuple[int, int], ...]) -> Vector | None:
    left = list(counts)
    for at, many in takes:
        left[at] -= many
    return tuple(left) if min(left, default=0) >= 0 else None


def _ways(problem: Problem, order: int) -> Iterator[tuple[int, Any, tuple[int, ...]]]:
    """(cost, what is taken of which cells, nodes) of everything that could be done for an order."""
    lines = np.flatnonzero(problem.line_order == order)
    for case in np.flatnonzero(problem.case_order == order):
        pairs = np.flatnonzero(problem.pair_case == case)
        for sent in product(*(_vectors(problem, pair, lines) for pair in pairs)):
            used = [(pair, one) for pair, one in zip(pairs, sent, strict=True) if any(one)]
            total = [sum(one[at] for one in sent) for at in range(len(lines))]
            left = [int(problem.line_asked[line]) - n for line, n in zip(lines, total, strict=True)]
            if min(left) < 0 or len(used) > problem.case_most[case]:
                continue
            if any(left) and len(used) > problem.case_partly[case]:
                continue
            if _too_small(problem, lines, [one for _pair, one in used], left):
                continue
            cost = int(problem.case_cost[case]) + sum(int(problem.pair_cost[p]) for p, _ in used)
            cost += sum(
                n * int(problem.line_unserved[line]) for line, n in zip(lines, left, strict=True)
            )
            takes = tuple(
                (_cell(problem, pair, line), n)
                for pair, one in used
                for line, n in zip(lines, one, strict=True)
                if n
            )
            yield cost, takes, tuple(int(problem.pair_node[pair]) for pair, _one in used)


def _vectors(problem: Problem, pair: int, lines: Any) -> Iterator[Vector]:
    most = [
        min(int(problem.line_asked[line]), int(problem.cell_pieces[cell])) if cell >= 0 else 0
        for line in lines
        for cell in [_cell(problem, pair, line)]
    ]
    return product(*(range(n + 1) for n in most))


def _cell(problem: Problem, pair: int, line: int) -> int:
    found = np.flatnonzero((problem.option_pair == pair) & (problem.option_line == line))
    return int(problem.option_cell[found[0]]) if len(found) else -1


def _too_small(problem: Problem, lines: Any, sent: list[Vector], left: list[int]) -> bool:
    if not sent or (len(sent) == 1 and not any(left)):
        return False
    parts = [*sent, tuple(left)] if any(left) else sent
    worth = [
        sum(n * int(problem.line_value[line]) for line, n in zip(lines, part, strict=True))
        for part in parts
    ]
    return min(worth) < problem.least_value
