"""Sending the selection somewhere by its code: a line at the foot of the pane, answers above it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app import formats
from app.i18n import _
from app.ui.orders.answers import Answers
from app.ui.orders.choice_list import objection
from app.ui.orders.destinations import Choice, matching
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.key_cap import KeyCap
from app.ui.widgets.looks import Run
from app.ui.widgets.rows_table import RowsTable
from app.ui.widgets.strip import Strip

_CODE_WIDTH = 110
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Prompt(Strip):
    """Takes the footer's place while it asks; Enter answers, Esc leaves all as it was."""

    answered = Signal(object, str)  # the Choice, and the reason given for it
    asked = Signal()
    left = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.footer, edge="top", parent=page)
        self._choices: Sequence[Choice] = ()
        self._answers: Answers | None = None
        self._title = Caption(parent=self)
        self._code = QLineEdit(self)
        self._code.setFixedWidth(_CODE_WIDTH)
        self._verdict = Caption(parent=self)
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(_("Why against the rules?"))
        self._reason.setAccessibleName(_("Why against the rules?"))
        self._lay_out()
        self._code.textChanged.connect(self._typed)
        for field in (self._code, self._reason):
            field.installEventFilter(self)
        self.hide()

    @property
    def current(self) -> Choice | None:
        """What Enter would choose."""
        return None if self._answers is None else self._answers.current

    @property
    def offered(self) -> Sequence[Choice]:
        """The answers that what is typed may mean, likeliest first."""
        return () if self._answers is None else self._answers.choices

    @property
    def answers(self) -> RowsTable | None:
        """The table of the answers."""
        return None if self._answers is None else self._answers.table

    @property
    def title(self) -> str:
        """What is asked."""
        return self._title.accessibleName()

    @property
    def verdict(self) -> str:
        """What the current choice means."""
        return self._verdict.accessibleName()

    def ask(self, title: str, choices: Sequence[Choice], *, carriers: bool) -> None:
        """Ask for one of these; more may come with `show_choices`."""
        if self._answers is not None:
            self._answers.deleteLater()
        self._answers = Answers(carriers, self.parentWidget())
        self._answers.clicked.connect(self._take)
        self._title.set_runs(Run(title, strong=True))
        self._code.setAccessibleName(title)
        self._code.clear()
        self._reason.clear()
        self._reason.hide()
        self.asked.emit()
        self.show()
        self.show_choices(choices)
        self._code.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these instead; what is typed stays."""
        self._choices = choices
        self._typed()

    def leave(self) -> None:
        """Go, and leave all as it was."""
        if self.isHidden():
            return
        self.hide()
        if self._answers is not None:
            self._answers.hide()
        self.left.emit()

    def place_answers(self) -> None:
        """Keep the answers right above this line."""
        page = self.parentWidget()
        if self._answers is not None and page is not None:
            bottom = self.mapTo(page, self.rect().topLeft()).y()
            self._answers.place(page.width(), bottom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self._verdict.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        padding = current_theme().tokens.sizes.pane_padding
        row = QHBoxLayout(self)
        row.setContentsMargins(padding, 1, padding, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._code)
        row.addWidget(self._verdict, 1)
        row.addWidget(self._reason, 1)
        row.addWidget(KeyCap("Return", self))
        row.addWidget(KeyCap("Esc", self))

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS and self._answers is not None:
            self._answers.step(_STEPS[key])
            self._judge()
        elif key in _ENTER:
            self._answer()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _typed(self) -> None:
        if self._answers is not None:
            self._answers.show_choices(matching(self._choices, self._code.text()))
        self.place_answers()
        self._judge()

    def _take(self, choice: Choice) -> None:
        """A click chooses; only Enter sends."""
        self._code.setText(choice.code)
        if self._answers is not None:
            self._answers.choose(choice)
        self._judge()
        self._code.setFocus()

    def _judge(self) -> None:
        """Say what the current choice means before anything is done."""
        choice = self.current
        if choice is None:
            self._verdict.set_runs(Run(_("Nothing is called that."), "danger"))
            return
        self._verdict.set_runs(Run(choice.code, strong=True), *_verdict(choice))
        if choice.free:
            self._reason.hide()

    def _answer(self) -> None:
        choice = self.current
        if choice is None:
            return
        reason = self._reason.text().strip()
        if choice.free or reason:
            self.hide()
            if self._answers is not None:
                self._answers.hide()
            self.answered.emit(choice, reason)
            self.left.emit()
            return
        self._reason.show()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)


def _verdict(choice: Choice) -> list[Run]:
    """The figures for it, then the first thing against it."""
    figures = []
    if choice.available is not None:
        figures.append(_("ATP {count}").format(count=formats.number(choice.available)))
    if choice.distance_m is not None:
        figures.append(formats.distance(choice.distance_m))
    if choice.cents is not None:
        figures.append(formats.money(choice.cents))
    runs = [Run(choice.name), Run(" · ".join(figures), "text2")]
    if choice.asked > 1 and choice.able < choice.asked:
        able = _("{able} of {asked} can").format(able=choice.able, asked=choice.asked)
        runs.append(Run(able, "warn" if choice.able else "danger", strong=True))
    runs.append(Run(objection(choice), "warn" if choice.able else "danger"))
    return [run for each in runs if each.text for run in (Run("·", "text3"), each)][1:]
