"""The orders pane under a dispatcher's hands: lists, selection, keys, and what is done by them."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMenu

from app.domain.orders import Mode, OrderState, ShipmentState
from app.domain.sourcing import Method
from app.domain.tours import PlanState
from app.operations.sourcing import accept, source
from app.operations.touring import set_state
from app.ui.actions import ActionSpec
from app.ui.orders.filters import Filter
from app.ui.orders.standing import Standing
from app.ui.widgets.caption import Caption
from app.ui.widgets.key_cap import KeyButton
from db.orders import load_orders, load_shipments
from tests.builders import NOW
from tests.ui.why.mornings import TODAY, bring_in, lost, plan_tour, promised, unfillable

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
THREE = ("480213", "480214", "480215")


@pytest.fixture
def morning(workspace, desk):
    """Three orders to source, one that no node has, one whose address is unknown."""
    bring_in(workspace, *(promised(code) for code in THREE), unfillable(), lost())
    return desk()


def states(workspace):
    return {order.code: order.state for order in workspace.read(load_orders)}


def titles(made):
    return {
        tab.name: tab.count for tab in made.page.listing.shelf.tabs(made.page.listing.list.counts)
    }


def button(made):
    shown = [b for b in made.page.foot.findChildren(KeyButton) if not b.isHidden()]
    assert len(shown) <= 1
    return shown[0] if shown else None


def texts(peek):
    return [each.accessibleName() for each in peek.findChildren(Caption)]


# Lists


def test_the_day_opens_on_what_is_to_be_sourced_by_deadline(morning):
    assert morning.page.listing.view == "to_source"
    assert morning.codes == [*THREE, "480249"]
    assert titles(morning)["anomalies"] == 1
    assert titles(morning)["orders"] == 5


def test_a_tab_shows_its_orders_and_the_header_says_what_the_node_column_means(morning):
    model = morning.page.listing.model
    across, role = Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
    node = [column.name for column in model.columns].index("node")
    assert model.headerData(node, across, role) == "Suggestion"

    morning.page.listing.show_view("orders")

    assert len(morning.codes) == 5
    assert model.headerData(node, across, role) == "Node"


def test_an_order_without_a_candidate_says_so_in_its_line(morning):
    assert morning.cell("480249", "node") == "No candidate: no stock anywhere"


def test_a_figure_above_opens_its_list_and_freed_leads_back(morning):
    morning.page.listing.show_view("orders")

    morning.session.filter_changed.emit("anomalies")
    assert morning.codes == ["480112"]

    morning.session.filter_changed.emit("")
    assert len(morning.codes) == 5
    assert morning.page.listing.view == "orders"


def test_from_one_figure_to_the_next_the_way_back_stays_the_same(morning):
    morning.page.listing.show_view("orders")
    morning.session.filter_changed.emit("anomalies")
    morning.session.filter_changed.emit("to_source")

    morning.session.filter_changed.emit("")

    assert morning.page.listing.view == "orders"


def test_a_figure_freed_late_does_not_take_the_person_from_where_they_went(morning):
    morning.session.filter_changed.emit("anomalies")
    morning.page.listing.show_view("at_risk")

    morning.session.filter_changed.emit("")

    assert morning.page.listing.view == "at_risk"


def test_a_figure_shows_all_it_counts_whatever_was_searched(morning):
    morning.page.listing.narrow(Filter(search="480213"))

    morning.session.filter_changed.emit("to_source")

    assert morning.codes == [*THREE, "480249"]


def test_the_subtitle_counts_the_day_and_says_the_order(morning, qtbot):
    with qtbot.waitSignal(morning.page.subtitle_changed) as told:
        morning.table.sort_by("client")

    assert told.args == ["5 of the day · sorted by client"]


def test_time_passes_in_one_column_alone(morning, qtbot):
    before = morning.cell("480213", "left")
    model = morning.page.listing.model
    left = [column.name for column in model.columns].index("left")

    morning.workspace.use_clock(lambda: NOW + timedelta(hours=1))
    with qtbot.waitSignal(model.dataChanged) as told:
        morning.page.listing.feed.ticked.emit()

    first, last, _roles = told.args
    assert {first.column(), last.column()} == {left}
    assert morning.cell("480213", "left") != before
    look = model.look_at(0, left)
    assert look.runs[0].text == morning.cell(morning.codes[0], "left")


def test_a_commit_elsewhere_changes_the_list(morning):
    accept(morning.workspace, [morning.session.suggestions["480213"]])

    morning.until(lambda: "480213" not in morning.codes)
    assert titles(morning)["to_plan"] == 1


# Search and filter


def test_ctrl_f_searches_and_escape_leads_back_to_the_whole_list(morning):
    morning.key(Qt.Key.Key_F, CTRL)
    field = morning.page.listing.strip.field
    morning.until(field.hasFocus)

    morning.type("480 214")
    morning.until(lambda: morning.codes == ["480214"])

    morning.key(Qt.Key.Key_Escape, on=field)
    morning.until(lambda: len(morning.codes) == 4)
    morning.key(Qt.Key.Key_Escape, on=field)
    assert morning.table.hasFocus()
    assert morning.page.listing.strip.isHidden()


def test_down_from_the_search_stands_on_the_first_row_found(morning):
    morning.trigger("orders.search")
    morning.type("480215")
    morning.until(lambda: morning.codes == ["480215"])

    morning.key(Qt.Key.Key_Down, on=morning.page.listing.strip.field)

    assert morning.table.hasFocus()
    assert morning.selected == ("480215",)


def test_f3_goes_from_find_to_find(morning):
    morning.page.listing.narrow(Filter(search="4802"))
    found = []
    for _time in range(5):
        morning.key(Qt.Key.Key_F3)
        found.append(morning.selected[0])

    assert found == [*THREE, "480249", "480213"]


def test_nothing_found_here_offers_the_view_where_it_is(morning):
    morning.page.listing.narrow(Filter(search="480112"))

    said = morning.page.listing.empty.said
    assert said.sentence == "Nothing matches “480112”. 1 order in other views."
    morning.page.listing.empty.findChild(KeyButton).click()

    assert morning.codes == ["480112"]


def test_escape_first_clears_the_selection_then_the_filter(morning):
    morning.page.listing.narrow(Filter(search="4802"))
    morning.click("480213")

    morning.key(Qt.Key.Key_Escape)
    assert morning.selected == ()
    assert morning.page.listing.filter.narrows

    morning.key(Qt.Key.Key_Escape)
    assert not morning.page.listing.filter.narrows


def test_a_tick_on_the_filter_card_acts_at_once(morning):
    morning.trigger("orders.filter")
    card = morning.page.filter_card
    morning.until(card.isVisible)
    tick = next(t for t in card.ticks() if t.text().startswith("No candidate"))

    tick.click()

    assert morning.codes == ["480249"]
    assert morning.page.listing.filter.standings == {Standing.NO_CANDIDATE}
    card.close()


def test_a_view_is_kept_under_a_name_shown_as_a_tab_and_deleted_again(morning):
    morning.page.listing.narrow(Filter(search="480213"))
    morning.trigger("orders.save_view")
    dialog = morning.page.listing.findChild(QInputDialog)
    dialog.setTextValue("Lambersart")
    dialog.accept()
    morning.until(lambda: morning.page.listing.shelf.title == "Lambersart")
    morning.until(lambda: titles(morning)["own:Lambersart"] == 1)

    morning.page.listing.show_view("orders")
    assert len(morning.codes) == 5
    morning.page.listing.show_view("own:Lambersart")
    assert morning.codes == ["480213"]

    morning.trigger("orders.delete_view")
    morning.until(lambda: "own:Lambersart" not in titles(morning))
    assert morning.page.listing.view == "to_source"
    assert len(morning.codes) == 4


def test_the_views_of_the_desk_cannot_be_deleted(morning):
    assert morning.actions.why_not("orders.delete_view") == "This view belongs to the desk."


def test_columns_left_out_stay_left_out_at_the_next_start(morning, desk):
    morning.table._show_column("client", False)

    again = desk()

    assert "client" in again.table.hidden_columns


# Selection


def test_clicks_become_the_sessions_selection_in_the_order_of_picking(morning):
    morning.click("480215")
    morning.click("480213", CTRL)

    assert morning.selected == ("480215", "480213")

    morning.key(Qt.Key.Key_A, CTRL)
    assert set(morning.selected) == {*THREE, "480249"}


def test_another_panes_choice_is_shown_without_an_echo(morning):
    heard = []
    morning.session.selection.listen(lambda: heard.append(morning.selected))

    morning.session.selection.choose(("480214", "480112"))

    assert morning.table.chosen == {"480214", "480112"}
    assert heard == [("480214", "480112")]


def test_a_hidden_order_stays_selected_and_is_counted(morning):
    morning.session.selection.choose(("480214", "480112"))

    assert "2 selected · 1 of them hidden" in morning.page.foot.said


def test_the_pointer_is_told_to_the_other_panes_and_theirs_is_shown(morning):
    morning.session.selection.hover("480215")
    place = morning.page.listing.model.place_of("480215")
    assert morning.table.hovered_row == place

    morning.table.hovered.emit("480213")
    assert morning.session.selection.hovered == "480213"
    morning.table.hovered.emit(None)
    assert morning.session.selection.hovered == ""


# The next step


def test_accepting_the_sure_ones_reserves_exactly_what_was_shown_in_one_entry(morning):
    assert button(morning).text() == "Accept the 3 sure ones"
    wanted = {code: morning.session.suggestions[code].nodes for code in THREE}

    button(morning).click()

    morning.until(lambda: morning.codes == ["480249"])
    given = {s.order: (s.node,) for s in morning.workspace.read(load_shipments)}
    assert given == wanted
    morning.workspace.undo()
    assert {states(morning.workspace)[code] for code in THREE} == {OrderState.TO_SOURCE}


def test_only_the_sure_ones_that_are_shown_are_accepted(morning):
    morning.page.listing.narrow(Filter(search="480214"))
    assert button(morning).text() == "Accept the sure one"

    morning.key(Qt.Key.Key_Return, CTRL)

    morning.until(lambda: states(morning.workspace)["480214"] is OrderState.ALLOCATED)
    assert states(morning.workspace)["480213"] is OrderState.TO_SOURCE


def test_with_nothing_sure_the_button_says_why_it_rests(workspace, desk):
    bring_in(workspace, unfillable())
    made = desk()

    assert not button(made).isEnabled()
    assert made.actions.why_not("orders.accept_sure") == "No sure suggestion is shown here."


def test_the_blue_button_is_another_panes_action_where_that_comes_next(morning):
    morning.page.listing.show_view("to_plan")
    assert button(morning) is None  # nobody can plan yet

    ran = []
    plan = ActionSpec(id="tours.plan", text="Plan the tours", shortcut="F5")
    morning.actions.register(plan, lambda: ran.append("plan"))
    morning.page.listing.show_view("to_source")
    morning.page.listing.show_view("to_plan")
    button(morning).click()

    assert ran == ["plan"]


def test_an_order_whose_stock_went_meanwhile_is_refused_alone_and_told(workspace, desk):
    bring_in(workspace, *(promised(code) for code in THREE))
    made = desk()
    told = []
    made.session.news.connect(told.append)
    accept(workspace, [made.session.suggestions["480213"]])  # behind the window's back

    made.page._acts._deeds.accept(made.page.listing.list.rows)

    made.until(lambda: bool(told))
    assert told[0].title == "1 order was refused"
    assert told[0].status == "warn"
    assert states(workspace)["480214"] is OrderState.ALLOCATED


def test_all_open_orders_are_weighed_at_once_and_accepted_as_they_are_shown(morning):
    said = []
    morning.session.news.connect(said.append)

    morning.trigger("orders.suggest_together")
    morning.until(lambda: bool(said) and morning.actions.why_not("orders.suggest_together") == "")

    assert said[0].title == "All open orders weighed at once"
    assert "too dear" in said[0].line
    methods = {code: made.method for code, made in morning.session.suggestions.items()}
    assert [methods[code] for code in THREE] == [Method.OPTIMAL] * 3
    morning.trigger("orders.accept_sure")
    morning.until(lambda: states(morning.workspace)["480213"] is OrderState.ALLOCATED)


def test_the_selection_is_accepted_as_suggested(morning):
    morning.click("480213")
    morning.click("480215", CTRL)

    morning.trigger("orders.accept_selected")

    morning.until(lambda: states(morning.workspace)["480215"] is OrderState.ALLOCATED)
    assert states(morning.workspace)["480214"] is OrderState.TO_SOURCE


def test_everything_sourced_points_to_what_comes_next(workspace, desk):
    bring_in(workspace, promised())
    accept(workspace, source(workspace).decisions)

    made = desk()

    assert (
        made.page.listing.empty.said.sentence == "Everything is sourced. 1 order is ready to plan."
    )
    made.page.listing.empty.findChild(KeyButton).click()
    assert made.codes == ["480213"]


def test_a_day_without_orders_offers_to_import_them(workspace, desk):
    assert desk().page.listing.empty.said.action == "intake.import"


# Taking back


def sourced(workspace, *, tour=False):
    bring_in(workspace, *(promised(code) for code in THREE), vehicles=True)
    accept(workspace, source(workspace).decisions)
    if tour:
        plan_tour(workspace, *THREE)


def test_u_gives_back_what_sourced_orders_hold(workspace, desk):
    sourced(workspace)
    made = desk()
    made.page.listing.show_view("to_plan")
    made.click("480213")
    made.click("480214", CTRL)

    made.key(Qt.Key.Key_U)

    made.until(lambda: states(workspace)["480214"] is OrderState.TO_SOURCE)
    assert states(workspace)["480213"] is OrderState.TO_SOURCE
    assert states(workspace)["480215"] is OrderState.ALLOCATED


def test_del_takes_a_planned_order_out_of_its_tour_first_then_gives_back_its_stock(workspace, desk):
    sourced(workspace, tour=True)
    made = desk()
    made.page.listing.show_view("tours")
    made.click("480214")

    made.key(Qt.Key.Key_Delete)
    made.until(lambda: "480214" not in made.codes)
    assert states(workspace)["480214"] is OrderState.ALLOCATED

    made.key(Qt.Key.Key_Delete)
    made.until(lambda: states(workspace)["480214"] is OrderState.TO_SOURCE)


def test_an_agreed_tour_is_left_alone_and_the_refusal_shown(workspace, desk, qtbot):
    sourced(workspace, tour=True)
    set_state(workspace, TODAY, PlanState.VALIDATED)
    made = desk()
    made.page.listing.show_view("tours")
    made.click("480214")

    with qtbot.waitSignal(made.session.refused):
        made.key(Qt.Key.Key_U)

    shipments = workspace.read(load_shipments)
    assert {s.state for s in shipments} == {ShipmentState.PLANNED}


def test_nothing_can_be_taken_back_from_an_order_without_a_node(morning):
    assert morning.actions.why_not("orders.take_back") == "Nothing is selected."
    morning.click("480213")
    assert morning.actions.why_not("orders.take_back") == ("The selected orders have no node yet.")


# Looking


def test_p_and_enter_ask_why(morning):
    asked = []
    show = ActionSpec(id="why.show", text="Why")
    morning.actions.register(show, lambda: asked.append(morning.selected))
    morning.click("480214")

    morning.key(Qt.Key.Key_P)
    morning.key(Qt.Key.Key_Return)

    assert asked == [("480214",), ("480214",)]


def test_space_shows_the_goods_and_follows_the_keyboard_until_escape(morning):
    morning.click("480213")

    morning.key(Qt.Key.Key_Space)
    peek = morning.page.peek
    morning.until(lambda: not peek.isHidden())
    assert any("Lampe" in text for text in texts(peek))
    assert morning.selected == ("480213",)

    morning.key(Qt.Key.Key_Down)
    morning.until(lambda: peek.code == "480214" and not peek.isHidden())

    morning.key(Qt.Key.Key_Escape)
    assert peek.isHidden()
    assert morning.selected == ("480214",)


def test_customers_words_are_never_markup(workspace, desk):
    bring_in(workspace, promised(note="<b>ring twice</b>"))
    made = desk()
    made.click("480213")
    made.key(Qt.Key.Key_Space)

    made.until(lambda: not made.page.peek.isHidden())
    note = next(each for each in made.page.peek.findChildren(QLabel))
    assert (note.text(), note.textFormat()) == ("<b>ring twice</b>", Qt.TextFormat.PlainText)


def test_f8_and_f7_go_round_the_anomalies(workspace, desk):
    bring_in(workspace, promised(), lost("480112"), lost("480113"))
    made = desk()

    visited = []
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F8, Qt.Key.Key_F8, Qt.Key.Key_F7):
        made.key(key)
        visited.append(made.selected[0])

    assert visited == ["480112", "480113", "480112", "480113"]
    assert made.page.listing.view == "orders"  # the view shown held none of them


def test_the_menu_of_a_row_offers_what_is_registered(morning):
    morning.click("480213")
    morning.page._open_menu(morning.table.visualRect(morning.table.currentIndex()).center())

    menu = morning.page.findChild(QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert "Send to a node…" in texts
    assert "Why?" in texts
    assert not any("map" in text for text in texts)  # there is no map here
    menu.close()


def test_comfortable_rows_are_higher(workspace, desk):
    bring_in(workspace, promised())
    made = desk()

    made.session.keep_settings(density="comfortable")

    assert made.table.rowHeight(0) == 30


def test_a_pickup_point_is_not_given_a_tour_to_expect(workspace, desk):
    relay = promised("480300", mode=Mode.PICKUP_POINT, pickup_point="DEX-1")
    bring_in(workspace, relay, vehicles=True)
    made = desk()

    assert made.cell("480300", "by") == "Carrier"


@pytest.mark.usefixtures("french")
def test_in_french_the_button_and_the_sums_read_as_a_dispatcher_says_them(workspace, desk):
    bring_in(workspace, *(promised(code) for code in THREE))
    made = desk()

    assert button(made).text() == "Accepter les 3 sûres"
    assert made.page.foot.said.startswith("3 commandes · 3 colis")


def test_only_one_click_and_collect_store_is_its_own_place(workspace, desk):
    collect = promised("480190", mode=Mode.CLICK_AND_COLLECT, collect_node="LIC", place=None)
    bring_in(workspace, collect)
    made = desk()

    assert made.codes == ["480190"]
    made.click("480190")
    assert made.actions.why_not("orders.edit") == "This order is collected at a store."
