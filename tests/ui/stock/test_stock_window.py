"""The stock window: what it shows, what it says of a line, and how it follows the desk."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.operations.sourcing import release
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.stock.count_card import CountCard
from app.ui.stock.door import StockDoor
from app.ui.stock.picture import Grouping, Only
from app.ui.stock.window import StockWindow
from app.ui.widgets.lines_table import LinesTable
from app.workspace import Workspace
from tests.builders import NOW, a_cell
from tests.ui.sessions import a_session
from tests.ui.stock.shelves import fill

PROMISED = 11  # the column of what may be promised by a day
Make = Callable[[], StockWindow]


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    fill(workspace)
    made = a_session(workspace)
    made.start()
    yield made
    made.close()


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[Make]:
    desk = QWidget()
    qtbot.addWidget(desk)
    opened: list[StockWindow] = []

    def make() -> StockWindow:
        made = StockWindow(session, None, desk)
        made.resize(1340, 700)
        made.explorer.old_after(24)
        made.show()
        opened.append(made)
        settled(made, qtbot)
        return made

    yield make
    for each in opened:
        each.close()
    QApplication.processEvents()


def settled(window: StockWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.explorer.settled and bool(window.explorer.lines), timeout=5_000)


def keys(window: StockWindow) -> list[tuple[str, str]]:
    return [line.key for line in window.model.rows()]


def cell(window: StockWindow, key: tuple[str, str], column: str) -> str:
    names = [each.name for each in window.model.columns]
    place = window.model.place_of(key)
    assert place is not None, key
    return window.model.index(place, names.index(column)).data()


def stand_on(window: StockWindow, key: tuple[str, str]) -> None:
    place = window.model.place_of(key)
    assert place is not None, key
    window.table.selectRow(place)


def told(table: LinesTable) -> list[tuple[str, ...]]:
    return [tuple(each.text for each in line.cells if each.text) for line in table.lines()]


def test_every_cell_is_there_with_what_may_be_promised(window: Make):
    shown = window()

    assert len(keys(shown)) == 8
    lamp = ("LAM", "LAMPE-01")
    figures = [cell(shown, lamp, name) for name in ("on_hand", "reserved_here", "safety_stock")]
    assert figures == ["12", "3", "2"]
    assert cell(shown, lamp, "available") == "7"
    assert cell(shown, ("LIC", "CHAISE-02"), "inbound") == "24 · 25/11"
    assert cell(shown, ("LAM", "CHAISE-02"), "age") == "4 days"


def test_the_day_to_promise_by_can_be_another(window: Make, qtbot: QtBot):
    shown = window()
    assert cell(shown, ("LIC", "CHAISE-02"), "promise") == "24"

    shown.head.day.setDate(date(2026, 11, 24))
    settled(shown, qtbot)

    assert cell(shown, ("LIC", "CHAISE-02"), "promise") == "0"
    assert cell(shown, ("ENG", "CHAISE-02"), "promise") == "68"
    header = shown.model.headerData(PROMISED, Qt.Orientation.Horizontal)
    assert header == "ATP by 24/11"


def test_a_search_a_node_and_a_kind_narrow_the_lines(window: Make, qtbot: QtBot):
    shown = window()

    qtbot.keyClicks(shown.head.search, "chaise")
    qtbot.keyClick(shown.head.search, Qt.Key.Key_Return)
    settled(shown, qtbot)
    assert {sku for _node, sku in keys(shown)} == {"CHAISE-02"}

    shown.head.node.setCurrentIndex(shown.head.node.findData("LIC"))
    shown.head.node.activated.emit(0)
    settled(shown, qtbot)
    assert keys(shown) == [("LIC", "CHAISE-02")]

    shown.head.only.setCurrentIndex(shown.head.only.findData(Only.AVAILABLE))
    shown.head.only.activated.emit(0)
    settled(shown, qtbot)
    assert keys(shown) == []


def test_a_click_on_a_title_sorts_all_lines(window: Make, qtbot: QtBot):
    shown = window()

    shown.table.sort_by("available", Qt.SortOrder.DescendingOrder)
    settled(shown, qtbot)

    assert keys(shown)[0] == ("ENG", "LAMPE-01")


def test_a_line_says_what_its_figure_is_made_of_and_who_holds_it(window: Make, qtbot: QtBot):
    shown = window()

    stand_on(shown, ("LAM", "LAMPE-01"))
    qtbot.waitUntil(shown.detail.holders.isVisible, timeout=5_000)

    assert told(shown.detail.sums) == [
        ("On hand", "12"),
        ("Reserved by our orders", "−3"),
        ("Safety stock", "−2"),
        ("Available to promise", "7"),
    ]
    assert {line[0] for line in told(shown.detail.holders)} == {"480\u202f213", "480\u202f214"}


def test_arrivals_lead_to_the_promise_of_that_day(window: Make):
    shown = window()

    stand_on(shown, ("LIC", "CHAISE-02"))

    assert told(shown.detail.sums) == [
        ("On hand", "0"),
        ("Available to promise", "0"),
        ("Inbound 25/11", "+24"),
        ("ATP by 26/11", "24"),
    ]


def test_a_holder_leads_to_its_order(window: Make, session: Session, qtbot: QtBot):
    shown = window()
    stand_on(shown, ("LAM", "LAMPE-01"))
    qtbot.waitUntil(shown.detail.holders.isVisible, timeout=5_000)
    table = shown.detail.holders
    place = [line.key for line in table.lines()].index("480213-1")

    where = table.visualRect(table.model().index(place, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert session.selection.selected.codes == ("480213",)


def test_products_add_up_over_nodes_and_open_into_their_cells(window: Make, qtbot: QtBot):
    shown = window()

    shown.tabs.choose(Grouping.PRODUCTS.value)
    settled(shown, qtbot)
    assert cell(shown, ("", "LAMPE-01"), "on_hand") == "182"
    stand_on(shown, ("", "LAMPE-01"))
    assert [line[0] for line in told(shown.detail.spread)] == [
        "ENG Englos",
        "LIC Lille Centre",
        "LAM Lambersart",
    ]

    shown.table.opened.emit(("", "LAMPE-01"))
    settled(shown, qtbot)
    assert keys(shown) == [("ENG", "LAMPE-01"), ("LAM", "LAMPE-01"), ("LIC", "LAMPE-01")]
    assert shown.table.chosen == {("ENG", "LAMPE-01")}


def test_a_node_opens_into_its_products(window: Make, qtbot: QtBot):
    shown = window()
    shown.tabs.choose(Grouping.NODES.value)
    settled(shown, qtbot)

    shown.table.opened.emit(("ENG", ""))
    settled(shown, qtbot)

    assert keys(shown) == [("ENG", "CHAISE-02"), ("ENG", "LAMPE-01")]
    assert shown.head.node.currentData() == "ENG"


def test_what_happens_on_the_desk_is_followed(window: Make, workspace: Workspace, qtbot: QtBot):
    shown = window()
    stand_on(shown, ("LAM", "LAMPE-01"))

    release(workspace, "480213", "customer called")
    qtbot.waitUntil(lambda: cell(shown, ("LAM", "LAMPE-01"), "reserved_here") == "1")

    assert cell(shown, ("LAM", "LAMPE-01"), "available") == "9"
    assert shown.table.chosen == {("LAM", "LAMPE-01")}
    assert told(shown.detail.sums)[1] == ("Reserved by our orders", "−1")


def test_a_window_that_is_closed_reads_when_it_is_opened_again(
    window: Make, workspace: Workspace, qtbot: QtBot
):
    shown = window()
    shown.close()

    fresh = a_cell("LAM", "TABLE-03", 50, as_of=NOW)
    workspace.submit(ImportRows("stock", "stock.csv", (fresh,)))
    QApplication.processEvents()
    assert cell(shown, ("LAM", "TABLE-03"), "on_hand") == "2"

    shown.show()
    qtbot.waitUntil(lambda: cell(shown, ("LAM", "TABLE-03"), "on_hand") == "50")


def test_the_limit_of_age_is_kept_for_the_next_time(window: Make, qtbot: QtBot):
    shown = window()

    shown.head.limit.setCurrentIndex(shown.head.limit.findData(168))
    shown.head.limit.activated.emit(0)
    settled(shown, qtbot)

    assert shown.explorer.limit_h == 168
    assert window().explorer.limit_h == 24  # this test's own helper asks for a day


@pytest.mark.usefixtures("french")
def test_the_window_speaks_french(window: Make):
    shown = window()

    assert shown.model.headerData(PROMISED, Qt.Orientation.Horizontal) == "DAV au 26/11"
    stand_on(shown, ("LIC", "CHAISE-02"))
    assert told(shown.detail.sums)[2:] == [("Attendu le 25/11", "+24"), ("DAV au 26/11", "24")]


def test_the_desk_opens_it_once(session: Session, qtbot: QtBot):
    desk = QWidget()
    qtbot.addWidget(desk)
    actions = Actions(desk)
    door = StockDoor(session, actions, desk)

    actions.action("stock.open").trigger()

    window = door.open()
    assert door.open() is window
    qtbot.waitUntil(window.isVisible)
    window.close()
    QApplication.processEvents()


def test_a_cell_says_what_may_be_promised_by_when_and_how_sure(window: Make, qtbot: QtBot):
    shown = window()

    stand_on(shown, ("ENG", "CHAISE-02"))

    assert [line[:2] for line in told(shown.detail.dates)] == [
        ("now", "60"),
        ("in 2 hours", "60"),
        ("tomorrow", "68"),
    ]
    assert told(shown.detail.dates)[0][2] == "100%"
    stand_on(shown, ("LAM", "TABLE-03"))
    assert told(shown.detail.dates)[0] == ("now", "0")  # nothing to be sure of


def test_a_count_is_kept_told_and_undone(
    window: Make, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    shown = window()
    stand_on(shown, ("LAM", "CHAISE-02"))
    assert not shown.detail.moves.isVisible()

    def type_over(card: CountCard) -> int:
        card.pieces.setValue(9)
        card.reason.setText("found again")
        return 1

    monkeypatch.setattr(CountCard, "exec", type_over)
    shown.detail.count.click()
    settled(shown, qtbot)
    qtbot.waitUntil(lambda: cell(shown, ("LAM", "CHAISE-02"), "on_hand") == "9", timeout=5_000)
    qtbot.waitUntil(shown.detail.moves.isVisible, timeout=5_000)

    assert told(shown.detail.moves)[0][1:] == ("on hand", "4 → 9", "c.vasseur")
    assert "min" in cell(shown, ("LAM", "CHAISE-02"), "age")  # counted this minute
    workspace.undo()
    qtbot.waitUntil(lambda: cell(shown, ("LAM", "CHAISE-02"), "on_hand") == "4", timeout=5_000)


def test_only_a_single_cell_can_be_counted(window: Make, qtbot: QtBot):
    shown = window()
    stand_on(shown, ("LAM", "CHAISE-02"))
    assert shown.detail.count.isVisible()

    shown.tabs.choose(Grouping.PRODUCTS.value)
    settled(shown, qtbot)
    stand_on(shown, ("", "CHAISE-02"))

    assert not shown.detail.count.isVisible()
