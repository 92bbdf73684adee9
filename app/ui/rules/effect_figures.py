"""What all orders come to by the rules in force and by others: a figure a line, side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app import formats
from app.i18n import N_, _
from app.operations.policy_effect import Effect
from app.ui.widgets.caption import Caption
from app.ui.widgets.looks import Align, Run

#: The figures, what they are called, how they are told, and whether more is better.
_LINES: tuple[tuple[str, str, formats.Format, bool], ...] = (
    ("placed", N_("Placed whole"), formats.number, True),
    ("in_time", N_("There when due"), formats.number, True),
    ("split", N_("Split between nodes"), formats.number, False),
    ("cost_cents", N_("Cost"), formats.money, False),
    ("distance_m", N_("Distance"), formats.distance, False),
    ("co2e_g", N_("CO₂e"), formats.emissions, False),
)
#: For a figure of six digits with its unit.
_ROOM = 86


class EffectFigures(QWidget):
    """Better figures are green and worse ones red; equal ones say nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 0, 12, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for column in (1, 2, 3):
            grid.setColumnMinimumWidth(column, _ROOM)
        for column, text in enumerate((_("In force"), _("By these"), _("Change")), start=1):
            head = Caption(Run(text, "text3", small=True), align=Align.RIGHT, parent=self)
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
        self.cells: dict[str, tuple[Caption, Caption, Caption]] = {}
        for line, (name, text, _form, _more) in enumerate(_LINES, start=1):
            label = QLabel(_(text), self)
            label.setProperty("role", "label")
            grid.addWidget(label, line, 0)
            self.cells[name] = (self._figure(), self._figure(), self._figure())
            for column, cell in enumerate(self.cells[name], start=1):
                grid.addWidget(cell, line, column, Qt.AlignmentFlag.AlignRight)

    def show_figures(self, effect: Effect | None) -> None:
        """Show both sides; None = they are not known."""
        for name, _text, form, more_is_better in _LINES:
            before, after, change = self.cells[name]
            if effect is None:
                before.set_runs(Run("–", "text3"))
                after.set_runs(Run("–", "text3"))
                change.set_runs()
                continue
            old, new = getattr(effect.before, name), getattr(effect.after, name)
            before.set_runs(Run(form(old), "text2"))
            after.set_runs(Run(form(new), "text1", strong=True))
            tone = "success" if (new > old) == more_is_better else "danger"
            change.set_runs(*([Run(formats.change(form, new - old), tone)] if new != old else []))

    def _figure(self) -> Caption:
        return Caption(align=Align.RIGHT, parent=self)
