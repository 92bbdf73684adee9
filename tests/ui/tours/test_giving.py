"""A tour given to another vehicle: every idle one with its consequence, then Enter, or a reason."""

import shutil
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.values import GeoPoint, Load
from app.operations.hand import preview_move
from app.planning.tours.moves import Drive
from app.ui.tours.giving_rows import GivingRow
from app.ui.tours.giving_view import GivingView
from app.workspace import Workspace
from db.journal import entries
from tests.builders import NOW, a_node, a_vehicle
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import order_code, set_up_hand_day
from tests.ui.tours.test_dragging import Hand

_Key = Qt.Key


class Giver(Hand):
    """A desk, and the list of vehicles beside its timeline."""

    @property
    def view(self) -> GivingView:
        return self.page.giving.view

    def ask(self, tour: int) -> None:
        self.choose(order_code(tour, 1))
        self.do("tours.give")
        self.until(self.view.isVisible)

    def row(self, vehicle: str) -> GivingRow:
        return next(row for row in self.view.rows if row.vehicle.code == vehicle)

    def go_to(self, vehicle: str) -> None:
        place = [row.vehicle.code for row in self.view.rows].index(vehicle)
        self.view.table.setCurrentIndex(self.view.table.model().index(place, 1))


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("giving") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_hand_day(workspace)
        lomme = a_node("LOM", GeoPoint(50.64, 2.98))
        workspace.submit(ImportRows("node", "nodes.csv", (lomme,)))
        more = (
            a_vehicle("W1", "LES", label="Petit fourgon", capacity=Load(8_000, 80_000, 80)),
            a_vehicle("W2", "LOM", label="Fourgon de Lomme", shift_from=time(8)),
            a_vehicle("W3", "LES", label="Au garage", active=False),
        )
        workspace.submit(ImportRows("vehicle", "vehicles.csv", more))
    return folder


@pytest.fixture
def desk(qtbot: QtBot, template: Path, tmp_path: Path, english: None) -> Iterator[Giver]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        giver = Giver(qtbot, session)
        giver.window.resize(1272, 420)
        yield giver.open()  # type: ignore[misc]
        session.close()


def test_every_idle_vehicle_stands_there_with_what_it_would_change(desk: Giver):
    desk.ask(3)

    codes = {row.vehicle.code: row.gives for row in desk.view.rows}
    assert {code for code, gives in codes.items() if gives is None} == {"V9", "W1", "W2"}
    assert codes.keys() - {"V9", "W1", "W2"} == {"V2", "V4", "V5", "V6", "V7"}
    seen = preview_move(desk.workspace, ON, Drive(f"{ON.isoformat()}-T3", "V9"))
    assert desk.row("V9").seen.change == seen.change
    assert desk.row("V9").seen.free == seen.free
    assert "8" in desk.row("W1").against
    assert desk.view.tour == desk.tour(3)


def test_of_another_depot_the_list_says_where_the_goods_lie(desk: Giver):
    desk.ask(3)
    row = desk.row("W2")

    assert row.depot == "LOM"
    assert row.against == "The goods lie at LES, Fourgon de Lomme leaves from LOM."
    desk.go_to("W2")
    desk.until(lambda: desk.actions.why_not("tours.give_to") == row.against)


def test_the_timeline_shows_the_tour_with_the_vehicle_looked_at(desk: Giver):
    desk.ask(3)
    desk.go_to("W1")

    trial = desk.timeline._trial
    assert trial is not None
    lane = next(lane for lane in desk.timeline.shown_lanes() if lane.number == 3)
    assert trial.lane(lane).vehicle.code == "W1"
    assert trial.lane(lane).filling.largest > 1

    QTest.keyClick(desk.view.table, _Key.Key_Escape)
    assert desk.timeline._trial is None
    assert not desk.view.isVisible()


def test_enter_gives_it_and_one_undo_takes_it_back(desk: Giver):
    desk.ask(5)
    assert desk.row("V9").seen.free
    before, journal = desk.tour(5), len(list(desk.workspace.read(entries)))
    desk.go_to("V9")

    desk.do("tours.give_to")

    desk.until(lambda: desk.tour(5).vehicle == "V9")
    assert [stop.order for stop in desk.tour(5).deliveries] == [s.order for s in before.deliveries]
    assert len(list(desk.workspace.read(entries))) == journal + 1
    desk.until(lambda: not desk.view.isVisible())
    desk.workspace.undo()
    assert desk.tour(5).vehicle == "V5"


def test_a_vehicle_with_a_draft_exchanges_its_tour(desk: Giver):
    desk.ask(5)
    desk.go_to("V3")
    gives = desk.row("V3").gives
    assert gives is not None
    assert gives.number == 3

    desk.do("tours.give_to")

    desk.until(lambda: (desk.tour(3).vehicle, desk.tour(5).vehicle) == ("V5", "V3"))


def test_those_that_keep_all_rules_come_first_and_those_that_cannot_last(desk: Giver):
    desk.ask(3)

    ranks = [(not row.possible, len(row.seen.broken)) for row in desk.view.rows]
    assert ranks == sorted(ranks)
    assert desk.view.rows[-1].vehicle.code == "W2"


def test_against_a_rule_the_line_at_the_foot_asks_why(desk: Giver):
    desk.ask(3)
    desk.go_to("W1")
    desk.do("tours.give_to")
    strip = desk.page.strip
    assert strip.isVisible()
    assert strip.title == "Give T3 to Petit fourgon"
    QTest.keyClick(strip.reason, _Key.Key_Return)
    assert desk.tour(3).vehicle == "V3"

    strip.reason.setText("two rounds, the driver knows")
    QTest.keyClick(strip.reason, _Key.Key_Return)

    desk.until(lambda: desk.tour(3).vehicle == "W1")
    assert desk.tour(3).forced == "two rounds, the driver knows"


def test_an_agreed_tour_and_two_tours_at_once_are_not_given(desk: Giver):
    desk.choose(order_code(1, 1))
    assert desk.actions.why_not("tours.give") == "T1 is agreed: reopen it first."
    desk.choose(order_code(3, 1), order_code(4, 1))
    assert desk.actions.why_not("tours.give") == "Select one tour first."


def test_another_list_takes_its_place_and_a_changed_day_closes_it(desk: Giver):
    desk.ask(5)
    desk.do("tours.stress")
    desk.until(desk.page.stress.view.isVisible)
    assert not desk.view.isVisible()
    desk.ask(5)
    assert not desk.page.stress.view.isVisible()

    desk.choose(order_code(7, 7))
    desk.do("tours.lock")

    desk.until(lambda: not desk.view.isVisible())
