"""What is to be written for the drivers: which kinds of files, and where."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import N_, _
from app.operations.sheets import SheetFormat
from app.ui.widgets.caption import Caption
from app.ui.widgets.looks import Run

_FOLDER, _FORMATS = "tours/folder", "tours/formats"
_SAID = {
    SheetFormat.PDF: (
        N_("The day's review, and road sheets on paper (HTML, PDF)"),
        N_("map, stops, room to sign, loading list, codes for the telephone"),
    ),
    SheetFormat.GPX: (
        N_("For navigation devices (GPX)"),
        N_("stops as waypoints, the way as a track"),
    ),
    SheetFormat.CSV: (
        N_("For spreadsheets (CSV)"),
        N_("a line a stop, with times, goods and kilometres"),
    ),
    SheetFormat.ICS: (
        N_("For calendars (ICS)"),
        N_("an event a stop; another export replaces it"),
    ),
}


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """Where to, and which kinds of files."""

    folder: Path | None = None
    formats: frozenset[SheetFormat] = frozenset({SheetFormat.PDF})


def last_choice() -> PaperChoice:
    """What was chosen the last time on this workstation."""
    kept = QSettings()
    folder = str(kept.value(_FOLDER, ""))
    names = str(kept.value(_FORMATS, SheetFormat.PDF.value)).split()
    formats = frozenset(each for each in SheetFormat if each.value in names)
    return PaperChoice(Path(folder) if folder else None, formats or PaperChoice().formats)


def keep_choice(choice: PaperChoice) -> None:
    """Begin with it the next time."""
    kept = QSettings()
    kept.setValue(_FOLDER, str(choice.folder or ""))
    kept.setValue(_FORMATS, " ".join(each.value for each in SheetFormat if each in choice.formats))


def ask_choice(parent: QWidget, before: PaperChoice) -> PaperChoice | None:
    """What a person picks; None when they leave it."""
    dialog = PaperDialog(before, parent)
    try:
        return dialog.choice if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


class PaperDialog(QDialog):
    """A tick for each kind of file, and the folder; Enter writes."""

    def __init__(self, before: PaperChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Review and road sheets"))
        self.setMinimumWidth(520)
        self.boxes = {each: self._box(each, each in before.formats) for each in SheetFormat}
        self.folder = QLineEdit(str(before.folder or ""), self)
        self.folder.setPlaceholderText(_("the folder to write into"))
        self.folder.setAccessibleName(_("Folder"))
        buttons = QDialogButtonBox(self)
        self.write = buttons.addButton(_("Write"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setProperty("primary", "true")
        self.write.setDefault(True)
        self.write.style().polish(self.write)  # the box has polished it before it was primary
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.folder.textChanged.connect(lambda _text: self._suit())
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self._suit())
        self._suit()

    @property
    def choice(self) -> PaperChoice:
        """What stands there now."""
        folder = self.folder.text().strip()
        formats = frozenset(each for each, box in self.boxes.items() if box.isChecked())
        return PaperChoice(Path(folder) if folder else None, formats)

    def _box(self, each: SheetFormat, checked: bool) -> QCheckBox:
        box = QCheckBox(_(_SAID[each][0]), self)
        box.setAccessibleDescription(_(_SAID[each][1]))
        box.setChecked(checked)
        return box

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(3)
        for each, box in self.boxes.items():
            column.addWidget(box)
            beside = Caption(Run(_(_SAID[each][1]), "text2"), parent=self)
            line = QHBoxLayout()
            line.setContentsMargins(24, 0, 0, 6)
            line.addWidget(beside)
            line.addStretch(1)
            column.addLayout(line)
        browse = QPushButton(_("Choose…"), self)
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        place = QHBoxLayout()
        place.setContentsMargins(0, 4, 0, 8)
        place.addWidget(self.folder, 1)
        place.addWidget(browse)
        column.addLayout(place)
        column.addWidget(buttons)

    def _browse(self) -> None:
        title = _("Where to write the road sheets")
        chosen = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _suit(self) -> None:
        choice = self.choice
        self.write.setEnabled(choice.folder is not None and bool(choice.formats))
