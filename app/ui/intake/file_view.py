"""One file: how it is read, what each column becomes, and which of its lines are refused."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.connectors.feeds.faults import Fault
from app.domain.reasons import Reason
from app.i18n import _
from app.operations.intake_files import RULES
from app.operations.intake_preview import Preview
from app.operations.intake_report import FileReport
from app.ui.icons import Icon
from app.ui.intake.chosen import Wish
from app.ui.intake.column_form import ColumnForm
from app.ui.intake.column_rows import ColumnRow, Standing, column_rows
from app.ui.intake.column_table import mapping_columns
from app.ui.intake.fault_rows import (
    MOST,
    ChangeRow,
    FaultRow,
    change_columns,
    fault_columns,
    fault_rows,
)
from app.ui.intake.file_columns import summary_of
from app.ui.intake.file_head import FileHead
from app.ui.intake.list_view import ListView
from app.ui.intake.sample import SampleView
from app.ui.intake.tally import Tally, tally
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.view_tabs import SavedView, ViewTabs
from app.wording import sentence

_WIDE = 760
COLUMNS, SAMPLE, REFUSED, CHANGES, NOTES = "columns", "sample", "refused", "changes", "notes"


class FileView(QWidget):
    """Before the import all tabs are there; after it, only what came of the file."""

    mapping_changed = Signal(object)  # Mapping

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wish: Wish | None = None
        self._preview: Preview | None = None
        self._trouble: Reason | None = None
        self._done = False
        self._stood: ColumnRow | None = None
        self._offered: tuple[str, ...] = ()
        self.head = FileHead(self)
        self.tabs = ViewTabs(self)
        self._rows: RowsModel[ColumnRow] = RowsModel(mapping_columns(), key=lambda row: row.key)
        self.columns = rows_table(self._rows, self)
        self._rows.setParent(self.columns)
        self.form = ColumnForm(self)
        self.sample = SampleView(self)
        self.refused: ListView[FaultRow] = ListView(fault_columns(), "", Icon.DONE, self)
        self.changes: ListView[ChangeRow] = ListView(change_columns(), "", Icon.DONE, self)
        self.notes: ListView[FaultRow] = ListView(fault_columns(), "", Icon.DONE, self)
        self.banner = Banner(self)
        self._plain = EmptyState(Icon.IMPORT, "", parent=self)
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
        self._wish, self._preview, self._trouble, self._done = wish, preview, trouble, done
        self.head.setVisible(not done)
        if not done:
            self.head.show_file(wish, preview, saved)
        self._show_columns()
        broken = preview.trouble if preview is not None else None
        if done:
            self.banner.say(done_said(wish), "success" if not _has_refused(wish) else "warn")
        else:
            self.banner.say("" if broken is None else sentence(broken.reason), "danger")
        if preview is not None:
            self.sample.show_sample(preview)
        self._show_lists(wish.report)
        self._show_tabs()
        self._turn_to(self.tabs.current)

    def show_tab(self, name: str) -> None:
        """Turn to a tab, as a click on it does."""
        self.tabs.choose(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.form.be_narrow(narrow=self.width() < _WIDE)

    # What is shown

    def _faults(self) -> tuple[Fault, ...]:
        """What is refused in the whole file if that is known, else in its head."""
        report = self._wish.report if self._wish is not None else None
        if report is not None:
            return report.rejected
        if self._preview is None:
            return ()
        trouble = self._preview.trouble
        return self._preview.rejected if trouble is None else (trouble,)

    def _tally(self) -> Tally:
        """What is refused, counted."""
        if self._wish is not None and self._wish.report is not None:
            return self._wish.tally
        return tally(self._faults())

    def _show_columns(self) -> None:
        preview = self._preview
        rows = column_rows(preview, self._tally().by_column) if preview is not None else []
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
        self.form.show_column(self._preview, self._stood, self._faults())

    def _show_lists(self, report: FileReport | None) -> None:
        faults = self._faults()
        notes = report.notes if report else self._preview.notes if self._preview else ()
        self.refused.show_rows(fault_rows(faults, "danger"), self._tally().faults)
        self.notes.show_rows(fault_rows(notes, "text1"), len(notes))
        changes = report.changes if report else ()
        rows = [ChangeRow(place, one) for place, one in enumerate(changes)]
        self.changes.show_rows(rows[:MOST], len(rows))
        whole = report is not None
        self.refused.say_nothing(
            _("No line is refused.") if whole else _("None of the first lines is refused.")
        )
        self.changes.say_nothing(
            _("Nothing that is known is changed.") if whole else _("The file is being checked…")
        )
        self.notes.say_nothing(_("Everything is read as it is written."))

    def _show_tabs(self) -> None:
        report = self._wish.report if self._wish is not None else None
        preview = self._preview
        tabs = []
        if preview is not None and not self._done:
            used = sum(row.standing in _USED for row in self._rows.rows())
            tabs.append(SavedView(COLUMNS, _("Columns"), used))
            tabs.append(SavedView(SAMPLE, _("Lines as read"), len(preview.lines)))
        if preview is not None or report is not None:
            tabs.append(SavedView(REFUSED, _("Rejected"), len(self._faults())))
            tabs.append(SavedView(CHANGES, _("Changes"), len(report.changes) if report else 0))
            notes = report.notes if report else preview.notes if preview else ()
            tabs.append(SavedView(NOTES, _("Notes"), len(notes)))
        self.tabs.setVisible(bool(tabs))
        self._offered = tuple(tab.name for tab in tabs)
        self.tabs.show_views(tabs)

    def _turn_to(self, name: str) -> None:
        pages = {
            COLUMNS: self._columns_page,
            SAMPLE: self.sample,
            REFUSED: self.refused,
            CHANGES: self.changes,
            NOTES: self.notes,
        }
        if not self._offered or self._trouble is not None:
            self._plain.set_sentence(self._said())
            self._stack.setCurrentWidget(self._plain)
        else:
            self._stack.setCurrentWidget(pages[name])

    def _said(self) -> str:
        """Why there is nothing to see."""
        if self._trouble is not None:
            return sentence(self._trouble)
        wish = self._wish
        if wish is not None and wish.file.kind == RULES:
            return _("The retailer's rules. They are put in force as a new version.")
        if wish is not None and not wish.file.kind:
            return _("Say what the file holds: its columns tell nothing.")
        return _("The file is being read…")

    # How it is made

    def _lay_out(self) -> None:
        self.columns.setSelectionMode(self.columns.SelectionMode.SingleSelection)
        self._columns_page = QWidget(self)
        row = QHBoxLayout(self._columns_page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.columns, 1)
        row.addWidget(self.form)
        self._stack = QStackedWidget(self)
        for page in (
            self._plain,
            self._columns_page,
            self.sample,
            self.refused,
            self.changes,
            self.notes,
        ):
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
