"""Ways out in the list of what was left out: gone to by keys, previewed, done, taken back."""

import shutil
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.tours import Colour
from app.ui.tours.move_strip import MoveStrip
from app.ui.tours.way_line import WayLine
from app.workspace import Workspace
from db.plans import load_plan
from tests.builders import NOW, a_vehicle
from tests.tours.a_day import ON
from tests.tours.test_remedying import planned
from tests.ui.sessions import a_session
from tests.ui.tours.test_page import Desk

_Key = Qt.Key


class Stuck(Desk):
    """A desk with one tour that has no room left, its list open."""

    @property
    def strip(self) -> MoveStrip:
        return self.page.strip

    @property
    def lines(self) -> list[WayLine]:
        return self.page.left_out._reasons._ways

    def look_at(self, order: str) -> None:
        self.choose(order)
        self.until(lambda: bool(self.lines))
        self.page.left_out.table.setFocus()
        self.window.activateWindow()

    def riding(self) -> set[str]:
        plan = self.workspace.read(load_plan, ON)
        return {stop.order for tour in plan.tours for stop in tour.deliveries}

    def waiting(self) -> set[str]:
        return {left.order for left in self.workspace.read(load_plan, ON).unplanned}


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stuck") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        planned(workspace, vehicle=a_vehicle("V1", shift_to=time(13, 20)), orders=8)
    return folder


@pytest.fixture
def stuck(qtbot: QtBot, template: Path, tmp_path: Path, english: None) -> Iterator[Stuck]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        desk = Stuck(qtbot, session)
        desk.window.resize(1272, 420)
        desk.open()
        desk.do("tours.left_out")
        desk.until(lambda: desk.page.left_out.table.model().rowCount() > 0)
        yield desk
        session.close()


def yellow(desk: Stuck) -> str:
    left = desk.workspace.read(load_plan, ON).unplanned
    return next(one.order for one in left if one.colour is Colour.YELLOW)


def test_the_arrow_leads_to_the_ways_out_and_back_to_the_list(stuck: Stuck):
    stuck.look_at(yellow(stuck))

    QTest.keyClick(stuck.page.left_out.table, _Key.Key_Right)
    assert stuck.lines[0].hasFocus()
    QTest.keyClick(stuck.lines[0], _Key.Key_Down)
    assert stuck.lines[1].hasFocus()
    QTest.keyClick(stuck.lines[1], _Key.Key_Left)

    assert stuck.page.left_out.table.hasFocus()


def test_enter_says_what_it_would_change_and_does_nothing_yet(stuck: Stuck):
    order = yellow(stuck)
    stuck.look_at(order)
    QTest.keyClick(stuck.page.left_out.table, _Key.Key_Right)
    said = stuck.lines[0].text()

    QTest.keyClick(stuck.lines[0], _Key.Key_Return)

    stuck.until(stuck.strip.isVisible)
    assert "€" in stuck.strip.verdict
    assert stuck.strip.reason.text() == said
    assert order not in stuck.riding()
    QTest.keyClick(stuck.strip.reason, _Key.Key_Escape)
    assert not stuck.strip.isVisible()
    assert order not in stuck.riding()


def test_enter_again_does_it_with_the_way_out_as_its_reason(stuck: Stuck):
    order = yellow(stuck)
    stuck.look_at(order)
    said = stuck.lines[0].text()
    stuck.lines[0].chosen.emit()
    stuck.until(stuck.strip.isVisible)

    QTest.keyClick(stuck.strip.reason, _Key.Key_Return)

    stuck.until(lambda: order in stuck.riding())
    (tour,) = [t for t in stuck.tours() if any(s.order == order for s in t.deliveries)]
    assert (tour.locked, tour.forced) == (True, said)
    stuck.until(lambda: order not in {row.order for row in stuck.page.left_out._model.rows()})
    stuck.workspace.undo()
    assert order in stuck.waiting()


def test_the_last_way_names_whom_it_displaces_and_does_both(stuck: Stuck):
    order, before = yellow(stuck), stuck.riding()
    stuck.look_at(order)
    last = stuck.lines[-1]
    assert "in the place of" in last.text()

    QTest.mouseClick(last, Qt.MouseButton.LeftButton)
    stuck.until(stuck.strip.isVisible)
    QTest.keyClick(stuck.strip, _Key.Key_Return)

    stuck.until(lambda: order in stuck.riding())
    (gone,) = before - stuck.riding()
    stuck.until(lambda: gone in stuck.waiting())
    assert not any(tour.forced for tour in stuck.tours())
    stuck.workspace.undo()
    assert stuck.riding() == before


def test_where_nothing_helps_there_is_nothing_to_press(stuck: Stuck):
    stuck.look_at(yellow(stuck))
    stuck.session.selection.clear()

    stuck.until(lambda: not stuck.page.left_out._reasons.isVisible())
    assert not stuck.page.left_out._reasons.take_focus()
