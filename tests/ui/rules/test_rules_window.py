"""The rules window: choosing, changing by form and by text, trying, publishing, taking back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.policy import Fence, Policy, Rating, Weekday
from app.operations.policy import coming_policies, publish_policy, rules_text
from app.operations.sourcing import source
from app.ui.actions import Actions
from app.ui.rules.door import RulesDoor
from app.ui.rules.periods import Period
from app.ui.rules.window import RulesWindow
from app.ui.session import Session
from app.workspace import Workspace
from tests.ui.sessions import a_session
from tests.ui.why.mornings import bring_in, promised

Make = Callable[[], RulesWindow]


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    bring_in(workspace, promised("480213"), promised("480214"))
    made = a_session(workspace)
    made.start()
    yield made
    made.close()


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[Make]:
    desk = QWidget()
    qtbot.addWidget(desk)
    opened: list[RulesWindow] = []

    def make() -> RulesWindow:
        made = RulesWindow(session, desk)
        made.resize(1280, 760)
        made.show()
        opened.append(made)
        settled(made, qtbot)
        return made

    yield make
    for each in opened:
        each.close()
    QApplication.processEvents()


def settled(window: RulesWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.settled, timeout=5_000)


def test_the_rules_in_force_are_shown_and_cannot_be_published_again(window: Make):
    shown = window()

    assert shown.text.toPlainText() == shown.draft.text
    assert "in force" in shown.head.state
    assert not shown.publish.isEnabled()
    assert not shown.start_over.isEnabled()
    assert not shown.withdraw.isEnabled()


def test_a_predefined_set_changes_the_chain_and_leaves_the_costs(
    window: Make, workspace: Workspace, qtbot: QtBot
):
    text = rules_text(workspace).replace("km_cents = 35", "km_cents = 60")
    publish_policy(workspace, text)
    shown = window()

    place = shown.head.start.findData("Greenest")
    shown.head.start.setCurrentIndex(place)
    shown.head.start.activated.emit(place)
    settled(shown, qtbot)

    assert [rule.name for rule in shown.draft.chain] == ["greenest", "late"]
    assert shown.draft.policy.sourcing.km_cents == 60
    assert shown.forms.rule.weights.figures[Rating.CARBON].value() == 0.9
    assert "carbon = 0.9" in shown.text.toPlainText()


def test_a_slider_sets_a_weight_and_shows_the_shares(window: Make):
    shown = window()

    shown.forms.rule.weights.sliders[Rating.COST].setValue(100)

    assert dict(shown.draft.chain[0].ratings)[Rating.COST] == 1.0
    assert shown.forms.rule.weights.figures[Rating.COST].value() == 1.0
    assert shown.forms.rule.weights._shares[Rating.COST].text() == "50%"
    assert "cost = 1.0" in shown.text.toPlainText()


def test_a_weight_of_nothing_leaves_the_criterion_out(window: Make):
    shown = window()

    for rating in Rating:
        shown.forms.rule.weights.figures[rating].setValue(0)

    assert shown.draft.chain[0].ratings == ()
    assert not shown.publish.isEnabled()
    assert "at least one weight must be above zero" in shown.banner.said


def test_fences_are_ticked_but_stock_always_counts(window: Make):
    shown = window()
    assert not shown.forms.rule.fences.ticks[Fence.HAS_STOCK].isEnabled()

    shown.forms.rule.fences.ticks[Fence.BEFORE_CUTOFF].setChecked(False)

    assert Fence.BEFORE_CUTOFF not in shown.draft.chain[0].fences
    assert Fence.HAS_STOCK in shown.draft.chain[0].fences


def test_limits_are_set_in_the_units_people_use(window: Make):
    shown = window()
    box = shown.forms.rule.limits.boxes["max_range_m"]

    box.number.setValue(12.5)
    assert shown.draft.chain[0].max_range_m == 12_500
    box.tick.setChecked(False)
    assert shown.draft.chain[0].max_range_m is None
    assert not box.number.isEnabled()

    shown.forms.sourcing.boxes["min_split_value_cents"].number.setValue(15)
    assert shown.draft.policy.sourcing.min_split_value_cents == 1_500
    shown.forms.sourcing.boxes["split_allowed"].setChecked(False)
    assert not shown.draft.policy.sourcing.split_allowed
    shown.forms.touring.boxes["tight_slack_s"].number.setValue(15)
    assert shown.draft.policy.touring.tight_slack_s == 900


def test_a_rule_can_be_for_some_orders_only(window: Make):
    shown = window()

    shown.forms.rule.words["departments"].setText("59, 2a")
    shown.forms.rule.words["departments"].editingFinished.emit()

    assert shown.draft.chain[0].condition.departments == {"59", "2A"}
    assert 'departments = ["2A", "59"]' in shown.text.toPlainText()


def test_what_is_typed_moves_the_form(window: Make, qtbot: QtBot):
    shown = window()

    shown.text.setPlainText(shown.draft.text.replace("max_shipments = 3", "max_shipments = 2"))
    qtbot.waitUntil(lambda: shown.draft.changed, timeout=5_000)

    assert shown.forms.sourcing.boxes["max_shipments"].number.value() == 2
    assert shown.publish.isEnabled()


def test_a_line_that_cannot_be_read_is_marked_and_nothing_can_be_published(
    window: Make, qtbot: QtBot
):
    shown = window()
    lines = shown.draft.text.splitlines()
    place = lines.index("max_shipments = 3")

    shown.text.setPlainText(shown.draft.text.replace("max_shipments = 3", 'max_shipments = "x"'))
    qtbot.waitUntil(lambda: shown.draft.trouble is not None, timeout=5_000)

    assert shown.banner.said.startswith(f"Line {place + 1}, sourcing.max_shipments:")
    (mark,) = shown.text.extraSelections()
    assert mark.cursor.blockNumber() == place
    assert not shown.publish.isEnabled()


def test_what_the_form_writes_can_be_undone_in_the_text(window: Make, qtbot: QtBot):
    shown = window()
    own = "# ours\n" + shown.draft.text
    shown.text.setPlainText(own)
    qtbot.waitUntil(lambda: shown.draft.text == own, timeout=5_000)

    shown.forms.rule.weights.sliders[Rating.COST].setValue(50)
    assert "# ours" in shown.text.toPlainText()
    assert "cost = 0.5" in shown.text.toPlainText()
    shown.text.undo()

    assert shown.text.toPlainText() == own
    qtbot.waitUntil(lambda: not shown.draft.changed, timeout=5_000)


def test_the_effect_names_the_orders_that_would_move(window: Make, session: Session, qtbot: QtBot):
    shown = window()

    rule = replace(shown.draft.chain[0], ratings=((Rating.KEEP_STOCK, 1.0),))
    shown._set_rule(rule)
    settled(shown, qtbot)

    moved = shown.effect._model.rows()
    assert [(each.order, each.before.nodes, each.after.nodes) for each in moved] == [
        ("480213", ("LAM",), ("LIC",)),
        ("480214", ("LAM",), ("LIC",)),
    ]
    shown.effect.table.opened.emit("480214")
    assert session.selection.selected.codes == ("480214",)


def test_publishing_puts_a_new_version_in_force_and_taking_it_back_the_old_one(
    window: Make, workspace: Workspace, qtbot: QtBot
):
    shown = window()
    shown.forms.sourcing.boxes["max_shipments"].number.setValue(2)

    qtbot.keyClick(shown, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown.draft.in_force.version == 1, timeout=5_000)
    assert workspace.policy().sourcing.max_shipments == 2
    assert not shown.publish.isEnabled()
    assert shown.withdraw.isEnabled()

    shown.withdraw.trigger()
    qtbot.waitUntil(lambda: shown.draft.in_force.version == 0, timeout=5_000)
    assert workspace.policy() == Policy()
    assert shown.forms.sourcing.boxes["max_shipments"].number.value() == 3


def test_changes_can_be_dropped(window: Make, qtbot: QtBot):
    shown = window()
    shown.forms.sourcing.boxes["max_shipments"].number.setValue(2)

    shown.start_over.trigger()
    qtbot.waitUntil(lambda: not shown.draft.changed, timeout=5_000)

    assert shown.forms.sourcing.boxes["max_shipments"].number.value() == 3


def test_rules_of_the_chain_are_added_moved_and_named(window: Make):
    shown = window()

    shown.chain.add.click()
    shown.forms.rule.label.setText("Heavy goods")
    shown.forms.rule.label.editingFinished.emit()
    shown.chain.up.click()

    assert [rule.label for rule in shown.draft.chain][:2] == ["Heavy goods", "Nearest"]
    shown.chain.remove.click()
    assert shown.draft.chain[0].label == "Nearest"


@pytest.mark.usefixtures("french")
def test_the_window_speaks_french_and_keeps_the_names_of_the_program(window: Make):
    shown = window()

    assert shown.forms.rule.label.text() == "Au plus près"
    shown.forms.rule.label.editingFinished.emit()
    assert shown.draft.chain[0].label == "Nearest"
    assert not shown.draft.changed


def test_the_desk_opens_it_once(session: Session, qtbot: QtBot):
    desk = QWidget()
    qtbot.addWidget(desk)
    actions = Actions(desk)
    door = RulesDoor(session, actions, desk)

    actions.action("rules.open").trigger()

    assert door.open() is door.open()
    qtbot.waitUntil(lambda: door.open().settled, timeout=5_000)
    door.open().close()
    QApplication.processEvents()


def test_past_days_are_tried_as_well_and_their_figures_stand_side_by_side(
    window: Make, session: Session, workspace: Workspace, qtbot: QtBot
):
    source(workspace, apply=True)
    shown = window()
    place = shown.effect.period.findData(int(Period.TODAY))
    shown.effect.period.setCurrentIndex(place)
    shown.effect.period.activated.emit(place)
    settled(shown, qtbot)
    assert not shown.effect._model.rows()
    assert shown.effect.figures.cells["placed"][2].accessibleName() == ""

    rule = replace(shown.draft.chain[0], ratings=((Rating.KEEP_STOCK, 1.0),))
    shown._set_rule(rule)
    settled(shown, qtbot)

    assert [each.after.nodes for each in shown.effect._model.rows()] == [("LIC",), ("LIC",)]
    before, after, change = shown.effect.figures.cells["cost_cents"]
    assert before.accessibleName() != after.accessibleName()
    assert change.accessibleName().startswith("+")


def test_the_rule_is_told_in_plain_words_as_it_changes(window: Make):
    shown = window()
    assert "within 50" in shown.forms.rule.said.text()

    shown.forms.rule.limits.boxes["max_range_m"].number.setValue(12)

    assert "within 12" in shown.forms.rule.said.text()


def test_a_rule_that_never_decides_is_named_and_can_be_published_all_the_same(window: Make):
    shown = window()

    shown._look_at(2)
    shown._add()

    assert "never decides" in shown.banner.said
    assert shown.publish.isEnabled()


def test_conditions_on_clients_days_and_hours_are_set_without_text(window: Make):
    shown = window()
    form = shown.forms.rule

    form.words["customers"].setText("Mairie de Lille, Mairie*")
    form.words["customers"].editingFinished.emit()
    form.weekdays.ticks[Weekday.FRIDAY].setChecked(True)
    form.condition.boxes["placed_from"].tick.setChecked(True)
    form.limits.boxes["hold_orders"].tick.setChecked(True)

    rule = shown.draft.chain[0]
    assert rule.condition.customers == frozenset({"Mairie de Lille", "Mairie*"})
    assert rule.condition.weekdays == frozenset({Weekday.FRIDAY})
    assert rule.condition.placed_from is not None
    assert rule.hold_orders == 1


def test_rules_are_published_for_a_later_moment_and_start_then(
    window: Make, session: Session, workspace: Workspace, qtbot: QtBot
):
    shown = window()
    shown.forms.sourcing.boxes["max_shipments"].number.setValue(2)
    shown.start.tick.setChecked(True)
    shown.publish.trigger()
    qtbot.waitUntil(lambda: "v1 from 25/11/2026 06:00" in shown.head.state, timeout=5_000)

    assert workspace.policy().sourcing.max_shipments == 3
    qtbot.waitUntil(lambda: not shown.draft.changed, timeout=5_000)
    assert shown.withdraw.text() == "Take v1 back"

    workspace.use_clock(lambda: datetime(2026, 11, 25, 5, 0, tzinfo=UTC))
    with qtbot.waitSignal(session.changed, timeout=5_000):
        session.look_at_clock()
    assert session.policy.sourcing.max_shipments == 2
    qtbot.waitUntil(lambda: shown.draft.in_force.version == 1, timeout=5_000)


def test_rules_for_later_are_taken_back_before_they_start(
    window: Make, workspace: Workspace, qtbot: QtBot
):
    shown = window()
    shown.start.tick.setChecked(True)
    shown.publish.trigger()
    qtbot.waitUntil(shown.withdraw.isEnabled, timeout=5_000)

    shown.withdraw.trigger()

    qtbot.waitUntil(lambda: "v1" not in shown.head.state, timeout=5_000)
    assert coming_policies(workspace) == ()
