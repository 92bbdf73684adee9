"""What if: plan a day under several suppositions, lay the plans side by side."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.domain.reasons import because
from app.domain.tours import PlanState, TourPlan
from app.errors import Stopped, UnknownSubject, WhollyRefused
from app.operations.touring import drafts_of, plan
from app.operations.touring_run import PlanRun
from app.planning.tours.scenarios import DepotClosed, More, Scenario, Without
from app.planning.tours.side_by_side import Measure, Side, moved_between
from app.planning.tours.worker import Solver, SolverProcess
from app.ports import Progress, Stop, never, unheard
from app.workspace import Workspace
from db.fleet import load_vehicles
from db.nodes import load_nodes

#: How long each scenario is searched when nobody says.
SECONDS = 20.0
#: The day as it is, planned anew: without it nobody could tell a change from a longer search.
ANEW = Scenario.of()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one scenario; `stopped` = its search was ended before its time."""

    scenario: Scenario
    run: PlanRun
    side: Side
    moved: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def plan(self) -> TourPlan:
        return self.run.plan


@dataclass(frozen=True, slots=True)
class Comparison:
    """The present plan and the outcomes, in the order in which they were asked for."""

    present: TourPlan
    side: Side
    outcomes: tuple[Outcome, ...] = ()

    @property
    def on(self) -> date:
        return self.present.on

    def outcome(self, name: str) -> Outcome:
        """What came of the scenario of that name.

        Raises:
            UnknownSubject: none is called so.
        """
        found = next((each for each in self.outcomes if each.scenario.name == name), None)
        if found is None:
            raise UnknownSubject("scenario", name)
        return found


Compared = Callable[[Comparison], None]


def unheard_comparison(_comparison: Comparison) -> None:
    """Nobody looks before the end."""


def compare(
    workspace: Workspace,
    on: date,
    scenarios: Iterable[Scenario],
    *,
    seconds: float | None = SECONDS,
    iterations: int | None = None,
    seed: int = 0,
    stop: Stop = never,
    progress: Progress = unheard,
    on_outcome: Compared = unheard_comparison,
    solver: Solver | None = None,
) -> Comparison:
    """Plan the day once for each scenario, one after the other; nothing is written.

    The day as it is comes first, planned anew for as long as each other. Agreed and locked tours
    stay. Stop ends the present search and leaves the others out; what was found is kept.
    `on_outcome` sees the comparison grow.

    Raises:
        UnknownSubject: a change names a vehicle or a node that is not known.
        WhollyRefused: a change would take the vehicle of a tour that is agreed or locked.
        Stopped: Stop was pressed before there was any plan.
        SolverCrashed: the search died before there was any plan.
    """
    wanted = list({each.name: each for each in (ANEW, *scenarios)}.values())
    day = drafts_of(workspace, on)
    _refuse_unknown(workspace, wanted)
    _refuse_bound(workspace, day.plan, wanted)
    measure = Measure.of(day.problem, day.plan)
    made = Comparison(day.plan, measure.side(day.plan))
    watch = _Watch(progress, seconds, len(wanted))
    with _Searching(solver) as search:
        plan_so = partial(
            plan,
            workspace,
            on,
            seconds=seconds,
            iterations=iterations,
            seed=seed,
            stop=stop,
            solver=search,
        )
        for number, scenario in enumerate(wanted):
            try:
                run = plan_so(supposing=scenario, progress=watch.of(number))
            except Stopped:
                if not made.outcomes:
                    raise
                break
            made = _with(made, scenario, run, measure, stopped=stop())
            on_outcome(made)
            if stop():
                break
    return made


def _with(
    made: Comparison, scenario: Scenario, run: PlanRun, measure: Measure, *, stopped: bool
) -> Comparison:
    """The comparison with one outcome more."""
    moved = moved_between(made.present, run.plan)
    found = Outcome(scenario, run, measure.side(run.plan), moved, stopped)
    return replace(made, outcomes=(*made.outcomes, found))


def _refuse_unknown(workspace: Workspace, scenarios: Iterable[Scenario]) -> None:
    vehicles = {vehicle.code for vehicle in workspace.read(load_vehicles)}
    nodes = {node.code for node in workspace.read(load_nodes)}
    for change in (change for each in scenarios for change in each.changes):
        match change:
            case Without(vehicle) | More(vehicle) if vehicle not in vehicles:
                raise UnknownSubject("vehicle", vehicle)
            case DepotClosed(node) if node not in nodes:
                raise UnknownSubject("node", node)


def _refuse_bound(workspace: Workspace, plan: TourPlan, scenarios: Iterable[Scenario]) -> None:
    """Whose tour is agreed or locked drives it: nothing can be supposed of that vehicle."""
    fleet = workspace.read(load_vehicles)
    bound = [tour for tour in plan.tours if tour.locked or tour.state is not PlanState.DRAFT]
    for scenario in scenarios:
        going = {vehicle.code for vehicle in scenario.fleet(fleet) if vehicle.active}
        gone = {vehicle.code for vehicle in fleet if vehicle.active} - going
        for tour in bound:
            if tour.vehicle in gone:
                why = because("scenario_bound", vehicle=tour.vehicle, tour=f"T{tour.number}")
                raise WhollyRefused(why, ())


class _Searching:
    """One warm process for all searches, where the caller has none of its own."""

    def __init__(self, solver: Solver | None) -> None:
        self._solver = solver
        self._process: SolverProcess | None = None

    def __enter__(self) -> Solver:
        if self._solver is not None:
            return self._solver
        self._process = SolverProcess()
        return self._process.solve

    def __exit__(self, *_error: object) -> None:
        if self._process is not None:
            self._process.close()


class _Watch:
    """Tells a person which scenario is searched, and how far all of them are."""

    def __init__(self, progress: Progress, seconds: float | None, count: int) -> None:
        self._progress, self._count = progress, count
        self._tenths = 0 if seconds is None else max(1, round(10 * seconds))

    def of(self, number: int) -> Progress:
        """The progress of one scenario as a part of all of them."""
        before, everything = number * self._tenths, self._count * self._tenths

        def report(done: int, total: int, best: str = "") -> None:
            del total
            self._progress(before + done, everything, f"{number + 1}/{self._count} {best}".strip())

        return report
