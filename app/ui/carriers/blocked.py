"""Shipments that their carrier would not understand: what is wrong, and what would put it right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.domain.bookings import BookingFault
from app.i18n import N_, _, n_
from app.ui.session import Session
from app.ui.widgets.footer import Footer
from app.ui.widgets.looks import Run, Words
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.side_window import SideWindow
from app.wording import sentence

_COLUMNS = (
    Column[BookingFault](
        name="shipment",
        title=N_("Shipment"),
        text=lambda fault: fault.shipment,
        look=lambda fault: Words((Run(fault.shipment, strong=True),)),
        width=90,
    ),
    Column[BookingFault](
        name="fault",
        title=N_("What is wrong"),
        text=lambda fault: sentence(fault.reason),
        look=lambda fault: Words((Run(sentence(fault.reason), "danger"),)),
        width=330,
        least=160,
        grows=True,
    ),
    Column[BookingFault](
        name="advice",
        title=N_("What to do"),
        text=lambda fault: sentence(fault.advice),
        width=300,
        least=140,
        grows=True,
    ),
)


class BlockedWindow(SideWindow):
    """A click selects the order on the desk."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("carriers.blocked", _("Not sent"), QSize(860, 320), parent)
        self._session = session
        self._model = RowsModel(
            _COLUMNS, key=lambda fault: (fault.shipment, fault.field), parent=self
        )
        self.table = rows_table(self._model, self)
        self.table.selection_changed.connect(self._choose)
        self._foot = Footer(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot)

    def show_faults(self, faults: Sequence[BookingFault]) -> None:
        """Show these, and come forward."""
        self._model.show_rows(faults)
        count = len({fault.shipment for fault in faults})
        said = n_(
            "{count} shipment was left out; the others went.",
            "{count} shipments were left out; the others went.",
            count,
        )
        self._foot.set_summary(said.format(count=formats.number(count)))
        self.come_forward()

    def _choose(self, keys: frozenset[tuple[str, str]]) -> None:
        orders = {shipment.rpartition("-")[0] for shipment, _field in keys}
        if orders:
            self._session.selection.choose(sorted(orders))


def _key_of(fault: BookingFault) -> tuple[str, str]:
    return fault.shipment, fault.field
