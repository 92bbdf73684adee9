"""The window of the local knowledge book: written, rewritten, struck out; begun from an order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.knowledge import About, Note
from app.domain.policy import Weekday
from app.domain.travel import VehicleProfile
from app.operations.notes import write_note
from app.ui.actions import Actions
from app.ui.notes.door import AREA, REMEMBER, NotesDoor
from app.ui.notes.known import area_of
from app.ui.notes.window import NotesWindow
from app.ui.session import Session
from app.workspace import Workspace
from db.notes import load_notes
from tests.builders import a_node
from tests.tours.test_touring import FREE, fill, planned, today
from tests.ui.sessions import a_session


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    fill(workspace, today("1"), vehicles=(FREE,), nodes=(a_node(),))
    planned(workspace)
    made = a_session(workspace)
    made.start()
    yield made
    made.close()


@pytest.fixture
def window(session: Session, qtbot: QtBot, english: None) -> Iterator[NotesWindow]:
    desk = QWidget()
    qtbot.addWidget(desk)
    opened = NotesWindow(session, desk)
    qtbot.waitUntil(lambda: session.settled, timeout=5_000)
    with qtbot.waitSignal(opened.shown, timeout=5_000):
        opened.come_forward()
    yield opened
    opened.close()
    QApplication.processEvents()


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    desk = QWidget()
    qtbot.addWidget(desk)
    return Actions(desk)


@pytest.fixture
def door(session: Session, actions: Actions, qtbot: QtBot, english: None) -> Iterator[NotesDoor]:
    made = NotesDoor(session, actions, actions.parent())
    qtbot.waitUntil(lambda: session.settled, timeout=5_000)
    yield made
    made.open().close()
    QApplication.processEvents()


def lines(window: NotesWindow) -> list[tuple[str, ...]]:
    model = window.table.model()
    rows = range(model.rowCount())
    return [tuple(model.index(at, column).data() for column in (1, 2, 3, 4)) for at in rows]


def turn_to(window: NotesWindow, about: About) -> None:
    box = window.form.about
    box.setCurrentIndex(box.findData(about.value))
    box.activated.emit(box.currentIndex())


def test_a_note_written_in_the_form_binds_and_is_listed(
    window: NotesWindow, session: Session, qtbot: QtBot
):
    form = window.form
    qtbot.keyClicks(form.subject, "Claire Delattre")
    form.days.ticks[Weekday.TUESDAY].click()
    qtbot.keyClicks(form.not_before, "10:00")

    with qtbot.waitSignal(window.shown, timeout=5_000):
        window.keep.trigger()

    assert lines(window) == [("N1", "Claire Delattre", "only on Tue, not before 10:00", "1")]
    (kept,) = session.workspace.read(load_notes)
    assert (kept.weekdays, kept.not_before) == (frozenset({2}), time(10))
    qtbot.waitUntil(lambda: form.subject.text() == "")  # ready for the next


def test_a_note_that_asks_for_nothing_cannot_be_kept_and_says_why(
    window: NotesWindow, qtbot: QtBot
):
    assert not window.keep.isEnabled()
    qtbot.keyClicks(window.form.subject, "Claire Delattre")

    assert not window.keep.isEnabled()
    assert window.against.text().startswith("The note asks for nothing")


def test_half_a_time_is_no_time(window: NotesWindow, qtbot: QtBot):
    qtbot.keyClicks(window.form.subject, "Claire Delattre")
    window.form.more.setValue(5)
    assert window.keep.isEnabled()

    qtbot.keyClicks(window.form.not_before, "10:")

    assert not window.keep.isEnabled()
    assert window.against.text() == "Write times as HH:MM."


def test_a_chosen_note_is_laid_open_written_anew_and_struck_out(
    window: NotesWindow, session: Session, qtbot: QtBot
):
    only = frozenset({VehicleProfile.BIKE})
    street = Note("", About.STREET, "rue de la Carnoy", "59130", only=only, reason="étroite")
    with qtbot.waitSignal(window.shown, timeout=5_000):
        write_note(session.workspace, street)
    window.table.selectRow(0)
    form = window.form
    assert (form.subject.text(), form.postcode.text()) == ("rue de la Carnoy", "59130")
    assert form.only.ticked == (VehicleProfile.BIKE,)

    form.more.setValue(11)
    with qtbot.waitSignal(window.shown, timeout=5_000):
        window.keep.trigger()
    (kept,) = session.workspace.read(load_notes)
    assert (kept.code, kept.more_s, kept.only) == ("N1", 660, only)

    window.table.selectRow(0)
    with qtbot.waitSignal(window.shown, timeout=5_000):
        window.strike.trigger()
    assert lines(window) == []
    session.workspace.undo()
    qtbot.waitUntil(lambda: len(lines(window)) == 1)


def test_notes_stand_in_the_order_of_their_numbers(
    window: NotesWindow, session: Session, qtbot: QtBot
):
    for code in ("N10", "N9", "N2"):
        write_note(session.workspace, Note(code, About.CLIENT, "Claire Delattre", more_s=60))

    qtbot.waitUntil(lambda: [line[0] for line in lines(window)] == ["N2", "N9", "N10"])


def test_an_order_fills_in_what_it_tells(door: NotesDoor, session: Session):
    session.selection.choose(("1",))

    door.remember()

    window = door.open()
    form = window.form
    assert form.subject.text() == "Claire Delattre"
    turn_to(window, About.STREET)
    assert (form.subject.text(), form.postcode.text()) == ("rue de la Carnoy", "59130")
    turn_to(window, About.PLACE)
    assert form.subject.text() == "12 rue de la Carnoy"
    turn_to(window, About.POSTCODE)
    assert form.subject.text() == "59130"
    turn_to(window, About.VEHICLE)
    assert (form.subject.text(), form.areas.text()) == ("V1", "59130")
    assert window.keep.isEnabled()


def test_remembering_asks_for_one_order(door: NotesDoor, actions: Actions, session: Session):
    actions.refresh(REMEMBER.id)
    assert not actions.action(REMEMBER.id).isEnabled()

    session.selection.choose(("1",))
    actions.refresh(REMEMBER.id)

    assert actions.action(REMEMBER.id).isEnabled()


def test_a_driver_s_note_has_no_hours(window: NotesWindow):
    turn_to(window, About.VEHICLE)

    assert not window.form.not_before.isVisible()
    assert window.form.areas.isVisible()
    window.form.subject.setText("V1")
    window.form.areas.setText("59130")
    assert window.form.note() == Note("", About.VEHICLE, "V1", areas=frozenset({"59130"}))


def test_del_in_a_box_deletes_a_letter_and_no_note(
    window: NotesWindow, session: Session, qtbot: QtBot
):
    with qtbot.waitSignal(window.shown, timeout=5_000):
        write_note(session.workspace, Note("", About.CLIENT, "Claire Delattre", more_s=60))
    window.table.selectRow(0)
    window.form.subject.setFocus()
    window.form.subject.home(False)

    qtbot.keyClick(window.form.subject, Qt.Key.Key_Delete)

    assert window.form.subject.text() == "laire Delattre"
    assert len(session.workspace.read(load_notes)) == 1


def test_an_area_drawn_round_orders_begins_a_note_about_the_driver_they_ride_with(
    door: NotesDoor, session: Session, actions: Actions, qtbot: QtBot
):
    assert actions.why_not(AREA.id) == "Draw a lasso round orders on the map first."
    rows = session.board.rows
    session.selection.choose([row.code for row in rows])
    actions.refresh(AREA.id)

    actions.action(AREA.id).trigger()

    note = door.open().form.note()
    assert note.about is About.VEHICLE
    assert note.subject == FREE.code
    assert note.areas == {row.postcode for row in rows}
    door.open().keep.trigger()
    qtbot.waitUntil(lambda: bool(session.workspace.read(load_notes)), timeout=5_000)
    (kept,) = session.workspace.read(load_notes)
    assert kept.areas == note.areas
    session.workspace.undo()
    assert not session.workspace.read(load_notes)


def test_of_an_area_the_vehicle_that_most_of_it_rides_on_is_named(session: Session):
    (row,) = session.board.rows
    other = replace(row, shipments=(), postcode="59800")

    known = area_of([row, other, row], {row.shipments[0].tour_code: "V7"})

    assert known.vehicle == "V7"
    assert known.note(About.VEHICLE).areas == {row.postcode, "59800"}
    assert area_of([other], {}).vehicle == ""
