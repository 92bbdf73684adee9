"""The best choice among given ways, one for each order: an integer programme, solved exactly."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from app.planning.sourcing.optimum.parts import Parts
from app.planning.sourcing.optimum.problem import Floats, Ints
from app.planning.sourcing.optimum.ways import Ways
from app.ports import Stop

#: How often a person's Stop is looked for.
LOOK_EVERY_S = 0.05
#: Costs are handed over in units in which an order costs about so much.
AN_ORDER_COSTS = 1_000.0
#: What is taken off a bound found in floating point, as a share of it.
DOUBT = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Columns are ways; rows are orders, then cells that could run short, then full nodes."""

    costs: Floats
    start: Ints
    rows: Ints
    values: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best choice found, below what no choice of these ways can cost; -inf = unknown."""

    columns: Ints | None
    bound: float


def model_of(parts: Parts, ways: Ways) -> Model:
    """All orders at once, each served in exactly one of its ways."""
    problem = parts.problem
    way, place = np.nonzero(ways.parts >= 0)
    part = ways.parts[way, place]
    at, column = np.nonzero(parts.pieces[part])
    cell, pieces = parts.cells[part[at], column], parts.pieces[part[at], column]
    takes = _could_run_short(cell, pieces, problem.cell_pieces)
    sends = _could_run_short(parts.node[part], np.ones_like(part), problem.node_room)
    cells, cell_row = np.unique(cell[takes], return_inverse=True)
    nodes, node_row = np.unique(parts.node[part[sends]], return_inverse=True)
    rows = np.concatenate(
        [ways.order, problem.orders + cell_row, problem.orders + len(cells) + node_row]
    )
    columns = np.concatenate([np.arange(len(ways)), way[at[takes]], way[sends]])
    values = np.concatenate([np.ones(len(ways)), pieces[takes], np.ones(len(node_row))])
    order = np.lexsort((rows, columns))
    return Model(
        costs=ways.cost,
        start=np.searchsorted(columns[order], np.arange(len(ways) + 1)),
        rows=rows[order],
        values=values[order].astype(np.float64),
        lower=np.concatenate([np.ones(problem.orders), np.full(len(cells) + len(nodes), -np.inf)]),
        upper=np.concatenate(
            [np.ones(problem.orders), problem.cell_pieces[cells], problem.node_room[nodes]]
        ).astype(np.float64),
    )


def _could_run_short(key: Ints, many: Ints, at_hand: Ints) -> Ints:
    total = np.bincount(key, many.astype(np.float64), len(at_hand))
    return np.flatnonzero(total[key] > at_hand[key])


class Choice:
    """One run of the solver beside the caller's thread; it can be left at any moment."""

    def __init__(self, model: Model, start: Ints, seed: int) -> None:
        self._scale = AN_ORDER_COSTS * len(start) / max(1.0, float(model.costs[start].sum()))
        self._solver = _solver(model, self._scale, start, seed)
        self._left = False
        self._better: Floats | None = None
        self._lock = threading.Lock()

    def run(self, stop: Stop, on_better: Callable[[Ints], None]) -> Chosen:
        """Solve; each better choice is told as it is found. After `stop` the best so far counts."""
        self._solver.cbMipImprovingSolution += self._improved
        self._solver.cbMipInterrupt += self._asked
        self._solver.cbSimplexInterrupt += self._asked
        thread = threading.Thread(target=self._solver.run, name="regie-sourcing")
        thread.start()
        while thread.is_alive() and not stop():
            thread.join(LOOK_EVERY_S)
            self._tell(on_better)
        self._left = thread.is_alive()
        self._tell(on_better)
        return Chosen(None, -np.inf) if self._left else self._result()

    def _improved(self, event: Any) -> None:
        with self._lock:
            self._better = np.array(event.data_out.mip_solution)

    def _asked(self, event: Any) -> None:
        if self._left:
            event.interrupt()

    def _tell(self, on_better: Callable[[Ints], None]) -> None:
        with self._lock:
            found, self._better = self._better, None
        if found is not None:
            on_better(np.flatnonzero(found > 0.5))

    def _result(self) -> Chosen:
        info = self._solver.getInfo()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Chosen(None, -np.inf)
        columns = np.flatnonzero(np.array(self._solver.getSolution().col_value) > 0.5)
        bound = info.mip_dual_bound / self._scale
        return Chosen(columns, bound - DOUBT * abs(bound))


def _solver(model: Model, scale: float, start: Ints, seed: int) -> highspy.Highs:
    solver = highspy.Highs()
    # presolve cannot be interrupted, and finds little here
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "presolve": "off",
        "threads": 1,
        "random_seed": seed % 2**31,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-3,
        "mip_heuristic_run_feasibility_jump": False,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    columns = len(model.costs)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(model.lower)
    lp.col_cost_ = model.costs * scale
    lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.ones(columns)
    lp.row_lower_, lp.row_upper_ = model.lower, model.upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = model.start.astype(np.int32)
    lp.a_matrix_.index_ = model.rows.astype(np.int32)
    lp.a_matrix_.value_ = model.values
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    solver.passModel(lp)
    known = highspy.HighsSolution()
    chosen = np.zeros(columns)
    chosen[start] = 1.0
    known.col_value = chosen
    solver.setSolution(known)
    return solver
