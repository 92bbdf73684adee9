"""How files leave for a folder: whole or not at all, and there to stay when the power goes."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import EnvironmentProblem
from app.wording.machine import words_of

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def prepare_folder(folder: Path) -> None:
    """Make the folder if need be, and see that it takes files.

    Raises:
        EnvironmentProblem: it does not.
    """
    probe = folder / f".regie-{os.getpid()}.tmp"
    with _machine_says(folder):
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()


def write_durably(file: Path, content: bytes) -> None:
    """Put the bytes under the name at once: beside it first, flushed to disk, then renamed.

    A file that already holds them is left alone, so that whoever watches the folder is not told
    twice.

    Raises:
        EnvironmentProblem: the disk is full or the folder cannot be written.
    """
    beside = file.with_name(f"{file.name}.tmp")
    with _machine_says(file):
        if file.is_file() and file.read_bytes() == content:
            return
        try:
            with beside.open("wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            beside.replace(file)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        _flush_folder(file.parent)


def withdraw(file: Path) -> None:
    """Take a file of ours away for good, if it is there.

    Raises:
        EnvironmentProblem: the folder cannot be written.
    """
    with _machine_says(file):
        file.unlink(missing_ok=True)
        if file.parent.is_dir():
            _flush_folder(file.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself last; Windows does that by itself and opens no folder."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _machine_says(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        folder = place if place.is_dir() else place.parent
        if problem.errno in _FULL:
            raise EnvironmentProblem("disk_full") from problem
        if problem.errno in _FORBIDDEN:
            raise EnvironmentProblem("read_only", folder=str(folder)) from problem
        what = words_of(problem)
        raise EnvironmentProblem("cannot_write", file=str(place), detail=what) from problem
