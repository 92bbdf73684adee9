"""How much a gentle re-optimisation may change: so many stops, by so many minutes; remembered."""

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from app import formats
from app.i18n import _
from app.ui.theme import current_theme
from app.ui.widgets.strip import Strip

#: So many stops are offered to move until a person says otherwise.
STOPS, MOST_STOPS = 10, 500
MOST_MINUTES, STEP_MINUTES = 240, 5
_STOPS_KEY, _MINUTES_KEY = "tours/gentle_stops", "tours/gentle_minutes"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GentleHead(Strip):
    """Two fields over the moves; Enter in either looks for moves again."""

    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.button + 10, parent=parent)
        self.stops = self._field(1, MOST_STOPS, 58, _("How many stops may get another place"))
        self.minutes = self._field(0, MOST_MINUTES, 92, _("By how much no start changes more"))
        self.minutes.setSingleStep(STEP_MINUTES)
        self.minutes.setSpecialValueText(_("no limit"))
        self.minutes.setSuffix(f"{formats.NO_BREAK_SPACE}min")
        self._recall()
        self._lay_out()

    @property
    def within_s(self) -> int | None:
        """By how much no start of a touched tour changes more; None = it may."""
        return self.minutes.value() * 60 or None

    def remember(self) -> None:
        """Keep what the fields say for the next time."""
        kept = QSettings()
        kept.setValue(_STOPS_KEY, self.stops.value())
        kept.setValue(_MINUTES_KEY, self.minutes.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in _ENTER:
            if event.type() == QEvent.Type.ShortcutOverride:  # ours, not the list's
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._look_again()
                return True
        return super().eventFilter(watched, event)

    def _field(self, least: int, most: int, width: int, name: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(least, most)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setFixedSize(width, current_theme().tokens.sizes.button)
        field.installEventFilter(self)
        field.lineEdit().installEventFilter(self)
        return field

    def _recall(self) -> None:
        """As the fields were left; what is no number any more is the usual one."""
        kept = QSettings()
        for field, key, usual in ((self.stops, _STOPS_KEY, STOPS), (self.minutes, _MINUTES_KEY, 0)):
            said = str(kept.value(key, usual))
            field.setValue(int(said) if said.isdecimal() else usual)

    def _look_again(self) -> None:
        for field in (self.stops, self.minutes):
            field.interpretText()
        self.remember()
        self.wanted.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(current_theme().tokens.sizes.pane_padding, 2, 8, 3)
        row.setSpacing(6)
        for text, field in (
            (_("Stops that move"), self.stops),
            (_("each by at most"), self.minutes),
        ):
            label = QLabel(text, self)
            label.setProperty("role", "label")
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
