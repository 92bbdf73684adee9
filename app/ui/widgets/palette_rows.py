"""What the palette lists: entries with their keys, and headings between kinds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.icons import Icon, paint_icon
from app.ui.theme import Theme
from app.ui.widgets.key_cap import key_text
from app.ui.widgets.looks import Run, Words
from app.ui.widgets.marks import cap_width, paint_cap
from app.ui.widgets.rows import Index
from app.ui.widgets.text_runs import paint_words

_NOWHERE = QModelIndex()
_ROW = 28
_HEADING = 24
_PADDING = 12
_ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """Something to run or to go to; texts are already in the person's language."""

    text: str
    run: Callable[[], None]
    detail: str = ""  # where it stands in the menus, or what it is
    icon: Icon | None = None
    shortcut: str = ""
    enabled: bool = True
    why_disabled: str = ""
    also: tuple[str, ...] = ()  # other words by which it is found


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as it is listed, with the letters that were typed."""

    entry: PaletteEntry
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between kinds of entries; it cannot be chosen."""

    text: str


class PaletteRows(QAbstractListModel):
    """The rows of the palette."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[Found | Heading] = ()

    def show_rows(self, rows: Sequence[Found | Heading]) -> None:
        """List these instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row_at(self, place: int) -> Found | Heading | None:
        """What stands at this place, if anything."""
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if role == _ROW_ROLE:
            return row
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(row, Found):
            return f"{row.entry.text} {_aside(row.entry)}".strip()
        return row.text if isinstance(row, Heading) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row_at(index.row()), Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PaletteDelegate(QStyledItemDelegate):
    """Icon, words with the typed letters set off, where it stands, its key."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(_ROW_ROLE), Heading)
        return QSize(200, _HEADING if heading else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW_ROLE)
        rect: QRect = option.rect
        if isinstance(row, Heading):
            room = rect.adjusted(_PADDING, 2, -_PADDING, 0)
            run = Run(row.text, "text2", strong=True, small=True)
            paint_words(painter, room, self._theme, Words((run,)))
            return
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("selection"))
        self._paint_entry(painter, rect.adjusted(_PADDING, 0, -_PADDING, 0), row)

    def _paint_entry(self, painter: QPainter, room: QRect, row: Found) -> None:
        entry = row.entry
        size = self._theme.tokens.sizes.icon
        if entry.icon is not None:
            tone = "text2" if entry.enabled else "disabled"
            place = QRect(room.x(), room.y(), size, room.height())
            paint_icon(painter, place, entry.icon, self._theme.colour(tone), size)
        words = room.adjusted(size + 10, 0, 0, 0)
        key = key_text(entry.shortcut)
        if key:
            width = cap_width(self._theme, key)
            place = QRect(room.right() - width, room.y(), width, room.height())
            paint_cap(painter, place, self._theme, key)
            words.setRight(place.left() - 10)
        used = self._paint_text(painter, words, row)
        aside = _aside(entry)
        if aside:
            rest = words.adjusted(used + 12, 0, 0, 0)
            tone = "text3" if entry.enabled else "text2"
            paint_words(painter, rest, self._theme, Words((Run(aside, tone, small=True),)))

    def _paint_text(self, painter: QPainter, room: QRect, row: Found) -> int:
        """The words letter group by letter group, those that were typed in semibold."""
        left = room.x()
        tone = "text1" if row.entry.enabled else "disabled"
        for text, typed in _pieces(row.entry.text, set(row.places)):
            rest = room.adjusted(left - room.x(), 0, 0, 0)
            if rest.width() <= 0:
                break
            paint_words(painter, rest, self._theme, Words((Run(text, tone, strong=typed),)))
            left += self._theme.metrics(strong=typed).horizontalAdvance(text)
        return left - room.x()


def _aside(entry: PaletteEntry) -> str:
    return entry.detail if entry.enabled else entry.why_disabled or entry.detail


def _pieces(text: str, marked: set[int]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    for place, char in enumerate(text):
        typed = place in marked
        if pieces and pieces[-1][1] == typed:
            pieces[-1] = (pieces[-1][0] + char, typed)
        else:
            pieces.append((char, typed))
    return pieces
