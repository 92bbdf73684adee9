"""What the desk refuses before the ledger is asked: what is in a tour or booked already."""

from sqlalchemy import Connection

from app.domain.acts.offers import GiveBack
from app.domain.acts.orders import CancelOrder, MoveOrders, ReleaseOrder
from app.domain.journal import Operation
from app.errors import MovedOn
from db.changes import Outcome
from db.desk.shipments import refuse_booked, refuse_bound, refuse_bound_order
from db.desk.tours import refuse_moved_on
from db.desk.turning import rows_here, table_of
from db.tables import planned
from db.transaction import Pen


def guard(desk: Connection, wanted: Operation) -> None:
    """Refuse what the ledger could not know of: shipments already in a tour or sent to a carrier.

    Raises:
        AlreadyPlanned, AlreadyBooked: take the shipment out of the tour, or cancel at the carrier.
    """
    if isinstance(wanted, ReleaseOrder | CancelOrder):
        refuse_bound_order(desk, wanted.order)
    if isinstance(wanted, MoveOrders):
        _guard_move(desk, wanted)
    if isinstance(wanted, GiveBack):
        for shipment in wanted.shipments:
            refuse_bound(desk, shipment)


def _guard_move(desk: Connection, wanted: MoveOrders) -> None:
    """Refuse orders that are booked or in tours that do not change along, and tours that did.

    Raises:
        AlreadyPlanned, AlreadyBooked, MovedOn, AlreadyAgreed.
    """
    rewritten = {tour.code for tour in wanted.tours}
    for decision in wanted.decisions:
        refuse_bound_order(desk, decision.order, rewritten)
    if wanted.on is not None:
        refuse_moved_on(Pen(desk), wanted.on, wanted.tours)


def guard_undo(desk: Connection, target: Outcome) -> None:
    """Refuse to undo what shipments in tours or batches rest on, but for tours undone with it."""
    pen, here = Pen(desk), rows_here(target)
    for change in here:
        if not change.stands(pen.row(table_of(change), *change.key)):
            raise MovedOn("/".join(change.key))
    own = {change.key[0] for change in here if change.table == planned.name}
    for change in target.rows:
        if change.table == "shipments" and change.before is None:
            if change.key[0] in own:
                refuse_booked(pen, change.key[0])
            else:
                refuse_bound(desk, change.key[0])
