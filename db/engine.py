"""How the two databases are opened: driver, settings, writers and readers."""

from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.errors import EnvironmentProblem

#: Below it, SQLite can corrupt a database whose log is reset by two threads (fixed in 3.51.3).
OLDEST_SQLITE = (3, 51, 3)
BUSY_MS = 5_000


def refuse_old_sqlite() -> None:
    """Stop at once on a SQLite that could damage the work.

    Raises:
        EnvironmentProblem: `old_sqlite`.
    """
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise EnvironmentProblem("old_sqlite", found=sqlite.sqlite_version, wanted=wanted)


def writer(file: Path) -> Engine:
    """The one writing engine of a file: WAL, FULL, foreign keys, BEGIN IMMEDIATE.

    WAL + FULL kept every acknowledged write in simulated power cuts; NORMAL lost some.
    """
    engine = create_engine(
        "sqlite://",
        module=sqlite,
        creator=lambda: sqlite.connect(str(file), check_same_thread=False),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_MS}",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine.execution_options(schema_translate_map={"work": None})


def reader(mirror_file: Path, work_file: Path) -> Engine:
    """Read-only connections on mirror.db with work.db attached as `work`."""
    engine = create_engine(
        "sqlite://",
        module=sqlite,
        creator=lambda: sqlite.connect(_read_only(mirror_file), uri=True, check_same_thread=False),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
    )

    @event.listens_for(engine, "connect")
    def _attach(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("ATTACH ? AS work", (_read_only(work_file),))

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _read_only(file: Path) -> str:
    return f"{file.absolute().as_uri()}?mode=ro"
