"""From chosen files to an import: what is known at each moment, and what is to be read next."""

from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.connectors.feeds.mappings.mapping import Mapping
from app.i18n import _
from app.operations.intake_files import RULES
from app.ui.intake import edits
from app.ui.intake.chosen import Chosen
from app.ui.intake.reading import Found, Look, Outcome, Reading
from app.ui.session import Session
from app.wording import sentence

if TYPE_CHECKING:
    from app.domain.reasons import Reason
    from app.operations.intake_preview import Preview


class Stage(Enum):
    """How far the import has come."""

    CHOOSING = auto()
    IMPORTING = auto()
    DONE = auto()


class Flow(QObject):
    """`changed` follows whatever a page shows; `ended` the import of all files."""

    changed = Signal()
    ended = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.stage = Stage.CHOOSING
        self.chosen = Chosen()
        self.saved: dict[str, Mapping] = {}
        self.said = ""  # what there is to say besides the sums
        self.trouble: Reason | None = None  # why the file looked at cannot be read
        self._seen: dict[Path, Preview] = {}
        self.reading = Reading(session, self)
        self.reading.found.connect(self._found)
        self.reading.looked.connect(self._looked)
        self.reading.rehearsed.connect(self._rehearsed)
        self.reading.imported.connect(self._imported)

    @property
    def done(self) -> bool:
        return self.stage is Stage.DONE

    @property
    def seen(self) -> "Preview | None":
        """What was seen of the file that is looked at."""
        return self._seen.get(self.chosen.current) if self.chosen.current is not None else None

    @property
    def rows(self) -> int | None:
        """How many lines would go in, once every file was read whole."""
        wishes = [wish for wish in self.chosen.wishes if wish.job is not None]
        reports = [wish.report for wish in wishes if wish.report is not None]
        whole = bool(reports) and len(reports) == len(wishes)
        return sum(report.used for report in reports) if whole else None

    @property
    def against(self) -> str:
        """What speaks against importing now; empty when nothing does."""
        if not self.chosen.jobs:
            return _("No file is chosen, or none says what it holds.")
        return _("No line of these files is good.") if self.rows == 0 else ""

    # What a person does

    def open(self, paths: Sequence[Path]) -> None:
        """Look at these files and folders, beside those chosen before."""
        if self.stage is Stage.IMPORTING or not paths:
            return
        if self.done:
            self.start_anew()
        self.reading.find(paths)

    def start_anew(self) -> None:
        """Forget the files chosen."""
        self.reading.stop()
        self.stage, self.chosen = Stage.CHOOSING, Chosen()
        self._seen.clear()
        self.trouble, self.said = None, ""
        self.changed.emit()

    def turn_to(self, path: Path) -> None:
        """Look at another file."""
        if path == self.chosen.current:
            return
        self.chosen.current = path
        if self.done:
            self.changed.emit()
        else:
            self._look_again()

    def tick(self, path: Path) -> None:
        """Import the file, or leave it out."""
        wish = next(wish for wish in self.chosen.wishes if wish.path == path)
        self.chosen.take(path, taken=not wish.taken)
        self._look_again()

    def drop(self, path: Path) -> None:
        """The file is not wanted at all."""
        self.chosen.remove(path)
        self._seen.pop(path, None)
        self._look_again()

    def say_kind(self, kind: str) -> None:
        """The file looked at holds this."""
        if self.chosen.current is not None:
            self._seen.pop(self.chosen.current, None)
            self.chosen.say_kind(self.chosen.current, kind)
            self._look_again()

    def say_saved(self, name: str) -> None:
        """A saved mapping reads the file looked at; without one its own titles tell."""
        self._say(self.saved.get(name), name)

    def say_mapping(self, mapping: Mapping) -> None:
        """This mapping, changed by hand, reads the file looked at."""
        self._say(mapping, by_hand=True)

    def say_written(self, name: str, value: str) -> None:
        """How the file looked at is written: encoding, separator, decimal mark or sheet."""
        wish = self.chosen.at
        if wish is None:
            return
        known = wish.file.mapping or Mapping(wish.file.kind, ())
        if not known.fills and self.seen is not None:
            known = self.seen.mapping
        self._say(edits.written(known, **{name: value}), by_hand=True)

    def mapping_kept(self, name: str, mapping: Mapping) -> None:
        """The mapping of the file looked at is saved under a name now."""
        self.saved[name] = mapping
        self._say(mapping, name)

    def take_in(self) -> None:
        """Import the files."""
        if self.stage is Stage.CHOOSING and not self.against:
            self.stage = Stage.IMPORTING
            self.reading.take_in(self.chosen.jobs)
            self.changed.emit()

    # What comes back

    def _found(self, found: Found) -> None:
        self.saved = found.saved
        self.chosen.add(found.files)
        self._look_again()
        if found.trouble is not None:
            self._tell(sentence(found.trouble))
        elif not found.files:
            self._tell(_("No table is there."))

    def _say(self, mapping: Mapping | None, name: str = "", *, by_hand: bool = False) -> None:
        if self.chosen.current is not None:
            self.chosen.say_mapping(self.chosen.current, mapping, name, by_hand=by_hand)
            self._look_again()

    def _look_again(self) -> None:
        """The file is read as it is wanted now, then all of them as an import would."""
        self.said, self.trouble = "", None
        wish = self.chosen.at
        if wish is not None and wish.file.trouble is not None:
            self.trouble = wish.file.trouble.reason
        elif wish is not None and wish.file.kind != RULES:
            before = self.chosen.before(wish.path)
            self.reading.look(wish.path, wish.file.kind, wish.file.mapping, before)
            if self.seen is None or not wish.by_hand:  # else what a person sees is theirs still
                self.changed.emit()
            return
        self._rehearse()
        self.changed.emit()

    def _looked(self, look: Look) -> None:
        if look.path != self.chosen.current or self.stage is not Stage.CHOOSING:
            return
        self.trouble = look.trouble
        if look.preview is None:
            self._seen.pop(look.path, None)
        else:
            self._seen[look.path] = look.preview
            self.chosen.suggest(look.path, look.preview.mapping)
        self._rehearse()
        self.changed.emit()

    def _rehearse(self) -> None:
        if self.rows is None:
            self.reading.rehearse(self.chosen.jobs)

    def _rehearsed(self, outcome: Outcome) -> None:
        if outcome.jobs != self.chosen.jobs or self.stage is not Stage.CHOOSING:
            return
        if outcome.report is not None:
            self.chosen.report(outcome.by_path, outcome.tally_by_path)
        self._tell("" if outcome.trouble is None else sentence(outcome.trouble))

    def _imported(self, outcome: Outcome) -> None:
        if outcome.report is None:
            self.stage = Stage.CHOOSING
            stopped = _("Stopped: nothing was changed.")
            self._tell(stopped if outcome.trouble is None else sentence(outcome.trouble))
            return
        self.stage = Stage.DONE
        self.chosen.report(outcome.by_path, outcome.tally_by_path)
        paths = [job.path for job in outcome.jobs]
        refused = [path for path, report in outcome.by_path.items() if report.rejected]
        if self.chosen.current not in refused:
            self.chosen.current = (refused or paths)[0]
        trouble = outcome.report.trouble
        self._tell("" if trouble is None else sentence(trouble))
        self.ended.emit()

    def _tell(self, said: str) -> None:
        self.said = said
        self.changed.emit()
