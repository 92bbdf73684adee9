"""Write the drivers' road sheets of a day: on paper, for navigation, spreadsheet and calendar."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.connectors.carriers.formulas import neutral
from app.connectors.durable_files import prepare_folder, withdraw, write_durably
from app.errors import Stopped, UnknownSubject
from app.operations.review_day import Ground, read_ground, review_of
from app.ports import Progress, Stop, never, unheard
from app.reports.day_review import DayReview, TourReview
from app.workspace import Workspace


class SheetFormat(StrEnum):
    """How a road sheet leaves: its value is the ending of the file's name."""

    PDF = "pdf"
    GPX = "gpx"
    CSV = "csv"
    ICS = "ics"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The files that now lie in the folder, tour by tour."""

    on: date
    files: tuple[Path, ...]


_Make = Callable[[TourReview], bytes]


def write_sheets(
    workspace: Workspace,
    on: date,
    out: Path,
    *,
    formats: Collection[SheetFormat] = (SheetFormat.PDF,),
    tours: Collection[str] = (),
    progress: Progress = unheard,
    stop: Stop = never,
) -> Sheets:
    """Write `<tour>.<format>` for each tour, or for those named by code or number (`T3`).

    The same state of the workspace gives the same bytes in the same language. Without names, files
    in these formats of tours that the day no longer has are taken away: nobody should drive them.

    Raises:
        UnknownSubject: the day has no such tour.
        EnvironmentProblem: the folder cannot be written, or the disk is full.
        Stopped: a person pressed Stop; what was written until then is whole.
    """
    folder = out.absolute()
    ground = read_ground(workspace, on)
    told = review_of(ground)
    chosen = tuple(_chosen(told, tours))
    makers = {each: _maker(each, ground, told) for each in SheetFormat if each in formats}
    prepare_folder(folder)
    papers = [(one, each) for one in chosen for each in makers]
    written = []
    for done, (one, each) in enumerate(papers):
        if stop():
            raise Stopped
        progress(done, len(papers))
        file = folder / f"{one.tour.code}.{each.value}"
        write_durably(file, makers[each](one))
        written.append(file)
    progress(len(papers), len(papers))
    if not tours:
        _withdraw_others(folder, on, makers, written)
    return Sheets(on, tuple(written))


def as_document(sheets: Sheets) -> dict[str, Any]:
    """The run as the JSON of the public interface."""
    return {"date": sheets.on.isoformat(), "files": [str(file) for file in sheets.files]}


def _chosen(told: DayReview, tours: Collection[str]) -> Iterator[TourReview]:
    """The day's tours that are named, in the day's order."""
    known = {name for one in told.tours for name in _names(one)}
    for name in tours:
        if name not in known:
            raise UnknownSubject("tour", name)
    wanted = set(tours)
    yield from (one for one in told.tours if not wanted or wanted & _names(one))


def _names(one: TourReview) -> set[str]:
    return {one.tour.code, f"T{one.number}"}


def _maker(each: SheetFormat, ground: Ground, told: DayReview) -> _Make:
    match each:
        case SheetFormat.PDF:
            from app.operations.review_maps import layers_of, on_paper  # heavy
            from app.reports.tour_sheet import road_sheet

            draw = on_paper(layers_of(ground, told))
            return lambda one: road_sheet(told, one, draw)
        case SheetFormat.GPX:
            from app.reports.gpx import gpx

            return lambda one: gpx(told, one, ground.ways.get(one.tour.code, {}))
        case SheetFormat.CSV:
            from app.reports.stop_table import stop_table

            return lambda one: stop_table(told, one, cell=neutral)
    from app.reports.agenda import agenda

    return lambda one: agenda(told, one)


def _withdraw_others(
    folder: Path, on: date, formats: Iterable[SheetFormat], written: Collection[Path]
) -> None:
    for each in formats:
        for file in folder.glob(f"{on.isoformat()}-T*.{each.value}"):
            if file not in written:
                withdraw(file)
