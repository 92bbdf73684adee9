"""Settle what people ask for: the only code that changes stock, reservations, orders and offers.

The same statements run on a desk without a hub and on the hub. The outcome is stored under the
operation's id in the transaction that has its effect, so that settling twice has one effect.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain.acts.ground import CountStock, StrikeNote, SwitchNode, SwitchZone, WriteNote
from app.domain.acts.orders import ApplySourcing, CancelOrder, ImportRows, MoveOrders, ReleaseOrder
from app.domain.journal import EntryState, Operation, PartRefused
from app.errors import Refused
from db.changes import Outcome
from db.codec import from_json, to_json
from db.ledger.about_offers import ABOUT_OFFERS, judge_offer
from db.ledger.counts import count_stock
from db.ledger.imports import import_rows
from db.ledger.notes import strike_note, write_note
from db.ledger.orders import cancel_order, release_order, switch_node
from db.ledger.sourcing import settle_sourcing
from db.ledger.undo import undo_outcome
from db.ledger.zones import switch_zone
from db.tables import results, stock_movements

#: What moved stock in this transaction is this operation's.
_SIGN = (
    update(stock_movements)
    .where(stock_movements.c.operation.is_(None))
    .values(operation=bindparam("by"))
)
#: Kinds that the ledger judges; the others are whole on work.db alone.
JUDGED = (
    ImportRows,
    ApplySourcing,
    MoveOrders,
    ReleaseOrder,
    CancelOrder,
    CountStock,
    SwitchNode,
    SwitchZone,
    WriteNote,
    StrikeNote,
    *ABOUT_OFFERS,
)


def settle(ledger: Connection, operation_id: str, wanted: Operation, at: datetime) -> Outcome:
    """Carry out a judged operation once, or repeat the outcome stored under its id."""
    stored = outcome_of(ledger, operation_id)
    if stored is not None:
        return stored
    return _keep(ledger, operation_id, _judge(ledger, wanted, at))


def settle_undo(ledger: Connection, operation_id: str, target_id: str) -> Outcome:
    """Compensate a judged operation once, or repeat the outcome stored under its id."""
    stored = outcome_of(ledger, operation_id)
    if stored is not None:
        return stored
    target = outcome_of(ledger, target_id)
    if target is None:
        raise LookupError(f"no outcome is stored for {target_id}")
    savepoint = ledger.begin_nested()
    try:
        outcome = undo_outcome(ledger, target)
        savepoint.commit()
    except Refused as refusal:
        savepoint.rollback()
        outcome = refused(target_id, refusal)
    return _keep(ledger, operation_id, outcome)


def outcome_of(ledger: Connection, operation_id: str) -> Outcome | None:
    """The stored end of an operation, or None while it is not settled."""
    body = ledger.scalar(select(results.c.body).where(results.c.operation == operation_id))
    return None if body is None else from_json(body, Outcome)


def refused(subject: str, refusal: Refused) -> Outcome:
    """The outcome of an operation that was refused as a whole."""
    return Outcome(
        EntryState.REFUSED, refused=(PartRefused(subject, refusal.reason),), undoable=False
    )


def _judge(ledger: Connection, wanted: Operation, at: datetime) -> Outcome:
    savepoint = ledger.begin_nested()
    try:
        match wanted:
            case ImportRows():
                outcome = import_rows(ledger, wanted, at)
            case ApplySourcing() | MoveOrders():
                outcome = settle_sourcing(ledger, wanted, at)
            case ReleaseOrder():
                outcome = release_order(ledger, wanted, at)
            case CancelOrder():
                outcome = cancel_order(ledger, wanted, at)
            case CountStock():
                outcome = count_stock(ledger, wanted, at)
            case SwitchNode() | SwitchZone() | WriteNote() | StrikeNote():
                outcome = _lay_down(ledger, wanted)
            case _:
                outcome = judge_offer(ledger, wanted, at)
        savepoint.commit()
    except Refused as refusal:
        savepoint.rollback()
        return refused("", refusal)
    return outcome


def _lay_down(
    ledger: Connection, wanted: SwitchNode | SwitchZone | WriteNote | StrikeNote
) -> Outcome:
    """What people lay down for every day to come."""
    match wanted:
        case SwitchNode():
            return switch_node(ledger, wanted)
        case SwitchZone():
            return switch_zone(ledger, wanted)
        case WriteNote():
            return write_note(ledger, wanted)
        case StrikeNote():
            return strike_note(ledger, wanted)


def _keep(ledger: Connection, operation_id: str, outcome: Outcome) -> Outcome:
    ledger.execute(insert(results).values(operation=operation_id, body=to_json(outcome)))
    ledger.execute(_SIGN, {"by": operation_id})
    return outcome
