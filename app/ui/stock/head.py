"""What narrows the picture of stock: a search, a node, a kind of trouble, the day to promise by."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QWidget

from app.domain.nodes import StockNode
from app.i18n import N_, _, n_
from app.ui.stock.picture import Only
from app.ui.theme import current_theme
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.strip import Strip

_ONLY = {
    Only.ALL: N_("everything"),
    Only.AVAILABLE: N_("available"),
    Only.OUT: N_("nothing available"),
    Only.SHORT: N_("more held than there is"),
    Only.RESERVED: N_("reserved by our orders"),
    Only.COMING: N_("on its way"),
    Only.OLD: N_("counted too long ago"),
}
LIMITS_H = (1, 4, 8, 12, 24, 48, 168)


class StockHead(Strip):
    """One line of boxes; each change is told at once."""

    searched = Signal(str)
    node_chosen = Signal(str)
    only_chosen = Signal(object)
    day_chosen = Signal(object)  # date
    limit_chosen = Signal(int)  # hours

    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.button + 14, parent=parent)
        self.search = SearchField(_("Product, designation or node"), key="Ctrl+F", parent=self)
        self.node = self._box(_("Node"), 150)
        self.only = self._box(_("Show"), 160)
        self.day = QDateEdit(self)
        self.limit = self._box(_("Old after"), 84)
        self._lay_out()
        self._connect()

    def show_nodes(self, nodes: Sequence[StockNode], chosen: str) -> None:
        """Offer these nodes."""
        with QSignalBlocker(self.node):
            self.node.clear()
            self.node.addItem(_("every node"), "")
            for node in nodes:
                self.node.addItem(f"{node.code}  {node.name}", node.code)
            self.node.setCurrentIndex(max(0, self.node.findData(chosen)))

    def show_only(self, only: Only) -> None:
        """Which lines are wanted, because the program says so."""
        self.only.setCurrentIndex(self.only.findData(only))

    def show_terms(self, day: date, limit_h: int) -> None:
        """The day to promise by, and from when a figure is old."""
        with QSignalBlocker(self.day), QSignalBlocker(self.limit):
            self.day.setDate(QDate(day.year, day.month, day.day))
            self.limit.clear()
            for hours in sorted({*LIMITS_H, limit_h}):
                self.limit.addItem(_hours(hours), hours)
            self.limit.setCurrentIndex(self.limit.findData(limit_h))

    def _box(self, name: str, width: int) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setFixedWidth(width)
        return box

    def _lay_out(self) -> None:
        self.search.setMinimumWidth(190)
        for only, text in _ONLY.items():
            self.only.addItem(_(text), only)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.day.setFixedHeight(current_theme().tokens.sizes.button)
        self.day.setAccessibleName(_("ATP by"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        for name, field in (
            ("", self.node),
            ("", self.only),
            (_("ATP by"), self.day),
            (_("Old after"), self.limit),
        ):
            row.addSpacing(6)
            if name:
                label = QLabel(name, self)
                label.setProperty("role", "label")
                row.addWidget(label)
            row.addWidget(field)

    def _connect(self) -> None:
        self.search.searched.connect(self.searched)
        self.node.activated.connect(lambda _at: self.node_chosen.emit(self.node.currentData()))
        self.only.activated.connect(lambda _at: self.only_chosen.emit(self.only.currentData()))
        self.limit.activated.connect(lambda _at: self.limit_chosen.emit(self.limit.currentData()))
        self.day.dateChanged.connect(lambda day: self.day_chosen.emit(day.toPython()))


def _hours(hours: int) -> str:
    if hours < 48:
        return n_("{count} h", "{count} h", hours).format(count=hours)
    days = hours // 24
    return n_("{count} day", "{count} days", days).format(count=days)
