"""Why the optimum decided as it did: for each order, beside what would have been cheaper for it."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.domain.orders import OrderState
from app.domain.reasons import Reason, because
from app.domain.sourcing import Method, SourcingDecision
from app.domain.sourcing_record import given_by
from app.planning.sourcing.causes import causes, lateness
from app.planning.sourcing.decide import Desk, decide, decision
from app.planning.sourcing.missing import missing
from app.planning.sourcing.needs import Need
from app.planning.sourcing.optimum import Answer, Sent
from app.planning.sourcing.pool import StockPool
from app.planning.sourcing.posing import Case, Posed
from app.planning.sourcing.splits import Sharing
from app.planning.sourcing.survey import survey
from app.planning.sourcing.trial import Trial, try_rule

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Grounds:
    """The answer to a problem, as decisions with their reasons; `left` is the stock it leaves."""

    def __init__(self, posed: Posed, answer: Answer, left: StockPool) -> None:
        self._posed, self._answer = posed, answer
        self._sent: defaultdict[int, list[Sent]] = defaultdict(list)
        self._takers: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._load = posed.desk.nodes.load.copy()
        self._left = Desk(posed.desk.nodes, left, posed.desk.policy)
        for sent in answer.shipments:
            self._keep(sent)

    def _keep(self, sent: Sent) -> None:
        order, node = self._posed.cases[sent.case].order, self._posed.node(sent.node)
        self._sent[order].append(sent)
        self._load[node] += 1
        for line, pieces in sent.lines:
            sku = self._sku(line)
            self._takers[sku, node].append(order)
            self._left.pool.take(sku, node, pieces)

    def _sku(self, line: int) -> str:
        order, at = self._posed.lines[line]
        return self._posed.needs[order].lines[at].sku

    def decision(self, order: int) -> SourcingDecision:
        """What becomes of an order."""
        if self._sent[order]:
            made = self._served(order)
        else:
            made = self.fallen_back(self._posed.needs[order]) or self._unserved(order)
        return replace(made, method=Method.OPTIMAL)

    def fallen_back(self, need: Need) -> SourcingDecision | None:
        """What the node of last resort can still send of what nobody else does."""
        if not self._left.policy.sourcing.fallback_node:
            return None
        made = self.left_over(need)
        if not (made.shipments and made.reasons[0].code == "fallback_node"):
            return None
        for piece in given_by(made):
            self._left.pool.take(piece.sku, self._left.nodes.index[piece.node], piece.pieces)
        return made

    def left_over(self, need: Need) -> SourcingDecision:
        """What the rules make of an order with the stock that is left; nothing is taken."""
        left = self._left
        return decide(need, Desk(left.nodes.copy(), left.pool.copy(), left.policy))

    def _served(self, order: int) -> SourcingDecision:
        posed, need = self._posed, self._posed.needs[order]
        case = posed.cases[self._sent[order][0].case]
        seen = survey(need, posed.desk.nodes, posed.desk.pool, posed.desk.policy.sourcing)
        trial = try_rule(seen, case.rule)
        sharing = self._sharing(order, trial)
        whole = bool((sharing.given.sum(axis=0) == seen.asked).all())
        prices = self._prices(case, need)
        reasons = self._reasons(trial, sharing, case, order)
        if not whole:
            after = try_rule(
                survey(need, posed.desk.nodes, self._left.pool, seen.policy), case.rule
            )
            reasons = (*reasons, *missing(after, sharing))
        status = OrderState.ALLOCATED if whole else OrderState.PARTIALLY_ALLOCATED
        made = decision(posed.desk, (trial,), trial, sharing, status, reasons)
        return replace(made, margin_cents=_margin(case, prices, trial, sharing))

    def _sharing(self, order: int, trial: Trial) -> Sharing:
        """Who sends what, the largest part first."""
        parts = []
        for sent in self._sent[order]:
            given = np.zeros(len(trial.seen.asked), dtype=np.int64)
            for line, pieces in sent.lines:
                given[self._posed.lines[line][1]] = pieces
            parts.append((self._posed.node(sent.node), given))
        parts.sort(key=lambda part: (-int(part[1].sum()), part[0]))
        nodes = tuple(node for node, _given in parts)
        score = float(np.round(trial.rated.scores[list(nodes)].mean(), 4))
        return Sharing(nodes, np.stack([given for _node, given in parts]), score)

    def _unserved(self, order: int) -> SourcingDecision:
        """Nobody sends anything: others got the stock, or it would be dearer than not to."""
        posed, need = self._posed, self._posed.needs[order]
        case = posed.cases[posed.first_case[order]]
        seen = survey(need, posed.desk.nodes, self._left.pool, posed.desk.policy.sourcing)
        trial = try_rule(seen, case.rule)
        lacks = missing(trial, None)
        coming = any(reason.code == "stock_coming" for reason in lacks)
        status = OrderState.QUEUED if coming else OrderState.UNFILLABLE
        said = because("optimum_served_others", orders=len(self._rivals(order)))
        if trial.whole() is not None:
            said = because("optimum_too_dear", unserved_cents=_unserved_cents(need, posed.desk))
        made = decision(posed.desk, (trial,), trial, None, status, (said, *lacks))
        if need.held:
            made = replace(made, status=OrderState.PARTIALLY_ALLOCATED)
        return made

    def _rivals(self, order: int) -> set[int]:
        """The orders that take pieces which this one could have had."""
        posed = self._posed
        last = [*posed.first_case, len(posed.cases)][order + 1]
        return {
            rival
            for case in posed.cases[posed.first_case[order] : last]
            for node in case.nodes.tolist()
            for line in posed.needs[order].lines
            for rival in self._takers.get((line.sku, node), ())
            if rival != order
        }

    def _prices(self, case: Case, need: Need) -> Floats:
        """What each node of the case costs with its stock and room at their prices."""
        posed, answer = self._posed, self._answer
        double = 0 if case.minds_room else len(posed.desk.nodes)
        prices = case.cents + answer.node_price[case.nodes + double]
        for line in need.lines:
            cells = [posed.cells.get((line.sku, node), -1) for node in case.nodes.tolist()]
            prices = prices + np.append(answer.cell_price, 0.0)[cells] * line.quantity
        return np.asarray(prices)

    def _reasons(
        self, trial: Trial, sharing: Sharing, case: Case, order: int
    ) -> tuple[Reason, ...]:
        if trial.seen.collect is not None:
            return causes(trial, sharing)
        if len(sharing.nodes) > 1:
            cents = int(np.rint(trial.seen.cost_cents[list(sharing.nodes)]).sum())
            first = because("optimum_split", shipments=len(sharing.nodes), cost_cents=cents)
        else:
            first = self._why_alone(trial, sharing.nodes[0], case, order)
        return (first, *lateness(trial, sharing))

    def _why_alone(self, trial: Trial, chosen: int, case: Case, order: int) -> Reason:
        """One node has it: the cheapest there is, or what keeps a cheaper one for others."""
        codes = trial.seen.nodes.codes
        cents = dict(zip(case.nodes.tolist(), case.cents.tolist(), strict=True))
        others = sorted(
            (cents[node], node) for node in trial.ranking if node != chosen and node in cents
        )
        if not others:
            return because("optimum_only_node", node=codes[chosen])
        best_cents, best = others[0]
        cheaper = cents[chosen] - best_cents
        facts = {"node": codes[chosen], "other": codes[best], "more_cents": abs(cheaper)}
        if cheaper <= 0:
            return because("optimum_cheapest", **facts)
        for line in trial.seen.need.lines:
            if self._left.pool.free(line.sku)[best] < line.quantity:
                return self._taken(facts, line.sku, best, order)
        table = trial.seen.nodes
        if case.minds_room and self._load[best] >= table.limits[best]:
            return because("optimum_node_full", **facts, limit=int(table.limits[best]))
        return because("optimum_within_gap", **facts)

    def _taken(self, facts: dict[str, str | int], sku: str, node: int, order: int) -> Reason:
        rivals = [rival for rival in self._takers[sku, node] if rival != order]
        if not rivals:
            return because("optimum_within_gap", **facts)
        rival = self._posed.needs[rivals[0]].order.code
        code = "optimum_piece_serves" if len(rivals) == 1 else "optimum_pieces_serve"
        more = {"order": rival} if len(rivals) == 1 else {"order": rival, "more": len(rivals) - 1}
        return because(code, **facts, sku=sku, **more)


def _margin(case: Case, prices: Floats, trial: Trial, sharing: Sharing) -> int | None:
    """What the next best node that has everything would cost more, at the prices of the bound."""
    if len(sharing.nodes) > 1:
        return None
    able = np.isin(case.nodes, np.array(trial.ranking, dtype=np.int64))
    others = able & (case.nodes != sharing.nodes[0])
    if not others.any():
        return None
    own = prices[case.nodes == sharing.nodes[0]]
    return max(0, round(float(prices[others].min() - own[0])))


def _unserved_cents(need: Need, desk: Desk) -> int:
    return need.pieces * desk.policy.sourcing.unserved_piece_cents
