"""Which nodes the rules let send an order, and what follows from each besides its way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from app.domain.nodes import NodeKind
from app.domain.orders import OrderState
from app.domain.reasons import Reason
from app.domain.sourcing import SourcingDecision
from app.planning.joint.options import Cell, Shelf
from app.planning.sourcing.agreed import Agreed, Setting
from app.planning.sourcing.chain import chain_for
from app.planning.sourcing.decide import Desk, decision
from app.planning.sourcing.fences import fenced
from app.planning.sourcing.needs import Need, hindrance, need_of
from app.planning.sourcing.nodes import NO_LIMIT
from app.planning.sourcing.splits import Sharing
from app.planning.sourcing.survey import survey
from app.planning.sourcing.trial import Trial, try_rule

#: Farther nodes are not looked at: their tours do not pass here.
NEAREST = 6


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """The rules and the stock that all orders of a day are held against."""

    setting: Setting
    desk: Desk
    needs: Mapping[str, Need]

    @classmethod
    def of(cls, setting: Setting, orders: Iterable[Agreed]) -> "Weighing":
        scene = setting.scene
        needs = {one.order.code: need_of(one.order, (), scene) for one in orders}
        return cls(setting, setting.desk(needs.values(), ()), needs)

    def nodes_for(self, order: str, among: Iterable[str]) -> tuple[str, ...]:
        """The nearest of these nodes that a rule lets send the order, but for the stock."""
        need, table = self.needs[order], self.desk.nodes
        if hindrance(need, self.setting.scene) is not None:
            return ()
        seen = survey(need, table, self.desk.pool, self.desk.policy.sourcing)
        able = np.zeros(len(table), dtype=np.bool_)
        for rule in chain_for(need, self.desk.policy):
            able |= fenced(seen, rule).fits_but_for_stock
        wanted = [table.index[code] for code in among if able[table.index[code]]]
        wanted.sort(key=lambda node: (float(seen.distance_m[node]), node))
        return tuple(table.codes[node] for node in wanted[:NEAREST])

    def shelf(self) -> Shelf:
        """What the nodes may still promise, and how many more orders they take today."""
        pool, table = self.desk.pool, self.desk.nodes
        skus = {line.sku for need in self.needs.values() for line in need.lines}
        free: dict[Cell, int] = {
            (code, sku): many
            for sku in skus
            for code, many in zip(table.codes, pool.free(sku).tolist(), strict=True)
        }
        room = {
            code: max(0, limit - load)
            for code, limit, load in zip(
                table.codes, table.limits.tolist(), table.load.tolist(), strict=True
            )
            if limit != NO_LIMIT
        }
        return Shelf.of(free, room)

    def beside_cents(self, order: str, node: str, shelf: Shelf, *, holds: bool) -> int:
        """What it counts that a node sends an order, however it is brought.

        The last pieces of a store, and how busy the node is; `holds` = it has the pieces already.
        """
        need, policy, table = self.needs[order], self.desk.policy.sourcing, self.desk.nodes
        at = table.index[node]
        emptied = 0
        if table.nodes[at].kind is NodeKind.STORE:
            left = (
                shelf.free[node, line.sku] - (0 if holds else line.quantity) for line in need.lines
            )
            emptied = sum(many == 0 for many in left)
        limit = int(table.limits[at])
        load = int(table.load[at]) - holds
        share = 0.0 if limit in (0, NO_LIMIT) else load / limit
        return round(policy.last_piece_cents * emptied + policy.busy_node_cents * share)

    def decision(self, order: str, node: str, *reasons: Reason) -> SourcingDecision:
        """The order given to that node whole, by the first rule that lets it."""
        need = self.needs[order]
        at = self.desk.nodes.index[node]
        seen = survey(need, self.desk.nodes, self.desk.pool, self.desk.policy.sourcing)
        trials = [try_rule(seen, rule) for rule in chain_for(need, self.desk.policy)]
        trial = next((one for one in trials if _lets(one, at)), trials[0])
        sharing = Sharing((at,), seen.asked[None, :], float(trial.rated.scores[at]))
        return decision(self.desk, (trial,), trial, sharing, OrderState.ALLOCATED, reasons)


def _lets(trial: Trial, node: int) -> bool:
    return bool(trial.fenced.fits_but_for_stock[node])
