"""Lines of stock under columns: put in order elsewhere, shown at once, however many they are."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.ui.stock.columns import PROMISE, Terms, stock_columns
from app.ui.stock.lines import StockLine
from app.ui.stock.picture import Picture
from app.ui.widgets.rows import RowsModel

_TITLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class StockModel(RowsModel[StockLine]):
    """Sorting is asked for, not done here."""

    sort_asked = Signal(str, bool)  # column, from the greatest down

    def __init__(self, terms: Terms, parent: QObject) -> None:
        super().__init__(stock_columns(terms), key=lambda line: line.key, parent=parent)
        self._terms = terms

    def show_picture(self, picture: Picture) -> None:
        """Show these lines instead; nothing is looked through here."""
        self.updating.emit()
        self.beginResetModel()
        self._rows = list(picture.lines)
        self._places = picture.places
        self._looks.clear()
        self.endResetModel()
        self.updated.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0:
            descending = order is Qt.SortOrder.DescendingOrder
            self.sort_asked.emit(self.columns[column].name, descending)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        of_promise = orientation is Qt.Orientation.Horizontal and (
            self.columns[section].name == PROMISE
        )
        if of_promise and role in _TITLES:
            return self._terms.promise_title()
        return super().headerData(section, orientation, role)
