"""Write a day's problem and tours in VROOM's JSON, for whoever solves or compares with it."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.connectors.durable_files import prepare_folder, write_durably
from app.operations.hand import hands_of
from app.planning.tours.vroom_problem import vroom_problem
from app.reports.vroom_plan import solution
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class VroomFiles:
    """What was written: the problem as VROOM reads one, the tours as it writes a solution."""

    on: date
    problem: Path
    solution: Path
    jobs: int
    routes: int


def export_vroom(workspace: Workspace, on: date, out: Path) -> VroomFiles:
    """Write `<day>-vroom-problem.json` and `<day>-vroom-solution.json` of the tours as kept.

    Raises:
        EnvironmentProblem: the folder cannot be written, or the disk is full.
    """
    folder = out.absolute()
    hands = hands_of(workspace, on)
    told = vroom_problem(hands.problem)
    plan = solution(hands.plan, told.jobs, told.vehicles)
    prepare_folder(folder)
    files = [folder / f"{on.isoformat()}-vroom-{name}.json" for name in ("problem", "solution")]
    for file, document in zip(files, (told.document, plan), strict=True):
        write_durably(file, _bytes(document))
    return VroomFiles(on, files[0], files[1], len(told.jobs), len(plan["routes"]))


def as_document(files: VroomFiles) -> dict[str, Any]:
    """The run as the command line tells machines."""
    return {
        "date": files.on.isoformat(),
        "files": [str(files.problem), str(files.solution)],
        "jobs": files.jobs,
        "routes": files.routes,
    }


def _bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
