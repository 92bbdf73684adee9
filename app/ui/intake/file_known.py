"""What is known of a file at this moment: from its head, then from the whole of it."""

from dataclasses import dataclass

from app.connectors.feeds.faults import Fault
from app.operations.intake_preview import Preview
from app.operations.intake_report import FileReport, RowChange
from app.ui.intake.chosen import Wish
from app.ui.intake.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class Known:
    """What a person wishes of the file, and what was seen of it."""

    wish: Wish | None = None
    preview: Preview | None = None

    @property
    def report(self) -> FileReport | None:
        """What an import of the whole file does, once that is known."""
        return self.wish.report if self.wish is not None else None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is refused in the whole file if that is known, else in its head."""
        if self.report is not None:
            return self.report.rejected
        if self.preview is None:
            return ()
        trouble = self.preview.trouble
        return self.preview.rejected if trouble is None else (trouble,)

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What was read otherwise than it is written."""
        if self.report is not None:
            return self.report.notes
        return self.preview.notes if self.preview is not None else ()

    @property
    def changes(self) -> tuple[RowChange, ...]:
        """What its lines change, once the whole file was read."""
        return self.report.changes if self.report is not None else ()

    @property
    def tally(self) -> Tally:
        """What is refused, counted."""
        if self.wish is not None and self.wish.report is not None:
            return self.wish.tally
        return tally(self.faults)
