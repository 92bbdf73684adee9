"""Writing a day's road sheets: what is asked for, whole, and nothing that nobody should drive."""

import csv
import json
from pathlib import Path

import pytest

from app.cli import run
from app.domain.acts.tours import SaveTours
from app.domain.tours import TourPlan
from app.errors import EnvironmentProblem, Stopped, UnknownSubject
from app.operations.review import review
from app.operations.sheets import SheetFormat, as_document, write_sheets
from app.workspace import Workspace
from db.orders import load_shipments
from tests.reports.a_day import ON, both_tours, play

EVERY = tuple(SheetFormat)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_every_tour_leaves_in_every_format(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)

    made = write_sheets(workspace, ON, tmp_path / "out", formats=EVERY)

    expected = [f"2026-11-24-T{n}.{end}" for n in (1, 2) for end in ("csv", "gpx", "ics", "pdf")]
    assert names(tmp_path / "out") == expected
    assert sorted(file.name for file in made.files) == expected
    assert as_document(made) == {
        "date": "2026-11-24",
        "files": [str(file) for file in made.files],
    }


def test_paper_is_what_leaves_when_nothing_is_said(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)

    write_sheets(workspace, ON, tmp_path / "out", tours=("T2",))

    assert names(tmp_path / "out") == ["2026-11-24-T2.pdf"]
    assert (tmp_path / "out" / "2026-11-24-T2.pdf").read_bytes().startswith(b"%PDF")


def test_a_sheet_tells_the_pieces_and_the_door_as_they_are_stored(
    workspace: Workspace, tmp_path: Path, english: None
):
    play(workspace, tmp_path / "bookings", tours=both_tours)

    write_sheets(workspace, ON, tmp_path, formats=(SheetFormat.CSV,), tours=("2026-11-24-T1",))

    with (tmp_path / "2026-11-24-T1.csv").open(encoding="utf-8-sig", newline="") as file:
        first = list(csv.DictReader(file, delimiter=";"))[1]
    [shipment] = [s for s in workspace.read(load_shipments) if s.code == first["shipment"]]
    assert first["customer"] == "Client 480001"
    assert first["pieces"] == str(sum(line.quantity for line in shipment.lines))
    assert first["goods"] == " | ".join(f"{one.quantity} x {one.sku}" for one in shipment.lines)


def test_the_review_takes_them_away_too(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    write_sheets(workspace, ON, tmp_path / "out" / "tours", formats=(SheetFormat.GPX,))
    workspace.submit(SaveTours(TourPlan(ON, both_tours()[:1])))

    review(workspace, ON, tmp_path / "out")

    assert names(tmp_path / "out" / "tours") == ["2026-11-24-T1.gpx", "2026-11-24-T1.pdf"]


def test_sheets_of_tours_that_are_no_more_are_taken_away(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    out = tmp_path / "out"
    write_sheets(workspace, ON, out, formats=(SheetFormat.GPX, SheetFormat.CSV))
    (out / "mine.gpx").write_text("mine", encoding="utf-8")
    workspace.submit(SaveTours(TourPlan(ON, both_tours()[:1])))

    write_sheets(workspace, ON, out, formats=(SheetFormat.GPX,), tours=("T1",))
    assert "2026-11-24-T2.gpx" in names(out)  # only one was asked for

    write_sheets(workspace, ON, out, formats=(SheetFormat.GPX,))
    assert names(out) == [
        *("2026-11-24-T1.csv", "2026-11-24-T1.gpx", "2026-11-24-T2.csv"),
        "mine.gpx",
    ]


def test_a_tour_that_is_not_there_is_refused_and_nothing_written(
    workspace: Workspace, tmp_path: Path
):
    play(workspace, tmp_path / "bookings", tours=both_tours)

    with pytest.raises(UnknownSubject):
        write_sheets(workspace, ON, tmp_path / "out", tours=("T1", "T9"))

    assert not (tmp_path / "out").exists()


def test_stop_leaves_whole_files(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(Stopped):
        write_sheets(workspace, ON, tmp_path / "out", formats=(SheetFormat.ICS,), stop=stop)

    assert names(tmp_path / "out") == ["2026-11-24-T1.ics"]
    assert (tmp_path / "out" / "2026-11-24-T1.ics").read_bytes().endswith(b"END:VCALENDAR\r\n")


def test_a_folder_that_takes_no_files_says_so(workspace: Workspace, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(EnvironmentProblem):
        write_sheets(workspace, ON, tmp_path / "file" / "deep")


def test_the_command_writes_them_and_says_which(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    folder = workspace.folder
    workspace.close()
    words = ("--lang", "fr", "--data", str(folder), "--json", "sheets", "--date", "2026-11-24")
    out = ("--out", str(tmp_path / "out"))

    status = run([*words, *out, "--tour", "T1", "--format", "gpx", "--format", "ics"])

    assert status == 0
    document = json.loads(capsys.readouterr().out)
    assert [Path(file).name for file in document["files"]] == [
        "2026-11-24-T1.gpx",
        "2026-11-24-T1.ics",
    ]
    assert run([*words, *out, "--tour", "T7"]) == 3
    assert run([*words, *out, "--format", "docx"]) == 2
