"""How driven tours become the day's plan: numbered, timed in instants, with money and carbon."""

from collections.abc import Mapping, Sequence

from app.domain.tours import Stop, Tour, TourPlan, Unplanned
from app.domain.values import Load, Window
from app.planning.tours.pricing import tour_cents, tour_co2e_g
from app.planning.tours.problem import Problem, Visit
from app.planning.tours.settle import Driven
from app.planning.tours.timetable import Step, Timetable


def plan_of(
    problem: Problem,
    tours: Mapping[int, Driven],
    unplanned: Sequence[Unplanned] = (),
    *,
    seed: int = 0,
    iterations: int = 0,
) -> TourPlan:
    """The plan of these tours, numbered by depot, then start, then vehicle."""
    order = sorted(
        tours,
        key=lambda v: (problem.vehicles[v].depot, tours[v].table.start_s, problem.vehicles[v].code),
    )
    numbers = _free_numbers(problem, len(order))
    return TourPlan(
        problem.on,
        tuple(
            tour_of(problem, vehicle, tours[vehicle].table, number)
            for vehicle, number in zip(order, numbers, strict=True)
        ),
        tuple(sorted((*problem.set_aside, *unplanned), key=lambda left: left.shipment)),
        problem.left_to_carriers,
        problem.method,
        seed,
        iterations,
    )


def _free_numbers(problem: Problem, count: int) -> list[int]:
    """So many tour numbers from 1 on that the day has not used yet."""
    longest = count + len(problem.taken)
    return [n for n in range(1, longest + 1) if n not in problem.taken][:count]


def tour_of(problem: Problem, vehicle: int, table: Timetable, number: int) -> Tour:
    """A timetable as a tour."""
    day = problem.vehicles[vehicle]
    steps = table.steps
    visits = [step.visit for step in steps if step.visit is not None]
    loaded = [visit for visit in visits if problem.visits[visit].from_depot]
    return Tour(
        code=f"{problem.on.isoformat()}-T{number}",
        number=number,
        on=problem.on,
        vehicle=day.code,
        depot=problem.depots[day.depot],
        stops=tuple(_stop(problem, step) for step in steps),
        load=problem.total_load(loaded),
        distance_m=table.distance_m,
        drive_s=table.drive_s,
        cost_cents=tour_cents(day, table.distance_m, table.work_s),
        co2e_g=tour_co2e_g(day, table.distance_m),
        emission_level=day.emission_level,
    )


def _stop(problem: Problem, step: Step) -> Stop:
    visit = problem.visits[step.visit] if step.visit is not None else None
    return Stop(
        kind=step.kind,
        point=problem.points[step.place],
        arrival=problem.instant(step.arrival_s),
        start=problem.instant(step.start_s),
        departure=problem.instant(step.departure_s),
        order=visit.order if visit else "",
        shipment=visit.shipment if visit else "",
        window=_window(problem, visit, step.start_s) if visit else None,
        load=visit.load if visit else Load(),
        distance_m=step.distance_m,
        drive_s=step.drive_s,
    )


def _window(problem: Problem, visit: Visit, start_s: int) -> Window | None:
    """The window that service starts in, or is late for: of several the last that has opened."""
    opened = [span for span in visit.spans if span[0] <= start_s]
    if visit.window is None or not opened or opened[-1] == (visit.opens_s, visit.closes_s):
        return visit.window
    opens_s, closes_s = opened[-1]
    return Window(problem.instant(opens_s), problem.instant(closes_s))
