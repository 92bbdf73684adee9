"""When the card of an order comes up beside its row, follows the keyboard, and goes."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent

from app.domain.nodes import Product
from app.i18n import _
from app.ui.orders.listing import Listing
from app.ui.orders.peek import Peek
from app.ui.session import Session
from db.nodes import load_products

_INDENT = 120


class Glance(QObject):
    """Space opens and closes it; Esc closes it before it clears the selection."""

    def __init__(self, session: Session, listing: Listing, peek: Peek) -> None:
        super().__init__(peek)
        self._session = session
        self._listing = listing
        self._peek = peek
        listing.table.installEventFilter(self)
        listing.table.selectionModel().currentRowChanged.connect(self._follow)

    def toggle(self) -> None:
        """Show the order where the keyboard stands, or stop showing it."""
        row = self._listing.current()
        if row is None or self._peek.code == row.code:
            self._peek.leave()
            return
        self._peek.code = row.code
        skus = {line.sku for line in row.source.order.lines}
        self._session.read(load_products, lambda found: self._show(row.code, found), skus)

    def why_not(self) -> str:
        """There must be a row to look at."""
        return "" if self._listing.current() is not None else _("Select one order first.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._peek.isHidden() and _is_escape(event):
            self._peek.leave()
            return True
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """The glance moves with the keyboard."""
        if not self._peek.isHidden():
            self._peek.leave()
            self.toggle()

    def _show(self, code: str, products: dict[str, Product]) -> None:
        row, page = self._listing.row_of(code), self._peek.parentWidget()
        if row is None or page is None or self._peek.code != code:
            return
        table = self._listing.table
        below = QPoint(_INDENT, table.visualRect(table.currentIndex()).bottom() + 1)
        self._peek.show_order(row, products, table.viewport().mapTo(page, below))


def _is_escape(event: QEvent) -> bool:
    pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
    return pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape
