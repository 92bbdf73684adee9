"""The promise tester's window: what is typed is asked, dates unfold, an order gives its basket."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine
from app.ui.actions import Actions
from app.ui.promises.basket import as_typed, basket_of
from app.ui.promises.door import OPEN, PromiseDoor
from app.ui.promises.window import PromiseWindow
from app.ui.session import Session
from app.workspace import Workspace
from tests.builders import (
    LAMBERSART,
    NOW,
    a_carrier,
    a_cell,
    a_panel,
    a_product,
    a_vehicle,
    an_order,
)
from tests.promises.asking import a_store


@pytest.fixture
def stocked(workspace: Workspace) -> Workspace:
    panel = a_panel()
    for kind, rows in (
        ("node", (a_store(code="LAM", point=LAMBERSART, name="Lambersart"),)),
        ("product", (a_product(),)),
        ("stock", (a_cell("LAM"),)),
        ("vehicle", (a_vehicle(depot="LAM"),)),
        ("carrier", (a_carrier(),)),
        ("service", panel.services),
        ("zone", panel.zones),
        ("tariff", panel.tariffs),
        ("order", (an_order(lines=(OrderLine("SKU1", 2, 990),)),)),
    ):
        workspace.submit(ImportRows(kind, f"{kind}.csv", rows))
    return workspace


@pytest.fixture
def window(stocked: Workspace, session: Session, desk: QMainWindow, english: None) -> PromiseWindow:
    session.start()
    page = PromiseWindow(session, desk)
    page.come_forward()
    return page


def asked(qtbot: QtBot, page: PromiseWindow, basket: str, postcode: str = "59130") -> list[str]:
    """The lines shown for a basket."""
    with qtbot.waitSignal(page.shown):
        page.head.basket.setText(basket)
        page.head.postcode.setText(postcode)
    qtbot.waitUntil(lambda: page.table.isHidden() or bool(page.lines()))
    return [" ".join(cell.text for cell in line.cells) for line in page.lines()]


def test_what_is_typed_is_asked_a_moment_later(qtbot: QtBot, window: PromiseWindow):
    lines = asked(qtbot, window, "SKU1=2")

    assert any("At home our tour" in line for line in lines)
    assert any("Collected in store Lambersart" in line for line in lines)


def test_the_soonest_date_is_unfolded_and_a_click_folds_it(qtbot: QtBot, window: PromiseWindow):
    before = asked(qtbot, window, "SKU1")
    assert any("LAM has it in stock" in line for line in before)

    window.table.followed.emit(window.lines()[0].target)

    assert not any("LAM has it in stock" in c.text for x in window.lines() for c in x.cells)


def test_an_unknown_product_is_said_in_its_place(qtbot: QtBot, window: PromiseWindow):
    asked(qtbot, window, "SKU9")

    assert window.table.isHidden()
    assert "SKU9" in window._empty._sentence.text()


def test_a_day_that_is_wanted_moves_every_date(qtbot: QtBot, window: PromiseWindow):
    asked(qtbot, window, "SKU1")
    day = NOW.date() + timedelta(days=6)

    with qtbot.waitSignal(window.shown):
        window.head.dated.setChecked(True)
        window.head.day.setDate(QDate(day.year, day.month, day.day))

    assert window._told is not None
    assert min(option.on for option in window._told.promise.options) == day


def test_what_changes_on_the_desk_is_asked_again(
    qtbot: QtBot, window: PromiseWindow, stocked: Workspace
):
    asked(qtbot, window, "SKU1")

    with qtbot.waitSignal(window.shown):
        stocked.submit(ImportRows("stock", "s.csv", (a_cell("LAM", on_hand=0),)))

    assert window._told is not None
    assert window._told.promise.options == ()


def test_the_lone_order_selected_gives_its_basket_and_place(
    qtbot: QtBot, window: PromiseWindow, session: Session
):
    session.selection.choose(("480001",))

    window.come_forward()

    qtbot.waitUntil(lambda: window.head.basket.text() == "SKU1=2")
    assert window.head.postcode.text() == "59130"


def test_the_door_opens_it_from_the_menu(
    qtbot: QtBot, stocked: Workspace, session: Session, desk: QMainWindow
):
    actions = Actions(desk)
    door = PromiseDoor(session, actions, desk)

    actions.action(OPEN.id).trigger()

    qtbot.waitUntil(lambda: door.open().isVisible())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("SKU1", [("SKU1", 1)]),
        (" SKU1=2,  SKU2;SKU3=10 ", [("SKU1", 2), ("SKU2", 1), ("SKU3", 10)]),
        ("A=B=3", [("A=B", 3)]),
        ("SKU1=0", [("SKU1=0", 1)]),
        ("", []),
    ],
)
def test_a_basket_reads_as_people_type_it(text: str, lines: list[tuple[str, int]]):
    read = basket_of(text)

    assert [(line.sku, line.quantity) for line in read] == lines
    assert basket_of(as_typed(read)) == read
