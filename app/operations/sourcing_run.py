"""What a sourcing run suggested: the value, and the JSON of the public interface."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.journal import PartRefused
from app.domain.orders import OrderState
from app.domain.reasons import Reason
from app.domain.sourcing import Proof, SourcingDecision, SuggestedShipment
from app.operations.sourcing_ground import Ground
from app.wording import sentence


@dataclass(frozen=True, slots=True)
class SourcingRun:
    """One decision for each open order; `entry` is the journal's, empty when nothing was written.

    `refused` are orders that could not have what was suggested: their stock went meanwhile.
    `offered` counts the orders that nodes are being asked for: they are left alone. `proof` is how
    good the optimum is; the rules have none. `ground` is what was looked at, unless that is much.
    """

    at: datetime
    decisions: tuple[SourcingDecision, ...]
    entry: str = ""
    refused: tuple[PartRefused, ...] = ()
    offered: int = 0
    proof: Proof | None = None
    ground: Ground | None = None

    @property
    def standing(self) -> tuple[SourcingDecision, ...]:
        """The decisions that were not refused."""
        refused = {part.subject for part in self.refused}
        return tuple(made for made in self.decisions if made.order not in refused)

    def count(self, status: OrderState) -> int:
        return sum(made.status is status for made in self.standing)

    @property
    def cost_cents(self) -> int:
        return sum(made.cost_cents for made in self.standing)


def as_document(run: SourcingRun) -> dict[str, Any]:
    """The run as the JSON of the public interface; rules prove no bound.

    What the optimum costs is all that it weighs: `shipping_cents` is the part paid for the ways.
    """
    refused = {part.subject: part.reason for part in run.refused}
    return {
        "orders": [
            _refused(made, refused[made.order]) if made.order in refused else _order(made)
            for made in sorted(run.decisions, key=lambda made: made.order)
        ],
        "summary": _summary(run),
    }


def reason_document(reason: Reason, **more: str) -> dict[str, Any]:
    """A reason with its sentence and its facts."""
    return {"code": reason.code, "text": sentence(reason), **more, **dict(reason.facts)}


def _order(made: SourcingDecision) -> dict[str, Any]:
    return {
        "order": made.order,
        "status": made.status.value,
        "shipments": [_shipment(shipment) for shipment in made.shipments],
        "reasons": list(_reasons(made)),
    }


def _refused(made: SourcingDecision, reason: Reason) -> dict[str, Any]:
    return {
        "order": made.order,
        "status": OrderState.TO_SOURCE.value,
        "shipments": [],
        "reasons": [reason_document(reason)],
    }


def _shipment(shipment: SuggestedShipment) -> dict[str, Any]:
    lines = [{"sku": line.sku, "quantity": line.quantity} for line in shipment.lines]
    document: dict[str, Any] = {"node": shipment.node, "lines": lines}
    if shipment.to_node:
        document["to_node"] = shipment.to_node
    return document


def _reasons(made: SourcingDecision) -> Iterator[dict[str, Any]]:
    """What is said of the order; where it lacks something, of each node that is ruled out too."""
    yield from (reason_document(reason) for reason in made.reasons)
    if made.status is OrderState.ALLOCATED:
        return
    for candidate in made.candidates:
        yield from (reason_document(fence, node=candidate.node) for fence in candidate.fences)
    yield from (reason_document(group.reason) for group in made.others)


def _summary(run: SourcingRun) -> dict[str, Any]:
    counts = Counter(made.status for made in run.standing)
    return {
        "orders": len(run.decisions),
        "allocated": counts[OrderState.ALLOCATED],
        "partially_allocated": counts[OrderState.PARTIALLY_ALLOCATED],
        "queued": counts[OrderState.QUEUED],
        "offered": run.offered,
        "unfillable": counts[OrderState.UNFILLABLE],
        "to_source": counts[OrderState.TO_SOURCE] + len(run.refused),
        **_cost(run),
    }


def _cost(run: SourcingRun) -> dict[str, Any]:
    if run.proof is None:
        return {"cost_cents": run.cost_cents, "bound_cents": None, "gap": None}
    return {
        "cost_cents": run.proof.cost_cents,
        "bound_cents": run.proof.bound_cents,
        "gap": round(run.proof.gap, 6),
        "shipping_cents": run.cost_cents,
        "rules_cents": run.proof.rules_cents,
    }
