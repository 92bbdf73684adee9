"""The journal beside the desk: who did what, the way back, and the story of one order."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.domain.tours import PlanState
from app.operations.booking import book
from app.operations.carriage import allocate
from app.operations.sourcing import accept, release, source
from app.operations.touring import set_state
from app.ui.actions import Actions
from app.ui.journal.door import JournalDoor
from app.ui.journal.window import JournalWindow
from app.ui.session import Session
from app.workspace import Workspace
from db.orders import load_shipments
from db.queries.journal import load_history, orders_of
from tests.ui.why.mornings import TODAY, bring_in, plan_tour, promised, settle


def sourced(workspace: Workspace, *codes: str, vehicles: bool = False) -> None:
    bring_in(workspace, *(promised(code) for code in codes), vehicles=vehicles)
    for decision in source(workspace).decisions:
        accept(workspace, (decision,))


@pytest.fixture
def journal(session: Session, desk: QMainWindow, qtbot: QtBot):
    def opened(order: str = "") -> JournalWindow:
        actions = Actions(desk)
        session.start()
        settle(session, qtbot)
        window = JournalDoor(session, actions, desk).open(order)
        qtbot.waitUntil(lambda: window.table.model().rowCount() > 0)
        return window

    return opened


def said(window: JournalWindow, column: int = 3) -> list[str]:
    model = window.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def choose(window: JournalWindow, text: str) -> None:
    window.table.selectRow(said(window).index(text))


def test_the_latest_entry_comes_first_with_who_and_when(workspace: Workspace, journal):
    sourced(workspace, "480213")

    window = journal()

    assert said(window)[0] == "Order 480213 sourced from LAM"
    assert said(window)[-1] == "Nodes taken in from nodes.csv: 3"
    assert said(window, 2)[0] == "c.vasseur"
    assert said(window, 1)[0] == "09:42"


def test_an_entry_is_taken_back_and_says_so(workspace: Workspace, journal, qtbot: QtBot):
    sourced(workspace, "480213")
    window = journal()
    choose(window, "Order 480213 sourced from LAM")
    assert window.undo.isEnabled()

    window.undo.trigger()
    qtbot.waitUntil(lambda: said(window)[0] == "Undone: Order 480213 sourced from LAM")

    assert said(window, 4)[1] == "undone at 09:42 by c.vasseur"
    assert workspace.read(load_shipments) == []
    assert not window.undo.isEnabled()
    assert "already" in window.against.accessibleName()


def test_an_older_entry_can_be_taken_back_out_of_turn(workspace: Workspace, journal, qtbot: QtBot):
    sourced(workspace, "480213", "480214")
    window = journal()
    choose(window, "Order 480213 sourced from LAM")

    window.undo.trigger()
    qtbot.waitUntil(lambda: said(window)[0].startswith("Undone"))

    assert [s.order for s in workspace.read(load_shipments)] == ["480214"]


def test_a_refused_undo_says_why_beside_the_entry(workspace: Workspace, journal, qtbot: QtBot):
    sourced(workspace, "480213", vehicles=True)
    plan_tour(workspace, "480213")
    window = journal()
    choose(window, "Order 480213 sourced from LAM")

    window.undo.trigger()
    qtbot.waitUntil(lambda: "Not undone" in window.against.accessibleName())

    assert "2026-11-24-T4" in window.against.accessibleName()
    assert len(workspace.read(load_shipments)) == 1


def test_what_was_sent_cannot_be_taken_back(workspace: Workspace, journal, tmp_path):
    sourced(workspace, "480213")
    allocate(workspace, TODAY, apply=True)
    book(workspace, TODAY, tmp_path / "out")
    window = journal()

    window.table.selectRow(0)

    assert said(window)[0].startswith("Bookings exported: ")
    assert not window.undo.isEnabled()
    assert window.against.accessibleName().startswith("This entry cannot be undone")


def test_search_finds_what_who_and_what_became_of_it(workspace: Workspace, journal, qtbot: QtBot):
    sourced(workspace, "480213", "480214")
    release(workspace, "480214", "the customer called")
    window = journal()

    window.search.setText("480214")
    qtbot.waitUntil(lambda: window.table.model().rowCount() == 2)

    assert said(window) == ["Order 480214 released", "Order 480214 sourced from LAM"]


def test_the_history_of_an_order_has_all_that_touched_it_and_nothing_else(
    workspace: Workspace, tmp_path
):
    sourced(workspace, "480213", "480214", vehicles=True)
    plan_tour(workspace, "480213")
    set_state(workspace, TODAY, PlanState.VALIDATED)
    allocate(workspace, TODAY, apply=True)
    book(workspace, TODAY, tmp_path / "out")

    def kinds(order: str) -> list[str]:
        return [line.entry.kind for line in workspace.read(load_history, order)]

    assert kinds("480213") == ["tour_state", "save_tours", "source", "import"]
    assert kinds("480214") == ["book", "choose_carriers", "source", "import"]
    assert kinds("480999") == []


def test_an_order_s_history_opens_from_any_pane(
    workspace: Workspace, session: Session, journal, qtbot: QtBot
):
    sourced(workspace, "480213", "480214")
    window = journal()

    session.look_at.emit("history", "480214")
    qtbot.waitUntil(lambda: window.table.model().rowCount() == 2)
    assert said(window)[0] == "Order 480214 sourced from LAM"

    qtbot.mouseClick(window._everything, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.table.model().rowCount() > 2)


def test_an_entry_leads_to_the_orders_it_touched(
    workspace: Workspace, session: Session, journal, qtbot: QtBot
):
    sourced(workspace, "480213", "480214")
    window = journal()
    entry = workspace.read(load_history)[0].entry.entry
    assert workspace.read(orders_of, entry) == ("480214",)

    window.table.opened.emit(entry)
    qtbot.waitUntil(lambda: session.selection.selected.codes == ("480214",))


def test_parts_that_were_refused_are_counted_with_their_reasons(
    workspace: Workspace, journal, qtbot: QtBot
):
    bring_in(workspace, *(promised(f"48000{n}") for n in range(2)))
    decisions = source(workspace).decisions
    accept(workspace, decisions[:1])
    accept(workspace, decisions)  # the first has its node already

    window = journal()

    assert said(window, 4)[0] == "1 refused"
    tip = window.table.model().index(0, 4).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("480")
