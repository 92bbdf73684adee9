"""When published rules start: at once, or from a moment on that a person sets."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QHBoxLayout, QWidget

from app.i18n import _
from app.ui.theme import current_theme

#: Where a day's work has not begun yet.
_MORNING = QTime(6, 0)


class StartBox(QWidget):
    """Ticked, the moment counts; it is meant by the clock of the rules."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tick = QCheckBox(_("start later"), self)
        self.moment = QDateTimeEdit(self)
        self.moment.setDisplayFormat("dd/MM/yyyy HH:mm")
        self.moment.setCalendarPopup(True)
        self.moment.setFixedSize(146, current_theme().tokens.sizes.button)
        self.moment.setAccessibleName(_("The moment from which the rules are in force"))
        self.moment.setVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.tick)
        row.addWidget(self.moment)
        self.tick.toggled.connect(self._ticked)
        self.moment.dateTimeChanged.connect(lambda _at: self.changed.emit())

    def offer(self, now: datetime) -> None:
        """Untick it, and offer the next morning from then on."""
        tomorrow = now.date() + timedelta(days=1)
        day = QDate(tomorrow.year, tomorrow.month, tomorrow.day)
        self.moment.setDateTime(QDateTime(day, _MORNING))
        self.tick.setChecked(False)

    def starts(self, zone: ZoneInfo) -> datetime | None:
        """The moment set, None = at once."""
        if not self.tick.isChecked():
            return None
        at = self.moment.dateTime().toPython()
        assert isinstance(at, datetime)  # noqa: S101 - what Qt gives for it
        return at.replace(tzinfo=zone)

    def _ticked(self, on: bool) -> None:
        self.moment.setVisible(on)
        self.changed.emit()
