"""Everything that one shipment could carry: each part of an order with each node that has it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.planning.sourcing.optimum.problem import Flags, Floats, Ints, Problem
from app.planning.sourcing.optimum.shapes import Shape, shape_of

#: More than any cost: what cannot be.
NEVER = 1e15


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Cases of one shape: `cases[c]` of the problem; its slots begin at `slot + c * width`.

    `left_cost[c, w]` is what way w leaves unserved in case c, or NEVER where the way is forbidden.
    """

    shape: Shape
    cases: Ints
    slot: int
    left_cost: Floats

    @property
    def width(self) -> int:
        return len(self.shape.parts) + 1

    def slots(self) -> Ints:
        """The slot of each case and way, and shipment of the way."""
        first = self.slot + self.width * np.arange(len(self.cases))
        return np.asarray(first[:, None, None] + self.shape.ways[None, :, :])


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Parts in order of their slot: one slot for each part of each case, whoever sends it.

    A part takes `pieces[i, j]` of `cells[i, j]` for `lines[i, j]`; unused places have no pieces, of
    the cell past the last, for the line past the last. `filled` are the slots somebody can serve,
    `first` where each begins in the columns.
    """

    problem: Problem
    kinds: tuple[Kind, ...]
    slots: int
    slot: Ints
    pair: Ints
    node: Ints
    cost: Floats
    cells: Ints
    lines: Ints
    pieces: Ints
    filled: Ints
    first: Ints
    place: Ints


#: Parts of one kind: their slots, pairs, cells, lines and pieces.
_Found = tuple[Ints, Ints, Ints, Ints, Ints]


def all_parts(problem: Problem) -> Parts:
    """Lay out every part that is worth sending."""
    kinds: list[Kind] = []
    found: list[_Found] = []
    slots = 0
    for shape, cases in _by_shape(problem):
        kind = Kind(shape, cases, slots, _left_cost(problem, shape, cases))
        kinds.append(kind)
        slots += kind.width * len(cases)
        found.extend(_parts_of(problem, kind))
    return _in_order(problem, tuple(kinds), slots, found)


def _by_shape(problem: Problem) -> Iterator[tuple[Shape, Ints]]:
    asked = problem.line_asked.tolist()
    by_shape: dict[tuple[tuple[int, ...], int], list[int]] = defaultdict(list)
    bounds = problem.line_starts().tolist()
    pairs = zip(problem.case_order.tolist(), problem.case_most.tolist(), strict=True)
    for case, (order, most) in enumerate(pairs):
        by_shape[tuple(asked[bounds[order] : bounds[order + 1]]), most].append(case)
    for (wanted, most), cases in sorted(by_shape.items(), key=_alone_first):
        shape = shape_of(wanted, most)
        if shape is None:
            raise ValueError(f"{wanted} in {most} shipments has too many ways")
        yield shape, np.array(cases, dtype=np.int64)


def _alone_first(item: tuple[tuple[tuple[int, ...], int], list[int]]) -> tuple[bool, object]:
    """Shapes where two shipments may share a line come last."""
    (asked, most), _cases = item
    return max(asked, default=0) > 1 and most > 1, (asked, most)


def _lines_of(problem: Problem, shape: Shape, cases: Ints) -> Ints:
    first = np.searchsorted(problem.line_order, problem.case_order[cases])
    return np.asarray(first[:, None] + np.arange(len(shape.asked)))


def _left_cost(problem: Problem, shape: Shape, cases: Ints) -> Floats:
    lines = _lines_of(problem, shape, cases)
    cost = np.asarray(problem.line_unserved[lines] @ shape.left.T, dtype=np.float64)
    cost += problem.case_cost[cases][:, None]
    sent = (shape.ways < len(shape.parts)).sum(axis=1)
    cost[(sent > problem.case_partly[cases][:, None]) & shape.left.any(axis=1)] = NEVER
    if problem.least_value:
        cost[_worth_too_little(problem, shape, lines)] = NEVER
    return cost


def _worth_too_little(problem: Problem, shape: Shape, lines: Ints) -> Flags:
    """Ways that split an order into something not worth a shipment, or leave that over."""
    none = len(shape.parts)
    value = problem.line_value[lines] @ shape.parts.T
    value = np.hstack([value, np.full((len(lines), 1), problem.least_value)])
    small = (value[:, shape.ways] < problem.least_value).any(axis=2)
    small |= (problem.line_value[lines] @ shape.left.T < problem.least_value) & shape.left.any(
        axis=1
    )
    sent = (shape.ways < none).sum(axis=1)
    whole = (sent == 0) | ((sent == 1) & ~shape.left.any(axis=1))
    return np.asarray(small & ~whole)


def _parts_of(problem: Problem, kind: Kind) -> Iterator[_Found]:
    """The parts of a kind, one set of pieces after the other."""
    lines = _lines_of(problem, kind.shape, kind.cases)
    pairs, case, cells = _holders(problem, kind)
    held = np.where(cells >= 0, problem.cell_pieces[cells], 0)
    saves = problem.line_unserved[lines]
    needed = _may_need_any(problem, kind)
    for part, wanted in enumerate(kind.shape.parts):
        able = (held >= wanted).all(axis=1)
        able &= (problem.pair_cost[pairs] < saves[case] @ wanted) | needed[case]
        rows, used = np.flatnonzero(able), np.flatnonzero(wanted)
        if len(rows):
            yield (
                kind.slot + kind.width * case[rows] + part,
                pairs[rows],
                cells[np.ix_(rows, used)],
                lines[np.ix_(case[rows], used)],
                np.broadcast_to(wanted[used], (len(rows), len(used))),
            )


def _may_need_any(problem: Problem, kind: Kind) -> Flags:
    """Cases in which a part dearer than it saves may be wanted, for what it makes possible.

    Elsewhere the same way without that part is allowed too, and cheaper.
    """
    most, partly = problem.case_most[kind.cases], problem.case_partly[kind.cases]
    return np.asarray((partly < most - 1) | bool(problem.least_value))


def _holders(problem: Problem, kind: Kind) -> tuple[Ints, Ints, Ints]:
    """The pairs of a kind, the place of the case of each, and the cell for each line or -1."""
    local = np.full(len(problem.case_order), -1, dtype=np.int64)
    local[kind.cases] = np.arange(len(kind.cases))
    pairs = np.flatnonzero(local[problem.pair_case] >= 0)
    row = np.full(len(problem.pair_case), -1, dtype=np.int64)
    row[pairs] = np.arange(len(pairs))
    options = np.flatnonzero(row[problem.option_pair] >= 0)
    cells = np.full((len(pairs), len(kind.shape.asked)), -1, dtype=np.int64)
    order = problem.case_order[problem.pair_case[problem.option_pair[options]]]
    column = problem.option_line[options] - np.searchsorted(problem.line_order, order)
    cells[row[problem.option_pair[options]], column] = problem.option_cell[options]
    return pairs, local[problem.pair_case[pairs]], cells


def _in_order(problem: Problem, kinds: tuple[Kind, ...], slots: int, found: list[_Found]) -> Parts:
    width = max((one[2].shape[1] for one in found), default=1)
    slot = _stacked([one[0] for one in found])
    pair = _stacked([one[1] for one in found])
    order = np.lexsort((pair, slot))
    slot, pair = slot[order], pair[order]
    filled, first, place = np.unique(slot, return_index=True, return_inverse=True)
    return Parts(
        problem=problem,
        kinds=kinds,
        slots=slots,
        slot=slot,
        pair=pair,
        node=problem.pair_node[pair],
        cost=problem.pair_cost[pair].astype(np.float64),
        cells=_padded([one[2] for one in found], width, len(problem.cell_pieces))[order],
        lines=_padded([one[3] for one in found], width, len(problem.line_order))[order],
        pieces=_padded([one[4] for one in found], width, 0)[order],
        filled=filled,
        first=first,
        place=place,
    )


def _stacked(columns: list[Ints]) -> Ints:
    return np.concatenate([np.empty(0, dtype=np.int64), *columns])


def _padded(tables: list[Ints], width: int, fill: int) -> Ints:
    wide = [np.empty((0, width), dtype=np.int64)]
    for table in tables:
        more = np.full((len(table), width - table.shape[1]), fill, dtype=np.int64)
        wide.append(np.hstack([table, more]))
    return np.vstack(wide)
