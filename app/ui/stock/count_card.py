"""How many pieces somebody found on the shelf, and what there is to say about it."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from app.i18n import _
from app.ui.stock.lines import StockLine

_MOST_PIECES = 1_000_000_000


class CountCard(QDialog):
    """Begins with the booked figure, all of it selected: type over it and press Enter."""

    def __init__(self, line: StockLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Count {sku} at {node}").format(sku=line.sku, node=line.node))
        self.pieces = QSpinBox(self)
        self.pieces.setRange(0, _MOST_PIECES)
        self.pieces.setValue(line.on_hand)
        self.pieces.selectAll()
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(_("shelf check, broken, found again…"))
        buttons = QDialogButtonBox(self)
        keep = buttons.addButton(_("Keep the count"), QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(_("Pieces on hand"), self.pieces)
        form.addRow(_("Reason"), self.reason)
        form.addRow(buttons)
