"""What is wrong with the machine when a database fails: the disk, a lock, damage."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from app.errors import EnvironmentProblem

_MACHINE_SIGNS = (
    ("full", "disk_full"),
    ("readonly", "read_only"),
    ("unable to open", "read_only"),
    ("locked", "workspace_locked"),
    ("malformed", "damaged_database"),
    ("not a database", "damaged_database"),
    ("disk i/o", "disk_full"),
)


@contextmanager
def machine_errors(folder: Path) -> Iterator[None]:
    """Turn a full disk, a lock or damage into a sentence with what to do."""
    try:
        yield
    except DatabaseError as error:
        text = str(error.orig).lower()
        for sign, code in _MACHINE_SIGNS:
            if sign in text:
                raise EnvironmentProblem(code, folder=str(folder), file=str(folder)) from error
        raise
