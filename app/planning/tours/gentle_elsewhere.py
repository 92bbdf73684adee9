"""How few moves are looked for in a process of their own: the window never waits for them."""

import multiprocessing
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import TypeAlias

from app.domain.tours import Tour, TourPlan
from app.planning.tours.gentle import Budget, Suggestion
from app.planning.tours.problem import Problem
from app.planning.tours.worker import SolverCrashed
from app.ports import Stop, never

#: How often Stop is asked, and how long past its time the search may take.
ASKED_EVERY_S, GRACE_S = 0.03, 10.0

_Question: TypeAlias = tuple[Problem, TourPlan, Sequence[Tour], Budget, float | None]


def gentle_elsewhere(
    problem: Problem,
    plan: TourPlan,
    drafts: Sequence[Tour],
    budget: Budget,
    *,
    seconds: float | None = None,
    stop: Stop = never,
    on_move: Callable[[int], object] = lambda _count: None,
) -> Suggestion:
    """The moves that gain most, found within so many seconds; Stop keeps those found.

    Raises:
        SolverCrashed: the process died, or did not end in time.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    stopped = spawn.Event()
    question = (problem, plan, drafts, budget, seconds)
    process = spawn.Process(target=_answer, args=(there, stopped), name="regie-gentle", daemon=True)
    process.start()
    there.close()
    until = None if seconds is None else time.monotonic() + seconds + GRACE_S
    try:
        here.send(question)
        while True:
            if here.poll(ASKED_EVERY_S):
                kind, said = here.recv()
                if kind == "done":
                    found: Suggestion = said
                    return found
                if kind == "fault":
                    raise SolverCrashed(str(said), None)
                on_move(said)
            if stop():
                stopped.set()
            if until is not None and time.monotonic() > until:
                raise SolverCrashed("the search did not end", None)
    except (EOFError, OSError) as gone:
        process.join(1)
        raise SolverCrashed(f"exit status {process.exitcode}", None) from gone
    finally:
        here.close()
        process.kill()
        process.join()
        process.close()


def _answer(pipe: Connection, stopped: Event) -> None:
    """What the process does: find the moves of one day, telling how many there are."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever asked; they say Stop
    from app.planning.tours.gentle_search import gentle_moves  # heavy, and only wanted here

    try:
        question: _Question = pipe.recv()
        problem, plan, drafts, budget, seconds = question
        until = None if seconds is None else time.monotonic() + seconds

        def enough() -> bool:
            return stopped.is_set() or (until is not None and time.monotonic() >= until)

        found = gentle_moves(
            problem,
            plan,
            drafts,
            budget,
            enough=enough,
            on_move=lambda count: pipe.send(("moves", count)),
        )
        pipe.send(("done", found))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception:  # noqa: BLE001 - told whole to the other end, which raises it
        pipe.send(("fault", traceback.format_exc()))
