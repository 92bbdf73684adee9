"""Every key and what it does, drawn from the registry so that it cannot be out of date."""

from operator import attrgetter

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.ui.actions import HelpLine
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.search_field import SearchField

GESTURES = (
    (N_("Click, Ctrl+click, Shift+click"), N_("select, add or take out, select a range")),
    (N_("Ctrl+A, Esc"), N_("select all in the pane, clear the selection")),
    (N_("Shift+drag on the map"), N_("select what lies in the box; Ctrl adds, Alt takes out")),
    (N_("Up, down"), N_("next or previous row or stop")),
    (N_("Left, right; Page up, Page down"), N_("next stop, next tour in the timeline")),
    (N_("Ctrl+wheel"), N_("zoom the timeline")),
    (N_("Ctrl+C"), N_("copy the selected rows for a spreadsheet")),
)

_COLUMNS = (
    Column[HelpLine](name="key", title=N_("Key"), text=attrgetter("key"), width=190),
    Column[HelpLine](
        name="text", title=N_("What it does"), text=attrgetter("text"), width=240, grows=True
    ),
    Column[HelpLine](name="menu", title=N_("Menu"), text=attrgetter("menu"), width=110),
)


class HelpWindow(QDialog):
    """The list of keys and gestures, with a search."""

    def __init__(self, lines: list[HelpLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys and gestures"))
        self.resize(680, 640)
        self._lines = [*(HelpLine("", _(what), _(keys), "") for keys, what in GESTURES), *lines]
        self._model = RowsModel(_COLUMNS, key=lambda line: (line.menu, line.text, line.key))
        search = SearchField(_("Search the keys"), parent=self)
        search.searched.connect(self._narrow)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(search)
        column.addWidget(rows_table(self._model, self))
        self._model.show_rows(self._lines)

    def _narrow(self, query: str) -> None:
        words = query.casefold().split()
        self._model.show_rows(
            [
                line
                for line in self._lines
                if all(word in f"{line.key} {line.text} {line.menu}".casefold() for word in words)
            ]
        )
