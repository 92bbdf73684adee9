"""The law by date: a slider over the days on which some zone begins or ends, and any other day."""

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QSlider, QWidget

from app import formats
from app.domain.zones import AccessZone
from app.i18n import _
from app.ui.theme import current_theme
from app.ui.widgets.flat_button import LinkButton
from app.ui.widgets.strip import Strip

_WIDTH = 260


def turning_days(zones: Iterable[AccessZone], today: date) -> tuple[date, ...]:
    """The days on which what is closed may change, with today and the eve of the first among them.

    A zone's last day still counts: it is open from the day after.
    """
    days = {today}
    for zone in zones:
        if zone.valid_from is not None:
            days |= {zone.valid_from, zone.valid_from - timedelta(days=1)}
        if zone.valid_to is not None and zone.valid_to < date.max:
            days |= {zone.valid_to, zone.valid_to + timedelta(days=1)}
    return tuple(sorted(days))


class LawSlider(Strip):
    """One step a change of the law; `turned` carries the day."""

    turned = Signal(object)  # date

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.button + 14, parent=parent)
        self.day = day
        self._today = day
        self._days: tuple[date, ...] = (day,)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setFixedWidth(_WIDTH)
        self.slider.setPageStep(1)
        self.slider.setAccessibleName(_("The law on"))
        self.box = QDateEdit(self)
        self.box.setCalendarPopup(True)
        self.box.setDisplayFormat("dd/MM/yyyy")
        self.box.setFixedHeight(current_theme().tokens.sizes.button)
        self.box.setAccessibleName(_("The law on"))
        self.back = LinkButton(_("Back to the day"), parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(8)
        label = QLabel(_("The law on"), self)
        label.setProperty("role", "label")
        for widget in (label, self.box, self.slider, self.back):
            row.addWidget(widget)
        row.addStretch(1)
        self.slider.valueChanged.connect(lambda at: self._turn(self._days[at]))
        self.box.dateChanged.connect(lambda on: self._turn(_date(on)))
        self.back.clicked.connect(lambda: self._turn(self._today))
        self._show()

    def show_days(self, days: tuple[date, ...], today: date) -> None:
        """Offer these days; who stood on the desk's day goes on with it."""
        if self.day == self._today:
            self.day = today
        self._today, self._days = today, days
        self._show()

    def _turn(self, day: date) -> None:
        if day == self.day:
            return
        self.day = day
        self._show()
        self.turned.emit(day)

    def _show(self) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            self.slider.setRange(0, len(self._days) - 1)
            self.slider.setValue(max(0, sum(day <= self.day for day in self._days) - 1))
            self.slider.setEnabled(len(self._days) > 1)
            self.slider.setToolTip(formats.long_date(self.day))
            self.box.setDate(QDate(self.day.year, self.day.month, self.day.day))
        self.back.setVisible(self.day != self._today)


def _date(on: QDate) -> date:
    return date(on.year(), on.month(), on.day())
