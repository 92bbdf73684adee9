"""Plan a day's tours, judge them, agree on them, take shipments out of them."""

import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app import formats
from app.domain.fleet import Vehicle
from app.domain.journal import LockTour, SaveTours, Settled, SetTourState, Unplan
from app.domain.nodes import StockNode
from app.domain.orders import Shipment, ShipmentAtDoor, ShipmentState
from app.domain.policy import Policy, TouringPolicy
from app.domain.reasons import Reason, because
from app.domain.tours import PlanState, Tour, TourPlan, Unplanned
from app.domain.zones import AccessZone
from app.errors import UnknownSubject
from app.i18n import n_
from app.operations.closed_doors import with_closed_doors
from app.operations.communes import insee_finder
from app.operations.locks import contradiction
from app.operations.passing import refuse_passing
from app.operations.plan_reading import PlanRead, plan_from_file
from app.operations.roads import travel_times
from app.operations.tour_doors import toured_doors
from app.operations.tour_facts import agreed_times, facts_of
from app.operations.touring_documents import as_document as as_document
from app.operations.touring_documents import verdict_document as verdict_document
from app.operations.touring_run import CurvePoint
from app.operations.touring_run import Judged as Judged
from app.operations.touring_run import PlanRun as PlanRun
from app.planning.carriage.choice import cheapest_quotes
from app.planning.tours.bound import bound_of
from app.planning.tours.check import judge
from app.planning.tours.day import homeless, problem_of
from app.planning.tours.edit import without
from app.planning.tours.evening import nothing_to_share
from app.planning.tours.fetching import Fetch, fetch_of
from app.planning.tours.improvement import Improvement, ToursSoFar
from app.planning.tours.kept import Keep, kept_to_vehicles, with_old_numbers
from app.planning.tours.local_notes import off_days
from app.planning.tours.locked import with_locks
from app.planning.tours.problem import Problem
from app.planning.tours.scenarios import Scenario
from app.planning.tours.transfers import rides_on_tours
from app.planning.tours.worker import Solver, SolverCrashed, solve_elsewhere
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace
from db.bookings import load_choices
from db.fleet import load_access_zones, load_vehicles
from db.locks import load_locks
from db.nodes import load_nodes
from db.notes import load_notes
from db.orders import load_doors
from db.panel import load_panel
from db.plans import load_plan, planned_tours, tour_of

Improved = Callable[[Improvement], None]
#: The tours of the best so far are shown at most so often.
SHOWN_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it is kept: its plan, its fleet, and the shipments that want a tour."""

    on: date
    policy: Policy
    plan: TourPlan
    vehicles: tuple[Vehicle, ...]
    nodes: tuple[StockNode, ...]
    doors: tuple[ShipmentAtDoor, ...]
    zones: tuple[AccessZone, ...]

    @property
    def kept(self) -> tuple[Tour, ...]:
        """Tours that planning leaves alone: agreed or locked."""
        return tuple(t for t in self.plan.tours if t.locked or t.state is not PlanState.DRAFT)

    @property
    def fetch(self) -> Fetch:
        """Which goods come aboard on the way."""
        return fetch_of(self.policy.touring, self.vehicles, self.nodes)

    @property
    def drafts(self) -> tuple[Tour, ...]:
        """Tours that planning replaces."""
        return tuple(t for t in self.plan.tours if not t.locked and t.state is PlanState.DRAFT)


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
    day = _load(workspace, on)
    if depot is not None and depot not in {node.code for node in day.nodes}:
        raise UnknownSubject("node", depot)
    elsewhere = tuple(t for t in day.drafts if depot is not None and t.depot != depot)
    standing = (*day.kept, *elsewhere)
    problem = _supposed_problem(workspace, day, keep, depot, standing, supposing)
    problem = _wishing(problem, even_percent, compact_percent)
    heard = on_best if on_plan is None else _Shown(problem, on_best, on_plan).on_best
    watch = _Watch(stop, progress, heard, seconds)
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
        waiting, carriers = _waiting(day, depot), day.plan.left_to_carriers
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
    day = _load(workspace, on)
    problem = _problem(workspace, day, None, day.kept)
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
    day = _load(workspace, on)
    day = replace(day, doors=(*day.doors, *also(day.doors)))
    problem = _problem(workspace, day, None, day.kept)
    return Drafts(day.plan, day.drafts, problem), _prizes(workspace, day, day.doors)


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
        day = _load(workspace, on, everything=True)
        rest = without(day.plan, together, _as_planned(workspace, day))
        settled.append(workspace.submit(Unplan(tuple(sorted(together)), rest)))
    return tuple(settled)


def _load(workspace: Workspace, on: date, *, everything: bool = False) -> _Day:
    """The day; with `everything` all doors of its tours, whatever their windows say."""
    policy = workspace.policy()
    kept = workspace.read(load_plan, on)
    doors = workspace.read(load_doors, policy, workspace.zone, None if everything else on)
    doors = toured_doors(workspace, doors, on)
    if everything:
        inside = {stop.shipment for tour in kept.tours for stop in tour.deliveries}
        doors = [door for door in doors if door.shipment.code in inside]
    else:
        doors = _wanting(workspace, doors, kept, policy.touring)
    return _Day(
        on,
        policy,
        kept,
        tuple(workspace.read(load_vehicles)),
        tuple(workspace.read(load_nodes)),
        tuple(doors),
        tuple(workspace.read(load_access_zones)),
    )


def _wanting(
    workspace: Workspace, doors: Iterable[ShipmentAtDoor], kept: TourPlan, policy: TouringPolicy
) -> list[ShipmentAtDoor]:
    """What a tour of this day may take: not booked, not agreed elsewhere."""
    replaced = {t.code for t in kept.tours if not t.locked and t.state is PlanState.DRAFT}
    tour_by_shipment = workspace.read(planned_tours)
    by_hand = {code for code, choice in workspace.read(load_choices).items() if choice.override}

    def may(door: ShipmentAtDoor) -> bool:
        shipment = door.shipment
        if not rides_on_tours(door, policy):
            return False
        match shipment.state:
            case ShipmentState.RESERVED:
                return True
            case ShipmentState.PLANNED:
                return tour_by_shipment.get(shipment.code) in replaced
            case ShipmentState.CARRIER_CHOSEN:
                return shipment.code not in by_hand
        return False

    return [door for door in doors if may(door)]


def _problem(
    workspace: Workspace, day: _Day, depot: str | None, standing: Collection[Tour]
) -> Problem:
    """The day as the solver sees it, with the carriers' prices as prizes."""
    carried = {stop.shipment for tour in standing for stop in tour.deliveries}
    fetch = day.fetch
    doors = [
        door
        for door in day.doors
        if door.shipment.code not in carried and _of_depot(door.shipment, depot, fetch)
    ]
    off = off_days(doors, workspace.read(load_notes), day.on)
    waiting = {left.shipment for left in off}
    problem = problem_of(
        [door for door in doors if door.shipment.code not in waiting],
        [vehicle for vehicle in day.vehicles if depot in (None, vehicle.depot)],
        day.nodes,
        travel_times(workspace),
        day.policy,
        day.on,
        workspace.zone,
        prizes=_prizes(workspace, day, doors),
        busy={tour.vehicle for tour in standing},
        taken={tour.number for tour in standing},
        not_before=_under_way(workspace, day.on),
        fetch=fetch,
    )
    problem = replace(problem, set_aside=(*problem.set_aside, *off))
    return with_locks(
        with_closed_doors(workspace, problem, doors, day.vehicles, day.zones, day.policy),
        workspace.read(load_locks, day.on),
        groups={door.shipment.code: door.group for door in day.doors},
        riding={stop.shipment: tour.vehicle for tour in standing for stop in tour.deliveries},
    )


def _of_depot(shipment: Shipment, depot: str | None, fetch: Fetch) -> bool:
    """Whether vehicles of this depot may bring it; without a depot all may."""
    if depot is None or shipment.node == depot:
        return True
    return depot in fetch.may_start_from(shipment, (depot,))


def _kept_problem(
    workspace: Workspace,
    day: _Day,
    keep: Keep | None,
    depot: str | None,
    standing: Collection[Tour],
) -> Problem:
    """The same with the stops of drafts kept to their vehicles, where that is wanted."""
    if keep is None:
        return _problem(workspace, day, depot, standing)
    if keep is Keep.VEHICLES:
        riding = {stop.shipment for tour in day.drafts for stop in tour.deliveries}
        doors = tuple(door for door in day.doors if door.shipment.code in riding)
        day = replace(day, doors=doors)
    return kept_to_vehicles(_problem(workspace, day, depot, standing), day.drafts)


def _supposed_problem(
    workspace: Workspace,
    day: _Day,
    keep: Keep | None,
    depot: str | None,
    standing: Collection[Tour],
    supposing: Scenario | None,
) -> Problem:
    """The same on a day that is otherwise, where one is supposed."""
    if supposing is None:
        return _kept_problem(workspace, day, keep, depot, standing)
    otherwise = replace(
        day,
        vehicles=supposing.fleet(day.vehicles),
        doors=supposing.doors(day.doors),
        zones=supposing.zones(day.zones),
    )
    problem = _kept_problem(workspace, otherwise, keep, depot, standing)
    return supposing.problem(problem, day.doors)


def _wishing(problem: Problem, even: int | None, compact: int | None) -> Problem:
    """The problem with what a person wishes this once, in per cent, in the policy's place."""
    return replace(
        problem,
        even_percent=problem.even_percent if even is None else even,
        compact_percent=problem.compact_percent if compact is None else compact,
    )


def _waiting(day: _Day, depot: str | None) -> tuple[Unplanned, ...]:
    """What was left out of the day's tours where they were planned now."""
    nodes = {door.shipment.code: door.shipment.node for door in day.doors}
    left = day.plan.unplanned
    return tuple(one for one in left if depot is None or nodes.get(one.shipment, depot) == depot)


def _under_way(workspace: Workspace, on: date) -> datetime | None:
    """The present moment when that day is today; other days are planned, or replayed, whole."""
    now = workspace.now()
    return now if now.astimezone(workspace.zone).date() == on else None


def _prizes(workspace: Workspace, day: _Day, doors: Collection[ShipmentAtDoor]) -> dict[str, int]:
    panel = workspace.read(load_panel)
    with insee_finder(panel) as insee_of:
        quotes = cheapest_quotes(
            doors,
            panel,
            day.policy,
            day.on,
            now=workspace.now(),
            nodes=day.nodes,
            insee_of=insee_of,
        )
    return {shipment: quote.total_cents for shipment, quote in quotes.items()}


def _run(
    day: _Day,
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


def _as_planned(workspace: Workspace, day: _Day) -> Problem:
    """The day's planned shipments and their vehicles, whatever has changed about them since."""
    lenient = replace(day.policy, touring=replace(day.policy.touring, min_place_score=0.0))
    problem = problem_of(
        day.doors,
        [replace(vehicle, active=True) for vehicle in day.vehicles],
        day.nodes,
        travel_times(workspace),
        lenient,
        day.on,
        workspace.zone,
        fetch=fetch_of(lenient.touring, day.vehicles, day.nodes, day.plan.tours),
    )
    return with_locks(problem, agreed_times(workspace, day.on))


def _code(on: date, tour: str) -> str:
    return f"{on.isoformat()}-{tour}" if re.fullmatch(r"T\d+", tour) else tour


class _Shown:
    """Shows the tours of improvements, no more often than an eye can follow."""

    def __init__(
        self, problem: Problem, on_best: Improved, on_plan: Callable[[TourPlan], None]
    ) -> None:
        self._so_far = ToursSoFar(problem)
        self._heard, self._on_plan = on_best, on_plan
        self._shown_at = -SHOWN_EVERY_S

    def on_best(self, best: Improvement) -> None:
        self._heard(best)
        now = time.monotonic()
        if now - self._shown_at >= SHOWN_EVERY_S:
            self._shown_at = now
            self._on_plan(self._so_far.plan(best))


class _Watch:
    """Tells a person how the search goes: time passed, and the best plan in a few words."""

    def __init__(
        self, stop: Stop, progress: Progress, on_best: Improved, seconds: float | None
    ) -> None:
        self._stop, self._progress, self._heard = stop, progress, on_best
        self._tenths = 0 if seconds is None else max(1, round(10 * seconds))
        self._best = ""
        self._since = time.monotonic()
        self.curve: list[CurvePoint] = []

    def stop(self) -> bool:
        """Asked all the time by the search: a good moment to say how far it is."""
        self._report()
        return self._stop()

    def on_best(self, best: Improvement) -> None:
        self.curve.append(
            CurvePoint(best.seconds, best.cost_cents, best.worth_cents, best.unplanned)
        )
        count = len(best.routes)
        self._best = n_(
            "{tours} tour, {cost}, {left} left out", "{tours} tours, {cost}, {left} left out", count
        ).format(
            tours=formats.number(count),
            cost=formats.whole_money(best.cost_cents),
            left=formats.number(best.unplanned),
        )
        self._report()
        self._heard(best)

    def done(self) -> None:
        """The search has ended, be it before its time."""
        self._progress(self._tenths, self._tenths, self._best)

    def _report(self) -> None:
        passed = round(10 * (time.monotonic() - self._since))
        self._progress(min(passed, self._tenths), self._tenths, self._best)
