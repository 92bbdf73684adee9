"""Stock counts: what is found is what there is, journalled, undone, told in a cell's history."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.cli import run
from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine, OrderState
from app.domain.stock import StockCell
from app.errors import NotUndoable, WhollyRefused
from app.operations.sourcing import source
from app.operations.stock_counts import count_stock, history
from app.workspace import Workspace
from db import backup
from db.checks import stock_findings
from db.engine import writer
from db.ledger import imports
from db.orders import load_orders
from db.stock import load_stock
from tests.builders import NOW, a_cell, a_node, a_product, an_order


@pytest.fixture
def shelf(workspace: Workspace) -> Workspace:
    old = a_cell(on_hand=5, as_of=NOW - timedelta(days=3))
    for kind, rows in (("node", (a_node(),)), ("product", (a_product(),)), ("stock", (old,))):
        workspace.submit(ImportRows(kind, f"{kind}.csv", rows))
    return workspace


def cell(workspace: Workspace) -> StockCell:
    return workspace.read(load_stock)[0]


def hold(workspace: Workspace, pieces: int) -> None:
    order = an_order(lines=(OrderLine("SKU1", pieces, 500),))
    workspace.submit(ImportRows("order", "orders.csv", (order,)))
    source(workspace, apply=True)


def moved(workspace: Workspace) -> list[tuple[str, str, int, int]]:
    return [(m.kind, m.counter, m.before, m.after) for m in history(workspace, "LIL", "SKU1")]


def test_what_was_counted_is_there_and_fresh(shelf: Workspace):
    settled = count_stock(shelf, "LIL", "SKU1", 3, "shelf check")

    assert (cell(shelf).on_hand, cell(shelf).as_of) == (3, NOW)
    assert settled.changes.touch("stock")


def test_a_count_is_undone_with_its_age(shelf: Workspace):
    before = cell(shelf)
    count_stock(shelf, "LIL", "SKU1", 3)

    shelf.undo()

    assert cell(shelf) == before


def test_pieces_reserved_since_are_no_bar_to_taking_a_count_back(shelf: Workspace):
    entry = count_stock(shelf, "LIL", "SKU1", 8).entry
    hold(shelf, 2)

    shelf.undo(entry)

    assert (cell(shelf).on_hand, cell(shelf).reserved_here) == (5, 2)


def test_a_count_stays_while_orders_hold_what_only_it_found(shelf: Workspace):
    entry = count_stock(shelf, "LIL", "SKU1", 8).entry
    hold(shelf, 7)

    with pytest.raises(WhollyRefused):
        shelf.undo(entry)
    assert cell(shelf).on_hand == 8


def test_orders_whose_pieces_were_not_found_are_sourced_anew(shelf: Workspace):
    hold(shelf, 4)

    settled = count_stock(shelf, "LIL", "SKU1", 1)

    assert [part.subject for part in settled.refused] == ["480001"]
    assert shelf.read(load_orders)[0].state is OrderState.TO_SOURCE
    assert (cell(shelf).on_hand, cell(shelf).reserved_here) == (1, 0)
    assert shelf.read(stock_findings) == []
    with pytest.raises(NotUndoable):
        shelf.undo(settled.entry)


def test_a_product_nobody_knew_there_can_be_counted(shelf: Workspace):
    shelf.submit(ImportRows("product", "p.csv", (a_product("SKU2"),)))

    count_stock(shelf, "LIL", "SKU2", 6)
    assert [c.on_hand for c in shelf.read(load_stock) if c.sku == "SKU2"] == [6]

    shelf.undo()
    assert all(c.sku != "SKU2" for c in shelf.read(load_stock))


@pytest.mark.parametrize(("node", "sku"), [("XXX", "SKU1"), ("LIL", "SKU9")])
def test_unknown_nodes_and_products_are_refused(shelf: Workspace, node: str, sku: str):
    with pytest.raises(WhollyRefused):
        count_stock(shelf, node, sku, 1)


def test_the_history_of_a_cell_names_who_moved_what(shelf: Workspace):
    count_stock(shelf, "LIL", "SKU1", 8, "shelf check")
    hold(shelf, 2)
    newer = replace(cell(shelf), on_hand=7, safety_stock=1, as_of=NOW + timedelta(hours=1))
    shelf.submit(ImportRows("stock", "new.csv", (newer,)))

    assert moved(shelf) == [
        ("import", "safety_stock", 0, 1),
        ("import", "on_hand", 8, 7),
        ("source", "reserved_here", 0, 2),
        ("count_stock", "on_hand", 5, 8),
    ]
    assert {one.actor for one in history(shelf, "LIL", "SKU1")} == {"c.vasseur"}


def test_the_oldest_movements_are_forgotten(shelf: Workspace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(imports, "MOVEMENTS_KEPT", 3)
    for found in range(10):
        shelf.submit(ImportRows("stock", "s.csv", (a_cell(on_hand=found),)))

    assert [after for _kind, _counter, _before, after in moved(shelf)] == [9, 8, 7]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(counts=st.lists(st.integers(0, 12), min_size=1, max_size=5), held=st.integers(1, 5))
def test_whatever_is_counted_no_piece_is_promised_twice(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int], held: int
):
    folder = tmp_path_factory.mktemp("counted")
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        for kind, rows in (
            ("node", (a_node(),)),
            ("product", (a_product(),)),
            ("stock", (a_cell(on_hand=5),)),
        ):
            desk.submit(ImportRows(kind, f"{kind}.csv", rows))
        hold(desk, held)
        for found in counts:
            count_stock(desk, "LIL", "SKU1", found)
            now = cell(desk)
            assert now.on_hand == found
            assert now.reserved_here <= found
            assert desk.read(stock_findings) == []


def test_the_command_counts_and_tells_the_history(
    shelf: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
):
    shelf.close()
    words = ["stock", "--data", str(folder), "--json"]

    assert run([*words, "--count", "LIL", "SKU1", "2", "--reason", "broken"]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert (counted["rows"][0]["on_hand"], counted["released"]) == (2, [])

    assert run([*words, "--node", "LIL", "--sku", "SKU1", "--history"]) == 0
    told = json.loads(capsys.readouterr().out)["movements"]
    assert [(one["counter"], one["before"], one["after"]) for one in told] == [("on_hand", 5, 2)]
    assert "broken" in told[0]["text"]

    assert run([*words, "--history"]) == 2
    assert run([*words, "--count", "LIL", "SKU1", "-3"]) == 2
    assert run([*words, "--count", "LIL", "SKU9", "3"]) == 3


def test_a_mirror_from_before_there_was_a_history_gets_one(folder: Path):
    (folder / "mirror.db").unlink()
    config = Config()
    scripts = Path(backup.__file__).parent / "migrations" / "mirror"
    config.set_main_option("script_location", str(scripts))
    engine = writer(folder / "mirror.db")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.execute(text("INSERT INTO stock (node, sku, on_hand) VALUES ('LIL','SKU1',4)"))
    engine.dispose()

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        desk.submit(ImportRows("stock", "s.csv", (a_cell(on_hand=1),)))

        assert ("import", "on_hand", 4, 1) in moved(desk)
