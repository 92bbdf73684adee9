"""New orders beside agreed ones, which move only where that saves more than a move costs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.planning.sourcing.optimum.check import cost_of
from app.planning.sourcing.optimum.large import without
from app.planning.sourcing.optimum.problem import Ints, Problem, Sent
from app.planning.sourcing.optimum.solving import solve
from app.ports import Stop, never


@dataclass(frozen=True, slots=True)
class Joined:
    """All shipments, agreed and new; `moved` are the agreed orders served otherwise than before.

    `cost` counts no moves.
    """

    shipments: tuple[Sent, ...]
    cost: int
    moved: tuple[int, ...]


def join(
    problem: Problem,
    agreed: Iterable[Sent],
    move_cost: int,
    seconds: float | None = None,
    stop: Stop = never,
    *,
    seed: int = 0,
    may_move: Collection[int] | None = None,
    start: Iterable[Sent] = (),
) -> Joined:
    """Serve the orders without agreed shipments at the least cost.

    Looked at again are only those agreed orders that hold pieces which a new order could take, of
    those that `may_move` where that is said; to serve one of them otherwise costs `move_cost` more.
    With `start`, shipments of new orders beside the agreed ones, it is no dearer than these.
    """
    before = tuple(agreed)
    rivals = _rivals(problem, before)
    if may_move is not None:
        rivals &= set(may_move)
    settled = {_order(problem, sent) for sent in before} - rivals
    kept = tuple(sent for sent in before if _order(problem, sent) in settled)
    part = without(problem, np.array(sorted(settled), dtype=np.int64), kept)
    held = tuple(part.own(before))
    lasting = _with_moves(part.problem, held, move_cost)
    known = lasting.own((*held, *part.own(start)))
    answer = solve(lasting.problem, seconds, stop, start=known, seed=seed)
    found = part.whole(lasting.whole(answer.shipments))
    shipments = tuple(sorted((*kept, *found), key=lambda sent: (sent.case, sent.node)))
    return Joined(shipments, cost_of(problem, shipments), _moved(problem, before, shipments))


def _order(problem: Problem, sent: Sent) -> int:
    return int(problem.case_order[sent.case])


def _rivals(problem: Problem, agreed: tuple[Sent, ...]) -> set[int]:
    """The agreed orders that hold pieces which a new order could take."""
    is_new = np.ones(problem.orders, dtype=np.bool_)
    is_new[[_order(problem, sent) for sent in agreed]] = False
    order = problem.line_order[problem.option_line]
    wanted = np.zeros(len(problem.cell_pieces), dtype=np.bool_)
    wanted[problem.option_cell[is_new[order]]] = True
    contested = np.flatnonzero(wanted[problem.option_cell] & ~is_new[order])
    pairs, lines = problem.option_pair[contested], problem.option_line[contested]
    places = zip(
        problem.pair_case[pairs].tolist(),
        problem.pair_node[pairs].tolist(),
        lines.tolist(),
        strict=True,
    )
    holds = set(places)
    return {
        _order(problem, sent)
        for sent in agreed
        if any((sent.case, sent.node, line) in holds for line, _pieces in sent.lines)
    }


def _with_moves(problem: Problem, agreed: tuple[Sent, ...], move_cost: int) -> "_Lasting":
    """The problem with one more case for each agreed order: as agreed, without the move's cost."""
    held = np.array(sorted({sent.case for sent in agreed}), dtype=np.int64)
    sent_from = {(sent.case, sent.node) for sent in agreed}
    pairs = np.array(
        [
            at
            for at in np.flatnonzero(np.isin(problem.pair_case, held)).tolist()
            if (int(problem.pair_case[at]), int(problem.pair_node[at])) in sent_from
        ],
        dtype=np.int64,
    )
    options = _options_used(problem, agreed)
    cases = np.concatenate([np.arange(len(problem.case_order)), held])
    moves = np.isin(problem.case_order, problem.case_order[held]) * move_cost
    cost = np.concatenate([problem.case_cost + moves, problem.case_cost[held]])
    by_order = np.argsort(problem.case_order[cases], kind="stable")
    place = np.empty_like(by_order)
    place[by_order] = np.arange(len(by_order))
    new_case = len(problem.case_order) + np.searchsorted(held, problem.pair_case[pairs])
    pair_case = place[np.concatenate([problem.pair_case, new_case])]
    old_pair = np.concatenate([np.arange(len(problem.pair_case)), pairs])
    turns = np.argsort(pair_case, kind="stable")
    pair_place = np.empty_like(turns)
    pair_place[turns] = np.arange(len(turns))
    new_pair = len(problem.pair_case) + np.searchsorted(pairs, problem.option_pair[options])
    option_pair = pair_place[np.concatenate([problem.option_pair, new_pair])]
    old_option = np.concatenate([np.arange(len(problem.option_pair)), options])
    option_turns = np.argsort(option_pair, kind="stable")
    made = replace(
        problem,
        case_order=problem.case_order[cases][by_order],
        case_most=problem.case_most[cases][by_order],
        case_partly=problem.case_partly[cases][by_order],
        case_cost=cost[by_order],
        pair_case=pair_case[turns],
        pair_node=problem.pair_node[old_pair][turns],
        pair_cost=problem.pair_cost[old_pair][turns],
        option_pair=option_pair[option_turns],
        option_line=problem.option_line[old_option][option_turns],
        option_cell=problem.option_cell[old_option][option_turns],
    )
    first = len(problem.case_order)
    return _Lasting(made, cases[by_order], place[:first], place[first:], held)


def _options_used(problem: Problem, agreed: tuple[Sent, ...]) -> Ints:
    """The options that agreed shipments use."""
    used = {(sent.case, sent.node, line) for sent in agreed for line, _pieces in sent.lines}
    pair = problem.option_pair
    columns = zip(
        problem.pair_case[pair].tolist(),
        problem.pair_node[pair].tolist(),
        problem.option_line.tolist(),
        strict=True,
    )
    return np.array([at for at, key in enumerate(columns) if key in used], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Lasting:
    """A problem in which agreed orders may stay as they are; `cases` are those of the original.

    `places` are where the original's cases are now, `staying` where the agreed ones stay.
    """

    problem: Problem
    cases: Ints
    places: Ints
    staying: Ints
    held: Ints

    def own(self, shipments: Iterable[Sent]) -> list[Sent]:
        at = dict(enumerate(self.places.tolist()))
        at |= dict(zip(self.held.tolist(), self.staying.tolist(), strict=True))
        return [replace(sent, case=at[sent.case]) for sent in shipments]

    def whole(self, shipments: Iterable[Sent]) -> list[Sent]:
        return [replace(sent, case=int(self.cases[sent.case])) for sent in shipments]


def _moved(problem: Problem, before: tuple[Sent, ...], after: tuple[Sent, ...]) -> tuple[int, ...]:
    def by_order(shipments: tuple[Sent, ...]) -> dict[int, set[Sent]]:
        found: dict[int, set[Sent]] = {}
        for sent in shipments:
            found.setdefault(_order(problem, sent), set()).add(sent)
        return found

    now = by_order(after)
    then = by_order(before)
    return tuple(order for order in sorted(then) if then[order] != now.get(order))
