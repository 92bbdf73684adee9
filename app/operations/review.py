"""Write a day for its supervisor: one page, one document, and a road sheet for every driver."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.connectors.durable_files import prepare_folder, withdraw, write_durably
from app.errors import Stopped
from app.operations.review_day import read_ground, review_of
from app.operations.sheets import SheetFormat
from app.ports import Progress, Stop, never, unheard
from app.reports import kpis
from app.reports.day_review import DayReview, TourReview
from app.reports.maps import DrawMap
from app.workspace import Workspace

#: The folder beside the review that holds the drivers' road sheets.
ROAD_SHEETS = "tours"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The files that now lie in the folder, and the day's figures."""

    files: tuple[Path, ...]
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A file to be written, and how its bytes are made."""

    path: Path
    make: Callable[[], bytes]


def review(
    workspace: Workspace,
    on: date,
    out: Path,
    *,
    progress: Progress = unheard,
    stop: Stop = never,
) -> Reviewed:
    """Write `review-<date>.html`, `review-<date>.pdf` and `tours/<tour>.pdf`, each whole or not.

    Any day can be told, with tours agreed or not, or with none at all. The same state of the
    workspace gives the same bytes in the same language. Road sheets of tours that the day no longer
    has are taken away: nobody should drive them.

    Raises:
        EnvironmentProblem: the folder cannot be written, or the disk is full.
        Stopped: a person pressed Stop; what was written until then is whole.
    """
    from app.operations.review_maps import layers_of, live_map, on_paper, on_screen  # heavy
    from app.reports.review_html import review_page
    from app.reports.review_pdf import review_document

    folder = out.absolute()
    prepare_folder(folder)
    ground = read_ground(workspace, on)
    told = review_of(ground)
    layers = layers_of(ground, told)
    screen, paper = on_screen(layers), on_paper(layers)
    stem = f"review-{on.isoformat()}"
    papers = [
        _Paper(
            folder / f"{stem}.html", lambda: review_page(told, screen, live_map(layers)).encode()
        ),
        _Paper(folder / f"{stem}.pdf", lambda: review_document(told, paper)),
        *(_road_sheet(told, one, paper, folder / ROAD_SHEETS) for one in told.tours),
    ]
    if told.tours:
        prepare_folder(folder / ROAD_SHEETS)
    written = _written(papers, progress, stop)
    codes = {one.tour.code for one in told.tours}
    for each in SheetFormat:
        for sheet in (folder / ROAD_SHEETS).glob(f"{on.isoformat()}-T*.{each.value}"):
            if sheet.stem not in codes:
                withdraw(sheet)
    return Reviewed(written, kpis.as_document(told))


def as_document(reviewed: Reviewed) -> dict[str, Any]:
    """The run as the JSON of the public interface."""
    return {"files": [str(file) for file in reviewed.files], "figures": reviewed.figures}


def _road_sheet(told: DayReview, one: TourReview, draw: DrawMap, folder: Path) -> _Paper:
    from app.reports.tour_sheet import road_sheet  # heavy

    return _Paper(folder / f"{one.tour.code}.pdf", lambda: road_sheet(told, one, draw))


def _written(papers: list[_Paper], progress: Progress, stop: Stop) -> tuple[Path, ...]:
    for done, paper in enumerate(papers):
        if stop():
            raise Stopped
        progress(done, len(papers))
        write_durably(paper.path, paper.make())
    progress(len(papers), len(papers))
    return tuple(paper.path for paper in papers)
