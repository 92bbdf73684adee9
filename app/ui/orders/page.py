"""The orders pane: the worklist, its foot, and what opens over it."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QInputDialog, QVBoxLayout, QWidget

from app.domain.nodes import Product
from app.domain.orders import Mode
from app.i18n import _
from app.operations.views import forget_view, save_view
from app.ui.actions import Actions, always
from app.ui.icons import Icon
from app.ui.orders import specs, summary
from app.ui.orders.acts import Acts
from app.ui.orders.addresses.window import AddressesWindow
from app.ui.orders.deeds import Deeds
from app.ui.orders.filter_card import FilterCard
from app.ui.orders.foot import Foot
from app.ui.orders.listing import Listing
from app.ui.orders.peek import Peek
from app.ui.orders.prompt import Prompt
from app.ui.orders.saved_views import as_text
from app.ui.orders.sending import Sending
from app.ui.session import Session
from app.ui.widgets.flat_button import IconButton
from db.nodes import load_products

_PEEK_INDENT = 120


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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes the glance before it clears the selection."""
        if not self.peek.isHidden() and _is_escape(event):
            self.peek.leave()
            return True
        return super().eventFilter(watched, event)

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
        tabs = self.listing.tabs
        self._filter_button = IconButton(Icon.FILTER, _("Filter"), key="Ctrl+Shift+F", parent=tabs)
        columns = IconButton(Icon.COLUMNS, _("Columns"), parent=tabs)
        self._filter_button.clicked.connect(self._open_filter)
        columns.clicked.connect(lambda: self._open_columns(columns))
        tabs.add_tool(self._filter_button)
        tabs.add_tool(columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.listing, self.foot, self.prompt):
            column.addWidget(widget)

    def _register(self) -> None:
        for spec, run, why_not in (
            (specs.SEARCH, self.listing.strip.open, always),
            (specs.SEARCH_AGAIN, self._search_again, always),
            (specs.FILTER, self._open_filter, always),
            (specs.CLEAR_FILTER, self.listing.clear_filter, self._no_filter),
            (specs.SAVE_VIEW, self._ask_name, always),
            (specs.DELETE_VIEW, self._delete_view, self._not_own),
            (specs.EDIT, self._correct, self._not_to_a_door),
            (specs.CHECK_ADDRESSES, self._check_addresses, self._none_to_check),
        ):
            self._actions.register(spec, run, why_not)
        self._acts.register()
        self._actions.register(specs.PEEK, self._toggle_peek, self._nowhere)
        self._actions.attach(self, *(spec.id for spec in specs.OF_PANE))
        self._actions.attach(self.listing.table, specs.PEEK.id)

    def _connect(self) -> None:
        listing, table = self.listing, self.listing.table
        listing.changed.connect(self._rows_changed)
        listing.selected.connect(self._selection_changed)
        table.installEventFilter(self)
        table.opened.connect(lambda _code: self._acts.why())
        table.selectionModel().currentRowChanged.connect(self._follow_peek)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_menu)
        self.filter_card.changed.connect(listing.narrow)
        self.filter_card.save_asked.connect(self._ask_name)
        self.prompt.asked.connect(self.foot.hide)
        self.prompt.left.connect(self._prompt_left)

    def _rows_changed(self) -> None:
        listing = self.listing
        sure = self._acts.count_sure()
        self.foot.show_rows(listing.model.rows(), listing.chosen_rows())
        self.foot.show_step(listing.view, listing.list, sure)
        total = listing.list.counts.get("orders", 0)
        self.subtitle_changed.emit(summary.subtitle(total, listing.sorted_by))
        self._actions.refresh()

    def _selection_changed(self) -> None:
        self.foot.show_selected(self.listing.chosen_rows())
        if not self.prompt.isHidden():
            self.prompt.leave()

    def _prompt_left(self) -> None:
        self.foot.show()
        self.listing.table.setFocus()

    # Search, filter, views

    def _search_again(self) -> None:
        """The next row found; without a search, ask for one."""
        table, model = self.listing.table, self.listing.model
        if not self.listing.filter.search or not model.rowCount():
            self.listing.strip.open()
            return
        table.selectRow((table.currentIndex().row() + 1) % model.rowCount())

    def _open_filter(self) -> None:
        corner = QPoint(self._filter_button.width(), self._filter_button.height())
        self.filter_card.open_at(
            self._filter_button.mapToGlobal(corner),
            self.listing.view_rows(),
            self.listing.filter,
        )

    def _open_columns(self, button: QWidget) -> None:
        menu = self.listing.table.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Save this view"))
        dialog.setLabelText(_("Name of the view"))
        dialog.setTextValue(self.listing.shelf.title)
        dialog.textValueSelected.connect(self._save_view)
        dialog.open()

    def _save_view(self, title: str) -> None:
        name = title.strip()
        if not name:
            return
        text = as_text(self.listing.arrangement())
        workspace = self._session.workspace
        self.listing.shelf.expect(name)
        self._session.submit(lambda: save_view(workspace, name, text))

    def _delete_view(self) -> None:
        title, workspace = self.listing.shelf.title, self._session.workspace
        self._session.submit(lambda: forget_view(workspace, title))

    def _no_filter(self) -> str:
        return "" if self.listing.filter.narrows else _("Nothing is filtered.")

    def _not_own(self) -> str:
        return "" if self.listing.shelf.title else _("This view belongs to the desk.")

    # Addresses

    @property
    def addresses(self) -> AddressesWindow:
        """The window of addresses to check, made when it is first wanted."""
        if self._addresses is None:
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

    # Peek and menu

    def _nowhere(self) -> str:
        return "" if self.listing.current() is not None else _("Select one order first.")

    def _toggle_peek(self) -> None:
        row = self.listing.current()
        if row is None or self.peek.code == row.code:
            self.peek.leave()
            return
        self.peek.code = row.code
        skus = {line.sku for line in row.source.order.lines}
        self._session.read(load_products, lambda found: self._show_peek(row.code, found), skus)

    def _show_peek(self, code: str, products: dict[str, Product]) -> None:
        row = self.listing.row_of(code)
        if row is None or self.peek.code != code:
            return
        table = self.listing.table
        index = table.currentIndex()
        below = QPoint(_PEEK_INDENT, table.visualRect(index).bottom() + 1)
        self.peek.show_order(row, products, table.viewport().mapTo(self, below))

    def _follow_peek(self) -> None:
        """The glance moves with the keyboard."""
        if not self.peek.isHidden():
            self.peek.leave()
            self._toggle_peek()

    def _open_menu(self, point: QPoint) -> None:
        known = [each for each in specs.CONTEXT if not each or self._actions.find(each)]
        menu = self._actions.context_menu(known, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.listing.table.viewport().mapToGlobal(point))


def _is_escape(event: QEvent) -> bool:
    pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
    return pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape
