"""How a day's tours are written: planned anew, edited by hand, agreed, locked."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.domain.acts.tours import EditTours, SetTourState
from app.domain.tours import PlanState, Tour, TourPlan
from app.errors import AlreadyAgreed, AlreadyPlanned, MovedOn, UnknownSubject
from db.changes import Row
from db.codec import day, from_json, to_json
from db.desk.shipments import refuse_booked
from db.tables import booked, day_plans, planned, tours
from db.transaction import Pen

_NEXT = {
    PlanState.DRAFT: {PlanState.VALIDATED},
    PlanState.VALIDATED: {PlanState.DRAFT, PlanState.PUBLISHED},
    PlanState.PUBLISHED: {PlanState.VALIDATED, PlanState.CLOSED},
    PlanState.CLOSED: set(),
}


def save_tours(pen: Pen, plan: TourPlan) -> None:
    """Replace the day's draft tours; what was agreed or locked stays as it is."""
    stored = pen.find(tours, tours.c.on_day == day(plan.on))
    free = {str(row["code"]) for row in stored if _is_free(row)}
    kept = {str(row["code"]) for row in stored} - free
    _rewrite(pen, sorted(free), [tour for tour in plan.tours if tour.code not in kept], plan)


def _is_free(row: Row) -> bool:
    return row["state"] == PlanState.DRAFT and not row["locked"]


def replace_tours(pen: Pen, plan: TourPlan) -> None:
    """Write the tours given in place of those with the same code; an empty one disappears."""
    for tour in plan.tours:
        stored = _tour(pen, tour.code)
        if stored.state is not PlanState.DRAFT:
            raise AlreadyAgreed(tour.code, stored.state.value)
    codes = [tour.code for tour in plan.tours]
    _rewrite(pen, codes, [tour for tour in plan.tours if tour.deliveries], plan)


def edit_tours(pen: Pen, wanted: EditTours, moved: Collection[str] = ()) -> None:
    """Write what a hand made of tours, if they still are as that hand saw them.

    What was left out of `moved` orders is not any more: other shipments stand for them.

    Raises:
        MovedOn: a tour was changed since, or another one has its number or its vehicle now.
        AlreadyAgreed: it was validated since.
        AlreadyPlanned, AlreadyBooked: a shipment went elsewhere since.
    """
    refuse_moved_on(pen, wanted.on, wanted.tours)
    codes = [tour.code for tour in wanted.tours]
    kept = [tour for tour in wanted.tours if tour.deliveries]
    carried = [stop.shipment for tour in kept for stop in tour.deliveries]
    pen.read_ahead(booked, carried)
    for shipment in carried:
        refuse_booked(pen, shipment)
    _rewrite(pen, codes, kept, _left_out(pen, wanted, set(carried), moved))


def refuse_moved_on(pen: Pen, on: date, seen: Iterable[Tour]) -> None:
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


def lock_tour(pen: Pen, code: str, *, locked: bool) -> None:
    """Keep a tour from the solver, or free it."""
    _put_tour(pen, replace(_tour(pen, code), locked=locked))


def set_state(pen: Pen, wanted: SetTourState) -> list[str]:
    """Bring tours to a state; the codes of those that were not there yet."""
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
