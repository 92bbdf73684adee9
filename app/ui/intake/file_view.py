"""One file: how it is read, what each column becomes, and which of its lines are refused."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.reasons import Reason
from app.i18n import _
from app.operations.intake_files import RULES
from app.operations.intake_preview import Preview
from app.ui.icons import Icon
from app.ui.intake.chosen import Wish
from app.ui.intake.column_form import ColumnForm
from app.ui.intake.column_rows import ColumnRow, Standing, column_rows
from app.ui.intake.column_table import mapping_columns
from app.ui.intake.file_columns import summary_of
from app.ui.intake.file_head import FileHead
from app.ui.intake.file_known import Known
from app.ui.intake.file_pages import CHANGES, NOTES, REFUSED, SAMPLE, FilePages
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.view_tabs import SavedView, ViewTabs
from app.wording import sentence

_WIDE = 760
COLUMNS = "columns"


class FileView(QWidget):
    """Before the import all tabs are there; after it, only what came of the file."""

    mapping_changed = Signal(object)  # Mapping

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = Known()
        self._trouble: Reason | None = None
        self._done = False
        self._stood: ColumnRow | None = None
        self._offered: tuple[str, ...] = ()
        self.head = FileHead(self)
        self.tabs = ViewTabs(self)
        self._rows: RowsModel[ColumnRow] = RowsModel(mapping_columns(), key=lambda row: row.key)
        self.banner = Banner(self)
        self._stack = QStackedWidget(self)
        self._plain = EmptyState(Icon.IMPORT, "", parent=self._stack)
        self._columns_page = QWidget(self._stack)
        self.columns = rows_table(self._rows, self._columns_page)
        self._rows.setParent(self.columns)
        self.form = ColumnForm(self._columns_page)
        self.pages = FilePages(self._stack)
        self._lay_out()
        self._connect()

    def show_file(
        self,
        wish: Wish,
        preview: Preview | None,
        trouble: Reason | None,
        saved: Sequence[str],
        *,
        done: bool = False,
    ) -> None:
        """Show what is known of the file."""
        self._known, self._trouble, self._done = Known(wish, preview), trouble, done
        self.head.setVisible(not done)
        if not done:
            self.head.show_file(wish, preview, saved)
            self._show_columns()
        broken = preview.trouble if preview is not None else None
        if done:
            self.banner.say(done_said(wish), "success" if not _has_refused(wish) else "warn")
        else:
            self.banner.say("" if broken is None else sentence(broken.reason), "danger")
        self.pages.show_known(self._known)
        self._show_tabs()
        self._turn_to(self.tabs.current)

    def show_tab(self, name: str) -> None:
        """Turn to a tab, as a click on it does."""
        self.tabs.choose(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.form.be_narrow(narrow=self.width() < _WIDE)

    # What is shown

    def _show_columns(self) -> None:
        preview, counts = self._known.preview, self._known.tally.by_column
        rows = column_rows(preview, counts) if preview is not None else []
        stood = self._stood
        self._stood = _to_stand_on(rows, stood)
        self._rows.show_rows(rows)
        keys = {self._stood.key} if self._stood is not None else set()
        self.columns.show_chosen(keys, reveal=self._stood != stood)
        self._show_form()

    def _stand_on(self, keys: frozenset[Hashable]) -> None:
        place = next((self._rows.place_of(key) for key in keys), None)
        self._stood = None if place is None else self._rows.row_at(place)
        self._show_form()

    def _show_form(self) -> None:
        self.form.show_column(self._known.preview, self._stood, self._known.faults)

    def _show_tabs(self) -> None:
        known, preview = self._known, self._known.preview
        tabs = []
        if preview is not None and not self._done:
            used = sum(row.standing in _USED for row in self._rows.rows())
            tabs.append(SavedView(COLUMNS, _("Columns"), used))
            tabs.append(SavedView(SAMPLE, _("Lines as read"), len(preview.lines)))
        if preview is not None or known.report is not None:
            tabs.append(SavedView(REFUSED, _("Rejected"), len(known.faults)))
            tabs.append(SavedView(CHANGES, _("Changes"), len(known.changes)))
            tabs.append(SavedView(NOTES, _("Notes"), len(known.notes)))
        self.tabs.setVisible(bool(tabs))
        self._offered = tuple(tab.name for tab in tabs)
        self.tabs.show_views(tabs)

    def _turn_to(self, name: str) -> None:
        if not self._offered or self._trouble is not None:
            self._plain.set_sentence(self._said())
            self._stack.setCurrentWidget(self._plain)
        elif name == COLUMNS:
            self._stack.setCurrentWidget(self._columns_page)
        else:
            self.pages.turn_to(name)
            self._stack.setCurrentWidget(self.pages)

    def _said(self) -> str:
        """Why there is nothing to see."""
        if self._trouble is not None:
            return sentence(self._trouble)
        wish = self._known.wish
        if wish is not None and wish.file.kind == RULES:
            return _("The retailer's rules. They are put in force as a new version.")
        if wish is not None and not wish.file.kind:
            return _("Say what the file holds: its columns tell nothing.")
        return _("The file is being read…")

    # How it is made

    def _lay_out(self) -> None:
        self.columns.setSelectionMode(self.columns.SelectionMode.SingleSelection)
        row = QHBoxLayout(self._columns_page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.columns, 1)
        row.addWidget(self.form)
        for page in (self._plain, self._columns_page, self.pages):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.banner, self.tabs, self._stack):
            column.addWidget(widget)
        self.setFocusProxy(self.columns)

    def _connect(self) -> None:
        self.columns.selection_changed.connect(self._stand_on)
        self.columns.opened.connect(lambda _key: self.form.open_source())
        self.form.changed.connect(self.mapping_changed)
        self.tabs.chosen.connect(self._turn_to)


def done_said(wish: Wish) -> str:
    """What became of the file, in one sentence."""
    return f"{wish.path.name} · {summary_of(wish.report)}" if wish.report is not None else ""


def _has_refused(wish: Wish) -> bool:
    return wish.report is not None and bool(wish.report.rejected)


_USED = (Standing.READ, Standing.REFUSED)


def _to_stand_on(rows: Sequence[ColumnRow], stood: ColumnRow | None) -> ColumnRow | None:
    """The column where one stood, else the one that fills the same, else the first in trouble."""
    if stood is not None:
        same = [row for row in rows if row.key == stood.key]
        same += [row for row in rows if row.names and set(row.names) & set(stood.names)]
        if same:
            return same[0]
    bad = (row for row in rows if row.standing in (Standing.MISSING, Standing.REFUSED))
    return next(bad, None) or next(iter(rows), None)
