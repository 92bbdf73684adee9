"""How one column is filled: by which, in what unit, in what form, and what stands for a blank."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.connectors.feeds.columns import Column
from app.connectors.feeds.faults import Fault
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.i18n import _
from app.operations.intake_preview import ColumnUse, Preview
from app.ui.intake import edits
from app.ui.intake.codes_form import CodesForm
from app.ui.intake.column_facts import codes_of, forms_for, is_dated, strange_codes, units_of
from app.ui.intake.column_rows import ColumnRow, date_form
from app.ui.intake.source_box import SourceBox
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.looks import Run

_WIDTH, _NARROW = 276, 232


class ColumnForm(QWidget):
    """Shows the column that a person stands on; each change gives the mapping anew."""

    changed = Signal(object)  # Mapping

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._preview: Preview | None = None
        self._row: ColumnRow | None = None
        self._mapping = Mapping("", ())
        self._area = QScrollArea(self)
        self._inside = QWidget(self._area.viewport())  # each part is made where it stays:
        self._body = QWidget(self._inside)  # to move it later takes longer than to make it
        self._title = Caption(parent=self._inside)
        self._help = QLabel(self._inside)
        self._source_label = QLabel(self._body)
        self.source = SourceBox(self._body)
        self.constant = QLineEdit(self._body)
        self.unit = QComboBox(self._body)
        self.date = QComboBox(self._body)
        self.default = QLineEdit(self._body)
        self.glue = QLineEdit(self._body)
        self.codes = CodesForm(self._body)
        self._form = QFormLayout(self._body)
        self._lay_out()
        self._connect()

    def show_column(
        self, preview: Preview | None, row: ColumnRow | None, faults: Sequence[Fault] = ()
    ) -> None:
        """Show this column as it is filled now; nothing without a row."""
        self._preview, self._row = preview, row
        self._body.setVisible(preview is not None and row is not None)
        if preview is None or row is None:
            self._help.hide()
            self._title.set_runs(Run(_("Stand on a column to say how it is read."), "text2"))
            return
        self._mapping = preview.mapping
        self._title.set_runs(Run(row.title or row.becomes, strong=True))
        self._source_label.setText(_("Becomes") if row.title else _("Filled by"))
        self.source.setAccessibleName(self._source_label.text())
        self.source.offer(preview, row)
        use = next((use for use in preview.columns if use.column.name in row.names[:1]), None)
        fill = dict(preview.mapping.fills).get(row.names[0]) if row.names else None
        self._help.setText(_(use.column.help) if use is not None else "")
        self._help.setVisible(use is not None)
        if use is None or fill is None:
            self._hide_details()
        else:
            self._show_details(preview, use, fill, faults)

    def be_narrow(self, *, narrow: bool) -> None:
        """Leave more room to the list where there is little."""
        self.setFixedWidth(_NARROW if narrow else _WIDTH)

    def open_source(self) -> None:
        """Let the person say what the column becomes."""
        if self._row is not None:
            self.source.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.source.showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("surface0"))
            paint_edges(painter, self.rect(), self._theme.colour("border"), "left")

    # What is shown

    def _hide_details(self) -> None:
        for field in (self.constant, self.unit, self.date, self.default, self.glue):
            self._form.setRowVisible(field, False)
        self.codes.show_codes((), (), {}, None)

    def _show_details(
        self, preview: Preview, use: ColumnUse, fill: Fill, faults: Sequence[Fault]
    ) -> None:
        column, from_file = use.column, bool(fill.columns)
        self._form.setRowVisible(self.constant, fill.constant is not None)
        self._form.setRowVisible(self.default, from_file)
        self._form.setRowVisible(self.glue, len(fill.columns) > 1)
        self._form.setRowVisible(self.unit, from_file and bool(column.unit))
        self._form.setRowVisible(self.date, from_file and is_dated(column))
        _say(self.constant, fill.constant or "")
        _say(self.default, fill.default)
        _say(self.glue, fill.glue)
        self._show_unit(column, fill)
        self._show_date(preview, fill)
        ours = codes_of(column) if from_file else ()
        theirs = strange_codes(use, fill, faults) if ours else ()
        self.codes.show_codes(theirs, ours, dict(fill.codes), fill.other_codes)

    def _show_unit(self, column: Column, fill: Fill) -> None:
        with QSignalBlocker(self.unit):
            self.unit.clear()
            for unit in units_of(column):
                self.unit.addItem(unit, unit)
            self.unit.setCurrentIndex(max(0, self.unit.findData(fill.unit or column.unit)))

    def _show_date(self, preview: Preview, fill: Fill) -> None:
        title = fill.columns[0] if fill.columns else ""
        place = preview.header.index(title) if title in preview.header else len(preview.header)
        cells = [row[place] for row in preview.first_rows if place < len(row)]
        with QSignalBlocker(self.date):
            self.date.clear()
            self.date.addItem(_("ISO 8601 (2026-11-24 09:30)"), "")
            for form in dict.fromkeys((*filter(None, (fill.date,)), *forms_for(cells))):
                self.date.addItem(date_form(form), form)
            self.date.setCurrentIndex(max(0, self.date.findData(fill.date)))

    # What the person changes

    def _source_chosen(self) -> None:
        if self._preview is None or self._row is None:
            return
        self._become(self.source.edited(self._mapping, self._preview, self._row))
        if self.source.asks_for_value:
            self._form.setRowVisible(self.constant, True)
            self.constant.clear()
            self.constant.setFocus()

    def _refill(self, **fields: object) -> None:
        """The same fill, but for these fields."""
        if self._preview is None or self._row is None or not self._row.names:
            return
        name = self._row.names[0]
        fill = dict(self._mapping.fills).get(name)
        if fill is not None:
            fresh = replace(fill, **fields)  # type: ignore[arg-type]  # the names are the fields'
            self._become(edits.filled(self._mapping, self._preview.kind, name, fresh))

    def _become(self, mapping: Mapping) -> None:
        if mapping != self._mapping:
            self._mapping = mapping
            self.changed.emit(mapping)

    def _typed(self, line: QLineEdit, name: str, text: str) -> None:
        if not line.isHidden():  # a line that has gone says it is finished, too
            self._refill(**{name: text})

    def _unit_chosen(self) -> None:
        unit, own = str(self.unit.currentData()), self.unit.itemData(0)
        self._refill(unit="" if unit == own else unit)

    # How it is made

    def _lay_out(self) -> None:
        self._help.setWordWrap(True)
        self._help.setProperty("role", "hint")
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(self._source_label, self.source)
        for text, field in (
            (_("Value"), self.constant),
            (_("Written in"), self.unit),
            (_("Date as"), self.date),
            (_("If empty"), self.default),
            (_("Put together with"), self.glue),
        ):
            self._form.addRow(text, field)
            field.setAccessibleName(text)
        self._form.addRow(self.codes)
        inside, area = self._inside, self._area
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._help)
        column.addWidget(self._body)
        column.addStretch(1)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(area)
        self.be_narrow(narrow=False)

    def _connect(self) -> None:
        self.source.activated.connect(lambda _at: self._source_chosen())
        self.unit.activated.connect(lambda _at: self._unit_chosen())
        self.date.activated.connect(lambda _at: self._refill(date=self.date.currentData()))
        for line, name in ((self.constant, "constant"), (self.default, "default")):
            line.editingFinished.connect(
                lambda line=line, name=name: self._typed(line, name, line.text().strip())
            )
        self.glue.editingFinished.connect(lambda: self._typed(self.glue, "glue", self.glue.text()))
        self.codes.changed.connect(
            lambda codes, other: self._refill(codes=tuple(codes.items()), other_codes=other)
        )


def _say(line: QLineEdit, text: str) -> None:
    """What a person is typing is left alone."""
    if not (line.hasFocus() and line.isModified()) and line.text() != text:
        line.setText(text)
