"""Plan a day's tours, judge them, agree on them, take shipments out of them."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.domain.acts.tours import LockTour, SaveTours, SetTourState, Unplan
from app.domain.journal import Settled
from app.domain.orders import ShipmentAtDoor
from app.domain.reasons import Reason, because
from app.domain.tours import PlanState, Tour, TourPlan
from app.errors import UnknownSubject
from app.operations.locks import contradiction
from app.operations.passing import refuse_passing
from app.operations.plan_reading import PlanRead, plan_from_file
from app.operations.tour_facts import facts_of
from app.operations.touring_day import (
    TouringDay,
    as_planned,
    load_day,
    prizes_on,
    problem_on,
    supposed_problem,
    waiting_on,
    wishing,
)
from app.operations.touring_documents import as_document as as_document
from app.operations.touring_documents import verdict_document as verdict_document
from app.operations.touring_run import Judged as Judged
from app.operations.touring_run import PlanRun as PlanRun
from app.operations.touring_watch import Improved, Shown, Watch
from app.planning.tours.bound import bound_of
from app.planning.tours.check import judge
from app.planning.tours.day import homeless
from app.planning.tours.edit import without
from app.planning.tours.evening import nothing_to_share
from app.planning.tours.kept import Keep, with_old_numbers
from app.planning.tours.problem import Problem
from app.planning.tours.scenarios import Scenario
from app.planning.tours.worker import Solver, SolverCrashed, solve_elsewhere
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace
from db.plans import load_plan, tour_of


def plan(
    workspace: Workspace,
    on: date,
    *,
    depot: str | None = None,
    keep: Keep | None = None,
    supposing: Scenario | None = None,
    even_percent: int | None = None,
    compact_percent: int | None = None,
    seconds: float | None = 20,
    iterations: int | None = None,
    seed: int = 0,
    apply: bool = False,
    stop: Stop = never,
    progress: Progress = unheard,
    on_best: Improved = lambda _best: None,
    on_plan: Callable[[TourPlan], None] | None = None,
    solver: Solver = solve_elsewhere,
) -> PlanRun:
    """Suggest tours for the day's home deliveries; with `apply`, keep them as its drafts.

    Agreed and locked tours stay, with their shipments and vehicles. With `depot`, the other depots'
    drafts stay too; with `keep`, stops stay on their vehicles. Stop keeps the best so far. What is
    planned `supposing` that the day were otherwise is for comparing, not for keeping. What the
    tours may cost more to be even, and compact: None = as the policy says.
    `on_plan` is shown the tours of the best so far, now and then, by the thread that waits for the
    search.

    Raises:
        UnknownSubject: there is no such depot.
        Stopped: Stop was pressed before there was any plan.
        SolverCrashed: the search died before there was any plan.
    """
    day = load_day(workspace, on)
    if depot is not None and depot not in {node.code for node in day.nodes}:
        raise UnknownSubject("node", depot)
    elsewhere = tuple(t for t in day.drafts if depot is not None and t.depot != depot)
    standing = (*day.kept, *elsewhere)
    problem = supposed_problem(workspace, day, keep, depot, standing, supposing)
    problem = wishing(problem, even_percent, compact_percent)
    heard = on_best if on_plan is None else Shown(problem, on_best, on_plan).on_best
    watch = Watch(stop, progress, heard, seconds)
    trouble: Reason | None = None
    try:
        found = solver(
            problem,
            seed=seed,
            seconds=seconds,
            iterations=iterations,
            stop=watch.stop,
            on_best=watch.on_best,
        )
    except SolverCrashed as crash:
        if crash.best is None:
            raise
        found, trouble = crash.best, crash.reason
    watch.done()
    free = keep is None and supposing is None  # else the bound would be of another question
    standing_cents = sum(tour.cost_cents for tour in standing)
    bound = bound_of(problem, found, standing_cents=standing_cents) if free else None
    if keep is not None:
        changing = [tour for tour in day.drafts if tour not in elsewhere]
        found = with_old_numbers(found, changing, {tour.number for tour in standing})
    if keep is Keep.VEHICLES:
        waiting, carriers = waiting_on(day, depot), day.plan.left_to_carriers
        found = replace(found, unplanned=(*found.unplanned, *waiting), left_to_carriers=carriers)
    troubles = trouble, contradiction(workspace, on), nothing_to_share(problem, found)
    run = _run(day, depot, found, elsewhere, troubles)
    run = replace(run, curve=tuple(watch.curve), bound=bound)
    if not apply:
        return run
    return _as_kept(workspace, replace(run, entry=workspace.submit(SaveTours(run.drafts)).entry))


@dataclass(frozen=True, slots=True)
class Drafts:
    """A day's plan, those of its tours that planning may change, and the day as they see it."""

    plan: TourPlan
    drafts: tuple[Tour, ...]
    problem: Problem


def drafts_of(workspace: Workspace, on: date) -> Drafts:
    """The day's drafts and what they are planned from, with every lock in it."""
    day = load_day(workspace, on)
    problem = problem_on(workspace, day, None, day.kept)
    return Drafts(day.plan, day.drafts, problem)


def drafts_with(
    workspace: Workspace,
    on: date,
    also: Callable[[Sequence[ShipmentAtDoor]], Iterable[ShipmentAtDoor]],
) -> tuple[Drafts, dict[str, int]]:
    """The drafts, with shipments in the problem that are not there yet.

    `also` makes them from the day's own. Told too is what the cheapest carrier asks for each
    shipment, by its code.
    """
    day = load_day(workspace, on)
    day = replace(day, doors=(*day.doors, *also(day.doors)))
    problem = problem_on(workspace, day, None, day.kept)
    return Drafts(day.plan, day.drafts, problem), prizes_on(workspace, day, day.doors)


def _as_kept(workspace: Workspace, run: PlanRun) -> PlanRun:
    """The run with its tours as they are kept, their revisions with them."""
    kept = {tour.code: tour for tour in workspace.read(load_plan, run.on).tours}
    tours = tuple(kept.get(tour.code, tour) for tour in run.drafts.tours)
    return replace(run, drafts=replace(run.drafts, tours=tours))


def check(workspace: Workspace, *, on: date | None = None, file: Path | None = None) -> Judged:
    """Judge the day's tours as they are kept, or a plan in a file, by the workspace's own facts.

    Raises:
        BadFile: the file is no plan.
    """
    if file is not None:
        read = plan_from_file(file, workspace.zone)
    elif on is not None:
        read = PlanRead(workspace.read(load_plan, on))
    else:
        raise ValueError("either a day or a file is judged")
    verdict = judge(read.plan, facts_of(workspace, read.plan.on))
    said = tuple(v for v in verdict.violations if (v.tour, v.code) not in read.unsaid)
    return Judged(read.plan, replace(verdict, violations=said))


def tours_of(workspace: Workspace, on: date) -> tuple[Tour, ...]:
    """The day's tours as they are kept."""
    return workspace.read(load_plan, on).tours


def set_state(
    workspace: Workspace, on: date, state: PlanState, tours: Collection[str] = ()
) -> Settled:
    """Validate, publish or close tours of a day, all that can be when none is named.

    A tour is named by its code, or by its number of that day: `T3`.

    Raises:
        UnknownSubject: there is no such tour.
        AlreadyAgreed: a tour that was named cannot go there from where it is.
        WhollyRefused: a draft passes through a zone closed to its vehicle, and the rules mind.
    """
    codes = tuple(_code(on, tour) for tour in tours)
    if state is PlanState.VALIDATED:
        kept = workspace.read(load_plan, on).tours
        drafts = [tour for tour in kept if tour.state is PlanState.DRAFT]
        refuse_passing(workspace, [t for t in drafts if not codes or t.code in codes])
    return workspace.submit(SetTourState(on, state, codes))


def lock(workspace: Workspace, tour: str, *, locked: bool = True) -> Settled:
    """Keep a tour from being planned anew, or free it."""
    return workspace.submit(LockTour(tour, locked))


def unplan(workspace: Workspace, shipments: Collection[str]) -> tuple[Settled, ...]:
    """Take shipments out of their draft tours, one entry a day; the rest is timed again.

    Raises:
        UnknownSubject: a shipment is in no tour.
        AlreadyAgreed: its tour is validated or further.
    """
    settled = []
    for on, together in sorted(_by_day(workspace, shipments).items()):
        day = load_day(workspace, on, everything=True)
        rest = without(day.plan, together, as_planned(workspace, day))
        settled.append(workspace.submit(Unplan(tuple(sorted(together)), rest)))
    return tuple(settled)


def _run(
    day: TouringDay,
    depot: str | None,
    found: TourPlan,
    elsewhere: tuple[Tour, ...],
    troubles: Iterable[Reason | None],
) -> PlanRun:
    """The run with everything that stays beside what was found."""
    nodes = {door.shipment.code: door.shipment.node for door in day.doors}
    told = {left.shipment for left in found.unplanned}  # goods that the depot fetches elsewhere
    told |= {stop.shipment for tour in found.tours for stop in tour.deliveries}
    others = tuple(
        left
        for left in day.plan.unplanned
        if depot is not None
        and nodes.get(left.shipment, depot) != depot
        and left.shipment not in told
    )
    drafts = replace(
        found,
        tours=(*found.tours, *elsewhere),
        unplanned=(*found.unplanned, *others),
        left_to_carriers=found.left_to_carriers if depot is None else day.plan.left_to_carriers,
    )
    notes = [*homeless(day.vehicles, day.nodes)]
    if depot is not None and depot not in {v.depot for v in day.vehicles if v.active}:
        notes.append(because("no_vehicles_at", node=depot))
    notes += [trouble for trouble in troubles if trouble is not None]
    zones = tuple((node.code, node.timezone) for node in day.nodes)
    return PlanRun(day.on, drafts, day.kept, tuple(notes), zones)


def _by_day(workspace: Workspace, shipments: Collection[str]) -> dict[date, set[str]]:
    by_day: dict[date, set[str]] = {}
    for shipment in shipments:
        found = workspace.read(tour_of, shipment)
        if found is None:
            raise UnknownSubject("shipment", shipment)
        by_day.setdefault(found[0].on, set()).add(shipment)
    return by_day


def _code(on: date, tour: str) -> str:
    return f"{on.isoformat()}-{tour}" if re.fullmatch(r"T\d+", tour) else tour
