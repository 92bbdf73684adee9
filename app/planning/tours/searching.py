"""How a search for moves runs in a process of its own: the window never waits for it."""

import multiprocessing
import signal
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from app.planning.tours.worker import SolverCrashed
from app.ports import Stop, never

#: How often Stop is asked, and how long past its time the search may take.
ASKED_EVERY_S, GRACE_S = 0.03, 30.0

T = TypeVar("T")


#: A function of a module, which the other process imports: the question, when it is enough, and
#: who hears of each move.
Search = Callable[[Any, Stop, Callable[[int], object]], T]


def searched_elsewhere(
    search: Search[T],
    question: Any,
    *,
    seconds: float | None = None,
    stop: Stop = never,
    on_move: Callable[[int], object] = lambda _count: None,
) -> T:
    """What the search finds within so many seconds; Stop keeps what was found.

    Raises:
        SolverCrashed: the process died, or did not end in time.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    stopped = spawn.Event()
    process = spawn.Process(target=_answer, args=(there, stopped), name="regie-moves", daemon=True)
    process.start()
    there.close()
    until = None if seconds is None else time.monotonic() + seconds + GRACE_S
    try:
        here.send((search, question, seconds))
        while True:
            if here.poll(ASKED_EVERY_S):
                kind, said = here.recv()
                if kind == "done":
                    found: T = said
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
    try:
        search, question, seconds = pipe.recv()
        until = None if seconds is None else time.monotonic() + seconds

        def enough() -> bool:
            return stopped.is_set() or (until is not None and time.monotonic() >= until)

        found = search(question, enough, lambda count: pipe.send(("moves", count)))
        pipe.send(("done", found))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception:  # noqa: BLE001 - told whole to the other end, which raises it
        pipe.send(("fault", traceback.format_exc()))
