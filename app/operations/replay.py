"""What other rules would have made of past days, decision by decision, from what was kept."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.domain.orders import OrderState
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision
from app.domain.sourcing_record import Decider, SourcingRecord, given_by
from app.domain.stock import StockCell
from app.operations.policy_effect import (
    Effect,
    Figures,
    Moved,
    Outcome,
    figures_of,
    moved_between,
)
from app.operations.sourcing_ground import Ground
from app.operations.sourcing_record import decided_again, ground_of
from app.operations.sourcing_run import reason_document
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace
from db.sourcing_records import digest_of, load_record, record_codes

Decisions = dict[str, SourcingDecision]


@dataclass(frozen=True, slots=True)
class Replay:
    """What would have changed from one day to another, both included.

    `runs` are the sourcing runs replayed. Orders that a person gave to a node stay theirs and are
    only counted, in `by_person`; what the optimum decided is replayed by the rules on both sides,
    `by_optimum` counts it. `unlike` counts decisions that do not come out as they were kept.
    """

    first: date
    last: date
    effect: Effect
    runs: int = 0
    by_person: int = 0
    by_optimum: int = 0
    unlike: int = 0


def replay(
    workspace: Workspace,
    policy: Policy,
    first: date,
    last: date,
    *,
    stop: Stop = never,
    progress: Progress = unheard,
) -> Replay:
    """Decide each kept run of these days again by its own rules and by others; nothing is written.

    What the others would have taken from the stock, or left there, their later decisions of the
    same day find so; each day begins with the stock that there was. For each order the last
    decision counts.

    Raises:
        Stopped: `stop` said so.
    """
    zone = workspace.zone
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    codes = workspace.read(record_codes, start, end)
    tally = _Tally(policy)
    for done, code in enumerate(codes):
        progress(done, len(codes))
        record = workspace.read(load_record, code)
        if record is not None:
            tally.add(record, record.inputs.now.astimezone(zone).date(), stop)
    progress(len(codes), len(codes))
    return tally.replay(first, last)


@dataclass(slots=True)
class _Tally:
    """What is known after some runs of a day: decisions by both, and where the stock differs."""

    policy: Policy
    before: Decisions = field(default_factory=dict)
    after: Decisions = field(default_factory=dict)
    day: date | None = None
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    settled: set[str] = field(default_factory=set)
    runs: int = 0
    by_person: int = 0
    by_optimum: int = 0
    unlike: int = 0

    def add(self, record: SourcingRecord, day: date, stop: Stop) -> None:
        """Decide one run again, by its own rules and by the others."""
        kept = {made.order for made in record.made if made.kept}
        if record.decider is Decider.PERSON:
            self.by_person += len(kept)
            return
        if day != self.day:
            self.day = day
            self.taken.clear()
        self.runs += 1
        self.by_optimum += len(kept) * (record.decider is Decider.OPTIMUM)
        own = _by_order(record, ground_of(record), stop)
        other = _by_order(record, self._other_ground(record), stop)
        if record.decider is not Decider.OPTIMUM:
            self.unlike += sum(digest_of(own[order]) != record.digest(order) for order in kept)
        for order in sorted(kept):
            self._note(own[order], other.get(order))

    def _note(self, own: SourcingDecision, other: SourcingDecision | None) -> None:
        """Keep both decisions on an order, and what they take; no other one = it was placed."""
        self.before[own.order] = own
        self._take(own, -1)
        if other is None:
            return
        self.after[own.order] = other
        self._take(other, 1)
        placed = OrderState.ALLOCATED
        if other.status is placed and own.status is not placed:
            self.settled.add(own.order)

    def _take(self, decision: SourcingDecision, sign: int) -> None:
        for piece in given_by(decision):
            self.taken[piece.node, piece.sku] += sign * piece.pieces

    def _other_ground(self, record: SourcingRecord) -> Ground:
        """The ground with the stock as the other rules would have left it this day.

        What they placed and the rules of then did not, they do not place again.
        """
        ground = ground_of(record, replace(self.policy, version=record.inputs.policy.version))
        stock = tuple(self._left(cell) for cell in ground.stock)
        orders = tuple(order for order in ground.orders if order.code not in self.settled)
        return replace(ground, stock=stock, orders=orders)

    def _left(self, cell: StockCell) -> StockCell:
        moved = self.taken.get((cell.node, cell.sku), 0)
        return replace(cell, reserved_here=max(0, cell.reserved_here + moved)) if moved else cell

    def replay(self, first: date, last: date) -> Replay:
        """What all of it comes to."""
        order_of_time = sorted(self.before.values(), key=lambda made: (made.decided_at, made.order))
        moved = tuple(_moved(order_of_time, self.after))
        effect = Effect(moved, figures_of(order_of_time), figures_of(self.after.values()))
        return Replay(first, last, effect, self.runs, self.by_person, self.by_optimum, self.unlike)


def _by_order(record: SourcingRecord, ground: Ground, stop: Stop) -> Decisions:
    return {made.order: made for made in decided_again(record, ground, stop=stop)}


def _moved(before: list[SourcingDecision], after: Decisions) -> Iterator[Moved]:
    for made in before:
        yield from moved_between((made,), after, made.decided_at)


def as_document(found: Replay) -> dict[str, Any]:
    """What would have changed, as the JSON of the public interface."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "runs": found.runs,
        "by_person": found.by_person,
        "by_optimum": found.by_optimum,
        "unlike": found.unlike,
        "before": figures_document(found.effect.before),
        "after": figures_document(found.effect.after),
        "changed": [_moved_document(moved) for moved in found.effect.moved],
    }


def figures_document(figures: Figures) -> dict[str, int]:
    """Figures by their names."""
    return {name: getattr(figures, name) for name in Figures.__dataclass_fields__}


def _moved_document(moved: Moved) -> dict[str, Any]:
    return {
        "order": moved.order,
        "at": None if moved.at is None else moved.at.isoformat(),
        "before": _outcome_document(moved.before),
        "after": _outcome_document(moved.after),
    }


def _outcome_document(outcome: Outcome) -> dict[str, Any]:
    return {
        "status": outcome.status.value,
        "nodes": list(outcome.nodes),
        "rule": outcome.rule,
        "cost_cents": outcome.cost_cents,
        "reasons": [reason_document(reason) for reason in outcome.reasons],
    }
