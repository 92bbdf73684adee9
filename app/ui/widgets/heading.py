"""What stands above a part of a window: its title, what it comes to, its buttons."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip


class Heading(Strip):
    """The title of a part, what it counts, and perhaps a button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.title_bar, parent=parent)
        self._caption = Caption(gap=8, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 1, 6, 1)
        self._row.addWidget(self._caption)
        self._row.addStretch(1)

    def say(self, title: str, beside: str = "") -> None:
        """Show this title, and what it comes to."""
        self._caption.set_runs(Run(title, strong=True), Run(beside, "text2"))

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(widget)


def stacked(*widgets: QWidget) -> QWidget:
    """Parts one below another, without a gap."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return held
