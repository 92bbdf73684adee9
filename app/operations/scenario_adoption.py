"""Adopt a what-if: its tours become the day's drafts, as they are driven on the day as it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.acts.tours import SaveTours
from app.domain.journal import Settled
from app.domain.reasons import Reason, because
from app.domain.tours import Tour
from app.errors import MovedOn, WhollyRefused
from app.operations.scenarios import Outcome
from app.operations.touring import Drafts, drafts_of
from app.planning.tours.answer import plan_of
from app.planning.tours.hands import RELOADS, stops_of, visits_of
from app.planning.tours.least_late import least_late
from app.planning.tours.leftover import unplanned
from app.planning.tours.polish import Polish
from app.planning.tours.problem import RELOAD
from app.planning.tours.scenarios import LIKE
from app.planning.tours.settle import Driven, Exact
from app.ports import never
from app.workspace import Workspace
from db.fleet import load_vehicles


@dataclass(frozen=True, slots=True)
class _Broken:
    """A tour that cannot be driven on the day as it is."""

    tour: Tour
    vehicle: int
    visits: tuple[int, ...]


def adopt(workspace: Workspace, outcome: Outcome) -> Settled:
    """Make a scenario's tours the day's drafts, timed on the day as it is, in one entry.

    Raises:
        WhollyRefused: it drives vehicles that there are not, or its tours do not hold on the day
            as it is.
        MovedOn: a shipment or a vehicle went elsewhere since the comparison.
    """
    on, name = outcome.run.on, outcome.scenario.name
    day = drafts_of(workspace, on)
    tours = tuple(tour for tour in outcome.run.drafts.tours if tour.deliveries)
    _refuse_imagined(workspace, name, tours)
    exact = Exact(day.problem)
    driven = dict(_driven_in_truth(day, exact, name, tours))
    left = unplanned(Polish(exact, driven), never)
    found = outcome.run.drafts
    kept = plan_of(day.problem, driven, left, seed=found.seed, iterations=found.iterations)
    return workspace.submit(SaveTours(kept, name))


def _refuse_imagined(workspace: Workspace, name: str, tours: Iterable[Tour]) -> None:
    known = {vehicle.code for vehicle in workspace.read(load_vehicles)}
    imagined = sorted({tour.vehicle for tour in tours} - known)
    if imagined:
        patterns = dict.fromkeys(code.rpartition(LIKE)[0] for code in imagined)
        why = because(
            "scenario_needs_vehicles",
            scenario=name,
            count=len(imagined),
            vehicles=", ".join(imagined),
            like=", ".join(patterns),
        )
        raise WhollyRefused(why, ())


def _driven_in_truth(
    day: Drafts, exact: Exact, name: str, tours: Iterable[Tour]
) -> Iterator[tuple[int, Driven]]:
    """The tours with their vehicles, as they are driven on the day as it is.

    Raises:
        WhollyRefused: some of them cannot be.
    """
    vehicles = {vehicle.code: n for n, vehicle in enumerate(day.problem.vehicles)}
    visits = visits_of(day.problem)
    broken: list[_Broken] = []
    for tour in tours:
        if tour.vehicle not in vehicles:
            raise MovedOn(tour.vehicle)
        vehicle, route = vehicles[tour.vehicle], _route(visits, tour)
        driven = exact.drive(vehicle, route)
        if driven is None:
            broken.append(_Broken(tour, vehicle, route))
        else:
            yield vehicle, driven
    if broken:
        raise WhollyRefused(_does_not_hold(day, name, broken), ())


def _route(visits: Mapping[str, int], tour: Tour) -> tuple[int, ...]:
    for stop in stops_of(tour):
        if stop != RELOADS and stop not in visits:
            raise MovedOn(stop)
    return tuple(RELOAD if stop == RELOADS else visits[stop] for stop in stops_of(tour))


def _does_not_hold(day: Drafts, name: str, broken: Sequence[_Broken]) -> Reason:
    """Which tours break a rule in truth, and which clients' hours would not be kept."""
    tours = ", ".join(f"T{each.tour.number}" for each in broken)
    late = list(dict.fromkeys(order for each in broken for order in _late_orders(day, each)))
    if not late:
        return because("scenario_breaks_rules", scenario=name, tours=tours)
    orders = ", ".join(late)
    return because("scenario_too_late", scenario=name, tours=tours, orders=orders, count=len(late))


def _late_orders(day: Drafts, each: _Broken) -> Iterator[str]:
    """Whom the tour would serve too late, driven as well as it can be."""
    table = least_late(day.problem, day.problem.vehicles[each.vehicle], each.visits)
    for step in () if table is None else table.steps:
        visit = None if step.visit is None else day.problem.visits[step.visit]
        if visit is not None and step.start_s > visit.spans[-1][1] + visit.late_s:
            yield visit.order
