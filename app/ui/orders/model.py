"""The worklist's rows as the table asks for them; the time left is never kept."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.i18n import N_, _
from app.ui.orders.columns import LEFT, NODE
from app.ui.orders.work_row import WorkRow
from app.ui.widgets.looks import Look
from app.ui.widgets.rows import Column, RowsModel

_TITLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_ASSIGNED = N_("Node")


class OrdersModel(RowsModel[WorkRow]):
    """Rows by order code; one column changes by itself, because time passes."""

    def __init__(self, columns: Sequence[Column[WorkRow]], parent: QObject | None = None) -> None:
        super().__init__(columns, key=lambda row: row.code, parent=parent)
        names = [column.name for column in columns]
        self._left = names.index(LEFT)
        self._node = names.index(NODE)
        self._assigned = False

    def look_at(self, place: int, column: int) -> Look:
        if column == self._left:
            return self.columns[column].look_of(self.row_at(place))
        return super().look_at(place, column)

    def tick(self, first: int, last: int) -> None:
        """Say the time left anew in the rows from the first to the last, which are on screen."""
        if 0 <= first <= last < self.rowCount():
            top, bottom = self.index(first, self._left), self.index(last, self._left)
            self.dataChanged.emit(top, bottom, [Qt.ItemDataRole.DisplayRole])

    def show_assigned(self, assigned: bool) -> None:
        """Whether the nodes shown have their orders already, or are only suggested."""
        if assigned != self._assigned:
            self._assigned = assigned
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, self._node, self._node)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._assigned and section == self._node and role in _TITLES:
            return _(_ASSIGNED)
        return super().headerData(section, orientation, role)
