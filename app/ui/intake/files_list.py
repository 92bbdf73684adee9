"""The chosen files, one line each: a tick to import it, and the one that is looked at."""

from collections.abc import Hashable, Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.intake.chosen import Wish
from app.ui.intake.file_columns import TAKEN, file_columns, result_columns
from app.ui.theme import current_theme
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import RowsTable


class FilesList(QWidget):
    """One table before the import, another after it."""

    looked_at = Signal(object)  # Path
    ticked = Signal(object)  # Path
    dropped = Signal(object)  # Path: it is not wanted at all

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget(self)
        self.files = self._table(file_columns())
        self._lay_out()
        self.files.ticked.connect(self.ticked)
        self.files.dropped.connect(self.dropped)

    def show_wishes(self, wishes: Sequence[Wish], at: Path | None, *, done: bool) -> None:
        """Show these; `at` is the one looked at."""
        table = self.results if done else self.files
        self._stack.setCurrentWidget(table)
        table.show_wishes([wish for wish in wishes if wish.job is not None or not done])
        table.show_chosen(() if at is None else (at,))

    @cached_property
    def results(self) -> "_FilesTable":
        """What became of the files: made after the first import."""
        return self._table(result_columns())

    def _table(self, columns: Sequence[Column[Wish]]) -> "_FilesTable":
        table = _FilesTable(RowsModel(columns, key=lambda wish: wish.path), self)
        table.selection_changed.connect(self._looked_at)
        self._stack.addWidget(table)
        return table

    def _looked_at(self, keys: frozenset[Hashable]) -> None:
        for path in keys:
            self.looked_at.emit(path)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.files)


class _FilesTable(RowsTable):
    """A click on the tick, or Space, takes the file or leaves it; Delete drops it."""

    ticked = Signal(object)
    dropped = Signal(object)

    def __init__(self, model: RowsModel[Wish], parent: QWidget) -> None:
        super().__init__(model, current_theme(), parent)
        self._wishes = model
        model.setParent(self)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setSortingEnabled(False)
        self.clicked.connect(self._clicked)

    def show_wishes(self, wishes: Sequence[Wish]) -> None:
        """Show these files."""
        self._wishes.show_rows(wishes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        if 0 <= place < self._wishes.rowCount():
            path = self._wishes.row_at(place).path
            if event.key() == Qt.Key.Key_Space:
                self.ticked.emit(path)
                return
            if event.key() == Qt.Key.Key_Delete:
                self.dropped.emit(path)
                return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if self._wishes.columns[index.column()].name == TAKEN:
            self.ticked.emit(self._wishes.row_at(index.row()).path)
