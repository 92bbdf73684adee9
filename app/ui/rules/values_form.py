"""Values of one part of the rules, each with its label: made from what the part is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar, get_type_hints

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.i18n import _
from app.ui.rules.labels import explained
from app.ui.rules.value_box import Box, box_for

Part = TypeVar("Part")


class ValuesForm(QWidget, Generic[Part]):
    """`labels` name the fields shown, in their order; `place` is where the file has them."""

    changed = Signal(object)  # the part as it is now

    def __init__(
        self, shape: type[Part], labels: Mapping[str, str], place: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._part: Part | None = None
        self.boxes: dict[str, Box] = {}
        kinds = get_type_hints(shape)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for line, (name, text) in enumerate(labels.items()):
            box = self.boxes[name] = box_for(name, kinds[name], _(text), self)
            box.setToolTip(explained(f"{place}.{name}"))
            label = QLabel(_(text), self)
            label.setWordWrap(True)
            label.setToolTip(box.toolTip())
            box.changed.connect(lambda value, name=name: self._set(name, value))
            grid.addWidget(label, line, 0)
            grid.addWidget(box, line, 1, Qt.AlignmentFlag.AlignRight)

    def show_part(self, part: Part) -> None:
        """Show these values."""
        self._part = part
        for name, box in self.boxes.items():
            box.show_value(getattr(part, name))

    def _set(self, name: str, value: Any) -> None:
        if self._part is not None and getattr(self._part, name) != value:
            self._part = replace(self._part, **{name: value})  # type: ignore[type-var]  # a dataclass
            self.changed.emit(self._part)
