"""Offering an order: the policy's choice is there from the start, a tick changes it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.ui.actions import Actions
from app.ui.offers import specs
from app.ui.offers.asking import AskWindow
from app.ui.offers.door import OffersDoor
from app.ui.session import Session
from app.workspace import Workspace
from db.offers import latest_offer, load_offers
from tests.builders import NOW
from tests.offers.asked import Clock
from tests.ui.offers.mornings import bring_in
from tests.ui.why.mornings import settle

ORDER = "480196"


@pytest.fixture
def door(
    workspace: Workspace, session: Session, desk: QMainWindow, qtbot: QtBot, clock: Clock
) -> OffersDoor:
    bring_in(workspace)
    made = OffersDoor(session, Actions(desk), desk)
    session.start()
    settle(session, qtbot)
    return made


def asked(door: OffersDoor, qtbot: QtBot) -> AskWindow:
    door._session.selection.choose((ORDER,))
    door.ask()
    assert door.asking is not None
    with qtbot.waitSignal(door.asking.shown):
        pass
    return door.asking


def test_enter_offers_to_whom_the_policy_would_ask(
    door: OffersDoor, workspace: Workspace, qtbot: QtBot
):
    window = asked(door, qtbot)
    chosen = window.chosen
    assert chosen

    qtbot.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.read(latest_offer, ORDER) is not None)

    offer = workspace.read(latest_offer, ORDER)
    assert set(offer.nodes) == set(chosen)
    assert (offer.expires - NOW).total_seconds() == 1_200
    assert offer.fallback


def test_a_tick_a_time_and_what_follows_are_the_persons(
    door: OffersDoor, workspace: Workspace, qtbot: QtBot
):
    window = asked(door, qtbot)
    before = {row.node: row.chance for row in window.rows()}
    for node in window.chosen[1:]:
        window.toggle(node)
    with qtbot.waitSignal(window.shown):
        window._times.button(5).click()
    assert len(window.chosen) == 1
    after = {row.node: row.chance for row in window.rows()}
    assert after[window.chosen[0]] < before[window.chosen[0]]
    window.follows.setChecked(False)
    (only,) = window.chosen

    window.ask.trigger()
    qtbot.waitUntil(lambda: workspace.read(latest_offer, ORDER) is not None)

    offer = workspace.read(latest_offer, ORDER)
    assert (offer.nodes, offer.fallback) == ((only,), False)
    assert (offer.expires - NOW).total_seconds() == 300


def test_space_and_a_click_tick_a_node(door: OffersDoor, qtbot: QtBot):
    window = asked(door, qtbot)
    first = window.rows()[0].node
    assert first in window.chosen
    window.table.selectRow(0)
    window.table.setFocus()

    qtbot.keyClick(window.table, Qt.Key.Key_Space)
    assert first not in window.chosen
    qtbot.mouseClick(
        window.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=window.table.visualRect(window.table.model().index(0, 0)).center(),
    )
    assert first in window.chosen


def test_nobody_ticked_is_nobody_asked(door: OffersDoor, workspace: Workspace, qtbot: QtBot):
    window = asked(door, qtbot)
    for node in window.chosen:
        window.toggle(node)

    assert not window.ask.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert window.isVisible()
    assert workspace.read(load_offers) == []


@pytest.mark.usefixtures("french")
def test_spared_nodes_say_why(door: OffersDoor, qtbot: QtBot):
    window = asked(door, qtbot)

    against = {row.node: row.against for row in window.rows() if not row.able}

    assert "au-delà" in against["ARM"]


def test_several_orders_are_offered_as_the_policy_says(
    door: OffersDoor, workspace: Workspace, qtbot: QtBot
):
    door._session.selection.choose((ORDER, "480187"))

    door._actions.refresh()
    door._actions.action(specs.OFFER.id).trigger()
    qtbot.waitUntil(lambda: len(workspace.read(load_offers)) == 2)

    assert {offer.order for offer in workspace.read(load_offers)} == {ORDER, "480187"}
