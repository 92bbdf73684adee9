"""Which rows a table shows: a model that changes no more than what changed."""

import re
import unicodedata
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.i18n import _
from app.ui.widgets.looks import Align, Blank, Elide, Look, Run, Words
from app.ui.widgets.tooltip import as_words

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
FEW = 32  # more fragments than this are told as one change of order and one change of count
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole
SHORT_TITLE = _Role.UserRole


@dataclass(frozen=True, kw_only=True)  # no slots: `Column[Row](…)` fails with them on 3.11
class Column(Generic[Row]):
    """One column: what it says of a row, and how it gives way when the table is narrow.

    Titles and hints are marked with `N_` and translated when shown. What a cell shows depends on
    its row alone: time that passes must change the row.
    """

    name: str  # for layouts: never translated, never changed
    title: str
    text: Callable[[Row], str]  # shown, copied, searched and read aloud
    look: Callable[[Row], Look] | None = None  # how it is drawn, when not as plain text
    sort: Callable[[Row], Any] | None = None  # by the text when absent; None sorts last
    copy: Callable[[Row], str] | None = None  # for spreadsheets, when not the text
    tooltip: Callable[[Row], str] | None = None
    short_title: str = ""  # where the title has no room
    hint: str = ""  # what the column means, on its header
    align: Align = Align.LEFT
    width: int = 90
    least: int = 0  # the narrowest it may become; its width when absent
    grows: bool = False  # takes what room is left
    leaves: int = 0  # the order in which columns go when there is no room; 0 = stays

    @property
    def narrowest(self) -> int:
        """The width it never goes below."""
        return self.least or self.width

    def look_of(self, row: Row) -> Look:
        """What the cell shows."""
        if self.look is not None:
            return self.look(row)
        text = self.text(row)
        if not text:
            return Blank()
        return Words((Run(text),), Elide.NEVER if self.align is Align.RIGHT else Elide.END)

    def sort_key(self, row: Row) -> Any:
        """What the row is ordered by in this column."""
        return self.sort(row) if self.sort is not None else natural(self.text(row))

    def copied(self, row: Row) -> str:
        """The cell for a spreadsheet: one line, and figures without gaps between thousands."""
        text = self.copy(row) if self.copy is not None else self.text(row).replace("\u202f", "")
        return " ".join(text.split())


def natural(text: str) -> list[str | int]:
    """Order as people expect it: accents and case make no difference, T2 comes before T10."""
    letters = text.casefold()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", letters)
        letters = "".join(char for char in apart if not unicodedata.combining(char))
    if not any(map(str.isdecimal, letters)):
        return [letters]
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", letters)]


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows under columns, told apart by a key; selection and scroll survive what comes in."""

    updating = Signal()
    updated = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[Row] = []
        self._places: dict[Hashable, int] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._looks: dict[Hashable, dict[int, Look]] = {}

    def show_rows(self, rows: Iterable[Row], changed: Container[Hashable] | None = None) -> None:
        """Show these rows instead, telling views only what differs.

        Who has compared the rows already says the keys of those that `changed` since they were
        shown: else each is compared here with the one of its key.

        Raises:
            ValueError: two rows have one key.
        """
        wanted = self._in_order(list(rows))
        by_key = {self._key(row): row for row in wanted}
        if len(by_key) != len(wanted):
            raise ValueError("two rows have one key")
        self.updating.emit()
        self._remove_all_but(by_key)
        self._arrange([row for row in wanted if self.place_of(self._key(row)) is not None])
        self._insert_missing(wanted)
        self._replace_changed(wanted, changed)
        self.updated.emit()

    def rows(self) -> tuple[Row, ...]:
        """The rows in the order shown."""
        return tuple(self._rows)

    def row_at(self, place: int) -> Row:
        """The row shown at this place."""
        return self._rows[place]

    def key_at(self, place: int) -> Hashable:
        """The key of the row at this place."""
        return self._key(self._rows[place])

    def place_of(self, key: Hashable) -> int | None:
        """Where the row with this key is shown, or None."""
        return self._by_key().get(key)

    def look_at(self, place: int, column: int) -> Look:
        """What a delegate paints there; made once for each row that is seen."""
        row = self._rows[place]
        looks = self._looks.setdefault(self._key(row), {})
        look = looks.get(column)
        if look is None:
            look = looks[column] = self.columns[column].look_of(row)
        return look

    def say_again(self) -> None:
        """Make every text anew, after the language changed."""
        self._looks.clear()
        last = len(self.columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, last), [])

    # Qt's side

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return column.text(row)
        if role in (_Role.ToolTipRole, _Role.AccessibleDescriptionRole):
            told = column.tooltip(row) if column.tooltip is not None else None
            return as_words(told) if role == _Role.ToolTipRole else told
        if role == _Role.TextAlignmentRole:
            return _ALIGNMENTS[column.align]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return _(column.title) or None
        if role == SHORT_TITLE:
            return _(column.short_title) or None
        if role in (_Role.ToolTipRole, _Role.AccessibleDescriptionRole):
            return _(column.hint) or None
        if role == _Role.TextAlignmentRole:
            return _ALIGNMENTS[column.align]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = (column, order) if column >= 0 else None
        self._arrange(self._in_order(self._rows))

    # Each step tells views one kind of change

    def _remove_all_but(self, wanted: dict[Hashable, Row]) -> None:
        found = list(runs([self._key(row) not in wanted for row in self._rows]))
        if len(found) > FEW:
            kept = [row for row in self._rows if self._key(row) in wanted]
            gone = [row for row in self._rows if self._key(row) not in wanted]
            self._arrange(kept + gone)
            found = [(len(kept), len(self._rows) - 1)]
        for first, last in reversed(found):
            self.beginRemoveRows(_NOWHERE, first, last)
            for row in self._rows[first : last + 1]:
                self._looks.pop(self._key(row), None)
            del self._rows[first : last + 1]
            self._places = None
            self.endRemoveRows()

    def _arrange(self, order: list[Row]) -> None:
        if all(one is other for one, other in zip(order, self._rows, strict=True)):
            return
        keys = [self._key(row) for row in self._rows]
        if [self._key(row) for row in order] == keys:
            return  # changed rows in the same order: told as changes of data
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        present = {self._key(row): row for row in self._rows}
        self._rows = [present[self._key(row)] for row in order]
        self._places = None
        places = self._by_key()
        moved = [self.index(places[keys[index.row()]], index.column()) for index in old]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def _by_key(self) -> dict[Hashable, int]:
        if self._places is None:
            self._places = {self._key(row): place for place, row in enumerate(self._rows)}
        return self._places

    def _insert_missing(self, wanted: list[Row]) -> None:
        present = {self._key(row) for row in self._rows}
        found = list(runs([self._key(row) not in present for row in wanted]))
        if len(found) > FEW:
            fresh = [row for row in wanted if self._key(row) not in present]
            self._insert(len(self._rows), fresh)
            self._arrange(wanted)
            return
        for first, last in found:
            self._insert(first, wanted[first : last + 1])

    def _insert(self, at: int, rows: list[Row]) -> None:
        self.beginInsertRows(_NOWHERE, at, at + len(rows) - 1)
        self._rows[at:at] = rows
        self._places = None
        self.endInsertRows()

    def _replace_changed(self, wanted: list[Row], changed: Container[Hashable] | None) -> None:
        if changed is None:
            pairs = zip(wanted, self._rows, strict=True)
            differs = [new is not old and new != old for new, old in pairs]
        else:
            differs = [self._key(row) in changed for row in wanted]
        for row in compress(wanted, differs):
            self._looks.pop(self._key(row), None)
        self._rows = wanted
        found = list(runs(differs))
        if len(found) > FEW:
            found = [(found[0][0], found[-1][1])]
        for first, last in found:
            last_column = len(self.columns) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, last_column), [])

    def _in_order(self, rows: list[Row]) -> list[Row]:
        if self._sorted_by is None:
            return rows
        place, order = self._sorted_by
        keyed = [(self.columns[place].sort_key(row), row) for row in rows]
        known = [pair for pair in keyed if pair[0] is not None]
        unknown = [row for value, row in keyed if value is None]
        known.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
        return [row for _value, row in known] + unknown


_ALIGNMENTS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
}


def runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last place of each unbroken run of True."""
    edges = [i for i, (a, b) in enumerate(pairwise([False, *flags, False])) if a != b]
    return ((start, end - 1) for start, end in zip(edges[::2], edges[1::2], strict=True))


def spans(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run among some places, whatever their order."""
    ordered = sorted(places)
    starts = [i for i, place in enumerate(ordered) if i == 0 or place > ordered[i - 1] + 1]
    return ((ordered[start], ordered[end - 1]) for start, end in pairwise([*starts, len(ordered)]))
