"""What the rules would change, for the orders that wait or for past days: figures, then orders."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import formats
from app.i18n import N_, _, n_
from app.operations.policy_effect import Effect, Moved, Outcome
from app.ui.icons import Icon
from app.ui.rules.effect_figures import EffectFigures
from app.ui.rules.periods import PERIODS, Period
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.looks import Run, Words, words
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table
from app.wording import sentence


class EffectView(QWidget):
    """The orders that would go otherwise; a line leads to its order."""

    order_asked = Signal(str)
    period_asked = Signal(object)  # Period

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.period = QComboBox(self)
        self.figures = EffectFigures(self)
        self._model = RowsModel(_columns(), key=lambda moved: moved.order, parent=self)
        self.table = rows_table(self._model, self)
        self._empty = EmptyState(Icon.DONE, "", parent=self)
        self.table.set_empty_state(self._empty)
        self._lay_out()
        self.table.opened.connect(lambda order: self.order_asked.emit(str(order)))
        self.period.activated.connect(
            lambda _at: self.period_asked.emit(Period(self.period.currentData()))
        )

    def show_effect(self, effect: Effect | None) -> None:
        """Show what would change; None = it is not known."""
        self._model.show_rows(effect.moved if effect is not None else ())
        self.figures.show_figures(effect)
        self._empty.set_sentence(_nothing(effect))

    def _lay_out(self) -> None:
        for period, text in PERIODS.items():
            self.period.addItem(_(text), int(period))
        self.period.setAccessibleName(_("Tried on"))
        self.period.setMinimumContentsLength(16)
        self.period.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        label = QLabel(_("Tried on"), self)
        label.setProperty("role", "label")
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.period, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.figures)
        column.addWidget(self.table, 1)


def effect_said(effect: Effect) -> str:
    """In one line: of how many orders, what would change."""
    if not effect.orders:
        return _("No order to compare: nothing shows what would change.")
    compared = n_("{count} order compared", "{count} orders compared", effect.orders)
    said = [compared.format(count=formats.number(effect.orders))]
    if not effect.moved:
        return f"{said[0]} · {_('none would go otherwise')}"
    count = len(effect.moved)
    moved = n_("{count} would go otherwise", "{count} would go otherwise", count)
    said.append(moved.format(count=formats.number(count)))
    if gained := effect.after.placed - effect.before.placed:
        told = n_("{count} more placed", "{count} more placed", gained)
        if gained < 0:
            told = n_("{count} fewer placed", "{count} fewer placed", -gained)
        said.append(told.format(count=formats.number(abs(gained))))
    if more_cents := effect.after.cost_cents - effect.before.cost_cents:
        said.append(formats.change(formats.money, more_cents))
    return " · ".join(said)


def _nothing(effect: Effect | None) -> str:
    """What stands in place of an empty list."""
    if effect is None:
        return _("Being reckoned…")
    if not effect.orders:
        return _("Nothing was decided by rules then.")
    return _("No order would go otherwise.")


def _columns() -> list[Column[Moved]]:
    return [
        Column(
            name="order",
            title=N_("Order"),
            text=lambda moved: formats.order_number(moved.order),
            look=lambda moved: words(formats.order_number(moved.order), strong=True),
            width=72,
        ),
        Column(
            name="before",
            title=N_("In force"),
            hint=N_("By the rules in force when it was decided"),
            text=lambda moved: _nodes(moved.before.nodes),
            look=lambda moved: _sender(moved.before, "text2"),
            tooltip=lambda moved: _told(moved.before),
            width=84,
            least=60,
        ),
        Column(
            name="after",
            title=N_("By these"),
            text=lambda moved: _nodes(moved.after.nodes),
            look=lambda moved: _sender(moved.after, "text1", strong=True),
            tooltip=lambda moved: _told(moved.after),
            width=84,
            least=60,
        ),
        Column(
            name="why",
            title=N_("Because"),
            text=lambda moved: _first(moved.after),
            look=lambda moved: words(_first(moved.after), "text2"),
            tooltip=lambda moved: _told(moved.after),
            width=190,
            least=90,
            grows=True,
        ),
    ]


def _sender(outcome: Outcome, tone: str, *, strong: bool = False) -> Words:
    nodes = outcome.nodes
    return Words((Run(_nodes(nodes), tone if nodes else "danger", strong=strong),))


def _nodes(nodes: Sequence[str]) -> str:
    return " + ".join(nodes) or _("nowhere")


def _first(outcome: Outcome) -> str:
    return sentence(outcome.reasons[0]) if outcome.reasons else ""


def _told(outcome: Outcome) -> str:
    """The rule and all that is said, for whoever points at it."""
    rule = _("Rule “{rule}”").format(rule=_(outcome.rule)) if outcome.rule else ""
    said = [rule, *(sentence(reason) for reason in outcome.reasons)]
    return "\n".join(line for line in said if line)
