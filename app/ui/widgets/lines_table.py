"""A table of lines, no higher than they need, in which every line may lead somewhere."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.lines import Layout, Line, Slot
from app.ui.widgets.looks import Blank, Look
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import RowsTable


class LinesTable(RowsTable):
    """Lines of one layout, no higher than they need."""

    followed = Signal(object)
    pointed = Signal(object)
    chosen_line = Signal(str)

    def __init__(self, layout: Layout, parent: QWidget) -> None:
        self._lines: RowsModel[Line] = RowsModel(_columns(layout), key=_key_of)
        super().__init__(self._lines, current_theme(), parent)
        self._lines.setParent(self)
        self._titled = layout.titled
        self.horizontalHeader().setVisible(layout.titled)
        self.setSortingEnabled(False)
        self.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.clicked.connect(self._clicked)
        self.hovered.connect(self._point)
        self.selection_changed.connect(lambda keys: self.chosen_line.emit(next(iter(keys), "")))

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these; what is no longer there is not chosen any more."""
        self._lines.show_rows(lines)
        gone = self.chosen - {line.key for line in lines}
        if gone:
            self.show_chosen(self.chosen - gone)
        self.updateGeometry()

    def lines(self) -> tuple[Line, ...]:
        """What is shown, from top to bottom."""
        return self._lines.rows()

    def bring_into_view(self, key: str) -> None:
        """Scroll so that the line stands in the middle."""
        place = self._lines.place_of(key)
        if place is not None:
            self.scrollTo(self._lines.index(place, 0), self.ScrollHint.PositionAtCenter)

    def sizeHint(self) -> QSize:
        return QSize(320, self._height(self._lines.rowCount()))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._height(min(2, self._lines.rowCount())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _height(self, rows: int) -> int:
        header = self._theme.tokens.sizes.header if self._titled else 0
        return header + rows * self.verticalHeader().defaultSectionSize()

    def _clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            target = self._lines.row_at(index.row()).target
            if target is not None:
                self.followed.emit(target)

    def _point(self, key: object) -> None:
        place = None if key is None else self._lines.place_of(str(key))
        target = None if place is None else self._lines.row_at(place).target
        shape = Qt.CursorShape.ArrowCursor if target is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.pointed.emit(target)


def _key_of(line: Line) -> str:
    return line.key


def _columns(layout: Layout) -> list[Column[Line]]:
    return [_column(slot, place) for place, slot in enumerate(layout.slots)]


def _column(slot: Slot, place: int) -> Column[Line]:
    return Column(
        name=slot.name,
        title=slot.title,
        hint=slot.hint,
        text=lambda line: line.cells[place].text if place < len(line.cells) else "",
        look=_look_of(place),
        tooltip=lambda line: line.cells[place].tip if place < len(line.cells) else "",
        align=slot.align,
        width=slot.width,
        least=slot.least,
        grows=slot.grows,
        leaves=slot.leaves,
    )


def _look_of(place: int) -> Callable[[Line], Look]:
    def look(line: Line) -> Look:
        cell = line.cells[place] if place < len(line.cells) else None
        return Blank() if cell is None or cell.look is None else cell.look

    return look
