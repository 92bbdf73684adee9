"""What Qt asks of a cell besides its picture: the room it takes, and its words when cut."""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from app.ui.theme import Theme
from app.ui.widgets.looks import Mark
from app.ui.widgets.row_painter import natural_width
from app.ui.widgets.rows import Index, RowsModel
from app.ui.widgets.tooltip import as_words


class CellDelegate(QStyledItemDelegate):
    """Knows the cells by `RowsModel.look_at`; the table paints them itself, row by row."""

    def __init__(self, model: RowsModel[Any], theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._model = model
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        look = self._model.look_at(index.row(), index.column())
        sizes = self._theme.tokens.sizes
        return QSize(natural_width(self._theme, look) + 2 * sizes.cell_padding, sizes.row)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        own = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
        if event.type() != QEvent.Type.ToolTip or own or not index.isValid():
            return super().helpEvent(event, view, option, index)
        look = self._model.look_at(index.row(), index.column())
        room = view.visualRect(index).width() - 2 * self._theme.tokens.sizes.cell_padding
        if not isinstance(look, Mark) and natural_width(self._theme, look) <= room:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), as_words(self._words_of(index)) or "", view)
        return True

    def _words_of(self, index: Index) -> str:
        column = self._model.columns[index.column()]
        return column.text(self._model.row_at(index.row()))
