"""The carriers beside the desk: shares that add up, prices on trial, files written again."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.carriers import Carrier
from app.domain.orders import Mode
from app.operations.booking import book
from app.operations.carriage import allocate
from app.operations.sourcing import accept, source
from app.ui.actions import Actions
from app.ui.carriers.door import CarriersDoor
from app.ui.carriers.window import CarriersWindow
from app.ui.session import Session
from app.ui.widgets.lines import Line
from app.workspace import Workspace
from db.bookings import booked_shipments, load_batches, load_choices
from tests.ui.why.mornings import TODAY, bring_in, plan_tour, promised, settle

_MANY = tuple(f"48{n:04}" for n in range(4))


def sourced(workspace: Workspace, *codes: str, vehicles: bool = False) -> None:
    bring_in(workspace, *(promised(code) for code in codes), vehicles=vehicles)
    accept(workspace, source(workspace).decisions)


class Desk:
    """A desk with the carriers, and what it was told in the corner."""

    def __init__(self, session: Session, window: QMainWindow, qtbot: QtBot, folder: Path) -> None:
        self.session, self.qtbot = session, qtbot
        self.actions = Actions(window)
        self.asked: list[str] = []
        self.door = CarriersDoor(session, self.actions, window, self._choose)
        self.news: list[Any] = []
        self.folder = folder
        session.news.connect(self.news.append)
        session.start()
        settle(session, qtbot)

    def _choose(self, _parent: object, start: str) -> str:
        self.asked.append(start)
        return str(self.folder)

    def open(self) -> CarriersWindow:
        window = self.door.open()
        with self.qtbot.waitSignal(window.shown):
            window.come_forward()
        return window

    def do(self, identifier: str) -> None:
        self.actions.refresh()
        with self.qtbot.waitSignal(self.session.news):
            self.actions.action(identifier).trigger()


@pytest.fixture
def desk(session: Session, desk: QMainWindow, qtbot: QtBot, tmp_path: Path):
    return lambda: Desk(session, desk, qtbot, tmp_path / "out")


def texts(line: Line) -> list[str]:
    return [cell.text for cell in line.cells]


def by_key(window: CarriersWindow) -> dict[str, list[str]]:
    return {line.key: texts(line) for line in window.shares.lines()}


def test_the_shares_of_the_day_add_up(workspace: Workspace, desk):
    sourced(workspace, *_MANY)
    allocate(workspace, TODAY, apply=True)

    shown = by_key(desk().open())

    assert shown["service DEX STD"][4:7] == ["4", "", "36.00"]
    assert shown["carrier DEX"][4:7] == ["4", "", "36.00"]
    assert shown["total"][4:7] == ["4", "", "36.00"]
    assert "service NFT PAL" in shown  # it could have had some


def test_our_own_tours_stand_beside_the_carriers(workspace: Workspace, desk):
    sourced(workspace, "480213", "480214", vehicles=True)
    plan_tour(workspace, "480213", "480214")

    shown = by_key(desk().open())

    assert shown["own fleet"][1] == "Own fleet 1 tour"
    assert shown["own fleet"][4] == shown["total"][4] == "2"
    assert shown["own fleet"][6:] == shown["total"][6:] == ["48.50", "3.1"]


def test_a_carrier_that_is_switched_off_says_so(workspace: Workspace, desk):
    sourced(workspace, "480213")
    off = Carrier("OLD", "Ancien", active=False)
    workspace.submit(ImportRows("carrier", "carriers.csv", (off,)))

    window = desk().open()

    line = next(line for line in window.shares.lines() if line.key == "carrier OLD")
    runs = line.cells[1].look.runs
    assert [run.text for run in runs] == ["OLD", "Ancien", "switched off"]


def test_choosing_the_carriers_is_one_job_with_its_news(workspace: Workspace, desk):
    sourced(workspace, *_MANY)
    made = desk()

    made.do("carriers.allocate")

    assert len(workspace.read(load_choices)) == 4
    assert made.news[0].title == "4 shipments have their carrier"
    assert made.news[0].line == "€36.00"


def test_what_nobody_can_take_is_told_and_leads_to_the_anomalies(
    workspace: Workspace, desk, qtbot: QtBot
):
    bring_in(workspace, promised(mode=Mode.PICKUP_POINT, pickup_point="NOWHERE"))
    accept(workspace, source(workspace).decisions)
    made = desk()

    made.do("carriers.allocate")

    news = made.news[0]
    assert news.line.endswith("1 without carrier")
    assert news.follow is not None
    with qtbot.waitSignal(made.session.filter_changed) as filtered:
        news.follow()
    assert filtered.args == ["anomalies"]


def test_orders_that_tours_could_have_are_not_given_away_unasked(
    workspace: Workspace, desk, qtbot: QtBot
):
    sourced(workspace, "480213", vehicles=True)
    made = desk()
    made.actions.refresh()

    made.actions.action("carriers.allocate").trigger()
    qtbot.waitUntil(lambda: made.door.parent().findChild(QMessageBox) is not None)
    box = made.door.parent().findChild(QMessageBox)
    assert "1 order could still ride on our own tours" in box.text()
    assert workspace.read(load_choices) == {}

    box.reject()
    assert workspace.read(load_choices) == {}

    qtbot.waitUntil(lambda: made.door.parent().findChild(QMessageBox) is None)
    made.actions.action("carriers.allocate").trigger()
    qtbot.waitUntil(lambda: made.door.parent().findChild(QMessageBox) is not None)
    box = made.door.parent().findChild(QMessageBox)
    with qtbot.waitSignal(made.session.news):
        box.accept()
    assert len(workspace.read(load_choices)) == 1


def test_nothing_to_choose_greys_the_action_and_says_why(workspace: Workspace, desk):
    bring_in(workspace, promised())
    made = desk()
    made.actions.refresh()

    assert not made.actions.action("carriers.allocate").isEnabled()
    assert made.actions.why_not("carriers.allocate") == "No shipment waits for a carrier."
    assert made.actions.why_not("carriers.book") == "Nothing waits to be booked."


def test_exporting_writes_the_files_and_remembers_the_folder(workspace: Workspace, desk):
    sourced(workspace, *_MANY)
    allocate(workspace, TODAY, apply=True)
    made = desk()

    made.do("carriers.book")

    assert set(workspace.read(booked_shipments)) == {f"{code}-1" for code in _MANY}
    files = sorted(made.folder.iterdir())
    assert files
    assert made.news[0].title == "1 booking exported"
    assert made.news[0].link == "Open the folder"
    assert QSettings().value("carriers/folder") == str(made.folder)


def test_no_folder_chosen_sends_nothing(workspace: Workspace, session: Session, desk, qtbot):
    sourced(workspace, "480213")
    allocate(workspace, TODAY, apply=True)
    made = desk()
    made.folder = ""
    made.actions.refresh()

    made.actions.action("carriers.book").trigger()

    assert made.asked == [""]
    assert workspace.read(booked_shipments) == {}


def test_what_a_carrier_would_not_understand_is_listed_and_leads_to_its_order(
    workspace: Workspace, session: Session, desk, qtbot: QtBot
):
    from dataclasses import replace

    from app.domain.values import Address

    nameless = replace(promised("480214"), customer="", address=Address("", "59130", "Lambersart"))
    bring_in(workspace, promised(), nameless)
    accept(workspace, source(workspace).decisions)
    allocate(workspace, TODAY, apply=True)
    made = desk()

    made.do("carriers.book")

    assert set(workspace.read(booked_shipments)) == {"480213-1"}
    blocked = made.door.blocked
    assert blocked is not None
    assert blocked.isVisible()
    table = blocked.table
    assert "no name" in table.model().index(0, 1).data()
    qtbot.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(0, 0)).center(),
    )
    assert session.selection.selected.codes == ("480214",)


def test_batches_are_written_again_byte_for_byte(workspace: Workspace, desk, tmp_path: Path):
    sourced(workspace, *_MANY)
    allocate(workspace, TODAY, apply=True)
    book(workspace, TODAY, tmp_path / "first")
    made = desk()
    window = made.open()
    assert window.batches.model().rowCount() == 1

    with made.qtbot.waitSignal(made.session.news):
        window.again.click()

    kept = {file.file_name: file.content for b in workspace.read(load_batches) for file in b.files}
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == kept
    assert len(workspace.read(load_batches)) == 1


def test_the_blue_button_is_the_next_step(workspace: Workspace, desk, qtbot: QtBot):
    sourced(workspace, *_MANY)
    made = desk()
    window = made.open()
    assert window._buttons["carriers.allocate", True].isVisible()
    assert not window._buttons["carriers.book", True].isVisible()

    made.do("carriers.allocate")
    qtbot.waitUntil(window._buttons["carriers.book", True].isVisible)

    assert window._buttons["carriers.allocate", False].isVisible()


def test_the_tester_prices_line_by_line_and_refuses_in_words(
    workspace: Workspace, desk, qtbot: QtBot
):
    sourced(workspace, "480213")
    window = desk().open()
    tester = window.tester

    tester.postcode.setText("59130")
    qtbot.waitUntil(lambda: bool(tester.lines()))
    tester.weight.setValue(12)
    refused = "test DEX STD why"
    qtbot.waitUntil(lambda: any(line.key == refused for line in tester.lines()))

    lines = {line.key: texts(line) for line in tester.lines()}
    assert lines["test NFT PAL"][4] == lines["test NFT PAL 0"][4] == "12.00"
    assert "exceeds the limit" in lines[refused][1]


def test_the_tester_leaves_from_the_node_chosen(workspace: Workspace, desk, qtbot: QtBot):
    sourced(workspace, "480213")
    tester = desk().open().tester

    codes = [tester.origin.itemData(place) for place in range(tester.origin.count())]

    assert codes == ["ENG", "LAM", "LIC"]


def test_the_window_comes_back_where_it_was(workspace: Workspace, session, desk, qtbot: QtBot):
    made = desk()
    window = made.open()
    window.resize(701, 433)
    window.close()

    again = CarriersWindow(session, made.actions, made.door._deeds, window.parentWidget())

    assert (again.width(), again.height()) == (701, 433)


@pytest.mark.usefixtures("french")
def test_the_carriers_speak_french(workspace: Workspace, desk):
    sourced(workspace, *_MANY)
    made = desk()

    made.do("carriers.allocate")

    assert made.news[0].title == "4 expéditions ont leur transporteur"
    assert by_key(made.open())["total"][1] == "Ensemble"
