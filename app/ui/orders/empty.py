"""What the worklist says when it has no line to show."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.orders.next_step import Nothing
from app.ui.widgets.empty_state import EmptyState

Finder = Callable[[str], QAction | None]
ShowView = Callable[[str], None]


class EmptyWorklist(QWidget):
    """Holds one empty state at a time; made anew only when what it says changes."""

    def __init__(self, find: Finder, show_view: ShowView, parent: QWidget) -> None:
        super().__init__(parent)
        self._find = find
        self._show_view = show_view
        self._said: Nothing | None = None
        self._state: EmptyState | None = None
        self._column = QVBoxLayout(self)

    @property
    def said(self) -> Nothing | None:
        """What it says at present."""
        return self._said

    def say(self, nothing: Nothing) -> None:
        """Say this from now on."""
        if nothing == self._said:
            return
        self._said = nothing
        if self._state is not None:
            self._column.removeWidget(self._state)
            self._state.hide()
            self._state.deleteLater()
        self._state = EmptyState(nothing.icon, nothing.sentence, self._action(nothing), self)
        self._column.addWidget(self._state)

    def _action(self, nothing: Nothing) -> QAction | None:
        if nothing.view:
            show = QAction(nothing.link, self)
            show.triggered.connect(lambda _on=False: self._show_view(nothing.view))
            return show
        return self._find(nothing.action) if nothing.action else None
