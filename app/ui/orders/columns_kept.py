"""Which columns the person wants and in which order: kept on this workstation."""

from typing import Any

from PySide6.QtCore import QSettings

from app.ui.orders.columns import HIDDEN_AT_FIRST
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import RowsTable

_HIDDEN = "orders/hidden_columns"
_ORDER = "orders/column_order"


def restore_columns(table: RowsTable, model: RowsModel[Any]) -> None:
    """Bring back what was kept, or the first choice."""
    kept = QSettings()
    hidden = kept.value(_HIDDEN)
    names = HIDDEN_AT_FIRST if hidden is None else tuple(str(hidden).split())
    table.hide_columns(names)
    order = str(kept.value(_ORDER, "")).split()
    own = [column.name for column in model.columns]
    header = table.horizontalHeader()
    if sorted(order) == sorted(own):
        for place, name in enumerate(order):
            header.moveSection(header.visualIndex(own.index(name)), place)


def keep_columns(table: RowsTable, model: RowsModel[Any]) -> None:
    """Keep the choice for the next start."""
    kept = QSettings()
    kept.setValue(_HIDDEN, " ".join(sorted(table.hidden_columns)))
    header = table.horizontalHeader()
    order = sorted(range(header.count()), key=header.visualIndex)
    kept.setValue(_ORDER, " ".join(model.columns[at].name for at in order))
