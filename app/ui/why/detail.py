"""The open link: its heading, its lines as a table, and what is said of it as a whole."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.why.lines import Detail, Note
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.lines import Layout
from app.ui.widgets.lines_table import LinesTable
from app.ui.widgets.looks import Run
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
    def table(self) -> LinesTable | None:
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

    def forget_chosen(self) -> None:
        """No line is stood on any more; no signal follows."""
        for table in self._tables.values():
            table.show_chosen(())

    def offer_back(self, offered: bool) -> None:
        """Whether the heading leads back to the thread."""
        self._heading.back.setVisible(offered)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("surface0"))
            if self.x() > 0:  # a line towards the thread
                paint_edges(painter, self.rect(), self._theme.colour("border"), "left")

    def _table_for(self, layout: Layout) -> LinesTable:
        table = self._tables.get(layout.name)
        if table is None:
            table = self._tables[layout.name] = LinesTable(layout, self)
            table.followed.connect(self.followed)
            table.pointed.connect(self.pointed)
            table.chosen_line.connect(self.chosen)
            self._column.insertWidget(1, table)
        return table


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
