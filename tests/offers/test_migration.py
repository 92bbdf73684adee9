"""A workspace from before there were offers opens with them, its orders untouched."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import insert, text

from app.domain.orders import OrderState
from app.workspace import Workspace
from db import backup
from db.codec import to_json
from db.engine import writer
from db.offers import load_offers, load_refusals, load_work
from db.tables import mirror, orders
from tests.builders import NOW, an_order
from tests.offers.asked import claimed, fill, offered, state_of

_NEW = ("offers", "recipients", "refusals", "node_work")


def the_first_mirror(file: Path) -> None:
    """A mirror as the first program made it, with one order."""
    config = Config()
    folder = Path(backup.__file__).parent / "migrations" / "mirror"
    config.set_main_option("script_location", str(folder))
    engine = writer(file)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = {"code": "480001", "state": "to_source", "address_key": "", "revision": 1}
        connection.execute(insert(orders).values(**row, body=to_json(an_order())))
    engine.dispose()


def test_an_older_mirror_is_backed_up_and_gets_its_offers(folder: Path):
    (folder / "mirror.db").unlink()
    the_first_mirror(folder / "mirror.db")
    kept = len(backup.kept_backups(folder))

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        assert len(backup.kept_backups(folder)) == kept + 1
        for query, nothing in ((load_offers, []), (load_refusals, {}), (load_work, {})):
            assert desk.read(query) == nothing
        assert state_of(desk) is OrderState.TO_SOURCE
        fill(desk)
        offered(desk)
        claimed(desk, "LIL")
        assert state_of(desk) is OrderState.ALLOCATED


def test_the_migration_makes_the_indexes_that_the_tables_name(folder: Path):
    engine = writer(folder / "mirror.db")
    with engine.connect() as connection:
        there = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type='index'")))
    engine.dispose()

    for name in _NEW:
        assert {index.name for index in mirror.tables[name].indexes} <= there
