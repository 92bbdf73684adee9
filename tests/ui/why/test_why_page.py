"""The Why pane: one order's chain, what its lines lead to, and what can be done about it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.orders import OrderState
from app.jobs import Lanes
from app.operations.sourcing import accept, source
from app.operations.why_chain import Link
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.why.page import WhyPage
from app.ui.widgets.lines import Line
from app.workspace import Workspace
from db.decisions import load_decision
from db.orders import load_orders, load_shipments
from tests.ui.sessions import a_session
from tests.ui.why.mornings import bring_in, lost, plan_tour, promised, settle, unfillable

Make = Callable[..., WhyPage]


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    made = a_session(workspace)
    yield made
    made.close()


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Make:
    def make(width: int = 645, height: int = 340) -> WhyPage:
        window = QWidget()
        made = WhyPage(session, Actions(window), window)
        made.setGeometry(0, 0, width, height)
        window.resize(width, height)
        qtbot.addWidget(window)
        window.show()
        session.start()
        settle(session, qtbot)
        return made

    return make


def ask(page: WhyPage, session: Session, qtbot: QtBot, *codes: str) -> None:
    session.selection.choose(codes)
    qtbot.waitUntil(lambda: page.settled, timeout=5_000)


def open_link(page: WhyPage, link: Link) -> None:
    place = list(Link).index(link)
    page.thread_view.setCurrentIndex(page.thread_view.model().index(place, 0))


def said(page: WhyPage, link: Link) -> tuple[str, str]:
    """The choice on the thread, and what stands beside it."""
    index = page.thread_view.model().index(list(Link).index(link), 0)
    card = index.data(Qt.ItemDataRole.UserRole)
    return card.choice, card.beside


def lines(page: WhyPage) -> dict[str, Line]:
    table = page.detail_view.table
    assert table is not None
    return {line.key: line for line in table.lines()}


def texts(line: Line) -> list[str]:
    return [cell.text for cell in line.cells]


def click(page: WhyPage, qtbot: QtBot, key: str) -> None:
    table = page.detail_view.table
    assert table is not None
    place = [line.key for line in table.lines()].index(key)
    where = table.visualRect(table.model().index(place, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def blue_button(page: WhyPage) -> str:
    return page._actions.action("why.accept").text()


def node_of(workspace: Workspace, order: str) -> list[str]:
    return [shipment.node for shipment in workspace.read(load_shipments, (order,))]


def test_nothing_selected_says_what_to_do(workspace: Workspace, page: Make):
    bring_in(workspace, promised())

    shown = page()

    assert not shown.thread_view.isVisible()
    assert not shown.detail_view.isVisible()
    assert not shown._actions.action("why.accept").isEnabled()


def test_an_order_to_source_shows_its_five_links(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()

    ask(shown, session, qtbot, "480213")

    assert said(shown, Link.ORDER)[0] == "480\u202f213 · home 14:00–16:00"
    assert said(shown, Link.NODE)[0] == "LAM · Lambersart"
    assert "ahead of LIC" in said(shown, Link.NODE)[1]
    assert said(shown, Link.NODE)[1].endswith("1 of 3 ruled out")
    assert said(shown, Link.CARRIER) == ("Deûle Express · €9.00", "ahead of Nordfret €12.00")
    assert said(shown, Link.TOUR) == ("No tour: a carrier brings it", "LAM has no vehicle")
    assert said(shown, Link.TIME)[0].startswith("There by ")


def test_candidates_come_best_first_and_the_ruled_out_say_why(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()

    ask(shown, session, qtbot, "480213")

    assert list(lines(shown)) == ["LAM", "LIC", "ENG"]
    assert texts(lines(shown)["LAM"])[:3] == ["Chosen", "LAM Lambersart", "4"]
    assert texts(lines(shown)["LIC"])[0] == "Ranked lower"
    assert texts(lines(shown)["ENG"])[2] == "ATP 0 of 1: 2 on hand, 2 for safety"


@pytest.mark.usefixtures("french")
def test_the_pane_speaks_french(workspace: Workspace, session: Session, page: Make, qtbot: QtBot):
    bring_in(workspace, promised())
    shown = page()

    ask(shown, session, qtbot, "480213")

    assert said(shown, Link.ORDER)[0] == "480\u202f213 · domicile 14:00–16:00"
    assert texts(lines(shown)["ENG"])[2] == "DAV 0 sur 1\u00a0: 2 en stock, 2 de sécurité"
    assert blue_button(shown) == "Affecter à LAM"


def test_enter_gives_the_order_to_the_suggested_node(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")
    assert blue_button(shown) == "Assign to LAM"

    shown.thread_view.setFocus()
    qtbot.keyClick(shown.thread_view, Qt.Key.Key_Enter)
    settle(session, qtbot, lambda: session.board.rows[0].nodes == ("LAM",))

    assert node_of(workspace, "480213") == ["LAM"]
    assert not shown._actions.action("why.accept").isEnabled()
    assert not shown._foot._accept.isVisible()


def test_what_was_decided_is_told_as_it_was_then(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    accept(workspace, source(workspace).decisions)
    shown = page()

    ask(shown, session, qtbot, "480213")

    assert said(shown, Link.NODE)[0] == "LAM · Lambersart"
    assert texts(lines(shown)["LAM"])[2] == "4"  # three are left; four were there


def test_another_candidate_turns_the_button_to_itself(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")

    click(shown, qtbot, "LIC")
    assert blue_button(shown) == "Assign to LIC…"
    shown._actions.action("why.accept").trigger()
    settle(session, qtbot, lambda: session.board.rows[0].nodes == ("LIC",))

    decision = workspace.read(load_decision, "480213")
    assert node_of(workspace, "480213") == ["LIC"]
    assert decision is not None
    assert decision.override


def test_a_node_that_is_ruled_out_asks_for_a_reason(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")

    click(shown, qtbot, "ENG")
    shown._actions.action("why.accept").trigger()
    dialog = shown.findChild(QInputDialog)
    assert dialog is not None
    assert "2 for safety" in dialog.labelText()
    assert node_of(workspace, "480213") == []

    dialog.setTextValue("the store has it on show")
    dialog.accept()
    settle(session, qtbot, lambda: session.board.rows[0].nodes == ("ENG",))

    decision = workspace.read(load_decision, "480213")
    assert decision is not None
    assert decision.override == "the store has it on show"


def test_a_price_unfolds_into_the_lines_that_add_up_to_it(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")
    open_link(shown, Link.CARRIER)
    chosen, other = "480213+1 DEX STD", "480213+1 NFT PAL"
    assert texts(lines(shown)[f"{chosen} 0"])[4] == texts(lines(shown)[chosen])[4] == "9.00"
    assert f"{other} 0" not in lines(shown)

    click(shown, qtbot, other)
    assert texts(lines(shown)[f"{other} 0"])[4] == "12.00"
    click(shown, qtbot, other)
    assert f"{other} 0" not in lines(shown)


def test_a_tour_shows_its_stops_and_leads_to_their_orders(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised(), promised("480214"), vehicles=True)
    accept(workspace, source(workspace).decisions)
    plan_tour(workspace, "480213", "480214")
    shown = page()
    ask(shown, session, qtbot, "480213")

    assert said(shown, Link.CARRIER)[0] == "Own fleet · Fourgon 04"
    assert said(shown, Link.TOUR)[0] == "T4 · stop 1 of 2"
    assert said(shown, Link.TIME)[0] == "13:55 · slack 46\u00a0min"
    open_link(shown, Link.TOUR)
    assert texts(lines(shown)["stop 480214-1"])[:2] == ["2", "14:20"]

    click(shown, qtbot, "stop 480214-1")
    assert session.selection.selected.codes == ("480214",)


def test_a_candidate_leads_to_its_node(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")

    with qtbot.waitSignal(session.look_at) as followed:
        click(shown, qtbot, "LIC")

    assert followed.args == ["node", "LIC"]
    assert session.selection.selected.codes == ("480213",)


def test_space_follows_the_line_the_keyboard_stands_on(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")
    table = shown.detail_view.table
    assert table is not None
    table.setCurrentIndex(table.model().index(1, 0))

    with qtbot.waitSignal(session.look_at) as followed:
        qtbot.keyClick(table, Qt.Key.Key_Space)

    assert followed.args == ["node", "LIC"]


def test_the_stop_under_the_pointer_is_hovered_everywhere(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised(), promised("480214"), vehicles=True)
    accept(workspace, source(workspace).decisions)
    plan_tour(workspace, "480213", "480214")
    shown = page()
    ask(shown, session, qtbot, "480213")
    open_link(shown, Link.TOUR)
    table = shown.detail_view.table
    assert table is not None

    table.hovered.emit("stop 480214-1")
    assert session.selection.hovered == "480214"
    table.hovered.emit(None)
    assert session.selection.hovered == ""


def test_a_narrow_pane_keeps_the_thread_and_opens_a_link_over_it(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page(width=410, height=258)
    ask(shown, session, qtbot, "480213")
    assert shown.thread_view.isVisible()
    assert not shown.detail_view.isVisible()

    qtbot.keyClick(shown.thread_view, Qt.Key.Key_Right)
    assert not shown.thread_view.isVisible()
    assert shown.detail_view.isVisible()

    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.thread_view.isVisible()


def test_an_order_without_candidate_says_so_and_offers_no_button(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, unfillable())
    shown = page()

    ask(shown, session, qtbot, "480249")

    assert said(shown, Link.NODE) == ("No candidate", "3 of 3 ruled out")
    assert said(shown, Link.CARRIER)[0] == "Nothing to carry yet"
    assert not shown._actions.action("why.accept").isEnabled()


def test_an_order_without_a_place_waits_for_its_address(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, lost())
    shown = page()

    ask(shown, session, qtbot, "480112")

    assert said(shown, Link.ORDER)[1].endswith("address to check")
    assert said(shown, Link.NODE)[0] == "Waits for the address"


def test_several_orders_are_summed_up_and_a_group_selects_its_own(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised(), promised("480214"), unfillable(), lost())
    shown = page()

    ask(shown, session, qtbot, "480213", "480214", "480249", "480112")

    assert not shown.thread_view.isVisible()
    assert texts(lines(shown)["node LAM"])[1:] == ["LAM  Lambersart", "2", "2"]
    assert texts(lines(shown)["standing no_candidate"])[2] == "1"
    assert blue_button(shown) == "Assign 2 orders"

    click(shown, qtbot, "node LAM")
    assert session.selection.selected.codes == ("480213", "480214")


def test_the_blue_button_serves_all_that_are_selected(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised(), promised("480214"), unfillable())
    shown = page()
    ask(shown, session, qtbot, "480213", "480214", "480249")

    shown._actions.action("why.accept").trigger()
    settle(session, qtbot, lambda: all(row.nodes for row in session.board.rows[:2]))

    states = {order.code: order.state for order in workspace.read(load_orders)}
    assert states["480213"] is states["480214"] is OrderState.ALLOCATED
    assert states["480249"] is OrderState.TO_SOURCE


def test_the_history_is_asked_of_the_journal(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")

    with qtbot.waitSignal(session.look_at) as asked:
        shown._actions.action("why.history").trigger()

    assert asked.args == ["history", "480213"]


def test_the_subtitle_names_the_order(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()

    with qtbot.waitSignal(shown.subtitle_changed) as named:
        session.selection.choose(("480213",))

    assert named.args == ["480\u202f213 · Claire Delattre, Lambersart"]


def test_a_sourced_order_moves_to_the_node_picked(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    accept(workspace, source(workspace).decisions)
    shown = page()
    ask(shown, session, qtbot, "480213")

    click(shown, qtbot, "LIC")
    assert blue_button(shown) == "Assign to LIC…"
    shown._actions.action("why.accept").trigger()
    assert shown.findChild(QInputDialog) is None  # nothing speaks against it
    settle(session, qtbot, lambda: session.board.rows[0].nodes == ("LIC",))

    assert node_of(workspace, "480213") == ["LIC"]


class Later(Executor):
    """Keeps work until it is told to do it, as a slow disk would."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        self.waiting.append(lambda: future.set_result(fn(*args, **kwargs)))
        return future

    def work(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def test_an_answer_that_comes_too_late_is_dropped(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised(), promised("480214"))
    shown = page()
    slow = Later()
    session.lanes = Lanes(slow, slow)
    session.selection.choose(("480213",))
    session.selection.choose(("480214",))
    slow.waiting.reverse()  # the first answer comes last

    slow.work()
    qtbot.waitUntil(lambda: shown.settled)

    assert said(shown, Link.ORDER)[0].startswith("480\u202f214")


def test_while_the_answer_takes_its_time_the_board_is_told(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised(), promised("480214"), vehicles=True)
    accept(workspace, source(workspace).decisions)
    plan_tour(workspace, "480213", "480214")
    shown = page()
    slow = Later()
    session.lanes = Lanes(slow, slow)

    session.selection.choose(("480213",))
    qtbot.waitUntil(shown.thread_view.isVisible)

    assert said(shown, Link.NODE) == ("LAM · Lambersart", "")
    assert said(shown, Link.CARRIER)[0] == "Asking the carriers…"
    assert said(shown, Link.TOUR)[0] == "T4 · stop 1 of 2"
    assert not shown.settled

    slow.work()
    qtbot.waitUntil(lambda: shown.settled)
    assert said(shown, Link.CARRIER)[0] == "Own fleet · Fourgon 04"


def test_a_candidate_picked_for_one_order_is_not_picked_for_the_next(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised(), promised("480214"))
    shown = page()
    ask(shown, session, qtbot, "480213")
    click(shown, qtbot, "LIC")

    ask(shown, session, qtbot, "480214")

    table = shown.detail_view.table
    assert table is not None
    assert table.chosen == frozenset()
    assert blue_button(shown) == "Assign to LAM"


def test_the_address_leads_to_its_place_on_the_map(
    workspace: Workspace, session: Session, page: Make, qtbot: QtBot
):
    bring_in(workspace, promised())
    shown = page()
    ask(shown, session, qtbot, "480213")
    open_link(shown, Link.ORDER)

    with qtbot.waitSignal(session.look_at) as followed:
        click(shown, qtbot, "address")

    assert followed.args == ["order", "480213"]
