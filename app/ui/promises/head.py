"""What is asked of the promise tester: a basket, a place, perhaps a day."""

from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.domain.orders import Order
from app.i18n import _
from app.ui.promises.basket import as_typed


class PromiseHead(QWidget):
    """Says `changed` after each change by a person."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.basket = QLineEdit(self)
        self.basket.setPlaceholderText(_("Products, such as CUI-1960=2 ENF-1476"))
        self.basket.setClearButtonEnabled(True)
        self.postcode = QLineEdit(self)
        self.postcode.setMaxLength(10)
        self.town = QLineEdit(self)
        self.dated = QCheckBox(_("Not before"), self)
        self.day = QDateEdit(self)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.setEnabled(False)
        self._lay_out()
        for edit in (self.basket, self.postcode, self.town):
            edit.textChanged.connect(self.changed)
        self.dated.toggled.connect(self.day.setEnabled)
        self.dated.toggled.connect(self.changed)
        self.day.dateChanged.connect(self.changed)

    @property
    def wanted_on(self) -> date | None:
        """The first day that suits the client; None = any."""
        if not self.dated.isChecked():
            return None
        picked = self.day.date()
        return date(picked.year(), picked.month(), picked.day())

    def take_over(self, order: Order) -> None:
        """Ask for what an order asks for."""
        with QSignalBlocker(self):
            self.basket.setText(as_typed(order.lines))
            self.postcode.setText(order.address.postcode)
            self.town.setText(order.address.town)
        self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self.postcode.setMaximumWidth(110)
        for text, widget, row, column, span in (
            (_("Basket"), self.basket, 0, 0, 5),
            (_("To postcode"), self.postcode, 1, 0, 1),
            (_("Town"), self.town, 1, 2, 1),
        ):
            label = QLabel(text, self)
            label.setProperty("role", "label")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            grid.addWidget(label, row, column)
            grid.addWidget(widget, row, column + 1, 1, span)
        grid.addWidget(self.dated, 1, 4)
        grid.addWidget(self.day, 1, 5)
        self.day.setAccessibleName(_("Not before"))
        grid.setColumnStretch(3, 1)
