"""The demonstration: fill a workspace with a believable day, and play that day to its end."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.tours import PlanState
from app.i18n import _
from app.operations import (
    booking,
    carriage,
    review,
    sourcing,
    sourcing_run,
    touring,
    touring_documents,
)
from app.operations.demonstration import KINDS, Size, opening_of, write_day
from app.operations.intake import import_path
from app.operations.intake_report import ImportReport
from app.ports import Progress, unheard
from app.workspace import Workspace

Say = Callable[[str], None]
#: Draws the window on the workspace into a folder and says where.
Portrait = Callable[[Workspace, Path], Path | None]


@dataclass(frozen=True, slots=True)
class Played:
    """What a played day left behind."""

    files: tuple[Path, ...]
    figures: dict[str, Any]


def fill_with_demonstration(
    workspace: Workspace,
    on: date,
    seed: int,
    size: Size,
    only: Iterable[str] = KINDS,
    *,
    progress: Progress = unheard,
) -> ImportReport:
    """Take in the day's files as any others; a whole day brings its own clock."""
    wanted = tuple(kind for kind in KINDS if kind in set(only))
    with tempfile.TemporaryDirectory(prefix="regie-") as made:
        folder = Path(made)
        write_day(folder, on, seed, size, wanted, currency=workspace.policy().currency)
        if "orders" in wanted:
            workspace.start_demonstration_clock(opening_of(on))
        return import_path(workspace, folder, progress=progress)


def play(
    workspace: Workspace,
    on: date,
    out: Path,
    *,
    seed: int = 0,
    portrait: Portrait | None = None,
    say: Say = lambda _line: None,
) -> Played:
    """Source, plan, choose carriers, book and review the day, as a dispatcher would."""
    say(_("Sourcing the orders …"))
    sourced = sourcing.source(workspace, apply=True)
    say(_("Planning the tours …"))
    planned = touring.plan(workspace, on, seconds=20, seed=seed, apply=True)
    say(_("Choosing the carriers …"))
    allocated = carriage.allocate(workspace, on, apply=True)
    say(_("Writing bookings and manifests …"))
    booked = booking.book(workspace, on, out / "bookings")
    for state in (PlanState.VALIDATED, PlanState.PUBLISHED):
        touring.set_state(workspace, on, state)
    say(_("Writing the day's review …"))
    reviewed = review.review(workspace, on, out / "review")
    files = [*booking.files_of(booked, out / "bookings"), *reviewed.files]
    if portrait is not None:
        say(_("Taking a picture of the window …"))
        files.extend(filter(None, [portrait(workspace, out)]))
    figures = {
        "source": sourcing_run.as_document(sourced)["summary"],
        "plan": touring_documents.as_document(planned)["summary"],
        "allocate": carriage.as_document(allocated)["summary"],
    }
    return Played(tuple(files), figures)
