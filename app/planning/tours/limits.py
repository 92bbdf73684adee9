"""Which limit of a vehicle or a customer forbids even a tour of one visit alone, in figures."""

from dataclasses import replace

from app.domain.reasons import Fact, Reason, because
from app.domain.values import Load
from app.planning.tours.itinerary import itinerary
from app.planning.tours.problem import FAR_S, Problem, VehicleDay, Visit
from app.planning.tours.timetable import timetable

ROOMS = (
    ("tour_too_heavy", "tour_full_weight", "weight_g"),
    ("tour_too_bulky", "tour_full_volume", "volume_ml"),
    ("tour_too_many_parcels", "tour_full_parcels", "parcels"),
)


def unfit(day: VehicleDay, wanted: Visit) -> Reason | None:
    """Why the vehicle may not take the visit, whatever the hour."""
    if wanted.only and day.code not in wanted.only:
        others = ", ".join(sorted(code for code in wanted.only if code))
        if not others:
            return because("tour_kept_for_nobody", vehicle=day.code)
        return because("tour_kept_for_others", vehicle=day.code, others=others)
    if day.code in wanted.never:
        return because("tour_not_by_vehicle", vehicle=day.code)
    lacking = sorted(wanted.needs - day.skills)
    if lacking:
        return because("tour_no_skill", vehicle=day.code, skill=lacking[0])
    return _beyond(day.code, wanted.load, day.capacity)


def _beyond(vehicle: str, load: Load, room: Load) -> Reason | None:
    """The first dimension in which the goods alone are too much."""
    for code, _, dimension in ROOMS:
        amount, limit = getattr(load, dimension), getattr(room, dimension)
        if amount > limit:
            facts = {"vehicle": vehicle, dimension: amount, f"room_{dimension}": limit}
            return because(code, **facts)
    return None


def impossible_alone(problem: Problem, day: VehicleDay, visit: int) -> Reason:
    """The first limit that a tour of this visit alone breaks."""
    wanted = problem.visits[visit]
    metres = itinerary(problem, day, (visit,)).distance_m
    if day.max_m is not None and metres > day.max_m:
        return _too_far(day, metres, day.max_m)
    return _out_of_hours(problem, day, visit) or _by_rule(problem, day, visit, wanted)


def _too_far(day: VehicleDay, metres: int, most_m: int) -> Reason:
    """Farther than the vehicle goes, or than its battery may be emptied."""
    facts: dict[str, Fact] = {"vehicle": day.code, "distance_m": metres, "limit_m": most_m}
    if day.kept_back_m:
        return because("tour_beyond_battery", **facts, kept_m=day.kept_back_m)
    return because("tour_too_far", **facts)


def _out_of_hours(problem: Problem, day: VehicleDay, visit: int) -> Reason | None:
    """It comes too late even when nothing else holds it up, or comes home too late."""
    wanted = problem.visits[visit]
    closes_s = max(closes_s for _, closes_s in wanted.spans) + wanted.late_s
    arrival_s = _arrival_s(problem, day, visit)
    if arrival_s > closes_s:
        return _too_late(problem, day, visit, closes_s)
    begin_s = min(
        (max(arrival_s, opens_s) for opens_s, last_s in wanted.spans if arrival_s <= last_s),
        default=arrival_s,
    )
    *_, service, home = itinerary(problem, day, (visit,)).items
    home_s = begin_s + service.length_s + home.travel_s
    if home_s > day.to_s:
        return because(
            "tour_home_too_late",
            vehicle=day.code,
            home_at=_at(problem, home_s),
            shift_end_at=_at(problem, day.to_s),
        )
    return None


def _too_late(problem: Problem, day: VehicleDay, visit: int, closes_s: int) -> Reason:
    wanted = problem.visits[visit]
    at_once = _with(problem, visit, replace(wanted, ready_s=-FAR_S))
    closes_at = _at(problem, closes_s)
    if _arrival_s(at_once, day, visit) <= closes_s:
        ready_at = _at(problem, wanted.ready_s)
        return because(
            "tour_goods_too_late", vehicle=day.code, ready_at=ready_at, closes_at=closes_at
        )
    arrival_at = _at(problem, _arrival_s(problem, day, visit))
    return because(
        "tour_window_closed", vehicle=day.code, arrival_at=arrival_at, closes_at=closes_at
    )


def _arrival_s(problem: Problem, day: VehicleDay, visit: int) -> int:
    """When the vehicle is there at the earliest."""
    *before, service, _home = itinerary(problem, day, (visit,)).items
    now_s = before[0].opens_s + before[0].length_s
    for item in before[1:]:
        now_s = max(now_s + item.travel_s, item.opens_s) + item.length_s
    return now_s + service.travel_s


def _by_rule(problem: Problem, day: VehicleDay, visit: int, wanted: Visit) -> Reason:
    """A rule without which the tour could be driven."""
    shut = [hours for hours in wanted.shut if day.code in hours.vehicles]
    open_door = _with(problem, visit, replace(wanted, shut=()))
    if shut and timetable(open_door, day, (visit,)) is not None:
        return because(
            "tour_shut_out",
            vehicle=day.code,
            from_at=_at(problem, shut[0].from_s),
            to_at=_at(problem, shut[0].to_s),
        )
    tireless = timetable(problem, replace(day, max_work_s=None), (visit,))
    if tireless is not None and day.most_work_s is not None:
        return because(
            "tour_too_long", vehicle=day.code, work_s=tireless.work_s, limit_s=day.most_work_s
        )
    if day.rests and timetable(problem, replace(day, rests=()), (visit,)) is not None:
        rest_s = max(rest.length_s for rest in day.rests)
        return because("tour_no_room_for_rest", vehicle=day.code, rest_s=rest_s)
    return because("tour_no_room_for_break", vehicle=day.code)


def _with(problem: Problem, visit: int, changed: Visit) -> Problem:
    visits = (*problem.visits[:visit], changed, *problem.visits[visit + 1 :])
    return replace(problem, visits=visits)


def _at(problem: Problem, second: int) -> str:
    return problem.instant(second).astimezone(problem.zone).isoformat()
