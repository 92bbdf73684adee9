"""The open link: its heading, its lines as a table, and what is said of it as a whole."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.why.lines import Detail, Layout, Line, Note, Slot
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.looks import Blank, Look, Run
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import RowsTable
from app.ui.widgets.strip import Strip


class DetailView(QWidget):
    """Shows a detail; every line leads somewhere, which `followed` tells."""

    followed = Signal(object)  # Target
    pointed = Signal(object)  # Target of the line under the pointer, or None
    chosen = Signal(str)  # key of the line a person stands on
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._heading = _Heading(self)
        self._heading.back.clicked.connect(self.back_asked)
        self._tables: dict[str, LinesTable] = {}
        self._shown: LinesTable | None = None
        self._notes = _Notes(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._notes)
        self._column.addStretch(1)

    @property
    def table(self) -> "LinesTable | None":
        """The table of the detail shown."""
        return self._shown

    def show_detail(self, detail: Detail) -> None:
        """Show this link, in the table of its layout."""
        self._heading.say(detail.title, detail.aside)
        table = self._table_for(detail.layout)
        if self._shown is not table:
            if self._shown is not None:
                self._shown.hide()
            self._shown = table
        table.setVisible(bool(detail.lines))
        table.show_lines(detail.lines)
        if detail.at:
            table.bring_into_view(detail.at)
        self._notes.show_notes(detail.notes)

    def offer_back(self, offered: bool) -> None:
        """Whether the heading leads back to the thread."""
        self._heading.back.setVisible(offered)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("surface0"))
            if self.x() > 0:  # a line towards the thread
                paint_edges(painter, self.rect(), self._theme.colour("border"), "left")

    def _table_for(self, layout: Layout) -> "LinesTable":
        table = self._tables.get(layout.name)
        if table is None:
            table = self._tables[layout.name] = LinesTable(layout, self)
            table.followed.connect(self.followed)
            table.pointed.connect(self.pointed)
            table.chosen_line.connect(self.chosen)
            self._column.insertWidget(1, table)
        return table


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


class _Heading(Strip):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.header, parent=parent)
        self.back = IconButton(Icon.PREVIOUS, _("Back to the links"), key="Left", parent=self)
        self.back.hide()
        self._title = Caption(parent=self)
        self._aside = Caption(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._aside)

    def say(self, title: str, aside: str) -> None:
        self._title.set_runs(Run(title, "text2", strong=True, small=True))
        self._title.setMinimumWidth(self._title.sizeHint().width())  # what stands beside yields
        self._aside.set_runs(Run(aside, "text2", small=True))


class _Notes(QWidget):
    """Sentences, each with its sign; as high as their words ask for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[Note, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(6)
        self.hide()

    def show_notes(self, notes: tuple[Note, ...]) -> None:
        self.setVisible(bool(notes))
        if notes == self._shown:
            return
        self._shown = notes
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for note in notes:
            self._column.addWidget(_NoteLine(note, self))


class _NoteLine(QWidget):
    def __init__(self, note: Note, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._note = note
        self._sign = IconLabel(note.icon, note.tone, parent=self)
        self._words = QLabel(note.text, self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_words"):
            self._colour()

    def _colour(self) -> None:
        palette = self._words.palette()
        palette.setColor(self._words.foregroundRole(), self._theme.colour(self._note.tone))
        self._words.setPalette(palette)


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
