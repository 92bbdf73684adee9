"""One value of the rules as a person sets it: a number in the unit people use, a tick, a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QTimeEdit,
    QWidget,
)

from app.connectors.policy_shape import BOUNDS
from app.formats import NO_BREAK_SPACE
from app.i18n import N_, _
from app.ui.theme import current_theme

_WIDTH = 104


@dataclass(frozen=True, slots=True)
class Unit:
    """How a number is shown: so many of the file's units make one, with so many decimals."""

    sign: str
    scale: float = 1.0
    decimals: int = 0
    step: float = 1.0


#: By the end of a field's name; the first that fits counts.
_UNITS: tuple[tuple[str, Unit], ...] = (
    ("_cents_per_kg", Unit("€", 100, 2, 0.05)),
    ("_cents_per_hour", Unit("€", 100, 2, 1)),
    ("_cents", Unit("€", 100, 2, 0.5)),
    ("_g_per_km", Unit("g", 1, 0, 10)),
    ("_weight_g", Unit("kg", 1_000, 1, 1)),
    ("_m", Unit("km", 1_000, 1, 5)),
    ("_s_per_parcel", Unit("s", 1, 0, 5)),
    ("_s_per_floor", Unit("s", 1, 0, 5)),
    ("_s", Unit("min", 60, 1, 1)),
    ("_days", Unit(N_("days"))),
    ("_age_h", Unit("h")),
    ("_percent", Unit("%", 1, 0, 1)),
    ("circuity", Unit("×", 1, 2, 0.05)),
    ("min_place_score", Unit("", 1, 4, 0.1)),
    ("wanted_chance", Unit("", 1, 2, 0.01)),
    ("weight_", Unit("", 1, 2, 0.1)),
)
_PLAIN = Unit("")


def unit_of(name: str) -> Unit:
    """The unit in which people set a value."""
    fitting = (unit for end, unit in _UNITS if name.endswith(end) or name.startswith(end))
    return next(fitting, _PLAIN)


class NumberBox(QWidget):
    """A number; where there may be none, a tick before it says whether there is."""

    changed = Signal(object)

    def __init__(self, name: str, label: str, parent: QWidget, *, may_be_none: bool) -> None:
        super().__init__(parent)
        self._unit = unit_of(name)
        self.tick = QCheckBox(self) if may_be_none else None
        self.number = QDoubleSpinBox(self)
        low, high = BOUNDS[name]
        self.number.setDecimals(self._unit.decimals)
        self.number.setRange(low / self._unit.scale, high / self._unit.scale)
        self.number.setSingleStep(self._unit.step)
        self.number.setGroupSeparatorShown(True)
        self.number.setKeyboardTracking(False)
        self.number.setFixedSize(_WIDTH, current_theme().tokens.sizes.button)
        if self._unit.sign:
            self.number.setSuffix(f"{NO_BREAK_SPACE}{_(self._unit.sign)}")
        self.number.setAccessibleName(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if self.tick is not None:
            self.tick.setAccessibleName(label)
            self.tick.toggled.connect(self._ticked)
            row.addWidget(self.tick)
        row.addWidget(self.number)
        self.number.valueChanged.connect(lambda _value: self._tell())

    def show_value(self, value: float | None) -> None:
        """Show this; nothing is told."""
        with QSignalBlocker(self.number):
            if value is not None:
                self.number.setValue(value / self._unit.scale)
            self.number.setEnabled(value is not None)
        if self.tick is not None:
            with QSignalBlocker(self.tick):
                self.tick.setChecked(value is not None)

    def _ticked(self, on: bool) -> None:
        self.number.setEnabled(on)
        self._tell()

    def _tell(self) -> None:
        if self.tick is not None and not self.tick.isChecked():
            self.changed.emit(None)
            return
        value = self.number.value() * self._unit.scale
        self.changed.emit(round(value) if self._is_whole() else round(value, 6))

    def _is_whole(self) -> bool:
        """Whether the file keeps whole numbers: all but shares and ratios."""
        return self._unit.scale != 1 or not self._unit.decimals


class TickBox(QCheckBox):
    """Yes or no."""

    changed = Signal(object)

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.toggled.connect(self.changed.emit)

    def show_value(self, value: bool) -> None:
        """Show this; nothing is told."""
        with QSignalBlocker(self):
            self.setChecked(value)


class TimeBox(QTimeEdit):
    """A time of the day."""

    changed = Signal(object)

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        self.setAccessibleName(label)
        self.setFixedSize(_WIDTH, current_theme().tokens.sizes.button)
        self.setKeyboardTracking(False)
        self.timeChanged.connect(lambda at: self.changed.emit(time(at.hour(), at.minute())))

    def show_value(self, value: time) -> None:
        """Show this; nothing is told."""
        with QSignalBlocker(self):
            self.setTime(QTime(value.hour, value.minute))


class MaybeTimeBox(QWidget):
    """A time of the day, if its tick says that there is one."""

    changed = Signal(object)

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.tick = QCheckBox(self)
        self.tick.setAccessibleName(label)
        self.time = TimeBox(label, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.tick)
        row.addWidget(self.time)
        self.tick.toggled.connect(self._ticked)
        self.time.changed.connect(self.changed.emit)

    def show_value(self, value: time | None) -> None:
        """Show this; nothing is told."""
        if value is not None:
            self.time.show_value(value)
        self.time.setEnabled(value is not None)
        with QSignalBlocker(self.tick):
            self.tick.setChecked(value is not None)

    def _ticked(self, on: bool) -> None:
        self.time.setEnabled(on)
        at = self.time.time()
        self.changed.emit(time(at.hour(), at.minute()) if on else None)


class CodeBox(QLineEdit):
    """One code, or none."""

    changed = Signal(object)

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setFixedWidth(_WIDTH)
        self.editingFinished.connect(lambda: self.changed.emit(self.text().strip()))

    def show_value(self, value: str) -> None:
        """Show this; nothing is told, and what a person types is left alone."""
        if not (self.hasFocus() and self.isModified()):
            self.setText(value)


class WordsBox(QLineEdit):
    """Several codes, parted by commas or spaces; names by commas alone."""

    changed = Signal(object)

    def __init__(
        self,
        label: str,
        parent: QWidget,
        *,
        tidy: Callable[[str], str] = str.strip,
        names: bool = False,
    ) -> None:
        super().__init__(parent)
        self._tidy = tidy
        self._names = names
        self.setAccessibleName(label)
        self.editingFinished.connect(lambda: self.changed.emit(self._words()))

    def show_value(self, value: frozenset[str]) -> None:
        """Show these; nothing is told, and what a person types is left alone."""
        if not (self.hasFocus() and self.isModified()):
            self.setText(", ".join(sorted(value)))

    def _words(self) -> frozenset[str]:
        text = self.text() if self._names else self.text().replace(" ", ",")
        words = (self._tidy(word.strip()) for word in text.split(","))
        return frozenset(word for word in words if word)


Box = NumberBox | TickBox | TimeBox | MaybeTimeBox | CodeBox | WordsBox


def box_for(name: str, kind: Any, label: str, parent: QWidget) -> Box:
    """The box that a field of this type needs."""
    if kind is bool:
        return TickBox(label, parent)
    if kind is time:
        return TimeBox(label, parent)
    if kind == time | None:
        return MaybeTimeBox(label, parent)
    if kind is str:
        return CodeBox(label, parent)
    if kind == frozenset[str]:
        return WordsBox(label, parent)
    return NumberBox(name, label, parent, may_be_none=kind == int | None)
