"""How tours are solved in processes of their own: the window never waits, a crash costs one run.

The solver is spawned once and stays warm; it gets problems and sends improvements through a pipe.
Where there are two processors or more, a helper stands by it: the two share each search through a
pipe of their own, and a helper that dies costs but what it was at. Both end with whoever started
them, the moment that the other end of their pipe is gone. Nothing of the solver is imported on this
side.
"""

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.tours import TourPlan
from app.errors import EnvironmentProblem, Stopped
from app.planning.tours.improvement import Improvement, OnBest, plan_so_far, unheard_best
from app.planning.tours.problem import Problem
from app.ports import Stop, never

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Clock = Callable[[], float]
"""Tells the seconds of a search: by the wall, or by the processor's work."""

#: How often Stop is asked, and how long the search may take to end after it.
ASKED_EVERY_S = 0.03
PATIENCE_S = 0.2
#: How long past its time a search may take to make its plan exact and explain it.
GRACE_S = 10.0


class SolverCrashed(EnvironmentProblem):
    """The search died; `best` is the plan it had found until then, if any."""

    def __init__(self, detail: str, best: TourPlan | None) -> None:
        super().__init__("solver_crashed", detail=detail)
        self.best = best


class Solver(Protocol):
    """Finds tours for a problem; `solve_elsewhere` and `SolverProcess.solve` do."""

    def __call__(
        self,
        problem: Problem,
        *,
        seed: int,
        seconds: float | None,
        iterations: int | None,
        stop: Stop,
        on_best: OnBest,
    ) -> TourPlan: ...


def solve_elsewhere(
    problem: Problem,
    *,
    seed: int = 0,
    seconds: float | None = None,
    iterations: int | None = None,
    stop: Stop = never,
    on_best: OnBest = unheard_best,
) -> TourPlan:
    """Solve in a process that is there for this problem alone.

    Raises:
        SolverCrashed: the process died; what it had found is kept with the error.
        Stopped: a person pressed Stop before there was any plan.
    """
    with SolverProcess() as process:
        return process.solve(
            problem,
            seed=seed,
            seconds=seconds,
            iterations=iterations,
            stop=stop,
            on_best=on_best,
        )


class SolverProcess:
    """A warm process that solves one problem after the other; `close` ends it."""

    def __init__(self, *, clock: Clock = time.monotonic, helped: bool | None = None) -> None:
        """`clock` measures the seconds of a search; `helped` None = where processors allow it."""
        self._spawn = multiprocessing.get_context("spawn")
        self._one_at_a_time = threading.Lock()
        self._clock = clock
        self._helped = (os.cpu_count() or 1) > 1 if helped is None else helped
        self._process: SpawnProcess | None = None
        self._helper: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._stop: Event | None = None

    def __enter__(self) -> "SolverProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        return self._process.pid if self._process is not None else None

    @property
    def helper_pid(self) -> int | None:
        """The number of the process that helps it, None while there is none."""
        return self._helper.pid if self._helper is not None else None

    def warm(self) -> None:
        """Start the process, so that the next problem need not wait for it."""
        if self._whole():
            return
        self._discard()
        here, there = self._spawn.Pipe()
        ours, theirs = self._spawn.Pipe() if self._helped else (None, None)
        self._stop = self._spawn.Event()
        self._process = self._started(_serve, there, self._stop, ours, self._clock)
        there.close()
        self._pipe = here
        if ours is not None and theirs is not None:
            self._helper = self._started(_help, theirs)
            ours.close()  # else neither would see the other end
            theirs.close()

    def _started(self, target: Callable[..., None], *words: Any) -> "SpawnProcess":
        process = self._spawn.Process(target=target, args=words, name="regie-tours", daemon=True)
        process.start()
        return process

    def _whole(self) -> bool:
        """The process is there, and its helper where there should be one."""
        wanted = [self._process, self._helper] if self._helped else [self._process]
        return all(process is not None and process.is_alive() for process in wanted)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._discard()

    def solve(
        self,
        problem: Problem,
        *,
        seed: int = 0,
        seconds: float | None = None,
        iterations: int | None = None,
        stop: Stop = never,
        on_best: OnBest = unheard_best,
    ) -> TourPlan:
        """Solve there, hearing of improvements here; the best is kept whatever happens.

        Raises:
            SolverCrashed: the process died; what it had found is kept with the error.
            Stopped: a person pressed Stop before there was any plan.
        """
        with self._one_at_a_time:
            self.warm()
            patient = None if self._clock is not time.monotonic else seconds
            talk = _Talk(problem, seed, patient, stop, on_best)
            try:
                plan = self._talk(talk, (problem, seed, seconds, iterations))
            except BaseException:
                self._discard()
                raise
            if talk.given_up:
                self._discard()
            return plan

    def _talk(self, talk: "_Talk", question: tuple[Any, ...]) -> TourPlan:
        pipe, process, stop = self._pipe, self._process, self._stop
        if pipe is None or process is None or stop is None:
            raise RuntimeError("the solver's process was closed while it was asked")
        stop.clear()
        try:
            pipe.send(question)
            while True:
                if pipe.poll(ASKED_EVERY_S):
                    answer = talk.heard(*pipe.recv())
                elif not process.is_alive():
                    raise EOFError
                else:
                    answer = talk.too_late()
                if answer is not None:
                    return answer
                if talk.wants_to_stop():
                    stop.set()
        except (EOFError, OSError) as gone:
            process.join(1)
            raise talk.crashed(f"exit status {process.exitcode}") from gone

    def _discard(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        for process in (self._process, self._helper):
            if process is not None:
                process.kill()
                process.join()
                process.close()
        self._pipe = self._process = self._helper = self._stop = None


class _Talk:
    """One question to the process: what it said so far, and how long we still wait."""

    def __init__(
        self, problem: Problem, seed: int, seconds: float | None, stop: Stop, on_best: OnBest
    ) -> None:
        self._problem, self._seed, self._stop, self._on_best = problem, seed, stop, on_best
        self._until = None if seconds is None else time.monotonic() + seconds + GRACE_S
        self._best: Improvement | None = None
        self._stopped_at: float | None = None
        self.given_up = False

    def heard(self, kind: str, said: Any) -> TourPlan | None:
        """The plan if that is what the process said; improvements are passed on."""
        if kind == "plan":
            plan: TourPlan = said
            return plan
        if kind == "fault":
            raise self.crashed(str(said))
        self._best = said
        self._on_best(said)
        return None

    def wants_to_stop(self) -> bool:
        if self._stopped_at is None and self._stop():
            self._stopped_at = time.monotonic()
        return self._stopped_at is not None

    def too_late(self) -> TourPlan | None:
        """The best so far once the process has had its time and more."""
        now = time.monotonic()
        stopped = self._stopped_at is not None and now - self._stopped_at > PATIENCE_S
        if not stopped and (self._until is None or now < self._until):
            return None
        self.given_up = True
        if self._best is None:
            raise Stopped
        return plan_so_far(self._problem, self._best, self._seed)

    def crashed(self, detail: str) -> SolverCrashed:
        best = self._best
        kept = None if best is None else plan_so_far(self._problem, best, self._seed)
        return SolverCrashed(detail, kept)


def _serve(pipe: Connection, stop: Event, helper: Connection | None, clock: Clock) -> None:
    """What the process does: answer problems until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever asked; they say Stop
    from app.planning.tours.crew import Called  # heavy, and only wanted here
    from app.planning.tours.solver import solve

    while True:
        try:
            problem, seed, seconds, iterations = pipe.recv()
        except (EOFError, OSError):
            return
        gone = Called(pipe)
        try:
            plan = solve(
                problem,
                stop=lambda: stop.is_set() or gone(),  # noqa: B023 - asked in this turn alone
                seed=seed,
                on_best=lambda best: pipe.send(("best", best)),
                seconds=seconds,
                iterations=iterations,
                helper=helper,
                clock=clock,
            )
            pipe.send(("plan", plan))
        except (BrokenPipeError, ConnectionResetError):
            return
        except Exception:  # noqa: BLE001 - told whole to the other end, which raises it
            pipe.send(("fault", traceback.format_exc()))


def _help(pipe: Connection) -> None:
    """What the helper does, until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from app.planning.tours.crew import help_out  # heavy, and only wanted here

    help_out(pipe)
