"""What the rules would change for the orders that wait, one line each, and in a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.i18n import N_, _, n_
from app.operations.policy_effect import Effect, Moved
from app.ui.icons import Icon
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.looks import Run, Words, words
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table


class EffectView(QWidget):
    """The orders that other nodes would send; a line leads to its order."""

    order_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = RowsModel(_columns(), key=lambda moved: moved.order, parent=self)
        self.table = rows_table(self._model, self)
        self._empty = EmptyState(Icon.DONE, "", parent=self)
        self.table.set_empty_state(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.table.opened.connect(lambda order: self.order_asked.emit(str(order)))

    def show_effect(self, effect: Effect | None) -> None:
        """Show what would change; None = it is not known."""
        self._model.show_rows(effect.moved if effect is not None else ())
        self._empty.set_sentence(
            _("Being reckoned…") if effect is None else _("No order would change its node.")
        )


def effect_said(effect: Effect) -> str:
    """In one line: of how many orders, what would change."""
    if not effect.orders:
        return _("No order waits to be sourced: nothing shows what would change.")
    waiting = n_("{count} order to source", "{count} orders to source", effect.orders)
    said = [waiting.format(count=formats.number(effect.orders))]
    if not effect.moved:
        return f"{said[0]} · {_('none would change its node')}"
    count = len(effect.moved)
    moved = n_("{count} would change its node", "{count} would change their node", count)
    said.append(moved.format(count=formats.number(count)))
    if gained := effect.placed_after - effect.placed_before:
        told = n_("{count} more placed", "{count} more placed", gained)
        if gained < 0:
            told = n_("{count} fewer placed", "{count} fewer placed", -gained)
        said.append(told.format(count=formats.number(abs(gained))))
    if effect.cost_after_cents != effect.cost_before_cents:
        said.append(
            formats.change(formats.money, effect.cost_after_cents - effect.cost_before_cents)
        )
    return " · ".join(said)


def _columns() -> list[Column[Moved]]:
    return [
        Column(
            name="order",
            title=N_("Order"),
            text=lambda moved: formats.order_number(moved.order),
            look=lambda moved: words(formats.order_number(moved.order), strong=True),
            width=78,
        ),
        Column(
            name="before",
            title=N_("By the rules in force"),
            text=lambda moved: _nodes(moved.before),
            look=lambda moved: words(_nodes(moved.before), "text2" if moved.before else "danger"),
            width=150,
            least=90,
            grows=True,
        ),
        Column(
            name="after",
            title=N_("By these"),
            text=lambda moved: _nodes(moved.after),
            look=lambda moved: Words(
                (Run(_nodes(moved.after), "text1" if moved.after else "danger", strong=True),)
            ),
            width=150,
            least=90,
            grows=True,
        ),
    ]


def _nodes(nodes: Sequence[str]) -> str:
    return " + ".join(nodes) or _("nowhere")
