"""Writing a batch's files once more: the same bytes, no new booking, nothing of another day."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import UnknownSubject
from app.operations.booking import book, write_again
from app.operations.carriage import allocate
from app.workspace import Workspace
from db.bookings import load_batches
from tests.bookings.a_day import TODAY, bring_in, source_from, today, two_carriers


@pytest.fixture
def references(workspace: Workspace, tmp_path: Path) -> list[str]:
    orders = [today("480001"), today("480002")]
    bring_in(workspace, two_carriers(), *orders)
    source_from(workspace, "LIL", orders[0])
    source_from(workspace, "RBX", orders[1])
    allocate(workspace, TODAY, apply=True)
    book(workspace, TODAY, tmp_path / "sent")
    return [batch.reference for batch in workspace.read(load_batches)]


def test_only_the_batches_named_are_written_with_the_bytes_that_were_sent(
    workspace: Workspace, references: list[str], tmp_path: Path
):
    wanted = references[:1]

    written = write_again(workspace, TODAY, wanted, tmp_path / "again")

    kept = {
        file.file_name: file.content
        for batch in workspace.read(load_batches)
        for file in batch.files
        if batch.reference in wanted
    }
    assert len(references) == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == kept
    assert {file.reference for file in written} == set(wanted)


def test_writing_again_books_nothing_new(
    workspace: Workspace, references: list[str], tmp_path: Path
):
    before = workspace.read(load_batches)

    write_again(workspace, TODAY, references, tmp_path / "again")

    assert workspace.read(load_batches) == before


def test_a_batch_of_another_day_is_refused_and_nothing_is_written(
    workspace: Workspace, references: list[str], tmp_path: Path
):
    with pytest.raises(UnknownSubject):
        write_again(workspace, TODAY + timedelta(days=1), references, tmp_path / "again")

    assert not (tmp_path / "again").exists()
