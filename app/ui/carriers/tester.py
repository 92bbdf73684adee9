"""The tariff tester: a postcode, a weight, some parcels, and what every service would ask."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import formats
from app.domain.nodes import NodeKind, StockNode
from app.i18n import _
from app.operations.tariff_tester import TestedTariffs, quote
from app.ui.carriers.quote_lines import SERVICES, quote_key, quote_lines, refused_lines
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.lines import Line, Target
from app.ui.widgets.lines_table import LinesTable
from db.queries.names import Names

_PAUSE_MS = 250
_LEAST_POSTCODE = 2
_PREFIX = "test"


class TariffTester(QWidget):
    """Asks again a moment after each change; a click on a price shows its lines."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._names = Names()
        self._answer: TestedTariffs | None = None
        self._asked = 0
        self._unfolded: frozenset[str] = frozenset()
        self._inputs()
        self.table = LinesTable(SERVICES, self)
        self.table.followed.connect(self._unfold)
        self._empty = EmptyState(
            Icon.CARRIER, _("Type a postcode to see what every service would ask."), parent=self
        )
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)

    def show_day(self, day: date) -> None:
        """Ask for another day."""
        self.on.setDate(QDate(day.year, day.month, day.day))

    def show_names(self, names: Names, nodes: Sequence[StockNode]) -> None:
        """Take over the nodes to leave from; what was chosen stays chosen."""
        self._names = names
        before = self.origin.currentData()
        self.origin.blockSignals(True)
        self.origin.clear()
        for node in sorted(nodes, key=lambda n: (n.kind is not NodeKind.WAREHOUSE, n.code)):
            self.origin.addItem(f"{node.code}  {node.name}", node.code)
        place = self.origin.findData(before)
        self.origin.setCurrentIndex(max(0, place))
        self.origin.blockSignals(False)
        if self._answer is not None:
            self.ask()  # prices or carriers may be others now

    def ask(self) -> None:
        """Ask every service now."""
        self._pause.stop()
        postcode = self.postcode.text().strip()
        if len(postcode) < _LEAST_POSTCODE:
            self._show(None)
            return
        self._asked += 1
        asked, workspace = self._asked, self._session.workspace
        weight_g = round(self.weight.value() * 1000)
        pieces, node = self.pieces.value(), self.origin.currentData()
        picked = self.on.date()
        on = date(picked.year(), picked.month(), picked.day())
        self._session.reckon(
            lambda: quote(workspace, postcode, weight_g, pieces=pieces, on=on, node=node),
            lambda answer: self._show(answer) if asked == self._asked else None,
        )

    def lines(self) -> tuple[Line, ...]:
        """What is shown, for whoever looks on."""
        return self.table.lines()

    def _inputs(self) -> None:
        self.postcode = QLineEdit(self)
        self.postcode.setMaxLength(10)
        self.weight = QDoubleSpinBox(self)
        self.weight.setRange(0.01, 30_000)
        self.weight.setDecimals(2)
        self.weight.setValue(5)
        self.weight.setSuffix(f"{formats.NO_BREAK_SPACE}kg")
        self.pieces = QSpinBox(self)
        self.pieces.setRange(1, 999)
        self.origin = QComboBox(self)
        self.origin.setMinimumContentsLength(14)
        self.origin.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.on = QDateEdit(self)
        self.on.setCalendarPopup(True)
        self.on.setDisplayFormat("dd/MM/yyyy")
        self.show_day(self._session.day)
        self.postcode.textChanged.connect(self._changed)
        self.weight.valueChanged.connect(self._changed)
        self.pieces.valueChanged.connect(self._changed)
        self.origin.currentIndexChanged.connect(self._changed)
        self.on.dateChanged.connect(self._changed)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        named = (
            (_("To postcode"), self.postcode, 0, 0, 1),
            (_("On"), self.on, 0, 2, 1),
            (_("Weight"), self.weight, 1, 0, 1),
            (_("Parcels"), self.pieces, 1, 2, 1),
            (_("From"), self.origin, 2, 0, 3),
        )
        for text, widget, row, column, span in named:
            label = QLabel(text, self)
            label.setProperty("role", "label")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            grid.addWidget(label, row, column)
            grid.addWidget(widget, row, column + 1, 1, span)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(grid)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._empty, 1)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.hide()

    def _changed(self) -> None:
        self._pause.start()

    def _unfold(self, target: Target) -> None:
        self._unfolded ^= frozenset(target.codes)
        self._show_lines()

    def _show(self, answer: TestedTariffs | None) -> None:
        self._answer = answer
        if answer is not None and answer.quotes:
            self._unfolded = frozenset({quote_key(_PREFIX, answer.quotes[0])})
        nothing = answer is None or not (answer.quotes or answer.refused)
        self.table.setVisible(not nothing)
        self._empty.setVisible(nothing)
        if answer is not None and nothing:
            self._empty.set_sentence(
                _("The panel has no service yet. Import carriers and services.")
            )
        self._show_lines()

    def _show_lines(self) -> None:
        answer = self._answer
        if answer is None:
            return
        lines: list[Line] = []
        for place, priced in enumerate(answer.quotes):
            lines += quote_lines(
                self._names,
                _PREFIX,
                priced,
                chosen=place == 0,
                unfolded=quote_key(_PREFIX, priced) in self._unfolded,
            )
        for refused in answer.refused:
            lines += refused_lines(self._names, _PREFIX, refused)
        self.table.show_lines(tuple(lines))
