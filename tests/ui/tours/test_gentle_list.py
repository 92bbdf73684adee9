"""Moves of a gentle re-optimisation: found by a job, ticked, seen on the timeline, done, left."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.operations.gentle import reoptimise
from app.operations.touring import lock
from app.planning.tours.gentle import Suggestion
from app.ui.tours.gentle_view import GentleView
from app.workspace import Workspace
from db.journal import entries
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import set_up_mixed_day
from tests.ui.tours.test_page import Desk

_Key = Qt.Key


class Gentle(Desk):
    """A desk whose drafts carry some stops of their neighbours."""

    jobs: list[Any]

    @property
    def view(self) -> GentleView:
        return self.page.gentle.view

    @property
    def suggestion(self) -> Suggestion:
        assert self.view.suggestion is not None
        return self.view.suggestion

    def look_for_moves(self) -> None:
        self.do("tours.gentle")
        self.until(self.view.isVisible)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.table, key)

    def go_to(self, row: int) -> None:
        self.view.table.setCurrentIndex(self.view.table.model().index(row, 1))

    def figures(self) -> tuple[int, int]:
        tours = self.tours()
        return sum(t.cost_cents for t in tours), sum(t.distance_m for t in tours)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    scope = QSettings.Scope.UserScope
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, scope, str(tmp_path / "settings"))


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gentle") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_mixed_day(workspace)
    return folder


@pytest.fixture(scope="module")
def found(template: Path) -> Suggestion:
    """What the search finds on that day; it takes a while, and is the same each time."""
    with Workspace.open(template, user="c.vasseur", clock=lambda: NOW) as workspace:
        return reoptimise(workspace, ON, 6, seconds=None)


@pytest.fixture
def desk(
    qtbot: QtBot, template: Path, found: Suggestion, tmp_path: Path, english: None
) -> Iterator[Gentle]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        made = Gentle(qtbot, session)
        made.page.gentle.kind.search = lambda *_words, **_how: found
        made.window.resize(1272, 420)
        made.open()
        made.window.activateWindow()
        made.timeline.setFocus()
        yield made
        session.close()


def test_how_many_stops_and_minutes_are_asked_over_the_list_and_remembered(desk: Gentle):
    asked: list[tuple[int, int | None]] = []
    found = desk.page.gentle.kind.search

    def search(_workspace: object, _on: object, stops: int, within_s: int | None, **how: object):
        asked.append((stops, within_s))
        return found(**how)

    desk.page.gentle.kind.search = search
    desk.look_for_moves()
    head = desk.view.head
    head.stops.setValue(3)
    head.minutes.setValue(15)

    QTest.keyClick(head.minutes, _Key.Key_Return)
    desk.until(lambda: len(asked) == 2 and desk.view.isVisible())

    assert asked == [(10, None), (3, 900)]
    again = GentleView(desk.page)
    assert (again.head.stops.value(), again.head.within_s) == (3, 900)


def test_a_budget_that_was_spoilt_on_disk_is_the_usual_one(desk: Gentle):
    QSettings().setValue("tours/gentle_stops", "many")

    assert GentleView(desk.page).head.stops.value() == 10


def test_the_list_stands_beside_the_timeline_with_every_move_ticked(desk: Gentle):
    desk.look_for_moves()

    assert len(desk.suggestion.moves) > 1
    assert desk.view.ticked == frozenset(move.number for move in desk.suggestion.moves)
    assert desk.timeline.isVisible()
    assert desk.view.table.hasFocus()
    assert "stops move" in desk.view.said


def test_enter_does_what_is_ticked_as_one_entry_with_the_figures_that_stood_there(desk: Gentle):
    desk.look_for_moves()
    change = desk.suggestion.change(desk.view.ticked)
    before, written = desk.figures(), len(desk.workspace.read(entries))

    desk.press(_Key.Key_Return)
    desk.until(lambda: not desk.view.isVisible())

    after = desk.figures()
    assert (after[0] - before[0], after[1] - before[1]) == (change.cost_cents, change.distance_m)
    assert len(desk.workspace.read(entries)) == written + 1
    assert desk.timeline.hasFocus()
    assert "done" in desk.news[-1].title


def test_space_takes_a_tick_away_and_all_that_needs_it(desk: Gentle):
    desk.look_for_moves()
    suggestion, everything = desk.suggestion, desk.view.ticked
    desk.go_to(0)

    desk.press(_Key.Key_Space)
    assert desk.view.ticked == suggestion.without(everything, 0)
    assert 0 not in desk.view.ticked
    desk.press(_Key.Key_Space)

    assert 0 in desk.view.ticked


def test_a_click_on_the_box_ticks_too(desk: Gentle):
    desk.look_for_moves()
    table = desk.view.table
    box = table.visualRect(table.model().index(0, 0)).center()

    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(box)
    )

    assert 0 not in desk.view.ticked


def test_nothing_ticked_does_nothing_and_says_so(desk: Gentle):
    desk.look_for_moves()
    desk.view.toggle(desk.view.ticked)
    desk.until(lambda: True)

    assert desk.view.said == "Nothing is ticked."
    assert desk.actions.why_not("tours.gentle_apply") == "Nothing is ticked."


def test_escape_leaves_everything_as_it_was(desk: Gentle):
    before = desk.tours()
    desk.look_for_moves()
    desk.go_to(0)

    desk.press(_Key.Key_Escape)

    assert not desk.view.isVisible()
    assert desk.timeline.hasFocus()
    assert desk.tours() == before
    assert desk.timeline._trial is None


def test_the_move_looked_at_stands_on_the_timeline_as_it_would_be(desk: Gentle):
    desk.look_for_moves()
    desk.go_to(0)

    trial = desk.timeline._trial
    assert trial is not None
    assert trial.moved == {one.shipment for one in desk.suggestion.moves[0].moved}
    assert trial.lanes


def test_a_day_that_moved_on_takes_the_list_away(desk: Gentle):
    desk.look_for_moves()
    tour = desk.suggestion.moves[0].touched[0].tour.code

    desk.session.submit(lambda: lock(desk.workspace, tour))

    desk.until(lambda: not desk.view.isVisible())


def test_without_a_draft_there_is_nothing_to_look_for(desk: Gentle):
    codes = [tour.code for tour in desk.tours() if not tour.locked]
    desk.session.submit(lambda: [lock(desk.workspace, code) for code in codes])
    desk.until(lambda: desk.page.shown.drafts == 0)

    assert desk.actions.why_not("tours.gentle") == "No tour is a draft that may change."


@pytest.mark.parametrize("name", ["tours.reorder", "tours.plan_adding"])
def test_planning_again_leaves_every_stop_on_its_vehicle(desk: Gentle, name: str):
    before = {stop.order: t.vehicle for t in desk.tours() for stop in t.deliveries}
    written = len(desk.workspace.read(entries))

    desk.do(name)
    desk.until(lambda: not desk.page.planner.running)

    after = {stop.order: t.vehicle for t in desk.tours() for stop in t.deliveries}
    assert len(desk.workspace.read(entries)) == written + 1
    assert {order: after.get(order) for order in before} == before
    assert (len(after) > len(before)) is (name == "tours.plan_adding")
