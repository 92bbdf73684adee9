"""A list of what is wrong, noted or changed in a file; long ones say how much is left out."""

from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.i18n import n_
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.looks import Run
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.strip import Strip


class Placed(Protocol):
    """A row that knows its place in the list."""

    @property
    def place(self) -> int: ...


Row = TypeVar("Row", bound=Placed)


class ListView(QWidget, Generic[Row]):
    """Rows of one kind, told apart by their place."""

    def __init__(
        self, columns: Sequence[Column[Row]], nothing: str, icon: Icon, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._model = RowsModel(columns, key=lambda row: row.place, parent=self)
        self.table = rows_table(self._model, self)
        self._empty = EmptyState(icon, nothing, parent=self)
        self.table.set_empty_state(self._empty)
        self._foot = Strip(current_theme().tokens.sizes.header, edge="top", parent=self)
        self._more = Caption(parent=self._foot)
        inside = QVBoxLayout(self._foot)
        inside.setContentsMargins(8, 0, 8, 0)
        inside.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        column.addWidget(self._foot)

    def show_rows(self, rows: Iterable[Row], total: int) -> None:
        """Show these; `total` is how many there are in all."""
        shown = list(rows)
        self._model.show_rows(shown)
        self.table.scrollToTop()
        rest = total - len(shown)
        self._foot.setVisible(rest > 0)
        said = n_("and {count} more", "and {count} more", rest).format(count=formats.number(rest))
        self._more.set_runs(Run(said, "text2"))

    def say_nothing(self, sentence: str) -> None:
        """What an empty list means."""
        self._empty.set_sentence(sentence)
