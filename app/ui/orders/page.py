"""The orders pane: the worklist, its foot, and what opens over it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.orders import Mode
from app.i18n import _
from app.ui.actions import Actions
from app.ui.orders import specs, summary
from app.ui.orders.acts import Acts
from app.ui.orders.deeds import Deeds
from app.ui.orders.filter_card import FilterCard
from app.ui.orders.foot import Foot
from app.ui.orders.glance import Glance
from app.ui.orders.listing import Listing
from app.ui.orders.peek import Peek
from app.ui.orders.prompt import Prompt
from app.ui.orders.sending import Sending
from app.ui.orders.view_acts import ViewActs
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.orders.addresses.window import AddressesWindow


class OrdersPage(QWidget):
    """Composes the parts; each of them knows the session, none of them knows another pane."""

    subtitle_changed = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self.listing = Listing(session, actions.find, self)
        self.foot = Foot(actions, self)
        self.prompt = Prompt(self)
        self.filter_card = FilterCard(self)
        self.peek = Peek(self)
        self._addresses: AddressesWindow | None = None
        deeds = Deeds(session)
        self._sending = Sending(session, self.listing, self.prompt, deeds)
        self._view_acts = ViewActs(session, self.listing, self.filter_card)
        self._glance = Glance(session, self.listing, self.peek)
        self._acts = Acts(actions, self.listing, self._sending, deeds)
        self._lay_out()
        self._register()
        self._connect()

    @property
    def settled(self) -> bool:
        """Whether the list is that of the board and the suggestions as they are now."""
        return self.listing.feed.settled

    def tools(self) -> list[QWidget]:
        """Nothing in the title bar: filter and columns stand beside the tabs."""
        return []

    def go_to(self, code: str) -> None:
        """Select an order and show its row."""
        self.listing.go_to(code)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.listing.filter.narrows:
            self.listing.clear_filter()
        elif event.key() == Qt.Key.Key_Delete:
            self._acts.take_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.peek.leave()
        if not self.prompt.isHidden():
            self.prompt.place_answers()

    # How it works

    def _lay_out(self) -> None:
        self.setFocusProxy(self.listing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.listing, self.foot, self.prompt):
            column.addWidget(widget)

    def _register(self) -> None:
        self._view_acts.register(self._actions)
        self._acts.register()
        for spec, run, why_not in (
            (specs.EDIT, self._correct, self._not_to_a_door),
            (specs.CHECK_ADDRESSES, self._check_addresses, self._none_to_check),
            (specs.PEEK, self._glance.toggle, self._glance.why_not),
        ):
            self._actions.register(spec, run, why_not)
        self._actions.attach(self, *(spec.id for spec in specs.OF_PANE))
        self._actions.attach(self.listing.table, specs.PEEK.id)

    def _connect(self) -> None:
        listing, table = self.listing, self.listing.table
        listing.changed.connect(self._rows_changed)
        listing.selected.connect(self._selection_changed)
        table.opened.connect(lambda _code: self._acts.why())
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_menu)
        self.prompt.asked.connect(self.foot.hide)
        self.prompt.left.connect(self._prompt_left)

    def _rows_changed(self) -> None:
        listing = self.listing
        sure = self._acts.count_sure()
        self.foot.show_rows(listing.model.rows(), listing.chosen_rows())
        self.foot.show_step(listing.view, listing.list, sure)
        total = listing.list.counts.get("orders", 0)
        self.subtitle_changed.emit(summary.subtitle(total, listing.sorted_by))
        self._actions.refresh_soon()

    def _selection_changed(self) -> None:
        self.foot.show_selected(self.listing.chosen_rows())
        if not self.prompt.isHidden():
            self.prompt.leave()

    def _prompt_left(self) -> None:
        self.foot.show()
        self.listing.table.setFocus()

    # Addresses and menu

    @property
    def addresses(self) -> "AddressesWindow":
        """The window of addresses to check, made when it is first wanted."""
        if self._addresses is None:
            from app.ui.orders.addresses.window import AddressesWindow

            self._addresses = AddressesWindow(
                self._session, self.listing, self._actions.find, self.window()
            )
        return self._addresses

    def _correct(self) -> None:
        row = self.listing.current()
        if row is not None:
            self.addresses.check(row.code)

    def _check_addresses(self) -> None:
        self.addresses.check()

    def _not_to_a_door(self) -> str:
        row = self.listing.current()
        if row is None:
            return _("Select one order first.")
        if row.source.order.mode is Mode.CLICK_AND_COLLECT:
            return _("This order is collected at a store.")
        return ""

    def _none_to_check(self) -> str:
        return "" if self.listing.list.ill_placed else _("Every address is placed.")

    def _open_menu(self, point: QPoint) -> None:
        known = [each for each in specs.CONTEXT if not each or self._actions.find(each)]
        menu = self._actions.context_menu(known, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.listing.table.viewport().mapToGlobal(point))
