"""The search of the worklist with what else narrows it: a strip that is there only when needed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app import formats
from app.i18n import _, n_
from app.ui.icons import Icon, icon
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import LinkButton
from app.ui.widgets.looks import Run
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.strip import Strip

_HEIGHT = 30
_FIELD = 260


class FilterStrip(Strip):
    """Search field, a chip for the conditions, how many are shown of how many, and the way out."""

    searched = Signal(str)
    conditions_asked = Signal()
    cleared = Signal()
    left = Signal()  # down from the field into the rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HEIGHT, parent=parent)
        self.field = _Field(_("Number, client, street, town, article"), parent=self)
        self.field.setMaximumWidth(_FIELD)
        self.field.searched.connect(self.searched)
        self.field.left.connect(self.left)
        self._conditions = QToolButton(self)
        self._conditions.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._conditions.setIcon(icon(Icon.FILTER, "accent"))
        self._conditions.setChecked(True)
        self._conditions.clicked.connect(self.conditions_asked)
        self._count = Caption(parent=self)
        self._clear = LinkButton(_("Clear the filter"), parent=self)
        self._clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 4, 3)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._conditions)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._clear)
        self.hide()

    def show_search(self, text: str) -> None:
        """Take over a saved search."""
        if self.field.text() != text:
            self.field.setText(text)

    def show_state(self, conditions: int, shown: int, total: int) -> None:
        """How many conditions there are, and how many orders they let through."""
        said = n_("{count} condition", "{count} conditions", conditions)
        self._conditions.setText(said.format(count=conditions))
        self._conditions.setVisible(conditions > 0)
        told = _("{shown} of {total}").format(
            shown=formats.number(shown), total=formats.number(total)
        )
        self._count.set_runs(Run(told, "text2"))

    def open(self) -> None:
        """Come up and take the focus."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _Field(SearchField):
    """A search that gives the keyboard to the rows it found."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        into_rows = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        super().keyPressEvent(event)
        if event.key() in into_rows or (event.key() == Qt.Key.Key_Escape and not self.text()):
            self.left.emit()
