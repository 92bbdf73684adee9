"""What a pane's list adds up to, and what can be done with it: the strip at the pane's foot."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip


class Footer(Strip):
    """Sums on the left, the selection in accent after them, buttons on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        look = current_theme().tokens
        super().__init__(look.sizes.footer, edge="top", parent=parent)
        self._summary = Caption(parent=self)
        self._row = QHBoxLayout(self)
        padding = look.sizes.pane_padding
        self._row.setContentsMargins(padding, 1, padding, 0)
        self._row.setSpacing(padding)
        self._row.addWidget(self._summary)
        self._row.addStretch(1)

    def set_summary(self, sums: str, selected: str = "") -> None:
        """What the list adds up to, then what is selected of it."""
        if selected:
            self._summary.set_runs(
                Run(f"{sums} ·" if sums else "", "text2"), Run(selected, "accent", strong=True)
            )
        else:
            self._summary.set_runs(Run(sums, "text2"))

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right end; the primary one comes last."""
        self._row.addWidget(button)

    def add_leading_button(self, button: QWidget) -> None:
        """Put a button at the left end, for panes that decide (why, review)."""
        place = self._row.indexOf(self._summary)
        self._row.insertWidget(place, button)
