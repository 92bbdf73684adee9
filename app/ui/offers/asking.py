"""Offer an order to several nodes: whom, until when, with which chance, and what follows."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import formats
from app.i18n import _, n_
from app.operations.offer_advice import advice
from app.planning.offers.whom import OfferAdvice
from app.ui.icons import Icon
from app.ui.offers.ask_rows import AskRow, ask_columns, ask_rows
from app.ui.session import Session
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.looks import Run
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from db.queries.board import OrderRow

_MINUTES = (5, 10, 20, 30)
_SIZE = QSize(720, 430)

Offer = Callable[[str, tuple[str, ...], int, bool], None]


class AskWindow(QDialog):
    """What the policy would do is there from the start; Enter does it, a tick changes it."""

    shown = Signal()  # the advice is on screen

    def __init__(self, session: Session, row: OrderRow, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Offer to several nodes"))
        self.resize(_SIZE)
        self._session, self._row, self._offer = session, row, offer
        self._advice: OfferAdvice | None = None
        self._chosen: tuple[str, ...] | None = None  # None = whom the policy chose
        self._minutes = 0
        self._names = {node.code: node.name for node in session.board.nodes}
        self._model = RowsModel(ask_columns(), key=lambda one: one.node, parent=self)
        self.table = rows_table(self._model, self)
        self._head, self._until = Caption(gap=8, parent=self), Caption(parent=self)
        self._chance, self._chances = QProgressBar(self), Caption(gap=8, parent=self)
        self.follows = QCheckBox(self)
        self._times = QButtonGroup(self)
        self._foot = Footer(self)
        self.ask = self._make_action()
        self._lay_out()
        self._connect()
        self._say_head()
        self._reckon()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The nodes that are ticked, in the order shown."""
        return tuple(row.node for row in self._model.rows() if row.chosen)

    @property
    def minutes(self) -> int:
        return self._minutes

    def choose_minutes(self, minutes: int) -> None:
        """Give so long to answer; chances are reckoned anew."""
        self._minutes = minutes
        self._reckon()

    def toggle(self, node: str) -> None:
        """Tick a node, or not."""
        now = set(self.chosen) ^ {node}
        self._chosen = tuple(row.node for row in self._model.rows() if row.node in now)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask.trigger()
        else:
            super().keyPressEvent(event)

    def _make_action(self) -> QAction:
        action = QAction(self)
        action.setShortcut("Return")
        action.setProperty(ICON_PROPERTY, Icon.OFFERS.value)
        action.triggered.connect(lambda _on=False: self._do())
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        padding = current_theme().tokens.sizes.pane_padding
        looking = EmptyState(Icon.PROVISIONAL, _("Looking for nodes to ask…"), parent=self)
        self.table.set_empty_state(looking)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self._chance.setRange(0, 100)
        self._chance.setTextVisible(False)
        self._chance.setFixedSize(120, 8)
        times = QHBoxLayout()
        times.setSpacing(4)
        for minutes in _MINUTES:
            button = QPushButton(formats.duration(minutes * 60), self)
            button.setCheckable(True)
            button.setFixedHeight(current_theme().tokens.sizes.button)
            button.setAutoDefault(False)
            self._times.addButton(button, minutes)
            times.addWidget(button)
        times.addSpacing(6)
        times.addWidget(self._until)
        times.addStretch(1)
        chance = QHBoxLayout()
        chance.setSpacing(8)
        chance.addWidget(self._chance)
        chance.addWidget(self._chances)
        chance.addStretch(1)
        form = QGridLayout()
        form.setContentsMargins(padding, 8, padding, 10)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        for line, (name, inside) in enumerate(
            ((_("Answer within"), times), (_("Chance of a claim"), chance))
        ):
            form.addWidget(Caption(Run(name, "text2"), parent=self), line, 0)
            form.addLayout(inside, line, 1)
        form.addWidget(Caption(Run(_("Without an answer"), "text2"), parent=self), 2, 0)
        form.addWidget(self.follows, 2, 1)
        head = QHBoxLayout()
        head.setContentsMargins(padding, 8, padding, 8)
        head.addWidget(self._head)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(form)
        column.addWidget(self._foot)
        self._foot.add_button(KeyButton(self.ask, primary=True, parent=self))

    def _connect(self) -> None:
        self._times.idClicked.connect(self.choose_minutes)
        self.table.clicked.connect(lambda index: self.toggle(self._model.row_at(index.row()).node))
        self.table.opened.connect(lambda _key: self.ask.trigger())
        space = QAction(self)
        space.setShortcut("Space")
        space.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        space.triggered.connect(lambda _on=False: self._toggle_current())
        self.table.addAction(space)
        self.follows.setChecked(True)

    def _reckon(self) -> None:
        workspace, order = self._session.workspace, self._row.code
        answer_s = self._minutes * 60 or None
        self._session.reckon(lambda: advice(workspace, order, answer_s=answer_s), self._show_advice)

    def _show_advice(self, found: OfferAdvice) -> None:
        self._advice = found
        self._minutes = self._minutes or found.answer_s // 60
        button = self._times.button(self._minutes)
        if button is not None:
            button.setChecked(True)
        self._show()
        if not self.table.currentIndex().isValid() and self._model.rowCount():
            self.table.selectRow(0)
            self.table.setFocus()
        self.shown.emit()

    def _show(self) -> None:
        found = self._advice
        if found is None:
            return
        chosen = found.chosen if self._chosen is None else self._chosen
        self._model.show_rows(ask_rows(found, self._names, chosen))
        chance = found.chance_with(chosen)
        self._chance.setValue(round(chance * 100))
        self._chances.set_runs(*self._chance_runs(found, chosen, chance))
        self._say_until(found)
        self._say_follows(found)
        count = len(chosen)
        text = n_("Offer to {count}", "Offer to the {count}", count)
        self.ask.setText(text.format(count=formats.number(count)))
        self.ask.setEnabled(bool(count))

    def _chance_runs(
        self, found: OfferAdvice, chosen: tuple[str, ...], chance: float
    ) -> tuple[Run, ...]:
        """The chance with all that are ticked, then with fewer: what each of them is worth."""
        tone = "success" if chance >= self._session.policy.offers.wanted_chance else "warn"
        asked = sorted((a for a in found.askable if a.node in chosen), key=lambda a: -a.chance)
        fewer = [
            _("{share} with {count}").format(
                share=formats.whole_share(found.chance_with([a.node for a in asked[:size]])),
                count=formats.number(size),
            )
            for size in range(len(asked) - 1, 0, -1)
        ]
        return Run(formats.whole_share(chance), tone, strong=True), Run(" · ".join(fewer), "text2")

    def _say_head(self) -> None:
        row, zone = self._row, self._session.zone
        due = formats.window(row.window.start, row.window.end, zone)
        self._head.set_runs(
            Run(formats.order_number(row.code), strong=True),
            Run(row.customer),
            Run(row.town, "text2"),
            Run(due, "text2"),
        )

    def _say_until(self, found: OfferAdvice) -> None:
        until = max((one.expires for one in found.askable), default=None)
        said = "" if until is None else formats.clock(until, self._session.zone)
        text = _("that is {time}").format(time=said) if said else ""
        self._until.set_runs(Run(text, "text2"))

    def _say_follows(self, found: OfferAdvice) -> None:
        rules = self._session.policy.offers
        last = found.fallback
        if rules.waves > 1 and rules.fallback and last:
            text = _("ask farther away, then assign to {node}").format(node=last)
        elif rules.fallback and last:
            text = _("assign to {node}").format(node=last)
        else:
            text = _("go on as the rules say")
        self.follows.setText(text)

    def _toggle_current(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.toggle(self._model.row_at(index.row()).node)

    def _do(self) -> None:
        if self.chosen:
            self._offer(self._row.code, self.chosen, self._minutes, self.follows.isChecked())
            self.accept()

    def rows(self) -> tuple[AskRow, ...]:
        """What is shown, from top to bottom."""
        return self._model.rows()
