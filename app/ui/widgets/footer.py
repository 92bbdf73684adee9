"""What a pane's list adds up to, and what can be done with it: the strip at the pane's foot."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip
from app.ui.widgets.text_runs import GAP


class Footer(Strip):
    """Sums on the left, the selection in accent after them, buttons on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        look = current_theme().tokens
        super().__init__(look.sizes.footer, edge="top", parent=parent)
        self._sums = Caption(parent=self)
        self._selection = Caption(parent=self)
        self._selection.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = QHBoxLayout()
        self._words.setSpacing(GAP)
        self._words.addWidget(self._sums)
        self._words.addWidget(self._selection)
        self._row = QHBoxLayout(self)
        self._leading = 0
        padding = look.sizes.pane_padding
        self._row.setContentsMargins(padding, 1, padding, 0)
        self._row.setSpacing(padding)
        self._row.addLayout(self._words)
        self._row.addStretch(1)

    def set_summary(self, sums: str, selected: str = "") -> None:
        """What the list adds up to, then what is selected of it."""
        self._sums.set_runs(Run(f"{sums} ·" if sums and selected else sums, "text2"))
        self._selection.set_runs(Run(selected, "accent", strong=True))

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right end; the primary one comes last."""
        self._row.addWidget(button)

    def add_leading_button(self, button: QWidget) -> None:
        """Put a button at the left end, for panes that decide (why, review)."""
        self._row.insertWidget(self._leading, button)
        self._leading += 1
