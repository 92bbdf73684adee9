"""A workspace from before there were offers opens with them, its orders untouched."""

from pathlib import Path

from sqlalchemy import text

from app.domain.journal import ImportRows
from app.domain.orders import OrderState
from app.workspace import Workspace
from db import backup
from db.engine import writer
from db.offers import load_offers, load_refusals, load_work
from tests.builders import NOW, an_order
from tests.offers.asked import claimed, fill, offered, state_of

_NEW = ("offers", "recipients", "refusals", "node_work")


def back_to_the_first(mirror: Path) -> None:
    """The mirror as the first program wrote it."""
    engine = writer(mirror)
    with engine.begin() as connection:
        for table in _NEW:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()


def test_an_older_mirror_is_backed_up_and_gets_its_offers(folder: Path):
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as before:
        fill(before)
    back_to_the_first(folder / "mirror.db")
    kept = len(backup.kept_backups(folder))

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        assert len(backup.kept_backups(folder)) == kept + 1
        assert (desk.read(load_offers), desk.read(load_refusals), desk.read(load_work)) == (
            [],
            {},
            {},
        )
        assert state_of(desk) is OrderState.TO_SOURCE
        desk.submit(ImportRows("order", "o.csv", (an_order("480002"),)))
        offered(desk)
        claimed(desk, "LIL")
        assert state_of(desk) is OrderState.ALLOCATED


def test_the_migration_makes_the_indexes_that_the_tables_name(folder: Path):
    from db.tables import mirror

    engine = writer(folder / "mirror.db")
    with engine.connect() as connection:
        there = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type='index'")))
    engine.dispose()

    for name in _NEW:
        assert {index.name for index in mirror.tables[name].indexes} <= there
