"""How a limit that keeps a shipment from a tour gives way, and by how much at most."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from app.domain.values import Load
from app.planning.tours.problem import FAR_S, Problem, VehicleDay, Visit


class Limit(StrEnum):
    """A limit that can give way; in the order in which as little as possible is asked of each.

    Rests by law are none of them, nor is where the goods lie.
    """

    LOCK = "lock"
    SKILL = "skill"
    ZONE = "zone"
    PAUSE = "break"
    WEIGHT = "weight"
    VOLUME = "volume"
    PARCELS = "parcels"
    READY = "ready"
    EARLIER = "earlier"
    LATER = "later"
    START = "start"
    END = "end"
    WORK = "work"
    DISTANCE = "distance"


#: What gives way wholly or not at all.
WHOLE = frozenset({Limit.LOCK, Limit.SKILL, Limit.ZONE, Limit.PAUSE})
ROOMS = {Limit.WEIGHT: "weight_g", Limit.VOLUME: "volume_ml", Limit.PARCELS: "parcels"}
#: Hours move by whole minutes and ways by hectometres, by no more than this.
MINUTE_S, MOST_S = 60, 6 * 3_600
STEP_M, MOST_M = 100, 500_000

Amounts = Mapping[Limit, int]
"""By how much each limit gives way: seconds, metres, grams, millilitres, parcels; 1 = wholly."""


def unit_of(limit: Limit) -> str:
    """What a limit is measured in; empty where it gives way wholly or not at all."""
    if limit in WHOLE:
        return ""
    if limit in ROOMS:
        return {Limit.WEIGHT: "g", Limit.VOLUME: "ml", Limit.PARCELS: "parcels"}[limit]
    return "m" if limit is Limit.DISTANCE else "s"


def step_of(limit: Limit) -> int:
    """The unit in which a limit gives way."""
    if limit in WHOLE or limit in ROOMS:
        return 1
    return STEP_M if limit is Limit.DISTANCE else MINUTE_S


def most_of(limit: Limit, problem: Problem, vehicle: int, unit: Sequence[int], now_s: int) -> int:
    """By how much a limit may give way at most; 0 = not at all, it is no limit here.

    `now_s` is the present: nothing is asked of what lies before it.
    """
    day, visits = problem.vehicles[vehicle], [problem.visits[visit] for visit in unit]
    if limit in WHOLE:
        return int(_holds(limit, problem, day, unit))
    if limit in ROOMS:
        return int(getattr(problem.total_load(unit), ROOMS[limit]))
    if limit in (Limit.READY, Limit.EARLIER, Limit.LATER):
        return _most_of_customer(limit, day, visits, now_s)
    match limit:
        case Limit.START:
            return _in_minutes(day.from_s - now_s)
        case Limit.END:
            return MOST_S
        case Limit.WORK:
            return 0 if day.max_work_s is None else MOST_S
    return 0 if day.max_m is None else MOST_M


def _most_of_customer(limit: Limit, day: VehicleDay, visits: Sequence[Visit], now_s: int) -> int:
    """For how long at most goods come sooner, or a door opens longer."""
    if limit is Limit.READY:
        ready_s = max((v.ready_s for v in visits if v.from_depot), default=-FAR_S)
        return _in_minutes(ready_s - max(now_s, day.from_s))
    if limit is Limit.EARLIER:
        return MOST_S if any(v.spans[0][0] > day.from_s for v in visits) else 0
    return MOST_S if any(v.spans[-1][1] < FAR_S for v in visits) else 0


def _in_minutes(seconds: int) -> int:
    """Whole minutes up to the most that is asked."""
    return max(0, min(MOST_S, seconds // MINUTE_S * MINUTE_S))


def _holds(limit: Limit, problem: Problem, day: VehicleDay, unit: Sequence[int]) -> bool:
    visits = [problem.visits[visit] for visit in unit]
    match limit:
        case Limit.LOCK:
            return any(map(set(unit).intersection, problem.apart)) or any(
                v.only or day.code in v.never - _kept_out(v) for v in visits
            )
        case Limit.SKILL:
            return any(v.needs - day.skills for v in visits)
        case Limit.ZONE:
            return any(day.code in _kept_out(v) for v in visits)
    return day.pause is not None


def _kept_out(visit: Visit) -> frozenset[str]:
    """The vehicles that a zone keeps from the door at some hour."""
    return frozenset().union(*(shut.vehicles for shut in visit.shut))


def surely(problem: Problem, vehicle: int, route: Sequence[int], unit: Sequence[int]) -> set[Limit]:
    """Limits without which there is no way at all, whatever else gives way."""
    day, visits = problem.vehicles[vehicle], [problem.visits[visit] for visit in unit]
    found = {Limit.SKILL} if _holds(Limit.SKILL, problem, day, unit) else set()
    if any(day.code in v.never & _kept_out(v) for v in visits):
        found.add(Limit.ZONE)
    foes = {visit for apart in problem.apart if apart & set(unit) for visit in apart} - set(unit)
    barred = any(v.only and day.code not in v.only for v in visits)
    if barred or foes & set(route) or any(day.code in v.never - _kept_out(v) for v in visits):
        found.add(Limit.LOCK)
    aboard = problem.total_load(unit)
    simple = not day.reloads and not any(problem.visits[v].collect for v in (*route, *unit))
    if simple:  # the place on the tour does not matter
        aboard += problem.total_load(route)
    for limit, dimension in ROOMS.items():
        if getattr(aboard, dimension) > getattr(day.capacity, dimension):
            found.add(limit)
    return found


def loosened(problem: Problem, vehicle: int, unit: Sequence[int], amounts: Amounts) -> Problem:
    """The same day with these limits of one vehicle, or of these visits, given way."""
    visits = list(problem.visits)
    for visit in unit:
        visits[visit] = _visit(visits[visit], problem.vehicles[vehicle], amounts)
    vehicles = list(problem.vehicles)
    vehicles[vehicle] = _vehicle(vehicles[vehicle], amounts)
    apart = problem.apart
    if Limit.LOCK in amounts:
        apart = tuple(foes for foes in apart if not foes & set(unit))
    return replace(problem, visits=tuple(visits), vehicles=tuple(vehicles), apart=apart)


def _visit(visit: Visit, day: VehicleDay, amounts: Amounts) -> Visit:
    only, never, shut, needs = visit.only, visit.never, visit.shut, visit.needs
    out = _kept_out(visit)
    if Limit.LOCK in amounts:
        only, never = frozenset(), never & out
    if Limit.ZONE in amounts:
        never, shut = never - out, ()
    if Limit.SKILL in amounts:
        needs &= day.skills
    spans = list(visit.spans)
    spans[0] = (max(-FAR_S, spans[0][0] - amounts.get(Limit.EARLIER, 0)), spans[0][1])
    spans[-1] = (spans[-1][0], min(FAR_S, spans[-1][1] + amounts.get(Limit.LATER, 0)))
    return replace(
        visit,
        only=only,
        never=never,
        shut=shut,
        needs=needs,
        opens_s=spans[0][0],
        closes_s=spans[0][1],
        also=tuple(spans[1:]),
        ready_s=max(-FAR_S, visit.ready_s - amounts.get(Limit.READY, 0)),
    )


def _vehicle(day: VehicleDay, amounts: Amounts) -> VehicleDay:
    room = Load(*(amounts.get(limit, 0) for limit in ROOMS))
    return replace(
        day,
        capacity=day.capacity + room,
        pause=None if Limit.PAUSE in amounts else day.pause,
        from_s=day.from_s - amounts.get(Limit.START, 0),
        to_s=day.to_s + amounts.get(Limit.END, 0),
        overtime_s=day.overtime_s + amounts.get(Limit.WORK, 0),
        max_m=None if day.max_m is None else day.max_m + amounts.get(Limit.DISTANCE, 0),
    )
