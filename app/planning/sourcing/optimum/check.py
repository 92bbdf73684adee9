"""Whether shipments keep every limit of a problem, and what they cost: an independent judge."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from app.planning.sourcing.optimum.problem import Problem, Sent


def cost_of(problem: Problem, shipments: Iterable[Sent]) -> int:
    """What shipments and all that is left unserved cost.

    Raises:
        ValueError: they break a limit of the problem.
    """
    judge = _Judge(problem)
    by_order: defaultdict[int, list[Sent]] = defaultdict(list)
    for sent in shipments:
        by_order[int(problem.case_order[sent.case])].append(sent)
    total = sum(judge.order_cost(order, by_order.get(order, [])) for order in range(problem.orders))
    judge.refuse_excess()
    return total


class _Judge:
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._taken: Counter[int] = Counter()
        self._shipments: Counter[int] = Counter()
        pairs = zip(problem.pair_case.tolist(), problem.pair_node.tolist(), strict=True)
        self._pair = {pair: at for at, pair in enumerate(pairs)}
        options = zip(problem.option_pair.tolist(), problem.option_line.tolist(), strict=True)
        self._cell = dict(zip(options, problem.option_cell.tolist(), strict=True))
        self._starts = problem.line_starts().tolist()
        self._cases: defaultdict[int, list[int]] = defaultdict(list)
        for case, order in enumerate(problem.case_order.tolist()):
            self._cases[order].append(case)

    def order_cost(self, order: int, sent: list[Sent]) -> int:
        problem = self._problem
        cases = {one.case for one in sent}
        if len(cases) > 1:
            raise ValueError(f"order {order} is served by several cases")
        left = {
            line: int(problem.line_asked[line])
            for line in range(self._starts[order], self._starts[order + 1])
        }
        cost = 0
        for one in sent:
            cost += self._shipment_cost(one, left)
        if sent and len(sent) > problem.case_most[sent[0].case]:
            raise ValueError(f"order {order} has too many shipments")
        if sent and any(left.values()) and len(sent) > problem.case_partly[sent[0].case]:
            raise ValueError(f"order {order} has too many shipments for a part of it")
        self._refuse_small_parts(order, sent, left)
        cost += sum(many * int(problem.line_unserved[line]) for line, many in left.items())
        chosen = cases or {min(self._cases[order], key=lambda case: problem.case_cost[case])}
        return cost + int(problem.case_cost[chosen.pop()])

    def _shipment_cost(self, sent: Sent, left: dict[int, int]) -> int:
        pair = self._pair[sent.case, sent.node]
        self._shipments[sent.node] += 1
        for line, many in sent.lines:
            left[line] -= many
            self._taken[self._cell[pair, line]] += many
            if left[line] < 0:
                raise ValueError(f"line {line} gets more than it asked for")
        return int(self._problem.pair_cost[pair])

    def _refuse_small_parts(self, order: int, sent: list[Sent], left: dict[int, int]) -> None:
        problem, missing = self._problem, any(left.values())
        if not sent or (len(sent) == 1 and not missing):
            return
        parts = [one.lines for one in sent] + ([tuple(left.items())] if missing else [])
        for part in parts:
            if sum(many * int(problem.line_value[line]) for line, many in part) < (
                problem.least_value
            ):
                raise ValueError(f"order {order} is split into parts worth too little")

    def refuse_excess(self) -> None:
        """Refuse what takes more stock or room than there is."""
        for cell, many in self._taken.items():
            if many > self._problem.cell_pieces[cell]:
                raise ValueError(f"cell {cell} does not have {many}")
        for node, many in self._shipments.items():
            if many > self._problem.node_room[node]:
                raise ValueError(f"node {node} sends too many shipments")
