"""The list of offers: each with its time left, its bar, and a chip for every node asked."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.offers.offer_lines import OfferLine
from app.ui.theme import Theme, current_theme
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.looks import Align, Run, Words
from app.ui.widgets.marks import badge_width, paint_badge
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.text_runs import paint_words, words_width

_HEIGHT = 48
_EDGE = 3
_FIGURE = 70
_PADDING = 10
_BAR = 3
_GAP = 6
Index = QModelIndex | QPersistentModelIndex


class OffersList(QListView):
    """One offer is chosen at any time; it stays chosen while time passes and others come and go."""

    chosen_changed = Signal(str)  # the order's code, "" = none
    opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = Column[OfferLine](
            name="offer", title="", text=lambda line: line.said, tooltip=lambda line: line.said
        )
        self._model = RowsModel([column], key=lambda line: line.key, parent=self)
        self._empty: QWidget | None = None
        self.setModel(self._model)
        self.setItemDelegate(_OfferDelegate(self._model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_lines(self, lines: Iterable[OfferLine]) -> None:
        """Show these; the one chosen stays so while it is there."""
        self._model.show_rows(lines)
        if self._empty is not None:
            self._empty.setVisible(not self._model.rowCount())

    def lines(self) -> tuple[OfferLine, ...]:
        """What is shown, from top to bottom."""
        return self._model.rows()

    @property
    def current(self) -> OfferLine | None:
        """The offer chosen, or None."""
        chosen = self.selectionModel().selectedIndexes()
        return self._model.row_at(chosen[0].row()) if chosen else None

    def choose(self, order: str) -> None:
        """Choose the offer of an order, if it is shown; no signal follows."""
        current = self.current
        if current is not None and current.order == order:
            return
        places = [n for n, line in enumerate(self.lines()) if line.order == order]
        self.blockSignals(True)
        if places:
            self.setCurrentIndex(self._model.index(places[0], 0))
        else:
            self.clearSelection()
        self.blockSignals(False)
        self.viewport().update()

    def set_empty_state(self, widget: QWidget) -> None:
        """What to show when there is no offer."""
        self._empty = widget
        widget.setParent(self.viewport())
        widget.setVisible(not self._model.rowCount())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        current = self.current
        self.chosen_changed.emit("" if current is None else current.order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.current is not None:
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._empty is not None and not self._model.rowCount():
            self._empty.setGeometry(self.viewport().rect())
        super().paintEvent(event)


class _OfferDelegate(QStyledItemDelegate):
    def __init__(self, model: RowsModel[OfferLine], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme: Theme = current_theme()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(320, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, rect = self._model.row_at(index.row()), QRect(option.rect)
        painter.save()
        self._paint_ground(painter, rect, option.state)
        self._paint_figure(painter, rect, line)
        self._paint_words(painter, rect, line)
        self._paint_time(painter, rect, line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        active = bool(state & QStyle.StateFlag.State_Active)
        if chosen:
            tint = "selection" if active else "selection_inactive"
            painter.fillRect(rect, self._theme.colour(tint))
            bar = QRect(rect.left(), rect.top(), _EDGE, rect.height())
            painter.fillRect(bar, self._theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("hover"))
        paint_edges(painter, rect, self._theme.colour("border_subtle"), "bottom")

    def _paint_figure(self, painter: QPainter, rect: QRect, line: OfferLine) -> None:
        """The time left, big, above what it is of."""
        box = QRect(rect.left() + _EDGE, rect.top() + 3, _FIGURE - _EDGE, 22)
        painter.setFont(self._theme.font(16, strong=True))
        painter.setPen(self._theme.colour(line.tone))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(right), line.left)
        below = box.translated(0, 21)
        below.setHeight(16)
        words = Words((Run(line.below, "text2", small=True),))
        paint_words(painter, below, self._theme, words, Align.RIGHT)

    def _paint_words(self, painter: QPainter, rect: QRect, line: OfferLine) -> None:
        """Whose order it is and what follows, above the nodes asked."""
        left = rect.left() + _FIGURE + _PADDING + 4
        room = QRect(left, rect.top() + 4, rect.right() - left - _PADDING, 18)
        after = Words((Run(line.after, "text2", small=True),))
        width = words_width(self._theme, after)
        paint_words(painter, room, self._theme, after, Align.RIGHT)
        title = room.adjusted(0, 0, -width - 2 * _GAP, 0)
        paint_words(painter, title, self._theme, Words(line.title, gap=8))
        self._paint_chips(painter, room.translated(0, 21), line)

    def _paint_chips(self, painter: QPainter, room: QRect, line: OfferLine) -> None:
        """As many as have room; the others are counted."""
        chips = list(line.chips)
        while chips:
            badge = chips.pop(0)
            more = f"+{len(chips) + 1}"
            needed = badge_width(self._theme, badge)
            if needed > room.width() and badge is not line.chips[0]:
                paint_words(painter, room, self._theme, Words((Run(more, "text2", small=True),)))
                return
            used = paint_badge(painter, room, self._theme, badge)
            room = room.adjusted(used + _GAP, 0, 0, 0)

    def _paint_time(self, painter: QPainter, rect: QRect, line: OfferLine) -> None:
        """The bar that empties, along the foot."""
        if line.fraction is None:
            return
        foot = QPoint(rect.left(), rect.bottom() - _BAR)
        trough = QRect(foot, QSize(rect.width(), _BAR))
        painter.fillRect(trough, self._theme.colour("surface2"))
        filled = QRect(foot, QSize(round(rect.width() * line.fraction), _BAR))
        painter.fillRect(filled, self._theme.colour(line.fill))
