"""What is to be otherwise: boxes that make one change, and put it on the list of what-ifs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from app import formats
from app.domain.fleet import Vehicle
from app.i18n import N_, _
from app.planning.tours.scenarios import (
    Change,
    Compact,
    DepotClosed,
    ElectricOnly,
    Even,
    More,
    Speed,
    Windows,
    Without,
)
from app.ui.theme import current_theme
from app.ui.widgets.strip import Strip

WITHOUT, MORE, CLOSED, WINDOWS, ELECTRIC, SPEED, EVEN, COMPACT = (
    "without",
    "more",
    "closed",
    "windows",
    "electric",
    "speed",
    "even",
    "compact",
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of change: of which subject, by how much from least to most, at first and in steps."""

    text: str
    made: Callable[[str, int], Change]
    of: str = ""
    amounts: tuple[int, int, int, int] | None = None
    unit: str = ""


def _by(change: Callable[[int], Change]) -> Callable[[str, int], Change]:
    return lambda _subject, amount: change(amount)


_KINDS = {
    WITHOUT: _Kind(N_("without the vehicle"), lambda subject, _amount: Without(subject), "vehicle"),
    MORE: _Kind(N_("more vehicles like"), More, "vehicle", (1, 20, 1, 1)),
    CLOSED: _Kind(N_("depot closed"), lambda subject, _amount: DepotClosed(subject), "depot"),
    WINDOWS: _Kind(N_("all windows wider by"), _by(Windows), "", (-240, 240, 60, 15), "min"),
    ELECTRIC: _Kind(N_("electric vehicles only"), lambda _subject, _amount: ElectricOnly()),
    SPEED: _Kind(N_("roads faster by"), _by(Speed), "", (-50, 50, -10, 5), "%"),
    EVEN: _Kind(N_("evener hours for at most"), _by(Even), "", (1, 100, 3, 1), "%"),
    COMPACT: _Kind(N_("clearer areas for at most"), _by(Compact), "", (1, 100, 3, 1), "%"),
}


class WhatIfHead(Strip):
    """One line of boxes; Enter in any of them puts the change on the list."""

    wanted = Signal(object, bool)  # Change; whether it joins the what-if that is chosen

    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.button + 14, parent=parent)
        self.kind, self.subject = QComboBox(self), QComboBox(self)
        self.amount = QSpinBox(self)
        self.add = QPushButton(_("Add"), self)
        self.join = QPushButton(_("Add to the line chosen"), self)
        self._subjects: dict[str, list[tuple[str, str]]] = {"vehicle": [], "depot": []}
        for kind, said in _KINDS.items():
            self.kind.addItem(_(said.text), kind)
        self._lay_out()
        self._connect()
        self._suit()

    def show_fleet(self, vehicles: Sequence[Vehicle], depots: Sequence[tuple[str, str]]) -> None:
        """Offer these vehicles and depots; what was chosen stays chosen."""
        named = [
            (vehicle.code, f"{vehicle.code}  {vehicle.label}".strip())
            for vehicle in sorted(vehicles, key=lambda each: each.code)
            if vehicle.active
        ]
        subjects = {"vehicle": named, "depot": [(c, f"{c}  {n}".strip()) for c, n in depots]}
        if subjects != self._subjects:
            self._subjects = subjects
            self._suit()

    def change(self) -> Change | None:
        """The change that the boxes say, None where they say none."""
        kind = _KINDS[self.kind.currentData()]
        subject, amount = str(self.subject.currentData() or ""), self.amount.value()
        if (kind.of and not subject) or (kind.amounts is not None and not amount):
            return None
        return kind.made(subject, amount)

    def show_chosen(self, *, chosen: bool) -> None:
        """Whether there is a what-if that a change could join."""
        self.join.setVisible(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._want(joins=False)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.subject.setMinimumContentsLength(12)
        for name, box in (
            (_("What is to be otherwise"), self.kind),
            (_("Which one"), self.subject),
            (_("How much"), self.amount),
        ):
            box.setAccessibleName(name)
            box.setFixedHeight(current_theme().tokens.sizes.button)
        label = QLabel(_("What if"), self)
        label.setProperty("role", "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(6)
        for widget in (label, self.kind, self.amount, self.subject, self.add, self.join):
            row.addWidget(widget)
        row.addStretch(1)
        self.join.hide()

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _at: self._suit())
        self.amount.valueChanged.connect(lambda _value: self._say_ready())
        self.add.clicked.connect(lambda: self._want(joins=False))
        self.join.clicked.connect(lambda: self._want(joins=True))
        for box in (self.kind, self.subject, self.amount):
            box.installEventFilter(self)

    def _suit(self) -> None:
        """Offer what this kind of change asks for."""
        said = _KINDS[self.kind.currentData()]
        before = self.subject.currentData()
        with QSignalBlocker(self.subject):
            self.subject.clear()
            for code, text in self._subjects.get(said.of, ()):
                self.subject.addItem(text, code)
            self.subject.setCurrentIndex(max(0, self.subject.findData(before)))
        self.subject.setVisible(bool(said.of))
        self.amount.setVisible(said.amounts is not None)
        if said.amounts is not None:
            least, most, first, step = said.amounts
            self.amount.setRange(least, most)
            self.amount.setSingleStep(step)
            self.amount.setValue(first)
            self.amount.setSuffix(f"{formats.NO_BREAK_SPACE}{said.unit}" if said.unit else "")
        self._say_ready()

    def _say_ready(self) -> None:
        ready = self.change() is not None
        self.add.setEnabled(ready)
        self.join.setEnabled(ready)

    def _want(self, *, joins: bool) -> None:
        change = self.change()
        if change is not None:
            self.wanted.emit(change, joins)
