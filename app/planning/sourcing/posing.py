"""A batch of orders as one problem of numbers: what the rules allow, and what it would cost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.domain.orders import Mode, OrderState
from app.domain.policy import Fence, RuleSet
from app.domain.sourcing import SourcingDecision
from app.planning.sourcing.chain import chain_for
from app.planning.sourcing.costs import shipment_cents
from app.planning.sourcing.decide import Desk
from app.planning.sourcing.fences import fenced
from app.planning.sourcing.needs import Need
from app.planning.sourcing.nodes import NO_LIMIT
from app.planning.sourcing.optimum import Problem, Sent
from app.planning.sourcing.survey import Survey, survey
from app.planning.sourcing.trial import most_shipments, refuses_collection

Ints = npt.NDArray[np.int64]

#: Room of a node without a limit.
PLENTY = 2**40


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An order as one rule sees it: the nodes that it lets through, and what each would cost.

    A rule that does not mind how full nodes are sends from their doubles, which have room for all.
    """

    order: int
    rule: RuleSet
    most: int
    nodes: Ints
    cents: Ints
    minds_room: bool

    def within(self, other: "Case") -> bool:
        """Whether the other case allows all that this one does, as cheaply."""
        if self.most > other.most or self.minds_room != other.minds_room:
            return False
        both = np.isin(other.nodes, self.nodes)
        same = int(both.sum()) == len(self.nodes)
        return same and bool((other.cents[both] == self.cents).all())


@dataclass(slots=True, eq=False)
class Posed:
    """The problem as it grows, and what its numbers mean.

    `lines` are (order, place of the line in its need), the lines for fewer pieces first: many
    orders are then alike. `pairs` are (case, node, cents), `options` (pair, line, cell), `cells`
    numbers SKUs at nodes.
    """

    desk: Desk
    needs: list[Need] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    first_case: list[int] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    cells: dict[tuple[str, int], int] = field(default_factory=dict)
    pieces: list[int] = field(default_factory=list)
    options: list[tuple[int, int, int]] = field(default_factory=list)
    pairs: list[tuple[int, int, int]] = field(default_factory=list)

    def node(self, number: int) -> int:
        """The node of the table that a node of the problem is, or doubles."""
        return number % len(self.desk.nodes)

    def problem(self) -> Problem:
        policy, table = self.desk.policy.sourcing, self.desk.nodes
        asked = [(self.needs[o], self.needs[o].lines[at]) for o, at in self.lines]
        pairs, options = _columns(self.pairs, 3), _columns(self.options, 3)
        least = policy.min_split_value_cents
        room = np.maximum(table.limits - table.load, 0)
        most = _ints([case.most for case in self.cases])
        return Problem(
            orders=len(self.needs),
            line_order=_ints([o for o, _at in self.lines]),
            line_asked=_ints([line.quantity for _need, line in asked]),
            line_unserved=np.full(len(asked), policy.unserved_piece_cents, dtype=np.int64),
            line_value=_ints(
                [line.unit_price_cents + least * _collected(need) for need, line in asked]
            ),
            case_order=_ints([case.order for case in self.cases]),
            case_most=most,
            case_partly=np.maximum(most - 1, 0) * int(policy.send_in_part),
            case_cost=np.zeros(len(self.cases), dtype=np.int64),
            pair_case=pairs[0],
            pair_node=pairs[1],
            pair_cost=pairs[2],
            option_pair=options[0],
            option_line=options[1],
            option_cell=options[2],
            cell_pieces=_ints(self.pieces),
            node_room=np.concatenate(
                [np.where(table.limits == NO_LIMIT, PLENTY, room), np.full(len(room), PLENTY)]
            ),
            least_value=least,
        )

    def lost_cents(self, problem: Problem) -> int:
        """What the pieces count that no node has, whatever is decided."""
        held = np.zeros(len(problem.line_order), dtype=np.int64)
        pieces = problem.cell_pieces[problem.option_cell]
        known = np.unique(np.stack([problem.option_line, problem.option_cell, pieces]), axis=1)
        np.add.at(held, known[0], known[2])
        missing = np.maximum(problem.line_asked - held, 0)
        return int(missing @ problem.line_unserved)

    def sent(self, decisions: Iterable[SourcingDecision]) -> Iterator[Sent]:
        """Decisions as shipments of the problem, where a case of the order allows them."""
        order_at = {need.order.code: at for at, need in enumerate(self.needs)}
        line_at = {
            (o, self.needs[o].lines[at].sku): number for number, (o, at) in enumerate(self.lines)
        }
        for made in decisions:
            order = order_at.get(made.order)
            if order is None or not made.shipments:
                continue
            nodes = [self.desk.nodes.index[shipment.node] for shipment in made.shipments]
            whole = made.status is OrderState.ALLOCATED
            case = self._allowing(order, nodes, 0 if whole else 1)
            if case is None:
                continue
            double = 0 if self.cases[case].minds_room else len(self.desk.nodes)
            for node, shipment in zip(nodes, made.shipments, strict=True):
                lines = [(line_at[order, line.sku], line.quantity) for line in shipment.lines]
                yield Sent(case, node + double, tuple(sorted(lines)))

    def _allowing(self, order: int, nodes: Sequence[int], spared: int) -> int | None:
        """A case with these nodes that leaves so many shipments for what is still missing."""
        last = [*self.first_case, len(self.cases)][order + 1]
        for number in range(self.first_case[order], last):
            case = self.cases[number]
            if len(nodes) + spared <= case.most and np.isin(nodes, case.nodes).all():
                return number
        return None

    def add(self, need: Need) -> bool:
        """Weigh one more order; False where no rule lets any node through."""
        seen = survey(need, self.desk.nodes, self.desk.pool, self.desk.policy.sourcing)
        cases = _without_the_like(list(_cases(len(self.needs), seen, self.desk)))
        if not cases:
            return False
        self.first_case.append(len(self.cases))
        by_pieces = sorted(range(len(need.lines)), key=lambda at: (need.lines[at].quantity, at))
        first = len(self.lines)
        self.lines.extend((len(self.needs), at) for at in by_pieces)
        self.needs.append(need)
        for case in cases:
            self._add_case(case, seen, [(first + n, at) for n, at in enumerate(by_pieces)])
        return True

    def _add_case(self, case: Case, seen: Survey, lines: list[tuple[int, int]]) -> None:
        double = 0 if case.minds_room else len(self.desk.nodes)
        free = seen.free[:, case.nodes].T.tolist()
        for node, cents, held in zip(case.nodes.tolist(), case.cents.tolist(), free, strict=True):
            for line, at in lines:
                if held[at] > 0:
                    cell = self._cell(seen.need.lines[at].sku, node, held[at])
                    self.options.append((len(self.pairs), line, cell))
            self.pairs.append((len(self.cases), node + double, cents))
        self.cases.append(case)

    def _cell(self, sku: str, node: int, pieces: int) -> int:
        number = self.cells.setdefault((sku, node), len(self.pieces))
        if number == len(self.pieces):
            self.pieces.append(pieces)
        return number


def pose(needs: Iterable[Need], desk: Desk) -> Posed:
    """Hold each order against the rules of the chain, as if it were the only one."""
    posed = Posed(desk)
    for need in needs:
        posed.add(need)
    return posed


def _cases(order: int, seen: Survey, desk: Desk) -> Iterator[Case]:
    for rule in chain_for(seen.need, desk.policy):
        held_out = fenced(seen, rule)
        most = most_shipments(seen, rule)
        nodes = np.flatnonzero(held_out.fits_but_for_stock & (seen.offered.sum(axis=0) > 0))
        if most > 0 and len(nodes) and not refuses_collection(seen, held_out):
            cents = shipment_cents(seen, rule)[nodes]
            yield Case(order, rule, most, nodes, cents, Fence.BELOW_CAPACITY in rule.fences)


def _without_the_like(cases: list[Case]) -> list[Case]:
    """Leave out cases that another one includes; of equals the first stays."""
    kept: list[Case] = []
    for at, case in enumerate(cases):
        later = [other for other in cases[at + 1 :] if not other.within(case)]
        if not any(case.within(other) for other in (*kept, *later)):
            kept.append(case)
    return kept


def _collected(need: Need) -> bool:
    """Whether the order is collected: its parts come together in the store, however small."""
    return need.order.mode is Mode.CLICK_AND_COLLECT


def _columns(rows: list[tuple[int, int, int]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width).T


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
