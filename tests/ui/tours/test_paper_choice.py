"""Choosing what is written for the drivers: ticks, a folder, and nothing to press without them."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.operations.sheets import SheetFormat
from app.ui.tours.paper_choice import PaperChoice, PaperDialog, keep_choice, last_choice


def a_dialog(qtbot: QtBot, before: PaperChoice) -> PaperDialog:
    dialog = PaperDialog(before)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_it_begins_with_the_choice_before(qtbot: QtBot, tmp_path: Path):
    before = PaperChoice(tmp_path, frozenset({SheetFormat.GPX, SheetFormat.ICS}))

    assert a_dialog(qtbot, before).choice == before


def test_without_a_folder_or_a_kind_there_is_nothing_to_write(qtbot: QtBot, tmp_path: Path):
    dialog = a_dialog(qtbot, PaperChoice())
    assert not dialog.write.isEnabled()

    dialog.folder.setFocus()
    QTest.keyClicks(dialog.folder, str(tmp_path))
    assert dialog.write.isEnabled()

    QTest.keyClick(dialog.boxes[SheetFormat.PDF], Qt.Key.Key_Space)
    assert not dialog.write.isEnabled()


def test_enter_writes_what_is_ticked(qtbot: QtBot, tmp_path: Path):
    dialog = a_dialog(qtbot, PaperChoice(tmp_path))
    dialog.boxes[SheetFormat.CSV].click()

    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert dialog.choice.formats == {SheetFormat.PDF, SheetFormat.CSV}


def test_the_choice_is_kept_for_the_next_time(tmp_path: Path):
    chosen = PaperChoice(tmp_path, frozenset({SheetFormat.CSV}))

    keep_choice(chosen)
    assert last_choice() == chosen

    QSettings().setValue("tours/formats", "papyrus")
    assert last_choice() == PaperChoice(tmp_path)
    QSettings().remove("tours")
    assert last_choice() == PaperChoice()
