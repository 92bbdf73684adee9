"""Orders that another node would send: found by a job, listed with why, ticked, done, left."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.operations.joint import joint_moves
from app.planning.joint.moves import JointSuggestion
from app.ui.tours.joint_view import JointView
from app.workspace import Workspace
from db.journal import entries
from db.orders import load_shipments
from tests.builders import NOW
from tests.joint.two_nodes import SOURCED, fill
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.test_page import Desk

_Key = Qt.Key


class Joint(Desk):
    """A desk whose van of Lille drives to Roubaix for one order."""

    @property
    def view(self) -> JointView:
        return self.page.joint.view  # type: ignore[return-value]

    @property
    def suggestion(self) -> JointSuggestion:
        assert self.view.suggestion is not None
        return self.view.suggestion

    def look_for_moves(self) -> None:
        self.do("tours.joint")
        self.until(self.view.isVisible)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.table, key)

    def nodes(self) -> dict[str, str]:
        return {shipment.order: shipment.node for shipment in self.workspace.read(load_shipments)}


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("joint") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        fill(workspace)
    return folder


@pytest.fixture(scope="module")
def found(template: Path) -> JointSuggestion:
    """What the search finds on that day; it takes a while, and is the same each time."""
    with Workspace.open(template, user="c.vasseur", clock=lambda: NOW) as workspace:
        return joint_moves(workspace, ON, seconds=None)


@pytest.fixture
def desk(
    qtbot: QtBot, template: Path, found: JointSuggestion, tmp_path: Path, english: None
) -> Iterator[Joint]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        made = Joint(qtbot, session)
        made.page.joint.kind.search = lambda *_words, **_how: found
        made.window.resize(1272, 420)
        made.open()
        made.window.activateWindow()
        made.timeline.setFocus()
        yield made
        session.close()


def cell(view: JointView, name: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    model = view.table.model()
    titles = [
        str(model.headerData(column, Qt.Orientation.Horizontal))
        for column in range(model.columnCount())
    ]
    return str(model.index(0, titles.index(name)).data(role))


def test_the_list_says_which_order_leaves_from_where_and_what_passes(desk: Joint):
    desk.look_for_moves()

    assert desk.view.ticked == {0}
    assert "LIL → RBX" in cell(desk.view, "Orders")
    assert "m · " in cell(desk.view, "Passes").replace("\xa0", " ")
    assert "RBX sends it instead of LIL" in cell(desk.view, "Orders", Qt.ItemDataRole.ToolTipRole)
    assert "1 order moves" in desk.view.said


def test_enter_sends_what_is_ticked_as_one_entry(desk: Joint):
    desk.look_for_moves()
    written = len(desk.workspace.read(entries))

    desk.press(_Key.Key_Return)
    desk.until(lambda: not desk.view.isVisible())

    assert desk.nodes() == SOURCED | {"3": "RBX"}
    assert len(desk.workspace.read(entries)) == written + 1
    assert "leaves from there" in desk.news[-1].title


def test_without_a_tick_nothing_can_be_done(desk: Joint):
    desk.look_for_moves()
    desk.view.table.setCurrentIndex(desk.view.table.model().index(0, 1))

    desk.press(_Key.Key_Space)
    desk.press(_Key.Key_Return)

    assert desk.view.ticked == frozenset()
    assert desk.nodes() == SOURCED


def test_escape_leaves_and_changes_nothing(desk: Joint):
    desk.look_for_moves()

    desk.press(_Key.Key_Escape)

    assert not desk.view.isVisible()
    assert desk.nodes() == SOURCED


def test_the_timeline_shows_what_a_move_would_make_of_both_tours(desk: Joint):
    desk.look_for_moves()

    desk.view.looked_at.emit(0)

    shown = desk.timeline._trial
    assert shown is not None
    assert len(shown.lanes) == 2
