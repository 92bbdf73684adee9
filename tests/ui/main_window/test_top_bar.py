"""The first row of the window: the day one looks at, and how to turn to another."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint
from PySide6.QtWidgets import QCalendarWidget, QMenu
from pytestqt.qtbot import QtBot

from app.ui.main_window.top_bar import DayPicker

MONDAY = date(2026, 11, 23)


@pytest.fixture
def picker(qtbot: QtBot) -> DayPicker:
    made = DayPicker()
    qtbot.addWidget(made)
    made.show_day(MONDAY)
    made.show()
    return made


def opened(picker: DayPicker) -> QCalendarWidget:
    menu = picker.findChild(QMenu)
    menu.popup(picker.mapToGlobal(QPoint(0, picker.height())))
    return menu.findChild(QCalendarWidget)


def test_the_calendar_opens_on_the_day_looked_at(picker: DayPicker):
    calendar = opened(picker)
    assert calendar.isVisible()
    assert calendar.selectedDate() == QDate(2026, 11, 23)

    picker.findChild(QMenu).close()
    picker.show_day(date(2026, 12, 1))
    assert opened(picker) is calendar
    assert calendar.selectedDate() == QDate(2026, 12, 1)


def test_a_day_clicked_in_the_calendar_is_told_and_closes_it(picker: DayPicker, qtbot: QtBot):
    calendar = opened(picker)

    with qtbot.waitSignal(picker.chosen) as told:
        calendar.clicked.emit(QDate(2026, 11, 25))

    assert told.args == [date(2026, 11, 25)]
    assert not calendar.isVisible()
