"""What this workstation prefers: one line a setting, its choices and help from its description."""

from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.i18n import N_, _
from app.settings import Settings
from app.ui.session import Session
from app.ui.widgets.caption import Caption
from app.ui.widgets.looks import Run

_CHOICES = {
    "": N_("As the system"),
    "system": N_("As the system"),
    "fr": "Français",
    "en": "English",
    "light": N_("Light"),
    "dark": N_("Dark"),
    "compact": N_("Compact"),
    "comfortable": N_("Comfortable"),
}


class SettingsDialog(QDialog):
    """Changes are kept by OK and dropped by Cancel."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("Settings"))
        self.setMinimumWidth(680)
        self._inputs: dict[str, QWidget] = {}
        form = QFormLayout()
        form.setVerticalSpacing(5)
        form.setHorizontalSpacing(16)
        for described in fields(Settings):
            self._add_line(form, described, getattr(session.settings, described.name))
        note = Caption(parent=self)
        note.set_runs(Run(_("The language changes at the next start."), "text2"))
        buttons = QDialogButtonBox(self)
        accept = buttons.addButton(_("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("primary", "true")
        accept.setDefault(True)
        accept.style().polish(accept)  # the box has polished it before it was primary
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)

    def _add_line(self, form: QFormLayout, described: "Field[Any]", value: Any) -> None:
        label, told = _said(described, "label"), _said(described, "help")
        if described.type is bool:
            widget: QWidget = _check_box(label, value)
        else:
            widget = self._input(described, value)
        widget.setToolTip(told)
        widget.setAccessibleName(label)
        widget.setAccessibleDescription(told)
        self._inputs[described.name] = widget
        held = _with_button(widget, self._choose_file) if described.name == "base_map" else widget
        form.addRow("" if described.type is bool else label, held)
        hint = Caption(parent=self)
        hint.set_runs(Run(told, "text3", small=True))
        form.addRow("", hint)

    def _input(self, described: "Field[Any]", value: Any) -> QWidget:
        about = described.metadata
        if "choices" in about:
            box = QComboBox(self)
            for choice in about["choices"]:
                box.addItem(_(_CHOICES[choice]), choice)
            box.setCurrentIndex(box.findData(value))
            return box
        if described.type is int:
            spin = QSpinBox(self)
            spin.setRange(about["minimum"], about["maximum"])
            spin.setValue(value)
            return spin
        return QLineEdit(value, self)

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Base map file"), "", _("Maps (*.pmtiles *.mbtiles)")
        )
        line = self._inputs["base_map"]
        if chosen and isinstance(line, QLineEdit):
            line.setText(str(Path(chosen)))

    def _keep(self) -> None:
        self._session.keep_settings(**{name: _value(w) for name, w in self._inputs.items()})
        self.accept()


def _said(described: "Field[Any]", part: str) -> str:
    text: str = described.metadata[part]
    return _(text)


def _value(widget: QWidget) -> Any:
    match widget:
        case QCheckBox():
            return widget.isChecked()
        case QComboBox():
            return widget.currentData()
        case QSpinBox():
            return widget.value()
        case QLineEdit():
            return widget.text().strip()
    raise TypeError(f"no value in {type(widget).__name__}")


def _check_box(text: str, checked: bool) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(checked)
    return box


def _with_button(widget: QWidget, choose: Any) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    button = QPushButton(_("Choose…"), held)
    button.clicked.connect(choose)
    row.addWidget(widget, 1)
    row.addWidget(button)
    held.setMinimumHeight(widget.sizeHint().height())
    return held
