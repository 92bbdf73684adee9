"""The line at the foot of the pane that says what a move would do, before Enter does it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.i18n import _
from app.planning.tours.consequences import Preview
from app.ui.theme import current_theme
from app.ui.tours.drop_words import objection_to, place_in_words, summary_of
from app.ui.widgets.caption import Caption
from app.ui.widgets.key_cap import KeyCap
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip

_NUMBER_WIDTH = 56
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MoveStrip(Strip):
    """Asks for a tour's number where one is wanted, and for a reason where a rule is broken."""

    numbered = Signal(int)  # what is typed, 0 = nothing: the best of all
    confirmed = Signal(object, str)  # Preview, and the reason for forcing it
    insisted = Signal()  # Enter on a number typed of a tour that cannot be changed as it is
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.footer, edge="top", parent=parent)
        self._seen: Preview | None = None
        self._title = Caption(parent=self)
        self._number = QLineEdit(self)
        self._number.setFixedWidth(_NUMBER_WIDTH)
        self._number.setValidator(QIntValidator(1, 9_999, self._number))
        self._verdict = Caption(parent=self)
        self._verdict.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(_("Why against the rules?"))
        self._reason.setAccessibleName(_("Why against the rules?"))
        self._lay_out()
        self._number.textChanged.connect(self._typed)
        for field in (self._number, self._reason):
            field.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    @property
    def title(self) -> str:
        """What it is about."""
        return self._title.accessibleName()

    @property
    def verdict(self) -> str:
        """What Enter would do, and what is against it."""
        return self._verdict.accessibleName()

    @property
    def number(self) -> QLineEdit:
        return self._number

    @property
    def reason(self) -> QLineEdit:
        return self._reason

    def ask_number(self, title: str) -> None:
        """Ask which tour; with nothing typed the best of all is meant."""
        self._open(title)
        self._number.setAccessibleName(title)
        self._number.clear()
        self._number.show()
        self._number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.numbered.emit(0)

    def ask_leave(self, title: str, seen: Preview, reason: str = "") -> None:
        """Ask whether a move is to be done; `reason` is offered where a rule is broken."""
        self._open(title)
        self._number.hide()
        self.tell(seen)
        if seen.free or seen.refused is not None:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._reason.setText(reason)
            self._reason.selectAll()
            self._ask_why()

    def tell(self, seen: Preview | None, otherwise: str = "") -> None:
        """Say what Enter would do now."""
        self._seen = seen
        if seen is None:
            self._verdict.set_runs(Run(otherwise, "danger" if otherwise else "text2"))
            return
        against = objection_to(seen)
        if seen.free:
            self._reason.hide()
        said = [Run(against, "danger")]
        if seen.refused is None:
            said = [Run(_where(seen), strong=True), *said, Run(summary_of(seen), "text2")]
        runs = [run for each in said if each.text for run in (Run("·", "text3"), each)]
        self._verdict.set_runs(*runs[1:])

    def leave(self) -> None:
        """Go, and leave all as it was."""
        if not self.isHidden():
            self._seen = None
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        padding = current_theme().tokens.sizes.pane_padding
        row = QHBoxLayout(self)
        row.setContentsMargins(padding, 1, padding, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._number)
        row.addWidget(self._verdict, 2)
        row.addWidget(self._reason, 1)
        row.addWidget(KeyCap("Return", self))
        row.addWidget(KeyCap("Esc", self))

    def _open(self, title: str) -> None:
        self._seen = None
        self._title.set_runs(Run(title, strong=True))
        self._verdict.set_runs(Run(_("one moment …"), "text3"))
        self._reason.clear()
        self._reason.hide()
        self.show()

    def _typed(self, text: str) -> None:
        self._seen = None
        self._reason.hide()
        self.numbered.emit(int(text) if text else 0)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _ENTER:
            self._answer()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _answer(self) -> None:
        seen = self._seen
        if seen is None:
            return
        if seen.refused is not None:
            if not self._number.isHidden():
                self.insisted.emit()
            return
        reason = self._reason.text().strip()
        if not seen.free and not reason:
            self._ask_why()
            return
        self.leave()
        self.confirmed.emit(seen, "" if seen.free else reason)

    def _ask_why(self) -> None:
        self._reason.show()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)


def _where(seen: Preview) -> str:
    """`T6 place 14, after 13`; a move of whole tours is called by them."""
    if seen.what == "place" and seen.first is not None:
        tour = next((tour for tour in seen.tours if tour.code == seen.first[0]), None)
        if tour is not None:
            return f"T{tour.number} {place_in_words(tour, seen.first[1])}"
    return ", ".join(f"T{each.tour.number}" for each in seen.touched)
