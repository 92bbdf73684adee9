"""Files leave whole or not at all, and what the machine refuses is said plainly."""

import errno
import os
from pathlib import Path

import pytest

from app.connectors.durable_files import prepare_folder, write_durably
from app.errors import EnvironmentProblem
from app.wording import sentence


def test_the_bytes_stand_under_their_name_and_nothing_else_is_left(tmp_path: Path):
    file = tmp_path / "x.csv"

    write_durably(file, b"one")
    write_durably(file, b"two")

    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_already_holds_the_bytes_is_left_alone(tmp_path: Path):
    file = tmp_path / "x.csv"
    write_durably(file, b"one")
    before = file.stat()

    write_durably(file, b"one")

    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_folder_is_made_with_its_parents_and_no_probe_stays(tmp_path: Path):
    prepare_folder(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_in_the_folders_place_is_a_trouble_of_the_machine(tmp_path: Path):
    (tmp_path / "out").write_bytes(b"")

    with pytest.raises(EnvironmentProblem) as problem:
        prepare_folder(tmp_path / "out")

    assert problem.value.code == "cannot_write"
    assert "out" in sentence(problem.value.reason)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EACCES, "read_only"),
        (errno.EROFS, "read_only"),
        (errno.EIO, "cannot_write"),
    ],
)
def test_what_the_machine_refuses_half_way_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
):
    file = tmp_path / "x.csv"
    write_durably(file, b"old")

    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(EnvironmentProblem) as problem:
            write_durably(file, b"new")

    assert problem.value.code == code
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
