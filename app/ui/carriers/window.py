"""The carriers beside the desk: the panel with the day's shares, batches sent, prices on trial."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

from app import formats
from app.i18n import _, n_
from app.ui.actions import Actions
from app.ui.carriers import specs
from app.ui.carriers.batches import batch_columns
from app.ui.carriers.deeds import Deeds
from app.ui.carriers.shares import SHARES, share_lines
from app.ui.carriers.tester import TariffTester
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flat_button import LinkButton
from app.ui.widgets.footer import Footer
from app.ui.widgets.heading import Heading, stacked
from app.ui.widgets.key_cap import KeyButton
from app.ui.widgets.lines_table import LinesTable
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.side_window import SideWindow
from db.queries.carriers import CarrierDay, load_carrier_day
from db.queries.names import Names, load_names


class CarriersWindow(SideWindow):
    """Looks again whenever the board was read, which follows every commit, while it is open."""

    shown = Signal()  # what the workspace holds now is on screen

    def __init__(self, session: Session, actions: Actions, deeds: Deeds, parent: QWidget) -> None:
        super().__init__("carriers", _("Carriers"), QSize(1220, 700), parent)
        self._session = session
        self._actions = actions
        self._deeds = deeds
        self._day = CarrierDay(session.day)
        self._names = Names()
        self.shares = LinesTable(SHARES, self)
        self._batches = RowsModel(
            batch_columns(lambda: session.zone, lambda: self._names.carriers),
            key=lambda batch: batch.reference,
            parent=self,
        )
        self.batches = rows_table(self._batches, self)
        self.tester = TariffTester(session, self)
        self._title = Heading(self)
        self._sent = Heading(self)
        self.again = LinkButton(_("Write again…"), meaning=Icon.EXPORT, parent=self)
        self.again.clicked.connect(self._write_again)
        self._sent.add_tool(self.again)
        self._foot = Footer(self)
        self._lay_out()
        session.board_changed.connect(self._read)
        session.day_changed.connect(lambda: self.tester.show_day(session.day))
        self.batches.selection_changed.connect(lambda _keys: self._offer_again())

    def come_forward(self) -> None:
        super().come_forward()
        self._read()
        self.tester.postcode.setFocus()

    def _lay_out(self) -> None:
        self.shares.set_empty_state(
            EmptyState(
                Icon.CARRIER, _("No carrier yet. Import carriers and services."), parent=self
            )
        )
        self.batches.set_empty_state(
            EmptyState(Icon.EXPORT, _("Nothing was sent for this day yet."), parent=self)
        )
        tested = Heading(self)
        tested.say(_("Tariff tester"), _("prices without tax"))
        upper = stacked(self._title, self.shares)
        lower = stacked(self._sent, self.batches)
        left = QSplitter(Qt.Orientation.Vertical, self)
        left.addWidget(upper)
        left.addWidget(lower)
        self.shares.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        left.setSizes([430, 200])
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.addWidget(left)
        across.addWidget(stacked(tested, self.tester))
        across.setStretchFactor(0, 1)
        across.setSizes([790, 430])
        self._buttons = {
            (identifier, primary): KeyButton(
                self._actions.action(identifier), primary=primary, parent=self
            )
            for primary in (False, True)
            for identifier in (specs.ALLOCATE.id, specs.BOOK.id)
        }
        for button in self._buttons.values():
            self._foot.add_button(button)
        self._show_step()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(across, 1)
        whole.addWidget(self._foot)

    def _read(self) -> None:
        if not self.isVisible():
            return
        session = self._session
        session.read(load_names, self._show_names)
        session.read(load_carrier_day, self._show, session.policy, session.zone, session.day)

    def _show_names(self, names: Names) -> None:
        self._names = names
        self.tester.show_names(names, self._session.board.nodes)

    def _show(self, day: CarrierDay) -> None:
        if day.on != self._session.day:
            return
        self._day = day
        self.shares.show_lines(share_lines(day, self._session.board.plan))
        self._batches.show_rows(day.batches)
        on = formats.long_date(day.on)
        self._title.say(_("Carriers and services"), on)
        count = len(day.batches)
        said = n_("{count} batch", "{count} batches", count).format(count=formats.number(count))
        self._sent.say(_("Sent"), said if count else "")
        self._foot.set_summary(_sums(day))
        self._offer_again()
        self._show_step()
        self.shown.emit()

    def _show_step(self) -> None:
        """The blue button is the next step: choose while any shipment waits, then export."""
        step = specs.ALLOCATE.id if self._day.waiting else specs.BOOK.id
        for (identifier, primary), button in self._buttons.items():
            button.setVisible(primary == (identifier == step))

    def _chosen(self) -> list[str]:
        """The batches to write again: those selected, else all of the day."""
        chosen = [str(key) for key in self.batches.chosen_in_view()]
        return chosen or [batch.reference for batch in self._day.batches]

    def _offer_again(self) -> None:
        count = len(self._chosen())
        text = _("Write again…")
        if count and self.batches.chosen:
            text = n_("Write {count} again…", "Write {count} again…", count)
        self.again.setText(text.format(count=formats.number(count)))
        self.again.setVisible(bool(count))

    def _write_again(self) -> None:
        self._deeds.write_again(self._chosen())


def _sums(day: CarrierDay) -> str:
    """What the day comes to, and what is left to do."""
    total = day.total
    parts = []
    if total.shipments:
        said = n_("{count} shipment", "{count} shipments", total.shipments)
        parts = [said.format(count=formats.number(total.shipments)), formats.money(total.cents)]
    if total.co2e_g:
        parts.append(formats.emissions(total.co2e_g))
    if day.waiting:
        said = n_("{count} without choice yet", "{count} without choice yet", day.waiting)
        parts.append(said.format(count=formats.number(day.waiting)))
    if day.refused:
        said = n_("{count} without carrier", "{count} without carrier", day.refused)
        parts.append(said.format(count=formats.number(day.refused)))
    return " · ".join(parts)
