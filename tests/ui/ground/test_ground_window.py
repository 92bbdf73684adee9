"""The window of roads and zones: its lists, the law by date, the switch, files taken in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.operations.scenarios import compare
from app.planning.tours.solver import solve
from app.ui.actions import Actions
from app.ui.ground.door import GroundDoor
from app.ui.ground.law_slider import turning_days
from app.ui.ground.window import GroundWindow
from app.ui.session import Session
from app.workspace import Workspace
from db.fleet import load_access_zones
from tests.builders import a_node
from tests.tours.a_day import ON
from tests.tours.test_roads import RING, osm_file, pairs_file, row
from tests.tours.test_touring import fill, today
from tests.tours.test_zone_switching import OLD, take_in, zone
from tests.ui.sessions import a_session

LAW, LATER = date(2027, 1, 1), date(2026, 12, 31)


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    fill(workspace, today("1"), today("2", 0.3), vehicles=(OLD,), nodes=(a_node(),))
    take_in(workspace, zone(label="Lille"), zone("TOURCOING", label="Tourcoing", valid_from=LAW))
    made = a_session(workspace)
    made.start()
    yield made
    made.close()


class Taken(list):
    """What was handed to the import."""

    def __call__(self, paths) -> None:
        self.append(list(paths))


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
def window(session: Session, taken: Taken, qtbot: QtBot, english: None) -> Iterator[GroundWindow]:
    desk = QWidget()
    qtbot.addWidget(desk)
    opened = GroundWindow(session, taken, desk)
    qtbot.waitUntil(lambda: session.settled, timeout=5_000)
    with qtbot.waitSignals([opened.zones.shown, opened.roads.shown], timeout=5_000):
        opened.come_forward()
    yield opened
    opened.close()
    QApplication.processEvents()


def zones(window: GroundWindow) -> list[tuple[str, ...]]:
    model = window.zones.table.model()
    shown = range(model.rowCount())
    return [tuple(model.index(at, column).data() for column in (0, 1, 4, 5, 6)) for at in shown]


def state(window: GroundWindow, name: str) -> str:
    return next(line[0] for line in zones(window) if line[1] == name)


def sources(window: GroundWindow) -> list[str]:
    model = window.roads.table.model()
    return [model.index(at, 1).data() for at in range(model.rowCount())]


def choose(window: GroundWindow, key: str) -> None:
    window.zones.table.selectRow(window.zones._model.place_of(key))


def test_each_zone_says_whether_it_holds_and_what_it_costs(window: GroundWindow):
    assert zones(window) == [
        ("in force", "Lille", "1", "1", "1"),
        ("to come", "Tourcoing", "1", "1", "1"),
    ]


def test_the_zones_where_we_deliver_come_first(window: GroundWindow, session: Session, qtbot):
    take_in(session.workspace, zone("AAA", label="Ailleurs", east=1.0))

    qtbot.waitUntil(lambda: len(zones(window)) == 3)

    assert [line[1] for line in zones(window)] == ["Lille", "Ailleurs", "Tourcoing"]


def test_the_slider_stops_where_the_law_turns(window: GroundWindow, qtbot: QtBot):
    law = window.zones.law
    assert law.slider.maximum() == 2  # the desk's day, the eve, the day of the law

    with qtbot.waitSignal(window.zones.shown):
        law.slider.setValue(2)

    assert law.day == LAW
    assert [line[0] for line in zones(window)] == ["in force", "in force"]


def test_any_other_day_can_be_written_and_the_way_back_is_one_click(
    window: GroundWindow, qtbot: QtBot
):
    law = window.zones.law
    with qtbot.waitSignal(window.zones.shown):
        law.box.setDate(QDate(2028, 2, 3))
    assert [line[0] for line in zones(window)] == ["in force", "in force"]

    with qtbot.waitSignal(window.zones.shown):
        qtbot.mouseClick(law.back, Qt.MouseButton.LeftButton)

    assert law.day == ON
    assert not law.back.isVisible()


def test_a_zone_is_switched_off_with_a_reason_and_the_list_follows(
    window: GroundWindow, session: Session, qtbot: QtBot
):
    choose(window, "LILLE/")
    qtbot.keyClicks(window.zones.reason, "court")

    with qtbot.waitSignal(window.zones.shown, timeout=5_000):
        window.zones.switch.trigger()

    qtbot.waitUntil(lambda: state(window, "Lille") == "turned off")
    assert window.zones.switch.text() == "Switch on"
    qtbot.waitUntil(lambda: window.zones.reason.text() == "")
    session.workspace.undo()
    qtbot.waitUntil(lambda: state(window, "Lille") == "in force")


def test_one_phase_is_switched_and_the_others_stay(window: GroundWindow, session: Session, qtbot):
    choose(window, "TOURCOING/2027-01-01")
    window.zones.switch.trigger()

    def active() -> list[bool]:
        return [one.active for one in session.workspace.read(load_access_zones)]

    qtbot.waitUntil(lambda: active() == [True, False])


def test_the_detail_names_bans_vehicles_and_orders_out_of_reach(
    window: GroundWindow, session: Session
):
    choose(window, "LILLE/")

    told = [tuple(cell.text for cell in line.cells) for line in window.zones.detail.lines()]

    assert told == [("vans Crit'Air 3 and worse", "all day"), ("OLD",), ("1", "out of reach")]
    window.zones.detail.followed.emit(window.zones.detail.lines()[2].target)
    assert session.selection.selected.codes == ("1",)


def test_what_a_zone_costs_is_planned_with_and_without_it(window: GroundWindow, qtbot: QtBot):
    part = window.zones
    part.price.compare = partial(compare, seconds=None, iterations=15, solver=solve)
    choose(window, "LILLE/")

    with qtbot.waitSignal(part.price.told, timeout=20_000):
        part.weigh.trigger()
        assert not part.weigh.isEnabled()

    said = part.answer.accessibleName()
    assert said.startswith("−€")
    assert said.endswith(" for tours and carriers, 1 more on tours (without Lille, 24/11/2026)")
    assert part.weigh.isEnabled()


def test_nothing_is_switched_before_a_zone_is_chosen(window: GroundWindow):
    assert not window.zones.switch.isEnabled()
    assert not window.zones.reason.isEnabled()


def test_roads_and_times_come_in_are_listed_and_go(
    window: GroundWindow, tmp_path: Path, qtbot: QtBot
):
    assert sources(window) == ["coordinates"]
    times = pairs_file(tmp_path, row((0, 0), (2, 0), metres=5000, seconds=900))

    with qtbot.waitSignal(window.roads.changed, timeout=10_000):
        window.take([times])
    qtbot.waitUntil(lambda: len(sources(window)) == 2)

    assert sources(window) == [times.stem, "coordinates"]
    assert times.stem in window.roads.method.accessibleName()
    assert window.roads.told.accessibleName() == f"{times.stem}: 1 ways with measured times."
    window.roads.table.selectRow(0)
    with qtbot.waitSignal(window.roads.changed):
        window.roads.remove.trigger()
    qtbot.waitUntil(lambda: sources(window) == ["coordinates"])


def test_coordinates_always_stay(window: GroundWindow):
    window.roads.table.selectRow(0)

    assert not window.roads.remove.isEnabled()


def test_a_file_that_is_no_road_is_named_with_the_reason_and_the_next_is_read(
    window: GroundWindow, tmp_path: Path, qtbot: QtBot
):
    bad = tmp_path / "nothing.csv"
    bad.write_text("a;b\n1;2\n")
    good = osm_file(tmp_path, RING)

    with qtbot.waitSignal(window.roads.changed, timeout=10_000):
        window.roads.take([bad, good])

    said = window.roads.told.accessibleName()
    assert said.startswith("nothing.csv was not taken in: ")
    assert "crossings" in said
    qtbot.waitUntil(lambda: len(sources(window)) == 2)


def test_areas_go_to_the_import_which_shows_them_first(
    window: GroundWindow, taken: Taken, tmp_path: Path
):
    file = tmp_path / "access_zones.geojson"
    file.touch()

    window.take([file])
    window.zones.take_in.trigger()

    assert taken == [[file], []]


def test_the_days_at_which_the_law_turns_are_both_sides_of_each_border():
    phase = replace(zone(valid_from=LAW), valid_to=date(2027, 6, 30))

    assert turning_days([phase], ON) == (
        ON,
        LATER,
        LAW,
        date(2027, 6, 30),
        date(2027, 7, 1),
    )


def test_the_door_opens_one_window_and_brings_it_up_again(
    session: Session, taken: Taken, qtbot: QtBot
):
    desk = QWidget()
    qtbot.addWidget(desk)
    door = GroundDoor(session, Actions(desk), taken, desk)

    first = door.open()
    qtbot.waitUntil(first.isVisible)

    assert door.open() is first
    first.close()
