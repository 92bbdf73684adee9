"""Codes of somebody else's that nobody understands yet, each with a box for what it means."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.intake.read_as import code_in_words


class CodesForm(QWidget):
    """A line for each code; the last one is for all others."""

    changed = Signal(dict, object)  # ours by theirs, and what stands for all others (or None)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._boxes: dict[str, QComboBox] = {}
        self._lines: QWidget | None = None
        heading = QLabel(_("What their codes mean"), self)
        heading.setProperty("role", "label")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(heading)
        self.hide()

    def show_codes(
        self,
        theirs: Sequence[str],
        ours: Sequence[str],
        known: Mapping[str, str],
        other: str | None,
    ) -> None:
        """Offer `ours` for each of `theirs`; nothing is shown where there is none."""
        shown = (tuple(theirs), tuple(ours), tuple(known.items()), other)
        self.setVisible(bool(theirs) and bool(ours))
        if shown == self._shown:
            return
        self._shown = shown
        self._fill(theirs, ours, known, other)

    def box_for(self, code: str) -> QComboBox:
        """The box that says what a code of theirs means; "" = all others."""
        return self._boxes[code]

    def _fill(
        self,
        theirs: Sequence[str],
        ours: Sequence[str],
        known: Mapping[str, str],
        other: str | None,
    ) -> None:
        if self._lines is not None:
            self._column.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._boxes = {}
        for line, code in enumerate(theirs):
            self._boxes[code] = self._line(grid, line, code, ours, known.get(code, ""))
        self._boxes[""] = self._line(grid, len(theirs), _("all others"), ours, other or "")
        self._column.addWidget(holder)

    def _line(
        self, grid: QGridLayout, line: int, name: str, ours: Sequence[str], chosen: str
    ) -> QComboBox:
        label = QLabel(name, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setMinimumContentsLength(6)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItem(_("as it stands"), "")
        for code in ours:
            box.addItem(code_in_words(code), code)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.activated.connect(lambda _at: self._tell())
        grid.addWidget(label, line, 0)
        grid.addWidget(box, line, 1)
        return box

    def _tell(self) -> None:
        said = {theirs: str(box.currentData()) for theirs, box in self._boxes.items()}
        other = said.pop("")
        self.changed.emit({theirs: ours for theirs, ours in said.items() if ours}, other or None)
