"""A workspace opens on what it finds: new, older, newer, damaged, cut short, many backups."""

import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.domain.acts.ground import SwitchNode
from app.errors import EnvironmentProblem
from app.operations.keeping import restore, verify
from app.workspace import Workspace
from db import backup, engine
from db.nodes import load_nodes
from db.schema import HEADS
from tests.builders import NOW
from tests.test_workspace import fill

MIGRATIONS = Path(backup.__file__).parent / "migrations"


def opened(folder: Path) -> Workspace:
    return Workspace.open(folder, user="c.vasseur", clock=lambda: NOW)


@pytest.mark.parametrize("chain", sorted(HEADS))
def test_the_known_head_is_that_of_the_scripts(chain: str):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS / chain))

    assert ScriptDirectory.from_config(config).get_current_head() == HEADS[chain]


@pytest.mark.parametrize("chain", sorted(HEADS))
def test_migrated_tables_are_those_the_program_writes(workspace: Workspace, chain: str):
    from db.tables import mirror, work

    metadata = {"mirror": mirror, "work": work}[chain]
    with workspace._mirror.connect() as m, workspace._work.connect() as w:
        connection = {"mirror": m, "work": w}[chain]
        for table in metadata.sorted_tables:
            info = connection.exec_driver_sql(f"PRAGMA table_info({table.name})").all()
            assert [row[1] for row in info] == [column.name for column in table.columns]
            strict = connection.exec_driver_sql(
                "SELECT strict FROM pragma_table_list WHERE name = ?", (table.name,)
            ).scalar()
            assert strict == 1


def test_a_database_of_a_newer_program_is_refused(folder: Path):
    with opened(folder) as workspace, workspace._work.begin() as work:
        work.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(EnvironmentProblem) as problem:
        opened(folder)

    assert problem.value.code == "newer_database"


def test_an_older_database_is_backed_up_before_it_is_migrated(folder: Path):
    engine_on_work = engine.writer(folder / "work.db")
    from db.schema import bring_up_to_date

    calls = []
    with engine_on_work.begin() as work:
        for table in ("facts", "views"):
            work.exec_driver_sql(f"DROP TABLE {table}")
        work.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(Exception, match="0000"):
        bring_up_to_date(engine_on_work, "work", lambda: calls.append("backed up"))

    assert calls == ["backed up"]
    engine_on_work.dispose()


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch, folder: Path):
    monkeypatch.setattr(engine.sqlite, "sqlite_version_info", (3, 40, 1))

    with pytest.raises(EnvironmentProblem) as problem:
        opened(folder)

    assert problem.value.code == "old_sqlite"


def test_a_damaged_database_is_named_with_what_to_do(folder: Path):
    (folder / "mirror.db").write_bytes(b"not a database at all" * 300)

    with pytest.raises(EnvironmentProblem) as problem:
        opened(folder)

    assert problem.value.code == "damaged_database"


def test_a_restored_backup_brings_back_the_day(folder: Path):
    with opened(folder) as workspace:
        fill(workspace)
        workspace.back_up()
        workspace.submit(SwitchNode("LIL", active=False))

    restore(folder)

    with opened(folder) as workspace:
        assert workspace.read(load_nodes)[0].active
        assert verify(workspace).ok


def test_a_restore_cut_short_is_finished_at_the_next_start(folder: Path, tmp_path: Path):
    with opened(folder) as workspace:
        fill(workspace)
        copy = workspace.back_up(tmp_path / "copy")
        workspace.submit(SwitchNode("LIL", active=False))
    for name in backup.FILES:
        shutil.copy(copy / name, folder / f"{name}.restored")
    (folder / backup.PENDING_RESTORE).touch()
    (folder / "work.db.restored").replace(folder / "work.db")

    with opened(folder) as workspace:
        assert workspace.read(load_nodes)[0].active
        assert verify(workspace).ok


def test_a_damaged_backup_is_not_restored(folder: Path, tmp_path: Path):
    with opened(folder) as workspace:
        fill(workspace)
        copy = workspace.back_up(tmp_path / "copy")
    (copy / "work.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)

    with pytest.raises(EnvironmentProblem):
        restore(folder, copy)

    with opened(folder) as workspace:
        assert workspace.read(load_nodes)


def test_five_backups_are_kept(workspace: Workspace):
    made = [workspace.back_up() for _ in range(7)]

    assert backup.kept_backups(workspace.folder) == made[-5:]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(EnvironmentProblem) as problem:
        opened(tmp_path / "file" / "workspace")

    assert problem.value.code == "read_only"


def test_verify_finds_a_counter_that_lies(workspace: Workspace):
    fill(workspace)
    with workspace._mirror.begin() as mirror:
        mirror.exec_driver_sql("UPDATE stock SET reserved_here = 1")

    assert [reason.code for reason in verify(workspace).findings] == ["reservations_differ"]
