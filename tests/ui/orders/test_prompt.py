"""Sending the selection by a code: what is said before Enter, and what Enter does."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.domain.orders import OrderState, ShipmentState
from app.operations.sourcing import accept, source
from db.bookings import load_choices
from db.decisions import load_decision
from db.orders import load_orders, load_shipments
from tests.ui.why.mornings import bring_in, plan_tour, promised, unfillable

THREE = ("480213", "480214", "480215")
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def morning(workspace, desk):
    bring_in(workspace, *(promised(code) for code in THREE), unfillable())
    return desk()


def nodes_of(workspace):
    return {s.order: s.node for s in workspace.read(load_shipments)}


def ask(made, key, *codes):
    for code in codes:
        made.click(code, Qt.KeyboardModifier.ControlModifier)
    made.key(key)
    prompt = made.page.prompt
    made.until(lambda: not prompt.isHidden() and prompt.current is not None)
    return prompt


def field(made):
    return made.page.window().focusWidget()


def press(made, key):
    made.key(key, on=field(made))


def test_n_offers_every_node_with_the_best_first_in_place_of_the_foot(morning):
    prompt = ask(morning, Qt.Key.Key_N, "480213")

    assert prompt.current.code == "LAM"
    assert morning.page.foot.isHidden()
    assert "LAM" in prompt.verdict
    assert "ATP 4" in prompt.verdict


def test_what_forbids_a_node_is_said_before_enter(morning):
    prompt = ask(morning, Qt.Key.Key_N, "480213")

    morning.type("eng")

    assert prompt.current.code == "ENG"
    assert "SKU1" in prompt.verdict  # what it is short of


def test_a_node_that_can_is_taken_with_enter_alone_and_the_choice_is_kept_as_an_override(morning):
    ask(morning, Qt.Key.Key_N, "480213")
    morning.type("lic")
    press(morning, ENTER)

    morning.until(lambda: "480213" in nodes_of(morning.workspace))
    assert nodes_of(morning.workspace) == {"480213": "LIC"}
    assert morning.workspace.read(load_decision, "480213").override == "chosen by hand"
    assert morning.table.hasFocus()
    assert not morning.page.foot.isHidden()


def test_the_suggested_node_is_no_override(morning):
    prompt = ask(morning, Qt.Key.Key_N, "480213")
    suggested = prompt.current.code
    press(morning, ENTER)

    morning.until(lambda: "480213" in nodes_of(morning.workspace))
    decision = morning.workspace.read(load_decision, "480213")
    assert (decision.nodes, decision.override) == ((suggested,), "")


def test_over_a_fence_a_reason_is_asked_and_kept(morning):
    ask(morning, Qt.Key.Key_N, "480213")
    morning.type("eng")
    press(morning, ENTER)
    assert nodes_of(morning.workspace) == {}  # nothing before the reason

    morning.type("the customer waits there")
    press(morning, ENTER)

    morning.until(lambda: nodes_of(morning.workspace) == {"480213": "ENG"})
    decision = morning.workspace.read(load_decision, "480213")
    assert decision.override == "the customer waits there"


def test_without_a_reason_enter_does_nothing_more(morning):
    prompt = ask(morning, Qt.Key.Key_N, "480213")
    morning.type("eng")
    press(morning, ENTER)
    press(morning, ENTER)

    assert not prompt.isHidden()
    assert nodes_of(morning.workspace) == {}


def test_several_orders_go_in_one_entry(morning):
    prompt = ask(morning, Qt.Key.Key_N, "480213", "480214")
    assert prompt.title == "Send 2 orders to"
    morning.type("lic")
    press(morning, ENTER)

    morning.until(lambda: len(nodes_of(morning.workspace)) == 2)
    assert nodes_of(morning.workspace) == {"480213": "LIC", "480214": "LIC"}
    morning.workspace.undo()
    assert nodes_of(morning.workspace) == {}


def test_hidden_orders_that_would_go_along_are_named(morning):
    morning.session.selection.choose(THREE)
    morning.page.listing.narrow(morning.page.listing.filter.with_search("480213"))
    morning.key(Qt.Key.Key_N)

    assert morning.page.prompt.title == "Send 3 orders to (2 hidden)"


def test_a_node_without_the_pieces_is_refused_whatever_the_reason(morning, qtbot):
    ask(morning, Qt.Key.Key_N, "480249")
    morning.type("lam")
    press(morning, ENTER)
    morning.type("because")

    with qtbot.waitSignal(morning.session.refused):
        press(morning, ENTER)

    assert nodes_of(morning.workspace) == {}


def test_an_order_that_has_a_node_already_can_get_another(workspace, desk):
    bring_in(workspace, promised())
    accept(workspace, source(workspace).decisions)
    made = desk()
    made.page.listing.show_view("to_plan")
    before = nodes_of(workspace)["480213"]
    other = "LIC" if before == "LAM" else "LAM"

    ask(made, Qt.Key.Key_N, "480213")
    made.type(other)
    press(made, ENTER)

    made.until(lambda: nodes_of(workspace) == {"480213": other})
    assert workspace.read(load_orders)[0].state is OrderState.ALLOCATED


def test_escape_leaves_all_as_it_was(morning):
    prompt = ask(morning, Qt.Key.Key_N, "480213")
    morning.type("lic")
    press(morning, ESC)

    assert prompt.isHidden()
    assert nodes_of(morning.workspace) == {}
    assert morning.selected == ("480213",)
    assert morning.table.hasFocus()


def test_arrows_and_clicks_choose_but_only_enter_sends(morning, qtbot):
    prompt = ask(morning, Qt.Key.Key_N, "480213")
    first = prompt.current
    press(morning, Qt.Key.Key_Down)
    assert prompt.current != first

    answers = prompt.answers
    row = next(i for i, c in enumerate(prompt.offered) if c.code == "LIC")
    point = QPoint(60, answers.rowViewportPosition(row) + 5)
    qtbot.mouseClick(answers.viewport(), Qt.MouseButton.LeftButton, pos=point)

    assert prompt.current.code == "LIC"
    assert nodes_of(morning.workspace) == {}


def test_letters_that_mean_nothing_say_so(morning):
    prompt = ask(morning, Qt.Key.Key_N, "480213")
    morning.type("zzz")

    assert prompt.current is None
    assert prompt.verdict == "Nothing is called that."
    press(morning, ENTER)
    assert not prompt.isHidden()


def test_the_letter_n_typed_into_the_field_stays_a_letter(morning):
    ask(morning, Qt.Key.Key_N, "480213")
    morning.type("n")

    assert field(morning).text() == "n"


def test_nothing_is_sent_where_nothing_can_be(workspace, desk):
    bring_in(workspace, promised(), vehicles=True)
    accept(workspace, source(workspace).decisions)
    plan_tour(workspace, "480213")
    made = desk()
    assert made.actions.why_not("orders.to_node") == "Nothing is selected."

    made.page.listing.show_view("tours")
    made.click("480213")
    assert "planned" in made.actions.why_not("orders.to_node")
    assert "planned" in made.actions.why_not("orders.to_carrier")


# Carriers


@pytest.fixture
def afternoon(workspace, desk):
    """Two sourced orders that no tour takes."""
    bring_in(workspace, promised("480213"), promised("480214"))
    accept(workspace, source(workspace).decisions)
    made = desk()
    made.page.listing.show_view("to_plan")
    return made


def test_c_prices_every_service_and_a_late_one_asks_for_a_reason(afternoon):
    prompt = ask(afternoon, Qt.Key.Key_C, "480213", "480214")
    assert [(c.code, c.cents) for c in prompt.offered] == [("DEX", 1_800), ("NFT", 2_400)]
    assert "Deûle Express" in prompt.verdict

    afternoon.type("nft")
    assert "1 day late" in prompt.verdict
    press(afternoon, ENTER)
    assert afternoon.workspace.read(load_choices) == {}
    afternoon.type("the customer agreed")
    press(afternoon, ENTER)

    afternoon.until(lambda: len(afternoon.workspace.read(load_choices)) == 2)
    kept = afternoon.workspace.read(load_choices)
    assert {choice.best.carrier for choice in kept.values()} == {"NFT"}
    assert {choice.override for choice in kept.values()} == {"the customer agreed"}
    assert {s.state for s in afternoon.workspace.read(load_shipments)} == {
        ShipmentState.CARRIER_CHOSEN
    }


def test_prices_that_come_too_late_open_nothing(afternoon):
    prompt = ask(afternoon, Qt.Key.Key_C, "480213")
    press(afternoon, ESC)
    afternoon.page._sending.ask_carrier()
    press(afternoon, ESC)
    afternoon.page._sending.ask_node()  # the answer to the first question arrives meanwhile

    afternoon.qtbot.waitUntil(lambda: prompt.current is not None)
    assert {choice.code for choice in prompt.offered} == {"LAM", "LIC", "ENG"}
