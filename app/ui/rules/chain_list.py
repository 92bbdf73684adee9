"""The chain of rules, read top-down: the first that finds the whole order decides."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import formats
from app.domain.policy import RuleSet
from app.i18n import N_, _
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.looks import Align, Run, Words, figure
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.strip import Strip


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule at its place."""

    place: int
    rule: RuleSet


class ChainList(QWidget):
    """One rule is looked at; buttons below add, remove and move it."""

    looked_at = Signal(int)
    added = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = RowsModel(_columns(), key=lambda line: line.place, parent=self)
        self.table = rows_table(self._model, self)
        self.add = IconButton(Icon.ADD, _("Add a rule after this one"), parent=self)
        self.remove = IconButton(Icon.REMOVE, _("Remove this rule"), parent=self)
        self.up = IconButton(Icon.UP, _("Read it earlier"), parent=self)
        self.down = IconButton(Icon.OPEN, _("Read it later"), parent=self)
        self._lay_out()
        self.table.selection_changed.connect(self._chosen)
        self.add.clicked.connect(self.added)
        self.remove.clicked.connect(self.removed)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))

    def show_chain(self, chain: Sequence[RuleSet], at: int) -> None:
        """Show these rules; `at` is the one looked at."""
        self._model.show_rows(RuleLine(place, rule) for place, rule in enumerate(chain))
        self.table.show_chosen({at})
        self.remove.setEnabled(len(chain) > 1)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < len(chain) - 1)

    def _chosen(self, keys: frozenset[Hashable]) -> None:
        for place in keys:
            self.looked_at.emit(place)

    def _lay_out(self) -> None:
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        strip = Strip(current_theme().tokens.sizes.footer, edge="top", parent=self)
        row = QHBoxLayout(strip)
        row.setContentsMargins(6, 1, 6, 0)
        row.setSpacing(2)
        for button in (self.add, self.remove, self.up, self.down):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        column.addWidget(strip)


def _columns() -> list[Column[RuleLine]]:
    return [
        Column(
            name="place",
            title="",
            hint=N_("The order in which rules are read"),
            text=lambda line: formats.number(line.place + 1),
            look=lambda line: figure(formats.number(line.place + 1), "text3"),
            align=Align.RIGHT,
            width=26,
        ),
        Column(
            name="rule",
            title=N_("Rule"),
            text=_label,
            look=lambda line: Words((Run(_label(line)),)),
            tooltip=lambda line: line.rule.name,
            width=150,
            least=90,
            grows=True,
        ),
    ]


def _label(line: RuleLine) -> str:
    return _(line.rule.label) or line.rule.name
