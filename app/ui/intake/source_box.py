"""The box that says what a column of the file becomes, or what fills one of ours."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.i18n import _
from app.operations.intake_preview import Preview
from app.ui.intake import edits
from app.ui.intake.column_rows import ColumnRow, label_of

FIXED = "="  # what stands for a fixed value; titles are marked, so that none is that
_COUNT = "#"
_TITLE = "\0"


class SourceBox(QComboBox):
    """For a column of the file it offers ours; for one of ours, those of the file."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(24)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def asks_for_value(self) -> bool:
        """Whether a fixed value was chosen, which is to be typed."""
        return bool(self.currentData() == FIXED)

    def offer(self, preview: Preview, row: ColumnRow) -> None:
        """Offer what fits the row, with what is in force chosen."""
        with QSignalBlocker(self):
            self.clear()
            if row.title:
                self._offer_ours(preview, row)
            else:
                self._offer_theirs(preview, row)

    def edited(self, mapping: Mapping, preview: Preview, row: ColumnRow) -> Mapping:
        """The mapping with what is chosen now."""
        kind, header, rows = preview.kind, preview.header, preview.first_rows
        value = str(self.currentData())
        if row.title:
            return edits.become(mapping, kind, row.title, value, header, rows)
        name = row.names[0]
        if value.startswith(_TITLE):
            return edits.fill_from(mapping, kind, name, value[1:], header, rows)
        return edits.filled(mapping, kind, name, Fill(constant="") if value == FIXED else None)

    def _offer_ours(self, preview: Preview, row: ColumnRow) -> None:
        """Our columns; those that others fill already say by which."""
        fills = dict(preview.mapping.fills)
        self.addItem(_("not used"), "")
        for column in preview.kind.columns:
            label = label_of(preview.kind.name, column.name)
            taken = " + ".join(t for t in _sources(fills.get(column.name)) if t != row.title)
            self.addItem(f"{label} ← {taken}" if taken else label, column.name)
            tip = _(column.help)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        chosen = row.names[0] if row.names else ""
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def _offer_theirs(self, preview: Preview, row: ColumnRow) -> None:
        fill = dict(preview.mapping.fills).get(row.names[0])
        self.addItem(_("nothing"), "")
        self.addItem(_("a fixed value"), FIXED)
        for title in filter(None, preview.header):
            self.addItem(title, f"{_TITLE}{title}")
        chosen = FIXED if fill is not None and fill.constant is not None else ""
        if fill is not None and fill.count:
            self.addItem(_("the number of lines"), _COUNT)
            chosen = _COUNT
        self.setCurrentIndex(self.findData(chosen))


def _sources(fill: Fill | None) -> tuple[str, ...]:
    if fill is None:
        return ()
    if fill.constant is not None:
        return (_("“{value}”").format(value=fill.constant),) if fill.constant else ()
    return fill.columns or tuple(filter(None, (fill.total,)))
