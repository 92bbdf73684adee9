"""Addresses to check: pick the place that is meant, or pin it on the map; it is remembered."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QSplitter, QVBoxLayout, QWidget

from app.connectors.geocoders.ban import BanGeocoder
from app.domain.nodes import StockNode
from app.domain.values import Address
from app.i18n import N_, _
from app.operations.placing import PlaceCandidate, pick_place, place_candidates
from app.places import NoGazetteer
from app.ports import Geocoder
from app.ui.icons import Icon
from app.ui.orders.addresses.rows import (
    AddressRow,
    address_columns,
    candidate_columns,
    found_as,
    to_check,
)
from app.ui.orders.listing import Listing
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.search_field import SearchField

_GEOMETRY = "orders/addresses_geometry"
Find = Callable[[str], QAction | None]
PIN = "orders.place_on_map"
_UNKNOWN = N_("No place is called that. Type a postcode and a town, or place it on the map.")


class AddressesWindow(QDialog):
    """Stays open beside the window; the next address comes up as soon as one is placed."""

    placed = Signal(str)  # the order whose address was picked here

    def __init__(self, session: Session, listing: Listing, find: Find, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._listing = listing
        self._find = find
        self._asked = ""  # the order a person wants to correct, whatever its score
        self._wanted = 0  # counts questions, so that an old answer is dropped
        self.setWindowTitle(_("Addresses to check"))
        self._queue = RowsModel(address_columns(), key=lambda row: row.code, parent=self)
        self._found = RowsModel(candidate_columns(), key=lambda row: row.place, parent=self)
        self.queue = rows_table(self._queue, self)
        self.found = rows_table(self._found, self)
        self.search = SearchField(_("Postcode and town"), parent=self)
        self._typed = QLabel(self)
        self._so_far = QLabel(self)
        self._keep = self._action(_("Keep this place"), Icon.ACCEPT, self._pick)
        self._keep.setShortcut(Qt.Key.Key_Return)
        self._pin = self._action(_("Place on the map…"), Icon.CHECK_ADDRESS, self._ask_map)
        self._lay_out()
        self._connect()

    def check(self, code: str = "") -> None:
        """Open on the order named, or on the worst address."""
        self._asked = code
        self.show()
        self.raise_()
        self.activateWindow()
        self._refill()
        self._stand_on(code)
        self.queue.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        QSettings().setValue(_GEOMETRY, self.saveGeometry())
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.found.setFocus()  # not the button that a dialog would press by itself
        else:
            super().keyPressEvent(event)

    # How it works

    def _action(self, text: str, icon: Icon, run: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setProperty(ICON_PROPERTY, icon.value)
        action.triggered.connect(lambda _on=False: run())
        return action

    def _lay_out(self) -> None:
        self._typed.setTextFormat(Qt.TextFormat.PlainText)
        self._so_far.setTextFormat(Qt.TextFormat.PlainText)
        self._so_far.setProperty("role", "label")
        done = EmptyState(Icon.DONE, _("Every address is placed."), parent=self)
        self.queue.set_empty_state(done)
        self._nobody = EmptyState(Icon.SEARCH, _(_UNKNOWN), parent=self)
        self.found.set_empty_state(self._nobody)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 8, 8, 0)
        column.setSpacing(4)
        for widget in (self._typed, self._so_far, self.search):
            column.addWidget(widget)
        column.addWidget(self.found, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.queue)
        split.addWidget(right)
        split.setSizes([380, 480])
        foot = Footer(self)
        foot.set_summary(_("Remembered for the next order to that address"))
        self.pin_button = KeyButton(self._pin, parent=foot)
        foot.add_button(self.pin_button)
        foot.add_button(KeyButton(self._keep, primary=True, parent=foot))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(split, 1)
        whole.addWidget(foot)
        kept = QSettings().value(_GEOMETRY)
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            self.resize(880, 460)

    def _connect(self) -> None:
        self._listing.changed.connect(self._refill)
        self.queue.selectionModel().currentRowChanged.connect(self._turn_to)
        self.search.searched.connect(self._search)
        self.queue.opened.connect(lambda _key: self.found.setFocus())
        self.found.opened.connect(lambda _key: self._pick())
        self.found.selectionModel().currentRowChanged.connect(self._judge)

    def _refill(self) -> None:
        if not self.isVisible():
            return
        before = self._current()
        place = self.queue.currentIndex().row()
        rows = to_check(self._listing.list.rows, self._session.moment(), self._asked)
        self._queue.show_rows(rows)
        now = self._current()
        if rows and (now is None or before is None or now.code != before.code):
            self.queue.selectRow(max(0, min(place, len(rows) - 1)))
        if not rows:
            self._found.show_rows(())
            self._typed.clear()
            self._so_far.clear()
        self._judge()

    def _stand_on(self, code: str) -> None:
        place = self._queue.place_of(code)
        if place is not None:
            self.queue.selectRow(place)
        self._turn_to()

    def _current(self) -> AddressRow | None:
        place = self.queue.currentIndex().row()
        return self._queue.row_at(place) if 0 <= place < self._queue.rowCount() else None

    def _candidate(self) -> PlaceCandidate | None:
        place = self.found.currentIndex().row()
        return self._found.row_at(place) if 0 <= place < self._found.rowCount() else None

    def _turn_to(self) -> None:
        row = self._current()
        if row is None:
            return
        typed = row.address.one_line or _("no address")
        self._typed.setText(" · ".join(filter(None, (row.customer, typed))))
        self._so_far.setText(found_as(row))
        self.search.clear()
        self._ask(row.address)
        self._judge()

    def _search(self, text: str) -> None:
        row = self._current()
        if text.strip():
            self._ask(text)
        elif row is not None:
            self._ask(row.address)

    def _ask(self, asked: str | Address) -> None:
        """Look for candidates aside; only the answer to the latest question counts."""
        self._wanted += 1
        question, nodes = self._wanted, self._session.board.nodes
        geocoder = BanGeocoder() if self._session.settings.online_geocoder else None
        self._session.reckon(
            lambda: _candidates(asked, nodes, geocoder),
            lambda found: self._answer(question, found),
        )

    def _answer(self, question: int, found: tuple[PlaceCandidate, ...] | None) -> None:
        if question != self._wanted:
            return
        self._nobody.set_sentence(
            _("The gazetteer of France is not built: run the set-up again.")
            if found is None
            else _(_UNKNOWN)
        )
        unlike = {each.place: each for each in found or ()}  # a place is offered once
        self._found.show_rows(unlike.values())
        if unlike:
            self.found.selectRow(0)
        self._judge()

    def _judge(self) -> None:
        self._keep.setEnabled(self._candidate() is not None and self._current() is not None)
        self._pin.setEnabled(self._current() is not None and self._find(PIN) is not None)

    def _pick(self) -> None:
        row, candidate = self._current(), self._candidate()
        if row is None or candidate is None:
            return
        workspace, place = self._session.workspace, candidate.place
        self._session.submit(
            lambda: pick_place(workspace, row.address, place), lambda _done: self._picked(row.code)
        )

    def _picked(self, code: str) -> None:
        self._asked = ""
        self.placed.emit(code)

    def _ask_map(self) -> None:
        """The map takes it from here: it remembers the pin, and the list goes on."""
        row, pin = self._current(), self._find(PIN)
        if row is None or pin is None:
            return
        self._session.selection.choose((row.code,))
        self.hide()
        pin.trigger()


def _candidates(
    asked: str | Address, nodes: Sequence[StockNode], geocoder: Geocoder | None
) -> tuple[PlaceCandidate, ...] | None:
    """None when there is no gazetteer to ask."""
    try:
        return place_candidates(asked, nodes, geocoder)
    except NoGazetteer:
        return None
