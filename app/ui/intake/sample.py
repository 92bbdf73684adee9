"""The first lines of a file as they are read, under our columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.i18n import N_
from app.operations.intake_preview import ColumnUse, Example, Preview
from app.ui.intake.column_rows import NOTHING, label_of
from app.ui.intake.read_as import read_as
from app.ui.widgets.looks import Align, Look, figure, words
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import RowsTable, rows_table
from app.wording import sentence


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One line: its number in the file, and its cells in the order of the columns shown."""

    place: int
    line: int
    cells: tuple[Example, ...]


class SampleView(QWidget):
    """A table whose columns are those that the mapping fills; made anew when they change."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table: RowsTable | None = None
        self._model: RowsModel[SampleRow] | None = None
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_sample(self, preview: Preview) -> None:
        """Show the lines that the preview has read."""
        uses = [use for use in preview.columns if use.title]
        names = (preview.kind.name, *(use.column.name for use in uses))
        if names != self._shown or self._model is None:
            self._shown = names
            self._make_table(preview.kind.name, uses)
        if self._model is not None:
            self._model.show_rows(_rows(preview, uses))

    def _make_table(self, kind: str, uses: Sequence[ColumnUse]) -> None:
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._model = RowsModel(_columns(kind, uses), key=lambda row: row.place)
        self.table = rows_table(self._model, self)
        self._model.setParent(self.table)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._column.addWidget(self.table)


def _rows(preview: Preview, uses: Sequence[ColumnUse]) -> list[SampleRow]:
    return [
        SampleRow(
            place,
            line,
            tuple(use.examples[place] if place < len(use.examples) else NOTHING for use in uses),
        )
        for place, line in enumerate(preview.lines)
    ]


def _columns(kind: str, uses: Sequence[ColumnUse]) -> list[Column[SampleRow]]:
    line = Column[SampleRow](
        name="line",
        title=N_("Line"),
        text=lambda row: formats.number(row.line),
        look=lambda row: figure(formats.number(row.line), "text3"),
        sort=lambda row: row.line,
        align=Align.RIGHT,
        width=56,
    )
    return [line, *(_cell_column(kind, place, use) for place, use in enumerate(uses))]


def _cell_column(kind: str, place: int, use: ColumnUse) -> Column[SampleRow]:
    def text(row: SampleRow) -> str:
        cell = row.cells[place]
        return cell.text if cell.fault is not None else read_as(cell.value, use.column)

    def look(row: SampleRow) -> Look:
        refused = row.cells[place].fault is not None
        return words(text(row), "danger" if refused else "text1", strong=refused)

    def tip(row: SampleRow) -> str:
        cell = row.cells[place]
        said = sentence(cell.fault.reason) if cell.fault is not None else text(row)
        return "\n".join(dict.fromkeys(filter(None, (cell.text, said))))

    return Column(
        name=use.column.name,
        title=label_of(kind, use.column.name),
        text=text,
        look=look,
        tooltip=tip,
        hint=use.column.help,
        width=120,
        least=84,
        grows=True,
    )
