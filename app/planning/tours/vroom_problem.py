"""A day of tours as VROOM reads a problem, as far as its form goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.values import Load
from app.planning.tours.problem import FAR_S, Problem, Roads, VehicleDay, Visit


@dataclass(frozen=True, slots=True)
class VroomProblem:
    """The document, and the numbers that vehicles and shipments have in it."""

    document: dict[str, Any]
    jobs: dict[str, int]
    vehicles: dict[str, int]


def vroom_problem(problem: Problem) -> VroomProblem:
    """The problem with its matrices; what VROOM has no word for is left out.

    Who may bring what is told by skills: each set of vehicles that some visit may ride on is one.
    Left out: hours in which a door is shut to some vehicles only, times at which goods are ready,
    returns to the depot for more goods, lateness at a price, overtime, rests by driving time, locks
    of company and order.
    """
    numbers = {day.code: at for at, day in enumerate(problem.vehicles, start=1)}
    jobs = {visit.shipment: at for at, visit in enumerate(problem.visits, start=1)}
    skills = _skills(problem)
    base_s = int(problem.reference.timestamp())
    taken = {visit.source for visit in problem.visits if visit.source is not None}
    document: dict[str, Any] = {
        "vehicles": [
            _vehicle(problem, day, numbers[day.code], skills, base_s) for day in problem.vehicles
        ],
        "jobs": [
            _job(problem, visit, jobs[visit.shipment], skills, base_s)
            for at, visit in enumerate(problem.visits)
            if visit.source is None and at not in taken
        ],
        "shipments": list(_shipments(problem, jobs, skills, base_s)),
        "matrices": {_profile(at): _matrix(roads) for at, roads in enumerate(problem.roads)},
    }
    if not document["shipments"]:
        del document["shipments"]
    return VroomProblem(document, jobs, numbers)


def _skills(problem: Problem) -> dict[frozenset[str], int]:
    """A number for each set of vehicles that some visit may ride on, the set of all excepted."""
    everybody = frozenset(day.code for day in problem.vehicles)
    sets = dict.fromkeys(_allowed(problem, visit) for visit in problem.visits)
    return {codes: at for at, codes in enumerate(sorted(sets, key=sorted), 1) if codes != everybody}


def _allowed(problem: Problem, visit: Visit) -> frozenset[str]:
    return frozenset(day.code for day in problem.vehicles if day.may_take(visit))


def _vehicle(
    problem: Problem, day: VehicleDay, number: int, skills: dict[frozenset[str], int], base_s: int
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": number,
        "description": day.code,
        "profile": _profile(day.roads),
        **_place(problem, day.depot, "start"),
        "capacity": _amounts(day.capacity),
        "time_window": [base_s + day.from_s, base_s + day.to_s],
        "costs": {
            "fixed": day.fixed_cents,
            "per_hour": day.hour_cents,
            "per_km": round(day.km_cents),
        },
    }
    if not day.open_ended:
        told |= _place(problem, day.depot if day.ends is None else day.ends, "end")
    known = sorted(skill for codes, skill in skills.items() if day.code in codes)
    if known:
        told["skills"] = known
    if day.max_m is not None:
        told["max_distance"] = day.max_m
    if day.pause is not None:
        window = [base_s + day.pause.from_s, base_s + day.pause.to_s]
        pause = {"id": number, "time_windows": [window], "service": day.pause.length_s}
        told["breaks"] = [pause]
    return told


def _job(
    problem: Problem, visit: Visit, number: int, skills: dict[frozenset[str], int], base_s: int
) -> dict[str, Any]:
    job = _task(problem, visit, number, base_s)
    job["pickup" if visit.collect else "delivery"] = _amounts(visit.load)
    return job | _wanted(problem, visit, skills)


def _shipments(
    problem: Problem, jobs: dict[str, int], skills: dict[frozenset[str], int], base_s: int
) -> Iterator[dict[str, Any]]:
    """What is taken at one door and brought to another."""
    for visit in problem.visits:
        if visit.source is not None:
            source = problem.visits[visit.source]
            yield {
                "amount": _amounts(visit.load),
                "pickup": _task(problem, source, jobs[source.shipment], base_s),
                "delivery": _task(problem, visit, jobs[visit.shipment], base_s),
                **_wanted(problem, visit, skills),
            }


def _task(problem: Problem, visit: Visit, number: int, base_s: int) -> dict[str, Any]:
    point = problem.points[visit.place]
    task: dict[str, Any] = {
        "id": number,
        "description": visit.shipment,
        "location": [round(point.longitude, 6), round(point.latitude, 6)],
        "location_index": visit.place,
        "setup": visit.setup_s,
        "service": visit.service_s,
    }
    spans = _open_spans(problem, visit)
    if spans != [(-FAR_S, FAR_S)]:
        task["time_windows"] = [[base_s + opens_s, base_s + last_s] for opens_s, last_s in spans]
    return task


def _open_spans(problem: Problem, visit: Visit) -> list[tuple[int, int]]:
    """When service may start: within the visit's spans, while its door is not shut to everybody.

    VROOM refuses windows that touch each other: those are one. None left is one that never fits.
    """
    everybody = {day.code for day in problem.vehicles}
    spans = list(visit.spans)
    for shut in visit.shut:
        if shut.vehicles >= everybody:
            last_s = shut.from_s - visit.setup_s - visit.service_s
            before = [(opens_s, min(closes_s, last_s)) for opens_s, closes_s in spans]
            after = [(max(opens_s, shut.to_s), closes_s) for opens_s, closes_s in spans]
            spans = [span for span in before + after if span[0] <= span[1]]
    return _joined(spans) or [(FAR_S, FAR_S)]


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for opens_s, closes_s in sorted(spans):
        if joined and opens_s <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(closes_s, joined[-1][1])
        else:
            joined.append((opens_s, closes_s))
    return joined


def _wanted(
    problem: Problem, visit: Visit, skills: dict[frozenset[str], int]
) -> dict[str, list[int]]:
    skill = skills.get(_allowed(problem, visit))
    return {} if skill is None else {"skills": [skill]}


def _place(problem: Problem, place: int, name: str) -> dict[str, Any]:
    point = problem.points[place]
    location = [round(point.longitude, 6), round(point.latitude, 6)]
    return {name: location, f"{name}_index": place}


def _matrix(roads: Roads) -> dict[str, Any]:
    return {"durations": roads.duration_s.tolist(), "distances": roads.distance_m.tolist()}


def _profile(number: int) -> str:
    return f"roads{number}"


def _amounts(load: Load) -> list[int]:
    return [load.weight_g, load.volume_ml, load.parcels]
