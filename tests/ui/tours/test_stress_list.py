"""The stress test in the window: the list beside the timeline, and the way to the weak stop."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.operations.stress_test import stress_test
from app.operations.touring import unplan
from app.planning.tours.stress import StressTest
from app.ui.tours.stress_view import StressView
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import set_up_mixed_day
from tests.ui.tours.test_page import Desk

_Key = Qt.Key


class Stress(Desk):
    """A desk whose tours are tested."""

    @property
    def view(self) -> StressView:
        return self.page.stress.view

    @property
    def tested(self) -> StressTest:
        assert self.view.tested is not None
        return self.view.tested


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stress") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_mixed_day(workspace)
    return folder


@pytest.fixture
def desk(qtbot: QtBot, template: Path, tmp_path: Path, english: None) -> Iterator[Stress]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        made = Stress(qtbot, session)
        made.window.resize(1272, 420)
        made.open()
        made.window.activateWindow()
        made.until(lambda: made.actions.action("tours.stress").isEnabled())
        made.do("tours.stress")
        made.until(made.view.isVisible)
        yield made
        session.close()


def test_the_tour_that_breaks_first_stands_at_the_head_beside_the_timeline(desk: Stress):
    assert desk.timeline.isVisible()
    assert desk.view.table.hasFocus()
    shares = [one.breaks_share for one in desk.view._model.rows()]
    assert shares == sorted(shares, reverse=True)
    assert desk.tested == stress_test(desk.workspace, ON)
    assert "500 simulated days" in desk.view.said


def test_enter_goes_to_the_stop_where_the_tour_breaks(desk: Stress):
    weak = desk.tested.tours[0]
    assert weak.first is not None
    desk.view.table.setCurrentIndex(desk.view.table.model().index(0, 0))

    QTest.keyClick(desk.view.table, _Key.Key_Return)

    assert desk.session.selection.selected.codes == (weak.first.order,)
    assert [tour.code for tour in desk.timeline.picker.tours] == [weak.tour]


def test_escape_gives_the_room_back_to_the_timeline(desk: Stress):
    QTest.keyClick(desk.view.table, _Key.Key_Escape)

    assert not desk.view.isVisible()
    assert desk.timeline.hasFocus()


def test_tours_that_change_are_tested_again(desk: Stress):
    before, weak = desk.tested, desk.tested.tours[0]
    assert weak.first is not None

    unplan(desk.workspace, [weak.first.shipment])
    desk.until(lambda: desk.view.tested is not None and desk.view.tested != before)

    assert desk.tested == stress_test(desk.workspace, ON)


def test_the_list_of_moves_and_the_test_are_not_there_together(desk: Stress):
    desk.page.gentle.found.emit()

    assert not desk.view.isVisible()
