"""Which version of its tables a database has, and how it gets to ours: backed up, then migrated."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from app.errors import EnvironmentProblem

#: The newest revision of each chain; a test holds it to the scripts.
HEADS = {"work": "0003", "mirror": "0005"}


def revision_of(engine: Engine) -> str | None:
    """The revision a database is at; None for an empty one."""
    with engine.connect() as connection:
        there = connection.execute(
            text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
        ).scalar()
        if not there:
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def bring_up_to_date(engine: Engine, chain: str, before_upgrade: Callable[[], object]) -> None:
    """Migrate a database to this program's tables, after a verified backup of what is there.

    Raises:
        EnvironmentProblem: `newer_database`, when a newer program wrote it.
    """
    found = revision_of(engine)
    if found == HEADS[chain]:
        return
    if found is not None and found > HEADS[chain]:
        raise EnvironmentProblem("newer_database", found=found, known=HEADS[chain])
    if found is not None:
        before_upgrade()
    with engine.begin() as connection:
        _upgrade(connection, chain)


def _upgrade(connection: Connection, chain: str) -> None:
    from alembic import command
    from alembic.config import Config

    folder = str(Path(__file__).parent / "migrations" / chain).replace("%", "%%")
    config = Config()
    config.set_main_option("script_location", folder)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
