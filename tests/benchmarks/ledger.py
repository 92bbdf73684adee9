"""How fast a big day is settled: `python -m tests.benchmarks.ledger [--orders N] [--nodes N]`.

The demonstration's day: taken in, suggested, reserved, read as the window does for the first time
and again, undone and redone. Processor seconds, so that a busy machine does not count, and by the
clock.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from app.domain.acts.orders import ApplySourcing
from app.jobs import tune_interpreter
from app.operations.demonstration import DEFAULT_DAY, Size, opening_of
from app.operations.sourcing import source
from app.operations.whole_day import fill_with_demonstration
from app.workspace import Workspace
from db.queries.board import load_board

T = TypeVar("T")
VEHICLES = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--orders", type=int, default=5_000)
    parser.add_argument("--nodes", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    tune_interpreter()
    with tempfile.TemporaryDirectory(prefix="regie-") as folder:
        figures = measured(Path(folder), Size(asked.orders, asked.nodes, VEHICLES))
    width = max(map(len, figures)) + 2
    text = "\n".join(f"{name:{width}}{value:10.2f}" for name, value in figures.items())
    print(json.dumps(figures) if asked.json else text)  # noqa: T201


def measured(folder: Path, size: Size) -> dict[str, float]:
    """Seconds of each step, and the megabytes that the day takes on disk."""
    figures: dict[str, float] = {"load_average": os.getloadavg()[0]}

    def timed(name: str, act: Callable[[], T]) -> T:
        clock, processor = perf_counter(), process_time()
        answer = act()
        figures[f"{name}_cpu_s"] = round(process_time() - processor, 2)
        figures[f"{name}_s"] = round(perf_counter() - clock, 2)
        return answer

    with Workspace.open(folder, clock=lambda: opening_of(DEFAULT_DAY)) as workspace:

        def board() -> object:
            return workspace.read(load_board, workspace.policy(), workspace.zone, DEFAULT_DAY)

        timed("import", lambda: fill_with_demonstration(workspace, DEFAULT_DAY, 1, size))
        run = timed("suggest", lambda: source(workspace))
        timed("apply", lambda: workspace.submit(ApplySourcing(run.decisions)))
        timed("board", board)
        timed("board_again", board)
        timed("undo", workspace.undo)
        timed("redo", workspace.redo)
    for name in ("mirror", "work"):
        figures[f"{name}_mb"] = round((folder / f"{name}.db").stat().st_size / 1e6, 1)
    return figures


if __name__ == "__main__":
    main()
