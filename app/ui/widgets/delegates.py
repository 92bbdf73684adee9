"""How cells are painted: one delegate that knows every kind of look."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from app.ui.icons import paint_icon
from app.ui.theme import Theme
from app.ui.widgets.looks import (
    Align,
    Badge,
    Blank,
    Elide,
    Look,
    Mark,
    Meter,
    Run,
    TourChip,
    Words,
    figure,
    words,
)
from app.ui.widgets.marks import (
    METER,
    badge_width,
    chip_width,
    middle,
    paint_badge,
    paint_chip,
    paint_meter,
)
from app.ui.widgets.rows import Index, RowsModel
from app.ui.widgets.text_runs import GAP, paint_words, short, words_width
from app.ui.widgets.tooltip import as_words


class CellDelegate(QStyledItemDelegate):
    """Paints what `RowsModel.look_at` says; asks for room where a figure would be cut."""

    needs_width = Signal(int, int)  # column, pixels

    def __init__(self, model: RowsModel[Any], theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self.hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: QRect = option.rect
        self._paint_ground(painter, cell, option, index.row())
        look = self._model.look_at(index.row(), index.column())
        padding = self._theme.tokens.sizes.cell_padding
        room = cell.adjusted(padding, 0, -padding, -1)
        match look:
            case Words():
                self._paint_words(painter, room, index, look)
            case Mark():
                size = self._theme.tokens.sizes.icon_row
                paint_icon(painter, room, look.icon, self._theme.colour(look.tone), size)
            case TourChip():
                self._paint_chip(painter, room, look)
            case Badge():
                paint_badge(painter, room, self._theme, look)
            case Meter():
                self._paint_meter(painter, room, look)
            case Blank():
                self._paint_spilled(painter, room, index)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        look = self._model.look_at(index.row(), index.column())
        padding = 2 * self._theme.tokens.sizes.cell_padding
        return QSize(self._natural_width(look) + padding, self._theme.tokens.sizes.row)

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
        if not isinstance(look, Mark) and self._natural_width(look) <= room:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), as_words(self._words_of(index)) or "", view)
        return True

    def _words_of(self, index: Index) -> str:
        column = self._model.columns[index.column()]
        return column.text(self._model.row_at(index.row()))

    def _paint_ground(
        self, painter: QPainter, cell: QRect, option: QStyleOptionViewItem, row: int
    ) -> None:
        state: QStyle.StateFlag = option.state
        widget: QWidget = option.widget
        if state & QStyle.StateFlag.State_Selected:
            active = widget.isActiveWindow()
            ground = "selection" if active else "selection_inactive"
            painter.fillRect(cell, self._theme.colour(ground))
        elif row == self.hovered_row:
            painter.fillRect(cell, self._theme.colour("hover"))

    def _paint_words(self, painter: QPainter, room: QRect, index: Index, look: Words) -> None:
        column = self._model.columns[index.column()]
        if self._view.columnWidth(index.column()) < (column.width + column.narrowest) // 2:
            look = short(look)
        if look.spills:
            painter.save()
            painter.setClipRect(room.adjusted(0, 0, self._theme.tokens.sizes.cell_padding, 0))
            paint_words(painter, self._spill_room(room, index), self._theme, look)
            painter.restore()
            return
        if look.elide is Elide.NEVER and (lacking := self._natural_width(look) - room.width()) > 0:
            padding = 2 * self._theme.tokens.sizes.cell_padding
            self.needs_width.emit(index.column(), room.width() + lacking + padding)
        paint_words(painter, room, self._theme, look, column.align)

    def _paint_spilled(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Show the part of a spilling neighbour that falls into this empty cell."""
        for column in self._beside(index.column(), -1):
            look = self._model.look_at(index.row(), column)
            if isinstance(look, Words) and look.spills:
                padding = self._theme.tokens.sizes.cell_padding
                origin = index.sibling(index.row(), column)
                start = self._view.visualRect(origin).adjusted(padding, 0, -padding, -1)
                painter.save()
                painter.setClipRect(room.adjusted(-padding, 0, padding, 0))
                paint_words(painter, self._spill_room(start, origin), self._theme, look)
                painter.restore()
            if not isinstance(look, Blank):
                return

    def _spill_room(self, room: QRect, index: Index) -> QRect:
        wide = QRect(room)
        for column in self._beside(index.column(), 1):
            if not isinstance(self._model.look_at(index.row(), column), Blank):
                break
            wide.setRight(wide.right() + self._view.columnWidth(column))
        return wide

    def _beside(self, column: int, step: int) -> Iterator[int]:
        """The visible columns to one side, as the person has arranged them."""
        header = self._view.horizontalHeader()
        place = header.visualIndex(column) + step
        while 0 <= place < header.count():
            neighbour = header.logicalIndex(place)
            if not header.isSectionHidden(neighbour):
                yield neighbour
            place += step

    def _paint_chip(self, painter: QPainter, room: QRect, look: TourChip) -> None:
        taken = paint_chip(painter, room, self._theme, look.number)
        if look.words:
            rest = room.adjusted(taken + GAP, 0, 0, 0)
            run = Run(look.words, "text2", small=True)
            paint_words(painter, rest, self._theme, Words((run,)))

    def _paint_meter(self, painter: QPainter, room: QRect, look: Meter) -> None:
        box = middle(room, METER)
        paint_meter(painter, box, self._theme, look.fraction, look.fill)
        rest = room.adjusted(METER.width() + GAP, 0, 0, 0)
        text = Words((Run(look.figure, look.tone),), Elide.NEVER)
        paint_words(painter, rest, self._theme, text, Align.RIGHT)

    def _natural_width(self, look: Look) -> int:
        if isinstance(look, Words):
            return words_width(self._theme, look)
        if isinstance(look, Meter):
            return METER.width() + GAP + words_width(self._theme, figure(look.figure))
        if isinstance(look, TourChip):
            said = words(look.words, small=True)
            return chip_width(self._theme, look.number) + (
                GAP + words_width(self._theme, said) if look.words else 0
            )
        if isinstance(look, Badge):
            return badge_width(self._theme, look)
        return self._theme.tokens.sizes.icon_row
