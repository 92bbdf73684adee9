"""How rows are painted: whole rows, each cell by its kind of look."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QTableView

from app.ui.icons import paint_icon
from app.ui.theme import Theme
from app.ui.widgets.hairline import paint_edges
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
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.text_runs import GAP, paint_words, short, words_width


@dataclass(slots=True)
class _Place:
    """Where a column stands, and what its cells must know of it."""

    column: int
    left: int
    width: int
    align: Align
    narrow: bool


class RowPainter:
    """Paints the rows of one table.

    Qt would ask a delegate for every cell by itself: with all that is wrapped for each call, a
    screenful of rows would take three times as long.
    """

    def __init__(self, view: QTableView, model: RowsModel[Any], theme: Theme) -> None:
        self._view = view
        self._model = model
        self._theme = theme
        self.hovered_row = -1
        self.lacking: dict[int, int] = {}  # widths that figures asked for at the last painting

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Paint the ground and every row that the region touches."""
        box = region.boundingRect()
        painter.fillRect(box, self._theme.colour("surface0"))
        self.lacking = {}
        places = list(self._places())
        for row in self._rows_in(box):
            top = self._view.rowViewportPosition(row)
            rect = QRect(0, top, self._view.viewport().width(), self._view.rowHeight(row))
            if region.intersects(rect):
                self._paint_row(painter, row, rect, box, places)

    def _rows_in(self, box: QRect) -> range:
        first, last = self._view.rowAt(box.top()), self._view.rowAt(box.bottom())
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self._model.rowCount() - 1) + 1)

    def _places(self) -> Iterator[_Place]:
        """The visible columns from left to right, as the person has arranged them."""
        header = self._view.horizontalHeader()
        for visual in range(header.count()):
            column = header.logicalIndex(visual)
            if not header.isSectionHidden(column):
                kind, width = self._model.columns[column], header.sectionSize(column)
                narrow = width < (kind.width + kind.narrowest) // 2
                left = header.sectionViewportPosition(column)
                yield _Place(column, left, width, kind.align, narrow)

    def _paint_row(
        self, painter: QPainter, row: int, rect: QRect, box: QRect, places: list[_Place]
    ) -> None:
        chosen = self._view.selectionModel().isRowSelected(row, QModelIndex())
        self._paint_ground(painter, row, rect, chosen=chosen)
        looks = [self._model.look_at(row, place.column) for place in places]
        padding = self._theme.tokens.sizes.cell_padding
        for number, (place, look) in enumerate(zip(places, looks, strict=True)):
            width = place.width
            if isinstance(look, Words) and look.spills:
                width += _blank_after(number, places, looks)
            if place.left <= box.right() and place.left + width > box.left():
                room = QRect(place.left + padding, rect.y(), width - 2 * padding, rect.height() - 1)
                self._paint_look(painter, room, place, look)
        self._paint_edges(painter, rect, chosen=chosen)

    def _paint_ground(self, painter: QPainter, row: int, rect: QRect, *, chosen: bool) -> None:
        if chosen:
            ground = "selection" if self._view.isActiveWindow() else "selection_inactive"
            painter.fillRect(rect, self._theme.colour(ground))
        elif row == self.hovered_row:
            painter.fillRect(rect, self._theme.colour("hover"))

    def _paint_edges(self, painter: QPainter, rect: QRect, *, chosen: bool) -> None:
        paint_edges(painter, rect, self._theme.colour("border_subtle"), "bottom")
        if chosen:
            width = self._theme.tokens.sizes.selection_bar
            bar = QRect(rect.x(), rect.y(), width, rect.height())
            painter.fillRect(bar, self._theme.colour("accent"))

    def _paint_look(self, painter: QPainter, room: QRect, place: _Place, look: Look) -> None:
        match look:
            case Words():
                self._paint_words(painter, room, place, look)
            case Mark():
                size = self._theme.tokens.sizes.icon_row
                paint_icon(painter, room, look.icon, self._theme.colour(look.tone), size)
            case TourChip():
                self._paint_chip(painter, room, look)
            case Badge():
                paint_badge(painter, room, self._theme, look)
            case Meter():
                self._paint_meter(painter, room, look)

    def _paint_words(self, painter: QPainter, room: QRect, place: _Place, look: Words) -> None:
        if place.narrow:
            look = short(look)
        if look.elide is Elide.NEVER:
            self._ask_for_room(place, look, room.width())
        paint_words(painter, room, self._theme, look, place.align)

    def _ask_for_room(self, place: _Place, look: Words, room: int) -> None:
        """A figure that would be cut asks for a wider column."""
        needed = words_width(self._theme, look)
        if needed > room:
            wanted = needed + place.width - room
            self.lacking[place.column] = max(wanted, self.lacking.get(place.column, 0))

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


def _blank_after(number: int, places: list[_Place], looks: list[Look]) -> int:
    """The room that the empty cells on the right leave to words that spill."""
    width = 0
    for place, look in zip(places[number + 1 :], looks[number + 1 :], strict=True):
        if not isinstance(look, Blank):
            break
        width += place.width
    return width


def natural_width(theme: Theme, look: Look) -> int:
    """The room a look takes in full."""
    match look:
        case Words():
            return words_width(theme, look)
        case Meter():
            return METER.width() + GAP + words_width(theme, figure(look.figure))
        case TourChip():
            said = GAP + words_width(theme, words(look.words, small=True)) if look.words else 0
            return chip_width(theme, look.number) + said
        case Badge():
            return badge_width(theme, look)
    return theme.tokens.sizes.icon_row
