"""A list of moves beside the timeline: ticked with space, done with Enter, left with Esc."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.tours.moves_rows import Line, MoveRow
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table


class Ticking(Protocol):
    """A suggestion whose moves are ticked; some need others."""

    @property
    def moves(self) -> Sequence[Line]: ...

    def with_needed(self, ticked: Iterable[int]) -> frozenset[int]: ...

    def without(self, ticked: Collection[int], number: int) -> frozenset[int]: ...


S = TypeVar("S", bound=Ticking)


class MovesView(QWidget, Generic[S]):
    """Shows one suggestion; what is ticked brings what it needs, and goes with it.

    `total` says what the ticked moves come to together.
    """

    looked_at = Signal(object)  # the number of a move, or None
    left = Signal()
    ticked_changed = Signal()

    def __init__(
        self,
        columns: Iterable[Column[MoveRow]],
        total: Callable[[S, frozenset[int]], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.suggestion: S | None = None
        self.ticked: frozenset[int] = frozenset()
        self._total = total
        self._model: RowsModel[MoveRow] = RowsModel(
            list(columns), key=lambda row: row.move.number, parent=self
        )
        self.table = rows_table(self._model, self)
        self.table.setAccessibleName(_("Moves to tick"))
        self.table.set_empty_state(EmptyState(Icon.DONE, _("No move is worth it.")))
        self.footer = Footer(self)
        self.said = ""
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)  # a line parts it from the timeline
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.footer)
        self.setFocusProxy(self.table)
        self.table.installEventFilter(self)
        self.table.clicked.connect(lambda index: self._clicked(index.row(), index.column()))
        self.table.selection_changed.connect(self._chosen)
        self.table.hovered.connect(self._hovered)
        self.hide()

    def show_suggestion(self, suggestion: S) -> None:
        """Show these moves, all of them ticked."""
        self.suggestion = suggestion
        self._tick(frozenset(move.number for move in suggestion.moves))
        self.show()

    def leave(self) -> None:
        """Go, and change nothing."""
        if self.suggestion is not None:
            self.suggestion, self.ticked = None, frozenset()
            self._model.show_rows(())
            self.hide()
            self.looked_at.emit(None)
            self.left.emit()

    def toggle(self, numbers: Iterable[int]) -> None:
        """Tick these, or take their ticks away where all of them bear one."""
        suggestion, wanted = self.suggestion, list(numbers)
        if suggestion is None or not wanted:
            return
        if not self.ticked.issuperset(wanted):
            self._tick(self.ticked | suggestion.with_needed(wanted))
            return
        ticked = self.ticked
        for number in wanted:
            ticked = suggestion.without(ticked, number)
        self._tick(ticked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                self.toggle(self._current())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, 0, 1, self.height(), current_theme().colour("border"))

    def _tick(self, ticked: frozenset[int]) -> None:
        suggestion = self.suggestion
        if suggestion is None:
            return
        self.ticked = ticked
        rows = tuple(MoveRow(move, move.number in ticked) for move in suggestion.moves)
        self._model.show_rows(rows)
        self.said = self._total(suggestion, ticked) if ticked else _("Nothing is ticked.")
        self.footer.set_summary(self.said if suggestion.moves else "")
        self.ticked_changed.emit()

    def _current(self) -> list[int]:
        """The moves chosen, else the one that the keyboard is on."""
        chosen = [int(str(key)) for key in self.table.chosen_in_view()]
        row = self.table.currentIndex().row()
        return chosen or ([self._model.row_at(row).move.number] if row >= 0 else [])

    def _clicked(self, row: int, column: int) -> None:
        if column == 0:
            self.toggle([self._model.row_at(row).move.number])

    def _chosen(self, _keys: object) -> None:
        current = self._current()
        self.looked_at.emit(current[-1] if current else None)

    def _hovered(self, key: object) -> None:
        if key is None:
            self._chosen(None)
        else:
            self.looked_at.emit(key)
