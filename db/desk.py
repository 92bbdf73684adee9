"""What this workstation decides by itself, whole in work.db: tours, carriers, bookings, papers."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.carriers import CarrierChoice
from app.domain.journal import (
    ApplySourcing,
    BookBatches,
    CancelOrder,
    ChooseCarriers,
    CorrectAddress,
    EditTours,
    EntryState,
    GiveBack,
    LockShipments,
    LockTour,
    MoveOrders,
    Operation,
    PublishPolicy,
    ReleaseOrder,
    SaveMapping,
    SaveTours,
    SaveView,
    SetTourState,
    Unlock,
    Unplan,
)
from app.domain.locks import TourLock
from app.domain.sourcing import SourcingDecision
from app.domain.tours import PlanState, Tour, TourPlan
from app.errors import (
    AlreadyAgreed,
    AlreadyBooked,
    AlreadyPlanned,
    MovedOn,
    NotUndoable,
    UnknownSubject,
)
from db.changes import Outcome, Row, RowChange
from db.codec import day, from_json, instant, pack, to_json
from db.tables import (
    MIRROR_TABLES,
    address_book,
    batch_files,
    batches,
    booked,
    choices,
    day_plans,
    decisions,
    mappings,
    planned,
    policies,
    tour_locks,
    tours,
    views,
    work,
)
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
_NEXT = {
    PlanState.DRAFT: {PlanState.VALIDATED},
    PlanState.VALIDATED: {PlanState.DRAFT, PlanState.PUBLISHED},
    PlanState.PUBLISHED: {PlanState.VALIDATED, PlanState.CLOSED},
    PlanState.CLOSED: set(),
}


def carry_out(desk: Connection, wanted: Operation, *, actor: str, at: datetime) -> Outcome:
    """Do what touches work.db alone.

    Raises:
        Refused: it cannot be; nothing is written.
    """
    pen = Pen(desk)
    match wanted:
        case SaveTours(plan):
            _save_tours(pen, plan)
            return _done(pen, "tour", day(plan.on))
        case Unplan(_, plan):
            _replace_tours(pen, plan)
            return _done(pen, "tour", *wanted.shipments)
        case EditTours():
            _edit_tours(pen, wanted)
            return _done(pen, "tour", *(tour.code for tour in wanted.tours), *wanted.shipments)
        case SetTourState():
            return _done(pen, "tour", *_set_state(pen, wanted))
        case LockTour(code, locked):
            tour = _tour(pen, code)
            _put_tour(pen, replace(tour, locked=locked))
            return _done(pen, "tour", code)
        case ChooseCarriers(made):
            _choose(pen, made)
            return _done(pen, "carrier_choice", *(c.shipment for c in made))
        case BookBatches():
            return _book(pen, wanted, actor, at)
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


def guard(desk: Connection, wanted: Operation) -> None:
    """Refuse what the ledger could not know of: shipments already in a tour or sent to a carrier.

    Raises:
        AlreadyPlanned, AlreadyBooked: take the shipment out of the tour, or cancel at the carrier.
    """
    if isinstance(wanted, ReleaseOrder | CancelOrder):
        _free(desk, wanted.order)
    if isinstance(wanted, MoveOrders):
        _guard_move(desk, wanted)
    if isinstance(wanted, GiveBack):
        for shipment in wanted.shipments:
            _free_shipment(desk, shipment)


def _guard_move(desk: Connection, wanted: MoveOrders) -> None:
    """Refuse orders that are booked or in tours that do not change along, and tours that did.

    Raises:
        AlreadyPlanned, AlreadyBooked, MovedOn, AlreadyAgreed.
    """
    rewritten = {tour.code for tour in wanted.tours}
    for decision in wanted.decisions:
        _free(desk, decision.order, rewritten)
    if wanted.on is not None:
        _refuse_moved_on(Pen(desk), wanted.on, wanted.tours)


def guard_undo(desk: Connection, target: Outcome) -> None:
    """Refuse to undo what shipments in tours or batches rest on, but for tours undone with it."""
    pen, here = Pen(desk), _rows_here(target)
    for change in here:
        if not change.stands(pen.row(_table(change), *change.key)):
            raise MovedOn("/".join(change.key))
    own = {change.key[0] for change in here if change.table == planned.name}
    for change in target.rows:
        if change.table == "shipments" and change.before is None:
            if change.key[0] in own:
                _not_booked(pen, change.key[0])
            else:
                _free_shipment(desk, change.key[0])


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
    _edit_tours(pen, edit, moved=orders)
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
    here = _rows_here(target)
    if not here:
        return turned
    done = undo_on_desk(desk, replace(target, rows=here))
    return replace(turned, rows=(*turned.rows, *done.rows), kinds=turned.kinds | done.kinds)


def _rows_here(target: Outcome) -> tuple[RowChange, ...]:
    """The rows of an outcome that lie in work.db."""
    return tuple(change for change in target.rows if change.table not in MIRROR_TABLES)


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


def undo_on_desk(desk: Connection, target: Outcome) -> Outcome:
    """Bring work.db's rows back to what they were before an operation.

    Raises:
        NotUndoable, MovedOn: the entry is compensated otherwise, or its subject was changed since.
    """
    if not target.undoable:
        raise NotUndoable("", "")
    pen = Pen(desk)
    removals_first = sorted(target.rows, key=lambda change: change.before is not None)
    with pen.gathering():
        for change in removals_first:
            pen.restore(_table(change), change)
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=target.kinds, ids=target.ids)


def _table(change: RowChange) -> Table:
    return work.tables[f"work.{change.table}"]


def _done(pen: Pen, kind: str, *ids: str) -> Outcome:
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=frozenset({kind}), ids=ids)


def _save_tours(pen: Pen, plan: TourPlan) -> None:
    """Replace the day's draft tours; what was agreed or locked stays as it is."""
    stored = pen.find(tours, tours.c.on_day == day(plan.on))
    free = {str(row["code"]) for row in stored if _is_free(row)}
    kept = {str(row["code"]) for row in stored} - free
    _rewrite(pen, sorted(free), [tour for tour in plan.tours if tour.code not in kept], plan)


def _is_free(row: Row) -> bool:
    return row["state"] == PlanState.DRAFT and not row["locked"]


def _replace_tours(pen: Pen, plan: TourPlan) -> None:
    """Write the tours given in place of those with the same code; an empty one disappears."""
    for tour in plan.tours:
        stored = _tour(pen, tour.code)
        if stored.state is not PlanState.DRAFT:
            raise AlreadyAgreed(tour.code, stored.state.value)
    codes = [tour.code for tour in plan.tours]
    _rewrite(pen, codes, [tour for tour in plan.tours if tour.deliveries], plan)


def _edit_tours(pen: Pen, wanted: EditTours, moved: Collection[str] = ()) -> None:
    """Write what a hand made of tours, if they still are as that hand saw them.

    What was left out of `moved` orders is not any more: other shipments stand for them.

    Raises:
        MovedOn: a tour was changed since, or another one has its number or its vehicle now.
        AlreadyAgreed: it was validated since.
        AlreadyPlanned, AlreadyBooked: a shipment went elsewhere since.
    """
    _refuse_moved_on(pen, wanted.on, wanted.tours)
    codes = [tour.code for tour in wanted.tours]
    kept = [tour for tour in wanted.tours if tour.deliveries]
    carried = [stop.shipment for tour in kept for stop in tour.deliveries]
    pen.read_ahead(booked, carried)
    for shipment in carried:
        _not_booked(pen, shipment)
    _rewrite(pen, codes, kept, _left_out(pen, wanted, set(carried), moved))


def _refuse_moved_on(pen: Pen, on: date, seen: Iterable[Tour]) -> None:
    """Refuse tours that are not as they were looked at, and vehicles that drive others now."""
    looked_at = {tour.code: tour for tour in seen}
    stored = {str(row["code"]): row for row in pen.find(tours, tours.c.on_day == day(on))}
    for code, tour in looked_at.items():
        _as_seen(tour, stored.get(code))
    kept = [tour for tour in looked_at.values() if tour.deliveries]
    driven = {tour.vehicle for tour in kept if _changes_vehicle(tour, stored)}
    for code, row in stored.items():
        if code not in looked_at and row["vehicle"] in driven:
            raise MovedOn(str(row["vehicle"]))


def _as_seen(tour: Tour, row: Row | None) -> None:
    """Refuse to write over what the hand did not see."""
    if (0 if row is None else row["revision"]) != tour.revision:
        raise MovedOn(tour.code)
    if row is not None and row["state"] != PlanState.DRAFT:
        raise AlreadyAgreed(tour.code, str(row["state"]))


def _changes_vehicle(tour: Tour, stored: dict[str, Row]) -> bool:
    row = stored.get(tour.code)
    return row is None or row["vehicle"] != tour.vehicle


def _left_out(pen: Pen, wanted: EditTours, carried: set[str], moved: Collection[str]) -> TourPlan:
    """The day's plan: left out is what was and is not carried now, and what is carried no more."""
    row = pen.row(day_plans, day(wanted.on))
    plan = TourPlan(wanted.on, ()) if row is None else from_json(str(row["body"]), TourPlan)
    waiting = tuple(
        left for left in plan.unplanned if left.shipment not in carried and left.order not in moved
    )
    return replace(plan, unplanned=(*waiting, *wanted.left))


def _rewrite(pen: Pen, gone: list[str], new: list[Tour], plan: TourPlan) -> None:
    """Put tours in place of others, and keep the plan they belong to."""
    left = pen.find(planned, planned.c.tour.in_(gone))
    pen.read_ahead(tours, (tour.code for tour in new))
    pen.read_ahead(planned, (stop.shipment for tour in new for stop in tour.stops))
    with pen.gathering():
        for code in gone:
            pen.remove(tours, code)
        for row in left:
            pen.remove(planned, str(row["shipment"]))
        for tour in new:
            _put_tour(pen, tour)
        rest = replace(plan, tours=())
        pen.put(day_plans, {"on_day": day(plan.on), "body": to_json(rest)})


def _put_tour(pen: Pen, tour: Tour) -> None:
    pen.put(
        tours,
        {
            "code": tour.code,
            "on_day": day(tour.on),
            "number": tour.number,
            "vehicle": tour.vehicle,
            "state": tour.state.value,
            "locked": int(tour.locked),
            "body": to_json(replace(tour, revision=1)),
        },
    )
    places = {stop.shipment: at for at, stop in enumerate(tour.stops) if stop.shipment}
    for shipment, position in places.items():  # what is fetched stands where it is delivered
        other = pen.row(planned, shipment)
        if other is not None and other["tour"] != tour.code:
            raise AlreadyPlanned(shipment, str(other["tour"]))
        pen.put(planned, {"shipment": shipment, "tour": tour.code, "position": position})


def _tour(pen: Pen, code: str) -> Tour:
    row = pen.row(tours, code)
    if row is None:
        raise UnknownSubject("tour", code)
    return from_json(str(row["body"]), Tour)


def _set_state(pen: Pen, wanted: SetTourState) -> list[str]:
    query = select(tours.c.code).where(tours.c.on_day == day(wanted.on)).order_by(tours.c.number)
    there = list(pen.connection.scalars(query))
    for missing in set(wanted.tours) - set(there):
        raise UnknownSubject("tour", missing)
    tours_named = wanted.tours or there
    pen.find(planned, planned.c.tour.in_(tours_named))
    with pen.gathering():
        return [code for code in tours_named if _turned(pen, code, wanted)]


def _turned(pen: Pen, code: str, wanted: SetTourState) -> bool:
    """Bring one tour to the state; False when it is there, or cannot go there with the whole day.

    Raises:
        AlreadyAgreed: the tour was named, and cannot go there.
    """
    tour = _tour(pen, code)
    if tour.state is wanted.state:
        return False
    if wanted.state not in _NEXT[tour.state]:
        if wanted.tours:
            raise AlreadyAgreed(code, tour.state.value)
        return False
    _put_tour(pen, replace(tour, state=wanted.state))
    return True


def _book(pen: Pen, wanted: BookBatches, actor: str, at: datetime) -> Outcome:
    """Keep new batches for ever; they are compensated by a message to the carrier, never undone."""
    pen.read_ahead(booked, (shipment for batch in wanted.batches for shipment in batch.shipments))
    for batch in wanted.batches:
        serial = int(batch.reference.rsplit("-", 1)[-1])
        pen.connection.execute(
            insert(batches).values(
                reference=batch.reference,
                carrier=batch.carrier,
                serial=serial,
                on_day=day(batch.on),
                created_at=instant(at),
                created_by=actor,
            )
        )
        with pen.gathering():
            for shipment in batch.shipments:
                _not_booked(pen, shipment)
                pen.add(booked, {"shipment": shipment, "reference": batch.reference})
        for file in batch.files:
            pen.connection.execute(
                insert(batch_files).values(
                    reference=batch.reference,
                    format=file.format,
                    file_name=file.file_name,
                    sha256=file.sha256,
                    content=file.content,
                )
            )
    return Outcome(
        EntryState.SETTLED,
        kinds=frozenset({"booking"}),
        ids=tuple(batch.reference for batch in wanted.batches),
        undoable=False,
    )


def _choose(pen: Pen, made: tuple[CarrierChoice, ...]) -> None:
    """Keep what was chosen for each shipment, unless one is with its carrier already."""
    for table in (booked, choices):
        pen.read_ahead(table, (choice.shipment for choice in made))
    with pen.gathering():
        for choice in made:
            _not_booked(pen, choice.shipment)
            carrier = choice.best.carrier if choice.best is not None else ""
            pen.put(
                choices,
                {"shipment": choice.shipment, "carrier": carrier, "body": to_json(choice)},
            )


def _not_booked(pen: Pen, shipment: str) -> None:
    row = pen.row(booked, shipment)
    if row is not None:
        raise AlreadyBooked(shipment, str(row["reference"]))


def _free(desk: Connection, order: str, rewritten: Collection[str] = ()) -> None:
    """Refuse an order with a shipment that is booked, or in a tour that is not rewritten anyway."""
    for table in (planned, booked):
        prefix = f"{order}-"
        found = select(table.c.shipment).where(table.c.shipment.startswith(prefix, autoescape=True))
        for shipment in desk.scalars(found).all():
            if shipment[len(prefix) :].isdigit():
                _free_shipment(desk, shipment, rewritten)


def _free_shipment(desk: Connection, shipment: str, rewritten: Collection[str] = ()) -> None:
    pen = Pen(desk)
    _not_booked(pen, shipment)
    row = pen.row(planned, shipment)
    if row is not None and row["tour"] not in rewritten:
        raise AlreadyPlanned(shipment, str(row["tour"]))
