"""What stands behind the tabs of a file: each page is made and filled when one turns to it."""

from functools import cached_property

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.intake.fault_rows import (
    MOST,
    ChangeRow,
    FaultRow,
    change_columns,
    fault_columns,
    fault_rows,
)
from app.ui.intake.file_known import Known
from app.ui.intake.list_view import ListView
from app.ui.intake.sample import SampleView

SAMPLE, REFUSED, CHANGES, NOTES = "sample", "refused", "changes", "notes"


class FilePages(QStackedWidget):
    """The pages of one file; those that nobody looks at keep what they showed before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = Known()
        self._made: dict[str, QWidget] = {}  # those that show what is known now
        self._fill = {
            SAMPLE: self._fill_sample,
            REFUSED: self._fill_refused,
            CHANGES: self._fill_changes,
            NOTES: self._fill_notes,
        }

    def show_known(self, known: Known) -> None:
        """From now on show this; `turn_to` follows."""
        self._known = known
        self._made.clear()

    def turn_to(self, name: str) -> None:
        """Show the page of this tab."""
        page = self.page(name)
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)

    def page(self, name: str) -> QWidget:
        """A page, with what is known now."""
        if name not in self._made:
            self._made[name] = self._fill[name]()
        return self._made[name]

    @cached_property
    def sample(self) -> SampleView:
        """The first lines as they are read."""
        return SampleView(self)

    @cached_property
    def refused(self) -> ListView[FaultRow]:
        """The lines that are refused, with the reason."""
        return ListView(fault_columns(), "", Icon.DONE, self)

    @cached_property
    def changes(self) -> ListView[ChangeRow]:
        """What the lines change of what is known."""
        return ListView(change_columns(), "", Icon.DONE, self)

    @cached_property
    def notes(self) -> ListView[FaultRow]:
        """What was read otherwise than it is written."""
        return ListView(fault_columns(), "", Icon.DONE, self)

    def _fill_sample(self) -> QWidget:
        if self._known.preview is not None:
            self.sample.show_sample(self._known.preview)
        return self.sample

    def _fill_refused(self) -> QWidget:
        known = self._known
        self.refused.show_rows(fault_rows(known.faults, "danger"), known.tally.faults)
        none, none_yet = _("No line is refused."), _("None of the first lines is refused.")
        self.refused.say_nothing(none if known.report else none_yet)
        return self.refused

    def _fill_changes(self) -> QWidget:
        changes = self._known.changes
        rows = [ChangeRow(place, one) for place, one in enumerate(changes[:MOST])]
        self.changes.show_rows(rows, len(changes))
        none, none_yet = _("Nothing that is known is changed."), _("The file is being checked…")
        self.changes.say_nothing(none if self._known.report else none_yet)
        return self.changes

    def _fill_notes(self) -> QWidget:
        notes = self._known.notes
        self.notes.show_rows(fault_rows(notes, "text1"), len(notes))
        self.notes.say_nothing(_("Everything is read as it is written."))
        return self.notes
