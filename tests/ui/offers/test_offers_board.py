"""The offers board: deadlines run, one key widens, assigns or takes back, answers are noted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.offers import DeclineReason, OfferState, RecipientState, WorkState
from app.domain.orders import OrderLine, OrderState
from app.operations.offers import claim, decline
from app.ui.actions import Actions
from app.ui.offers import specs
from app.ui.offers.answering import AnswerWindow
from app.ui.offers.door import OffersDoor
from app.ui.offers.offer_lines import OfferLine
from app.ui.offers.page import OffersPage
from app.ui.session import Session
from app.workspace import Workspace
from db.offers import latest_offer, load_refusals, load_work
from db.orders import load_orders
from db.stock import load_stock
from tests.builders import NOW
from tests.offers.asked import Clock
from tests.ui.offers.mornings import ask, bring_in
from tests.ui.why.mornings import promised, settle

FIRST, SECOND, THIRD = "480162", "480171", "480190"


class Desk:
    """A desk with offers, and what it was told in the corner."""

    def __init__(self, session: Session, window: QMainWindow, qtbot: QtBot) -> None:
        self.session, self.qtbot = session, qtbot
        self.actions = Actions(window)
        self.door = OffersDoor(session, self.actions, window)
        self.news: list[Any] = []
        session.news.connect(self.news.append)
        session.refused.connect(self.news.append)
        session.start()
        settle(session, qtbot)

    def board(self) -> OffersPage:
        if not hasattr(self, "_page"):
            self._page = self.door.open().page
        with self.qtbot.waitSignal(self._page.shown):
            self._page.read()
        return self._page

    def choose(self, *orders: str) -> None:
        self.session.selection.choose(orders)
        self.actions.refresh()

    def do(self, identifier: str, done: Callable[[], bool]) -> None:
        self.actions.refresh()
        assert self.actions.why_not(identifier) == ""
        self.actions.action(identifier).trigger()
        self.qtbot.waitUntil(done)
        settle(self.session, self.qtbot)

    def answering(self, order: str) -> AnswerWindow:
        self.choose(order)
        self.door.answer()
        assert self.door.answering is not None
        return self.door.answering


@pytest.fixture
def made(workspace: Workspace, session: Session, desk: QMainWindow, qtbot: QtBot, clock: Clock):
    def make(*offers: tuple[str, tuple[str, ...], int]) -> Desk:
        bring_in(workspace)
        for order, to, minutes in offers:
            ask(workspace, order, *to, minutes=minutes)
        return Desk(session, desk, qtbot)

    return make


def lines(page: OffersPage) -> dict[str, OfferLine]:
    return {line.order: line for line in page.list.lines()}


def offer_state(workspace: Workspace, order: str) -> OfferState:
    found = workspace.read(latest_offer, order)
    assert found is not None
    return found.state


def state_of(workspace: Workspace, order: str) -> OrderState:
    return workspace.read(load_orders, (order,))[0].state


@pytest.mark.usefixtures("english")
def test_the_soonest_deadline_stands_first_and_its_time_runs(made, clock: Clock):
    desk = made((FIRST, ("RBX", "TCG"), 20), (SECOND, ("LIC",), 8))
    page = desk.board()
    assert [line.order for line in page.list.lines()] == [SECOND, FIRST]
    assert (lines(page)[SECOND].left, lines(page)[SECOND].below) == ("8:00", "of 8\u00a0min")

    clock.turn(minutes=4, seconds=36)
    page.tick()

    line = lines(page)[SECOND]
    assert (line.left, line.tone, line.fill) == ("3:24", "warn", "warn_solid")
    assert line.fraction == pytest.approx(204 / 480)
    assert [chip.text for chip in lines(page)[FIRST].chips] == ["RBX was asked", "TCG was asked"]


@pytest.mark.usefixtures("english")
def test_answers_nodes_and_tabs_tell_what_came_of_it(made, workspace: Workspace, clock: Clock):
    desk = made((FIRST, ("RBX", "TCG"), 20), (SECOND, ("LIC", "LAM"), 20))
    clock.turn(minutes=4)
    claim(workspace, FIRST, "RBX")
    decline(workspace, SECOND, "LIC", DeclineReason.NO_TIME)

    page = desk.board()

    assert [row.node for row in page._answers.rows()] == ["LIC", "RBX"]
    assert {row.node: row.claimed for row in page._nodes.rows()} == {
        "RBX": 1,
        "TCG": 0,
        "LIC": 0,
        "LAM": 0,
    }
    page.tabs.choose("claimed")
    assert [(line.order, line.left) for line in page.list.lines()] == [(FIRST, "09:46")]
    assert lines(page)[FIRST].chips[0].text == "RBX took it at 09:46"


def test_an_offer_chosen_on_the_board_is_chosen_on_the_desk_and_the_other_way(made):
    desk = made((FIRST, ("RBX",), 20), (SECOND, ("LIC",), 30))
    page = desk.board()

    page.list.setCurrentIndex(page.list.model().index(1, 0))
    assert desk.session.selection.selected.codes == (SECOND,)
    desk.choose(FIRST)
    assert page.list.current is not None
    assert page.list.current.order == FIRST


def test_what_is_chosen_stays_so_while_others_come_and_go(made, workspace: Workspace):
    desk = made((FIRST, ("RBX",), 20), (SECOND, ("LIC",), 30))
    page = desk.board()
    desk.choose(SECOND)

    claim(workspace, FIRST, "RBX")
    page = desk.board()

    assert page.list.current is not None
    assert page.list.current.order == SECOND


@pytest.mark.parametrize(("key", "ended"), [("A", OfferState.WITHDRAWN), ("W", OfferState.OPEN)])
def test_one_key_assigns_or_widens(
    made, workspace: Workspace, qtbot: QtBot, key: str, ended: OfferState
):
    desk = made((FIRST, ("RBX",), 20))
    page = desk.board()
    desk.choose(FIRST)
    page.list.setFocus()

    qtbot.keyClick(page.list, key)

    if key == "W":
        qtbot.waitUntil(lambda: len(workspace.read(latest_offer, FIRST).nodes) > 1)
    else:
        qtbot.waitUntil(lambda: state_of(workspace, FIRST) is OrderState.ALLOCATED)
    assert offer_state(workspace, FIRST) is ended


def test_the_selected_offers_are_taken_back_together(made, workspace: Workspace):
    desk = made((FIRST, ("RBX",), 20), (SECOND, ("LIC",), 20))
    desk.choose(FIRST, SECOND, THIRD)

    desk.do(specs.TAKE_BACK.id, lambda: bool(desk.news))

    assert offer_state(workspace, FIRST) is OfferState.WITHDRAWN
    assert offer_state(workspace, SECOND) is OfferState.WITHDRAWN
    assert "2" in desk.news[0].title


def test_what_is_not_on_offer_says_so(made):
    desk = made((FIRST, ("RBX",), 20))

    desk.choose(SECOND)
    assert desk.actions.why_not(specs.TAKE_BACK.id)
    assert desk.actions.why_not(specs.OFFER.id) == ""
    desk.choose(FIRST)
    assert desk.actions.why_not(specs.OFFER.id)
    desk.choose()
    assert desk.actions.why_not(specs.WIDEN.id)


def test_a_claim_heard_on_the_phone_is_noted_and_told(made, workspace: Workspace, qtbot: QtBot):
    desk = made((FIRST, ("RBX", "TCG"), 20))
    asked = desk.answering(FIRST)
    asked.node.setCurrentIndex(asked.node.findData("TCG"))

    qtbot.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.news))

    assert workspace.read(latest_offer, FIRST).winner == "TCG"
    assert "Tourcoing" in desk.news[0].title
    assert "RBX" in desk.news[0].line


def test_a_refusal_heard_on_the_phone_corrects_the_stock(made, workspace: Workspace, qtbot: QtBot):
    desk = made((FIRST, ("RBX", "TCG"), 20))
    asked = desk.answering(FIRST)
    asked.answer.setCurrentIndex(asked.answer.findData("absent"))
    asked.note.setText("nothing on the shelf")

    asked.keep.trigger()
    one = lambda: workspace.read(latest_offer, FIRST).recipient("RBX")  # noqa: E731
    qtbot.waitUntil(lambda: one().state is RecipientState.DECLINED)

    assert (one().reason, one().note) == (DeclineReason.ABSENT, "nothing on the shelf")
    cell = workspace.read(load_stock, (f"SKU{FIRST}",), ("RBX",))[0]
    assert cell.available == 0


def test_a_part_claimed_on_the_phone_leaves_the_rest_to_source(
    made, workspace: Workspace, qtbot: QtBot
):
    desk = made()
    sku = f"SKU{FIRST}"
    two = promised("480001", lines=(OrderLine(sku, 2),))
    workspace.submit(ImportRows("order", "o.csv", (two,)))
    ask(workspace, "480001", "RBX", minutes=20)
    settle(desk.session, qtbot, lambda: len(desk.session.board.rows) > 15)
    asked = desk.answering("480001")
    asked.pieces[sku].setValue(1)

    asked.keep.trigger()
    qtbot.waitUntil(lambda: bool(desk.news))

    assert state_of(workspace, "480001") is OrderState.PARTIALLY_ALLOCATED


def test_the_desks_clock_ends_offers_and_says_so(made, workspace: Workspace, clock: Clock):
    desk = made((FIRST, ("RBX",), 5))
    desk.door.clock.start()
    desk.qtbot.waitUntil(lambda: bool(desk.door.clock._open))
    clock.turn(minutes=6)

    desk.door.clock.look()
    desk.qtbot.waitUntil(lambda: bool(desk.news))

    assert workspace.read(latest_offer, FIRST).code.endswith("/O2")  # the next wave
    assert desk.news[0].status == "warn"


@pytest.mark.usefixtures("english")
def test_nodes_that_have_not_answered_are_named_once_before_the_deadline(made, clock: Clock):
    desk = made((FIRST, ("RBX", "TCG"), 20))
    desk.door.clock.start()
    desk.qtbot.waitUntil(lambda: bool(desk.door.clock._open))
    desk.door.clock.look()
    assert desk.news == []
    clock.at = NOW + timedelta(minutes=16)

    desk.door.clock.look()
    desk.door.clock.look()

    assert [news.line for news in desk.news] == ["No answer yet: RBX, TCG"]


@pytest.mark.usefixtures("french")
def test_the_board_says_what_to_tell_a_client_whose_order_was_refused(made, workspace: Workspace):
    desk = made((THIRD, ("LIC",), 20))
    decline(workspace, THIRD, "LIC", DeclineReason.DAMAGED)
    page = desk.board()

    page.tabs.choose("clients")

    (line,) = page.list.lines()
    assert line.order == THIRD
    assert "Lille Centre" in line.said
    assert "abîmé" in line.said


@pytest.mark.usefixtures("english")
def test_what_was_taken_is_followed_until_it_is_handed_over(
    made, workspace: Workspace, qtbot: QtBot
):
    desk = made((FIRST, ("RBX", "TCG"), 20))
    claim(workspace, FIRST, "RBX")
    settle(desk.session, qtbot, lambda: not _is_open(desk, FIRST))
    told = desk.answering(FIRST)
    told.answer.setCurrentIndex(told.answer.findData("ready"))

    told.keep.trigger()
    qtbot.waitUntil(lambda: workspace.read(load_work) == {f"{FIRST}-1": WorkState.READY})

    page = desk.board()
    page.tabs.choose("claimed")
    assert lines(page)[FIRST].after == "ready"


def test_what_was_taken_is_given_back_and_goes_to_others(made, workspace: Workspace, qtbot: QtBot):
    desk = made((FIRST, ("RBX", "TCG"), 20))
    claim(workspace, FIRST, "RBX")
    settle(desk.session, qtbot, lambda: not _is_open(desk, FIRST))
    told = desk.answering(FIRST)
    assert told.node.currentData() == "RBX"
    told.answer.setCurrentIndex(told.answer.findData("damaged"))

    told.keep.trigger()
    qtbot.waitUntil(lambda: FIRST in workspace.read(load_refusals))

    assert workspace.read(load_refusals)[FIRST]["RBX"].released
    assert workspace.read(load_stock, (f"SKU{FIRST}",), ("RBX",))[0].blocked == 1


def _is_open(desk: Desk, order: str) -> bool:
    row = next(row for row in desk.session.board.rows if row.code == order)
    return row.offer is None or row.offer.is_open
