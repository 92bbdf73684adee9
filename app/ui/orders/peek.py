"""A glance at an order: who, where, what goods, what was noted; gone with the next key."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app import formats
from app.domain.nodes import Product
from app.i18n import _
from app.ui.orders.work_row import WorkRow
from app.ui.widgets.caption import Caption
from app.ui.widgets.card import SHADOW, Card
from app.ui.widgets.looks import Run

_WIDTH = 380
_MOST_LINES = 8


class Peek(Card):
    """A card beside the row; it never takes the focus."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self.code = ""
        self.hide()

    def show_order(self, row: WorkRow, products: Mapping[str, Product], at: QPoint) -> None:
        """Tell of this order, with the card's left edge there and below the row if it fits."""
        self.code = row.code
        self._fill(row, products)
        self.setFixedWidth(_WIDTH + 2 * SHADOW)
        self.adjustSize()
        self._place(at)
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Go."""
        self.code = ""
        self.hide()

    def _fill(self, row: WorkRow, products: Mapping[str, Product]) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.deleteLater()
        self._body = body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = Caption(
            Run(formats.order_number(row.code), strong=True), Run(row.customer), gap=8, parent=body
        )
        column.addWidget(head)
        for line in _who(row):
            column.addWidget(Caption(Run(line, "text2"), parent=body))
        column.addSpacing(4)
        for line in _goods(row, products):
            column.addWidget(Caption(Run(line), parent=body))
        if row.source.order.note:
            column.addSpacing(4)
            column.addWidget(_note(row.source.order.note, body))
        self._column.addWidget(body)

    def _place(self, at: QPoint) -> None:
        page = self.parentWidget()
        if page is None:
            return
        left = min(at.x(), page.width() - self.width())
        top = at.y()
        if top + self.height() > page.height():
            top = max(0, page.height() - self.height())
        self.move(max(0, left), top)


def _who(row: WorkRow) -> list[str]:
    order = row.source.order
    reach = " · ".join(filter(None, (order.phone, order.email)))
    return [line for line in (order.address.one_line, reach) if line]


def _goods(row: WorkRow, products: Mapping[str, Product]) -> list[str]:
    lines = row.source.order.lines
    told = [
        f"{formats.number(line.quantity)} × {_label(line.sku, products)}"
        for line in lines[:_MOST_LINES]
    ]
    if len(lines) > _MOST_LINES:
        told.append(_("and {count} more").format(count=len(lines) - _MOST_LINES))
    total = formats.money(row.source.order.value_cents)
    return [*told, _("Value {amount}").format(amount=total)]


def _label(sku: str, products: Mapping[str, Product]) -> str:
    product = products.get(sku)
    return f"{sku}  {product.label}" if product is not None and product.label else sku


def _note(text: str, parent: QWidget) -> QLabel:
    """Customers' words are shown as they are, never as markup."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setFixedWidth(_WIDTH - 24)
    label.setProperty("role", "label")
    return label
