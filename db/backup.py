"""Copies that can be trusted: made while the program runs, checked, five of them kept."""

import shutil
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from app.errors import EnvironmentProblem

KEPT = 5
FILES = ("work.db", "mirror.db")
PENDING_RESTORE = "restore.pending"


def back_up(folder: Path, stamp: str, to: Path | None = None) -> Path:
    """Copy both databases into `backups/<stamp>` (or `to`), verified; keep the five latest.

    Raises:
        EnvironmentProblem: the copy is not whole, or the disk is full.
    """
    target = to or folder / "backups" / stamp
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in FILES:
        if (folder / name).exists():
            _copy(folder / name, part / name)
    shutil.rmtree(target, ignore_errors=True)
    part.replace(target)
    if to is None:
        for old in kept_backups(folder)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    return target


def kept_backups(folder: Path) -> list[Path]:
    """The backups of a workspace, oldest first."""
    place = folder / "backups"
    if not place.is_dir():
        return []
    return sorted(p for p in place.iterdir() if p.is_dir() and p.suffix != ".part")


def restore(folder: Path, backup: Path) -> None:
    """Put a checked backup in place of the workspace's databases; nobody may have them open.

    Raises:
        EnvironmentProblem: the backup itself is damaged or incomplete.
    """
    if not any((backup / name).is_file() for name in FILES):
        raise EnvironmentProblem("damaged_database", file=str(backup))
    for name in FILES:
        if (backup / name).is_file():
            check(backup / name)
    for name in FILES:
        if (backup / name).is_file():
            _copy(backup / name, folder / f"{name}.restored")
    (folder / PENDING_RESTORE).touch()
    finish_restore(folder)


def finish_restore(folder: Path) -> None:
    """Carry a restore to its end, also one that was cut short: both files or none."""
    if not (folder / PENDING_RESTORE).exists():
        for name in FILES:
            (folder / f"{name}.restored").unlink(missing_ok=True)
        return
    for name in FILES:
        fresh = folder / f"{name}.restored"
        if fresh.exists():
            for suffix in ("-wal", "-shm"):
                (folder / f"{name}{suffix}").unlink(missing_ok=True)
            fresh.replace(folder / name)
    (folder / PENDING_RESTORE).unlink()


def check(file: Path) -> None:
    """Ask SQLite whether a file is sound.

    Raises:
        EnvironmentProblem: `damaged_database`.
    """
    try:
        connection = sqlite.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        try:
            answer = connection.execute("PRAGMA quick_check").fetchone()
        finally:
            connection.close()
    except sqlite.DatabaseError as error:
        raise EnvironmentProblem("damaged_database", file=file.name) from error
    if answer is None or answer[0] != "ok":
        raise EnvironmentProblem("damaged_database", file=file.name)


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    here = sqlite.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    there = sqlite.connect(str(target))
    try:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
    except sqlite.OperationalError as error:
        raise EnvironmentProblem("disk_full", folder=str(target.parent)) from error
    finally:
        there.close()
        here.close()
    check(target)
