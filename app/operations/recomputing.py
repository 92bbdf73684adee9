"""Make a decision again from what was kept of it: is the answer the same, byte for byte?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.reasons import Reason, because
from app.domain.sourcing import SourcingDecision
from app.domain.sourcing_record import Decider, SourcingRecord
from app.errors import UnknownSubject
from app.operations.sourcing_record import decided_again, ground_of
from app.ports import Progress, Stop, never, unheard
from app.wording import sentence
from app.workspace import Workspace
from db.decisions import load_decision, load_decisions
from db.orders import load_orders
from db.sourcing_records import digest_of, load_record

#: What begins the reasons of an agreed order that went elsewhere: what all orders or all tours then
#: looked like would have to be kept to weigh such a move again.
_MOVES = ("reallocated", "joint_")


class Recomputed(StrEnum):
    """What came of making a decision again."""

    SAME = "same"
    OTHER = "other"
    NOT_KEPT = "not_kept"
    MOVED = "moved"
    NOT_DECIDED = "not_decided"
    SEARCHED = "searched"


@dataclass(frozen=True, slots=True)
class Recomputation:
    """A stored decision beside the one its record leads to; `again` None = it was not made again.

    What the optimum found in its time is not searched for again: `again` is what the rules alone
    would have said then.
    """

    order: str
    result: Recomputed
    stored: SourcingDecision | None = None
    again: SourcingDecision | None = None

    @property
    def reason(self) -> Reason:
        version = self.stored.policy_version if self.stored is not None else 0
        nodes = " + ".join(self.again.nodes) if self.again is not None else ""
        return because(f"recomputed_{self.result}", order=self.order, version=version, nodes=nodes)


def recompute(workspace: Workspace, order: str) -> Recomputation:
    """Make the last decision on an order again, by the rules and from the inputs of then.

    Raises:
        UnknownSubject: there is no such order.
    """
    if not workspace.read(load_orders, (order,)):
        raise UnknownSubject("order", order)
    stored = workspace.read(load_decision, order)
    if stored is None:
        return Recomputation(order, Recomputed.NOT_DECIDED)
    record = workspace.read(load_record, stored.inputs) if stored.inputs else None
    if record is None:
        moved = any(reason.code.startswith(_MOVES) for reason in stored.reasons)
        return Recomputation(order, Recomputed.MOVED if moved else Recomputed.NOT_KEPT, stored)
    return _compared(stored, made_again(record, stored), record)


def recompute_findings(
    workspace: Workspace, *, stop: Stop = never, progress: Progress = unheard
) -> list[Reason]:
    """The decisions that stand and do not come out the same; each record is made again once.

    Raises:
        Stopped: `stop` said so.
    """
    by_record: dict[str, list[SourcingDecision]] = {}
    for stored in workspace.read(load_decisions).values():
        if stored.inputs:
            by_record.setdefault(stored.inputs, []).append(stored)
    findings: list[Reason] = []
    for done, (code, decisions) in enumerate(sorted(by_record.items())):
        progress(done, len(by_record))
        record = workspace.read(load_record, code)
        if record is not None:
            findings += _differing(record, decisions, stop)
    progress(len(by_record), len(by_record))
    return findings


def as_document(found: Recomputation) -> dict[str, Any]:
    """What came of it as the JSON of the public interface."""
    return {
        "result": found.result.value,
        "text": sentence(found.reason),
        "policy_version": None if found.stored is None else found.stored.policy_version,
        "decided": None if found.stored is None else list(found.stored.nodes),
        "again": None if found.again is None else list(found.again.nodes),
    }


def made_again(record: SourcingRecord, stored: SourcingDecision) -> SourcingDecision:
    """One decision of a record as its ground leads to it again."""
    if record.decider is Decider.PERSON:
        return _by_hand(record, stored)
    return _by_rules(record)[stored.order]


def _by_rules(record: SourcingRecord, stop: Stop = never) -> dict[str, SourcingDecision]:
    return {made.order: made for made in decided_again(record, ground_of(record), stop=stop)}


def _by_hand(record: SourcingRecord, stored: SourcingDecision) -> SourcingDecision:
    from app.operations.sourcing import decided_by_hand

    ground = ground_of(record)
    order = next(each for each in ground.orders if each.code == stored.order)
    return decided_by_hand(ground, order, stored.nodes[0], stored.override)


def _compared(
    stored: SourcingDecision, again: SourcingDecision, record: SourcingRecord
) -> Recomputation:
    if record.decider is Decider.OPTIMUM:
        return Recomputation(stored.order, Recomputed.SEARCHED, stored, again)
    same = digest_of(again) == digest_of(stored) == record.digest(stored.order)
    result = Recomputed.SAME if same else Recomputed.OTHER
    return Recomputation(stored.order, result, stored, again)


def _differing(
    record: SourcingRecord, decisions: list[SourcingDecision], stop: Stop
) -> list[Reason]:
    if record.decider is Decider.OPTIMUM:
        return []
    ruled = {} if record.decider is Decider.PERSON else _by_rules(record, stop)
    found = []
    for stored in decisions:
        again = ruled.get(stored.order) or _by_hand(record, stored)
        compared = _compared(stored, again, record)
        if compared.result is Recomputed.OTHER:
            found.append(compared.reason)
    return found
