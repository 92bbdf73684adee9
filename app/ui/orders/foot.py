"""The foot of the pane: sums, the selection, and the one button that leads on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions
from app.ui.orders import summary
from app.ui.orders.next_step import step_for
from app.ui.orders.work_row import Worklist, WorkRow
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import KeyButton


class Foot(Footer):
    """The blue button is the next step of the day; it changes with the view."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._buttons: dict[str, KeyButton] = {}
        self._shown: frozenset[str] = frozenset()
        self._told = self._chosen = ""
        self.step = ""

    @property
    def said(self) -> str:
        """What the foot says of the rows and of the selection."""
        return " · ".join(filter(None, (self._told, self._chosen)))

    def show_rows(self, rows: Sequence[WorkRow], chosen: Sequence[WorkRow]) -> None:
        """What the rows add up to."""
        self._shown = frozenset(row.code for row in rows)
        self._told = summary.sums(rows)
        self.show_selected(chosen)

    def show_selected(self, chosen: Sequence[WorkRow]) -> None:
        """What is selected, also of what is hidden here."""
        self._chosen = summary.selected(chosen, self._shown)
        self.set_summary(self._told, self._chosen)

    def show_step(self, view: str, made: Worklist, sure: int) -> None:
        """Lead on from this view, as far as some pane can do it."""
        self.step = step_for(view, made.counts, sure)
        action = self._actions.find(self.step)
        if action is not None and self.step not in self._buttons:
            button = self._buttons[self.step] = KeyButton(action, primary=True, parent=self)
            self.add_button(button)
        for name, button in self._buttons.items():
            button.setVisible(name == self.step)
