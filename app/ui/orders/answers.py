"""The list of answers above a prompt; one of them is the current one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.orders.choice_list import choice_columns
from app.ui.orders.destinations import Choice
from app.ui.theme import current_theme
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import RowsTable, rows_table

_MOST_ROWS = 8


class Answers(QWidget):
    """The list above the line; the first answer is the current one."""

    clicked = Signal(object)

    def __init__(self, carriers: bool, page: QWidget | None) -> None:
        super().__init__(page)
        self._theme = current_theme()
        self._model = RowsModel(choice_columns(carriers=carriers), key=_key_of, parent=self)
        self.table: RowsTable = rows_table(self._model, self)
        self.table.setSortingEnabled(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.clicked.connect(lambda index: self.clicked.emit(self._model.row_at(index.row())))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.addWidget(self.table)

    @property
    def current(self) -> Choice | None:
        place = self.table.currentIndex().row()
        return self._model.row_at(place) if 0 <= place < self._model.rowCount() else None

    @property
    def choices(self) -> Sequence[Choice]:
        return self._model.rows()

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self._model.show_rows(choices)
        self._stand_on(0)

    def choose(self, choice: Choice) -> None:
        place = self._model.place_of(_key_of(choice))
        if place is not None:
            self._stand_on(place)

    def step(self, step: int) -> None:
        last = self._model.rowCount() - 1
        self._stand_on(max(0, min(self.table.currentIndex().row() + step, last)))

    def place(self, width: int, bottom: int) -> None:
        sizes = self._theme.tokens.sizes
        rows = max(1, min(_MOST_ROWS, self._model.rowCount()))
        height = min(bottom, sizes.header + rows * sizes.row + 2)
        self.setGeometry(0, bottom - height, width, height)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("surface0"))
            paint_edges(painter, self.rect(), self._theme.colour("border_strong"), "top")

    def _stand_on(self, place: int) -> None:
        if 0 <= place < self._model.rowCount():
            self.table.selectRow(place)
            self.table.scrollTo(self._model.index(place, 0))


def _key_of(choice: Choice) -> tuple[str, tuple[str, str] | None]:
    return choice.code, choice.service
