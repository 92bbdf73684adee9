"""The vehicles that could drive a tour, beside the timeline: gone through by keys, then Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.domain.tours import Tour
from app.i18n import _, n_
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.tours.giving_rows import GivingRow, columns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table


class GivingView(QWidget):
    """Shows the vehicles for one tour; the current one is looked at, Esc leaves."""

    looked_at = Signal(object)  # GivingRow, or None
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tour: Tour | None = None
        self._model: RowsModel[GivingRow] = RowsModel(
            columns(), key=lambda row: row.vehicle.code, parent=self
        )
        self.table = rows_table(self._model, self)
        self.table.setAccessibleName(_("Vehicles that could drive the tour"))
        self.table.set_empty_state(
            EmptyState(Icon.VAN, _("No other vehicle is free, or on a draft."))
        )
        self.footer = Footer(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)  # a line parts it from the timeline
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.footer)
        self.setFocusProxy(self.table)
        self.table.installEventFilter(self)
        self.table.selection_changed.connect(lambda _keys: self.looked_at.emit(self.current))
        self.hide()

    @property
    def current(self) -> GivingRow | None:
        """The vehicle that the keyboard is on."""
        row = self.table.currentIndex().row()
        return self._model.row_at(row) if self.tour is not None and row >= 0 else None

    @property
    def rows(self) -> Sequence[GivingRow]:
        """The vehicles as they stand there."""
        return self._model.rows()

    def show_rows(self, tour: Tour, rows: Sequence[GivingRow]) -> None:
        """Show these vehicles, the best of them current."""
        self.tour = tour
        self._model.show_rows(tuple(rows))
        able = sum(row.seen.free for row in rows)
        text = n_(
            "T{number}: {count} vehicle keeps all rules",
            "T{number}: {count} vehicles keep all rules",
            able,
        )
        self.footer.set_summary(text.format(number=tour.number, count=formats.number(able)))
        self.show()
        if rows:
            self.table.setCurrentIndex(self._model.index(0, 1))
        self.looked_at.emit(self.current)

    def leave(self) -> None:
        """Go, and change nothing."""
        if self.tour is not None:
            self.tour = None
            self._model.show_rows(())
            self.hide()
            self.looked_at.emit(None)
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, 0, 1, self.height(), current_theme().colour("border"))
