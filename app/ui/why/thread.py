"""The five links of an order, hung on a thread: what was chosen at each, one of them open."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.i18n import _
from app.operations.why_chain import Link
from app.ui.icons import paint_icon
from app.ui.theme import Theme, current_theme
from app.ui.why.chain import NAMES
from app.ui.why.lines import Card
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.looks import Run, Words
from app.ui.widgets.text_runs import paint_words
from app.ui.widgets.tooltip import as_words

_FULL, _LOW = 49, 38  # px a link: with its label, and without where the pane is low
_LABEL, _CHOICE, _BESIDE = (4, 14), (18, 16), (33, 14)  # top and height of each text
_LOW_CHOICE, _LOW_BESIDE = (4, 16), (20, 14)
_CENTRE, _RADIUS, _WORDS_LEFT = 18, 9.5, 36
_CARD = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Thread(QListView):
    """Shows the cards; the current one is the open link."""

    opened = Signal(object)  # Link, whichever way it became the current one
    entered_link = Signal(object)  # Link, clicked or asked for with the right arrow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._cards = _Cards(self)
        self.setModel(self._cards)
        self.setItemDelegate(_LinkDelegate(self._theme, self))
        self.setAccessibleName(_("Links from the order to its hour"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._theme.changed.connect(self.viewport().update)

    @property
    def low(self) -> bool:
        """Whether labels give way, because the pane is too low for five whole links."""
        return self.viewport().height() < len(Link) * _FULL

    def show_cards(self, cards: tuple[Card, ...], open_link: Link) -> None:
        """Show these links; no signal follows."""
        self.selectionModel().blockSignals(True)
        self._cards.show_cards(cards)
        place = next((n for n, card in enumerate(cards) if card.link is open_link), 0)
        self.setCurrentIndex(self._cards.index(place, 0))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(256, len(Link) * _FULL)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 3 * _LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Right and not event.modifiers():
            self._enter(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._enter(self.indexAt(event.position().toPoint()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as ground:
            ground.fillRect(event.rect(), self._theme.colour("surface0"))
        super().paintEvent(event)

    def _enter(self, index: QModelIndex) -> None:
        if index.isValid():
            self.entered_link.emit(index.data(_CARD).link)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(current.data(_CARD).link)


class _Cards(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._shown: tuple[Card, ...] = ()

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        if len(cards) == len(self._shown):
            self._shown = cards
            self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
            return
        self.beginResetModel()
        self._shown = cards
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._shown[index.row()]
        if role == _CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.choice
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(NAMES[card.link])}: {card.choice}. {card.beside}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_words(
                "\n".join(filter(None, (_(NAMES[card.link]), card.choice, card.beside)))
            )
        return None


class _LinkDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, thread: Thread) -> None:
        super().__init__(thread)
        self._theme = theme
        self._thread = thread

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, _LOW if self._thread.low else _FULL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect, card = QRect(option.rect), index.data(_CARD)
        last = index.row() == index.model().rowCount() - 1
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            active = option.widget.isActiveWindow()
            tint = "selection" if active else "selection_inactive"
            painter.fillRect(rect, self._theme.colour(tint))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("hover"))
        paint_edges(painter, rect, self._theme.colour("border_subtle"), "bottom")
        self._paint_thread(painter, rect, first=index.row() == 0, last=last)
        self._paint_sign(painter, rect, card, chosen=chosen)
        self._paint_words(painter, rect, card)

    def _paint_thread(self, painter: QPainter, rect: QRect, *, first: bool, last: bool) -> None:
        middle = _CENTRE - 2
        top = rect.y() + (middle if first else 0)
        bottom = rect.y() + (middle if last else rect.height())
        painter.fillRect(QRect(_CENTRE - 1, top, 2, bottom - top), self._theme.colour("border"))

    def _paint_sign(self, painter: QPainter, rect: QRect, card: Card, *, chosen: bool) -> None:
        tone = card.tone if card.tone != "text1" else ("accent" if chosen else "text2")
        ring = card.tone if card.tone != "text1" else ("accent" if chosen else "text3")
        centre = QPointF(_CENTRE, rect.y() + _CENTRE - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour("surface0"))
        painter.setPen(QPen(self._theme.colour(ring), 1.2))
        painter.drawEllipse(centre, _RADIUS, _RADIUS)
        painter.restore()
        size = self._theme.tokens.sizes.icon_badge
        place = QRect(_CENTRE - size // 2, int(centre.y()) - size // 2, size, size)
        paint_icon(painter, place, card.icon, self._theme.colour(tone), size)

    def _paint_words(self, painter: QPainter, rect: QRect, card: Card) -> None:
        low = self._thread.low
        choice = Run(card.choice, card.tone, strong=True)
        beside = Run(card.beside, "text2", small=True)
        if not low:
            self._say(painter, rect, _LABEL, Run(_(NAMES[card.link]), "text2", small=True))
        self._say(painter, rect, _LOW_CHOICE if low else _CHOICE, choice)
        self._say(painter, rect, _LOW_BESIDE if low else _BESIDE, beside)

    def _say(self, painter: QPainter, rect: QRect, line: tuple[int, int], run: Run) -> None:
        top, height = line
        left = rect.x() + _WORDS_LEFT
        room = QRect(left, rect.y() + top, rect.right() - left - 6, height)
        paint_words(painter, room, self._theme, Words((run,)))
