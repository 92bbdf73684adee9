"""What follows on the desk from what the ledger settled, undid or did again."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from app.domain.acts.orders import ApplySourcing, MoveOrders
from app.domain.acts.tours import EditTours
from app.domain.journal import Operation
from app.domain.sourcing import SourcingDecision
from db.changes import Outcome
from db.codec import pack, to_json
from db.desk.tours import edit_tours
from db.desk.turning import rows_here, undo_on_desk
from db.tables import decisions
from db.transaction import Pen

_DECISION = insert(decisions)
_KEEP_DECISION = _DECISION.on_conflict_do_update(
    index_elements=[decisions.c.order_code],
    set_={
        "body": _DECISION.excluded.body,
        "candidates": _DECISION.excluded.candidates,
        "revision": decisions.c.revision + 1,
    },
)


def carry_along(desk: Connection, wanted: Operation, outcome: Outcome) -> Outcome:
    """What follows on the desk from what the ledger settled: decisions, and tours that moved.

    The same again changes nothing more: a program that was killed meanwhile does it when it opens.
    """
    if isinstance(wanted, ApplySourcing | MoveOrders):
        settled = set(outcome.ids)
        _keep_decisions(desk, (made for made in wanted.decisions if made.order in settled))
    if not isinstance(wanted, MoveOrders) or wanted.on is None or outcome.refused:
        return outcome
    pen = Pen(desk)
    shipments = tuple(stop.shipment for tour in wanted.tours for stop in tour.deliveries)
    orders = {decision.order for decision in wanted.decisions}
    edit = EditTours(wanted.on, wanted.what, wanted.tours, shipments=shipments)
    edit_tours(pen, edit, moved=orders)
    return replace(
        outcome, rows=(*outcome.rows, *pen.changes), kinds=outcome.kinds | frozenset({"tour"})
    )


def turn_along(
    desk: Connection, turned: Outcome, target: Outcome, told: tuple[SourcingDecision, ...]
) -> Outcome:
    """Bring back the desk's own rows of an entry that the ledger has undone, or redone.

    `told` are the decisions that hold again.
    """
    _keep_decisions(desk, told)
    here = rows_here(target)
    if not here:
        return turned
    done = undo_on_desk(desk, replace(target, rows=here))
    return replace(turned, rows=(*turned.rows, *done.rows), kinds=turned.kinds | done.kinds)


def _keep_decisions(desk: Connection, made: Iterable[SourcingDecision]) -> None:
    """Store why each order went where it went."""
    rows = [_kept(decision) for decision in made]
    if rows:
        desk.execute(_KEEP_DECISION, rows)


def _kept(decision: SourcingDecision) -> dict[str, str | bytes | int]:
    sending = decision.nodes
    chosen = tuple(c for c in decision.candidates if c.node in sending)
    return {
        "order_code": decision.order,
        "body": to_json(replace(decision, candidates=chosen)),
        "candidates": pack(to_json(decision.candidates)),
        "revision": 1,
    }
