"""The real program, killed without warning while it writes: it comes back whole."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.operations.demonstration import DEFAULT_DAY, Size, opening_of, write_day
from app.operations.intake import import_path
from app.operations.keeping import verify
from app.workspace import Workspace
from db.bookings import load_batches, next_serial
from db.journal import pending
from db.orders import load_orders, load_shipments
from db.stock import load_stock

PROJECT = Path(__file__).resolve().parents[2]
AT = opening_of(DEFAULT_DAY).isoformat()
DAY = DEFAULT_DAY.isoformat()


def regie(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--data", str(folder), "--at", AT, *words],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def seconds_of_a_whole_run(folder: Path, twin: Path, words: Sequence[str]) -> float:
    shutil.copytree(folder, twin)
    began = time.monotonic()
    assert regie(twin, *words).wait() == 0
    return time.monotonic() - began


def kill_within(folder: Path, words: Sequence[str], seconds: float) -> None:
    process = regie(folder, *words)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def day_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("day")
    write_day(folder, DEFAULT_DAY, 3, Size(orders=120, skus=400))
    return folder


@pytest.fixture(scope="module")
def sourced(
    day_files: Path, empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("sourced") / "w"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: opening_of(DEFAULT_DAY)) as opened:
        import_path(opened, day_files)
    return folder


def test_an_import_killed_at_any_moment_is_whole_file_by_whole_file(
    day_files: Path, empty_workspace: Path, tmp_path: Path
):
    words = ["import", str(day_files)]
    whole = seconds_of_a_whole_run(empty_workspace, tmp_path / "twin", words)
    with Workspace.open(tmp_path / "twin") as complete:
        counts = {
            "orders": len(complete.read(load_orders)),
            "cells": len(complete.read(load_stock)),
        }
    dice = random.Random(11)
    for attempt in range(7):
        folder = tmp_path / f"w{attempt}"
        shutil.copytree(empty_workspace, folder)
        kill_within(folder, words, whole * dice.uniform(0.2, 1.0))

        with Workspace.open(folder) as back:
            assert back.read(pending) == []
            assert verify(back).ok
            assert len(back.read(load_orders)) in (0, counts["orders"])
            assert len(back.read(load_stock)) in (0, counts["cells"])
            import_path(back, day_files)
            assert len(back.read(load_orders)) == counts["orders"]


def test_sourcing_killed_at_any_moment_reserved_all_or_nothing(sourced: Path, tmp_path: Path):
    words = ["source", "--apply"]
    whole = seconds_of_a_whole_run(sourced, tmp_path / "twin", words)
    with Workspace.open(tmp_path / "twin") as complete:
        expected = len(complete.read(load_shipments))
    dice = random.Random(12)
    for attempt in range(7):
        folder = tmp_path / f"w{attempt}"
        shutil.copytree(sourced, folder)
        kill_within(folder, words, whole * dice.uniform(0.3, 1.0))

        with Workspace.open(folder) as back:
            assert back.read(pending) == []
            assert verify(back).ok
            assert len(back.read(load_shipments)) in (0, expected)


def test_booking_killed_at_any_moment_sends_nothing_twice_and_loses_nothing(
    sourced: Path, tmp_path: Path
):
    chosen = tmp_path / "chosen"
    shutil.copytree(sourced, chosen)
    assert regie(chosen, "source", "--apply").wait() == 0
    assert regie(chosen, "allocate", "--date", DAY, "--apply").wait() == 0
    words = ["book", "--date", DAY, "--out", str(tmp_path / "out")]
    whole = seconds_of_a_whole_run(chosen, tmp_path / "twin", words)
    with Workspace.open(tmp_path / "twin") as complete:
        expected = {b.reference: b.shipments for b in complete.read(load_batches)}
    assert expected
    dice = random.Random(13)
    for attempt in range(7):
        folder, out = tmp_path / f"w{attempt}", tmp_path / f"out{attempt}"
        shutil.copytree(chosen, folder)
        again = ["book", "--date", DAY, "--out", str(out)]
        kill_within(folder, again, whole * dice.uniform(0.3, 1.0))
        assert regie(folder, *again).wait() == 0

        with Workspace.open(folder) as back:
            assert verify(back).ok
            batches = back.read(load_batches)
            assert {batch.reference: batch.shipments for batch in batches} == expected
            for batch in batches:
                assert back.read(next_serial, batch.carrier) > 1
                for file in batch.files:
                    written = next(out.rglob(file.file_name))
                    assert written.read_bytes() == file.content
        assert not list(out.rglob("*.tmp"))


def test_two_programs_do_not_open_one_folder(empty_workspace: Path, tmp_path: Path):
    folder = tmp_path / "w"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder):
        assert regie(folder, "journal").wait() == 4


def test_what_a_person_does_wrong_never_ends_in_a_traceback(tmp_path: Path):
    for words, status in (
        (["import", str(tmp_path / "nowhere.csv")], {3, 4}),
        (["why", "999999"], {3}),
        (["undo", "no-such-entry"], {3}),
        (["restore"], {3}),
        (["plan"], {2}),
        (["--data", "/dev/null/x", "stock"], {4}),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "app", "--data", str(tmp_path / "w"), "--json", *words],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in status, (words, done.stderr)
        assert "Traceback" not in done.stderr
