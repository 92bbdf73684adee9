"""How rows are shown and picked: the one table of every pane."""

from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.i18n import _
from app.ui.theme import Theme, current_theme
from app.ui.widgets.column_widths import ColumnWidths
from app.ui.widgets.delegates import CellDelegate
from app.ui.widgets.row_painter import RowPainter
from app.ui.widgets.rows import RowsModel, spans
from app.ui.widgets.rows_header import RowsHeader

Row = TypeVar("Row")
_TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_Flag = QItemSelectionModel.SelectionFlag


def rows_table(model: RowsModel[Row], parent: QWidget | None = None) -> "RowsTable":
    """A table of these rows, ready to put into a pane."""
    return RowsTable(model, current_theme(), parent)


class RowsTable(QTableView):
    """Rows picked by key: what is chosen stays chosen while rows come, go and are filtered."""

    selection_changed = Signal(frozenset)  # keys, by the person's hand alone
    hovered = Signal(object)  # key, or None when the pointer has left
    opened = Signal(object)  # key: Enter or double click
    columns_changed = Signal()  # the person hid, showed, moved or resized one
    _lacked = Signal(int, int)  # column, the width that a figure in it needs

    def __init__(self, model: RowsModel[Any], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._theme = theme
        self._chosen: frozenset[Hashable] = frozenset()
        self._replacing = False  # the gesture under way drops what was chosen before
        self._quiet = 0  # above zero: changes come from the program, not from a person
        self._anchor: tuple[Hashable, int] | None = None
        self._empty: QWidget | None = None
        self._painter = RowPainter(self, model, theme)
        self._header = RowsHeader(theme, self)
        self._widths = ColumnWidths(model.columns, self._header.needed_width)
        self._by_keyboard = False  # whether the person moves about with keys just now
        self._set_up()
        self.setModel(model)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setItemDelegate(CellDelegate(model, theme, self))
        self._connect()
        self._fit()

    # Selection and hover, by key

    @property
    def chosen(self) -> frozenset[Hashable]:
        """The keys chosen, also those that a filter hides at present."""
        return self._chosen

    def chosen_in_view(self) -> list[Hashable]:
        """The keys chosen that are shown, from top to bottom."""
        return [self._rows.key_at(place) for place in self._chosen_places()]

    def key_at(self, place: int) -> Hashable:
        """The key of the row shown at this place."""
        return self._rows.key_at(place)

    def show_chosen(self, keys: Iterable[Hashable], *, reveal: bool = False) -> None:
        """Choose these keys because another pane did; no signal follows."""
        self._chosen = frozenset(keys)
        self._select_chosen()
        places = [place for key in self._chosen if (place := self._rows.place_of(key)) is not None]
        if places and self.currentIndex().row() not in places:
            first = self._rows.index(min(places), 0)
            self.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
        if reveal and places:
            self.scrollTo(self._rows.index(min(places), 0))

    def clear_chosen(self) -> None:
        """Choose nothing, as Esc does."""
        self.clearSelection()
        self._choose(frozenset())

    @property
    def hovered_row(self) -> int:
        """The row that the pointer is over, here or in another pane; -1 = none."""
        return self._painter.hovered_row

    def show_hovered(self, key: Hashable | None) -> None:
        """Tint the row that the pointer is over, here or in another pane."""
        place = None if key is None else self._rows.place_of(key)
        before, self._painter.hovered_row = self._painter.hovered_row, _or_none(place)
        for row in {before, self._painter.hovered_row} - {-1}:
            self._repaint_row(row)

    # Columns

    def hide_columns(self, names: Iterable[str]) -> None:
        """Leave these columns out until the person wants them."""
        self._widths.hide(names)
        self._fit()

    @property
    def hidden_columns(self) -> frozenset[str]:
        """The columns the person left out; those without room are not among them."""
        return self._widths.hidden

    def columns_menu(self) -> QMenu:
        """A menu in which columns are ticked or not."""
        menu = QMenu(self)
        for column in self._rows.columns:
            action = menu.addAction(_(column.title) or _(column.hint))
            action.setCheckable(True)
            action.setChecked(column.name not in self._widths.hidden)
            action.toggled.connect(lambda shown, name=column.name: self._show_column(name, shown))
        return menu

    def sort_by(self, name: str, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by the column of this name, as a click on its title does."""
        names = [column.name for column in self._rows.columns]
        self.sortByColumn(names.index(name), order)

    def set_row_height(self, pixels: int) -> None:
        """Compact or comfortable rows."""
        self.verticalHeader().setDefaultSectionSize(pixels)

    def set_empty_state(self, widget: QWidget) -> None:
        """What to show when there is no row."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._place_empty_state()

    def copy_chosen(self) -> None:
        """Put the chosen rows on the clipboard, as a spreadsheet takes them."""
        header = self.horizontalHeader()
        order = sorted(range(header.count()), key=header.visualIndex)
        shown = [self._rows.columns[i] for i in order if not self.isColumnHidden(i)]
        rows = [self._rows.row_at(place) for place in self._chosen_places()]
        lines = ["\t".join(column.copied(row) for column in shown) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    # Qt's side

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        self._replacing = bool(command & _Flag.Clear)
        return command

    def selectAll(self) -> None:
        self._replacing = False
        super().selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in _TABBED
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif event.key() == Qt.Key.Key_Escape and self._chosen:
            self.clear_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover_at(event.position().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover_at(None)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            self._painter.paint(painter, event.region())
            self._paint_current(painter)
        for column, width in self._painter.lacking.items():
            self._lacked.emit(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
        self._place_empty_state()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._theme.tokens.sizes.header + 3 * self._theme.tokens.sizes.row)

    # How it works

    def _set_up(self) -> None:
        self.setHorizontalHeader(self._header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(16)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_row_height(self._theme.tokens.sizes.row)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        # the ground is painted here, so that scrolling moves pixels instead of painting all rows
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _connect(self) -> None:
        self._rows.updating.connect(self._before_update)
        self._rows.updated.connect(self._after_update)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.doubleClicked.connect(self._open)
        self._lacked.connect(self._widen, Qt.ConnectionType.QueuedConnection)
        self._theme.changed.connect(self.viewport().update)
        header = self._header
        header.sortIndicatorChanged.connect(self._fit)
        header.sectionResized.connect(self._section_resized)
        header.sectionMoved.connect(self.columns_changed)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_columns_menu)

    def _before_update(self) -> None:
        self._quiet += 1
        top = self.rowAt(0)
        self._anchor = None
        if top > 0:  # scrolled: what the person looks at must not slip away
            self._anchor = (self._rows.key_at(top), self.rowViewportPosition(top))

    def _after_update(self) -> None:
        self._quiet -= 1
        self._painter.hovered_row = -1
        self._select_chosen()
        if self._anchor is not None:
            self._scroll_back(*self._anchor)
        self._place_empty_state()

    def _scroll_back(self, key: Hashable, offset: int) -> None:
        place = self._rows.place_of(key)
        if place is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(place) - offset)

    def _selection_changed(self) -> None:
        if self._quiet:
            return
        shown = frozenset(self.chosen_in_view())
        hidden = {key for key in self._chosen if self._rows.place_of(key) is None}
        self._choose(shown if self._replacing else shown | hidden)

    def _chosen_places(self) -> list[int]:
        """From top to bottom; by ranges, for thousands of rows may be chosen."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.size())]
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def _choose(self, keys: frozenset[Hashable]) -> None:
        if keys != self._chosen:
            self._chosen = keys
            self.selection_changed.emit(keys)

    def _select_chosen(self) -> None:
        found = (self._rows.place_of(key) for key in self._chosen)
        places = {place for place in found if place is not None}
        if places == set(self._chosen_places()):
            return
        selection = QItemSelection()
        for first, last in spans(places):
            selection.select(self._rows.index(first, 0), self._rows.index(last, 0))
        self._quiet += 1
        flags = _Flag.ClearAndSelect | _Flag.Rows
        self.selectionModel().select(selection, flags)
        self._quiet -= 1

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.key_at(index.row()))

    def _hover_at(self, point: QPoint | None) -> None:
        row = -1 if point is None else self.rowAt(point.y())
        if row == self._painter.hovered_row:
            return
        key = None if row < 0 else self._rows.key_at(row)
        self.show_hovered(key)
        self.hovered.emit(key)

    def _row_rect(self, row: int) -> QRect:
        top = self.rowViewportPosition(row)
        return QRect(0, top, self.viewport().width(), self.rowHeight(row))

    def _repaint_row(self, row: int) -> None:
        if row < self._rows.rowCount():
            self.viewport().update(self._row_rect(row))

    def _paint_current(self, painter: QPainter) -> None:
        """Show where the keyboard stands when that row is not chosen."""
        current = self.currentIndex()
        if not (self._by_keyboard and self.hasFocus() and current.isValid()):
            return
        if not self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            painter.setPen(QPen(self._theme.colour("focus"), 0))
            painter.drawRect(self._row_rect(current.row()).adjusted(0, 0, -1, -1))

    def _place_empty_state(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self._rows.rowCount() == 0)

    # Widths

    def _fit(self) -> None:
        self._quiet += 1
        for place, width in enumerate(self._widths.fitted(self.viewport().width())):
            self.setColumnHidden(place, width is None)
            if width is not None:
                self.setColumnWidth(place, width)
        self._quiet -= 1

    def _widen(self, place: int, width: int) -> None:
        if self._widths.lack(place, width):
            self._fit()

    def _section_resized(self, place: int, _old: int, new: int) -> None:
        if not self._quiet and new:
            self._widths.ask(place, new)
            self._fit()
            self.columns_changed.emit()

    def _show_column(self, name: str, shown: bool) -> None:
        self._widths.show(name, shown=shown)
        self._fit()
        self.columns_changed.emit()

    def _show_columns_menu(self, point: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(point))


def _or_none(place: int | None) -> int:
    return -1 if place is None else place
