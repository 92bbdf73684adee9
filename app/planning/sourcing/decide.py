"""Which node serves one order: the chain of rules read top-down, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from app.domain.orders import OrderState
from app.domain.policy import Policy
from app.domain.reasons import Reason, because
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.planning.sourcing.causes import causes
from app.planning.sourcing.chain import chain_for
from app.planning.sourcing.missing import missing
from app.planning.sourcing.needs import Need
from app.planning.sourcing.nodes import NodeTable
from app.planning.sourcing.pool import StockPool
from app.planning.sourcing.splits import Sharing
from app.planning.sourcing.survey import survey
from app.planning.sourcing.told import tell
from app.planning.sourcing.trial import Trial, refuses_collection, try_rule


@dataclass(frozen=True, slots=True)
class Desk:
    """The state of a batch: nodes with their loads, stock with what was taken, the policy."""

    nodes: NodeTable
    pool: StockPool
    policy: Policy

    @property
    def now(self) -> datetime:
        return self.nodes.now

    def book(self, need: Need, sharing: Sharing) -> None:
        """Take what an order was given, so that the next one does not get it too."""
        for node, row in zip(sharing.nodes, sharing.given.tolist(), strict=True):
            self.nodes.load[node] += 1
            for line, pieces in zip(need.lines, row, strict=True):
                if pieces:
                    self.pool.take(line.sku, node, pieces)


def decide(need: Need, desk: Desk) -> SourcingDecision:
    """Ask the chain for an order and take from the stock what it gives."""
    seen = survey(need, desk.nodes, desk.pool, desk.policy.sourcing)
    tried: list[Trial] = []
    for rule in chain_for(need, desk.policy):
        trial = try_rule(seen, rule)
        tried.append(trial)
        if (found := trial.whole()) is not None and not refuses_collection(
            trial.seen, trial.fenced
        ):
            return _settled(desk, tried, trial, found, whole=True)
    if not tried:
        return without_nodes(need, desk, OrderState.UNFILLABLE, because("no_rule_applies"))
    return _short(desk, tried)


def without_nodes(need: Need, desk: Desk, status: OrderState, *reasons: Reason) -> SourcingDecision:
    """A decision that no node was weighed for; what was allocated in part before stays so."""
    if need.held and status is not OrderState.ALLOCATED:
        status = OrderState.PARTIALLY_ALLOCATED
    return SourcingDecision(
        order=need.order.code,
        order_revision=need.order.revision,
        status=status,
        shipments=(),
        candidates=(),
        reasons=reasons,
        rule="",
        policy_version=desk.policy.version,
        decided_at=desk.now,
        due_at=need.due,
        place_score=need.order.place.score if need.order.place else None,
        pieces=need.pieces,
        parcels=need.load.parcels,
        weight_g=need.load.weight_g,
    )


def decision(
    desk: Desk,
    tried: Sequence[Trial],
    trial: Trial,
    sharing: Sharing | None,
    status: OrderState,
    reasons: tuple[Reason, ...],
) -> SourcingDecision:
    """The decision a trial led to, with all that was weighed in it."""
    told = tell(trial, sharing)
    before = tried[: tried.index(trial)]
    passed = tuple(because("rule_found_none", rule=t.rule.label or t.rule.name) for t in before)
    shipments: tuple[SuggestedShipment, ...] = ()
    cost_cents = 0
    if sharing is not None:
        shipments = trial.shipments(sharing)
        cost_cents = int(np.round(trial.seen.cost_cents[list(sharing.nodes)]).sum())
    return replace(
        without_nodes(trial.seen.need, desk, status, *reasons, *passed),
        shipments=shipments,
        candidates=told.candidates,
        others=told.others,
        rule=trial.rule.name,
        rule_label=trial.rule.label,
        cost_cents=cost_cents,
        margin=None if sharing is None else sharing.margin,
    )


def _short(desk: Desk, tried: Sequence[Trial]) -> SourcingDecision:
    """No rule finds the whole order: send what can be sent, wait for what is coming, or neither."""
    last = tried[-1]
    if refuses_collection(last.seen, last.fenced):
        store = last.seen.need.order.collect_node
        reason = because("collect_store_out", node=store)
        return decision(desk, tried, last, None, OrderState.UNFILLABLE, (reason,))
    if (fallen := _fallback(desk, last)) is not None:
        return _settled(desk, tried, last, fallen, whole=True)
    parts = [(trial, sharing) for trial in tried if (sharing := trial.partly()) is not None]
    if not parts:
        return _waiting(desk, tried, last, _nobody(last), missing(last, None))
    trial, sharing = max(parts, key=lambda part: part[1].pieces)  # the first of equals
    if desk.policy.sourcing.send_in_part:
        return _settled(desk, tried, trial, sharing, whole=False)
    return _waiting(desk, tried, trial, because("waits_whole"), missing(trial, sharing))


def _waiting(
    desk: Desk, tried: Sequence[Trial], trial: Trial, why: Reason, lacks: tuple[Reason, ...]
) -> SourcingDecision:
    """Nothing is sent: the order waits for what is coming, or there is nothing to wait for."""
    coming = any(reason.code == "stock_coming" for reason in lacks)
    status = OrderState.QUEUED if coming else OrderState.UNFILLABLE
    return decision(desk, tried, trial, None, status, (why, *lacks))


def _fallback(desk: Desk, last: Trial) -> Sharing | None:
    """The node of last resort, over its fences: never switched off, short, or asked in vain."""
    seen, code = last.seen, desk.policy.sourcing.fallback_node
    at = seen.nodes.index.get(code)
    if at is None or seen.collect is not None or last.most < 1 or code in seen.need.refused:
        return None
    if not (seen.nodes.active[at] and seen.whole[at]):
        return None
    return Sharing((at,), seen.asked[None, :], float(last.rated.scores[at]))


def _settled(
    desk: Desk, tried: Sequence[Trial], trial: Trial, sharing: Sharing, *, whole: bool
) -> SourcingDecision:
    """A decision with shipments; its stock is taken after its candidates were told."""
    status = OrderState.ALLOCATED if whole else OrderState.PARTIALLY_ALLOCATED
    reasons = causes(trial, sharing)
    if not whole:
        reasons = (*reasons, *missing(trial, sharing))
    made = decision(desk, tried, trial, sharing, status, reasons)
    desk.book(trial.seen.need, sharing)
    return made


def _nobody(trial: Trial) -> Reason:
    if trial.most < 1:
        return because("shipments_used_up", shipments=trial.seen.need.held)
    return because("no_candidate", nodes=len(trial.seen.nodes))
