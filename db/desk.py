"""What this workstation decides by itself, whole in work.db: tours, carriers, bookings, papers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.domain.carriers import CarrierChoice
from app.domain.journal import (
    ApplySourcing,
    BookBatches,
    CancelOrder,
    ChooseCarriers,
    CorrectAddress,
    EntryState,
    LockTour,
    Operation,
    PublishPolicy,
    ReleaseOrder,
    SaveMapping,
    SaveTours,
    SaveView,
    SetTourState,
    Unplan,
)
from app.domain.tours import PlanState, Tour, TourPlan
from app.errors import AlreadyAgreed, AlreadyBooked, AlreadyPlanned, NotUndoable, UnknownSubject
from db.changes import Outcome
from db.codec import day, from_json, instant, to_json
from db.tables import (
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
    tours,
    views,
    work,
)
from db.transaction import Pen

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
        case SetTourState():
            return _done(pen, "tour", *_set_state(pen, wanted))
        case LockTour(code, locked):
            tour = _tour(pen, code)
            _put_tour(pen, replace(tour, locked=locked))
            return _done(pen, "tour", code)
        case ChooseCarriers(made):
            for choice in made:
                _not_booked(pen, choice.shipment)
                _put_choice(pen, choice)
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
            raise TypeError(f"not for the desk alone: {type(wanted).__name__}")


def guard(desk: Connection, wanted: Operation) -> None:
    """Refuse what the ledger could not know of: shipments already in a tour or sent to a carrier.

    Raises:
        AlreadyPlanned, AlreadyBooked: take the shipment out of the tour, or cancel at the carrier.
    """
    if isinstance(wanted, ReleaseOrder | CancelOrder):
        _free(desk, wanted.order)


def guard_undo(desk: Connection, target: Outcome) -> None:
    """Refuse to undo what shipments in tours or batches rest on."""
    for change in target.rows:
        if change.table == "shipments" and change.before is None:
            _free_shipment(desk, change.key[0])


def keep_decisions(desk: Connection, wanted: ApplySourcing, outcome: Outcome) -> None:
    """Store why each order that was settled went where it went."""
    pen, settled = Pen(desk), set(outcome.ids)
    kept = [decision for decision in wanted.decisions if decision.order in settled]
    pen.read_ahead(decisions, (decision.order for decision in kept))
    for decision in kept:
        chosen = tuple(c for c in decision.candidates if c.node in decision.nodes)
        pen.put(
            decisions,
            {
                "order_code": decision.order,
                "body": to_json(replace(decision, candidates=chosen)),
                "candidates": to_json(decision.candidates),
            },
        )


def undo_on_desk(desk: Connection, target: Outcome) -> Outcome:
    """Bring work.db's rows back to what they were before an operation.

    Raises:
        NotUndoable, MovedOn: the entry is compensated otherwise, or its subject was changed since.
    """
    if not target.undoable:
        raise NotUndoable("", "")
    pen = Pen(desk)
    removals_first = sorted(target.rows, key=lambda change: change.before is not None)
    for change in removals_first:
        pen.restore(work.tables[f"work.{change.table}"], change)
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=target.kinds, ids=target.ids)


def _done(pen: Pen, kind: str, *ids: str) -> Outcome:
    return Outcome(EntryState.SETTLED, rows=pen.changes, kinds=frozenset({kind}), ids=ids)


def _save_tours(pen: Pen, plan: TourPlan) -> None:
    """Replace the day's draft tours; what was agreed or locked stays as it is."""
    on = day(plan.on)
    fixed = set()
    for row in pen.connection.execute(select(tours).where(tours.c.on_day == on)).all():
        if row.state == PlanState.DRAFT and not row.locked:
            _remove_tour(pen, row.code)
        else:
            fixed.add(row.code)
    for tour in plan.tours:
        if tour.code not in fixed:
            _put_tour(pen, tour)
    rest = replace(plan, tours=())
    pen.put(day_plans, {"on_day": on, "body": to_json(rest)})


def _replace_tours(pen: Pen, plan: TourPlan) -> None:
    """Write the tours given in place of those with the same code; an empty one disappears."""
    for tour in plan.tours:
        stored = _tour(pen, tour.code)
        if stored.state is not PlanState.DRAFT:
            raise AlreadyAgreed(tour.code, stored.state.value)
        _remove_tour(pen, tour.code)
        if tour.deliveries:
            _put_tour(pen, tour)
    pen.put(day_plans, {"on_day": day(plan.on), "body": to_json(replace(plan, tours=()))})


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
    for position, stop in enumerate(tour.stops):
        if not stop.shipment:
            continue
        other = pen.row(planned, stop.shipment)
        if other is not None and other["tour"] != tour.code:
            raise AlreadyPlanned(stop.shipment, str(other["tour"]))
        pen.put(planned, {"shipment": stop.shipment, "tour": tour.code, "position": position})


def _remove_tour(pen: Pen, code: str) -> None:
    pen.remove(tours, code)
    inside = select(planned.c.shipment).where(planned.c.tour == code)
    for shipment in pen.connection.scalars(inside).all():
        pen.remove(planned, shipment)


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
    changed = []
    for code in wanted.tours or there:
        tour = _tour(pen, code)
        if tour.state is wanted.state:
            continue
        if wanted.state not in _NEXT[tour.state]:
            if wanted.tours:
                raise AlreadyAgreed(code, tour.state.value)
            continue
        _put_tour(pen, replace(tour, state=wanted.state))
        changed.append(code)
    return changed


def _book(pen: Pen, wanted: BookBatches, actor: str, at: datetime) -> Outcome:
    """Keep new batches for ever; they are compensated by a message to the carrier, never undone."""
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
        for shipment in batch.shipments:
            _not_booked(pen, shipment)
            pen.connection.execute(
                insert(booked).values(shipment=shipment, reference=batch.reference)
            )
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


def _put_choice(pen: Pen, choice: CarrierChoice) -> None:
    carrier = choice.best.carrier if choice.best is not None else ""
    pen.put(choices, {"shipment": choice.shipment, "carrier": carrier, "body": to_json(choice)})


def _not_booked(pen: Pen, shipment: str) -> None:
    row = pen.row(booked, shipment)
    if row is not None:
        raise AlreadyBooked(shipment, str(row["reference"]))


def _free(desk: Connection, order: str) -> None:
    for table in (planned, booked):
        prefix = f"{order}-"
        found = select(table.c.shipment).where(table.c.shipment.startswith(prefix, autoescape=True))
        for shipment in desk.scalars(found).all():
            if shipment[len(prefix) :].isdigit():
                _free_shipment(desk, shipment)


def _free_shipment(desk: Connection, shipment: str) -> None:
    pen = Pen(desk)
    _not_booked(pen, shipment)
    row = pen.row(planned, shipment)
    if row is not None:
        raise AlreadyPlanned(shipment, str(row["tour"]))
