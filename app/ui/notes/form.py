"""The form of one note: about whom, which vehicles, days and hours, how much longer, why."""

from datetime import time

from PySide6.QtCore import QRegularExpression, QSignalBlocker, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from app.domain.knowledge import MOST_MORE_S, About, Note
from app.domain.policy import Weekday
from app.domain.travel import VehicleProfile
from app.i18n import _
from app.ui.notes.known import Known
from app.ui.rules.ticks import Ticks
from app.wording.notes import ABOUT, VEHICLES, WEEKDAYS

_CLOCK = QRegularExpression(r"([01]?\d|2[0-3])[:hH][0-5]\d")
_KINDS = {kind.value: label for kind, label in VEHICLES.items()}
_DAYS = {day.value: label for day, label in zip(Weekday, WEEKDAYS, strict=True)}
_WEEK = tuple(Weekday)


class NoteForm(QWidget):
    """`changed` follows each change by a person's hand."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = Known()
        self._code = ""
        self.about = QComboBox(self)
        for about, label in ABOUT.items():
            self.about.addItem(_(label), about.value)
        self.subject, self.postcode = QLineEdit(self), QLineEdit(self)
        self.only: Ticks[VehicleProfile] = Ticks(VehicleProfile, _KINDS, 3, self)
        self.days: Ticks[Weekday] = Ticks(Weekday, _DAYS, 4, self)
        self.not_before, self.not_after = self._clock(), self._clock()
        self.more = QSpinBox(self)
        self.more.setRange(0, MOST_MORE_S // 60)
        self.more.setSuffix(_(" min"))
        self.areas, self.reason = QLineEdit(self), QLineEdit(self)
        self._rows = QFormLayout(self)
        self._lay_out()
        self._connect()
        self._suit()

    @property
    def code(self) -> str:
        """The note that is written anew; empty = a new one."""
        return self._code

    @property
    def half_written(self) -> bool:
        """Whether a time is begun and not told to its end."""
        clocks = (self.not_before, self.not_after)
        return any(box.text() and _time(box.text()) is None for box in clocks)

    def begin(self, known: Known, about: About = About.CLIENT) -> None:
        """A new note, with what is known filled in."""
        self._known = known
        self.show_note(known.note(about))

    def show_note(self, note: Note) -> None:
        """Fill everything in from a note; nothing is told."""
        self._code = note.code
        with QSignalBlocker(self):
            with QSignalBlocker(self.about):
                self.about.setCurrentIndex(self.about.findData(note.about.value))
            self.subject.setText(note.subject)
            self.postcode.setText(note.postcode)
            self.only.show_ticked(note.only)
            self.days.show_ticked(_WEEK[day - 1] for day in note.weekdays)
            self.not_before.setText(_written(note.not_before))
            self.not_after.setText(_written(note.not_after))
            self.more.setValue(note.more_s // 60)
            self.areas.setText(", ".join(sorted(note.areas)))
            self.reason.setText(note.reason)
        self._suit()

    def note(self) -> Note:
        """What is written, as a note; of a driver only what can be said of one."""
        about = About(self.about.currentData())
        subject, reason = self.subject.text().strip(), self.reason.text().strip()
        if about is About.VEHICLE:
            areas = frozenset(self.areas.text().upper().replace(",", " ").split())
            return Note(self._code, about, subject, areas=areas, reason=reason)
        placed = about in (About.STREET, About.PLACE)
        return Note(
            self._code,
            about,
            subject,
            self.postcode.text().strip() if placed else "",
            only=frozenset(self.only.ticked),
            weekdays=frozenset(_WEEK.index(day) + 1 for day in self.days.ticked),
            not_before=_time(self.not_before.text()),
            not_after=_time(self.not_after.text()),
            more_s=60 * self.more.value(),
            reason=reason,
        )

    def _turn(self) -> None:
        """About another thing: what is known of that takes the place of what was known of this."""
        about = About(self.about.currentData())
        fresh = self._known.note(about)
        with QSignalBlocker(self):
            self.subject.setText(fresh.subject)
            self.postcode.setText(fresh.postcode)
            self.areas.setText(", ".join(sorted(fresh.areas)))
        self._suit()
        self.changed.emit()

    def _suit(self) -> None:
        """Show the boxes that mean something for what the note is about."""
        about = About(self.about.currentData())
        driver = about is About.VEHICLE
        self._rows.setRowVisible(self.postcode, about in (About.STREET, About.PLACE))
        self._rows.setRowVisible(self.areas, driver)
        for box in (self.only, self.days, self.not_before, self.not_after, self.more):
            self._rows.setRowVisible(box, not driver)

    def _clock(self) -> QLineEdit:
        box = QLineEdit(self)
        box.setPlaceholderText(_("HH:MM"))
        box.setValidator(QRegularExpressionValidator(_CLOCK, box))
        return box

    def _lay_out(self) -> None:
        self._rows.setContentsMargins(10, 10, 10, 10)
        self._rows.setVerticalSpacing(8)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.areas.setPlaceholderText(_("59130, 592"))
        for label, box in (
            (_("About"), self.about),
            (_("Whom, what"), self.subject),
            (_("Postcode"), self.postcode),
            (_("Only by"), self.only),
            (_("Only on"), self.days),
            (_("Earliest"), self.not_before),
            (_("Latest"), self.not_after),
            (_("More at the door"), self.more),
            (_("Knows postcodes"), self.areas),
            (_("Reason"), self.reason),
        ):
            self._rows.addRow(label, box)
            box.setAccessibleName(label)

    def _connect(self) -> None:
        self.about.activated.connect(lambda _at: self._turn())
        lines = (self.subject, self.postcode, self.not_before, self.not_after)
        for box in (*lines, self.areas, self.reason):
            box.textChanged.connect(lambda _text: self.changed.emit())
        self.more.valueChanged.connect(lambda _value: self.changed.emit())
        self.only.changed.connect(lambda _ticked: self.changed.emit())
        self.days.changed.connect(lambda _ticked: self.changed.emit())


def _written(clock: time | None) -> str:
    return "" if clock is None else clock.isoformat("minutes")


def _time(text: str) -> time | None:
    """The time written, None for nothing or half of one."""
    hours, _colon, minutes = text.lower().replace("h", ":").partition(":")
    whole = len(minutes) == 2 and hours.isdecimal() and minutes.isdecimal()
    return time(int(hours), int(minutes)) if whole else None
