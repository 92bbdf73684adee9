"""What-ifs in the window: made with boxes, compared by a job, seen, adopted, left."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.operations.scenarios import Comparison, compare
from app.operations.touring import lock
from app.planning.tours.consequences import Preview
from app.planning.tours.scenarios import More, Scenario, Speed, Windows, Without
from app.planning.tours.solver import solve
from app.ui.tours.whatif_head import COMPACT, EVEN, MORE, SPEED, WINDOWS, WITHOUT
from app.ui.tours.whatif_view import WhatIfView
from app.workspace import Workspace
from db.journal import entries
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import set_up_mixed_day
from tests.ui.tours.test_page import Desk

_Key = Qt.Key
SLOWER = Scenario.of(Speed(-10))
search = partial(compare, iterations=20, solver=solve)


class WhatIf(Desk):
    """A desk with its list of what-ifs."""

    seen: list[Preview | None]

    @property
    def view(self) -> WhatIfView:
        return self.page.what_if.view

    def titles(self) -> list[str]:
        return [row.title for row in self.view._model.rows()]

    def say(self, kind: str, amount: int | None = None) -> None:
        """Put a change on the list as a hand would."""
        head = self.view.head
        head.kind.setCurrentIndex(head.kind.findData(kind))
        if amount is not None:
            head.amount.setValue(amount)
        QTest.keyClick(head.kind, _Key.Key_Return)

    def go_to(self, name: str) -> None:
        names = [row.name for row in self.view._model.rows()]
        self.view.table.setFocus()
        self.view.table.setCurrentIndex(self.view.table.model().index(names.index(name), 0))
        self.until(lambda: self.view.chosen == name)

    def compared(self) -> None:
        self.until(lambda: self.actions.action("tours.what_if_compare").isEnabled())
        self.do("tours.what_if_compare")
        self.until(lambda: not self.page.what_if.running)


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("what-if") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_mixed_day(workspace)
    return folder


@pytest.fixture(scope="module")
def slower(template: Path) -> Comparison:
    """What the search finds for slower roads; it takes a while, and is the same each time."""
    with Workspace.open(template, user="c.vasseur", clock=lambda: NOW) as workspace:
        return search(workspace, ON, [SLOWER], seconds=None)


@pytest.fixture
def desk(
    qtbot: QtBot, template: Path, slower: Comparison, tmp_path: Path, english: None
) -> Iterator[WhatIf]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        made = WhatIf(qtbot, session)
        made.seen = []
        made.page.desk.supposed.connect(made.seen.append)

        def found(*_words: Any, on_outcome: Any, **_how: Any) -> Comparison:
            on_outcome(slower)
            return slower

        made.page.what_if.search = found
        made.window.resize(1272, 420)
        made.open()
        made.window.activateWindow()
        made.do("tours.what_if")
        made.until(lambda: made.view.head.subject.count() > 0)
        yield made
        session.close()


def test_the_list_takes_the_place_of_the_timeline_and_escape_gives_it_back(desk: WhatIf):
    assert desk.view.isVisible()
    assert not desk.timeline.isVisible()
    assert desk.view.head.kind.hasFocus()

    QTest.keyClick(desk.view.head.kind, _Key.Key_Escape)

    assert desk.timeline.isVisible()
    assert not desk.view.isVisible()


def test_each_change_is_a_line_beside_the_present_plan_and_the_day_planned_anew(desk: WhatIf):
    desk.say(WITHOUT)
    desk.say(MORE, 2)
    desk.say(WINDOWS, 30)

    vehicle = str(desk.view.head.subject.itemData(0) or "") or desk.view.scenarios[0].name[8:]
    assert [scenario.changes for scenario in desk.view.scenarios] == [
        (Without(vehicle),),
        (More(vehicle, 2),),
        (Windows(30),),
    ]
    assert desk.titles()[:3] == ["Present plan", "as it is, planned anew", f"without {vehicle}"]


def test_a_change_may_join_the_line_that_is_chosen(desk: WhatIf):
    desk.say(WITHOUT)
    first = desk.view.scenarios[0].changes
    desk.view.head.kind.setCurrentIndex(desk.view.head.kind.findData(SPEED))

    desk.view.head.join.click()

    assert [scenario.changes for scenario in desk.view.scenarios] == [(*first, Speed(-10))]


def test_evener_hours_and_clearer_areas_are_what_ifs_too(desk: WhatIf):
    desk.say(EVEN)
    desk.say(COMPACT)

    assert [each.name for each in desk.view.scenarios] == ["even 3", "compact 3"]


def test_the_same_change_stands_there_once_and_delete_takes_it_off(desk: WhatIf):
    desk.say(SPEED)
    desk.say(SPEED)
    assert desk.view.scenarios == (SLOWER,)
    desk.go_to(SLOWER.name)

    QTest.keyClick(desk.view.table, _Key.Key_Delete)

    assert desk.view.scenarios == ()


def test_nothing_can_be_compared_or_adopted_before_there_is_something(desk: WhatIf):
    assert desk.actions.why_not("tours.what_if_compare")
    desk.say(SPEED)
    desk.until(lambda: desk.actions.why_not("tours.what_if_compare") == "")

    assert desk.actions.why_not("tours.what_if_adopt")


def test_every_figure_stands_beside_the_present_plan_once_they_are_compared(
    desk: WhatIf, slower: Comparison
):
    desk.say(SPEED)
    desk.compared()

    rows = {row.name: row for row in desk.view._model.rows()}
    assert rows[""].side == slower.side
    assert rows[SLOWER.name].side == slower.outcome(SLOWER.name).side
    assert desk.tours() == list(slower.present.tours)


def test_the_chosen_what_if_is_what_the_map_is_told_to_show(desk: WhatIf, slower: Comparison):
    desk.say(SPEED)
    desk.compared()
    desk.go_to(SLOWER.name)

    seen = desk.seen[-1]
    assert seen is not None
    moved = slower.outcome(SLOWER.name).moved
    assert set(moved) <= set(seen.shipments)
    QTest.keyClick(desk.view.table, _Key.Key_Escape)
    assert desk.seen[-1] is None


def test_enter_makes_the_chosen_what_if_the_drafts_and_undo_takes_it_back(
    desk: WhatIf, slower: Comparison
):
    desk.say(SPEED)
    desk.compared()
    desk.go_to(SLOWER.name)
    before, written = desk.tours(), len(desk.workspace.read(entries))

    QTest.keyClick(desk.view.table, _Key.Key_Return)
    desk.until(desk.timeline.isVisible)

    after, wanted = desk.tours(), slower.outcome(SLOWER.name).plan.tours
    assert [t.vehicle for t in after] == [t.vehicle for t in wanted]
    assert [[s.shipment for s in t.deliveries] for t in after] == [
        [s.shipment for s in t.deliveries] for t in wanted
    ]
    assert len(desk.workspace.read(entries)) == written + 1
    assert "roads 10" in desk.news[-1].title
    desk.workspace.undo()
    assert [t.stops for t in desk.tours()] == [t.stops for t in before]


def test_figures_of_a_day_that_is_not_so_any_more_go(desk: WhatIf):
    desk.say(SPEED)
    desk.compared()

    lock(desk.workspace, desk.tours()[0].code)
    desk.until(lambda: desk.view.made is None)

    assert desk.view.scenarios == (SLOWER,)
    assert desk.seen[-1] is None


def test_the_search_runs_as_a_job_that_can_be_stopped(desk: WhatIf):
    desk.page.what_if.search = lambda workspace, on, scenarios, **how: search(
        workspace, on, scenarios, **{**how, "seconds": None}
    )
    desk.say(SPEED)
    jobs: list[Any] = []
    desk.session.job_started.connect(jobs.append)

    desk.compared()

    assert [job.title for job in jobs] == ["Comparing the what-ifs"]
    assert desk.view.made is not None
    assert [each.scenario.name for each in desk.view.made.outcomes] == ["anew", SLOWER.name]
