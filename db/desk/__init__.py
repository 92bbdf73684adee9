"""What this workstation decides by itself, whole in work.db: tours, carriers, bookings, papers."""

from datetime import datetime

from sqlalchemy import Connection

from app.domain.acts.desk import BookBatches, ChooseCarriers, PublishPolicy, SaveMapping, SaveView
from app.domain.acts.orders import CorrectAddress
from app.domain.acts.tours import (
    EditTours,
    LockShipments,
    LockTour,
    SaveTours,
    SetTourState,
    Unlock,
    Unplan,
)
from app.domain.journal import EntryState, Operation
from app.domain.locks import TourLock
from app.errors import UnknownSubject
from db.changes import Outcome
from db.codec import day, from_json, to_json
from db.desk.shipments import book, choose
from db.desk.tours import edit_tours, lock_tour, replace_tours, save_tours, set_state
from db.tables import address_book, mappings, policies, tour_locks, views
from db.transaction import Pen


def carry_out(desk: Connection, wanted: Operation, *, actor: str, at: datetime) -> Outcome:
    """Do what touches work.db alone.

    Raises:
        Refused: it cannot be; nothing is written.
    """
    pen = Pen(desk)
    match wanted:
        case SaveTours(plan):
            save_tours(pen, plan)
            return _done(pen, "tour", day(plan.on))
        case Unplan(_, plan):
            replace_tours(pen, plan)
            return _done(pen, "tour", *wanted.shipments)
        case EditTours():
            edit_tours(pen, wanted)
            return _done(pen, "tour", *(tour.code for tour in wanted.tours), *wanted.shipments)
        case SetTourState():
            return _done(pen, "tour", *set_state(pen, wanted))
        case LockTour(code, locked):
            lock_tour(pen, code, locked=locked)
            return _done(pen, "tour", code)
        case ChooseCarriers(made):
            choose(pen, made)
            return _done(pen, "carrier_choice", *(c.shipment for c in made))
        case BookBatches():
            return book(pen, wanted, actor, at)
        case _:
            return _papers(pen, wanted)


def _papers(pen: Pen, wanted: Operation) -> Outcome:
    match wanted:
        case CorrectAddress(key, _, _):
            pen.put(address_book, {"address_key": key, "body": to_json(wanted)})
            return _done(pen, "address", key)
        case PublishPolicy(policy, _):
            version = f"{policy.version:06d}"
            pen.put(policies, {"version": version, "body": to_json(wanted)})
            return _done(pen, "policy", version)
        case SaveMapping(name, text):
            pen.put(mappings, {"name": name, "body": text})
            return _done(pen, "mapping", name)
        case SaveView(name, text):
            if text:
                pen.put(views, {"name": name, "body": text})
            else:
                pen.remove(views, name)
            return _done(pen, "view", name)
        case _:
            return _laid_down(pen, wanted)


def _laid_down(pen: Pen, wanted: Operation) -> Outcome:
    """Locks of single shipments: kept, or taken off."""
    match wanted:
        case LockShipments(locks):
            for lock in locks:
                body = to_json(lock)
                pen.put(tour_locks, {"code": lock.code, "on_day": day(lock.on), "body": body})
            return _done(pen, "lock", *(name for lock in locks for name in lock.shipments))
        case Unlock(code):
            return _done(pen, "lock", *_unlock(pen, code))
        case _:
            raise TypeError(f"not for the desk alone: {type(wanted).__name__}")


def _unlock(pen: Pen, code: str) -> tuple[str, ...]:
    """Take a lock away; the shipments that it was for.

    Raises:
        UnknownSubject: there is no such lock.
    """
    row = pen.row(tour_locks, code)
    if row is None:
        raise UnknownSubject("lock", code)
    pen.remove(tour_locks, code)
    return from_json(str(row["body"]), TourLock).shipments


def _done(pen: Pen, kind: str, *ids: str) -> Outcome:
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=frozenset({kind}), ids=ids)
